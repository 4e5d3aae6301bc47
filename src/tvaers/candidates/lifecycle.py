"""Who is findable, and when a CV is stale or thin (R12, M8). No Django."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

STALE_AFTER = timedelta(days=90)
"""A CV that nobody touched for three months is shown to its office as stale (M8)."""

THIN_BELOW = 3
"""Fewer concepts than this beside a wanted or held occupation make a CV thin (M8)."""


class Hidden(StrEnum):
    """Why a person cannot be found."""

    PAUSED = "PAUSED"
    ENDED = "ENDED"
    NO_OFFICE = "NO_OFFICE"
    NO_LEGAL_BASIS = "NO_LEGAL_BASIS"
    REPORTED_UNAVAILABLE = "REPORTED_UNAVAILABLE"
    HIRED = "HIRED"
    NO_OCCUPATION = "NO_OCCUPATION"


class MendedBy(StrEnum):
    HOME_OFFICE = "HOME_OFFICE"
    CASE_SYSTEM = "CASE_SYSTEM"
    NOBODY = "NOBODY"


MENDED_BY: dict[Hidden, MendedBy] = {
    Hidden.PAUSED: MendedBy.CASE_SYSTEM,
    Hidden.ENDED: MendedBy.CASE_SYSTEM,
    Hidden.NO_OFFICE: MendedBy.CASE_SYSTEM,
    Hidden.NO_LEGAL_BASIS: MendedBy.HOME_OFFICE,
    Hidden.REPORTED_UNAVAILABLE: MendedBy.HOME_OFFICE,
    Hidden.HIRED: MendedBy.NOBODY,
    Hidden.NO_OCCUPATION: MendedBy.HOME_OFFICE,
}


class Flaw(StrEnum):
    """What is wrong with a CV that can be found all the same."""

    STALE = "STALE"
    THIN = "THIN"


def unfindable_reasons(profile: Any, day: date) -> tuple[Hidden, ...]:
    """Every reason why the person cannot be proposed on `day`; none means findable (R12).

    A protected address hides the address, not the person.
    """
    reasons = []
    if profile.status != "ACTIVE":
        reasons.append(Hidden(profile.status))
    if profile.home_office_id is None:
        reasons.append(Hidden.NO_OFFICE)
    if not profile.legal_basis:
        reasons.append(Hidden.NO_LEGAL_BASIS)
    if profile.reported_unavailable_at is not None:
        reasons.append(Hidden.REPORTED_UNAVAILABLE)
    if profile.hired_from is not None and profile.hired_from <= day:
        reasons.append(Hidden.HIRED)
    return tuple(reasons)


def why_no_search_finds(profile: Any, day: date) -> tuple[Hidden, ...]:
    """As `unfindable_reasons`, and that the profile names no occupation to be found by (M8)."""
    reasons = unfindable_reasons(profile, day)
    if not profile.wanted and not profile.held:
        reasons = (*reasons, Hidden.NO_OCCUPATION)
    return reasons


def flaws(profile: Any, day: date) -> tuple[Flaw, ...]:
    """What the office should mend in the CV: stale, thin, or both (M8)."""
    found = []
    if profile.cv_updated_on is None or day - profile.cv_updated_on > STALE_AFTER:
        found.append(Flaw.STALE)
    if len(profile.concepts) < THIN_BELOW or not (profile.wanted or profile.held):
        found.append(Flaw.THIN)
    return tuple(found)
