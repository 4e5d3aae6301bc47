"""A candidate is asked once, answers once, and shares a CV that is gone when it ends (R10, R13)."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.circulation.factories import Sjaelland, withdrawn
from tests.core.at_once import at_once
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE
from tests.referrals.asked_scene import DAY, asked, holder, link_of, say_yes, sees, why_not
from tvaers.audit.models import Look
from tvaers.candidates.models import Profile
from tvaers.database.change import as_reader, changing
from tvaers.jobs.sending import send_waiting
from tvaers.links.models import Purpose
from tvaers.links.tokens import LinkRefused, opened, token_of
from tvaers.messages.models import Message
from tvaers.orders.models import Order
from tvaers.referrals import operations as referrals
from tvaers.referrals import sharing
from tvaers.referrals.lifecycle import MOST_INVITED, Refusal
from tvaers.referrals.models import Referral, SharedCv, Sharing
from tvaers.referrals.operations import ReferralRefused

pytestmark = pytest.mark.django_db


class TestAsking:
    def test_the_mail_goes_to_an_address_that_the_lead_never_sees(
        self, region: Sjaelland, order: Order, referral: Referral
    ) -> None:
        made = asked(region, referral)
        assert made.question_expires_at == order.presentation_due_at
        message = Message.objects.get(kind="CANDIDATE_ASKED")
        assert (message.email, message.to_person) == ("", referral.person_id)
        assert send_waiting(at=MONDAY) == 1
        (sent,) = mail.outbox
        assert sent.to == ["ida@example.dk"]
        assert "Ida" not in str(sent.body) + str(sent.subject)
        assert "senest torsdag den 5. marts 2026" in str(sent.body)
        assert token_of(link_of(referral)) in str(sent.body)

    def test_asking_twice_is_one_question_and_one_mail(
        self, region: Sjaelland, referral: Referral
    ) -> None:
        assert asked(region, referral) == asked(region, referral)
        assert Message.objects.filter(kind="CANDIDATE_ASKED").count() == 1

    def test_somebody_who_was_asked_in_person_gets_no_mail(
        self, region: Sjaelland, referral: Referral
    ) -> None:
        referrals.ask(referral_id=referral.pk, by_mail=False, by=region.lead.actor, at=MONDAY)
        assert not Message.objects.exists()

    def test_a_question_that_was_answered_is_not_mailed_any_more(
        self, region: Sjaelland, referral: Referral
    ) -> None:
        asked(region, referral)
        say_yes(referral)
        send_waiting(at=MONDAY)
        assert [one.subject for one in mail.outbox] == ["Se, hvad der er delt om dig"]

    def test_nobody_to_mail_is_given_up_and_named_by_number(
        self, region: Sjaelland, order: Order
    ) -> None:
        someone = region.person(GREVE, email="")
        made = referrals.propose(
            order_id=order.pk, person_id=someone.pk, by=region.lead.actor, at=MONDAY
        )
        asked(region, made)
        assert send_waiting(at=MONDAY) == 0
        assert Message.objects.get().failure == "NO_ADDRESS"


class TestYes:
    def test_shares_the_cv_and_releases_the_person(
        self, region: Sjaelland, referral: Referral, ida: Profile
    ) -> None:
        asked(region, referral)
        assert not sees(region.lead, ida)
        say_yes(referral)
        assert sees(region.lead, ida)
        with as_reader(office_id=region.lead.office_id):
            cv = SharedCv.objects.get()
        assert (cv.name, cv.phone, cv.text) == ("Ida Prøvesen", "11223344", "Kører truck.")
        assert Look.objects.filter(kind="RELEASE", person_ids=[ida.pk]).exists()

    def test_the_copy_stands_behind_the_wall(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        say_yes(referral)
        with as_reader(office_id=region.offices["0265"].pk):
            assert not SharedCv.objects.exists()
            assert Sharing.objects.exists()

    def test_two_clicks_share_once(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        say_yes(referral)
        say_yes(referral)
        assert Sharing.objects.count() == 1
        assert Message.objects.filter(kind="CANDIDATE_MINE").count() == 1

    def test_late_is_refused(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        with pytest.raises(ReferralRefused) as refused:
            say_yes(referral, after=5 * DAY)
        assert why_not(refused) is Refusal.TOO_LATE
        assert not Sharing.objects.exists()

    def test_after_the_order_closed_is_refused(
        self, region: Sjaelland, order: Order, referral: Referral
    ) -> None:
        asked(region, referral)
        withdrawn(order, region.lead)
        with pytest.raises(ReferralRefused) as refused:
            say_yes(referral)
        assert why_not(refused) is Refusal.ORDER_CLOSED

    def test_another_office_cannot_say_it(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        with pytest.raises(ReferralRefused) as refused:
            referrals.say_yes(referral_id=referral.pk, by=region.lead.actor, at=MONDAY)
        assert why_not(refused) is Refusal.NOT_HOME_OFFICE

    def test_to_a_company_in_conflict_shares_nothing(
        self, region: Sjaelland, order: Order, referral: Referral
    ) -> None:
        asked(region, referral)
        with changing(by=SETUP, at=MONDAY):
            type(order.company).objects.update(in_conflict=True)
        with pytest.raises(ReferralRefused) as refused:
            say_yes(referral)
        assert why_not(refused) is Refusal.IN_CONFLICT

    def test_is_taken_back_and_the_copy_is_gone(
        self, region: Sjaelland, referral: Referral, ida: Profile
    ) -> None:
        asked(region, referral)
        say_yes(referral)
        for _ in range(2):
            referrals.stop_sharing(referral_id=referral.pk, by=holder(referral), at=MONDAY + DAY)
        referral.refresh_from_db()
        assert (referral.state, referral.end_reason) == ("REJECTED", "CANDIDATE_DECLINED")
        assert Sharing.objects.get().ended_at == MONDAY + DAY
        assert not sees(region.lead, ida)
        with as_reader(office_id=region.offices[GREVE].pk):
            assert not SharedCv.objects.exists()

    def test_a_shared_cv_expires(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        say_yes(referral)
        assert sharing.end_over(by=SETUP, at=MONDAY + 29 * DAY) == 0
        assert sharing.end_over(by=SETUP, at=MONDAY + 30 * DAY) == 1
        assert sharing.end_over(by=SETUP, at=MONDAY + 30 * DAY) == 0
        with as_reader(office_id=region.offices[GREVE].pk):
            assert not SharedCv.objects.exists()


class TestNo:
    def test_ends_the_referral_with_the_reason(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        by = holder(referral)
        for _ in range(2):
            made = referrals.say_no(referral_id=referral.pk, reason="TRANSPORT", by=by, at=MONDAY)
        assert (made.state, made.end_reason) == ("REJECTED", "TRANSPORT")

    def test_closes_the_link(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        token = token_of(link_of(referral))
        referrals.say_no(
            referral_id=referral.pk, reason="TRANSPORT", by=holder(referral), at=MONDAY
        )
        with pytest.raises(LinkRefused):
            opened(token, Purpose.CANDIDATE, at=MONDAY)

    @pytest.mark.parametrize("reason", ["", "LACKS_SKILLS"])
    def test_needs_a_reason_of_ones_own(
        self, region: Sjaelland, referral: Referral, reason: str
    ) -> None:
        asked(region, referral)
        with pytest.raises(ReferralRefused) as refused:
            referrals.say_no(referral_id=referral.pk, reason=reason, by=holder(referral), at=MONDAY)
        assert why_not(refused) is Refusal.NO_REASON

    def test_a_yes_after_it_is_refused(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        by = holder(referral)
        referrals.say_no(referral_id=referral.pk, reason="TRANSPORT", by=by, at=MONDAY)
        with pytest.raises(ReferralRefused) as refused:
            referrals.say_yes(referral_id=referral.pk, by=by, at=MONDAY)
        assert why_not(refused) is Refusal.WRONG_STATE


class TestExpiry:
    def test_a_question_nobody_answered_is_taken_back_once(
        self, region: Sjaelland, order: Order, referral: Referral
    ) -> None:
        asked(region, referral)
        due_at = order.presentation_due_at
        assert referrals.expire(by=SETUP, at=due_at - timedelta(seconds=1)) == 0
        assert referrals.expire(by=SETUP, at=due_at) == 1
        assert referrals.expire(by=SETUP, at=due_at) == 0
        referral.refresh_from_db()
        assert (referral.state, referral.end_reason) == ("WITHDRAWN", "NOT_ANSWERED_IN_TIME")

    def test_a_yes_does_not_expire(
        self, region: Sjaelland, order: Order, referral: Referral
    ) -> None:
        asked(region, referral)
        say_yes(referral)
        assert referrals.expire(by=SETUP, at=order.presentation_due_at + DAY) == 0


class TestInviting:
    def invite(self, region: Sjaelland, order: Order, people: list[Profile]) -> int:
        return referrals.invite(
            order_id=order.pk,
            person_ids=[person.pk for person in people],
            by=region.lead.actor,
            at=MONDAY,
        )

    def test_each_gets_one_mail_and_the_log_keeps_how_many(
        self, region: Sjaelland, order: Order
    ) -> None:
        people = [region.person(GREVE) for _ in range(3)]
        assert (self.invite(region, order, people), self.invite(region, order, people)) == (3, 0)
        assert Message.objects.filter(kind="CANDIDATE_INVITED").count() == 3
        (line,) = order.log.filter(kind="INVITED")
        assert (line.facts, line.user_id) == ({"people": 3}, region.lead.user_id)

    def test_more_than_the_limit_is_refused_and_nobody_is_invited(
        self, region: Sjaelland, order: Order, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert MOST_INVITED == 50
        monkeypatch.setattr("tvaers.referrals.lifecycle.MOST_INVITED", 3)
        people = [region.person(GREVE) for _ in range(4)]
        self.invite(region, order, people[:2])
        with pytest.raises(ReferralRefused) as refused:
            self.invite(region, order, people)
        assert why_not(refused) is Refusal.TOO_MANY_INVITED
        assert order.referrals.count() == 2

    def test_who_has_applied_says_so_once(self, region: Sjaelland, order: Order) -> None:
        someone = region.person(GREVE)
        self.invite(region, order, [someone])
        made = Referral.objects.get(person_id=someone.pk)
        for _ in range(2):
            referrals.applied(referral_id=made.pk, by=holder(made), at=MONDAY)
        assert order.log.filter(kind="REFERRAL", facts__state="APPLIED").count() == 1

    def test_an_invitation_expires_after_two_weeks(self, region: Sjaelland, order: Order) -> None:
        self.invite(region, order, [region.person(GREVE)])
        assert referrals.expire(by=SETUP, at=MONDAY + 14 * DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_are_one_answer(
    region: Sjaelland, order: Order, referral: Referral
) -> None:
    asked(region, referral)
    by = holder(referral)
    results = at_once(
        lambda: referrals.say_yes(referral_id=referral.pk, by=by, at=MONDAY),
        lambda: referrals.say_yes(referral_id=referral.pk, by=by, at=MONDAY),
        lambda: referrals.say_no(referral_id=referral.pk, reason="TRANSPORT", by=by, at=MONDAY),
        lambda: referrals.expire(by=SETUP, at=order.presentation_due_at),
    )
    referral.refresh_from_db()
    assert not [
        one
        for one in results
        if isinstance(one, Exception) and not isinstance(one, ReferralRefused)
    ]
    standing = Sharing.objects.filter(ended_at__isnull=True).count()
    assert (referral.state, standing) in {("ASKED", 1), ("REJECTED", 0), ("WITHDRAWN", 0)}
    assert Sharing.objects.count() <= 1
