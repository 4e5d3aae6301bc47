"""Ledige stillinger: read by anyone, machines too, and gone when they are gone."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network.factories import GREVE, KOEGE
from tests.orders import factories as orders
from tests.postings.factories import a_followed_ad, a_posting
from tvaers.companies.models import Company
from tvaers.core.paging import ROWS_PER_PAGE
from tvaers.orders.models import Order
from tvaers.postings import operations
from tvaers.postings.models import Posting
from tvaers.web import clock

pytestmark = pytest.mark.django_db
QUERIES = 7
"""Municipalities, schemes, the count, the rows and their places; the transaction, begun and ended.
"""
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
RECOMMENDED = {"validThrough", "employmentType", "identifier", "directApply"}
NASTY = "</script><script>alert(1)</script> Æblegård & Søn 🚚"


def an_order(name: str = "Køge Lager A/S", municipality: str = KOEGE, **fields: Any) -> Order:
    company = companies.company(name, workplaces=0)
    companies.workplace(company, municipality, address="Havnen 7", postcode="4600")
    return orders.an_order(company=company, **fields)


def page_of(posting: Posting) -> str:
    return reverse("vacancy", args=[posting.public_id])


def json_ld(html: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(found) == 1
    return dict(json.loads(found[0]))


def xml(client: Client, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(reverse(name)).content)


def test_a_job_says_what_googles_job_search_asks_for(client: Client) -> None:
    posting = a_posting(an_order(openings=3))
    said = json_ld(client.get(page_of(posting)).text)
    assert said.keys() >= REQUIRED | RECOMMENDED
    assert (said["@context"], said["@type"]) == ("https://schema.org/", "JobPosting")
    assert said["title"] == posting.title
    assert said["description"].startswith("<p>Vi søger tre til natholdet.</p>")
    assert said["datePosted"] == "2026-03-02"
    assert datetime.fromisoformat(said["validThrough"]).isoformat() == "2026-03-21T00:00:00+01:00"
    assert said["hiringOrganization"]["name"] == "Køge Lager A/S"
    assert said["jobLocation"][0]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Havnen 7",
        "postalCode": "4600",
        "addressLocality": "Køge",
        "addressRegion": said["jobLocation"][0]["address"]["addressRegion"],
        "addressCountry": "DK",
    }
    assert said["identifier"]["value"] == str(posting.public_id)
    assert said["employmentType"] == ["FULL_TIME"]
    assert (said["directApply"], said["totalJobOpenings"]) == (False, 3)
    assert said["url"].endswith(page_of(posting))


@pytest.mark.parametrize(
    ("need", "types"),
    [
        ({"hours_min": 20, "hours_max": 30}, ["PART_TIME"]),
        ({"hours_min": 30, "hours_max": 37}, ["FULL_TIME", "PART_TIME"]),
        ({"scheme": "traineeship"}, ["INTERN"]),
    ],
)
def test_hours_and_scheme_say_what_kind_of_work_it_is(
    client: Client, need: dict[str, Any], types: list[str]
) -> None:
    posting = a_posting(an_order(**need))
    assert json_ld(client.get(page_of(posting)).text)["employmentType"] == types


def test_no_text_ends_its_script_or_runs(client: Client) -> None:
    posting = a_posting(an_order(name="Søn & Co </script>"), title=NASTY[:100], text=NASTY)
    answer = client.get(page_of(posting))
    assert "<script>alert" not in answer.text
    said = json_ld(answer.text)
    assert said["title"] == NASTY
    assert "🚚" in said["description"]
    assert "&lt;/script&gt;" in said["description"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["vacancies_rss", "vacancies_atom"])
def test_feeds_can_be_read_whatever_the_text_holds(client: Client, name: str) -> None:
    posting = a_posting(an_order(), title="Tømrer & snedker 🔨", text=f"{NASTY}\x0b\x00")
    text = "".join(xml(client, name).itertext())
    assert "Tømrer & snedker 🔨 · Køge Lager A/S · Køge" in text
    assert f"urn:uuid:{posting.public_id}" in text


def test_the_feeds_and_the_map_hold_what_is_open_and_no_more(client: Client) -> None:
    here = a_posting(an_order())
    gone = a_posting(an_order())
    operations.withdraw(posting_id=gone.pk, by=orders.lead_of(gone.order), at=MONDAY)
    entry = xml(client, "vacancies_atom").find(f"{ATOM}entry/{ATOM}link")
    assert entry is not None
    assert entry.attrib["href"].endswith(page_of(here))
    assert len(xml(client, "vacancies_rss").findall("channel/item")) == 1
    places = [str(place.text) for place in xml(client, "sitemap").iter(f"{MAP}loc")]
    assert [place[-40:] for place in places[1:]] == [page_of(here)[-40:]]


def test_robots_are_told_where_to_go(client: Client, settings: Settings) -> None:
    settings.TVAERS_ADDRESS = "https://tvaers.example"
    text = client.get(reverse("robots")).text
    assert "Allow: /ledige-stillinger/\n" in text
    assert "Disallow: /\n" in text
    assert "Sitemap: https://tvaers.example/sitemap.xml\n" in text


def withdrawn(posting: Posting) -> None:
    operations.withdraw(posting_id=posting.pk, by=orders.lead_of(posting.order), at=MONDAY)


def expired(posting: Posting) -> None:
    with setting_up():
        day = date(2026, 3, 1)
        Posting.objects.filter(pk=posting.pk).update(apply_by=day, expires_on=day)


def company_in_conflict(posting: Posting) -> None:
    with setting_up():
        Company.objects.filter(pk=posting.order.company_id).update(in_conflict=True)


@pytest.mark.parametrize("end", [withdrawn, expired, company_in_conflict])
def test_what_is_gone_says_so_and_has_nothing_for_machines(client: Client, end: Any) -> None:
    posting = a_posting(an_order())
    end(posting)
    answer = client.get(page_of(posting))
    assert answer.status_code == 410
    assert "Stillingen er ikke længere ledig." in answer.text
    assert "ld+json" not in answer.text
    assert posting.text not in answer.text
    assert page_of(posting) not in client.get(reverse("vacancies")).text


def test_it_expires_by_itself_at_midnight(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    posting = a_posting(an_order())
    last = MONDAY + timedelta(days=25)
    for days, status in ((0, 200), (1, 410)):
        moment = last + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert client.get(page_of(posting)).status_code == status


def test_the_companys_own_ad_and_what_never_was_have_no_page(client: Client) -> None:
    assert client.get(page_of(a_followed_ad(an_order()))).status_code == 404
    unknown = reverse("vacancy", args=["6f1f7a43-0d8e-4d38-9a5b-000000000000"])
    assert client.get(unknown).status_code == 404


def test_nothing_internal_leaves_the_house(client: Client) -> None:
    order = an_order(internal_comment="Ring ikke til Hanne om fredagen")
    posting = a_posting(order, apply_via="OFFICE", apply_to="")
    for address in (page_of(posting), reverse("vacancies"), reverse("vacancies_rss")):
        text = client.get(address).text
        assert "Hanne" not in text
        assert order.lead.name not in text
        assert "20 30 40 50" not in text
    assert order.lead_office.name in client.get(page_of(posting)).text


@pytest.fixture
def three_jobs(db: None) -> None:
    a_posting(an_order("Køge Lager A/S"), title="Lagermedarbejder", text="Truck")
    a_posting(an_order("Greve Murer ApS", GREVE), title="Murer", text="Mursten")
    a_posting(
        an_order("Greve Kontor ApS", GREVE, scheme="wage_subsidy"), title="Kontor", text="Æsker"
    )


@pytest.mark.usefixtures("three_jobs")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Lagermedarbejder", "Murer", "Kontor"}),
        ("q=mursten", {"Murer"}),
        ("q=æsker+greve", {"Kontor"}),
        (f"municipality={GREVE}", {"Murer", "Kontor"}),
        ("scheme=wage_subsidy", {"Kontor"}),
        ("municipality=nonsens&scheme=intet", {"Lagermedarbejder", "Murer", "Kontor"}),
        ("q=findes-ikke", set()),
    ],
)
def test_the_list_is_narrowed_by_words_municipality_and_scheme(
    client: Client, query: str, found: set[str]
) -> None:
    text = client.get(f"{reverse('vacancies')}?{query}").text
    assert set(re.findall(r'/ledige-stillinger/[0-9a-f-]{36}/">([^<]+)</a>', text)) == found


def test_twenty_five_a_page_in_as_many_queries_as_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_posting(an_order())
    with django_assert_num_queries(QUERIES):
        client.get(reverse("vacancies"))
    for _ in range(ROWS_PER_PAGE):
        a_posting(an_order())
    with django_assert_num_queries(QUERIES):
        first = client.get(reverse("vacancies")).text
    assert first.count('class="hit-head"') == ROWS_PER_PAGE
    assert client.get(f"{reverse('vacancies')}?page=2").text.count('class="hit-head"') == 1


def test_a_form_cannot_be_sent_to_it(client: Client) -> None:
    assert client.post(reverse("vacancies")).status_code == 405
