"""A person as a case system's file tells: what an import takes. No Django."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of an office's list, with its words already turned into concepts.

    `source_id` is the office's own key, `cpr_key` the keyed hash of the CPR number. `held`,
    `held_years` and `held_until` run beside each other (year 0: unknown). `kinds` is the bit mask
    of employment kinds; minutes are one way; hours a week. `digest` is the SHA-256 of the row:
    the same digest again changes nothing.
    """

    source_id: str
    digest: str
    municipality: str
    postcode: str = ""
    cpr_key: str | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    protected: bool = False
    status: str = "ACTIVE"
    legal_basis: str = ""
    wanted_titles: str = ""
    held_titles: str = ""
    skill_words: str = ""
    education: str = ""
    wanted: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    held_years: tuple[int, ...] = ()
    held_until: tuple[int, ...] = ()
    concepts: tuple[int, ...] = ()
    available_from: date | None = None
    hours_min: int = 0
    hours_max: int = 37
    kinds: int = 1
    max_travel_minutes: int = 90
    car: bool = False
    cv_updated_on: date | None = None
    text: str = field(default="", repr=False)
