"""Closing an order, as code and database both judge it (R7, R11), and taking it back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from tests.core.factories import MONDAY, SETUP
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tests.orders.factories import actor, again, closed, kinds
from tests.orders.hires import hire
from tvaers.database.change import changing
from tvaers.orders import lifecycle, operations, queries
from tvaers.orders.lifecycle import LogKind, Outcome, Refusal, Stage, Subject
from tvaers.orders.models import Evidence, LogEntry, Order
from tvaers.orders.refusals import AllFilled, CloseRefused, OrderRefused

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def order() -> Order:
    """Three openings, one hired, in an alliance of Køge, Greve and Solrød; searched nowhere."""
    order = orders.an_order(office=network.office(alliance=network.alliance()), openings=3)
    hire(order)
    return again(order)


def everywhere(order: Order) -> None:
    """Everyone answered, and the company would not look further away."""
    orders.evidence(order)
    orders.a_word(order, Subject.NOT_WIDER)


@pytest.mark.parametrize("label", ["unfilled", "filled_by_company", "withdrawn", "other_solution"])
def test_whatever_the_label_the_missing_municipalities_are_named(order: Order, label: str) -> None:
    orders.evidence(order, GREVE)

    with pytest.raises(CloseRefused) as refused:
        closed(order, hired=1, **{label: 2})

    assert (refused.value.reason, refused.value.missing) == (Refusal.NOT_COVERED, (KOEGE, SOLROED))
    assert again(order).stage == "RECRUITING"


def test_who_did_not_look_wider_needs_the_company_s_no(order: Order) -> None:
    orders.evidence(order)

    with pytest.raises(CloseRefused) as refused:
        closed(order, hired=1, unfilled=2)
    assert (refused.value.reason, refused.value.missing) == (Refusal.NOT_WIDENED, ())

    orders.a_word(order, Subject.NOT_WIDER)
    order = closed(order, hired=1, unfilled=2, at=TUESDAY)
    assert (order.stage, order.closed_at, order.unfilled) == ("CLOSED", TUESDAY, 2)
    assert order.covered_at_closing == sorted([GREVE, KOEGE, SOLROED])
    assert lifecycle.outcome(order) is Outcome.PARTLY_FILLED


def test_the_top_of_the_ladder_needs_no_more_words(order: Order) -> None:
    orders.evidence(order)
    operations.widen(order_id=order.pk, to="NATION", by=SETUP, at=MONDAY)

    assert closed(order, hired=1, unfilled=2).stage == "CLOSED"


def test_an_outcome_of_the_company_needs_its_word_even_when_all_were_searched(
    order: Order,
) -> None:
    everywhere(order)

    with pytest.raises(CloseRefused) as refused:
        closed(order, hired=1, withdrawn=2)

    assert refused.value.reason is Refusal.NO_WORD_FROM_COMPANY


def test_the_company_s_word_closes_what_nobody_searched(order: Order) -> None:
    orders.a_word(order, Subject.WITHDRAWN, openings=1)
    orders.a_word(order, Subject.FILLED_BY_COMPANY, openings=1)

    order = closed(order, hired=1, withdrawn=1, filled_by_company=1)

    assert order.covered_at_closing == []


def test_answers_everywhere_means_a_search_is_not_enough() -> None:
    office = network.office(alliance=network.alliance(promises={"answers_everywhere": True}))
    order = orders.an_order(office=office)
    orders.evidence(order, kind="SEARCH")

    assert queries.coverage(order.pk).missing == (GREVE, KOEGE, SOLROED)


def test_revoked_evidence_covers_nothing_and_the_older_counts_again(order: Order) -> None:
    first = orders.evidence(order, KOEGE)
    newer = orders.evidence(order, KOEGE, at=TUESDAY)
    assert queries.coverage(order.pk).covered[KOEGE].evidence_id == newer.pk

    for _ in range(2):
        operations.revoke_evidence(evidence_id=newer.pk, because="STALE", by=SETUP, at=TUESDAY)
    assert queries.coverage(order.pk).covered[KOEGE].evidence_id == first.pk
    assert kinds(order).count(LogKind.COVERAGE_REVOKED) == 1

    operations.revoke_evidence(evidence_id=first.pk, because="STALE", by=SETUP, at=TUESDAY)
    assert KOEGE in queries.coverage(order.pk).missing


def test_the_same_closing_twice_is_one(order: Order) -> None:
    everywhere(order)

    closed(order, hired=1, unfilled=2)
    closed(order, hired=1, unfilled=2)
    assert kinds(order).count(LogKind.CLOSED) == 1

    with pytest.raises(CloseRefused) as refused:
        closed(order, hired=1, withdrawn=2)
    assert refused.value.reason is Refusal.WRONG_STAGE


def test_closing_ends_the_pause_and_takes_back_the_offered_lead(order: Order) -> None:
    everywhere(order)
    greve = network.office("Greve", (GREVE,))
    birthe = orders.a_lead(greve)
    offer = operations.offer_handover(
        order_id=order.pk, to_office_id=greve.pk, to_user_id=birthe.pk, by=SETUP, at=MONDAY
    )
    orders.a_word(order, Subject.ENOUGH)

    closed(order, hired=1, unfilled=2)

    assert again(order).paused_at is None
    assert queries.offered_handovers(greve.pk) == ()
    with pytest.raises(OrderRefused):
        operations.accept_handover(handover_id=offer.pk, by=actor(birthe, greve), at=MONDAY)


def test_reopened_the_hires_stay_and_the_rest_is_open(order: Order) -> None:
    everywhere(order)
    closed(order, hired=1, unfilled=2)

    for _ in range(2):
        operations.reopen(order_id=order.pk, by=SETUP, at=TUESDAY)

    order = again(order)
    assert (order.stage, order.closed_at, order.hired) == ("RECRUITING", None, 1)
    assert (order.unfilled, order.covered_at_closing) == (0, [])
    assert kinds(order).count(LogKind.REOPENED) == 1
    assert closed(order, hired=1, unfilled=2).stage == "CLOSED"


def test_only_a_closed_order_is_reopened() -> None:
    order = orders.an_order(stage="IN_DIALOGUE")

    with pytest.raises(OrderRefused):
        operations.reopen(order_id=order.pk, by=SETUP, at=TUESDAY)


def test_a_closed_order_takes_no_words(order: Order) -> None:
    everywhere(order)
    closed(order, hired=1, unfilled=2)

    with pytest.raises(OrderRefused) as refused:
        orders.a_word(order)

    assert refused.value.reason is Refusal.WRONG_STAGE


def test_filled_when_the_hires_are_the_openings(order: Order) -> None:
    hire(order)
    assert again(order).filled_at is None
    hire(order, at=TUESDAY)
    assert again(order).filled_at == TUESDAY

    with pytest.raises(AllFilled):
        hire(order)

    operations.raise_openings(order_id=order.pk, openings=4, by=SETUP, at=TUESDAY)
    assert again(order).filled_at is None
    hire(order, at=TUESDAY)
    assert lifecycle.outcome(closed(order, hired=4)) is Outcome.FILLED


# --- what no script goes round


def sql(text: str, *values: object) -> None:
    """As the application's role, with a named actor: no more rights are to be had."""
    with changing(by=SETUP), connection.cursor() as cursor:
        cursor.execute(text, values)
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("label", ["unfilled", "withdrawn", "filled_by_company", "other_solution"])
def test_raw_sql_does_not_close_what_was_not_searched(order: Order, label: str) -> None:
    update = f"update orders_order set stage = 'CLOSED', closed_at = now(), {label} = 2"

    with pytest.raises(DatabaseError, match="0253, 0259, 0269"):
        sql(f"{update} where id = %s", order.pk)

    assert again(order).stage == "RECRUITING"


