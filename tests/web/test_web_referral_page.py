"""A referral's page: what the lead does, and what only the candidate's own office does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE
from tests.web.browser import OpenPage, troubles_at_every_width
from tvaers.accounts.models import User
from tvaers.accounts.readers import Reader
from tvaers.messages.models import Message
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Reason, Referral

pytestmark = pytest.mark.django_db
KEY = "9b1c0c44-9f0d-4c51-8c2e-000000000001"


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def referral(region: Sjaelland) -> Referral:
    """Ida from Greve is proposed for an order in Køge, which does not know who she is."""
    ida = region.person(GREVE, name="Ida Prøvesen", email="ida@example.dk")
    order = an_order(region.lead)
    return referrals.propose(order_id=order.pk, person_id=ida.pk, by=region.lead.actor, at=MONDAY)


def browser_of(reader: Reader) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=reader.user_id))
    return client


def page_of(referral: Referral) -> str:
    return reverse("referral", args=[referral.pk])


def test_the_lead_asks_by_mail_and_sees_how_the_mail_stands(
    region: Sjaelland, referral: Referral
) -> None:
    lead = browser_of(region.lead)
    for _ in range(2):
        lead.post(page_of(referral), {"action": "ask", "ask-how": "MAIL"})
    assert Message.objects.get().kind == "CANDIDATE_ASKED"
    page = lead.get(page_of(referral)).content.decode()
    assert "sendes om lidt" in page
    assert "ida@example.dk" not in page


def test_an_ended_referral_says_why_and_waits_for_no_answer(
    region: Sjaelland, referral: Referral
) -> None:
    lead = browser_of(region.lead)
    lead.post(page_of(referral), {"action": "ask", "ask-how": "MAIL"})
    assert "Svar fra kandidaten" in lead.get(page_of(referral)).content.decode()
    referrals.reject(
        referral_id=referral.pk, reason=Reason.FOUND_OTHER_JOB, by=region.lead.actor, at=MONDAY
    )
    page = lead.get(page_of(referral)).content.decode()
    assert "Svar fra kandidaten" not in page
    assert str(Reason.FOUND_OTHER_JOB.label) in page


def test_the_lead_writes_to_someone_unknown(region: Sjaelland, referral: Referral) -> None:
    lead = browser_of(region.lead)
    for _ in range(2):
        sent = {"action": "write", "write-words": "Kan du møde kl. 6?", "write-letter_key": KEY}
        lead.post(page_of(referral), sent)
    assert Message.objects.filter(kind="CANDIDATE_LETTER").count() == 1
    page = lead.get(page_of(referral)).content.decode()
    assert "Kan du møde kl. 6?" in page
    assert "Ida" not in page


def test_only_the_home_office_is_offered_to_bind(region: Sjaelland, referral: Referral) -> None:
    button = "Send henvisningen"
    assert button not in browser_of(region.lead).get(page_of(referral)).content.decode()
    home = browser_of(region.consultant(GREVE))
    assert button in home.get(page_of(referral)).content.decode()
    by = (MONDAY + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    home.post(page_of(referral), {"action": "bind", "bind-apply_by": by})
    referral.refresh_from_db()
    assert referral.apply_by == MONDAY + timedelta(days=2)
    # Presenting stays the lead's.
    assert "Præsentér for virksomheden" not in home.get(page_of(referral)).content.decode()


def test_an_office_that_is_not_concerned_sees_nothing(
    region: Sjaelland, referral: Referral
) -> None:
    stranger = browser_of(region.consultant(ROSKILDE))
    assert stranger.get(page_of(referral)).status_code == 403


def test_the_page_in_a_browser(open_page: OpenPage, region: Sjaelland, referral: Referral) -> None:
    by, at = region.consultant(GREVE), MONDAY
    referrals.ask(referral_id=referral.pk, by=by.actor, at=at)
    referrals.write(
        referral_id=referral.pk, words="Kan du møde kl. 6?", letter_key=KEY, by=by.actor, at=at
    )
    page = open_page(page_of(referral), as_user=browser_of(by))
    for fold in page.locator("details.fold").all():
        fold.locator("summary").click()
    assert troubles_at_every_width(page, "formidling") == []
