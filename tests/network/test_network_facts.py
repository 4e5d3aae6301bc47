"""The offices and alliances one begins with, checked against public sources where they are here."""

import csv
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

import pytest

from tvaers.network.facts import Certainty, all_alliances, all_offices, office_of
from tvaers.network.models import OfficeKind, ServiceLevel
from tvaers.places.municipalities import all_municipalities, municipality

SOURCES = Path(__file__).parents[3] / "shared/reference/geo/recruitment_alliances.csv"
NAME_IN_SOURCES = {
    "sjaelland": "JRS Sjælland",
    "vest": "Vestalliancen",
    "trekant": "Trekantområdet + Haderslev",
    "vendsyssel": "Vendsyssel",
    "fyn": "Fyn (fælles fynsk)",
    "hovedstaden": "Hovedstadens Rekrutteringsservice (HRS)",
    "nordsjaelland": "Nordsjællands Rekrutteringsservice (NR)",
}
CERTAINTY_OF_STATUS = {
    "confirmed": Certainty.CONFIRMED,
    "partial": Certainty.PARTLY,
    "inferred": Certainty.EXAMPLE,
}


def test_each_municipality_has_exactly_one_office():
    served = Counter(code for office in all_offices() for code in office.municipalities)
    assert served == {fact.code: 1 for fact in all_municipalities()}
    assert len({office.name for office in all_offices()}) == len(all_offices())


def test_there_are_94_municipal_offices_two_funds_and_one_national():
    kinds = Counter(office.kind for office in all_offices())
    assert kinds == {OfficeKind.MUNICIPAL: 94, OfficeKind.FUND: 2, OfficeKind.NATIONAL: 1}


def test_a_fund_and_the_national_unit_serve_no_municipality():
    others = [office for office in all_offices() if office.kind != OfficeKind.MUNICIPAL]
    assert all(office.municipalities == () for office in others)


def test_a_shared_office_is_never_called_confirmed():
    shared = [office for office in all_offices() if len(office.municipalities) > 1]
    assert {office.municipalities for office in shared} == {
        ("0185", "0155"),
        ("0561", "0563"),
        ("0813", "0825"),
        ("0479", "0492"),
    }
    assert all(office.certainty is not Certainty.CONFIRMED for office in shared)


def test_offices_carry_their_own_names_and_none_is_a_jobcentre():
    assert office_of("0259").name == "Køge Kommune, Virksomhedsservice"
    assert office_of("0400").name == "Bornholms Regionskommune, Virksomhedsservice"
    assert office_of("0155").name == "Tårnby og Dragør Kommuner, Virksomhedsservice"
    assert not [office.name for office in all_offices() if "jobcenter" in office.name.lower()]
    with pytest.raises(KeyError):
        office_of("0411")


@pytest.mark.parametrize(
    ("key", "municipalities", "offices", "certainty"),
    [
        ("sjaelland", 17, 17, Certainty.CONFIRMED),
        ("vest", 8, 8, Certainty.CONFIRMED),
        ("trekant", 7, 7, Certainty.CONFIRMED),
        ("vendsyssel", 3, 3, Certainty.CONFIRMED),
        ("fyn", 10, 9, Certainty.PARTLY),
        ("hovedstaden", 17, 16, Certainty.EXAMPLE),
        ("nordsjaelland", 11, 11, Certainty.EXAMPLE),
    ],
)
def test_the_alliances_have_their_members(key, municipalities, offices, certainty):
    (alliance,) = [alliance for alliance in all_alliances() if alliance.key == key]
    assert len(set(alliance.municipalities)) == len(alliance.municipalities) == municipalities
    assert len(alliance.offices) == offices
    assert alliance.certainty is certainty
    assert alliance.is_example == (certainty is Certainty.EXAMPLE)


def test_every_member_is_a_municipality_and_every_alliance_has_its_own_name():
    codes = {code for alliance in all_alliances() for code in alliance.municipalities}
    assert all(municipality(code) for code in codes)
    assert len({alliance.name for alliance in all_alliances()}) == len(all_alliances())


def test_sjaelland_is_the_whole_region_and_has_agreed_on_its_figures():
    (sjaelland,) = [each for each in all_alliances() if each.figures_agreed]
    region = {fact.code for fact in all_municipalities() if fact.region == "Region Sjælland"}
    assert set(sjaelland.municipalities) == region
    level = sjaelland.service_level
    assert (level.dialogue_days, level.presentation_days, level.answer_hours) == (1, 3, 48)
    assert not level.starts_at_alliance


def test_those_who_always_search_together_start_the_ladder_at_the_alliance():
    together = {each.key for each in all_alliances() if each.service_level.starts_at_alliance}
    assert together == {"vest", "trekant"}


def test_the_figures_fit_the_service_level_of_the_database():
    for alliance in all_alliances():
        level = ServiceLevel(**asdict(alliance.service_level))
        assert level.answer_hours == alliance.service_level.answer_hours


@pytest.mark.skipif(not SOURCES.exists(), reason="the sources of the alliances are not here")
def test_members_and_certainty_agree_with_the_sources():
    members: dict[str, set[str]] = defaultdict(set)
    statuses: dict[str, set[Certainty]] = defaultdict(set)
    with SOURCES.open(encoding="utf-8") as sources:
        for row in csv.DictReader(sources):
            members[row["alliance"]].add(row["kommunekode"])
            statuses[row["alliance"]].add(CERTAINTY_OF_STATUS[row["status"]])
    for alliance in all_alliances():
        name = NAME_IN_SOURCES[alliance.key]
        assert set(alliance.municipalities) == members[name]
        assert {alliance.certainty} == statuses[name]
