"""Ny jobordre: two minutes on the phone, and nothing that was typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.conftest import SignIn
from tests.web.order_scene import fields_of
from tvaers.accounts.models import Role
from tvaers.agreements.models import Agreement
from tvaers.companies.models import Company
from tvaers.network.models import Office
from tvaers.orders.models import Order

LINE = "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B"


@pytest.fixture
def company(koege: Office) -> Company:
    orders.with_defaults()
    return companies.company("Åse Lager A/S")


@pytest.fixture
def browser(signed_in: SignIn) -> Client:
    return signed_in(Role.CONSULTANT)


def begin(browser: Client, company: Company, ad: str = LINE) -> str:
    """The address of the draft that the ad became."""
    answer = browser.post(reverse("order_new"), {"q": company.cvr, "ad": ad, "do": "go"})
    assert answer.status_code == 302, answer.text
    return str(answer["Location"])


def test_a_line_becomes_an_order_in_dialogue(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    page = browser.get(draft).text
    assert "gaffeltruckcertifikat B" in page
    told = fields_of(page)
    assert told["openings"] == "3"
    answer = browser.post(
        draft,
        told
        | {"said_by": "Hanne Vestergaard", "said_words": "Tre fra maj.", "starts_on": "2026-05-01"},
    )
    assert answer.status_code == 302, answer.text
    order = Order.objects.get()
    assert (order.openings, order.stage, order.lead.name) == (3, "IN_DIALOGUE", "Anne Lund")
    assert order.description == LINE
    assert order.places.get().workplace.municipality_id == network.KOEGE
    requirement = order.requirements.get()
    assert (requirement.kind, requirement.must) == ("CERTIFICATE", True)
    assert requirement.concept is not None
    assert order.occupation is not None
    assert order.contact == company.contacts.get()
    assert order.company_words.get().said_at == MONDAY


def test_without_a_talk_the_dialogue_is_due(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    browser.post(draft, fields_of(browser.get(draft).text))
    order = Order.objects.get()
    assert (order.stage, order.company_words.count()) == ("RECEIVED", 0)


def test_a_double_click_is_one_order_and_one_word(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text) | {"said_by": "Hanne"}
    answers = [browser.post(draft, told) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {
        reverse("order", args=[Order.objects.get().pk])
    }
    assert Order.objects.get().company_words.count() == 1


def test_a_draft_survives_a_reload_and_stands_in_the_list_of_drafts(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text) | {"title": "Nattevagt på lageret", "openings": "4"}
    kept = browser.post(draft, told | {"do": "keep"}, headers={"HX-Request": "true"})
    assert "Kladden er gemt" in kept.text
    again = fields_of(browser.get(draft).text)
    assert (again["title"], again["openings"]) == ("Nattevagt på lageret", "4")
    assert "Nattevagt på lageret" in browser.get(reverse("order_new")).text
    browser.post(draft, {"do": "drop", "company_id": company.pk})
    assert "Nattevagt på lageret" not in browser.get(reverse("order_new")).text
    assert not Order.objects.exists()


def test_a_draft_with_a_cpr_number_is_not_kept(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text)
    kept = browser.post(draft, told | {"do": "keep", "description": "Ring til 010190-1234"})
    assert "ikke gemt, fordi der står et CPR-nummer" in kept.text
    assert "010190" not in browser.get(draft).text


def test_cpr_numbers_and_health_words_are_pointed_out_and_nothing_is_lost(
    browser: Client, company: Company
) -> None:
    first = browser.post(
        reverse("order_new"), {"q": company.cvr, "ad": "Kok, spørg efter 010190-1234", "do": "go"}
    )
    assert (first.status_code, "Her står et CPR-nummer" in first.text) == (422, True)
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text) | {
        "description": "Lagerarbejde. Vi har haft en sygemeldt.",
        "internal_comment": "Chefen har stress.",
    }
    came_back = browser.post(draft, told)
    assert came_back.status_code == 422
    assert came_back.text.count("kan være en oplysning om helbred") >= 2
    assert "Vi har haft en sygemeldt." in came_back.text
    half = browser.post(draft, told | {"description_seen": "on"})
    assert half.status_code == 422
    assert 'name="description_seen" value="on"' in half.text
    both = browser.post(draft, told | {"description_seen": "on", "internal_comment_seen": "on"})
    assert both.status_code == 302


def test_a_health_word_among_the_requirements_is_seen_too(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company)
    browser.post(
        draft, fields_of(browser.get(draft).text) | {"do": "add", "add_words": "Ikke ryggigt"}
    )
    browser.post(
        draft, fields_of(browser.get(draft).text) | {"do": "add", "add_words": "Uden gigt"}
    )
    answer = browser.post(draft, fields_of(browser.get(draft).text))
    assert (answer.status_code, "oplysning om helbred" in answer.text) == (422, True)


def test_experience_is_asked_for_once_and_a_wish_stays_a_wish(
    browser: Client, company: Company
) -> None:
    def read(ad: str) -> dict[str, Any]:
        return fields_of(browser.get(begin(browser, company, ad)).text)

    must = read("Kok i Køge. Krav: mindst 3 års erfaring som kok.")
    assert must["occupation_years"] == "3"
    assert "asked-0-text" not in must
    wish = read("Kok i Køge, gerne 2 års erfaring som kok.")
    assert wish["occupation_years"] == ""
    assert (wish["asked-0-years"], wish["asked-0-say"]) == ("2", "nice")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"description": "x" * 5001}, "højst være 5000 tegn"),
        ({"title": "x" * 101}, "højst være 100 tegn"),
        ({"title": "  "}, "Skriv en titel"),
        ({"starts_on": "2026-02-27"}, "Første arbejdsdag er passeret"),
        ({"last_day": "2020-01-01"}, "Sidste dag er passeret"),
        ({"starts_on": "på mandag"}, "gyldig dato"),
        ({"openings": "0"}, "mindst én stilling"),
        ({"openings": "1000"}, "højst 999"),
        ({"openings": "mange"}, "heltal"),
        ({"hours_min": "40", "hours_max": "30"}, "større end det største"),
        ({"hours_max": "400"}, "fra 1 til 168"),
        ({"place_municipality": "9999"}, "gyldig valgmulighed"),
        ({"place_address": "Torvet 1"}, "Vælg det nye arbejdssteds kommune"),
        ({"workplace_ids": ["999999"]}, "gyldig valgmulighed"),
        ({"scheme": "slaveri"}, "gyldig valgmulighed"),
        ({"asked-0-years": "mange"}, "helt tal fra 0 til 60"),
        ({"said_by": "Hanne", "said_at": "2026-03-03T10:00"}, "ude i fremtiden"),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_with_what_was_typed(
    browser: Client, company: Company, wrong: dict[str, Any], sentence: str
) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text) | {"internal_comment": "Det her skal stå. 🙂"} | wrong
    answer = browser.post(draft, told)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Det her skal stå. 🙂" in answer.text
    assert not Order.objects.exists()


def test_an_order_may_smile(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    browser.post(draft, fields_of(browser.get(draft).text) | {"title": "Kok 🙂 til Køge"})
    assert Order.objects.get().title == "Kok 🙂 til Køge"


def test_an_ad_that_is_too_long_is_kept_whole_until_someone_shortens_it(
    browser: Client, company: Company
) -> None:
    ad = "Lagermedarbejder i Køge. " + "Vi har det godt. " * 300 + "Slutord."
    draft = begin(browser, company, ad)
    page = browser.get(draft).text
    assert "Slutord." in page
    assert "længere end 5000 tegn" in page


def test_requirements_are_added_by_words_or_by_choice_and_taken_away(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company)
    htmx = {"HX-Request": "true"}
    found = browser.get(reverse("order_suggest"), {"add_words": "kørekort b"}, headers=htmx).text
    concept = re.search(r'name="add_concept" value="(\d+)"', found)
    assert concept
    told = fields_of(browser.get(draft).text)
    part = browser.post(draft, told | {"add_concept": concept[1]}, headers=htmx)
    assert "<html" not in part.text
    assert "ørekort" in part.text
    told = fields_of(browser.get(draft).text)
    assert "asked-1-concept" in told
    browser.post(draft, told | {"do": "add", "add_words": "Godt humør hver dag"})
    told = fields_of(browser.get(draft).text)
    assert told["asked-2-text"] == "Godt humør hver dag"
    browser.post(draft, told | {"asked-0-say": "remove", "asked-2-say": "nice"})
    kept = Order.objects.get().requirements.values_list("text", "must")
    assert dict(kept)["Godt humør hver dag"] is False
    assert "gaffeltruckcertifikat B" not in dict(kept)


def test_a_requirement_that_was_written_and_not_added_is_not_lost(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company)
    browser.post(draft, fields_of(browser.get(draft).text) | {"add_words": "Kørekort B"})
    assert Order.objects.get().requirements.count() == 2


def test_the_enter_key_adds_and_never_saves(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text)
    browser.post(draft, told | {"do": "enter", "add_words": "Kørekort B"})
    assert not Order.objects.exists()
    assert "asked-1-text" in fields_of(browser.get(draft).text)


def test_another_occupation_is_found_by_its_name(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text)
    browser.post(draft, told | {"do": "find_occupation", "occupation_words": "kok"})
    now = fields_of(browser.get(draft).text)
    assert now["occupation"] != told["occupation"]
    found = browser.get(reverse("order_suggest"), {"occupation_words": "smed"}).text
    assert "pick_occupation" in found


def test_a_requirement_that_is_written_is_added_also_when_an_occupation_is_looked_for(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text)
    written = {"do": "find_occupation", "occupation_words": "kok", "add_words": "Godt humør"}
    now = fields_of(browser.post(draft, told | written).text)
    assert now["occupation_words"] == "kok"
    assert "Godt humør" in {now[name] for name in now if name.endswith("-text")}


def test_a_company_nobody_has_met_is_made_on_the_way(browser: Client, company: Company) -> None:
    number = companies.cvr()
    told = {
        "new_cvr": f"DK {number}",
        "new_name": "Nyt Bageri ApS",
        "new_municipality": network.GREVE,
        "ad": "Bager til Greve",
        "do": "go",
    }
    wrong = browser.post(reverse("order_new"), told | {"new_cvr": "12345678"})
    assert (wrong.status_code, "er ikke et CVR-nummer" in wrong.text) == (422, True)
    assert "Bager til Greve" in wrong.text
    missing = browser.post(reverse("order_new"), told | {"new_municipality": ""})
    assert "Skal udfyldes, når virksomheden er ny" in missing.text
    draft = str(browser.post(reverse("order_new"), told)["Location"])
    browser.post(draft, fields_of(browser.get(draft).text))
    order = Order.objects.get()
    assert (order.company.cvr, order.company.name) == (number, "Nyt Bageri ApS")
    assert order.places.get().workplace.municipality_id == network.GREVE


def test_a_known_number_keeps_its_company_and_its_name(browser: Client, company: Company) -> None:
    told = {
        "new_cvr": company.cvr,
        "new_name": "Noget andet",
        "new_municipality": network.GREVE,
        "ad": LINE,
    }
    assert browser.post(reverse("order_new"), told).status_code == 302
    company.refresh_from_db()
    assert company.name == "Åse Lager A/S"


def test_companies_are_found_while_typing_and_by_a_button(
    browser: Client, company: Company
) -> None:
    companies.company("Zebra ApS")
    part = browser.get(reverse("order_companies"), {"q": "åse"}).text
    assert "Åse Lager A/S" in part
    assert "Zebra" not in part
    whole = browser.post(reverse("order_new"), {"q": "åse", "ad": LINE, "do": "find"})
    assert whole.status_code == 200
    assert "Åse Lager A/S" in whole.text
    assert LINE in whole.text
    nobody = browser.post(reverse("order_new"), {"q": "", "ad": LINE, "do": "go"})
    assert (nobody.status_code, "Vælg virksomheden på listen" in nobody.text) == (422, True)
    nothing = browser.post(reverse("order_new"), {"q": "åse", "ad": " ", "do": "go"})
    assert "skriv én linje" in nothing.text


def test_the_companys_page_leads_here_with_the_company_chosen(
    browser: Client, company: Company
) -> None:
    there = browser.get(reverse("company", args=[company.pk])).text
    address = f"{reverse('order_new')}?company={company.pk}"
    assert address in there
    assert f'value="{company.pk}" id="company-{company.pk}" checked' in browser.get(address).text
    told = {"company": company.pk, "ad": LINE, "do": "go"}
    assert browser.post(reverse("order_new"), told).status_code == 302


def test_a_new_place_and_a_new_person_come_with_the_order(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company, "Kok til Roskilde")
    told = fields_of(browser.get(draft).text)
    assert told["place_municipality"] == network.ROSKILDE
    browser.post(
        draft, told | {"place_address": "Algade 1", "contact_name": "Ib", "contact_phone": "1234"}
    )
    order = Order.objects.get()
    assert order.places.get().workplace.address == "Algade 1"
    assert order.contact is not None
    assert order.contact.name == "Ib"


def test_a_company_in_conflict_gets_no_order(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    with setting_up():
        Company.objects.filter(pk=company.pk).update(in_conflict=True)
    told = fields_of(browser.get(draft).text)
    answer = browser.post(draft, told)
    assert (answer.status_code, "konfliktramt" in answer.text) == (422, True)
    assert not Order.objects.exists()


def test_the_chosen_lead_is_told_of_and_gets_the_order(browser: Client, company: Company) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    bo = orders.a_lead(greve, "Bo Friis")
    with setting_up():
        Agreement.objects.create(
            company=company, kind="REGIONAL", lead_office=greve, lead=bo, starts_on="2026-01-01"
        )
    draft = begin(browser, company)
    page = browser.get(draft).text
    assert "bliver Bo Friis tovholder" in page
    browser.post(draft, fields_of(page))
    assert Order.objects.get().lead == bo


def test_a_draft_that_is_gone_begins_again_and_a_partner_takes_no_order_in(
    browser: Client, signed_in: SignIn, company: Company
) -> None:
    gone = reverse("order_draft", args=["11111111-1111-4111-8111-111111111111"])
    assert browser.get(gone)["Location"] == reverse("order_new")
    assert browser.post(gone, {"title": "x"})["Location"] == reverse("order_new")
    assert browser.post(gone, {"company_id": "999999"}).status_code == 404
    assert signed_in(Role.PARTNER).get(reverse("order_new")).status_code == 403
