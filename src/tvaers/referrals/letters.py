"""Writing to a candidate through the system, without knowing who it is (R13)."""

from datetime import datetime
from uuid import UUID

from tvaers.candidates.models import Profile
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.orders.models import Order, Stage
from tvaers.referrals import lifecycle, notices
from tvaers.referrals.lifecycle import Refusal
from tvaers.referrals.models import Letter, Referral
from tvaers.referrals.moves import locked
from tvaers.referrals.refusals import ReferralRefused


@change
def write(*, referral_id: int, words: str, letter_key: UUID, by: Actor, at: datetime) -> Letter:
    """Write to the candidate, as one of the order's leads or as the home office.

    The same `letter_key` again is there already (R16). Raises `ReferralRefused`.
    """
    order, referral = locked(referral_id)
    if there := Letter.objects.filter(letter_key=letter_key).first():
        return there
    if by.office_id not in _concerned(order, referral):
        raise ReferralRefused(Refusal.NOT_CONCERNED, referral.person_id)
    _refuse_ended(order, referral)
    letter = Letter.objects.create(
        referral=referral,
        office_id=by.office_id,
        user_id=by.user_id,
        words=words.strip(),
        written_at=at,
        letter_key=letter_key,
    )
    notices.written(letter, by=by, at=at)
    return letter


@change
def reply(*, referral_id: int, words: str, letter_key: UUID, by: Actor, at: datetime) -> Letter:
    """The candidate writes back, by the link. Taken once. Raises `ReferralRefused`."""
    order, referral = locked(referral_id)
    if there := Letter.objects.filter(letter_key=letter_key).first():
        return there
    if by.office_id != referral.home_office_id:
        raise ReferralRefused(Refusal.NOT_HOME_OFFICE, referral.person_id)
    _refuse_ended(order, referral)
    return Letter.objects.create(
        referral=referral,
        from_person=True,
        words=words.strip(),
        written_at=at,
        letter_key=letter_key,
    )


@change
def send_overview(*, person_id: int, by: Actor, at: datetime) -> None:
    """Mail the person the page of what is shared and who has looked; once a day (R13).

    Only the home office can. Raises `ReferralRefused`.
    """
    home = Profile.objects.values_list("home_office_id", flat=True).get(pk=person_id)
    if home is None or home != by.office_id:
        raise ReferralRefused(Refusal.NOT_HOME_OFFICE, person_id)
    key = f"mine:{person_id}:{danish_date(at)}"
    notices.mine(person_id=person_id, home_office_id=home, key=key, order_id=None, by=by, at=at)


def _concerned(order: Order, referral: Referral) -> set[int]:
    co_leads = order.co_leads.values_list("office_id", flat=True)
    return {referral.home_office_id, order.lead_office_id, *co_leads}


def _refuse_ended(order: Order, referral: Referral) -> None:
    if order.stage == Stage.CLOSED:
        raise ReferralRefused(Refusal.ORDER_CLOSED, referral.person_id)
    if referral.state not in lifecycle.OPEN:
        raise ReferralRefused(Refusal.WRONG_STATE, referral.person_id)
