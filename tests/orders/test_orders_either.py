""" "Certifikat A eller B": one requirement that either meets, from the ad to the search."""

from dataclasses import replace
from typing import Any

import pytest

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import KOEGE
from tvaers.matching import operations as matching
from tvaers.matching.queries import near_misses, result_page
from tvaers.orders import operations as orders
from tvaers.orders.intake import from_ad
from tvaers.orders.intake_json import from_json
from tvaers.orders.models import Order
from tvaers.orders.need import Asked
from tvaers.orders.queries import need_of
from tvaers.taxonomy.starter import starter

TODAY = MONDAY.date()


def read(ad: str) -> list[tuple[str, list[str], bool]]:
    """The requirements of an ad: the first concept, what does as well, must."""
    keys = starter().concept
    return [
        (keys(one.concept_id).key, [keys(other).key for other in one.either], one.must)
        for one in from_ad(ad, today=TODAY).requirements
        if one.concept_id
    ]


@pytest.mark.parametrize(
    ("ad", "asked"),
    [
        (
            "2 truckførere, Køge, gaffeltruckcertifikat A eller B",
            [("gaffeltruck-a", ["gaffeltruck-b"], True)],
        ),
        (
            "Chauffør søges. Du har kørekort C eller C/E.",
            [("koerekort-c", ["koerekort-ce"], True)],
        ),
        (
            "Lagermedarbejder. Du har hygiejnebevis, krancertifikat D eller G.",
            [("hygiejne", [], True), ("kran-d", ["kran-g"], True)],
        ),
        ("Kontorassistent. Excel eller Word er en fordel.", [("excel", ["word"], False)]),
        (
            "Kontorassistent. Excel og Word er en fordel.",
            [("excel", [], False), ("word", [], False)],
        ),
    ],
)
def test_eller_makes_one_requirement_and_a_list_several(ad: str, asked: Any) -> None:
    assert read(ad) == asked


def test_words_in_json_say_either_too() -> None:
    draft = from_json(
        '{"title": "Truckfører", "requirements": ["truckcertifikat A eller B"]}', today=TODAY
    )
    (one,) = draft.requirements
    assert (starter().concept(one.concept_id or 0).key, len(one.either)) == ("gaffeltruck-a", 1)


@pytest.fixture
def region(db: Any) -> Sjaelland:
    return sjaelland()


def key(name: str) -> int:
    return starter().by_key(name).id


CRANE = Asked(
    kind="CERTIFICATE",
    text="krancertifikat D eller G",
    must=True,
    concept=starter().by_key("kran-d").id,
    either=(starter().by_key("kran-g").id,),
)


def changed(region: Sjaelland, order: Order, **need: Any) -> Order:
    return orders.change_order(
        order_id=order.pk,
        revision=order.revision,
        need=replace(need_of(order), **need),
        by=region.lead.actor,
        at=MONDAY,
    )


def test_the_order_keeps_what_does_as_well(region: Sjaelland) -> None:
    order = an_order(
        region.lead, requirements=(CRANE,), other_occupations=(key("truckforer"), key("truckforer"))
    )
    need = need_of(order)
    assert need.requirements == (CRANE,)
    assert need.other_occupations == (key("truckforer"),)
    assert changed(region, order).revision == order.revision


def test_one_more_that_does_as_well_opens_coverage_and_one_less_keeps_it(
    region: Sjaelland,
) -> None:
    order = an_order(region.lead, requirements=(replace(CRANE, either=()),))
    wider = changed(region, order, requirements=(CRANE,))
    assert wider.covered_from_version == wider.requirements_version == 2
    wider = changed(region, wider, other_occupations=(key("truckforer"),))
    assert wider.covered_from_version == wider.requirements_version == 3
    tighter = changed(
        region, wider, requirements=(replace(CRANE, either=()),), other_occupations=()
    )
    assert (tighter.covered_from_version, tighter.requirements_version) == (3, 4)
    swapped = changed(region, tighter, occupation=key("truckforer"))
    assert swapped.covered_from_version == 5


def test_either_is_a_hit_and_says_by_what(region: Sjaelland) -> None:
    order = an_order(region.lead, requirements=(CRANE,), other_occupations=(key("sygeplejerske"),))
    has_g = region.person(concepts=(key("kran-g"),))
    nurse = region.person(concepts=(key("kran-d"),), wanted=(key("sygeplejerske"),))
    lacks = region.person(concepts=())
    made = matching.search(order_id=order.pk, scope=(KOEGE,), by=region.lead.actor, at=MONDAY)
    assert set(made.hits) == {has_g.pk, nurse.pk}
    hits = {hit.person_id: hit for hit in result_page(made.pk, at=MONDAY).hits.rows}
    assert hits[has_g.pk].explanation.requirements[0].by == key("kran-g")
    assert hits[nurse.pk].explanation.occupation_met
    (group,) = near_misses(made.pk, at=MONDAY)
    assert [hit.person_id for hit in group.people.rows] == [lacks.pk]
