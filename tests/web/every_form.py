"""What the world of every page lacks for every form of the house to be offered on some page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from tests.accounts import factories as accounts
from tests.circulation.factories import an_order, withdrawn
from tests.companies.factories import company
from tests.core.factories import MONDAY, SETUP
from tests.leading.factories import a_delivery, a_step
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories
from tests.postings.factories import a_posting
from tests.web.every_page import World
from tvaers.accounts import operations as users
from tvaers.accounts.models import Role
from tvaers.agreements import operations as agreements
from tvaers.agreements.models import AgreementKind
from tvaers.candidates.models import Profile
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Request
from tvaers.companies import operations as companies
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import token_of
from tvaers.network import operations as network
from tvaers.network.models import Alliance
from tvaers.orders import operations as orders
from tvaers.orders.queries import need_of
from tvaers.postings.models import Posting
from tvaers.referrals import operations as referrals
from tvaers.referrals.disclosure import ask_release
from tvaers.synthetic.people_who_work import CONSULTANT


def more_addresses(world: World) -> list[str]:
    """Where the forms are that wait for something to have happened."""
    return [
        *_of_orders(world),
        *_of_leads(world),
        *_of_people(world),
        *_of_companies(world),
        *_of_offices(world),
        reverse("answer", args=[_asked_anew(world).pk]),
        reverse("posting", args=[_where_the_office_takes_applications(world).pk]),
    ]


def _where_the_office_takes_applications(world: World) -> Posting:
    return a_posting(an_order(world.region.lead), apply_via="OFFICE", apply_to="")


def _told(world: World) -> dict[str, Any]:
    return {"by": world.region.lead.actor, "at": MONDAY}


def _of_orders(world: World) -> Iterator[str]:
    """One just received, one agreed on, one paused, one to be searched wider, one closed."""
    lead, told = world.region.lead, _told(world)
    covered = orders.start_recruiting(order_id=an_order(lead).pk, **told)
    factories.evidence(covered, KOEGE)
    paused = orders.start_recruiting(order_id=an_order(lead).pk, **told)
    orders.pause(order_id=paused.pk, reason="Hanne holder ferie.", **told)
    a_delivery(world.order, world.region.offices[GREVE])
    a_step(world.order)
    closed = withdrawn(an_order(lead), lead)
    yield reverse("order_plan", args=[closed.pk])
    for order in (
        an_order(lead, in_dialogue=False),
        an_order(lead),
        paused,
        covered,
        closed,
    ):
        yield reverse("order", args=[order.pk])


def _of_leads(world: World) -> Iterator[str]:
    """An order that Greve wants to hand over, and one that it is offered."""
    lead, greve = world.region.lead, world.region.consultant(GREVE)
    theirs, ours = an_order(greve), an_order(lead)
    for order, giver, taker in ((theirs, greve, lead), (ours, lead, greve)):
        orders.offer_handover(
            order_id=order.pk,
            to_office_id=taker.office_id,
            to_user_id=taker.user_id,
            by=giver.actor,
            at=MONDAY,
        )
    orders.add_co_lead(
        order_id=ours.pk,
        office_id=greve.office_id,
        user_id=greve.user_id,
        part="EAST",
        **_told(world),
    )
    yield reverse("order", args=[theirs.pk])
    yield reverse("order_leads", args=[ours.pk])


def _of_people(world: World) -> Iterator[str]:
    """Someone to propose, someone asked about, someone reported gone; who is asked and invited."""
    region, told, order = world.region, _told(world), world.order
    theirs, greve = region.person(SOLROED, name="Bo Friis"), region.consultant(GREVE)
    of_greve = orders.start_recruiting(order_id=an_order(greve).pk, by=greve.actor, at=MONDAY)
    ask_release(order_id=of_greve.pk, person_id=world.anna.pk, by=greve.actor, at=MONDAY)
    gone = Profile.objects.exclude(reported_unavailable_at=None).get()
    yield reverse("candidate", args=[gone.pk])
    yield reverse("candidate", args=[world.anna.pk])
    yield f"{reverse('candidate', args=[theirs.pk])}?ordre={order.pk}"

    proposed, asked, invited = (
        region.person(name=name, email="anna@example.dk") for name in ("Ib", "Eva", "Per")
    )
    made = referrals.propose(order_id=order.pk, person_id=proposed.pk, **told)
    yield reverse("referral", args=[made.pk])
    made = referrals.propose(order_id=order.pk, person_id=asked.pk, **told)
    referrals.ask(referral_id=made.pk, **told)
    yield _candidate_link()
    referrals.invite(order_id=order.pk, person_ids=[invited.pk], **told)
    yield _candidate_link()
    yield reverse("referral", args=[order.referrals.get(person_id=invited.pk).pk])


def _candidate_link() -> str:
    link = Link.objects.filter(purpose=Purpose.CANDIDATE).latest("pk")
    return reverse("candidate_link", args=[token_of(link)])


def _of_companies(world: World) -> Iterator[str]:
    """One with an agreement, and one in conflict."""
    chosen, fought = company("Solrød Pak ApS"), company("Greve Frost A/S")
    agreements.make_agreement(
        company_id=chosen.pk,
        kind=AgreementKind.REGIONAL,
        lead_office_id=world.region.lead.office_id,
        starts_on=date(2026, 2, 2),
        **_told(world),
    )
    companies.set_conflict(company_id=fought.pk, since=date(2026, 2, 2), **_told(world))
    yield reverse("company", args=[chosen.pk])
    yield reverse("company", args=[fought.pk])


def _of_offices(world: World) -> Iterator[str]:
    """A contact, days off, one of the demo's people and a colleague who is switched off."""
    told, office = {"by": SETUP, "at": MONDAY}, world.region.lead.office_id
    network.save_contact(office_id=office, name="Hanne Krog", **told)
    network.add_office_closure(
        office_id=office,
        first_day=date(2026, 4, 1),
        last_day=date(2026, 4, 2),
        stand_in_office_id=world.region.offices[GREVE].pk,
        stand_in_name="Bo Friis",
        **told,
    )
    alliance = Alliance.objects.get()
    network.add_closing_day(
        day=date(2026, 5, 15), name="Klemt inde", alliance_id=alliance.pk, **told
    )
    accounts.appoint(
        accounts.user(CONSULTANT.name, email=CONSULTANT.email),
        world.region.offices[KOEGE],
        Role.CONSULTANT,
    )
    colleague = accounts.reader(world.region.offices[KOEGE], Role.CONSULTANT)
    users.switch_off(user_id=colleague.user_id, **told)
    yield reverse("office", args=[office])
    yield reverse("alliance", args=[alliance.pk])
    yield reverse("users")


def _asked_anew(world: World) -> Request:
    """Køge has answered Greve, and then Greve asks for less."""
    greve, koege = world.region.consultant(GREVE), world.region.lead
    order = an_order(greve)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[koege.office_id],
        step="ALLIANCE",
        by=greve.actor,
        at=MONDAY,
    )
    circulation.answer(
        request_id=sent.requests.get().pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=koege.actor,
        at=MONDAY,
    )
    need = need_of(order)
    circulation.change_order(
        order_id=order.pk,
        revision=order.revision,
        need=replace(need, requirements=()),
        by=greve.actor,
        at=MONDAY,
    )
    return Request.objects.get(circulation__order=order, circulation__question="CHANGED")
