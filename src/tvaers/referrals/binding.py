"""The binding henvisning: by the home municipality or the a-kasse alone (R10)."""

from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.network.models import Office
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.referrals import lifecycle, notices
from tvaers.referrals.models import Referral
from tvaers.referrals.moves import locked
from tvaers.referrals.notices import Notice
from tvaers.referrals.refusals import ReferralRefused


@change
def bind(*, referral_id: int, apply_by: datetime, by: Actor, at: datetime) -> Referral:
    """Make the referral a binding henvisning: in writing, to apply by a time at least a day away.

    The same again changes nothing; the database refuses it for another office and at shorter
    notice. Raises `ReferralRefused`.
    """
    order, referral = locked(referral_id)
    if referral.bound_at is not None and referral.apply_by == apply_by:
        return referral
    office = Office.objects.get(pk=by.acting_office)
    reason = lifecycle.bind_refusal(order, referral, office=office, apply_by=apply_by, at=at)
    if reason:
        raise ReferralRefused(reason, referral.person_id)
    referral.bound_at, referral.bound_by, referral.apply_by = at, office, apply_by
    referral.save(update_fields=["bound_at", "bound_by", "apply_by"])
    notices.asked([referral], Notice.BOUND, by=by, at=at)
    orders.log(order, LogKind.REFERRAL, by=by, at=at, referral=referral.pk, state="BOUND")
    return referral
