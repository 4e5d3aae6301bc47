"""The ads of an order: put up, changed, called about and taken down by those who lead it."""

from datetime import date
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import setting_up
from tests.orders.factories import a_word, closed, evidence, lead_of
from tests.postings.factories import a_call, a_followed_ad, a_posting, again
from tests.web.conftest import DOOR
from tests.web.order_scene import address
from tvaers.companies.models import Company
from tvaers.orders.models import Order, Subject
from tvaers.postings import operations
from tvaers.postings.models import Posting

pytestmark = pytest.mark.django_db


def page_of(posting: Posting) -> str:
    return reverse("posting", args=[posting.pk])


def typed(**fields: Any) -> dict[str, Any]:
    """The one form on the order's page, as a browser sends it."""
    told = {
        "whose": "OURS",
        "title": "Lagermedarbejder til natholdet",
        "text": "Vi søger tre til natholdet.",
        "apply_via": "LINK",
        "apply_to": "https://lager.example/job/7",
        "apply_by": "2026-03-20",
        "expires_on": "2026-03-27",
        "post_key": str(uuid4()),
    } | fields
    return {"action": "post"} | {f"post-{name}": value for name, value in told.items()}


def sent(action: str, **fields: Any) -> dict[str, Any]:
    return {"action": action} | {f"{action}-{name}": value for name, value in fields.items()}


def test_the_page_offers_what_the_order_says_already(browser: Client, order: Order) -> None:
    html = browser.get(address(order)).text
    assert "Stillingen er ikke slået op." in html
    assert 'name="post-title" value="Lagermedarbejder"' in html
    assert "Tre lagermedarbejdere med gaffeltruckcertifikat B." in html


def test_an_order_is_posted_by_one_form_and_two_clicks_give_one(
    browser: Client, order: Order
) -> None:
    form = typed()
    for _ in range(2):
        assert browser.post(address(order), form).status_code == 302
    posting = Posting.objects.get()
    html = browser.get(address(order)).text
    assert page_of(posting) in html
    assert "Stillingen er slået op" in html
    public = Client().get(reverse("vacancy", args=[posting.public_id]))
    assert "Vi søger tre til natholdet." in public.text


def test_the_companys_own_ad_is_registered_by_the_same_form(browser: Client, order: Order) -> None:
    browser.post(address(order), typed(whose="COMPANYS", apply_to="https://avis.example/9"))
    assert Posting.objects.get().whose == "COMPANYS"
    assert "Virksomhedens egen annonce" in browser.get(address(order)).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "Ring til 010190-1234"}, "Her står et CPR-nummer."),
        ({"title": "Til en sygemeldt"}, "kan være en oplysning om helbred"),
        ({"apply_to": "javascript:alert(1)"}, "Skriv det link, der begynder med https://"),
        ({"apply_by": "2026-03-28"}, "Ansøgningsfristen ligger efter"),
        ({"apply_by": "2026-02-01"}, "En af dagene er passeret."),
        ({"title": "x" * 101}, "højst"),
    ],
)
def test_what_cannot_stand_comes_back_with_what_was_typed(
    browser: Client, order: Order, fields: dict[str, str], said: str
) -> None:
    answer = browser.post(address(order), typed(**fields))
    assert answer.status_code == 422
    assert said in answer.text
    assert "https://lager.example/job/7" in answer.text or "apply_to" in fields
    assert not Posting.objects.exists()


def test_a_health_word_may_stand_when_the_writer_says_so(browser: Client, order: Order) -> None:
    form = typed(text="Du hjælper sygemeldte tilbage til job.") | {"post-text_seen": "on"}
    assert browser.post(address(order), form).status_code == 302


def test_a_company_in_conflict_gets_no_form(browser: Client, order: Order) -> None:
    with setting_up():
        Company.objects.filter(pk=order.company_id).update(in_conflict=True)
    assert "post-title" not in browser.get(address(order)).text
    browser.post(address(order), typed())
    assert not Posting.objects.exists()


def test_who_does_not_lead_sees_it_and_changes_nothing(stranger: Client, order: Order) -> None:
    posting = a_posting(order)
    html = stranger.get(page_of(posting)).text
    assert "Ingen opkald venter." not in html
    assert 'name="action"' not in html
    stranger.post(page_of(posting), sent("withdraw"))
    assert again(posting).withdrawn_at is None
    assert stranger.get(reverse("posting_jobnet_file", args=[posting.pk])).status_code == 403


def test_a_call_is_written_down_and_extends_the_ad(browser: Client, order: Order) -> None:
    posting = a_posting(order)
    form = sent(
        "call",
        reason="EXPIRY",
        outcome="EXTENDED",
        extended_to="2026-04-24",
        with_whom="Hanne Vestergaard",
        words="Ingen egnede endnu.",
        call_key=str(uuid4()),
    )
    for _ in range(2):
        assert browser.post(page_of(posting), form).status_code == 302
    assert again(posting).expires_on == date(2026, 4, 24)
    html = browser.get(page_of(posting)).text
    assert "Opslaget forlænges" in html
    assert "Ingen egnede endnu." in html
    assert posting.calls.count() == 1
    assert "Ingen egnede endnu." in browser.get(reverse("company", args=[order.company_id])).text