@pytest.mark.parametrize(
    "text",
    [
        "delete from orders_evidence where order_id = %s",
        "update orders_evidence set municipalities = '{0751}' where order_id = %s",
        "delete from orders_companyword where order_id = %s",
        "update orders_companyword set openings = 9 where order_id = %s",
        "delete from orders_logentry where order_id = %s",
        "update orders_logentry set kind = 'NOTHING' where order_id = %s",
        "update orders_order set hired = 3 where id = %s",
        "update orders_order set openings = 1 where id = %s",
        "update orders_order set stage = 'RECEIVED' where id = %s",
        "delete from orders_order where id = %s",
        "update orders_order set area_municipalities = '{0259}' where id = %s",
        "update orders_order set area_municipalities = '{}' where id = %s",
        "update orders_order set alliance_id = null where id = %s",
        "update orders_order set received_at = now() where id = %s",
        "update orders_order set requirements_version = 9 where id = %s",
        "update orders_order set covered_from_version = 0 where id = %s",
        "update orders_order set ladder_step = 'OWN' where id = %s",
        "update orders_order set occupation = 1 where id = %s",
        "update orders_order set hours_max = 40 where id = %s",
        "delete from orders_requirement where order_id = %s",
        "update orders_requirement set must = false where order_id = %s",
        "update network_servicelevel set answers_everywhere = true where id in"
        " (select service_level_id from orders_order where id = %s)",
        "update referrals_referral set person_id = person_id + 1 where order_id = %s",
        "update circulation_request set municipalities = '{0751}' where order_id = %s",
        "update circulation_circulation set requirements_version = 2 where order_id = %s",
        "truncate orders_evidence -- %s",
        "alter table orders_order disable trigger all -- %s",
        "set local session_replication_role = replica -- %s",
    ],
)
def test_what_was_done_is_not_undone_by_sql(order: Order, text: str) -> None:
    orders.a_word(order, Subject.WITHDRAWN, openings=1)
    operations.widen(order_id=order.pk, to="ALLIANCE", by=SETUP, at=MONDAY)
    everywhere(order)

    with pytest.raises(DatabaseError):
        sql(text, order.pk)


