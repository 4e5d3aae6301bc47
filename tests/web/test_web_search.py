"""Søg kandidater: who fits, why, and what became of each."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.factories import reader
from tests.candidates.factories import deliver
from tests.circulation.factories import Sjaelland, an_order, occupation, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.web.conftest import DOOR
from tvaers.accounts.models import Role, User
from tvaers.audit.models import Look, LookKind
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.matching.models import HitOutcome, Search
from tvaers.orders import operations as orders
from tvaers.orders.models import Order
from tvaers.orders.need import Asked
from tvaers.orders.queries import coverage, need_of
from tvaers.referrals.models import Referral, Release
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker

pytestmark = pytest.mark.django_db

WEIGHTS = {
    "weight_occupation": 25,
    "weight_skills": 25,
    "weight_experience": 10,
    "weight_travel": 15,
    "weight_availability": 10,
    "weight_credentials": 15,
}
ASKED = {"step": "ALLIANCE", "ordering": "fit", "travel_limit": "own", **WEIGHTS}
MOST_QUERIES = 26
"""Of the page of a search, those that bring the index up to date included."""
GREVES = "Ib Holm fra Greve"


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


@pytest.fixture
def lead(region: Sjaelland) -> Client:
    """The browser of the consultant in Køge who leads."""
    return browser_of(region.lead.user_id)


def browser_of(user_id: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


def search(browser: Client, order: Order, **asked: Any) -> Search:
    """A search made from the page."""
    answer = browser.post(reverse("order_search", args=[order.pk]), ASKED | asked)
    assert answer.status_code == 302, answer.text
    return Search.objects.latest("pk")


def shown(browser: Client, made: Search, **query: str) -> str:
    """The text of a search's page, blanks made one."""
    text = browser.get(reverse("search", args=[made.pk]), query).text
    return re.sub(r"\s+", " ", text)


def settle(browser: Client, made: Search, outcome: str, *people: Profile, **more: str) -> Any:
    form = {"person": [person.pk for person in people], "whom": "CHECKED", "outcome": outcome}
    return browser.post(reverse("search_outcomes", args=[made.pk]), form | more)


def excel() -> int:
    return linker().find("excel", kinds=[Kind.SKILL], top=1)[0][0]


def test_the_scope_is_a_step_of_the_ladder_or_chosen_by_hand(lead: Client, order: Order) -> None:
    assert search(lead, order, step="OWN").scope == [KOEGE]
    assert len(search(lead, order).scope) == 17
    by_hand = search(lead, order, step="HAND", municipalities=[GREVE, SOLROED])
    assert by_hand.scope == [GREVE, SOLROED]
    nowhere = lead.post(reverse("order_search", args=[order.pk]), ASKED | {"step": "HAND"})
    assert nowhere.status_code == 422
    assert "Vælg mindst én kommune." in nowhere.text


def test_weights_must_add_up_and_can_be_put_back(lead: Client, order: Order) -> None:
    page = reverse("order_search", args=[order.pk])
    wrong = lead.post(page, ASKED | {"weight_travel": 40})
    assert wrong.status_code == 422
    assert "Vægtene giver 125 tilsammen" in wrong.text
    back = lead.post(page, ASKED | {"weight_travel": 40, "step": "NATION", "reset": "1"})
    assert 'name="weight_travel" value="15"' in back.text
    assert re.search(r'value="NATION"[^>]*checked', back.text)
    other = search(lead, order, weight_travel=30, weight_skills=10)
    assert other.settings["weights"] == [250, 100, 100, 300, 100, 150]


