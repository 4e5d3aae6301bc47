"""A binding henvisning, and letters to someone unknown (R10, R13)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError

from tests.circulation.factories import Sjaelland
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, KOEGE
from tests.referrals.asked_scene import DAY, asked, holder, link_of, sees, why_not
from tvaers.accounts.readers import Reader
from tvaers.candidates.models import Profile
from tvaers.database.change import as_reader, changing
from tvaers.jobs.sending import send_waiting
from tvaers.links.models import Purpose
from tvaers.links.tokens import actor_of
from tvaers.messages.models import Message
from tvaers.referrals import operations as referrals
from tvaers.referrals.lifecycle import Refusal
from tvaers.referrals.models import Letter, Referral
from tvaers.referrals.operations import ReferralRefused

pytestmark = pytest.mark.django_db


class TestBinding:
    def bind(self, by: Reader, referral: Referral, notice: timedelta = 2 * DAY) -> Referral:
        return referrals.bind(
            referral_id=referral.pk, apply_by=MONDAY + notice, by=by.actor, at=MONDAY
        )

    def test_the_home_office_gives_it_in_writing(
        self, region: Sjaelland, referral: Referral
    ) -> None:
        home = region.consultant(GREVE)
        assert self.bind(home, referral) == self.bind(home, referral)
        send_waiting(at=MONDAY)
        (sent,) = mail.outbox
        assert "har henvist dig til et job" in str(sent.body)
        assert "Søg jobbet senest onsdag den 4. marts 2026 kl. 9.00" in str(sent.body)

    def test_no_other_office_can(self, region: Sjaelland, referral: Referral) -> None:
        with pytest.raises(ReferralRefused) as refused:
            self.bind(region.lead, referral)
        assert why_not(refused) is Refusal.NOT_HOME_OFFICE

    def test_a_day_of_notice_is_the_least(self, region: Sjaelland, referral: Referral) -> None:
        home = region.consultant(GREVE)
        with pytest.raises(ReferralRefused) as refused:
            self.bind(home, referral, notice=DAY - timedelta(minutes=1))
        assert why_not(refused) is Refusal.SHORT_NOTICE
        assert self.bind(home, referral, notice=DAY).bound_by_id == home.office_id

    def test_a_national_office_cannot(self, region: Sjaelland, referral: Referral) -> None:
        with changing(by=SETUP, at=MONDAY):
            office = region.offices[GREVE]
            type(office).objects.filter(pk=office.pk).update(kind="NATIONAL")
        with pytest.raises(ReferralRefused) as refused:
            self.bind(region.consultant(GREVE), referral)
        assert why_not(refused) is Refusal.CANNOT_BIND

    @pytest.mark.parametrize(("code", "notice"), [(KOEGE, 2 * DAY), (GREVE, timedelta(hours=23))])
    def test_the_database_refuses_it_too(
        self, region: Sjaelland, referral: Referral, code: str, notice: timedelta
    ) -> None:
        with (
            pytest.raises(IntegrityError, match="referral_bound_by_home_with_notice"),
            changing(by=SETUP, at=MONDAY),
        ):
            Referral.objects.filter(pk=referral.pk).update(
                bound_at=MONDAY, bound_by=region.offices[code], apply_by=MONDAY + notice
            )

    def test_it_is_not_declined_by_a_click(self, region: Sjaelland, referral: Referral) -> None:
        asked(region, referral)
        self.bind(region.consultant(GREVE), referral)
        with pytest.raises(ReferralRefused) as refused:
            referrals.say_no(
                referral_id=referral.pk, reason="TRANSPORT", by=holder(referral), at=MONDAY
            )
        assert why_not(refused) is Refusal.IS_BOUND


class TestLetters:
    KEY = "6f1c0c44-9f0d-4c51-8c2e-000000000001"

    def write(self, by: Reader, referral: Referral) -> Letter:
        return referrals.write(
            referral_id=referral.pk,
            words="Kan du møde kl. 6?",
            letter_key=self.KEY,
            by=by.actor,
            at=MONDAY,
        )

    def test_the_lead_writes_to_someone_unknown_and_reads_the_reply(
        self, region: Sjaelland, referral: Referral, ida: Profile
    ) -> None:
        self.write(region.lead, referral)
        self.write(region.lead, referral)
        send_waiting(at=MONDAY)
        (sent,) = mail.outbox
        assert sent.to == ["ida@example.dk"]
        assert "møde kl. 6" not in str(sent.body)
        link = link_of(referral, Purpose.LETTER)
        for _ in range(2):
            referrals.reply(
                referral_id=referral.pk,
                words="Ja, gerne.",
                letter_key="6f1c0c44-9f0d-4c51-8c2e-000000000002",
                by=actor_of(link),
                at=MONDAY,
            )
        with as_reader(office_id=region.lead.office_id):
            assert [one.words for one in Letter.objects.all()] == [
                "Kan du møde kl. 6?",
                "Ja, gerne.",
            ]
        assert not sees(region.lead, ida)

    def test_an_office_that_is_not_concerned_neither_writes_nor_reads(
        self, region: Sjaelland, referral: Referral
    ) -> None:
        stranger = region.consultant("0265")
        with pytest.raises(ReferralRefused) as refused:
            self.write(stranger, referral)
        assert why_not(refused) is Refusal.NOT_CONCERNED
        self.write(region.lead, referral)
        with as_reader(office_id=stranger.office_id):
            assert not Letter.objects.exists()


def test_the_home_office_sends_the_list_once_a_day(region: Sjaelland, ida: Profile) -> None:
    for _ in range(2):
        referrals.send_overview(person_id=ida.pk, by=region.consultant(GREVE).actor, at=MONDAY)
    assert Message.objects.get().kind == "CANDIDATE_MINE"
    with pytest.raises(ReferralRefused):
        referrals.send_overview(person_id=ida.pk, by=region.lead.actor, at=MONDAY)
