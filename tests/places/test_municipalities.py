"""The 98 municipalities: our own table of facts, checked against a register where there is one."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.places.municipalities import MunicipalityFact, all_municipalities, municipality

REGISTER = Path(__file__).parents[3] / "shared/reference/geo/municipalities.csv"
CHRISTIANSO = "0411"

facts = st.sampled_from(all_municipalities())


def test_there_are_98_with_own_codes_names_and_squares():
    everyone = all_municipalities()
    assert len(everyone) == 98
    for each in ("code", "name", "sort_key"):
        assert len({getattr(fact, each) for fact in everyone}) == 98
    assert len({(fact.tile_x, fact.tile_y) for fact in everyone}) == 98
    assert [fact.code for fact in everyone] == sorted(fact.code for fact in everyone)


@pytest.mark.skipif(not REGISTER.exists(), reason="the register of municipalities is not here")
def test_the_facts_agree_with_the_register():
    with REGISTER.open(encoding="utf-8") as register:
        known = {row["kommunekode"]: row for row in csv.DictReader(register)}
    assert set(known) - {CHRISTIANSO} == {fact.code for fact in all_municipalities()}
    for fact in all_municipalities():
        row = known[fact.code]
        assert (fact.name, fact.region_code, fact.region, fact.landsdel) == (
            row["kommune"],
            row["regionskode"],
            row["region"],
            row["landsdel"],
        )
        assert abs(fact.latitude - float(row["lat"])) < 0.2
        assert abs(fact.longitude - float(row["lon"])) < 0.4


def test_east_of_storebaelt_are_the_two_eastern_regions():
    east = {fact.region for fact in all_municipalities() if fact.part == "EAST"}
    west = {fact.region for fact in all_municipalities() if fact.part == "WEST"}
    assert east == {"Region Hovedstaden", "Region Sjælland"}
    assert west == {"Region Syddanmark", "Region Midtjylland", "Region Nordjylland"}


@given(a=facts, b=facts)
def test_the_tile_map_keeps_the_compass(a, b):
    """A town clearly north of another stands no lower; clearly west, no further right."""
    if a.latitude - b.latitude > 0.75:
        assert a.tile_y <= b.tile_y
    if b.longitude - a.longitude > 0.75:
        assert a.tile_x <= b.tile_x


def test_the_tile_map_reads_as_denmark():
    def columns(*landsdele: str) -> list[int]:
        return [fact.tile_x for fact in all_municipalities() if fact.landsdel in landsdele]

    jutland = columns("Nordjylland", "Vestjylland", "Sydjylland")
    fyn, bornholm = columns("Fyn"), columns("Bornholm")
    zealand = columns("Østsjælland", "Vest- og Sydsjælland", "Nordsjælland", "Byen København")
    assert sum(jutland) / len(jutland) < min(fyn) <= max(fyn) < min(zealand)
    assert max(zealand) < min(bornholm) < 20
    assert max(fact.tile_y for fact in all_municipalities()) < 20


def test_the_danish_alphabet_ends_with_ae_oe_aa():
    in_order = [fact.name for fact in sorted(all_municipalities(), key=lambda f: f.sort_key)]
    assert in_order[0] == "Albertslund"
    assert in_order[-4:] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]
    assert in_order.index("Brønderslev") < in_order.index("Brøndby") + 2
    assert in_order.index("Solrød") < in_order.index("Sorø") < in_order.index("Stevns")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("0259", "Køge"),
        ("259", "Køge"),
        (259, "Køge"),
        ("259.0", "Køge"),
        ("KØGE", "Køge"),
        ("Køge Kommune", "Køge"),
        ("Vesthimmerland", "Vesthimmerlands"),
        ("Vesthimmerlands Kommune", "Vesthimmerlands"),
        ("nordfyn", "Nordfyns"),
        ("Århus", "Aarhus"),
        ("Aarhus kommune", "Aarhus"),
        ("Københavns Kommune", "København"),
        ("Bornholms Regionskommune", "Bornholm"),
        ("Høje Taastrup", "Høje-Taastrup"),
        ("Lyngby-Tårbæk", "Lyngby-Taarbæk"),
        (" Åbenrå ", "Aabenraa"),
    ],
)
def test_a_municipality_is_known_as_people_write_it(written, name):
    found = municipality(written)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("wrong", ["0411", "9999", "", "Kommune", "Atlantis", "-259", "25", 1000])
def test_what_is_no_municipality_is_none(wrong):
    assert municipality(wrong) is None


@given(fact=facts, casing=st.sampled_from([str.upper, str.lower, str.title]))
def test_every_code_name_and_title_leads_back(fact: MunicipalityFact, casing):
    assert municipality(fact.code) is municipality(int(fact.code)) is fact
    assert municipality(casing(fact.name)) is municipality(casing(fact.title)) is fact
