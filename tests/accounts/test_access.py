"""The table of permissions, pinned: a change here is a change of who may do what."""

import pytest

from tests.accounts.factories import (
    administrator,
    consultant,
    coordinator,
    manager,
    partner,
)
from tests.core.factories import MONDAY
from tests.network.factories import alliance, office
from tvaers.accounts import access
from tvaers.accounts.access import PERMISSIONS, Verb, may
from tvaers.accounts.models import Role

DAY = MONDAY.date()

TABLE = """
                     consultant coordinator manager partner administrator
ANSWER                    x          x         x       x
ANSWER_BY_PHONE           x          x         x
ASK_RELEASE               x          x         x
CIRCULATE                 x          x         x
CONFIRM_UNAVAILABLE       x          x         x       x
DECIDE_RELEASE            x          x         x       x
EDIT_COMPANIES            x          x         x
EDIT_NETWORK                         x                         x
EDIT_OFFICE                          x         x               x
EDIT_OWN_PEOPLE           x          x         x       x
EDIT_USERS                                     x               x
IMPORT                               x         x       x       x
LEAD_ORDER                x          x         x
MAKE_AGREEMENT                       x         x
MEND_MAIL                                                      x
REFER                     x          x         x
REPORT_UNAVAILABLE        x          x         x       x
SEARCH                    x          x         x
SEE_AUDIT                                      x               x
SEE_COMPANIES             x          x         x       x
SEE_FIGURES               x          x         x
SEE_NETWORK               x          x         x       x       x
SEE_ORDERS                x          x         x       x
SEE_OWN_PEOPLE            x          x         x       x
SEE_PROFILES              x          x         x       x
SEE_PROOF                 x          x         x       x
SEE_WORD_LISTS                       x         x               x
SETTLE                    x          x         x
SET_CONFLICT                         x         x
TAKE_ORDER                x          x         x
"""

COLUMNS = {
    Role.CONSULTANT: 26,
    Role.COORDINATOR: 37,
    Role.MANAGER: 47,
    Role.PARTNER: 55,
    Role.ADMINISTRATOR: 63,
}


def test_the_table_is_the_one_that_was_agreed() -> None:
    lines = TABLE.strip("\n").splitlines()[1:]
    agreed = {
        Verb(line.split()[0]): {
            role for role, column in COLUMNS.items() if line[column : column + 1] == "x"
        }
        for line in lines
    }
    assert agreed == {verb: set(roles) for verb, roles in PERMISSIONS.items()}
    assert set(PERMISSIONS) == set(Verb)


def test_administrators_see_no_people_and_no_verb_is_for_nobody() -> None:
    people = {Verb.SEE_PROFILES, Verb.SEE_OWN_PEOPLE, Verb.SEARCH}
    assert not any(Role.ADMINISTRATOR in PERMISSIONS[verb] for verb in people)
    assert all(roles for roles in PERMISSIONS.values())


@pytest.mark.django_db
def test_a_role_holds_at_its_own_office_only() -> None:
    koege, faxe = office("Køge"), office("Faxe")
    karen = consultant(koege)
    assert may(karen, Verb.TAKE_ORDER)
    assert karen.actor.office_id == koege.pk
    assert not access.may_edit_office(karen, koege.pk, DAY)
    assert not access.may_edit_office(manager(koege), faxe.pk, DAY)
    assert access.may_edit_office(manager(koege), koege.pk, DAY)


@pytest.mark.django_db
def test_a_coordinator_edits_the_alliances_of_the_office() -> None:
    ours, theirs = alliance(), alliance()
    home, neighbour, stranger = (
        office(alliance=ours),
        office(alliance=ours),
        office(alliance=theirs),
    )
    mads = coordinator(home)

    assert access.may_edit_alliance(mads, ours.pk, DAY)
    assert not access.may_edit_alliance(mads, theirs.pk, DAY)
    assert access.may_edit_office(mads, neighbour.pk, DAY)
    assert not access.may_edit_office(mads, stranger.pk, DAY)
    assert not access.may_edit_nation(mads)
    assert not access.may_edit_alliance(consultant(home), ours.pk, DAY)


@pytest.mark.django_db
def test_an_administrator_edits_the_whole_house_and_nobodys_people() -> None:
    ours = alliance()
    home, other = office(alliance=ours), office()
    admin = administrator(home)

    assert access.may_edit_nation(admin)
    assert access.may_edit_alliance(admin, ours.pk, DAY)
    assert access.may_edit_office(admin, other.pk, DAY)
    assert access.may_edit_users(admin, other.pk)
    assert not may(admin, Verb.SEE_OWN_PEOPLE)


@pytest.mark.django_db
def test_a_manager_appoints_at_the_own_office_only() -> None:
    home, other = office(), office()
    assert access.may_edit_users(manager(home), home.pk)
    assert not access.may_edit_users(manager(home), other.pk)
    assert not access.may_edit_users(partner(home), home.pk)
