"""The wall in the database, with the application's filters off: each office reads what a model of
R13 says, row for row, and without an office nobody reads anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.candidates import factories as candidates
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tvaers.candidates.models import CvText, Identity, SourceRecord
from tvaers.circulation.models import Answer, AnswerCandidate, AnswerWords, Circulation, Request
from tvaers.core.actor import Actor, ActorKind
from tvaers.database import roles
from tvaers.database.change import as_reader, changing
from tvaers.network.models import Office, OfficeClosure
from tvaers.orders.models import CoLead, Subject
from tvaers.referrals.models import Release

CODES = (network.KOEGE, network.GREVE, network.SOLROED, network.ROSKILDE)
OFFICES = st.integers(0, len(CODES) - 1)
SOME = st.frozensets(OFFICES, max_size=2)
YESTERDAY, TOMORROW = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)

Walled = dict[str, set[int]]
TABLES = {
    "candidates_identity": "person_id",
    "candidates_cvtext": "person_id",
    "circulation_answerwords": "answer_id",
    "circulation_answercandidate": "id",
}


@dataclass(frozen=True, kw_only=True)
class PersonPlan:
    """Who follows a person, and for which order the person is released, if any."""

    home: int
    known_to: frozenset[int]
    once_known_to: frozenset[int]
    released_for: int | None
    ended: bool


@dataclass(frozen=True, kw_only=True)
class OrderPlan:
    """Who leads an order, and which offices have answered: each with one of the people."""

    lead: int
    co_leads: frozenset[int]
    closed: bool
    answers: dict[int, int]
    written_by: int | None
    """The office that stood in, or the lead on the telephone, for the first answer."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    people: list[PersonPlan]
    orders: list[OrderPlan]
    stand_ins: dict[int, tuple[int, int]]
    """Who stands in for an office, and how many days from today."""


PEOPLE = st.builds(
    PersonPlan,
    home=OFFICES,
    known_to=SOME,
    once_known_to=SOME,
    released_for=st.none() | st.integers(0, 1),
    ended=st.booleans(),
)
ORDERS = st.builds(
    OrderPlan,
    lead=OFFICES,
    co_leads=SOME,
    closed=st.booleans(),
    answers=st.dictionaries(OFFICES, st.integers(0, 2), max_size=3),
    written_by=st.none() | OFFICES,
)
PLANS = st.builds(
    Plan,
    people=st.lists(PEOPLE, min_size=3, max_size=3),
    orders=st.lists(ORDERS, min_size=2, max_size=2),
    stand_ins=st.dictionaries(OFFICES, st.tuples(OFFICES, st.integers(-1, 1)), max_size=2),
)


