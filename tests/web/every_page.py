"""A world in which every page has something to show, and where each page is found in it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tests.accounts import factories as accounts
from tests.circulation.factories import Sjaelland, an_order, occupation, sjaelland
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.leading.factories import FRIDAY, WORDS, a_delivery, a_note, a_step
from tests.network.factories import GREVE, KOEGE, SJAELLAND
from tests.postings.factories import a_posting
from tests.web.test_web_mails import caught, given_up
from tests.web.test_web_search import browser_of
from tests.web.test_web_word_lists import an_edition
from tvaers.accounts.models import Role
from tvaers.accounts.readers import Reader
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Request
from tvaers.companies import operations as companies
from tvaers.companies import wishes
from tvaers.companies.models import Wish
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import actor_of, token_of
from tvaers.matching import operations as matching
from tvaers.matching import saving
from tvaers.matching.models import Search
from tvaers.messages.caught import Backend
from tvaers.network.models import Alliance
from tvaers.orders import operations as orders
from tvaers.orders.models import Order
from tvaers.places.models import Area
from tvaers.postings.models import Posting
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral

TITLE = "Lagermedarbejdere til Køge"
AD = "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B"
ANNA = "Anna Bech"


@dataclass(frozen=True)
class Place:
    """Where a page is, and words of the row it shows. A role that has none is told so."""

    address: str
    shows: str
    unless: Role | None = None
    says: str = ""

    def words_for(self, role: Role | None) -> str:
        return self.says if self.unless is not None and role == self.unless else self.shows


@dataclass(frozen=True)
class World:
    """Køge leads an order and is asked about another, led in Greve."""

    region: Sjaelland
    readers: dict[Role, Reader]
    order: Order
    anna: Profile
    search: Search
    asked: Request
    """Køge is asked."""
    asking: Request
    """Køge asks Greve."""
    referral: Referral
    wish: Wish
    posting: Posting

    def browser(self, role: Role) -> Client:
        """Someone in Køge with that one role."""
        return browser_of(self.readers[role].user_id)


def a_world() -> World:
    region = sjaelland()
    lead, told = region.lead, {"by": region.lead.actor, "at": MONDAY}
    koege = region.offices[KOEGE]
    readers = {role: accounts.reader(koege, role) for role in Role}
    anna = region.person(name=ANNA, wanted_titles="Lagermedarbejder", email="anna@example.dk")
    person = region.person(
        wanted_titles="Lagermedarbejder",
        held=(occupation(),),
        held_years=(4,),
        held_until=(2025,),
        car=False,
    )
    region.person(GREVE, concepts=(), wanted_titles="Lagermedarbejder")
    order = an_order(lead)
    a_note(order)
    a_delivery(order, koege, due_on=FRIDAY)
    a_step(order)
    reached_by_mail(order)
    orders.start_recruiting(order_id=order.pk, **told)
    search = matching.search(order_id=order.pk, scope=(KOEGE, GREVE), **told)
    for reader in readers.values():
        saving.save(search_id=search.pk, by=reader.actor, at=MONDAY)
    candidates.report_unavailable(person_id=person.pk, **told)
    given_up(koege)
    Backend().send_messages([caught()])
    an_edition()
    return World(
        region=region,
        readers=readers,
        order=order,
        anna=anna,
        search=search,
        asked=_asked(an_order(region.consultant(GREVE)), KOEGE, region, GREVE),
        asking=_asked(order, GREVE, region, KOEGE),
        referral=_presented(order, anna, **told),
        posting=a_posting(order),
        wish=_wish(order),
    )


def _wish(order: Order) -> Wish:
    return wishes.wish(
        company_id=order.company_id,
        office_id=order.lead_office_id,
        said_by="Hanne Vestergaard",
        words="To til pakkeriet fra maj.",
        wish_key=uuid4(),
        by=SETUP,
        at=MONDAY,
    )


def reached_by_mail(order: Order) -> None:
    contact = companies.save_contact(
        company_id=order.company_id,
        name="Hanne Vestergaard",
        email="hanne@example.dk",
        by=SETUP,
        at=MONDAY,
    )
    with setting_up():
        Order.objects.filter(pk=order.pk).update(contact=contact)


def _asked(order: Order, code: str, region: Sjaelland, lead_in: str) -> Request:
    by = region.lead if lead_in == KOEGE else region.consultant(lead_in)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk],
        step="ALLIANCE",
        by=by.actor,
        at=MONDAY,
    )
    return sent.requests.get()


def _presented(order: Order, anna: Profile, **told: Any) -> Referral:
    """Anna is asked, written to, says yes, and is presented: each of the links is sent."""
    made = referrals.propose(order_id=order.pk, person_id=anna.pk, **told)
    referrals.ask(referral_id=made.pk, **told)
    referrals.write(
        referral_id=made.pk, words="Kan du møde kl. 6?", letter_key=str(uuid4()), **told
    )
    link = Link.objects.get(purpose=Purpose.CANDIDATE)
    referrals.say_yes(referral_id=made.pk, by=actor_of(link), at=MONDAY)
    referrals.present(order_id=order.pk, referral_ids=[made.pk], **told)
    referrals.send_company_link(order_id=order.pk, **told)
    return made


def a_draft(world: World, browser: Client) -> Place:
    """A draft, which is the browser's own; who may not write one finds none there."""
    told = {"q": world.order.company.cvr, "ad": AD}
    answer = browser.post(reverse("order_new"), told)
    address = answer.headers.get("Location") or reverse("order_draft", args=[uuid4()])
    return Place(address, world.order.company.name)


