"""A part of the hits, another rule, and a file of them."""

import re
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.web.test_web_search import (
    ASKED,
    GREVES,
    WEIGHTS,
    browser_of,
    excel,
    need_requirements,
    search,
    settle,
    shown,
)
from tvaers.audit.models import Look, LookKind
from tvaers.core.actor import Actor, ActorKind
from tvaers.matching.models import Search
from tvaers.matching.saving import look_for_new
from tvaers.orders.models import Order
from tvaers.orders.need import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def lead(region: Sjaelland) -> Client:
    return browser_of(region.lead.user_id)


@pytest.fixture
def order(region: Sjaelland) -> Order:
    """Excel is an advantage."""
    asked = Asked(kind="SKILL", text="Excel", must=False, concept=excel())
    return an_order(region.lead, requirements=(*need_requirements(region), asked))


def facet(page: str, text: str) -> tuple[str, int]:
    """Where a facet leads, and its count."""
    found = re.search(rf'<a href="([^"]*)"[^>]*>{text}(?:(?!</li>).)*</a> <span>(\d+)</span>', page)
    assert found, text
    return found[1].replace("&amp;", "&"), int(found[2])


def test_facets_join_and_their_counts_are_of_all_hits(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    concepts = region.person(KOEGE).concepts
    for _ in range(27):
        region.person(GREVE, concepts=(*concepts, excel()))
    region.person(SOLROED, concepts=(*concepts, excel()))
    made = search(lead, order)
    page = shown(lead, made)
    assert facet(page, "Excel")[1] == facet(page, "Har alt, der er en fordel")[1] == 28
    assert facet(page, "Greve") == ("?kommune=0253", 27)
    address, _count = facet(page, "Excel")
    page = re.sub(r"\s+", " ", lead.get(reverse("search", args=[made.pk]) + address).text)
    assert facet(page, "Greve")[1] == 27
    assert facet(page, "Solrød")[1] == 1
    address, _count = facet(page, "Solrød")
    page = re.sub(r"\s+", " ", lead.get(reverse("search", args=[made.pk]) + address).text)
    assert len(re.findall(r'name="person"', page)) == 1
    assert facet(page, "Excel")[0] == f"?kommune={SOLROED}"


def test_another_rule_is_tried_from_the_result(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    made = search(lead, order, step="OWN")
    assert "Passer bedst · Kun dem, der vil rejse så langt · Stilling 25" in shown(lead, made)
    again = reverse("search_again", args=[made.pk])
    rule = {"ordering": "travel", "travel_limit": "none", **WEIGHTS}
    wrong = lead.post(again, rule | {"weight_travel": 99})
    assert wrong.status_code == 422
    assert "De skal give 100" in wrong.text
    assert lead.post(again, rule | {"extra": "Excel"}).status_code == 302
    new = Search.objects.latest("pk")
    assert (new.scope, new.settings["ordering"], new.narrowed) == (made.scope, "travel", True)
    assert 'value="Excel' in shown(lead, new)


def test_what_is_typed_is_completed(lead: Client, region: Sjaelland) -> None:
    address = reverse("search_suggest")
    assert "gaffeltruckcertifikat" in lead.get(address, {"extra": "gaffeltruckc"}).text.lower()
    joined = lead.get(address, {"extra": "Excel, gaffeltruckc"}).text
    assert '<option value="Excel, ' in joined
    assert lead.get(address, {"extra": ""}).text.strip() == ""
    assert Client().get(address, {"extra": "ga"}).status_code == 302


def sheets(answer: Any) -> list[list[list[Any]]]:
    book = python_calamine.load_workbook(BytesIO(answer.content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_the_file_holds_what_the_page_shows_and_is_a_look_at_each(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    own = region.person(KOEGE, name="Anna Bech", wanted_titles='=HYPERLINK("x")')
    strangers = [region.person(GREVE, name=GREVES) for _ in range(27)]
    made = search(lead, order)
    settle(lead, made, "NOT_REACHED", own)
    answer = lead.post(reverse("search_export", args=[made.pk]))
    assert answer["Content-Disposition"].endswith('.xlsx"')
    table, about = sheets(answer)
    assert "Personoplysninger. Kun til" in table[0][0]
    people = {row[1]: row for row in table[3:]}
    assert len(people) == 28
    assert people["Anna Bech"][2] == '=HYPERLINK("x")'
    assert people["Anna Bech"][11] == "Kan ikke træffes"
    assert f"Kandidat nr. {strangers[0].pk}" in people
    assert GREVES not in str(table)
    assert ["Personer", "28 af 28"] in [row[:2] for row in about]
    look = Look.objects.get(kind=LookKind.EXPORT)
    assert (look.order_id, look.purpose) == (order.pk, "export")
    assert set(look.person_ids) == {own.pk, *(one.pk for one in strangers)}


def test_the_file_is_of_the_facets_chosen_and_only_for_the_lead(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    region.person(KOEGE)
    in_greve = region.person(GREVE)
    made = search(lead, order)
    address = reverse("search_export", args=[made.pk])
    table, _about = sheets(lead.post(f"{address}?kommune={GREVE}"))
    assert [row[1] for row in table[3:]] == [f"Kandidat nr. {in_greve.pk}"]
    assert browser_of(region.consultant(GREVE).user_id).post(address).status_code == 403
    assert lead.get(address).status_code == 405


def test_a_saved_search_is_told_in_mine_opgaver_and_shows_who_is_new(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    region.person(KOEGE)
    made = search(lead, order)
    lead.post(reverse("search_save", args=[made.pk]))
    newcomer = region.person(GREVE)
    look_for_new(by=Actor(kind=ActorKind.JOB, label="new-hits"), at=MONDAY)
    tasks = lead.get(reverse("tasks")).text
    assert "1 ny passer til din gemte søgning" in tasks
    assert reverse("search", args=[made.pk]) in tasks
    assert "1 ny passer, siden du så søgningen" in shown(lead, made)
    assert "1 ny" in lead.get(reverse("saved_searches")).text
    answer = lead.post(reverse("search_again", args=[made.pk]), follow=True)
    assert f'id="p{newcomer.pk}"' in answer.text
    assert len(re.findall(r'name="person"', answer.text)) == 1
    assert "gemte søgning" not in lead.get(reverse("tasks")).text
    lead.post(reverse("search_forget", args=[Search.objects.latest("pk").pk]))
    assert "Du har ingen gemte søgninger." in lead.get(reverse("saved_searches")).text


def test_each_hard_rule_is_said_with_its_facts(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    made = search(lead, order, step="OWN")
    address = reverse("search_why", args=[made.pk])

    def why(**fields: Any) -> str:
        return lead.get(address, {"person": region.person(**fields).pk}).text

    assert "Mangler: gaffeltruckcertifikat B." in why(concepts=())
    assert "Hverken søger eller har haft arbejde som" in why(wanted=())
    assert "jobordren er på 37 timer om ugen" in why(hours_max=20)
    assert "Bopælen er Greve." in why(code=GREVE)
    assert "Kan ansættes i: fleksjob." in why(kinds=16)
    assert "personen vil rejse op til 5 min." in why(code=SOLROED, max_travel_minutes=5)
    fits = region.person()
    again = search(lead, order, step="OWN")
    place = lead.get(reverse("search_why", args=[again.pk]), {"person": fits.pk}).text
    assert "nr. 1 af 1" in place
    assert "Personen passer nu." in lead.get(address, {"person": fits.pk}).text


def test_a_group_of_near_misses_is_paged(region: Sjaelland, lead: Client, order: Order) -> None:
    for _ in range(27):
        region.person(GREVE, concepts=())
    made = search(lead, order)
    address = reverse("search_close", args=[made.pk])
    page = lead.get(address).text
    assert page.count('class="hit-head"') == 5
    assert "27 mangler kun gaffeltruckcertifikat B" in page
    link = re.search(r'href="(\?mangler=\d+)"', page)
    assert link
    assert lead.get(address + link[1]).text.count('class="hit-head"') == 25
    assert lead.get(f"{address}{link[1]}&page=2").text.count('class="hit-head"') == 2


def test_settings_of_the_form_are_those_that_were_used(lead: Client, order: Order) -> None:
    made = search(lead, order, **(ASKED | {"weight_travel": 30, "weight_skills": 10}))
    page = shown(lead, made)
    assert 'name="weight_travel" value="30"' in page
    assert "Kompetencer 10" in page
