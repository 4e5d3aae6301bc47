"""Who leads an order, how it is changed, and how it ends."""

from django.test import Client
from django.urls import reverse

from tests.core.factories import setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.order_scene import address, fields_of
from tvaers.accounts.models import User
from tvaers.network.models import Office
from tvaers.orders.models import Order, Subject
from tvaers.places.models import Municipality

# Who leads


def test_a_handover_is_offered_accepted_and_then_others_lead(
    browser: Client, stranger: Client, order: Order
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    bo = orders.a_lead(greve, "Bo Friis")
    leads = reverse("order_leads", args=[order.pk])
    browser.post(leads, {"action": "offer", "offer-person": f"{greve.pk}:{bo.pk}"})
    assert "vil overdrage jobordren til Bo Friis" in stranger.get(address(order)).text
    assert "Ja, vi er tovholder nu" not in browser.get(address(order)).text
    stranger.post(address(order), {"action": "accept"})
    assert orders.again(order).lead == bo
    assert browser.get(leads).status_code == 403


def test_an_offer_is_declined_or_taken_back(
    browser: Client, stranger: Client, order: Order
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    bo = orders.a_lead(greve, "Bo Friis")
    leads = reverse("order_leads", args=[order.pk])
    offer = {"action": "offer", "offer-person": f"{greve.pk}:{bo.pk}"}
    browser.post(leads, offer)
    stranger.post(address(order), {"action": "decline"})
    browser.post(leads, offer)
    browser.post(leads, {"action": "withdraw-offer"})
    assert orders.again(order).lead.name == "Anne Lund"
    assert not order.handovers.filter(accepted_at=None, declined_at=None).exists()


def test_deputy_and_co_leads(browser: Client, order: Order, koege: Office) -> None:
    bo = orders.a_lead(koege, "Bo Friis")
    odense = network.office("Odense virksomhedsindgang", (network.ODENSE,))
    eva = orders.a_lead(odense, "Eva Juhl")
    leads = reverse("order_leads", args=[order.pk])
    browser.post(leads, {"action": "deputy", "deputy-person": f"{koege.pk}:{bo.pk}"})
    browser.post(
        leads,
        {"action": "co-lead", "co-lead-person": f"{odense.pk}:{eva.pk}", "co-lead-part": "WEST"},
    )
    said = browser.get(address(order)).text
    assert "Stedfortræder er nu Bo Friis" in said
    assert "Odense virksomhedsindgang er medtovholder" in said
    browser.post(leads, {"action": "remove-co-lead", "remove-co-lead-office_id": odense.pk})
    browser.post(leads, {"action": "deputy", "deputy-person": ""})
    assert orders.again(order).deputy is None
    assert not order.co_leads.exists()


# The end


def close(browser: Client, order: Order, **told: str) -> tuple[int, str]:
    form = {name.replace("__", "-"): value for name, value in told.items()}
    answer = browser.post(reverse("order_close", args=[order.pk]), form)
    return answer.status_code, answer.text


def test_a_closing_is_refused_with_the_names_of_exactly_the_missing_municipalities(
    browser: Client, koege: Office, anne: User
) -> None:
    order = orders.an_order(office=koege, lead=anne, openings=1)
    orders.evidence(order, network.KOEGE)
    names = dict(Municipality.objects.values_list("code", "name"))
    wanted = {names[network.GREVE], names[network.SOLROED]}
    status, said = close(browser, order, unfilled="1")
    assert status == 422
    refusal = said.split("kommuner mangler: ")[1].split(".")[0]
    assert set(refusal.split(", ")) == wanted
    assert "kommuner mangler: Greve, Solrød." in browser.get(address(order)).text


def test_a_covered_order_closes_with_the_companys_word_that_it_will_not_search_wider(
    browser: Client, koege: Office, anne: User
) -> None:
    order = orders.an_order(office=koege, lead=anne, openings=1)
    orders.evidence(order)
    status, said = close(browser, order, unfilled="1")
    assert (status, "søgt på en del af landet" in said) == (422, True)
    status, _said = close(
        browser, order, unfilled="1", not_wider__said_by="Hanne", not_wider__words="Nej tak."
    )
    assert status == 302
    assert orders.again(order).unfilled == 1
    page = browser.get(address(order)).text
    assert "Jobordren er lukket: Ikke besat" in page
    browser.post(address(order), {"action": "reopen"})
    assert orders.again(order).stage == "RECRUITING"


def test_each_outcome_takes_the_companys_own_word_in_the_same_go(
    browser: Client, order: Order
) -> None:
    told = {"filled_by_company__number": "2", "withdrawn__number": "1", "unfilled": "0"}
    status, said = close(browser, order, **told)
    assert (status, "kommuner mangler: Greve, Køge, Solrød." in said) == (422, True)
    said_by = {"filled_by_company__said_by": "Hanne", "withdrawn__said_by": "Direktør Ib"}
    status, _said = close(browser, order, **told, **said_by)
    assert status == 302
    now = orders.again(order)
    assert (now.filled_by_company, now.withdrawn, now.unfilled) == (2, 1, 0)
    words = order.company_words.exclude(subject="DIALOGUE").values_list(
        "subject", "openings", "said_by"
    )
    assert set(words) == {("FILLED_BY_COMPANY", 2, "Hanne"), ("WITHDRAWN", 1, "Direktør Ib")}


def test_a_refused_closing_writes_no_word_down(browser: Client, order: Order) -> None:
    status, said = close(
        browser,
        order,
        withdrawn__number="1",
        withdrawn__said_by="Hanne",
        withdrawn__words="Vi venter.",
        unfilled="0",
    )
    assert (status, "summen passer" in said, "Vi venter." in said) == (422, True, True)
    assert not order.company_words.filter(subject="WITHDRAWN").exists()


def test_closing_twice_is_closing_once(browser: Client, order: Order) -> None:
    told = {"withdrawn__number": "3", "withdrawn__said_by": "Hanne", "unfilled": "0"}
    assert close(browser, order, **told)[0] == 302
    assert close(browser, order, **told)[0] == 302
    assert order.company_words.filter(subject="WITHDRAWN").count() == 1


def test_a_word_that_is_written_down_already_is_not_asked_for_again(
    browser: Client, order: Order
) -> None:
    orders.a_word(order, Subject.WITHDRAWN, openings=3)
    status, _said = close(browser, order, withdrawn__number="3", unfilled="0")
    assert status == 302
    assert order.company_words.filter(subject="WITHDRAWN").count() == 1


def test_a_health_word_about_the_company_is_pointed_out_before_it_is_kept(
    browser: Client, order: Order
) -> None:
    told = {
        "withdrawn__number": "3",
        "withdrawn__said_by": "Hanne",
        "withdrawn__words": "Mesteren er sygemeldt.",
        "unfilled": "0",
    }
    status, said = close(browser, order, **told)
    assert (status, "oplysning om helbred" in said) == (422, True)
    assert close(browser, order, **told, withdrawn__words_seen="on")[0] == 302


# Changes


def test_a_change_is_saved_and_opens_coverage_when_it_could_admit_someone(
    browser: Client, order: Order
) -> None:
    orders.evidence(order)
    change = reverse("order_change", args=[order.pk])
    told = fields_of(browser.get(change).text)
    assert browser.post(change, told | {"title": "Lagerfolk"}).status_code == 302
    assert orders.again(order).covered_from_version == 1
    told = fields_of(browser.get(change).text)
    browser.post(change, told | {"asked-0-say": "remove"})
    now = orders.again(order)
    assert (now.title, now.requirements_version, now.covered_from_version) == ("Lagerfolk", 2, 2)
    said = browser.get(reverse("order", args=[order.pk])).text
    assert "Der skal søges igen på grund af et krav, der er fjernet eller sænket" in said
    assert "Jobordren er ændret: krav" in said


def test_two_people_at_once_are_told_and_see_both_texts(browser: Client, order: Order) -> None:
    change = reverse("order_change", args=[order.pk])
    mine = fields_of(browser.get(change).text)
    browser.post(change, mine | {"title": "Den andens titel"})
    late = browser.post(change, mine | {"title": "Min titel", "asked-0-say": "nice"})
    assert late.status_code == 422
    assert "En anden har gemt ændringer imens" in late.text
    assert "Den andens titel" in late.text
    assert fields_of(late.text)["title"] == "Min titel"
    assert orders.again(order).title == "Den andens titel"
    again = browser.post(change, fields_of(late.text))
    assert again.status_code == 302
    assert orders.again(order).title == "Min titel"


def test_saving_what_stands_there_changes_nothing(browser: Client, order: Order) -> None:
    change = reverse("order_change", args=[order.pk])
    before = orders.again(order).revision
    assert browser.post(change, fields_of(browser.get(change).text)).status_code == 302
    assert orders.again(order).revision == before


def test_wrong_input_in_a_change_comes_back(browser: Client, order: Order) -> None:
    change = reverse("order_change", args=[order.pk])
    told = fields_of(browser.get(change).text) | {"description": "y" * 5001}
    answer = browser.post(change, told)
    assert (answer.status_code, "højst være 5000 tegn" in answer.text) == (422, True)
    part = browser.post(
        change, told | {"do": "add", "add_words": "Kørekort B"}, headers={"HX-Request": "true"}
    )
    assert (part.status_code, "<html" in part.text) == (200, False)


def test_a_closed_order_is_reopened_before_it_is_changed(browser: Client, order: Order) -> None:
    orders.a_word(order, "WITHDRAWN", openings=3)
    orders.closed(order, withdrawn=3)
    change = reverse("order_change", args=[order.pk])
    assert browser.get(change)["Location"] == reverse("order", args=[order.pk])


def test_every_page_stands_in_english_too(browser: Client, order: Order, anne: User) -> None:
    with setting_up():
        User.objects.filter(pk=anne.pk).update(language="en")
    for name in ("order", "order_leads", "order_close", "order_change"):
        page = browser.get(reverse(name, args=[order.pk]))
        assert page.status_code == 200
        assert '<html lang="en">' in page.text
    assert "Ordinary job" in browser.get(address(order)).text
