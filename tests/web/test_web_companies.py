"""Virksomheder: found by what one remembers, kept by those who may."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Role
from tvaers.agreements.models import Agreement, AgreementKind
from tvaers.companies.models import Company, Conversation
from tvaers.network.models import Office


@pytest.fixture
def company(db: None) -> Company:
    return companies.company("Åse Lager A/S")


def address(company: Company) -> str:
    return reverse("company", args=[company.pk])


def chosen_lead(company: Company, office: Office) -> None:
    with setting_up():
        Agreement.objects.create(
            company=company, kind=AgreementKind.REGIONAL, lead_office=office, starts_on="2026-01-01"
        )


def test_a_company_is_found_by_the_beginning_of_its_name_or_number(
    signed_in: SignIn, company: Company
) -> None:
    companies.company("Zebra ApS")
    browser = signed_in()
    for text in ("åse", company.cvr[:5]):
        found = browser.get(reverse("companies"), {"q": text}).text
        assert "Åse Lager" in found
    assert "Zebra" not in browser.get(reverse("companies"), {"q": "åse"}).text


def test_the_list_that_follows_the_typing_is_the_list_of_the_whole_page(
    signed_in: SignIn, company: Company
) -> None:
    browser = signed_in()
    whole = browser.get(reverse("companies"), {"q": "å"}).text
    part = browser.get(reverse("companies"), {"q": "å"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert part.strip() in whole


def test_the_page_warns_before_a_talk_about_jobs_when_the_company_chose_another_lead(
    signed_in: SignIn, company: Company, koege: Office
) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,), phone="43 97 97 97")
    chosen_lead(company, greve)
    warning = "Tal med Greve virksomhedsindgang, før du kontakter virksomheden"
    assert warning in signed_in().get(address(company)).text
    assert warning not in signed_in(Role.CONSULTANT, office=greve).get(address(company)).text


def test_a_conversation_is_kept_with_who_and_when(
    signed_in: SignIn, company: Company, koege: Office
) -> None:
    browser = signed_in()
    form = {
        "action": "conversation",
        "conversation-with_whom": "Hanne Vestergaard",
        "conversation-channel": "PHONE",
        "conversation-words": "Mangler to på lageret i maj.",
    }
    assert browser.post(address(company), form).status_code == 302
    talk = Conversation.objects.get()
    assert (talk.office, talk.user.name, talk.at) == (koege, "Anne Lund", MONDAY)
    assert not talk.about_recruiting
    assert "Mangler to på lageret i maj." in browser.get(address(company)).text


def test_what_must_not_be_written_is_pointed_out_and_nothing_is_lost(
    signed_in: SignIn, company: Company
) -> None:
    browser = signed_in()
    form = {
        "action": "conversation",
        "conversation-with_whom": "Hanne",
        "conversation-channel": "PHONE",
        "conversation-words": "Chefen har depression.",
    }
    answer = browser.post(address(company), form)
    assert answer.status_code == 422
    assert "kan være en oplysning om helbred" in answer.text
    assert "Chefen har depression." in answer.text
    browser.post(address(company), form | {"conversation-words_seen": "on"})
    assert Conversation.objects.count() == 1
    with_number = form | {"conversation-words": "Spørg efter 010190-1234."}
    assert "Her står et CPR-nummer" in browser.post(address(company), with_number).text
    assert Conversation.objects.count() == 1


def test_a_partner_reads_and_writes_nothing(signed_in: SignIn, company: Company) -> None:
    browser = signed_in(Role.PARTNER)
    form = {"action": "contact", "contact-name": "Ny"}
    assert browser.post(address(company), form).status_code == 200
    assert not company.contacts.filter(name="Ny").exists()
    assert browser.get(reverse("company_new")).status_code == 403


def test_an_administrator_has_no_business_with_companies(
    signed_in: SignIn, company: Company
) -> None:
    assert signed_in(Role.ADMINISTRATOR).get(address(company)).status_code == 403


def test_a_coordinator_reports_a_conflict_and_ends_it(signed_in: SignIn, company: Company) -> None:
    browser = signed_in(Role.COORDINATOR)
    browser.post(address(company), {"action": "conflict", "conflict-since": "2026-02-01"})
    assert "Konfliktramt: ingen henvisninger" in browser.get(address(company)).text
    browser.post(address(company), {"action": "conflict-ended"})
    company.refresh_from_db()
    assert not company.in_conflict


def test_the_company_chooses_a_lead_and_the_agreement_ends(
    signed_in: SignIn, company: Company, koege: Office
) -> None:
    browser = signed_in(Role.MANAGER)
    form = {
        "action": "agreement",
        "agreement-kind": "REGIONAL",
        "agreement-lead_office_id": koege.pk,
        "agreement-starts_on": "2026-02-01",
    }
    browser.post(address(company), form)
    again = browser.post(address(company), form)
    assert "gælder fra 1. februar 2026" in again.text
    agreement = Agreement.objects.get()
    ended = {"action": "agreement-ended", "agreement-ended-agreement_id": agreement.pk}
    browser.post(address(company), ended)
    agreement.refresh_from_db()
    assert agreement.ends_on == MONDAY.date()


def test_people_and_places_are_kept(signed_in: SignIn, company: Company) -> None:
    browser = signed_in()
    browser.post(
        address(company),
        {"action": "contact", "contact-name": "Ib Holm", "contact-phone": "20 20 20 20"},
    )
    place = {
        "action": "workplace",
        "workplace-name": "Lageret i Greve",
        "workplace-municipality": network.GREVE,
        "workplace-p_number": "12",
    }
    wrong = browser.post(address(company), place)
    assert "er ikke et P-nummer" in wrong.text
    browser.post(address(company), place | {"workplace-p_number": ""})
    page = browser.get(address(company)).text
    assert "Ib Holm" in page
    assert "Lageret i Greve" in page
    contact = company.contacts.get(name="Ib Holm")
    browser.post(
        address(company),
        {"action": "remove-contact", "remove-contact-contact_id": contact.pk},
    )
    assert "Ib Holm" not in browser.get(address(company)).text


def test_a_wrong_number_makes_no_company(signed_in: SignIn) -> None:
    browser = signed_in()
    answer = browser.post(reverse("company_new"), {"cvr": "12345678", "name": "Fejl ApS"})
    assert "er ikke et CVR-nummer" in answer.text
    assert "Fejl ApS" in answer.text
    cvr = companies.cvr()
    made = browser.post(reverse("company_new"), {"cvr": cvr, "name": "Ny ApS"})
    assert made["Location"] == address(Company.objects.get(cvr=cvr))


def test_a_company_that_is_not_there(signed_in: SignIn) -> None:
    assert signed_in().get(reverse("company", args=[0])).status_code == 404


def test_a_page_with_much_on_it_takes_as_many_queries_as_one_with_little(
    signed_in: SignIn,
    company: Company,
    koege: Office,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(Role.MANAGER)
    browser.get(reverse("tasks"))
    for _ in range(3):
        companies.workplace(company)
        with setting_up():
            Conversation.objects.create(
                company=company, office=koege, at=MONDAY, channel="PHONE", with_whom="Hanne"
            )
        with django_assert_num_queries(DOOR + 10):
            browser.get(address(company))
