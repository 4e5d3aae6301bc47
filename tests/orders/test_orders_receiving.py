"""An order comes in: what is frozen, what is refused, and that a double click is one (R8, R9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.companies import factories as companies
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, ODENSE
from tests.orders import factories as orders
from tvaers.agreements.models import Agreement
from tvaers.orders import operations
from tvaers.orders.lifecycle import LogKind, Refusal
from tvaers.orders.models import Order, Scheme
from tvaers.orders.need import Problem
from tvaers.orders.refusals import NeedRefused, OrderRefused
from tvaers.places import queries as places

pytestmark = pytest.mark.django_db


def test_an_order_keeps_the_promises_of_the_day_it_came() -> None:
    alliance = network.alliance(promises={"dialogue_days": 2, "presented_per_opening": 5})
    office = network.office(alliance=alliance)

    order = orders.an_order(office=office, openings=2, stage="RECEIVED")

    assert order.alliance == alliance
    assert order.area_municipalities == sorted([KOEGE, GREVE, network.SOLROED])
    assert order.service_level.alliance == alliance
    assert order.ladder_step == "OWN"
    assert order.dialogue_due_at == MONDAY.replace(hour=0) + timedelta(days=3)
    assert order.presentation_due_at == MONDAY.replace(hour=0) + timedelta(days=4)
    assert order.present_at_most == 10
    assert [line.kind for line in order.log.all()] == [LogKind.RECEIVED]


def test_an_office_alone_has_its_region_and_the_nation_s_promises() -> None:
    order = orders.an_order(office=network.office(municipalities=(KOEGE,)), stage="RECEIVED")

    region = places.regions_around((KOEGE,), MONDAY.date())
    assert KOEGE in region
    assert set(order.area_municipalities) == set(region)
    assert order.alliance is None
    assert order.service_level.alliance is None


def test_work_in_several_municipalities_starts_at_the_alliance() -> None:
    company = companies.company(municipality=KOEGE)
    companies.workplace(company, ODENSE)

    order = orders.an_order(company=company, stage="RECEIVED")

    assert order.ladder_step == "ALLIANCE"
    assert order.places.count() == 2


def test_an_alliance_that_always_searches_across_starts_there() -> None:
    office = network.office(alliance=network.alliance(promises={"starts_at_alliance": True}))

    assert orders.an_order(office=office, stage="RECEIVED").ladder_step == "ALLIANCE"


def test_the_lead_that_the_company_chose_leads() -> None:
    company, greve = companies.company(), network.office(municipalities=(GREVE,))
    chosen = orders.a_lead(greve)
    with setting_up():
        Agreement.objects.create(company=company, kind="REGIONAL", lead_office=greve, lead=chosen)

    order = orders.an_order(company=company, stage="RECEIVED")

    assert (order.lead_office, order.lead) == (greve, chosen)


def test_an_agreement_with_an_office_alone_leaves_the_order_with_who_took_it() -> None:
    company, greve = companies.company(), network.office(municipalities=(GREVE,))
    with setting_up():
        Agreement.objects.create(company=company, kind="REGIONAL", lead_office=greve)

    order = orders.an_order(company=company, stage="RECEIVED")

    assert order.lead_office != greve


def test_the_same_form_twice_is_one_order() -> None:
    office, company = network.office(), companies.company()
    orders.with_defaults()
    lead = orders.a_lead(office)
    new = orders.a_new_order(company=company, office=office, lead=lead)

    first = operations.receive(new=new, by=SETUP, at=MONDAY)
    again = operations.receive(new=new, by=SETUP, at=MONDAY + timedelta(seconds=1))

    assert first == again
    assert Order.objects.count() == 1
    assert first.log.count() == 1


def test_a_company_in_conflict_gets_no_order() -> None:
    with pytest.raises(OrderRefused) as refused:
        orders.an_order(company=companies.company(in_conflict=True))

    assert refused.value.reason is Refusal.COMPANY_IN_CONFLICT
    assert not Order.objects.exists()


def test_workplaces_and_contacts_are_the_company_s_own() -> None:
    ours, theirs = companies.company(), companies.company("Greve Lager")
    place, contact = theirs.workplaces.get(), theirs.contacts.get()

    with pytest.raises(OrderRefused) as refused:
        orders.an_order(company=ours, workplace_ids=(place.pk,))
    assert refused.value.reason is Refusal.NO_SUCH_WORKPLACE

    with pytest.raises(OrderRefused) as refused:
        orders.an_order(company=ours, contact_id=contact.pk)
    assert refused.value.reason is Refusal.NO_SUCH_CONTACT


def test_everything_wrong_with_a_need_is_said_at_once() -> None:
    with pytest.raises(NeedRefused) as refused:
        orders.an_order(
            openings=0,
            title=" ",
            description="æ" * 5001,
            hours_min=37,
            hours_max=30,
            starts_on=MONDAY.date() - timedelta(days=1),
            requirements=(orders.FORKLIFT, replace(orders.FORKLIFT, text="Truck B")),
        )

    assert set(refused.value.problems) == {
        Problem.NO_OPENINGS,
        Problem.NO_TITLE,
        Problem.DESCRIPTION_TOO_LONG,
        Problem.HOURS_NOT_IN_ORDER,
        Problem.START_PASSED,
        Problem.REQUIREMENT_TWICE,
    }


def test_a_scheme_that_has_ended_takes_no_orders() -> None:
    orders.with_defaults()
    with setting_up():
        Scheme.objects.filter(code="flex_job").update(ends_on=MONDAY.date() - timedelta(days=1))

    with pytest.raises(NeedRefused) as refused:
        orders.an_order(scheme="flex_job")

    assert refused.value.problems == (Problem.NO_SUCH_SCHEME,)


def test_schemes_are_loaded_once_and_mended() -> None:
    operations.load_schemes(by=SETUP, at=MONDAY)
    with setting_up():
        Scheme.objects.filter(code="ordinary").update(name_da="Job", ends_on=MONDAY.date())

    operations.load_schemes(by=SETUP, at=MONDAY)

    assert Scheme.objects.count() == 6
    ordinary = Scheme.objects.get(code="ordinary")
    assert (ordinary.name_da, ordinary.kind_bit) == ("Ordinært job", 1)
    assert ordinary.ends_on == MONDAY.date()
    assert list(Scheme.objects.filter(is_ordinary=True)) == [ordinary]
