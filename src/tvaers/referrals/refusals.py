"""What the operations raise when a referral may not start or move."""

from dataclasses import dataclass

from tvaers.referrals.lifecycle import Refusal


@dataclass
class ReferralRefused(Exception):
    """A referral may not start or move; `person_id` says whose."""

    reason: Refusal
    person_id: int
