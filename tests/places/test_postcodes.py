"""Postcodes: known without any download."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from tvaers.places.municipalities import all_municipalities, municipality
from tvaers.places.postcodes import all_postcodes, municipality_of_postcode, postcode_fact

REGISTER = Path(__file__).parents[3] / "shared/reference/geo/postcodes.csv"


@pytest.mark.parametrize(
    ("postcode", "name"),
    [
        ("4600", "Køge"),
        (4600, "Køge"),
        ("DK-4600", "Køge"),
        ("4600.0", "Køge"),
        ("1050", "København"),
        ("1799", "København"),
        ("1810", "Frederiksberg"),
        ("8305", "Samsø"),
        ("3700", "Bornholm"),
        ("8870", "Randers"),
        ("9990", "Frederikshavn"),
    ],
)
def test_a_postcode_leads_to_its_municipality(postcode, name):
    assert municipality(municipality_of_postcode(postcode) or "").name == name


@pytest.mark.parametrize("unknown", ["0999", "4601", "9999", "460", "46000", "", "Køge", None])
def test_an_unknown_postcode_leads_nowhere(unknown):
    assert municipality_of_postcode(unknown) is None


def test_the_table_is_in_order_without_overlaps_and_reaches_every_municipality():
    table = all_postcodes()
    for one, after in pairwise(table):
        assert one.first <= one.last < after.first
    assert {fact.municipality for fact in table} == {fact.code for fact in all_municipalities()}


@pytest.mark.skipif(not REGISTER.exists(), reason="the register of postcodes is not here")
def test_the_facts_agree_with_the_register():
    """By area three towns lie elsewhere than their municipality; all are among the listed ones."""
    elsewhere = []
    with REGISTER.open(encoding="utf-8") as register:
        for row in csv.DictReader(register):
            fact = postcode_fact(row["postnr"])
            assert fact is not None, row["postnr"]
            if fact.municipality != row["primaer_kommunekode"]:
                assert fact.municipality in row["kommunekoder"].split("|"), row["postnr"]
                elsewhere.append(row["postnr"])
            if int(row["postnr"]) >= 2000:
                assert fact.town == row["by"]
    assert elsewhere == ["4291", "7362", "8870"]
