"""The name finder alone on JSON lines: `python -m training.predict [--model spacy:DIR] < in.jsonl > out.jsonl`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TextIO

from anonymisation.models import load_ner


def predict(backend: str, lean: float, source: TextIO, sink: TextIO) -> None:
    """{id, text} per line in, {id, spans: [{start, end, label, score}]} per line out."""
    rows = [json.loads(line) for line in source if line.strip()]
    found = load_ner(backend, lean=lean).find([row["text"] for row in rows])
    for row, spans in zip(rows, found, strict=True):
        named = [dict(zip(("start", "end", "label", "score"), span, strict=True)) for span in spans]
        sink.write(json.dumps({"id": row["id"], "spans": named}, ensure_ascii=False) + "\n")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="training.predict", description=__doc__)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--lean", type=float, default=0.0)
    options = parser.parse_args()
    predict(options.model, options.lean, sys.stdin, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
