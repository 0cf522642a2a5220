"""What merges bring back of real deliveries: bands, two metingen, kinds of answers."""

from helpers_warehouse import AREAS, answers, scan, source

from anonymisation.disclosure.advice import advise, in_words
from domain.release import History
from portal.certificate import plain_line
from storage.duck import memory
from warehouse.marts import build_marts
from warehouse.statistics import to_advise, to_protect

FIVE = {"1": "helemaal eens", "2": "eens", "3": "neutraal", "4": "oneens", "5": "helemaal oneens"}


def advised(sources):
    with memory() as connection:
        build_marts(connection, "r1", sources, AREAS)
        asked = to_protect(connection, "r1")
        tables, spec, along = to_advise(connection, asked)
        return [plain_line(line) for line in in_words(advise(tables, spec, asked.rules, History.none(), along=along))]


def test_two_metingen_of_a_small_gemeente_are_enough_together():
    sources = [
        source("GM9001", {"ervaring": answers(eens=3, oneens=4)}, meting="2025"),
        source("GM9001", {"ervaring": answers(eens=4, oneens=4)}, meting="2026"),
    ]
    (line,) = advised(sources)
    assert line.startswith(
        "Advies, iedereen samen: meting 2025 en 2026 samen (wie in beide zit, telt dan één keer). Dan"
    )
    assert "100 %" in line


def test_answers_of_few_people_come_back_as_positive_neutral_and_negative():
    scale = {
        "values": FIVE, "direction": "low_is_good", "positive": ["1", "2"], "negative": ["4", "5"], "no_answer": [],
    }  # fmt: skip
    book = scan(scales={"eens": scale})
    said = ["1"] * 5 + ["2", "3"] + ["4"] * 3 + ["5"]
    assert advised([source("GM9001", {"ervaring": said}, book=book)]) == [
        "Advies, de antwoorden: antwoord een stap grover. Dan staat 100 % van de antwoorden er, nu 0 %. "
        "Wij tonen er dan 0 niet, nu 5."
    ]


def test_where_everything_is_shown_there_is_no_advice():
    assert advised([source("GM9001", {"ervaring": answers(eens=60, oneens=60)})]) == []
