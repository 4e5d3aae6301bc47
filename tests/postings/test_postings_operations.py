"""An order becomes a posting, once, and never for a company in conflict (R14, R15, R16)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.core.factories import MONDAY, setting_up
from tests.orders import factories as orders
from tests.postings.factories import (
    EXPIRES_ON,
    a_call,
    a_followed_ad,
    a_posting,
    again,
    an_ad,
)
from tvaers.companies.models import Company, Conversation
from tvaers.core.working_days import danish_date
from tvaers.orders.models import Order
from tvaers.orders.operations.schemes import SCHEMES as SHIPPED
from tvaers.postings import lifecycle, operations
from tvaers.postings.lifecycle import Refusal, State
from tvaers.postings.models import Posting
from tvaers.postings.operations import PostingRefused

pytestmark = pytest.mark.django_db
TODAY = danish_date(MONDAY)
SCHEMES = [code for code, *_ in SHIPPED]


def in_conflict(order: Order) -> None:
    with setting_up():
        Company.objects.filter(pk=order.company_id).update(in_conflict=True)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_order_of_any_scheme_is_posted_and_the_log_says_so(scheme: str) -> None:
    order = orders.an_order(scheme=scheme)
    posting = a_posting(order)
    assert Posting.objects.public(TODAY).get() == posting
    assert orders.kinds(order)[-1] == "POSTED"


def test_two_clicks_give_one_posting() -> None:
    order, key = orders.an_order(), uuid4()
    by = orders.lead_of(order)
    first, second = (
        operations.publish(order_id=order.pk, ad=an_ad(), post_key=key, by=by, at=MONDAY)
        for _ in range(2)
    )
    assert first == second
    assert Posting.objects.count() == 1


def test_an_order_has_one_open_posting_in_the_code_and_in_the_database() -> None:
    posting = a_posting()
    with pytest.raises(PostingRefused) as refused:
        a_posting(posting.order)
    assert refused.value.reason == Refusal.ALREADY_POSTED
    with pytest.raises(IntegrityError, match="posting_one_open_an_order"), setting_up():
        Posting.objects.create(
            order=posting.order,
            office=posting.office,
            published_at=MONDAY,
            changed_at=MONDAY,
            title="Igen",
            text="Igen",
            apply_via="OFFICE",
            apply_by=EXPIRES_ON,
            expires_on=EXPIRES_ON,
        )


def test_what_has_run_out_makes_room_for_a_new_posting() -> None:
    old = a_posting()
    later = MONDAY + timedelta(days=40)
    new = a_posting(old.order, at=later, apply_by=date(2026, 4, 20), expires_on=date(2026, 4, 30))
    assert lifecycle.state(again(old), danish_date(later)) == State.EXPIRED
    assert Posting.objects.public(danish_date(later)).get() == new


def test_a_company_in_conflict_is_not_posted_in_the_code_nor_in_the_database() -> None:
    order = orders.an_order()
    in_conflict(order)
    with pytest.raises(PostingRefused) as refused:
        a_posting(order)
    assert refused.value.reason == Refusal.COMPANY_IN_CONFLICT
    with pytest.raises(IntegrityError, match="the company is in conflict"), setting_up():
        Posting.objects.create(
            order=order,
            office=order.lead_office,
            published_at=MONDAY,
            changed_at=MONDAY,
            title="Alligevel",
            text="Alligevel",
            apply_via="OFFICE",
            apply_by=EXPIRES_ON,
            expires_on=EXPIRES_ON,
        )


def test_a_conflict_hides_what_is_posted_and_it_can_be_taken_down() -> None:
    posting = a_posting()
    in_conflict(posting.order)
    assert not Posting.objects.public(TODAY).exists()
    with pytest.raises(IntegrityError, match="in conflict"), transaction.atomic():
        operations.keep_jobnet(
            posting_id=posting.pk,
            number="5",
            expires_on=None,
            by=orders.lead_of(posting.order),
            at=MONDAY,
        )
    operations.withdraw(posting_id=posting.pk, by=orders.lead_of(posting.order), at=MONDAY)
    assert again(posting).withdrawn_at == MONDAY


def test_published_and_expired_follow_from_the_dates_alone() -> None:
    posting = a_posting()
    assert lifecycle.state(posting, EXPIRES_ON) == State.PUBLISHED
    assert Posting.objects.public(EXPIRES_ON).exists()
    assert lifecycle.state(posting, EXPIRES_ON + timedelta(days=1)) == State.EXPIRED
    assert not Posting.objects.public(EXPIRES_ON + timedelta(days=1)).exists()


def test_a_closed_order_is_not_public() -> None:
    posting = a_posting()
    orders.a_word(posting.order, "FILLED_BY_COMPANY", openings=1)
    orders.closed(posting.order, filled_by_company=1)
    assert not Posting.objects.public(TODAY).exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "x" * 101}, Refusal.NO_TITLE),
        ({"title": "  "}, Refusal.NO_TITLE),
        ({"text": "x" * 5001}, Refusal.NO_TEXT),
        ({"text": " "}, Refusal.NO_TEXT),
        ({"apply_via": "EMAIL", "apply_to": ""}, Refusal.NOWHERE_TO_APPLY),
        ({"apply_to": "javascript:alert(1)"}, Refusal.NOWHERE_TO_APPLY),
        ({"apply_by": date(2026, 3, 1)}, Refusal.DATES_PASSED),
        ({"apply_by": date(2026, 3, 28)}, Refusal.DATES_NOT_IN_ORDER),
    ],
)
def test_what_cannot_stand_is_refused(fields: dict[str, object], reason: Refusal) -> None:
    with pytest.raises(PostingRefused) as refused:
        a_posting(**fields)
    assert refused.value.reason == reason


def test_without_a_workplace_there_is_nowhere_to_send_people() -> None:
    order = orders.an_order(workplace_ids=())
    with pytest.raises(PostingRefused) as refused:
        a_posting(order)
    assert refused.value.reason == Refusal.NO_PLACE


def test_characters_that_no_feed_can_hold_are_taken_out() -> None:
    assert a_posting(text="Truck\x0b\x00 og\r\nlager 🚚").text == "Truck og\nlager 🚚"


def test_what_is_taken_down_stays_down() -> None:
    posting = a_posting()
    by = orders.lead_of(posting.order)
    for _ in range(2):
        operations.withdraw(posting_id=posting.pk, by=by, at=MONDAY)
    assert orders.kinds(posting.order)[-1] == "POSTING_WITHDRAWN"
    assert orders.kinds(posting.order).count("POSTING_WITHDRAWN") == 1
    with pytest.raises(PostingRefused) as refused:
        operations.change_posting(posting_id=posting.pk, ad=an_ad(), by=by, at=MONDAY)
    assert refused.value.reason == Refusal.NOT_PUBLISHED
    with pytest.raises(ProgrammingError, match="Cannot update"), setting_up():
        Posting.objects.filter(pk=posting.pk).update(withdrawn_at=None)


def test_the_companys_own_ad_is_followed_by_its_link() -> None:
    ad = a_followed_ad(orders.an_order())
    assert not Posting.objects.public(TODAY).exists()
    with pytest.raises(PostingRefused) as refused:
        a_followed_ad(ad.order)
    assert refused.value.reason == Refusal.ALREADY_REGISTERED
    assert a_followed_ad(ad.order, apply_to="https://andet.example/3") != ad


def test_numbers_of_applications_add_up_and_hold_no_names() -> None:
    posting = a_posting(apply_via="OFFICE", apply_to="")
    by = orders.lead_of(posting.order)
    operations.count_applications(
        posting_id=posting.pk, received=9, screened=5, shortlisted=2, by=by, at=MONDAY
    )
    assert (again(posting).received, again(posting).shortlisted) == (9, 2)
    with pytest.raises(PostingRefused) as refused:
        operations.count_applications(
            posting_id=posting.pk, received=1, screened=2, shortlisted=0, by=by, at=MONDAY
        )
    assert refused.value.reason == Refusal.NO_SUCH_COUNTS


def test_a_call_that_extends_keeps_the_posting_until_the_new_day() -> None:
    posting = a_posting()
    a_call(posting, "EXTENDED", extended_to=date(2026, 4, 24), words="Ingen egnede endnu.")
    assert (again(posting).apply_by, again(posting).expires_on) == (date(2026, 4, 24),) * 2
    assert Conversation.objects.filter(with_whom="Hanne Vestergaard").latest("id").words
    assert orders.kinds(posting.order)[-1] == "POSTING_CALL"


@pytest.mark.parametrize("extended_to", [None, date(2026, 3, 27), date(2026, 3, 1)])
def test_an_extension_is_to_a_later_day(extended_to: date | None) -> None:
    with pytest.raises(PostingRefused) as refused:
        a_call(a_posting(), "EXTENDED", extended_to=extended_to)
    assert refused.value.reason == Refusal.NOT_LATER
    assert not Conversation.objects.filter(about_posting__isnull=False).exists()


@pytest.mark.parametrize("outcome", ["FILLED", "WITHDRAWN"])
def test_a_job_that_is_gone_is_taken_down(outcome: str) -> None:
    posting = a_posting()
    a_call(posting, outcome)
    assert again(posting).withdrawn_at == MONDAY


def test_the_first_outcome_of_a_call_counts_and_not_reached_leaves_it_open() -> None:
    posting, key = a_posting(), uuid4()
    a_call(posting, "NOT_REACHED", with_whom="")
    first = a_call(posting, "UNCHANGED", call_key=key)
    assert a_call(posting, "UNCHANGED", call_key=key) == first
    assert a_call(posting, "FILLED") == first
    assert again(posting).withdrawn_at is None
    assert posting.calls.count() == 2


def test_somebody_at_the_company_said_it() -> None:
    with pytest.raises(PostingRefused) as refused:
        a_call(a_posting(), "UNCHANGED", with_whom=" ")
    assert refused.value.reason == Refusal.NOBODY_SAID_IT
