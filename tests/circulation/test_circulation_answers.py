"""R4, R5, R6: who is asked, what counts as an answer, and that one answer is one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections

from tests.accounts.factories import partner
from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE, SOLROED, fund
from tvaers.accounts.readers import Reader
from tvaers.candidates.models import Identity
from tvaers.circulation import operations as circulation
from tvaers.circulation.lifecycle import AnswerRefusal, RequestState, SendRefusal
from tvaers.circulation.models import Answer, Circulation, Question, Request
from tvaers.circulation.operations import AnswerRefused, ExcusedOffice, Named, SendRefused
from tvaers.circulation.queries import ledger, lines, map_states, waiting_for
from tvaers.core.working_days import COPENHAGEN
from tvaers.database.change import as_reader
from tvaers.network.models import LadderStep
from tvaers.orders import operations as orders
from tvaers.orders.models import CompanyWord, Order, Subject
from tvaers.orders.need import Asked
from tvaers.orders.queries import coverage, need_of
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=3)
TOO_LATE = MONDAY + timedelta(days=3)


def send(region: Sjaelland, order: Order, *codes: str, **more: object) -> Circulation:
    given = {
        "office_ids": [region.offices[code].pk for code in codes],
        "step": LadderStep.ALLIANCE,
        "by": region.lead.actor,
        "at": MONDAY,
    }
    return circulation.send(order_id=order.pk, **(given | more))


def ask(region: Sjaelland, code: str = GREVE) -> tuple[Order, Request, Reader]:
    """An order sent to one office, and someone there who answers."""
    order = an_order(region.lead)
    request = send(region, order, code).requests.get()
    return order, request, region.consultant(code)


def nobody(request: Request, by: Reader, **more: object) -> Answer:
    given = {"kind": "NOBODY", "reason": "NO_HITS", "by": by.actor, "at": LATER}
    return circulation.answer(request_id=request.pk, **(given | more))


def test_each_office_gets_one_request_due_in_48_hours_on_working_days() -> None:
    region = sjaelland()
    friday = datetime(2026, 3, 6, 14, 10, tzinfo=COPENHAGEN)
    sent = send(region, an_order(region.lead), GREVE, SOLROED, GREVE, at=friday)
    requests = sent.requests.all()
    assert [request.municipalities for request in requests] == [[GREVE], [SOLROED]]
    assert {request.due_at for request in requests} == {
        datetime(2026, 3, 10, 14, 10, tzinfo=COPENHAGEN)
    }


def test_a_double_click_sends_once() -> None:
    region, key = sjaelland(), uuid4()
    order = an_order(region.lead)
    first = send(region, order, GREVE, send_key=key)
    assert send(region, order, GREVE, send_key=key) == first
    assert Request.objects.count() == 1


def test_nobody_is_asked_before_the_dialogue() -> None:
    region = sjaelland()
    order = an_order(region.lead, in_dialogue=False)
    with pytest.raises(SendRefused) as refused:
        send(region, order, GREVE)
    assert refused.value.reason is SendRefusal.NO_DIALOGUE_YET


def test_a_paused_order_is_not_sent_round() -> None:
    region = sjaelland()
    order = an_order(region.lead)
    say(order, Subject.ENOUGH, region.lead)
    with pytest.raises(SendRefused) as refused:
        send(region, order, GREVE)
    assert refused.value.reason is SendRefusal.ORDER_PAUSED


def test_an_excused_office_gets_no_request_and_covers_nothing() -> None:
    region = sjaelland()
    order = an_order(region.lead)
    excused = ExcusedOffice(
        office_id=region.offices[SOLROED].pk, said_by="Hanne Vestergaard", said_at=MONDAY
    )
    sent = send(region, order, GREVE, SOLROED, excused=[excused])
    assert [request.office for request in sent.requests.all()] == [region.offices[GREVE]]
    assert CompanyWord.objects.filter(subject="NO_ANSWER_NEEDED").count() == 1
    states = {row.office_id: row.state for row in ledger(order.pk, at=LATER)[0].rows}
    assert states[region.offices[SOLROED].pk] is RequestState.EXCUSED
    assert SOLROED in coverage(order.pk).missing


def test_an_office_is_not_excused_without_the_companys_word() -> None:
    region = sjaelland()
    excused = ExcusedOffice(office_id=region.offices[SOLROED].pk, said_by=" ", said_at=MONDAY)
    with pytest.raises(SendRefused) as refused:
        send(region, an_order(region.lead), GREVE, SOLROED, excused=[excused])
    assert refused.value.reason is SendRefusal.EXCUSED_WITHOUT_WORD


def test_nobody_is_an_answer_and_covers() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    nobody(request, there)
    assert GREVE in coverage(order.pk).covered
    assert map_states(order.pk, at=LATER) == {GREVE: "nobody"}


def test_nobody_needs_a_reason() -> None:
    region = sjaelland()
    _, request, there = ask(region)
    with pytest.raises(AnswerRefused) as refused:
        nobody(request, there, reason="")
    assert refused.value.reason is AnswerRefusal.NO_REASON


def test_the_same_click_twice_is_one_answer() -> None:
    region, key = sjaelland(), uuid4()
    _, request, there = ask(region)
    assert nobody(request, there, answer_key=key) == nobody(request, there, answer_key=key)
    assert Answer.objects.count() == 1


def test_a_newer_answer_replaces_and_both_are_kept() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    found = region.person(GREVE)
    nobody(request, there)
    circulation.answer(
        request_id=request.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=found.pk)],
        by=there.actor,
        at=LATER + timedelta(hours=1),
    )
    row = ledger(order.pk, at=LATER)[0].rows[0]
    assert (row.state, row.candidates, row.replaced) == (RequestState.CANDIDATES, 1, 1)
    assert order.evidence.filter(revoked_at__isnull=True).count() == 1
    assert GREVE in coverage(order.pk).covered


def test_an_answer_that_takes_candidates_back_withdraws_the_offers() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    found = region.person(GREVE)
    circulation.answer(
        request_id=request.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=found.pk)],
        by=there.actor,
        at=LATER,
    )
    nobody(request, there, at=LATER + timedelta(hours=1))
    assert Referral.objects.get(order=order).state == "WITHDRAWN"


def test_a_late_answer_is_taken_and_marked() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    assert ledger(order.pk, at=TOO_LATE)[0].rows[0].state is RequestState.LATE
    assert nobody(request, there, at=TOO_LATE).late
    assert GREVE in coverage(order.pk).covered


def test_the_lead_writes_down_an_answer_taken_by_telephone() -> None:
    region = sjaelland()
    order, request, _ = ask(region)
    taken = nobody(request, region.lead, via="PHONE", said_by="Konsulenten i Greve")
    assert (taken.via, taken.said_by, taken.user_id) == (
        "PHONE",
        "Konsulenten i Greve",
        region.lead.user_id,
    )
    assert GREVE in coverage(order.pk).covered


def test_an_answer_by_telephone_names_who_said_it() -> None:
    region = sjaelland()
    _, request, _ = ask(region)
    with pytest.raises(AnswerRefused) as refused:
        nobody(request, region.lead, via="PHONE")
    assert refused.value.reason is AnswerRefusal.NO_SPEAKER


def test_another_office_cannot_answer() -> None:
    region = sjaelland()
    _, request, _ = ask(region)
    with pytest.raises(AnswerRefused) as refused:
        nobody(request, region.consultant(SOLROED))
    assert refused.value.reason is AnswerRefusal.NOT_YOUR_REQUEST


def test_an_office_names_its_own_people_only() -> None:
    region = sjaelland()
    _, request, there = ask(region)
    stranger = region.person(ROSKILDE)
    with pytest.raises(AnswerRefused) as refused:
        circulation.answer(
            request_id=request.pk,
            kind="CANDIDATES",
            candidates=[Named(person_id=stranger.pk)],
            by=there.actor,
            at=LATER,
        )
    assert refused.value.reason is AnswerRefusal.NOT_YOUR_CANDIDATE


def test_an_answer_to_a_withdrawn_circulation_is_refused_and_what_came_is_kept() -> None:
    region = sjaelland()
    order = an_order(region.lead)
    sent = send(region, order, GREVE, SOLROED)
    greve, solroed = sent.requests.order_by("municipalities")
    nobody(greve, region.consultant(GREVE))
    circulation.withdraw(circulation_id=sent.pk, by=region.lead.actor, at=LATER)
    with pytest.raises(AnswerRefused) as refused:
        nobody(solroed, region.consultant(SOLROED))
    assert refused.value.reason is AnswerRefusal.WITHDRAWN
    assert tuple(coverage(order.pk).covered) == (GREVE,)


def test_an_answer_from_a_fund_covers_no_municipality() -> None:
    region = sjaelland()
    kassen = fund("Fagkassen (prøve)")
    order = an_order(region.lead)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[kassen.pk],
        step=LadderStep.ALLIANCE,
        by=region.lead.actor,
        at=MONDAY,
    )
    request = sent.requests.get()
    assert request.municipalities == []
    someone = partner(kassen)
    nobody(request, someone)
    assert not order.evidence.exists()


def test_naming_a_person_releases_who_it_is_for_that_order() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    found = region.person(GREVE, name="Ida Prøvesen")
    with as_reader(office_id=region.lead.office_id):
        assert not Identity.objects.filter(pk=found.pk).exists()
    circulation.answer(
        request_id=request.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=found.pk, spoken_with=True, line="Meget stabil")],
        by=there.actor,
        at=LATER,
    )
    with as_reader(office_id=region.lead.office_id):
        assert Identity.objects.get(pk=found.pk).name == "Ida Prøvesen"
        assert lines(order.pk) == {found.pk: "Meget stabil"}
    with as_reader(office_id=region.offices[ROSKILDE].pk):
        assert not Identity.objects.filter(pk=found.pk).exists()
        assert not lines(order.pk)
    referral = Referral.objects.get(person_id=found.pk)
    assert (referral.spoken_with, referral.words) == (True, "")
    assert referral.proposed_by == region.offices[GREVE]


def loosen(region: Sjaelland, order: Order) -> Order:
    """The forklift certificate becomes nice to have: new people could be admitted."""
    order.refresh_from_db()
    need = need_of(order)
    asked = tuple(replace(one, must=False) for one in need.requirements)
    return circulation.change_order(
        order_id=order.pk,
        revision=order.revision,
        need=replace(need, requirements=asked),
        by=region.lead.actor,
        at=LATER,
    )


def test_a_loosened_requirement_asks_those_who_answered_whether_it_changes_their_answer() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    nobody(request, there)
    loosen(region, order)
    assert coverage(order.pk).covered == {}
    again = Request.objects.get(circulation__question=Question.CHANGED)
    assert again.office == region.offices[GREVE]
    given = circulation.unchanged(request_id=again.pk, by=there.actor, at=LATER)
    assert (given.kind, given.reason, given.via) == ("NOBODY", "NO_HITS", "UNCHANGED")
    assert GREVE in coverage(order.pk).covered


def test_who_had_not_answered_yet_is_asked_for_the_new_requirements_only() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    loosen(region, order)
    with pytest.raises(AnswerRefused) as refused:
        nobody(request, there)
    assert refused.value.reason is AnswerRefusal.WITHDRAWN
    assert [one.circulation.question for one in waiting_for(there.office_id)] == ["CHANGED"]


def test_a_tightened_requirement_keeps_the_answers() -> None:
    region = sjaelland()
    order, request, there = ask(region)
    nobody(request, there)
    order.refresh_from_db()
    need = need_of(order)
    more = (*need.requirements, Asked(kind="SKILL", text="plukning", must=True))
    circulation.change_order(
        order_id=order.pk,
        revision=order.revision,
        need=replace(need, requirements=more),
        by=region.lead.actor,
        at=LATER,
    )
    assert GREVE in coverage(order.pk).covered
    assert not Circulation.objects.filter(question=Question.CHANGED).exists()


def test_waiting_requests_are_read_most_urgent_first() -> None:
    region = sjaelland()
    _, late, _ = ask(region)
    order = an_order(region.lead)
    later = send(region, order, GREVE, at=LATER).requests.get()
    assert list(waiting_for(region.offices[GREVE].pk)) == [late, later]


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_valid_answer() -> None:
    region = sjaelland()
    order, request, there = ask(region)

    def click(_: int) -> None:
        try:
            nobody(request, there)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as clicks:
        list(clicks.map(click, range(10)))
    assert Answer.objects.filter(request=request, replaced_at__isnull=True).count() == 1
    assert order.evidence.filter(revoked_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_hire_for_the_last_opening_hire_one() -> None:
    region = sjaelland()
    order = an_order(region.lead, openings=1)
    orders.start_recruiting(order_id=order.pk, by=region.lead.actor, at=MONDAY)
    made = []
    for _ in range(2):
        referral = referrals.propose(
            order_id=order.pk, person_id=region.person().pk, by=region.lead.actor, at=MONDAY
        )
        made.append(referral.pk)
    referrals.present(order_id=order.pk, referral_ids=made, by=region.lead.actor, at=MONDAY)

    def hire(referral_id: int) -> bool:
        try:
            referrals.hire(
                referral_id=referral_id,
                starts_on=MONDAY.date(),
                hours=37,
                by=region.lead.actor,
                at=LATER,
            )
            return True
        except referrals.ReferralRefused:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(hire, made)) == [False, True]
    assert Order.objects.get(pk=order.pk).hired == 1
