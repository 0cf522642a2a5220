"""Checksums are plain functions with a source."""

import pytest

from anonymisation.recognisers.bsn import passes_elfproef
from anonymisation.recognisers.iban import passes_mod97
from anonymisation.recognisers.license_plate import SIDECODES, sidecode


@pytest.mark.parametrize(
    ("digits", "passes"),
    [
        ("111222333", True),
        ("123456782", True),
        ("123456789", False),
        ("000000000", False),
        ("11122233", False),
        ("", False),
    ],
)
def test_elfproef(digits, passes):
    assert passes_elfproef(digits) is passes


@pytest.mark.parametrize(
    ("iban", "passes"),
    [
        ("NL91ABNA0417164300", True),
        ("nl91 abna 0417 1643 00", True),
        ("NL92ABNA0417164300", False),
        ("NL91", False),
    ],
)
def test_mod97(iban, passes):
    assert passes_mod97(iban) is passes


def test_sidecode():
    assert sidecode(("rs", "781", "k")) in SIDECODES
    assert sidecode(("1234", "ab")) not in SIDECODES
