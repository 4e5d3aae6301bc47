"""Ordlister: sources, editions and counts, for those who look after the house."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import MONDAY, setting_up
from tests.web.browser import OpenPage, troubles_at_every_width
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Role
from tvaers.network.models import Office
from tvaers.taxonomy.models import Source, WordList

pytestmark = pytest.mark.django_db


def an_edition(source: Source = Source.ESCO, version: str = "1.2.0") -> WordList:
    with setting_up():
        return WordList.objects.create(
            source=source,
            version=version,
            files=[{"name": "occupations_da.csv", "rows": 3039, "sha256": "0" * 64}],
            counts={"occupations": 3039, "skills": 13939},
            digest="0" * 64,
            taken_at=MONDAY,
        )


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.PARTNER])
def test_it_is_for_those_who_look_after_the_house(
    signed_in: SignIn, koege: Office, role: Role
) -> None:
    assert signed_in(role).get(reverse("word_lists")).status_code == 403


def test_without_lists_our_own_words_are_shown(signed_in: SignIn, koege: Office) -> None:
    page = signed_in(Role.COORDINATOR).get(reverse("word_lists")).content.decode()
    assert "Ingen lister er læst ind." in page
    assert "kørekort" in page
    assert "ESCO-klassifikation" not in page


def test_each_edition_says_where_it_is_from(
    signed_in: SignIn, koege: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for version in ("1.1.1", "1.2.0"):
        an_edition(version=version)
    an_edition(Source.STAR, "")
    browser = signed_in(Role.ADMINISTRATOR)
    browser.get(reverse("word_lists"))
    with django_assert_num_queries(DOOR + 2):
        page = browser.get(reverse("word_lists")).content.decode()
    assert (page.count("I brug"), page.count("Afløst")) == (2, 1)
    assert "3039 stillinger" in page
    assert "Ikke oplyst" in page
    assert "bruger Europa-Kommissionens ESCO-klassifikation" in page


def test_the_page_in_a_browser(open_page: OpenPage, signed_in: SignIn, koege: Office) -> None:
    an_edition(version="1.1.1")
    an_edition()
    an_edition(Source.STAR, "")
    page = open_page(reverse("word_lists"), as_user=signed_in(Role.MANAGER))
    assert troubles_at_every_width(page, "word-lists") == []
