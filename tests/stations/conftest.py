"""Cases that most tests of the stations use."""

from collections.abc import Callable

import pytest

from domain.policy import default_policy
from storage.codebooks import Codebooks
from tests.stations.small import Case


@pytest.fixture(scope="session")
def case() -> Callable[[str], Case]:
    """`case("ceo_wmo@2016.1")`: a codebook with its default policy."""
    books = Codebooks()
    return lambda reference: Case(reference, default_policy(books.get(reference), books.fingerprint(reference)))


@pytest.fixture
def ceo(case: Callable[[str], Case]) -> Case:
    return case("ceo_wmo@2016.1")


@pytest.fixture
def klantreis(case: Callable[[str], Case]) -> Case:
    return case("klantreis@1.0")
