"""The network is data that people edit; what was, stays known."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.core.factories import MONDAY, SETUP
from tests.network.factories import (
    AARHUS,
    GREVE,
    KOEGE,
    SOLROED,
    alliance,
    contact,
    fund,
    office,
)
from tvaers.network import operations, queries
from tvaers.network.models import (
    Alliance,
    Membership,
    Office,
    OfficeContact,
    OfficeKind,
    Responsibility,
    ServiceLevel,
)
from tvaers.network.operations import OfficeFields

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
BEFORE = DAY - timedelta(days=1)
NOW: dict[str, Any] = {"by": SETUP, "at": MONDAY}


def test_an_office_keeps_its_own_name_and_no_two_share_one() -> None:
    made = operations.save_office(fields=OfficeFields(name="Aabenraa Erhverv"), **NOW)
    operations.save_office(
        fields=OfficeFields(name="Aabenraa Erhverv", phone="73 76 76 76"), office_id=made.pk, **NOW
    )
    assert Office.objects.get(pk=made.pk).phone == "73 76 76 76"
    with pytest.raises(operations.NameTaken) as refused:
        operations.save_office(fields=OfficeFields(name="Aabenraa Erhverv"), **NOW)
    assert refused.value.name == "Aabenraa Erhverv"


def test_municipalities_move_between_offices_on_a_day() -> None:
    here = office(municipalities=[KOEGE, GREVE])
    for _twice in range(2):
        operations.save_responsibilities(
            office_id=here.pk, municipalities=(GREVE, SOLROED), from_day=DAY, **NOW
        )
    assert queries.responsible_municipalities(here.pk, BEFORE) == (GREVE, KOEGE)
    assert queries.responsible_municipalities(here.pk, DAY) == (GREVE, SOLROED)


def test_a_fund_is_given_no_municipality() -> None:
    with pytest.raises(operations.OnlyMunicipalOffices) as refused:
        operations.save_responsibilities(
            office_id=fund().pk, municipalities=(KOEGE,), from_day=DAY, **NOW
        )
    assert refused.value.kind == OfficeKind.FUND


def test_an_office_that_closes_takes_its_duties_along() -> None:
    ours = alliance()
    here = office(alliance=ours)
    operations.close_office(office_id=here.pk, last_day=BEFORE, **NOW)
    assert queries.offices_for([KOEGE], DAY) == {KOEGE: ()}
    assert queries.members(ours.pk, DAY) == ()
    assert queries.members(ours.pk, BEFORE) == (here.pk,)


def test_an_alliance_gets_its_area_and_may_change_it() -> None:
    made = operations.save_alliance(name="Ny alliance", municipalities=(KOEGE, GREVE), **NOW)
    operations.save_alliance(
        alliance_id=made.pk, name="Nyt navn", municipalities=(GREVE, SOLROED), **NOW
    )
    found = Alliance.objects.get(pk=made.pk)
    assert (found.name, found.area.name) == ("Nyt navn", "Nyt navn")
    assert queries.area_municipalities(found.area_id, BEFORE) == (GREVE, KOEGE)
    assert queries.area_municipalities(found.area_id, DAY) == (GREVE, SOLROED)


@pytest.mark.parametrize("name", ["Taget navn", "Region Sjælland", "Hele landet"])
def test_an_alliance_takes_no_name_that_means_something_else(name: str) -> None:
    standing = alliance("Taget navn")
    with pytest.raises(operations.NameTaken):
        operations.save_alliance(name=name, municipalities=(KOEGE,), **NOW)
    region = queries.area_of(office_id=office().pk, alliance=None, day=DAY)
    assert len(region) == 17
    assert len(queries.area_municipalities(standing.area_id, DAY)) == 3


def test_a_name_that_an_alliance_gave_up_is_free_for_another() -> None:
    first = operations.save_alliance(name="Gammelt navn", municipalities=(KOEGE,), **NOW)
    operations.save_alliance(alliance_id=first.pk, name="Nyt navn", municipalities=(KOEGE,), **NOW)
    second = operations.save_alliance(name="Gammelt navn", municipalities=(GREVE,), **NOW)
    assert queries.area_municipalities(first.area_id, DAY) == (KOEGE,)
    assert queries.area_municipalities(second.area_id, DAY) == (GREVE,)


def test_an_office_joins_once_and_leaves_on_a_day() -> None:
    ours, here = alliance(), office()
    for _twice in range(2):
        operations.save_membership(alliance_id=ours.pk, office_id=here.pk, from_day=DAY, **NOW)
    assert Membership.objects.count() == 1
    operations.end_membership(
        alliance_id=ours.pk, office_id=here.pk, last_day=DAY + timedelta(days=9), **NOW
    )
    assert queries.alliance_of(here.pk, DAY + timedelta(days=9)) == ours
    assert queries.alliance_of(here.pk, DAY + timedelta(days=10)) is None


def test_new_promises_follow_old_ones_which_stay_as_they_were() -> None:
    ours = alliance(promises={"answer_hours": 24, "presented_per_opening": 5})

    operations.new_service_level(alliance_id=ours.pk, from_day=DAY, answer_hours=72, **NOW)

    before, now = queries.service_level(ours, BEFORE), queries.service_level(ours, DAY)
    assert (before.answer_hours, before.ends_on) == (24, BEFORE)
    assert (now.answer_hours, now.presented_per_opening) == (72, 5)
    with pytest.raises(operations.AlreadyPromised) as refused:
        operations.new_service_level(alliance_id=ours.pk, from_day=DAY, answer_hours=1, **NOW)
    assert refused.value.day == DAY
    with pytest.raises(TypeError, match="promises no coffee"):
        operations.new_service_level(
            alliance_id=ours.pk, from_day=DAY + timedelta(days=1), coffee=2, **NOW
        )


def test_an_alliance_without_promises_begins_with_the_nations_figures() -> None:
    made = operations.save_alliance(name="Ny alliance", municipalities=(KOEGE,), **NOW)
    level = operations.new_service_level(
        alliance_id=made.pk, from_day=DAY, widens_by_itself=True, **NOW
    )
    assert (level.answer_hours, level.widens_by_itself) == (48, True)
    assert ServiceLevel.objects.get(alliance=None).ends_on is None


def test_a_new_primary_contact_takes_over_from_the_old() -> None:
    here = office()
    old = contact(here, "Karen")
    new = operations.save_contact(office_id=here.pk, name="Jens", is_primary=True, **NOW)
    again = operations.save_contact(
        office_id=here.pk, name="Jens", phone="1", is_primary=True, **NOW
    )
    assert new.pk == again.pk
    assert [row.name for row in queries.contacts([here.pk])[here.pk]] == ["Jens", "Karen"]
    assert not OfficeContact.objects.get(pk=old.pk).is_primary
    operations.remove_contact(contact_id=old.pk, **NOW)
    assert len(queries.contacts([here.pk])[here.pk]) == 1


def test_a_closing_day_is_added_once_and_taken_back() -> None:
    ours, day = alliance(), date(2026, 5, 15)
    for name in ("Fri", "Dagen efter Kristi himmelfart"):
        row = operations.add_closing_day(day=day, name=name, alliance_id=ours.pk, **NOW)
    assert row.name == "Dagen efter Kristi himmelfart"
    assert day in queries.closing_days(ours.pk)
    operations.remove_closing_day(closing_day_id=row.pk, **NOW)
    assert day not in queries.closing_days(ours.pk)


def test_an_office_closes_only_with_a_stand_in() -> None:
    closed, other = office(), office("Stevns")
    row = operations.add_office_closure(
        office_id=closed.pk,
        first_day=DAY,
        last_day=DAY,
        stand_in_office_id=other.pk,
        stand_in_name="Jens Lund",
        **NOW,
    )
    found = queries.stand_in(closed.pk, DAY)
    assert found is not None
    assert found.office_name == "Stevns"
    operations.remove_office_closure(closure_id=row.pk, **NOW)
    assert queries.stand_in(closed.pk, DAY) is None


def test_the_known_offices_and_alliances_are_installed_once() -> None:
    operations.install_facts(**NOW)
    counts = [model.objects.count() for model in (Office, Responsibility, Alliance, Membership)]
    day = date(2026, 3, 2)

    assert counts[1] == 98
    everybody = queries.offices_for(tuple(queries.places.all_codes()), day)
    assert all(len(offices) == 1 for offices in everybody.values())
    sizes = {
        alliance.name: len(queries.area_municipalities(alliance.area_id, day))
        for alliance in Alliance.objects.filter(is_example=False)
    }
    assert sorted(sizes.values()) == [3, 7, 8, 10, 17]
    assert queries.offices_for([AARHUS], day)[AARHUS]

    operations.install_facts(**NOW)
    again = [model.objects.count() for model in (Office, Responsibility, Alliance, Membership)]
    assert again == counts
