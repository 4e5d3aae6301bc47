"""Postkasse in the demo, and the administrator's list of mails that were given up."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.core.factories import MONDAY, SETUP
from tests.messages.factories import a_message
from tests.web.browser import OpenPage, troubles_at_every_width
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Role
from tvaers.messages import operations
from tvaers.messages.caught import Backend
from tvaers.messages.lifecycle import Failure
from tvaers.messages.models import CaughtMail, Message
from tvaers.network.models import Office

pytestmark = pytest.mark.django_db


def caught(number: int = 1) -> EmailMessage:
    return EmailMessage(
        subject=f"Mail {number}",
        body="Svar her:\n\nhttp://127.0.0.1:8000/svar/link/abc/\n",
        to=["koege@example.dk"],
        headers={
            "Message-ID": f"<{number}@tvaers>",
            "Date": "Mon, 02 Mar 2026 09:00:00 +0100",
        },
    )


def given_up(office: Office, *, failure: Failure = Failure.REFUSED) -> Message:
    one = a_message(kind="REQUEST", email="", to_office_id=office.pk)
    operations.mark_failed(message_id=one.pk, failure=failure, by=SETUP, at=MONDAY)
    return one


def test_the_letter_box_has_links_to_click(client: Client, settings: Settings) -> None:
    settings.TVAERS_DEMO = True
    Backend().send_messages([caught()])
    page = client.get(reverse("mailbox")).content.decode()
    assert '<a href="http://127.0.0.1:8000/svar/link/abc/"' in page
    assert "koege@example.dk" in page


def test_who_is_signed_in_keeps_the_menu(signed_in: SignIn, settings: Settings) -> None:
    settings.TVAERS_DEMO = True
    page = signed_in().get(reverse("mailbox")).content.decode()
    assert 'href="/postkasse/" aria-current="page"' in page


def test_a_mail_sent_twice_is_shown_once() -> None:
    for _ in range(2):
        Backend().send_messages([caught()])
    assert CaughtMail.objects.get().at == MONDAY


def test_there_is_no_letter_box_outside_the_demo(client: Client, signed_in: SignIn) -> None:
    assert client.get(reverse("mailbox")).status_code == 404
    assert "Postkasse" not in signed_in().get(reverse("tasks")).content.decode()


def test_the_letter_box_asks_as_much_for_many_mails(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.TVAERS_DEMO = True
    Backend().send_messages([caught(number) for number in range(30)])
    with django_assert_num_queries(4):
        page = client.get(reverse("mailbox"))
    assert page.content.decode().count("<details") == 25


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_others_do_not_see_the_mails(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role).get(reverse("outbox")).status_code == 403


def test_what_was_given_up_is_listed_with_why_and_sent_again(
    signed_in: SignIn, koege: Office
) -> None:
    one, browser = given_up(koege), signed_in(Role.ADMINISTRATOR)
    page = browser.get(reverse("outbox")).content.decode()
    for words in (koege.name, "Ny jobordre at svare på", "afviser adressen"):
        assert words in page
    sent = {"action": "again", "again-message_id": one.pk}
    page = browser.post(reverse("outbox"), sent, follow=True).content.decode()
    assert "Mailen bliver sendt igen om lidt" in page
    assert "Ingen mails er opgivet" in page
    assert operations.claim(at=MONDAY) == one


def test_sending_again_twice_is_sending_once(signed_in: SignIn, koege: Office) -> None:
    one, browser = given_up(koege), signed_in(Role.ADMINISTRATOR)
    sent = {"action": "again", "again-message_id": one.pk}
    for _ in range(2):
        assert browser.post(reverse("outbox"), sent).status_code == 302
    one.refresh_from_db()
    assert (one.attempts, one.next_try_at) == (0, MONDAY)


def test_the_list_asks_as_much_for_many_mails(
    signed_in: SignIn, koege: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        given_up(koege)
    browser = signed_in(Role.ADMINISTRATOR)
    browser.get(reverse("outbox"))
    with django_assert_num_queries(DOOR + 3):
        browser.get(reverse("outbox"))


def test_both_pages_in_a_browser(
    open_page: OpenPage, signed_in: SignIn, koege: Office, settings: Settings
) -> None:
    settings.TVAERS_DEMO = True
    given_up(koege)
    a_message()
    Backend().send_messages([caught(number) for number in range(3)])
    browser = signed_in(Role.ADMINISTRATOR)
    page = open_page(reverse("outbox"), as_user=browser)
    found = troubles_at_every_width(page, "mails")
    page = open_page(reverse("mailbox"), as_user=browser, page=page)
    page.click("summary >> nth=-1")
    assert found + troubles_at_every_width(page, "postkasse") == []
