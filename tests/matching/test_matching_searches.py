"""R6: what a search covers, and that it equals the database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from django.db import connections

from tests.candidates.factories import importer
from tests.circulation.factories import Sjaelland, an_order, forklift, occupation, say, sjaelland
from tests.core.factories import MONDAY
from tests.core.waiting import PATIENCE
from tests.network.factories import GREVE, KOEGE, SOLROED
from tvaers.audit.models import Look
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.database.change import changing
from tvaers.matching import operations as matching
from tvaers.matching.engine.rows import Ordering
from tvaers.matching.models import Search
from tvaers.matching.operations import SearchRefusal, SearchRefused
from tvaers.matching.order_query import Settings
from tvaers.matching.queries import near_misses, own_hits, result_page, why_not
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import Order, Subject
from tvaers.orders.queries import coverage, need_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


def search(region: Sjaelland, order: Order, *codes: str, **more: object) -> Search:
    given = {"scope": codes or (KOEGE,), "by": region.lead.actor, "at": MONDAY}
    return matching.search(order_id=order.pk, **(given | more))


def settle(region: Sjaelland, order: Order, *people: int, outcome: str = "NOT_REACHED") -> None:
    matching.settle(
        order_id=order.pk, person_ids=people, outcome=outcome, by=region.lead.actor, at=MONDAY
    )


def test_who_meets_the_musts_is_a_hit_and_who_lacks_a_course_is_close(region: Sjaelland) -> None:
    fits = region.person()
    lacks = region.person(concepts=())
    region.person(wanted=(occupation("sygeplejerske"),))
    order = an_order(region.lead)
    made = search(region, order)
    assert made.hits == [fits.pk]
    (close,) = near_misses(made.pk, at=MONDAY)
    assert [hit.person_id for hit in close.people.rows] == [lacks.pk]
    assert (close.requirement.text, close.people.total) == ("gaffeltruckcertifikat B", 1)


def test_a_search_that_finds_nobody_in_fresh_data_covers_at_once(region: Sjaelland) -> None:
    region.deliver_everywhere()
    order = an_order(region.lead)
    search(region, order, KOEGE, GREVE)
    assert set(coverage(order.pk).covered) == {KOEGE, GREVE}


def test_a_municipality_without_fresh_data_is_not_covered_by_a_search(region: Sjaelland) -> None:
    for code, days in ((KOEGE, 0), (GREVE, 10)):
        candidates.import_candidates(
            office_id=region.offices[code].pk,
            records=[],
            file_name="liste.csv",
            file_sha256="0" * 64,
            by=importer(region.offices[code]),
            at=MONDAY - timedelta(days=days),
        )
    order = an_order(region.lead)
    search(region, order, KOEGE, GREVE, SOLROED)
    assert set(coverage(order.pk).covered) == {KOEGE}


def test_a_municipality_is_covered_when_its_last_hit_is_settled(region: Sjaelland) -> None:
    region.deliver_everywhere()
    one, other = region.person(GREVE), region.person(GREVE)
    order = an_order(region.lead)
    search(region, order, KOEGE, GREVE)
    settle(region, order, one.pk)
    assert set(coverage(order.pk).covered) == {KOEGE}
    settle(region, order, other.pk)
    assert set(coverage(order.pk).covered) == {KOEGE, GREVE}


def test_many_hits_are_settled_at_once_and_the_newest_outcome_counts(region: Sjaelland) -> None:
    people = [region.person().pk for _ in range(3)]
    order = an_order(region.lead)
    search(region, order)
    settle(region, order, *people, outcome="NOT_READY")
    settle(region, order, people[0], outcome="NOT_SUITED")
    outcomes = dict(order.hit_outcomes.values_list("person_id", "outcome"))
    assert outcomes == {people[0]: "NOT_SUITED", people[1]: "NOT_READY", people[2]: "NOT_READY"}


def test_a_search_narrowed_beyond_the_order_covers_nothing(region: Sjaelland) -> None:
    region.deliver_everywhere()
    order = an_order(region.lead)
    search(region, order, settings=Settings(extra=(forklift(),)))
    assert coverage(order.pk).covered == {}


def test_another_ordering_does_not_narrow(region: Sjaelland) -> None:
    region.deliver_everywhere()
    order = an_order(region.lead)
    search(region, order, settings=Settings(ordering=Ordering.NEWEST_CV))
    assert set(coverage(order.pk).covered) == {KOEGE}


def test_a_closed_order_is_not_searched(region: Sjaelland) -> None:
    order = an_order(region.lead)
    say(order, Subject.FILLED_BY_COMPANY, region.lead, openings=3)
    orders.close(
        order_id=order.pk,
        openings=Openings(filled_by_company=3),
        by=region.lead.actor,
        at=MONDAY,
    )
    with pytest.raises(SearchRefused) as refused:
        search(region, order)
    assert refused.value.reason is SearchRefusal.ORDER_CLOSED


def test_every_search_is_recorded_with_the_people_shown(region: Sjaelland) -> None:
    fits = region.person()
    order = an_order(region.lead)
    search(region, order)
    look = Look.objects.get(kind="SEARCH")
    assert (look.user_id, look.office_id, look.order_id, look.person_ids) == (
        region.lead.user_id,
        region.lead.office_id,
        order.pk,
        [fits.pk],
    )


def test_the_result_page_shows_why_and_greys_who_was_reported_since(region: Sjaelland) -> None:
    fits = region.person(name="Ida Prøvesen")
    order = an_order(region.lead)
    made = search(region, order)
    candidates.report_unavailable(person_id=fits.pk, by=region.lead.actor, at=MONDAY)
    hit = result_page(made.pk, at=MONDAY).hits.rows[0]
    assert [row.text for row in hit.met] == ["gaffeltruckcertifikat B"]
    assert hit.unmet == ()
    assert hit.hidden == ("REPORTED_UNAVAILABLE",)
    assert search(region, order).hits == []


def test_an_offices_own_hits_are_its_own_people(region: Sjaelland) -> None:
    mine = region.person(GREVE)
    region.person(SOLROED)
    order = an_order(region.lead)
    found = own_hits(order.pk, region.offices[GREVE].pk, [GREVE], at=MONDAY)
    assert [hit.person_id for hit in found] == [mine.pk]


def test_why_someone_is_not_found_is_answered(region: Sjaelland) -> None:
    lacks = region.person(concepts=())
    order = an_order(region.lead)
    assert [reason.name for reason in why_not(order.pk, lacks.pk, at=MONDAY)] == ["MUST"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_not_missed(region: Sjaelland) -> None:
    region.deliver_everywhere()
    fits = region.person()
    order = an_order(region.lead)

    def end_slowly() -> None:
        try:
            with changing(by=region.lead.actor):
                Profile.objects.filter(pk=fits.pk).update(status="ENDED")
                started.set()
                searched.wait(PATIENCE)
        finally:
            connections.close_all()

    started, searched = Event(), Event()
    with ThreadPoolExecutor(1) as other:
        ending = other.submit(end_slowly)
        assert started.wait(PATIENCE)
        region.person()  # a later transaction that commits first
        assert len(search(region, order).hits) == 2
        searched.set()
        ending.result(PATIENCE)
    assert fits.pk not in search(region, order).hits


@pytest.mark.django_db(transaction=True)
def test_what_one_process_undoes_another_search_never_sees(region: Sjaelland) -> None:
    fits = region.person()
    order = an_order(region.lead)
    try:
        with changing(by=region.lead.actor):
            Profile.objects.filter(pk=fits.pk).update(status="ENDED")
            assert search(region, order).hits == []
            raise InterruptedError
    except InterruptedError:
        pass
    assert search(region, order).hits == [fits.pk]


def test_someone_hired_is_found_until_the_first_day_and_not_after(region: Sjaelland) -> None:
    fits = region.person()
    order = an_order(region.lead)
    candidates.mark_hired(
        person_id=fits.pk,
        starts_on=MONDAY.date() + timedelta(days=7),
        by=region.lead.actor,
        at=MONDAY,
    )
    assert search(region, order).hits == [fits.pk]
    assert search(region, order, at=MONDAY + timedelta(days=7)).hits == []
    assert search(region, order).hits == [fits.pk]


def test_requirements_of_an_old_search_are_shown_as_they_were(region: Sjaelland) -> None:
    region.person()
    order = an_order(region.lead)
    made = search(region, order)
    need = need_of(order)
    orders.change_order(
        order_id=order.pk,
        revision=order.revision,
        need=replace(need, requirements=()),
        by=region.lead.actor,
        at=MONDAY,
    )
    page = result_page(made.pk, at=MONDAY)
    assert page.outdated
    assert [row.text for row in page.hits.rows[0].met] == ["gaffeltruckcertifikat B"]
