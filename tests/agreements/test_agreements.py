"""A company's chosen lead is known to all, and respected where vacancies are concerned (R9)."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.accounts.factories import consultant
from tests.agreements.factories import agreement
from tests.companies.factories import company
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import office
from tvaers.agreements import operations
from tvaers.agreements.models import Agreement, AgreementKind
from tvaers.agreements.queries import chosen_lead, chosen_leads, warns

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


def test_other_offices_are_warned_about_vacancies_and_free_in_other_matters() -> None:
    koege, faxe = office("Køge"), office("Faxe")
    lager = company()
    agreement(lager, consultant(koege, "Karen"))

    lead = chosen_lead(lager.pk, DAY)

    assert lead is not None
    assert (lead.office_name, lead.user_name) == ("Køge", "Karen")
    assert warns(faxe.pk, lead, about_recruiting=True)
    assert not warns(faxe.pk, lead, about_recruiting=False)
    assert not warns(koege.pk, lead, about_recruiting=True)
    assert not warns(faxe.pk, chosen_lead(company().pk, DAY), about_recruiting=True)


def test_a_new_choice_ends_the_one_before_and_both_are_known() -> None:
    lager, first, second = company(), consultant(office("Køge")), consultant(office("Faxe"))
    agreement(lager, first)

    operations.make_agreement(
        company_id=lager.pk,
        kind=AgreementKind.NATIONAL,
        lead_office_id=second.office_id,
        lead_id=second.user_id,
        starts_on=DAY,
        by=SETUP,
        at=MONDAY,
    )

    before, now = chosen_lead(lager.pk, DAY - timedelta(days=1)), chosen_lead(lager.pk, DAY)
    assert before is not None
    assert now is not None
    assert (before.office_name, now.office_name) == ("Køge", "Faxe")


def test_an_agreement_is_not_slipped_in_before_another() -> None:
    lager, lead = company(), consultant(office())
    standing = agreement(lager, lead, starts_on=date(2026, 5, 1))
    with pytest.raises(operations.AlreadyAgreed) as refused:
        operations.make_agreement(
            company_id=lager.pk,
            kind=AgreementKind.REGIONAL,
            lead_office_id=lead.office_id,
            starts_on=DAY,
            by=SETUP,
            at=MONDAY,
        )
    assert refused.value.agreement_id == standing.pk


def test_the_named_person_works_at_the_leading_office() -> None:
    lager, lead, elsewhere = company(), consultant(office()), office()
    with pytest.raises(operations.LeadNotAtOffice):
        operations.make_agreement(
            company_id=lager.pk,
            kind=AgreementKind.REGIONAL,
            lead_office_id=elsewhere.pk,
            lead_id=lead.user_id,
            starts_on=DAY,
            by=SETUP,
            at=MONDAY,
        )


def test_an_agreement_ends_on_its_last_day_or_never_began() -> None:
    lager, lead = company(), consultant(office())
    held = agreement(lager, lead)
    operations.end_agreement(agreement_id=held.pk, last_day=DAY, by=SETUP, at=MONDAY)
    assert chosen_lead(lager.pk, DAY) is not None
    assert chosen_lead(lager.pk, DAY + timedelta(days=1)) is None

    planned = agreement(lager, lead, starts_on=DAY + timedelta(days=9))
    operations.end_agreement(agreement_id=planned.pk, last_day=DAY, by=SETUP, at=MONDAY)
    assert not Agreement.objects.filter(pk=planned.pk).exists()


def test_the_leads_of_many_companies_cost_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lead = consultant(office())
    many = [company() for _ in range(12)]
    for one in many[:10]:
        agreement(one, lead)
    with django_assert_num_queries(1):
        assert len(chosen_leads([one.pk for one in many], DAY)) == 10
