"""Every page is closed until a door opens it, and the door looks at today's roles."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.accounts import factories as accounts
from tests.core.factories import setting_up
from tests.network import factories as network
from tests.web.conftest import SignIn
from tvaers.accounts.models import Appointment, Role
from tvaers.network.models import Office

OPEN = {
    *("sign_in", "sign_out", "choose_language", "demo_sign_in", "mailbox"),
    *("answer_link", "candidate_link", "company_link", "letter_link", "mine_link"),
    *("alive", "ready", "metrics"),
    *("vacancies", "vacancy", "vacancies_rss", "vacancies_atom", "sitemap", "robots"),
}
"""Signed links carry their own key."""


def every_page() -> list[URLPattern]:
    found = []
    waiting = list(get_resolver().url_patterns)
    while waiting:
        item = waiting.pop()
        if isinstance(item, URLPattern):
            found.append(item)
        else:
            waiting += item.url_patterns
    return found


@pytest.mark.parametrize("page", every_page(), ids=lambda page: str(page.name))
def test_a_page_is_closed_unless_it_says_so(page: URLPattern) -> None:
    assert getattr(page.callback, "login_required", True) == (page.name not in OPEN)


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_the_sign_in_page_and_back() -> None:
    answer = Client().get(reverse("tasks"))
    assert answer["Location"] == "/log-ind/?next=/"


def test_a_role_that_ended_yesterday_opens_nothing_and_the_page_says_why(
    signed_in: SignIn, koege: Office
) -> None:
    browser = signed_in()
    assert browser.get(reverse("tasks")).status_code == 200
    with setting_up():
        Appointment.objects.update(ends_on=date(2026, 3, 1))
    answer = browser.get(reverse("tasks"))
    assert answer.status_code == 403
    assert "Du har ingen rolle ved noget kontor i dag." in answer.text


def test_who_works_at_two_offices_chooses_one(signed_in: SignIn, koege: Office) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    someone = accounts.user("Bo Friis")
    browser = signed_in(user=someone)
    accounts.appoint(someone, greve, Role.MANAGER)
    assert browser.get(reverse("tasks"))["Location"] == reverse("choose_office")
    assert "Greve virksomhedsindgang" in browser.get(reverse("choose_office")).text
    browser.post(reverse("choose_office"), {"office": greve.pk})
    assert "<strong>Greve virksomhedsindgang</strong>" in browser.get(reverse("tasks")).text


def test_nobody_chooses_an_office_they_have_no_role_at(signed_in: SignIn) -> None:
    other = network.office()
    answer = signed_in().post(reverse("choose_office"), {"office": other.pk})
    assert answer.status_code == 403


def test_a_view_reads_as_its_office_and_leaves_no_trace_of_it(
    signed_in: SignIn, koege: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def note(*_args: object, **_named: object) -> tuple[()]:
        with connection.cursor() as cursor:
            cursor.execute("select tvaers_office(), current_setting('tvaers.actor', true)")
            seen.append(cursor.fetchone())
        return ()

    monkeypatch.setattr("tvaers.web.pages.tasks.my_tasks", note)
    signed_in().get(reverse("tasks"))
    assert seen[0][0] == koege.pk
    assert not seen[0][1]


def test_no_machine_on_the_way_keeps_a_page(signed_in: SignIn) -> None:
    assert "private" in signed_in().get(reverse("tasks"))["Cache-Control"]


def test_an_unknown_address_gets_a_page_in_plain_words(signed_in: SignIn) -> None:
    answer = signed_in().get("/findes-ikke/")
    assert answer.status_code == 404
    assert "Siden findes ikke" in answer.text


@pytest.mark.django_db
def test_a_forged_form_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("sign_in"), {})
    assert answer.status_code == 403
    assert "Siden har været åben for længe" in answer.text


@pytest.mark.django_db
def test_a_page_loads_nothing_from_elsewhere() -> None:
    answer = Client().get(reverse("sign_in"))
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "style=" not in answer.text
    assert settings.STATIC_URL in answer.text


@pytest.mark.django_db
def test_a_part_of_a_page_that_meets_a_closed_door_moves_the_whole_window() -> None:
    answer = Client().get(reverse("companies"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/log-ind/")
    assert not answer.content


def test_what_breaks_is_said_in_plain_words_without_asking_the_database(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: object, **_named: object) -> None:
        raise RuntimeError("broken for the test")

    monkeypatch.setattr("tvaers.web.pages.tasks.my_tasks", break_down)
    browser = signed_in()
    browser.raise_request_exception = False
    answer = browser.get(reverse("tasks"))
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.text
