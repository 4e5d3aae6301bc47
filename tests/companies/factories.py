"""Companies with valid CVR numbers."""

from itertools import count
from typing import Any

from tests.core.factories import setting_up
from tests.network.factories import KOEGE
from tvaers.companies.models import Company, CompanyContact, Workplace
from tvaers.core.cvr import cvr_with_check_digit
from tvaers.core.danish_order import danish_sort_key

_seven = count(3000000)
_p_number = count(1000000000)


def cvr() -> str:
    """The next valid CVR number that nobody has had."""
    return next(found for seven in _seven if (found := cvr_with_check_digit(str(seven))))


def company(
    name: str = "Køge Lager A/S",
    *,
    municipality: str = KOEGE,
    workplaces: int = 1,
    contact: str = "Hanne Vestergaard",
    **fields: Any,
) -> Company:
    """A company with workplaces in the municipality and one person to talk to."""
    with setting_up():
        made = Company.objects.create(
            **{"cvr": cvr(), "name": name, "sort_key": danish_sort_key(name)} | fields
        )
        CompanyContact.objects.create(company=made, name=contact, phone="20 30 40 50")
        for _ in range(workplaces):
            workplace(made, municipality)
    return made


def workplace(at_company: Company, municipality: str = KOEGE, **fields: Any) -> Workplace:
    """A workplace of the company with a P-number of its own."""
    with setting_up():
        return Workplace.objects.create(
            company=at_company,
            municipality_id=municipality,
            **{"p_number": str(next(_p_number)), "name": at_company.name} | fields,
        )