def test_an_extra_requirement_narrows_and_is_no_evidence(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    region.deliver_everywhere()
    made = search(lead, order, extra="Excel")
    assert made.narrowed
    assert made.settings["extra"] == [excel()]
    assert not coverage(order.pk).covered
    assert "intet bevis for, at en kommune er dækket" in shown(lead, made)
    unknown = lead.post(reverse("order_search", args=[order.pk]), ASKED | {"extra": "xyzzyq"})
    assert "»xyzzyq« kendes ikke" in unknown.text


def test_a_hit_says_in_words_how_the_person_fits(region: Sjaelland, lead: Client) -> None:
    order = an_order(
        region.lead,
        requirements=(
            *need_requirements(region),
            Asked(kind="SKILL", text="Excel", must=False, concept=excel()),
        ),
    )
    region.person(wanted=(), held=(occupation(),), held_years=(4,), held_until=(2025,))
    page = shown(lead, search(lead, order))
    assert "Opfylder 1 af 2 krav; mangler Excel" in page
    assert "4 års erfaring" in page
    assert "min." in page
    assert "klar nu" in page
    assert "cv fra i dag" in page


def need_requirements(region: Sjaelland) -> tuple[Asked, ...]:
    return need_of(an_order(region.lead)).requirements


def test_what_stands_in_for_the_occupation_is_said_with_its_strength(
    region: Sjaelland, lead: Client
) -> None:
    order = an_order(region.lead, occupation=occupation("terminalarbejder"))
    region.person(wanted=(occupation("lagermedarbejder"),))
    assert "lagermedarbejder for terminalarbejder, 0," in shown(lead, search(lead, order)).lower()


def test_names_are_shown_of_own_people_only(region: Sjaelland, lead: Client, order: Order) -> None:
    region.person(KOEGE, name="Anna Bech")
    stranger = region.person(GREVE, name=GREVES, phone="20304050")
    page = shown(lead, search(lead, order))
    assert "Anna Bech" in page
    assert GREVES not in page
    assert "20304050" not in page
    assert f"Kandidat nr. {stranger.pk}" in page


def test_every_page_that_is_shown_is_a_look_for_the_order(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    people = [region.person().pk for _ in range(27)]
    made = search(lead, order)
    before = set(Look.objects.values_list("pk", flat=True))
    shown(lead, made, page="2")
    look = Look.objects.exclude(pk__in=before).get()
    assert (look.kind, look.order_id, look.office_id) == (
        LookKind.SEARCH,
        order.pk,
        region.lead.office_id,
    )
    assert look.person_ids == sorted(made.hits[25:])
    assert set(made.hits) == set(people)


def test_only_the_leads_office_and_only_its_consultants_search(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    made = search(lead, order)
    in_greve = browser_of(region.consultant(GREVE).user_id)
    for address in (
        reverse("order_search", args=[order.pk]),
        reverse("search", args=[made.pk]),
        reverse("search_close", args=[made.pk]),
        reverse("search_why", args=[made.pk]),
    ):
        assert in_greve.get(address).status_code == 403, address
    assert settle(in_greve, made, "NOT_REACHED").status_code == 403
    partner = partner_in(region)
    assert partner.get(reverse("search", args=[made.pk])).status_code == 403
    assert lead.get(reverse("search", args=[0])).status_code == 404


def partner_in(region: Sjaelland) -> Client:
    return browser_of(reader(region.offices[KOEGE], Role.PARTNER).user_id)


def test_outcomes_are_given_to_one_to_a_page_and_to_a_municipality(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    region.deliver_everywhere()
    one, other = region.person(KOEGE), region.person(KOEGE)
    in_greve = [region.person(GREVE) for _ in range(3)]
    made = search(lead, order)
    assert settle(lead, made, "NOT_REACHED", one).status_code == 302
    assert "2 mangler udfald" not in shown(lead, made, kommune=KOEGE)
    assert KOEGE not in coverage(order.pk).covered
    settle(lead, made, "NOT_SUITED", other)
    assert KOEGE in coverage(order.pk).covered
    answer = settle(lead, made, "BETTER_PRESENTED", whom=f"IN:{GREVE}")
    assert answer.status_code == 302
    settled = HitOutcome.objects.filter(outcome="BETTER_PRESENTED")
    assert {row.person_id for row in settled} == {person.pk for person in in_greve}
    assert coverage(order.pk).missing == ()


def test_an_outcome_without_people_or_without_a_reason_comes_back(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    person = region.person()
    made = search(lead, order)
    nobody = settle(lead, made, "NOT_REACHED")
    assert nobody.status_code == 422
    assert "Sæt kryds ved mindst én person." in nobody.text
    no_reason = settle(lead, made, "", person, words="Ringede to gange.")
    assert no_reason.status_code == 422
    assert "Ringede to gange." in no_reason.text
    assert re.search(rf'id="p{person.pk}"[^>]*checked', no_reason.text)
    assert not HitOutcome.objects.exists()


def test_hits_are_proposed_and_invited(region: Sjaelland, lead: Client, order: Order) -> None:
    proposed, invited = region.person(), region.person()
    made = search(lead, order)
    settle(lead, made, "PROPOSE", proposed)
    settle(lead, made, "INVITE", invited)
    states = dict(Referral.objects.values_list("person_id", "state"))
    assert states == {proposed.pk: "PROPOSED", invited.pk: "INVITED"}
    assert set(HitOutcome.objects.values_list("outcome", flat=True)) == {"PROPOSED"}


def test_who_is_not_free_any_longer_is_not_proposed_and_the_page_says_so(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    gone, free = region.person(), region.person()
    made = search(lead, order)
    lead.post(reverse("search_outcomes", args=[made.pk]), {"gone": gone.pk})
    page = shown(lead, made)
    assert "Meldt ikke længere ledig; hjemkommunen skal bekræfte" in page
    lead.post(
        reverse("search_outcomes", args=[made.pk]),
        {"whom": "PAGE", "shown": [gone.pk, free.pk], "outcome": "PROPOSE"},
    )
    assert [row.person_id for row in Referral.objects.all()] == [free.pk]
    assert "kan ikke formidles lige nu" in shown(lead, made)


def test_the_home_office_is_asked_who_a_person_is(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    stranger = region.person(GREVE)
    made = search(lead, order)
    assert "Spørg hjemkommunen, hvem det er" in shown(lead, made)
    lead.post(reverse("search_outcomes", args=[made.pk]), {"ask_release": stranger.pk})
    assert Release.objects.get().person_id == stranger.pk
    assert "Venter på hjemkommunens svar" in shown(lead, made)


def test_municipalities_without_fresh_data_are_named_with_their_age(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    deliver(region.offices[SOLROED], at=MONDAY - timedelta(days=6))
    page = shown(lead, search(lead, order))
    assert "data fra for 6 dage siden – kun et svar dækker" in page
    assert "ingen data – kun et svar dækker" in page


def test_a_search_older_than_the_requirements_says_so_and_is_made_again(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    made = search(lead, order, step="OWN", ordering="travel")
    assert "Jobordrens krav er ændret siden" not in shown(lead, made)
    need = need_of(order)
    orders.change_order(
        order_id=order.pk,
        revision=order.revision,
        need=type(need)(**{**need.__dict__, "requirements": ()}),
        by=region.lead.actor,
        at=MONDAY,
    )
    assert "Jobordrens krav er ændret siden" in shown(lead, made)
    lead.post(reverse("search_again", args=[made.pk]))
    again = Search.objects.latest("pk")
    assert (again.scope, again.settings) == (made.scope, made.settings)
    assert again.requirements_version > made.requirements_version


def test_who_lacks_one_course_stands_under_what_is_lacking(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    close = [region.person(GREVE, concepts=(), name=GREVES) for _ in range(2)]
    made = search(lead, order)
    page = lead.get(reverse("search_close", args=[made.pk])).text
    assert re.search(r"2 mangler kun gaffeltruckcertifikat B, \d+ dages kursus", page)
    assert GREVES not in page
    assert Look.objects.filter(person_ids__contains=[close[0].pk]).exists()


def test_why_someone_is_not_there(region: Sjaelland, lead: Client, order: Order) -> None:
    lacks = region.person(concepts=())
    gone, fits = region.person(), region.person()
    candidates.report_unavailable(person_id=gone.pk, by=region.lead.actor, at=MONDAY)
    made = search(lead, order)
    address = reverse("search_why", args=[made.pk])

    def why(person: object) -> str:
        return lead.get(address, {"person": str(person)}).text

    assert "mangler noget, som jobordren kræver" in why(lacks.pk)
    assert "Meldt ikke længere ledig" in why(gone.pk)
    assert "er blandt de egnede" in why(fits.pk)
    assert "Ingen kandidat har det nummer" in why(987654321)
    assert "Ingen kandidat har det nummer" in why("Ib Holm")


def test_facets_show_a_part_of_the_hits(region: Sjaelland, lead: Client, order: Order) -> None:
    in_koege, in_greve = region.person(KOEGE), region.person(GREVE)
    made = search(lead, order)
    settle(lead, made, "NOT_REACHED", in_koege)
    assert f"Kandidat nr. {in_greve.pk}" not in shown(lead, made, kommune=KOEGE)
    assert f'id="p{in_koege.pk}"' not in shown(lead, made, kun="open")
    assert f'id="p{in_koege.pk}"' in shown(lead, made, kun="all_met")


def test_a_page_of_many_hits_takes_as_many_queries_as_one_of_few(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    counts = []
    for more in (2, 20):
        for _ in range(more):
            region.person(GREVE)
        made = search(lead, order)
        shown(lead, made)
        with CaptureQueriesContext(connection) as asked:
            shown(lead, made)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= DOOR + MOST_QUERIES
