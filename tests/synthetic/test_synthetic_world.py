"""The demo world: small here, as large as one likes elsewhere; the same for the same seed."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tvaers.accounts.models import User
from tvaers.accounts.readers import reader_for
from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.candidates.models import Identity, ImportRun, Profile
from tvaers.circulation.models import Answer, Circulation, Question, Request, Via
from tvaers.companies.models import Company
from tvaers.core.cvr import is_cvr
from tvaers.database.change import as_reader
from tvaers.leading.models import Evaluation, NextStep, PlannedDelivery, StatusNote
from tvaers.links.models import Link, Purpose
from tvaers.network.models import LadderStep, Responsibility
from tvaers.orders.coverage import coverage_of
from tvaers.orders.models import Handover, Order, Stage
from tvaers.postings.models import Call, Posting
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral, Release
from tvaers.reporting.tasks import TaskKind, my_tasks
from tvaers.synthetic.candidates import SURE_HOMES
from tvaers.synthetic.deliveries import NO_DELIVERY, STALE
from tvaers.synthetic.drawing import LEFT_OUT
from tvaers.synthetic.load import load_demo
from tvaers.synthetic.people_who_work import CONSULTANT, KOEGE, LEAD
from tvaers.taxonomy.starter import starter

NOW = datetime(2026, 9, 16, 9, 30, tzinfo=UTC)
ANEW = ("public_id", "password", "send_key", "word_key", "changed_in")
"""Columns that are drawn by the database or by chance, and differ from load to load."""

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_small_world_is_true_and_has_something_to_do() -> None:
    load_demo(candidates=500, companies=60, orders=20, at=NOW)

    assert Profile.objects.count() == 500
    assert Order.objects.count() == 20
    assert set(Order.objects.values_list("stage", flat=True)) == set(Stage.values)
    _nothing_closed_against_the_rules()
    _names_are_made_up()
    _the_scenario_has_its_people()
    _koege_has_every_kind_of_task()
    _jobs_are_posted_and_called_about()
    _leads_share_what_they_plan()
    _links_wait_for_a_visitor()
    _data_are_as_old_as_said()


def test_the_same_seed_makes_the_same_world() -> None:
    first = _world(seed=7)
    again = _world(seed=7)
    other = _world(seed=8)

    assert first == again
    assert first["orders_order"] != other["orders_order"]
    assert first["candidates_profile"] != other["candidates_profile"]


@pytest.mark.long
def test_the_whole_world_shows_everything() -> None:
    load_demo(candidates=5000, at=NOW)

    assert Order.objects.count() == 150
    assert set(Order.objects.values_list("ladder_step", flat=True)) == set(LadderStep.values)
    assert set(Referral.objects.values_list("state", flat=True)) >= set(State) - {State.ASKED}
    assert set(Answer.objects.values_list("via", flat=True)) >= {Via.SCREEN, Via.PHONE}
    assert Answer.objects.filter(late=True).exists()
    assert Answer.objects.filter(replaced_at__isnull=False).exists()
    assert Request.objects.filter(withdrawn_at__isnull=False).exists()
    assert Release.objects.filter(refused_at__isnull=False).exists()
    assert Order.objects.filter(paused_at__isnull=False).exists()
    assert Order.objects.filter(stage=Stage.RECRUITING, log__kind="REOPENED").exists()
    assert Circulation.objects.filter(excused__isnull=False).exists()
    assert Evaluation.objects.filter(got_people="ALL").exists()
    _nothing_closed_against_the_rules()
    _the_scenario_has_its_people()
    _koege_has_every_kind_of_task()


def _nothing_closed_against_the_rules() -> None:
    """Coverage before every unfilled closing (R7), in the code's eyes and in the database's."""
    for order in Order.objects.filter(stage=Stage.CLOSED):
        if order.unfilled:
            assert coverage_of(order).missing == ()
            assert set(order.area_municipalities) <= set(order.covered_at_closing)
        hired = Counter(order.referrals.values_list("state", flat=True))[State.HIRED]
        assert hired == order.hired


def _names_are_made_up() -> None:
    with as_reader(office_id=_koege()):
        people = list(Identity.objects.values_list("email", "phone"))
    assert people
    assert all(email.endswith(".example") and phone.startswith("00") for email, phone in people)
    assert all(is_cvr(cvr) for cvr in Company.objects.values_list("cvr", flat=True))
    assert all(email.endswith(".example") for email in User.objects.values_list("email", flat=True))


def _the_scenario_has_its_people() -> None:
    """Warehouse workers with a forklift paper in fifteen of the alliance, nobody in two."""
    paper, work = starter().by_key("gaffeltruck-b").id, starter().by_key("lagermedarbejder").id
    found = Counter(
        profile.municipality_id
        for profile in Profile.objects.filter(concepts__contains=[paper])
        if work in profile.wanted and not unfindable_reasons(profile, NOW.date())
    )
    assert all(found[code] >= people for code, people in SURE_HOMES.items())
    assert not any(found[code] for code in LEFT_OUT)


FROM_VISITORS = {TaskKind.CALL, TaskKind.NEW_HITS}
"""What only an ad, or a search that someone saved, gives."""


def _jobs_are_posted_and_called_about() -> None:
    assert Posting.objects.public(NOW.date()).exists()
    assert Call.objects.filter(outcome="EXTENDED").exists()


def _leads_share_what_they_plan() -> None:
    assert StatusNote.objects.exists()
    assert PlannedDelivery.objects.exists()
    assert NextStep.objects.filter(done_at=None).exists()


def _links_wait_for_a_visitor() -> None:
    with_company = Link.objects.filter(purpose=Purpose.COMPANY, expires_at__gt=NOW)
    asked = Referral.objects.filter(state=State.ASKED, question_expires_at__gt=NOW)
    open_links = Link.objects.filter(purpose=Purpose.CANDIDATE, withdrawn_at=None)
    assert with_company.exists()
    assert open_links.filter(about__in=asked.values("pk")).exists()


def _koege_has_every_kind_of_task() -> None:
    kinds: set[TaskKind] = set()
    late = set()
    for colleague in (CONSULTANT, LEAD):
        user = User.objects.get(email=colleague.email)
        reader = reader_for(user.pk, _koege(), NOW.date())
        assert reader is not None
        with as_reader(office_id=reader.office_id, user_id=reader.user_id):
            tasks = my_tasks(reader, at=NOW)
        kinds |= {task.kind for task in tasks}
        late |= {task.kind for task in tasks if task.late}
    assert kinds >= set(TaskKind) - FROM_VISITORS
    assert late >= {TaskKind.ANSWER, TaskKind.DIALOGUE, TaskKind.PRESENTATION}
    changed = Request.objects.filter(
        office=_koege(), answered_at=None, circulation__question=Question.CHANGED
    )
    assert changed.exists()
    assert Handover.objects.filter(accepted_at=None, declined_at=None).exists()
    assert Circulation.objects.filter(order__lead_office=_koege()).exists()


def _data_are_as_old_as_said() -> None:
    newest = {
        code: ImportRun.objects.filter(office__responsibilities__municipality=code)
        .order_by("-data_at")
        .first()
        for code in (KOEGE, *STALE, *NO_DELIVERY)
    }
    ages = {code: (NOW - run.data_at).days for code, run in newest.items() if run}
    assert ages == {KOEGE: 0} | STALE


def _world(*, seed: int) -> dict[str, str]:
    """A small world's fingerprint by table; the database is new before each."""
    TransactionTestCase._fixture_teardown(None)  # type: ignore[arg-type]  # see conftest.py
    load_demo(candidates=150, companies=40, orders=6, seed=seed, at=NOW)
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.partition("_")[0] in {"accounts", "candidates", "companies", "orders"}
        or table.startswith(("circulation_", "matching_", "network_", "referrals_"))
    ]
    hashed = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"select md5(string_agg(one::text, '' order by one::text)) from "
                f"(select to_jsonb(row) - %s::text[] as one from {table} row) ones",
                [list(ANEW)],
            )
            (hashed[table],) = cursor.fetchone()
    return hashed


def _koege() -> int:
    return Responsibility.objects.get(municipality=KOEGE).office_id