def test_a_closed_order_has_no_late_calls(browser: Client, order: Order) -> None:
    posting = a_posting(order)
    assert "Ring, før opslaget udløber" in browser.get(page_of(posting)).text
    evidence(order)
    a_word(order, Subject.NOT_WIDER)
    closed(order, unfilled=order.openings)
    html = browser.get(page_of(posting)).text
    assert "Ring, før opslaget udløber" not in html
    assert "Ingen opkald venter." in html


def test_the_outcome_of_a_call_needs_its_speaker(browser: Client, order: Order) -> None:
    form = sent("call", reason="EXPIRY", outcome="UNCHANGED", call_key=str(uuid4()))
    answer = browser.post(page_of(a_posting(order)), form)
    assert answer.status_code == 422
    assert "Skriv, hvem hos virksomheden du talte med." in answer.text


def test_jobnets_number_and_the_numbers_of_applications_are_kept(
    browser: Client, order: Order
) -> None:
    posting = a_posting(order, apply_via="OFFICE", apply_to="")
    browser.post(page_of(posting), sent("jobnet", number="5301234", expires_on="2026-03-25"))
    browser.post(page_of(posting), sent("applications", received=9, screened=5, shortlisted=2))
    html = browser.get(page_of(posting)).text
    assert "5301234" in html
    assert "9 modtaget · 5 screenet · 2 udvalgt" in html
    answer = browser.post(
        page_of(posting), sent("applications", received=1, screened=5, shortlisted=2)
    )
    assert "Der kan ikke være screenet flere" in answer.text


def test_an_ad_is_changed_and_taken_down(browser: Client, order: Order) -> None:
    posting = a_posting(order)
    form = {name.replace("post", "change", 1): value for name, value in typed().items()}
    browser.post(page_of(posting), form | {"action": "change", "change-title": "Natholdet"})
    assert again(posting).title == "Natholdet"
    browser.post(page_of(posting), sent("withdraw"))
    html = browser.get(page_of(posting)).text
    assert "Taget ned" in html
    assert 'name="action"' not in html


def test_of_the_companys_own_ad_only_link_and_dates_change(browser: Client, order: Order) -> None:
    ad = a_followed_ad(order)
    html = browser.get(page_of(ad)).text
    assert "change-text" not in html
    assert "jobnet" not in html
    browser.post(
        page_of(ad),
        sent(
            "change",
            title="Lager",
            apply_to="https://avis.example/10",
            apply_by="2026-04-01",
            expires_on="2026-04-01",
        ),
    )
    assert (again(ad).apply_to, again(ad).whose) == ("https://avis.example/10", "COMPANYS")


def test_the_file_for_jobnet_is_in_the_services_shape(browser: Client, order: Order) -> None:
    posting = a_posting(
        order, text="Søg & få <job> 🚚", apply_by=date(2026, 6, 1), expires_on=date(2026, 6, 30)
    )
    answer = browser.get(reverse("posting_jobnet_file", args=[posting.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="jobnet-{posting.pk}.xml"'
    root = ElementTree.fromstring(answer.content)
    said = {
        name: root.findtext(name)
        for name in (
            "PublishStartDate",
            "PublishEndDate",
            "HiringOrganizationDetails/CvrNumber",
            "HiringOrganizationDetails/AddressStructure/MunicipalityCode",
            "ApplicationDetails/LastDateApplication",
            "ApplicationDetails/ApplicationMethods/ApplyOnline",
            "JobDetails/Title",
            "JobDetails/Description",
            "JobDetails/NumberOfPositions",
            "JobDetails/Classification/JobType",
            "JobDetails/Schedule/WeeklyWorkTimeTypes",
        )
    }
    assert list(said.values()) == [
        "2026-03-02",
        "2026-04-27",
        order.company.cvr,
        "0259",
        "2026-06-01",
        "https://lager.example/job/7",
        "Lagermedarbejder til natholdet",
        "Søg & få <job> 🚚",
        "3",
        "Normal",
        "FullTime",
    ]
    assert "Hanne" not in answer.text


def test_no_file_of_the_companys_own_ad_nor_of_nothing(browser: Client, order: Order) -> None:
    for number in (a_followed_ad(order).pk, 0):
        assert browser.get(reverse("posting_jobnet_file", args=[number])).status_code == 404
    assert browser.get(reverse("posting", args=[0])).status_code == 404


def test_the_page_asks_as_often_however_many_calls(
    browser: Client, order: Order, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    posting = a_posting(order)
    for _ in range(2):
        a_call(posting, "NOT_REACHED", with_whom="")
        a_followed_ad(order, apply_to=f"https://avis.example/{uuid4()}")
        browser.get(page_of(posting))
        with django_assert_num_queries(DOOR + 3):
            browser.get(page_of(posting))


def test_mine_opgaver_leads_to_the_ad(browser: Client, order: Order) -> None:
    posting = a_posting(order, apply_by=date(2026, 3, 4), expires_on=date(2026, 3, 6))
    html = browser.get(reverse("tasks")).text
    assert "Ring om opslaget" in html
    assert "Opslaget udløber 6. marts 2026" in html
    assert page_of(posting) in html
    operations.withdraw(posting_id=posting.pk, by=lead_of(order), at=posting.published_at)
    assert "Ring om opslaget" not in browser.get(reverse("tasks")).text
