"""The service beside stock Presidio behind a few lines of Flask: same texts, same requests, same run.

`POST /analyze` with 100 texts a request, every text different (so that no cache helps), one client, turn by turn. Stock
Presidio runs three times. Beside our rules: with every recogniser it loads for Dutch and a blank tokenizer (no Dutch
model ships with it), and with four of its patterns only, the least that could be called Presidio. Beside ours with the
name finder: with every recogniser and our own model in its own SpacyNlpEngine. A batch of 100 goes to its model at
once. Goal: 3 x, each beside its like: with all in turns, so that every request finds the processor's caches full of
somebody else's, and then with those two only, on as many new texts.
Then 100 equal texts of one word, again and again: what a request costs around detection.
Then a soak: 24,000 requests of one text; memory must stay flat.

    python -m benchmarks.service [--gold GOLD.jsonl] [--requests 20] [--soak 24000] [--flask FOLDER]

--flask names a folder with Flask in it (`pip install --target FOLDER flask`); it is no part of the product. Without it
only our own figures and the soak are printed. First answer: seconds from the start of the command to the first page.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from anonymisation.models import BUILTIN
from benchmarks.detection_one import answers
from pipelines.installation import DEMO_PASSWORD, install
from storage.places import Places
from storage.settings import change_settings
from toegangspeil.demo import demo_gemeenten, write_gemeenten

FLASK = """
import sys
from flask import Flask, jsonify, request
from presidio_analyzer import BatchAnalyzerEngine
from benchmarks.stock import stock_analyzer

model, few, port = sys.argv[1:]
batches = BatchAnalyzerEngine(stock_analyzer(model=model, few=bool(few)))
app = Flask(__name__)

@app.post("/analyze")
def analyze():
    found = batches.analyze_iterator(request.json["text"], language="nl", batch_size=100)
    return jsonify([[one.to_dict() for one in results] for results in found])

@app.get("/health")
def health():
    return "up"