@dataclass
class Built:
    """A plan that stands in the database, and what the model says each office reads of it."""

    plan: Plan
    offices: list[Office]
    people: list[int] = field(default_factory=list)
    reads: dict[int, Walled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reads = {n: {table: set() for table in TABLES} for n in range(len(self.offices))}
        for number, (stand_in, days) in self.plan.stand_ins.items():
            day = MONDAY.date() + timedelta(days=days)
            OfficeClosure.objects.create(
                office=self.offices[number],
                first_day=day,
                last_day=day,
                stand_in_office=self.offices[stand_in],
                stand_in_name="Bo Friis",
            )

    def stands_in_today(self, asked: int) -> set[int]:
        stand_in, days = self.plan.stand_ins.get(asked, (asked, 1))
        return {stand_in} if days == 0 else set()

    def allow(self, who: set[int] | frozenset[int], table: str, key: int) -> None:
        for office in who:
            self.reads[office][table].add(key)


@contextmanager
def world(plan: Plan) -> Iterator[Built]:
    """The plan in the database, and undone afterwards."""
    with transaction.atomic():
        offices = [network.office(municipalities=(code,)) for code in CODES]
        with setting_up():
            built = Built(plan, offices)
            for one in plan.people:
                _person(built, one)
            for number, order in enumerate(plan.orders):
                _order(built, number, order)
        yield built
        transaction.set_rollback(True)


def _person(built: Built, plan: PersonPlan) -> None:
    home = built.offices[plan.home]
    pk = candidates.person(home, municipality=CODES[plan.home], text="Fri tekst").pk
    with changing(by=Actor(kind=ActorKind.JOB, label="tests", office_id=home.pk)):
        CvText.objects.get_or_create(person_id=pk, defaults={"text": "Fri tekst"})
    for offices, retired_at in ((plan.known_to, None), (plan.once_known_to, YESTERDAY)):
        for office in offices:
            SourceRecord.objects.create(
                person_id=pk,
                office=built.offices[office],
                source_id=str(uuid4()),
                row_sha256="",
                retired_at=retired_at,
            )
    built.people.append(pk)
    for table in ("candidates_identity", "candidates_cvtext"):
        built.allow({plan.home, *plan.known_to}, table, pk)


def _order(built: Built, number: int, plan: OrderPlan) -> None:
    office = built.offices[plan.lead]
    user = orders.a_lead(office)
    order = orders.an_order(office=office, lead=user)
    leads = {plan.lead, *plan.co_leads}
    for other in plan.co_leads - {plan.lead}:
        CoLead.objects.create(order=order, office=built.offices[other], user=user)
    for pk, one in zip(built.people, built.plan.people, strict=True):
        if one.released_for == number:
            Release.objects.create(
                order=order,
                person_id=pk,
                home_office=built.offices[one.home],
                kind="ASKED_FOR",
                granted_at=YESTERDAY,
                ended_at=MONDAY if one.ended else None,
            )
            if not one.ended and not plan.closed:
                built.allow(leads, "candidates_identity", pk)
    sending = Circulation.objects.create(
        order=order, requirements_version=1, step="ALLIANCE", sent_at=MONDAY, sent_by_office=office
    )
    for asked, person in plan.answers.items():
        writer = asked if plan.written_by is None else plan.written_by
        concerned = leads | {asked, writer} | built.stands_in_today(asked)
        _answer(built, sending, asked, writer, built.people[person], concerned)
    if plan.closed:
        orders.a_word(order, Subject.WITHDRAWN, openings=1)
        orders.closed(order, withdrawn=1)


def _answer(
    built: Built, sending: Circulation, asked: int, writer: int, person: int, concerned: set[int]
) -> None:
    request = Request.objects.create(
        circulation=sending,
        order=sending.order,
        office=built.offices[asked],
        sent_at=MONDAY,
        due_at=TOMORROW,
    )
    by = Actor(kind=ActorKind.JOB, label="tests", office_id=built.offices[writer].pk)
    with changing(by=by, at=MONDAY):
        made = Answer.objects.create(
            request=request,
            kind="CANDIDATES",
            named=1,
            answered_at=MONDAY,
            late=False,
            office=built.offices[writer],
        )
        AnswerWords.objects.create(answer=made, words="Ring før kl. 10")
        named = AnswerCandidate.objects.create(answer=made, person_id=person, line="Stabil")
    built.allow(concerned, "circulation_answerwords", made.pk)
    built.allow(concerned, "circulation_answercandidate", named.pk)


def everything() -> Walled:
    """All rows of the walled tables, as SQL without a condition gives them."""
    found: Walled = {}
    with connection.cursor() as cursor:
        for table, key in TABLES.items():
            cursor.execute(f"select {key} from {table}")
            found[table] = {row[0] for row in cursor.fetchall()}
    return found


@pytest.mark.django_db
@settings(max_examples=25)
@given(plan=PLANS)
def test_each_office_reads_what_the_model_says_and_nothing_more(plan: Plan) -> None:
    with world(plan) as built:
        for number, office in enumerate(built.offices):
            with as_reader(office_id=office.pk, at=MONDAY):
                assert everything() == built.reads[number]
        with as_reader(office_id=None):
            assert not any(everything().values())


@pytest.mark.django_db
def test_no_office_writes_on_the_other_side_of_the_wall() -> None:
    plan = Plan(
        people=[
            PersonPlan(
                home=0,
                known_to=frozenset(),
                once_known_to=frozenset(),
                released_for=0,
                ended=False,
            )
        ],
        orders=[
            OrderPlan(lead=1, co_leads=frozenset(), closed=False, answers={0: 0}, written_by=None)
        ],
        stand_ins={},
    )
    with world(plan) as built:
        lead, stranger = (
            Actor(kind=ActorKind.JOB, label="tests", office_id=built.offices[number].pk)
            for number in (1, 3)
        )
        with changing(by=lead):
            assert not Identity.objects.update(name="Nogen")
            assert not CvText.objects.update(text="Noget")
        with changing(by=stranger):
            assert not AnswerCandidate.objects.update(line="Noget")
            answer = Answer.objects.get()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                AnswerCandidate.objects.create(answer=answer, person_id=built.people[0])


@pytest.mark.django_db
@pytest.mark.parametrize("table", [*TABLES, "referrals_sharedcv", "referrals_letter"])
def test_the_application_does_not_own_what_the_walls_stand_on(table: str) -> None:
    """Walls do not hold their owner, who makes backups: so the application owns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relrowsecurity, relowner::regrole::text, current_user,"
            " (select rolbypassrls or rolsuper from pg_roles where rolname = current_user)"
            " from pg_class where oid = %s::regclass",
            [table],
        )
        assert cursor.fetchone() == (True, roles.OWNER, roles.APP, False)


@pytest.mark.django_db
def test_the_index_reads_profiles_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p', 'v') and has_table_privilege(%s, oid, 'select')"
            " order by relname",
            [roles.INDEX],
        )
        assert [row[0] for row in cursor.fetchall()] == ["candidates_profile", "database_epoch"]


@pytest.mark.django_db
def test_the_walls_find_what_they_ask_for_by_an_index() -> None:
    """Every table that a policy's question touches is reached by an index, however large it is."""
    question = """
        explain (costs off) select from circulation_answer a
        join circulation_request r on r.id = a.request_id join orders_order o on o.id = r.order_id
        where a.id = 1 and (exists (
            select from orders_colead c where c.order_id = o.id and c.office_id = 1)
        or exists (select from network_officeclosure n where n.office_id = r.office_id))
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(question)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan
