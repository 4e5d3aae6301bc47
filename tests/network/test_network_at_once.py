"""Two people who make the same thing in the same moment: one makes it, the other is told (R16)."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.companies.factories import company, cvr
from tests.core.at_once import at_once
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, KOEGE, alliance
from tvaers.accounts import operations as accounts
from tvaers.companies import operations as companies
from tvaers.network import operations as network
from tvaers.network.operations import OfficeFields

pytestmark = pytest.mark.django_db(transaction=True)
NOW: dict[str, Any] = {"by": SETUP, "at": MONDAY}


def told(results: Iterable[Any]) -> list[type]:
    """The kinds of the refusals."""
    return [type(result) for result in results if isinstance(result, Exception)]


def test_the_same_office_alliance_user_and_promise_are_made_once() -> None:
    ours = alliance()
    makers: dict[type, Callable[[], Any]] = {
        network.NameTaken: lambda: network.save_office(
            fields=OfficeFields(name="Aabenraa Erhverv"), **NOW
        ),
        accounts.EmailTaken: lambda: accounts.create_user(
            email="karen@koege.dk", name="Karen", **NOW
        ),
        network.AlreadyPromised: lambda: network.new_service_level(
            alliance_id=ours.pk, from_day=MONDAY.date(), answer_hours=24, **NOW
        ),
    }
    for refusal, make in makers.items():
        assert told(at_once(*[make] * 4)) == [refusal] * 3

    made = at_once(
        *[lambda: network.save_alliance(name="Fyn", municipalities=(KOEGE, GREVE), **NOW)] * 4
    )
    assert told(made) == [network.NameTaken] * 3


def test_two_companies_that_claim_one_p_number() -> None:
    first, second = company(), company()

    def claim(company_id: int) -> Callable[[], Any]:
        return lambda: companies.save_workplace(
            company_id=company_id, name="Lager", municipality=KOEGE, p_number="1023456789", **NOW
        )

    assert told(at_once(claim(first.pk), claim(second.pk))) == [companies.PNumberTaken]


def test_what_is_found_again_is_made_once_without_a_word() -> None:
    number = cvr()
    made = at_once(*[lambda: companies.save_company(cvr=number, name="Køge Lager A/S", **NOW)] * 4)
    assert len({one.pk for one in made}) == 1
    days = at_once(
        *[lambda: network.add_closing_day(day=MONDAY.date(), name="Lukkedag", **NOW)] * 4
    )
    assert len({one.pk for one in days}) == 1
