"""A link opens one thing, for one purpose, until it expires or is withdrawn."""

from datetime import timedelta

import pytest
from django.core.signing import Signer

from tests.core.factories import MONDAY, SETUP
from tests.network.factories import office
from tvaers.audit.models import Change
from tvaers.links import operations
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import LinkRefused, Refusal, actor_of, opened, token_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def link() -> Link:
    new = operations.NewLink(
        purpose=Purpose.ANSWER, about=7, office_id=office().pk, expires_at=MONDAY + DAY
    )
    (made,) = operations.make(links=[new], by=SETUP, at=MONDAY)
    return made


def why_not(token: str, *, after: timedelta = timedelta()) -> Refusal:
    with pytest.raises(LinkRefused) as refused:
        opened(token, Purpose.ANSWER, at=MONDAY + after)
    return refused.value.reason


def test_a_link_opens_what_it_is_about(link: Link) -> None:
    assert opened(token_of(link), Purpose.ANSWER, at=MONDAY) == link
    assert actor_of(link).text == f"link:{link.pk}"
    assert actor_of(link).office_id == link.office_id


def test_opening_changes_nothing(link: Link) -> None:
    before = Change.objects.count()
    for _ in range(3):
        opened(token_of(link), Purpose.ANSWER, at=MONDAY)
    assert Change.objects.count() == before


def test_a_link_expires(link: Link) -> None:
    assert why_not(token_of(link), after=DAY) == Refusal.EXPIRED


def test_a_link_can_be_withdrawn(link: Link) -> None:
    operations.withdraw(purpose=Purpose.ANSWER, about=[7], by=SETUP, at=MONDAY)
    assert why_not(token_of(link)) == Refusal.WITHDRAWN


def test_a_forged_link_opens_nothing(link: Link) -> None:
    token = token_of(link)
    for wrong in ("", "abc", token[:-1], token.replace("~", ""), f"{link.public_id.hex}~abc"):
        assert why_not(wrong) == Refusal.FORGED


def test_a_signature_for_another_purpose_opens_nothing(link: Link) -> None:
    other = Signer(salt="tvaers.links.OTHER", sep="~").sign(link.public_id.hex)
    assert why_not(other) == Refusal.FORGED
