"""Nothing changes without a name, nothing is looked at unseen, and neither list can be mended."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege
from pytest_django import DjangoAssertNumQueries

from tests.accounts.factories import consultant, user
from tests.companies.factories import company
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import contact, office
from tvaers.accounts.models import User
from tvaers.audit.models import Change, Look, LookKind
from tvaers.audit.operations import record_look
from tvaers.audit.queries import changes_of, looks_at
from tvaers.companies.models import Company
from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import as_reader, changing
from tvaers.network.models import Office, OfficeClosure, OfficeContact

pytestmark = pytest.mark.django_db
NOBODY = "change without a named actor"


def look(by: Actor, *people: int, at: datetime = MONDAY, order: int | None = None) -> None:
    record_look(
        kind=LookKind.SEARCH, purpose="search", person_ids=people, order_id=order, by=by, at=at
    )


@pytest.mark.parametrize(
    "statement",
    [
        "update network_office set phone = '1'",
        "delete from companies_companycontact",
        "insert into network_closingday (day, name) values ('2026-05-15', 'Fri')",
    ],
)
def test_raw_sql_without_an_actor_is_refused(statement: str) -> None:
    company()
    office()
    with pytest.raises(DatabaseError, match=NOBODY), connection.cursor() as cursor:
        cursor.execute(statement)


def test_copy_without_an_actor_is_refused_and_with_one_it_is_recorded() -> None:
    def copy_a_closing_day() -> None:
        with (
            connection.cursor() as cursor,
            cursor.copy("copy network_closingday (day, name) from stdin") as rows,
        ):
            rows.write_row((date(2026, 5, 15), "Fri"))

    with pytest.raises(InsufficientPrivilege, match=NOBODY), transaction.atomic():
        copy_a_closing_day()
    with changing(by=Actor(kind=ActorKind.IMPORT, label="closing-days"), at=MONDAY):
        copy_a_closing_day()

    recorded = Change.objects.filter(table_name="network_closingday").get()
    assert (recorded.actor, recorded.operation, recorded.at) == ("import:closing-days", "I", MONDAY)


def test_one_who_only_reads_changes_nothing() -> None:
    here = office()
    with pytest.raises(DatabaseError, match=NOBODY), as_reader(office_id=here.pk):
        Office.objects.filter(pk=here.pk).update(phone="1")


def test_names_of_people_never_enter_the_history() -> None:
    someone, here = user("Karen Blixen"), office()
    person_to_call = contact(here, "Tove Ditlevsen")
    with changing(by=SETUP, at=MONDAY):
        OfficeClosure.objects.create(
            office=here, first_day=MONDAY, last_day=MONDAY, stand_in_office=here,
            stand_in_name="Inger Christensen",
        )  # fmt: skip
        OfficeClosure.objects.all().delete()
        User.objects.filter(pk=someone.pk).update(name="Isak Dinesen", email="isak@example.dk")
        OfficeContact.objects.filter(pk=person_to_call.pk).update(phone="1", title="Chef")
        OfficeContact.objects.filter(pk=person_to_call.pk).delete()

    told = str([*Change.objects.values_list("old", flat=True)])
    assert "Chef" in told
    for name in ("Inger", "Karen", "Isak", "Tove", "56 67 00 00", "example.dk", "md5"):
        assert name not in told


def test_the_story_of_a_row_names_who_and_for_which_office(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    koege = office("Køge")
    karen = consultant(koege, "Karen Holm")
    made = company("Gammelt navn")
    for hour in range(10):
        with changing(by=karen.actor, at=MONDAY + timedelta(hours=hour)):
            Company.objects.filter(pk=made.pk).update(industry_code=f"{hour}")

    with django_assert_num_queries(3):
        story = changes_of(Company, made.pk)

    assert len(story) == 11
    assert (story[0].user_name, story[0].office_name) == ("Karen Holm", "Køge")
    assert (story[0].operation, story[0].old) == ("U", {"industry_code": "8"})
    assert (story[-1].operation, story[-1].actor, story[-1].user_name) == ("I", "job:tests", "")


@pytest.mark.parametrize(
    "statement",
    [
        "delete from audit_change",
        "update audit_change set actor = 'person:1'",
        "insert into audit_change (table_name, row_id, operation, actor, at)"
        " values ('x', 1, 'I', 'person:1', now())",
        "drop table audit_change",
        "delete from audit_look",
        "update audit_look set purpose = 'x'",
        "truncate audit_look",
        "delete from audit_look_202603",
    ],
)
def test_the_application_cannot_mend_what_is_written(statement: str) -> None:
    look(consultant(office()).actor, 1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Look.objects.count() == 1


def test_a_look_at_a_thousand_people_is_one_row() -> None:
    karen = consultant(office())
    look(karen.actor, *range(1000, 0, -1), 7, order=5)

    row = Look.objects.get()
    assert row.person_ids == list(range(1, 1001))
    assert (row.user_id, row.office_id, row.order_id) == (karen.user_id, karen.office_id, 5)


def test_a_look_at_nobody_is_no_look() -> None:
    look(consultant(office()).actor)
    assert not Look.objects.exists()


def test_a_look_belongs_to_an_office_and_has_a_purpose() -> None:
    with pytest.raises(ValueError, match="needs an office"):
        look(SETUP, 1)
    with pytest.raises(DatabaseError, match="look_has_a_purpose"), transaction.atomic():
        record_look(
            kind=LookKind.VIEW, purpose="", person_ids=[1], office_id=1, by=SETUP, at=MONDAY
        )


def test_a_job_looks_without_a_user() -> None:
    here = office()
    record_look(
        kind=LookKind.SEARCH,
        purpose="search",
        person_ids=[1],
        office_id=here.pk,
        by=SETUP,
        at=MONDAY,
    )
    assert looks_at(1).rows[0].user_name == ""


def test_a_person_can_see_who_has_looked_newest_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    karen, jens = consultant(office("Køge"), "Karen"), consultant(office("Faxe"), "Jens")
    look(karen.actor, 7, 8, order=5)
    look(jens.actor, 8)
    for hour in range(1, 40):
        look(jens.actor, 7, at=MONDAY + timedelta(hours=hour))

    with django_assert_num_queries(4):
        first = looks_at(7)
    last = looks_at(7, page=2)

    assert (first.total, len(first.rows), len(last.rows)) == (40, 25, 15)
    assert first.rows[0].at == MONDAY + timedelta(hours=39)
    oldest = last.rows[-1]
    assert (oldest.user_name, oldest.office_name, oldest.purpose, oldest.order_id) == (
        "Karen", "Køge", "search", 5,
    )  # fmt: skip
    assert [row.office_name for row in looks_at(8).rows] == ["Faxe", "Køge"]
    assert looks_at(9).total == 0


def test_a_look_in_a_month_without_a_partition_is_kept_too() -> None:
    far = MONDAY.replace(year=2047)
    look(consultant(office()).actor, 7, at=far)
    assert looks_at(7).rows[0].at == far
