"""A release for everybody holds pooled lines only: what its papers say follows from these lines, and it is attacked."""

import json
from dataclasses import replace

import duckdb
import pytest
from helpers_warehouse import AREAS, META, disclosure_answers, source

from anonymisation.disclosure import protect
from anonymisation.disclosure.certified import certified
from anonymisation.disclosure.published import audit_published
from domain.release import History
from domain.vocabulary import Audience
from storage.canonical import canonical_bytes, fingerprint
from storage.duck import memory
from warehouse.marts import build_marts
from warehouse.published import for_audience, write_release
from warehouse.sources import AreaBook, Benchmark
from warehouse.statistics import published_tables, to_protect

AGES = (30, 70, 90)
FEW = [[30, 20, 0], [40, 20, 0], [50, 0, 20], [10, 20, 30], [20, 30, 0], [20, 20, 0]]
"""People per gemeente and age. The last two are too few for a line of their provincie: only the country holds them."""
OPEN = replace(META, audience=Audience.OPENBAAR)


def deliveries(people):
    """Who says what goes round, so that as many people say as much."""
    for at, row in enumerate(people):
        ages = [age for age, many in zip(AGES, row, strict=True) for _ in range(many)]
        yield source(f"GM900{at + 1}", {"ervaring": ["13"[who % 2] for who in range(len(ages))], "leeftijd": ages})


def made(people, areas=AREAS):
    """(the tables, the certificate) as everybody gets them."""
    with memory() as connection:
        build_marts(connection, "r1", list(deliveries(people)), areas)
        asked = to_protect(connection, "r1")
        found = protect(asked.tables, asked.spec, asked.rules, History.none())
        tables = published_tables(connection, asked, found, disclosure_answers, areas)
    return tables, certified(found.certificate, for_audience(tables, Audience.OPENBAAR)).as_dict()


def file_of(people, folder, areas=AREAS):
    tables, certificate = made(people, areas)
    files = write_release(tables, replace(OPEN, certificate=fingerprint(certificate)), folder)
    (files.folder / "certificate.json").write_bytes(canonical_bytes(certificate))
    return files.duckdb


def test_gemeenten_without_a_line_above_them_are_no_contradiction(tmp_path):
    report = audit_published(file_of(FEW, tmp_path))
    assert report.safe
    assert report.certified


def test_a_gemeente_beside_the_only_provincie_is_no_finding(tmp_path):
    """GM9005 takes itself off the country, and is left with a closed provincie of 88 people: no gemeente of it has a
    line here, so nobody can see that it is large.
    """
    people = [[4, 14, 13], [6, 20, 1], [9, 5, 0], [4, 6, 6], [40, 30, 30]]
    place = file_of(people, tmp_path)
    with duckdb.connect(str(place)) as connection:
        closed = "update fact_response set responded = null, status = 'suppressed' where area = 'PV90'"
        connection.execute(closed)
    assert {one.threat for one in audit_published(place).findings} == {"certificaat"}


def test_a_benchmark_beside_the_provincies_is_no_contradiction(tmp_path):
    """Who is in a benchmark is in the file. Without it the benchmark counted as one more provincie of the country."""
    people = [[20, 20, 0], [30, 10, 0], [25, 0, 20], [10, 20, 10], [20, 20, 0], [20, 20, 0], [0, 30, 30], [9, 9, 9]]
    members = ("GM9001", "GM9002", "GM9005", "GM9006", "GM9009")
    place = file_of(people, tmp_path, AreaBook(AREAS.gemeenten, (Benchmark("BM1", "Groot en klein", members),)))
    with duckdb.connect(str(place)) as connection:
        assert connection.sql("select responded from fact_response where area = 'BM1'").fetchall() == [(160,)]
        assert connection.sql("from dim_benchmark select area order by all").fetchall() == [(one,) for one in members]
    report = audit_published(place)
    assert report.safe
    assert report.certified


@pytest.mark.parametrize(("people", "found"), [(40, set()), (4, {"T2"})])
def test_few_people_beside_the_only_provincie_are_found(tmp_path, people, found):
    """The country minus the provincie is the gemeenten that have no line: the file names them."""
    place = file_of(FEW, tmp_path)
    with duckdb.connect(str(place)) as connection:
        (pooled,) = connection.sql("select responded from fact_response where area = 'PV90'").fetchall()
        connection.execute("update fact_response set responded = $n where area = 'NL'", {"n": pooled[0] + people})
    findings = [one for one in audit_published(place).findings if one.table == "fact_response"]
    assert {one.threat for one in findings if one.threat != "certificaat"} == found


def test_one_that_is_in_no_list_may_be_behind_the_country(tmp_path):
    """A verband that delivers itself is named nowhere in a file for everybody; the country rests on one more."""
    place = file_of(FEW, tmp_path)
    with duckdb.connect(str(place)) as connection:
        connection.execute("delete from dim_gemeente where province = 'PV91'")
    assert {one.threat for one in audit_published(place).findings} == {"certificaat"}


def test_the_certificate_tells_nothing_that_the_lines_do_not():
    """Four releases with the same lines: GM9001 with or without its oldest, GM9002 closed or not.

    When it held what protect had made of the gemeenten, their certificates differed.
    """
    worlds = [
        [[4, 19, 2], [1, 9, 1], [4, 16, 0], [4, 27, 2], [11, 33, 0]],
        [[3, 20, 2], [1, 8, 1], [4, 16, 1], [5, 26, 2], [11, 33, 0]],
        [[3, 20, 2], [1, 7, 1], [4, 17, 0], [5, 26, 3], [11, 33, 0]],
        [[3, 20, 2], [1, 8, 2], [4, 15, 0], [5, 28, 1], [11, 33, 0]],
    ]
    every = [made(people)[1] for people in worlds]
    alike = {json.dumps(one["published_sha256"], sort_keys=True) for one in every}
    assert len({json.dumps(one, sort_keys=True) for one in every}) == len(alike) < len(every)