app.run(port=int(port), threaded=True)
"""
OURS = {"none": "ours, rules only", "builtin": "ours, with name finder"}
STOCK = {
    "none": {"stock Presidio, all it loads": ("", ""), "stock Presidio, four patterns": ("", "few")},
    "builtin": {"stock Presidio, the same model": (str(BUILTIN), "")},
}
SHORT = "Op {0} belde ik met nummer 06-{1:08d}; daarna werd ik goed geholpen, melding {0}."


class Server:
    """A running server of this machine, and what it used."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._process, self.port = process, port
        self._client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def hang_up(self) -> None:
        """Begin a new connection at the next request."""
        self._client.close()

    def get(self, path: str) -> int:
        """Status of a page."""
        self._client.request("GET", path)
        answer = self._client.getresponse()
        answer.read()
        return answer.status

    def analyze(self, text: str | list[str]) -> int:
        """Number of finds."""
        body = json.dumps({"text": text, "language": "nl"})
        self._client.request("POST", "/analyze", body, {"content-type": "application/json"})
        answer = self._client.getresponse()
        found = json.loads(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {found}")
        return sum(map(len, found)) if isinstance(text, list) else len(found)


@contextmanager
def running(command: list[str], path: str, **environment: str) -> Iterator[tuple[Server, float, float]]:
    """A server, with the seconds of clock and processor until its first answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(process, port)
        while True:
            try:
                server.get(path)
                break
            except (OSError, http.client.HTTPException):
                server.hang_up()
                if process.poll() is not None or time.perf_counter() - began > 120:
                    raise SystemExit("the server did not start") from None
                time.sleep(0.02)
        yield server, time.perf_counter() - began, server.cpu()
    finally:
        process.terminate()
        process.wait(30)


def ours(home: Path) -> list[str]:
    """Our own command."""
    begin = [sys.executable, "-m", "toegangspeil", "serve", "--home", str(home)]
    return [*begin, "--open-service", "--no-worker", "--port"]


def in_turns(servers: dict[str, Server], batches: list[list[str]]) -> dict[str, tuple[float, float, int]]:
    """Per server the texts per second of clock and of processor, and the number of finds; a request each in turn."""
    clocks, finds = dict.fromkeys(servers, 0.0), dict.fromkeys(servers, 0)
    for server in servers.values():
        server.hang_up()
        server.analyze(batches[0])  # models and imports
    before = {name: server.cpu() for name, server in servers.items()}
    for batch in batches[1:]:
        for name, server in servers.items():
            server.hang_up()  # it may have hung up itself while the others had their turn
            began = time.perf_counter()
            finds[name] += server.analyze(batch)
            clocks[name] += time.perf_counter() - began
    texts = sum(map(len, batches[1:]))
    return {
        name: (texts / clocks[name], texts / (server.cpu() - before[name]), finds[name])
        for name, server in servers.items()
    }


def beside(our: tuple[float, float, int], their: tuple[float, float, int]) -> str:
    """How many times as many texts per second we do."""
    return f"{our[0] / their[0]:.1f} x clock {our[1] / their[1]:.1f} x cpu"


def soak(server: Server, requests: int) -> list[float]:
    """Memory at ten moments while every request carries another text."""
    marks = []
    for number in range(requests):
        server.analyze(SHORT.format(number, number % 10**8))
        if (number + 1) % max(1, requests // 10) == 0:
            marks.append(server.megabytes())
    return marks


def make_home(folder: Path, ner: str) -> Path:
    """A demo home with this name finder."""
    home = folder / ner
    install(home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD, gemeenten=["GM9001"])
    change_settings(Places(home.resolve()), gemeenten_file=write_gemeenten(home / "gemeenten.csv", 3).name, ner=ner)
    assert demo_gemeenten(3)
    return home


def main() -> None:
    """Print first answer, texts per second with ratios, and memory over the soak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("tests/cases/detection_open.jsonl"))
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--soak", type=int, default=24_000)
    parser.add_argument("--flask", type=Path)
    asked = parser.parse_args()
    gold = [json.loads(line) for line in asked.gold.read_text(encoding="utf-8").splitlines()]
    texts = list(dict.fromkeys(answers(gold, 100 * (2 * asked.requests + 1))))
    batches = [texts[start : start + 100] for start in range(0, len(texts), 100)]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        servers: dict[str, Server] = {}
        for ner, words in OURS.items():
            for stock, asks in STOCK[ner].items() if asked.flask else ():
                environment = {"PYTHONPATH": os.pathsep.join([str(asked.flask), str(Path.cwd())])}
                command = [sys.executable, "-c", FLASK, *asks]
                servers[stock], _, _ = stack.enter_context(
                    running(command, "/health", OPENBLAS_NUM_THREADS="1", **environment)
                )
            home = make_home(Path(folder), ner)
            servers[words], clock, cpu = stack.enter_context(running(ours(home), "/inloggen"))
            print(f"first answer, {words:24} {clock:6.2f} s clock {cpu:6.2f} s cpu  (goal 3 s)", flush=True)
        figures = in_turns(servers, batches[: asked.requests + 1])
        for name, (clock, cpu, found) in figures.items():
            print(f"{name:32} {clock:8.0f} texts/s clock {cpu:8.0f} texts/s cpu {found:6} finds")
        for ner, words in OURS.items():
            for stock in STOCK[ner] if asked.flask else ():
                print(f"{words} / {stock}: {beside(figures[words], figures[stock])} (goal 3 x)", flush=True)
                alone = in_turns({name: servers[name] for name in (stock, words)}, batches[asked.requests :])
                print(f"{'':{len(words)}}   these two only: {beside(alone[words], alone[stock])}", flush=True)
            (empty,) = in_turns({words: servers[words]}, [["ja"] * 100] * (10 * asked.requests)).values()
            print(f"{words}: {figures[words][1] / empty[1]:.0%} of a request's time goes around detection", flush=True)
            if ner == "none" and asked.soak:
                marks = soak(servers[words], asked.soak)
                print(f"soak of {asked.soak} requests, MB: {' '.join(f'{mark:.0f}' for mark in marks)}", flush=True)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
