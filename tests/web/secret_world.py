"""Four offices about one order, and marked words wherever something is secret.

Køge leads; Greve answered with a person whom it named, and who then said yes; Roskilde, of the same
alliance, answered "nobody"; Odense is a stranger. Every office has someone of its own besides.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from tests.circulation.factories import an_order, sjaelland
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.leading.factories import a_note
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, ODENSE, ROSKILDE
from tvaers.candidates.models import Profile
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Request
from tvaers.circulation.operations import Named
from tvaers.companies import wishes
from tvaers.companies.models import CompanyContact
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import actor_of, token_of
from tvaers.matching import operations as matching
from tvaers.network.models import Alliance, Office
from tvaers.orders import operations as orders
from tvaers.places.models import Area
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral

OFFICES = (KOEGE, GREVE, ROSKILDE, ODENSE)
_number = count(1)


@dataclass(frozen=True, kw_only=True)
class Secret:
    """A marked text: the offices that may read it, and the pages whose link tells it."""

    text: str
    offices: frozenset[str]
    links: frozenset[str] = frozenset()


@dataclass(kw_only=True)
class SecretWorld:
    """The offices by municipality, what can stand in an address, and what is secret."""

    offices: dict[str, Office]
    people: dict[str, Profile] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    parameters: dict[str, list[Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def secret(self, kind: str, offices: Collection[str], links: Collection[str] = ()) -> str:
        """A new marked text."""
        text = f"Hemmelig{kind}{next(_number)}x"
        self.secrets.append(Secret(text=text, offices=frozenset(offices), links=frozenset(links)))
        return text

    def leaks(self, text: str, *, office: str | None, page: str) -> list[str]:
        """The secrets in a text that someone at the office, or with that page's link, reads."""
        return [
            one.text
            for one in self.secrets
            if one.text in text and office not in one.offices and page not in one.links
        ]


HIS_OWN = ("candidate_link", "mine_link", "letter_link")


def a_secret_world() -> SecretWorld:
    region = sjaelland()
    odense = network.office("Odense virksomhedsindgang", (ODENSE,))
    world = SecretWorld(
        offices={code: region.offices[code] for code in (KOEGE, GREVE, ROSKILDE)} | {ODENSE: odense}
    )
    region.offices[ODENSE] = odense
    for code in OFFICES:
        world.people[code] = _person(world, region, code, knows={code})
    named = _person(world, region, GREVE, knows={GREVE, KOEGE}, links=(*HIS_OWN, "company_link"))
    told = {"by": region.lead.actor, "at": MONDAY}
    order = an_order(region.lead)
    with setting_up():
        order.contact = CompanyContact.objects.get(company=order.company_id)
        order.contact.email = "hanne@example.dk"
        order.contact.save()
        order.save(update_fields=["contact"])
    orders.start_recruiting(order_id=order.pk, **told)
    search = matching.search(order_id=order.pk, scope=(KOEGE, GREVE, ROSKILDE), **told)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in (GREVE, ROSKILDE)],
        step="ALLIANCE",
        **told,
    )
    asked = {one.office_id: one for one in sent.requests.all()}
    greve = asked[region.offices[GREVE].pk]
    taking_part = {KOEGE, GREVE, ROSKILDE}
    a_note(order, world.secret("Status", taking_part), by=region.lead.actor)
    _answers(world, region, greve, asked[region.offices[ROSKILDE].pk], named)
    referral = Referral.objects.get(person_id=named.pk)
    _says_yes(world, referral, **told)
    world.parameters = _what_addresses_hold(world, referral, search.pk, greve)
    world.parameters["person_id"] = [*(one.pk for one in world.people.values()), named.pk]
    return world


def _what_addresses_hold(
    world: SecretWorld, referral: Referral, search_id: int, greve: Request
) -> dict[str, list[Any]]:
    """By the name of a parameter, the rows whose pages there are."""
    company_id = referral.order.company_id
    wish = wishes.wish(
        company_id=company_id,
        office_id=world.offices[KOEGE].pk,
        said_by="Hanne Vestergaard",
        words="To til pakkeriet fra maj.",
        wish_key=uuid4(),
        by=SETUP,
        at=MONDAY,
    )
    return {
        "order_id": [referral.order_id],
        "request_id": [greve.pk],
        "circulation_id": [greve.circulation_id],
        "company_id": [company_id],
        "wish_id": [wish.pk],
        "office_id": [office.pk for office in world.offices.values()],
        "alliance_id": [Alliance.objects.get().pk],
        "area_id": [Area.objects.get(name="Region Sjælland").pk],
        "referral_id": [referral.pk],
        "search_id": [search_id],
    }


def _person(
    world: SecretWorld,
    region: Any,
    code: str,
    *,
    knows: Collection[str],
    links: Collection[str] = (),
) -> Profile:
    """Someone of the office's list, whose name `knows` know; the CV text stays at home."""
    return region.person(
        code,
        name=world.secret("Navn", knows, links),
        email=f"{world.secret('mail', knows, links)}@example.dk",
        phone=world.secret("Tlf", knows, links)[-20:],
        address=world.secret("Vej", knows),
        birth_date=date(1990, 1, 2),
        text=world.secret("Cv", {code}, links),
        wanted_titles="Lagermedarbejder",
    )


def _answers(
    world: SecretWorld, region: Any, greve: Request, roskilde: Request, named: Profile
) -> None:
    circulation.answer(
        request_id=greve.pk,
        kind="CANDIDATES",
        words=world.secret("Ord", {GREVE, KOEGE}),
        candidates=[
            Named(person_id=named.pk, spoken_with=True, line=world.secret("Linje", {GREVE, KOEGE}))
        ],
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    circulation.answer(
        request_id=roskilde.pk,
        kind="NOBODY",
        reason="NO_HITS",
        words=world.secret("Ord", {ROSKILDE, KOEGE}),
        by=region.consultant(ROSKILDE).actor,
        at=MONDAY,
    )


def _says_yes(world: SecretWorld, referral: Referral, **told: Any) -> None:
    """The named person is asked and written to, says yes, and is presented; all links are sent."""
    letter = world.secret("Brev", {GREVE, KOEGE}, HIS_OWN)
    referrals.ask(referral_id=referral.pk, **told)
    referrals.write(referral_id=referral.pk, words=letter, letter_key=str(uuid4()), **told)
    link = Link.objects.get(purpose=Purpose.CANDIDATE)
    referrals.say_yes(referral_id=referral.pk, by=actor_of(link), at=MONDAY)
    referrals.present(order_id=referral.order_id, referral_ids=[referral.pk], **told)
    referrals.send_company_link(order_id=referral.order_id, **told)
    for purpose in Purpose:
        page = f"{purpose.lower()}_link"
        if found := Link.objects.filter(purpose=purpose).order_by("pk").first():
            world.tokens[page] = token_of(found)
