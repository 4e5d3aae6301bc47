"""The link in the mail: seen without sign-in, answered in three clicks, harmless to scanners."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE
from tests.web.browser import PHONE, OpenPage, troubles_at_every_width
from tvaers.audit.models import Change, Look
from tvaers.circulation import operations as circulation
from tvaers.circulation.answering import Named
from tvaers.circulation.models import Answer, Request
from tvaers.links.models import Link
from tvaers.links.tokens import token_of
from tvaers.orders.models import Order
from tvaers.orders.queries import coverage
from tvaers.web import attempts, clock
from tvaers.web.models import FailedSignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


@pytest.fixture
def request_to_greve(region: Sjaelland, order: Order) -> Request:
    made = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return made.requests.get()


@pytest.fixture
def address(request_to_greve: Request) -> str:
    return reverse("answer_link", args=[token_of(Link.objects.get(about=request_to_greve.pk))])


def form_of(client: Client, address: str) -> dict[str, str]:
    initial = client.get(address).context["form"].initial
    return {"answer_key": str(initial["answer_key"]), "reason": str(initial["reason"])}


def test_the_order_and_the_number_of_hits_are_seen_and_no_name(
    client: Client, region: Sjaelland, address: str
) -> None:
    region.person(GREVE, name="Ida Prøvesen")
    page = client.get(address)
    text = re.sub(r"<[^>]+>|\s+", " ", page.content.decode())
    assert "Lagermedarbejdere til Køge" in text
    assert re.search(r"1\s+af jeres egne kandidater", text)
    assert "Ida" not in text
    assert page["Cache-Control"] == "private, no-store"
    assert not Look.objects.exists()


def test_nobody_is_answered_with_the_form_alone(client: Client, order: Order, address: str) -> None:
    form = form_of(client, address)
    assert form["reason"] == "NO_HITS"
    page = client.post(address, form, follow=True)
    assert "I behøver ikke gøre mere" in page.content.decode()
    given = Answer.objects.get()
    assert (given.kind, given.via, given.user) == ("NOBODY", "LINK", None)
    assert GREVE in coverage(order.pk).covered


def test_two_clicks_on_the_button_are_one_answer(client: Client, address: str) -> None:
    form = form_of(client, address)
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    assert Answer.objects.count() == 1


def test_a_reason_is_asked_for_when_there_are_hits(
    client: Client, region: Sjaelland, address: str
) -> None:
    region.person(GREVE)
    page = client.post(address, form_of(client, address))
    assert page.status_code == 422
    assert "Vælg, hvorfor ingen er egnede" in page.content.decode()
    assert not Answer.objects.exists()


def test_a_mail_scanner_changes_nothing(client: Client, address: str) -> None:
    before = Change.objects.count()
    for visit in (client.get, client.head, client.options):
        for _ in range(3):
            visit(address)
    assert Change.objects.count() == before
    assert not Answer.objects.exists()
    assert not FailedSignIn.objects.exists()


def test_the_link_leads_to_sign_in_and_back(
    client: Client, region: Sjaelland, request_to_greve: Request, address: str
) -> None:
    answer = reverse("answer", args=[request_to_greve.pk])
    page = client.get(address).content.decode()
    assert f'href="/log-ind/?next={answer}"' in page
    assert f'name="next" value="{answer}"' in client.get(f"/log-ind/?next={answer}").text


def test_an_answer_with_candidates_is_not_undone_by_the_link(
    client: Client, region: Sjaelland, request_to_greve: Request, address: str
) -> None:
    form = form_of(client, address)
    circulation.answer(
        request_id=request_to_greve.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=region.person(GREVE).pk)],
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    assert '<form method="post" novalidate' not in client.get(address).content.decode()
    page = client.post(address, form | {"reason": "NO_HITS"})
    assert page.status_code == 422
    assert "Log ind for at ændre" in page.content.decode()
    assert Answer.objects.get().kind == "CANDIDATES"


def test_an_expired_link_says_so(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=60))
    page = client.get(address)
    assert (page.status_code, "Linket er udløbet" in page.content.decode()) == (410, True)


def test_a_withdrawn_link_says_so(
    client: Client, region: Sjaelland, request_to_greve: Request, address: str
) -> None:
    circulation.withdraw(
        circulation_id=request_to_greve.circulation_id, by=region.lead.actor, at=MONDAY
    )
    for page in (client.get(address), client.post(address, {"reason": "NO_HITS"})):
        assert page.status_code == 410
    assert not Answer.objects.exists()


def test_guessing_links_must_wait(client: Client, address: str) -> None:
    for number in range(attempts.PER_ADDRESS):
        assert client.get(reverse("answer_link", args=[f"{number}~x"])).status_code == 410
    assert client.get(reverse("answer_link", args=["one~more"])).status_code == 429


def test_a_link_takes_a_limited_number_of_forms(client: Client, address: str) -> None:
    form = form_of(client, address)
    answers = [client.post(address, form).status_code for _ in range(attempts.PER_LINK + 1)]
    assert answers == [302] * attempts.PER_LINK + [429]


def test_nobody_takes_three_clicks_on_a_phone(
    open_page: OpenPage, region: Sjaelland, address: str
) -> None:
    region.person(GREVE)
    page = open_page(address, width=PHONE)  # the first click, in the mail
    found = troubles_at_every_width(page, "svar-link")
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.get_by_label("De mulige kandidater ønsker ikke jobbet").check()
    page.click("button:has-text('Ingen egnede')")
    expect(page.get_by_text("I behøver ikke gøre mere")).to_be_visible()
    assert found + troubles_at_every_width(page, "svar-link-givet") == []
    assert Answer.objects.get().reason == "NOT_INTERESTED"