def _link(purpose: Purpose, page: str) -> str:
    return reverse(page, args=[token_of(Link.objects.filter(purpose=purpose).latest("pk"))])


def places_without_sign_in(world: World) -> dict[str, Place]:
    """The pages for everyone, and those that a link opens."""
    return {
        "sign_in": Place(reverse("sign_in"), "Konsulent i Køge"),
        "mailbox": Place(reverse("mailbox"), "koege@example.dk"),
        "answer_link": Place(_link(Purpose.ANSWER, "answer_link"), TITLE),
        "candidate_link": Place(_link(Purpose.CANDIDATE, "candidate_link"), TITLE),
        "company_link": Place(_link(Purpose.COMPANY, "company_link"), TITLE),
        "letter_link": Place(_link(Purpose.LETTER, "letter_link"), "Kan du møde kl. 6?"),
        "vacancies": Place(reverse("vacancies"), world.posting.title),
        "vacancy": Place(
            reverse("vacancy", args=[world.posting.public_id]), world.posting.text[:20]
        ),
        "mine_link": Place(_link(Purpose.MINE, "mine_link"), world.order.company.name),
    }


def at(name: str, shows: str, *args: Any, **more: Any) -> tuple[str, Place]:
    return name, Place(reverse(name, args=args), shows, **more)


def places(world: World) -> dict[str, Place]:
    """The pages behind sign-in, but for the draft, which each browser has of its own."""
    return dict([*_pages_of_the_house(world), *_pages_of_the_order(world)])


def _pages_of_the_house(world: World) -> list[tuple[str, Place]]:
    company, office = world.order.company, world.region.lead.office_name
    alliance, area = Alliance.objects.get(), Area.objects.get(name="Region Sjælland")
    return [
        at("tasks", TITLE, unless=Role.ADMINISTRATOR, says="Intet venter på dig."),
        at("choose_office", office),
        at("change_password", "Ny adgangskode"),
        at("my_mails", "Dagens opgaver"),
        at("word_lists", "ESCO"),
        at("proposals", TITLE),
        at("outbox", "Køge virksomhedsindgang"),
        at("users", world.readers[Role.PARTNER].name),
        at("companies", company.name),
        at("company_new", "CVR-nummer"),
        at("company", company.name, company.pk),
        at("wish", "To til pakkeriet fra maj.", world.wish.pk),
        at("network", office),
        at("nation", "Servicemål"),
        at("office_new", "Opret kontor"),
        at("office", office, world.region.lead.office_id),
        at("alliance_new", "Opret samarbejde"),
        at("alliance", SJAELLAND, alliance.pk),
        at("areas", "Region Sjælland"),
        at("area", "Køge", area.pk),
    ]


def _pages_of_the_order(world: World) -> list[tuple[str, Place]]:
    order, search = world.order.pk, world.search.pk
    company, office = world.order.company, world.region.lead.office_name
    return [
        at("orders", TITLE),
        at("order_new", company.name),
        at("order", TITLE, order),
        at("order_change", "gaffeltruckcertifikat B", order),
        at("order_leads", office, order),
        at("order_plan", WORDS, order),
        at("order_close", TITLE, order),
        at("order_proof", "Køge", order),
        at("posting", world.posting.title, world.posting.pk),
        at("order_search", TITLE, order),
        at("order_send", "Greve", order),
        at("answer", TITLE, world.asked.pk),
        at("answer_by_phone", TITLE, world.asking.pk),
        at("referral", ANNA, world.referral.pk),
        at("candidates", ANNA),
        at("candidates_import", "Fil fra fagsystemet"),
        at("candidate", ANNA, world.anna.pk),
        at("search", ANNA, search),
        at("search_close", "Lagermedarbejder", search),
        at("search_why", TITLE, search),
        at("saved_searches", TITLE),
    ]
