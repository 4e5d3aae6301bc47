"""A stranger who is proposed for an order, asked, and holds a link."""

from datetime import timedelta

import pytest

from tests.circulation.factories import Sjaelland
from tests.core.factories import MONDAY
from tvaers.accounts.readers import Reader
from tvaers.candidates.models import Identity, Profile
from tvaers.core.actor import Actor
from tvaers.database.change import as_reader
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import actor_of
from tvaers.referrals import operations as referrals
from tvaers.referrals.lifecycle import Refusal
from tvaers.referrals.models import Referral
from tvaers.referrals.operations import ReferralRefused

DAY = timedelta(days=1)


def asked(region: Sjaelland, referral: Referral) -> Referral:
    return referrals.ask(referral_id=referral.pk, by=region.lead.actor, at=MONDAY)


def link_of(referral: Referral, purpose: Purpose = Purpose.CANDIDATE) -> Link:
    return Link.objects.filter(purpose=purpose, about=referral.pk).latest("pk")


def holder(referral: Referral) -> Actor:
    return actor_of(link_of(referral))


def say_yes(referral: Referral, after: timedelta = timedelta()) -> Referral:
    return referrals.say_yes(referral_id=referral.pk, by=holder(referral), at=MONDAY + after)


def why_not(refused: pytest.ExceptionInfo[ReferralRefused]) -> Refusal:
    return refused.value.reason


def sees(reader: Reader, person: Profile) -> bool:
    with as_reader(office_id=reader.office_id):
        return Identity.objects.filter(pk=person.pk).exists()
