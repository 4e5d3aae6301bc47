"""Shifts and starts as a person tells them of himself: read in CVs by the same rules as in ads."""

from datetime import date

import pytest

from tvaers.orders.ad_dates import ad_dates
from tvaers.orders.ad_shifts import ad_shifts

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Søger fuldtid, helst dag, men kan tage skiftehold.", {"day", "shifts"}),
        ("Kan arbejde dag. Ikke interesseret i aftener længere.", {"day"}),
        ("Kun om dagen, 30 timer.", {"day"}),
        ("Kan ikke om aftenen, men gerne weekend.", {"weekend"}),
        ("Aften og weekend kan jeg ikke, nat duer ikke.", set()),
        ("Nathold er fint.", {"night"}),
        ("Vagtplan, kasseoptælling, dekoration.", set()),
        ("Arbejder efter vagtplan.", {"shifts"}),
        ("15-20 timer om dagen er for meget.", set()),
    ],
)
def test_when_a_person_can_work(text: str, shifts: set[str]) -> None:
    assert {str(shift) for shift in ad_shifts(text)} == shifts


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Kan starte med dags varsel.", TODAY),
        ("Kan begynde når som helst.", TODAY),
        ("Kan starte i morgen.", TODAY),
        ("Fratræder 31. januar 2027.", date(2027, 2, 1)),
        ("Opsagt til udgangen af marts.", date(2027, 4, 1)),
        ("Kontrakten udløber 31/12.", date(2027, 1, 1)),
        ("Opsagt, fri fra den 1. februar 2027.", date(2027, 2, 1)),
        ("Kan starte fra den 1. i måneden.", date(2026, 12, 1)),
        ("Ledig om 14 dage.", date(2026, 12, 7)),
        ("Kan starte om to uger.", date(2026, 12, 7)),
        ("Klar om en måned.", date(2026, 12, 23)),
        ("Ledig fra årsskiftet.", date(2027, 1, 1)),
        ("Jeg blev færdig som industrioperatør i juni 2026.", None),
        ("Nyuddannet juni 2026 fra Aarhus.", None),
        ("Disponent frem til konkursen i oktober, kan starte med dags varsel.", TODAY),
        ("Tømrerlærling, svendeprøve juni 2027.", date(2027, 6, 1)),
    ],
)
def test_from_when_a_person_is_free(text: str, start: date | None) -> None:
    assert ad_dates(text, today=TODAY).starts_on == start


def test_a_month_ahead_keeps_within_the_month() -> None:
    assert ad_dates("Ledig om en måned.", today=date(2027, 1, 31)).starts_on == date(2027, 2, 28)
    assert ad_dates("Fri 1. i måneden.", today=date(2026, 12, 5)).starts_on == date(2027, 1, 1)
