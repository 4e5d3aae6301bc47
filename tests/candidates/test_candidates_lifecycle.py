"""R12 and M8: who is findable, and which CVs their office should mend."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.factories import MONDAY
from tvaers.candidates.lifecycle import (
    MENDED_BY,
    Flaw,
    Hidden,
    flaws,
    unfindable_reasons,
    why_no_search_finds,
)

DAY = date(2026, 3, 2)


def profile(**fields: Any) -> Any:
    return SimpleNamespace(
        **{
            "status": "ACTIVE",
            "home_office_id": 1,
            "legal_basis": "LAB",
            "reported_unavailable_at": None,
            "hired_from": None,
            "wanted": [1],
            "held": [],
            "concepts": [10001, 10002, 10003],
            "cv_updated_on": DAY,
            "protected": False,
        }
        | fields
    )


def test_an_active_person_with_an_office_and_a_legal_basis_is_findable() -> None:
    assert unfindable_reasons(profile(), DAY) == ()


def test_a_protected_address_hides_the_address_and_not_the_person() -> None:
    assert unfindable_reasons(profile(protected=True), DAY) == ()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "PAUSED"}, Hidden.PAUSED),
        ({"status": "ENDED"}, Hidden.ENDED),
        ({"home_office_id": None}, Hidden.NO_OFFICE),
        ({"legal_basis": ""}, Hidden.NO_LEGAL_BASIS),
        ({"reported_unavailable_at": MONDAY}, Hidden.REPORTED_UNAVAILABLE),
        ({"hired_from": DAY}, Hidden.HIRED),
    ],
)
def test_each_reason_hides_by_its_own_name(fields: dict[str, Any], reason: Hidden) -> None:
    assert unfindable_reasons(profile(**fields), DAY) == (reason,)


def test_someone_who_is_hired_can_be_found_until_the_first_day_of_work() -> None:
    assert unfindable_reasons(profile(hired_from=date(2026, 3, 3)), DAY) == ()


@given(
    status=st.sampled_from(["ACTIVE", "PAUSED", "ENDED"]),
    office=st.sampled_from([None, 7]),
    basis=st.sampled_from(["", "LAB"]),
    reported=st.sampled_from([None, MONDAY]),
    hired=st.none() | st.dates(date(2026, 2, 1), date(2026, 4, 1)),
)
def test_findable_means_that_not_one_thing_stands_in_the_way(
    status: str, office: int | None, basis: str, reported: datetime | None, hired: date | None
) -> None:
    row = profile(
        status=status,
        home_office_id=office,
        legal_basis=basis,
        reported_unavailable_at=reported,
        hired_from=hired,
    )
    obstacles = [
        status != "ACTIVE",
        office is None,
        basis == "",
        reported is not None,
        hired is not None and hired <= DAY,
    ]
    assert len(unfindable_reasons(row, DAY)) == sum(obstacles)


def test_a_profile_without_an_occupation_is_found_by_no_search() -> None:
    assert why_no_search_finds(profile(wanted=[]), DAY) == (Hidden.NO_OCCUPATION,)


def test_every_reason_says_who_can_mend_it() -> None:
    assert set(MENDED_BY) == set(Hidden)


def test_a_cv_that_nobody_touched_for_three_months_is_stale() -> None:
    assert flaws(profile(cv_updated_on=date(2025, 12, 2)), DAY) == ()
    assert flaws(profile(cv_updated_on=date(2025, 12, 1)), DAY) == (Flaw.STALE,)
    assert flaws(profile(cv_updated_on=None), DAY) == (Flaw.STALE,)


def test_a_cv_with_two_skills_is_thin() -> None:
    assert flaws(profile(concepts=[10001, 10002]), DAY) == (Flaw.THIN,)