def test_everything_that_was_done_stands_before_it_is_attacked(order: Order) -> None:
    everywhere(order)

    sql("select %s", order.pk)


def test_revoked_evidence_does_not_come_back(order: Order) -> None:
    proof = orders.evidence(order)
    operations.revoke_evidence(evidence_id=proof.pk, because="STALE", by=SETUP, at=TUESDAY)

    with pytest.raises(DatabaseError, match="for good"):
        sql("update orders_evidence set revoked_at = null where order_id = %s", order.pk)


@pytest.mark.parametrize("kind", ["ANSWER", "SEARCH"])
def test_evidence_that_nobody_gave_is_none(order: Order, kind: str) -> None:
    with pytest.raises(DatabaseError, match="no answer and no search"):
        sql(
            "insert into orders_evidence (order_id, requirements_version, municipalities, kind,"
            " made_at, data_at, revoked_because)"
            " select id, 1, area_municipalities, %s, now(), now(), '' from orders_order"
            " where id = %s",
            kind,
            order.pk,
        )


def test_a_table_of_one_s_own_is_not_asked(order: Order) -> None:
    """A temporary table is found before the real one, unless the rule says where it looks."""
    sql(
        "create temporary table orders_evidence as"
        " select e.* from public.orders_evidence e where false"
    )
    sql(
        "insert into orders_evidence (order_id, requirements_version, municipalities, kind)"
        " select id, 1, area_municipalities, 'ANSWER' from orders_order"
    )
    with pytest.raises(DatabaseError, match="0253, 0259, 0269"):
        sql(
            "update orders_order set stage = 'CLOSED', closed_at = now(), unfilled = 2"
            " where id = %s",
            order.pk,
        )


def test_an_order_does_not_begin_closed(order: Order) -> None:
    columns = ", ".join(
        field.column for field in Order._meta.concrete_fields if field.name not in ("id", "stage")
    )
    values = columns.replace("public_id", "gen_random_uuid()").replace("closed_at", "now()")

    with pytest.raises(DatabaseError, match="begins as received"):
        sql(
            f"insert into orders_order (stage, {columns})"
            f" select 'CLOSED', {values} from orders_order where id = %s",
            order.pk,
        )


def test_words_from_before_a_reopening_close_nothing_after_it(order: Order) -> None:
    """The company took its word back; what it wants now, it says now."""
    orders.a_word(order, Subject.WITHDRAWN, openings=2)
    closed(order, hired=1, withdrawn=2)
    operations.reopen(order_id=order.pk, by=SETUP, at=TUESDAY)

    with pytest.raises(CloseRefused) as refused:
        closed(order, hired=1, withdrawn=2)
    assert refused.value.reason is Refusal.NOT_COVERED
    with pytest.raises(DatabaseError, match="not searched"):
        sql(
            "update orders_order set stage = 'CLOSED', closed_at = now(), withdrawn = 2"
            " where id = %s",
            order.pk,
        )

    orders.a_word(order, Subject.WITHDRAWN, openings=2)
    assert closed(order, hired=1, withdrawn=2).stage == "CLOSED"


def test_one_word_said_twice_by_a_double_click_counts_once(order: Order) -> None:
    for _ in range(2):
        orders.a_word(order, Subject.WITHDRAWN, openings=1)

    with pytest.raises(CloseRefused):
        closed(order, hired=1, withdrawn=2)

    key = uuid4()
    for minute in range(2):
        at = MONDAY + timedelta(minutes=minute)
        orders.a_word(order, Subject.FILLED_BY_COMPANY, openings=1, word_key=key, at=at)
    assert order.company_words.filter(subject=Subject.FILLED_BY_COMPANY).count() == 1


def test_nothing_is_done_without_a_name(order: Order) -> None:
    with pytest.raises(TypeError, match="say who"):
        operations.reopen(order_id=order.pk, at=MONDAY)  # type: ignore[call-arg]
    with pytest.raises(DatabaseError, match="named actor"), connection.cursor() as cursor:
        cursor.execute("update orders_order set title = 'x' where id = %s", [order.pk])


def test_the_database_s_refusal_is_told_as_the_rule_s(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever saw evidence that is gone is refused by the trigger, in the same words."""
    monkeypatch.setattr(lifecycle, "refusal", lambda *_, **__: None)

    with pytest.raises(CloseRefused) as refused:
        closed(order, hired=1, unfilled=2)

    assert refused.value.reason is Refusal.NOT_COVERED
    assert refused.value.missing == (GREVE, KOEGE, SOLROED)
    assert again(order).stage == Stage.RECRUITING
    assert not LogEntry.objects.filter(kind=LogKind.CLOSED).exists()
    assert not Evidence.objects.exists()
