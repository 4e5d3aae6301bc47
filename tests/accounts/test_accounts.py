"""Users, the roles they hold, and the readers they become."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.accounts.factories import appoint as given
from tests.accounts.factories import consultant, user
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import office
from tvaers.accounts import operations, queries
from tvaers.accounts.models import Appointment, Role, User
from tvaers.accounts.readers import offices_of, reader_for
from tvaers.core.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
YESTERDAY = DAY - timedelta(days=1)


def test_a_reader_is_the_user_at_one_office_in_the_roles_of_the_day(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    koege, faxe = office("Køge"), office("Faxe")
    karen = user("Karen")
    given(karen, koege, Role.CONSULTANT, Role.COORDINATOR)
    given(karen, faxe, Role.MANAGER)

    with django_assert_num_queries(1):
        reader = reader_for(karen.pk, koege.pk, DAY)

    assert reader is not None
    assert (reader.name, reader.office_name) == ("Karen", "Køge")
    assert reader.roles == {Role.CONSULTANT, Role.COORDINATOR}
    assert reader.actor == Actor(kind=ActorKind.PERSON, id=karen.pk, office_id=koege.pk)
    assert [choice.office_name for choice in offices_of(karen.pk, DAY)] == ["Faxe", "Køge"]


def test_a_role_that_was_revoked_is_gone_at_once() -> None:
    koege = office()
    reader = consultant(koege)
    row = Appointment.objects.get(user=reader.user_id)

    operations.end_appointment(appointment_id=row.pk, today=DAY, by=SETUP, at=MONDAY)

    assert reader_for(reader.user_id, koege.pk, DAY) is None
    assert reader_for(reader.user_id, koege.pk, YESTERDAY) == reader
    assert offices_of(reader.user_id, DAY) == ()


def test_a_role_given_by_mistake_today_leaves_no_day_behind() -> None:
    koege, someone = office(), user()
    row = operations.appoint(
        user_id=someone.pk, office_id=koege.pk, role=Role.MANAGER, from_day=DAY, by=SETUP, at=MONDAY
    )
    operations.end_appointment(appointment_id=row.pk, today=DAY, by=SETUP, at=MONDAY)
    assert not Appointment.objects.filter(user=someone).exists()


def test_a_role_is_given_once_however_often_one_clicks() -> None:
    koege, someone = office(), user()
    for day in (DAY, DAY, DAY + timedelta(days=1)):
        operations.appoint(
            user_id=someone.pk,
            office_id=koege.pk,
            role=Role.CONSULTANT,
            from_day=day,
            by=SETUP,
            at=MONDAY,
        )
    assert Appointment.objects.filter(user=someone).count() == 1


def test_a_user_who_is_switched_off_is_no_reader() -> None:
    koege = office()
    reader = consultant(koege)
    operations.switch_off(user_id=reader.user_id, by=SETUP, at=MONDAY)
    assert reader_for(reader.user_id, koege.pk, DAY) is None
    operations.switch_on(user_id=reader.user_id, by=SETUP, at=MONDAY)
    assert reader_for(reader.user_id, koege.pk, DAY) == reader


def test_nobody_reads_for_an_office_that_has_closed() -> None:
    closed = office(ends_on=date(2026, 2, 28))
    someone = user()
    given(someone, closed, Role.CONSULTANT)
    assert reader_for(someone.pk, closed.pk, DAY) is None
    assert reader_for(someone.pk, closed.pk, date(2026, 2, 28)) is not None


def test_an_address_belongs_to_one_user() -> None:
    first = operations.create_user(
        email=" Karen@Example.dk ", name="Karen", password="lang-nok-1", by=SETUP, at=MONDAY
    )
    assert first.email == "karen@example.dk"
    assert first.check_password("lang-nok-1")
    with pytest.raises(operations.EmailTaken) as refused:
        operations.create_user(email="karen@example.dk", name="En anden", by=SETUP, at=MONDAY)
    assert refused.value.user_id == first.pk


def test_a_user_without_a_password_cannot_sign_in() -> None:
    made = operations.create_user(email="ny@example.dk", name="Ny", by=SETUP, at=MONDAY)
    assert not made.check_password("")
    operations.set_password(user_id=made.pk, password="lang-nok-1", by=SETUP, at=MONDAY)
    assert User.objects.get(pk=made.pk).check_password("lang-nok-1")


def test_the_language_is_one_that_is_spoken_here() -> None:
    someone = user()
    operations.change_language(user_id=someone.pk, language="en", by=SETUP)
    assert User.objects.get(pk=someone.pk).language == "en"
    with pytest.raises(ValueError, match="no pages in"):
        operations.change_language(user_id=someone.pk, language="sv", by=SETUP)


def test_the_users_of_an_office_with_their_roles() -> None:
    koege = office()
    anna, bo = user("Anna"), user("Bo")
    given(bo, koege, Role.CONSULTANT)
    given(anna, koege, Role.CONSULTANT, Role.MANAGER)
    given(user("Carl"), koege, Role.CONSULTANT, ends_on=YESTERDAY)

    rows = queries.users_of(koege.pk, DAY)

    assert [(row.name, set(row.appointments)) for row in rows] == [
        ("Anna", {Role.CONSULTANT, Role.MANAGER}),
        ("Bo", {Role.CONSULTANT}),
    ]
    assert [row.name for row in queries.users_of(koege.pk, DAY, Role.MANAGER)] == ["Anna"]
