"""The people a visitor to the demo can be, and what to try as each of them.

The synthetic world makes the users; they are found by their addresses.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import token_of
from tvaers.synthetic.people_who_work import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    LEAD,
    MANAGER,
    PARTNER,
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone to sign in as: a short name for the address, a title, and things to try."""

    name: str
    email: str
    title: Any
    tries: tuple[Any, ...]


PEOPLE = (
    DemoPerson(
        "konsulent",
        CONSULTANT.email,
        _("Konsulent i Køge"),
        (
            _("Svar på en jobordre fra en anden kommune: åbn den øverste opgave."),
            _("Find en virksomhed, og skriv en samtale ned."),
        ),
    ),
    DemoPerson(
        "tovholder",
        LEAD.email,
        _("Tovholder i Køge"),
        (
            _("Se, hvilke jobordrer der mangler kandidater, og hvor længe der er tilbage."),
            _("Prøv at lukke en jobordre, før alle kommuner er dækket."),
        ),
    ),
    DemoPerson(
        "koordinator",
        COORDINATOR.email,
        _("Koordinator i samarbejdet"),
        (
            _("Skift servicemålet fra en dag i næste måned under Kommuner og kontakter."),
            _("Tilføj en lukkedag og en stedfortræder."),
        ),
    ),
    DemoPerson(
        "leder",
        MANAGER.email,
        _("Leder i Køge"),
        (_("Giv en medarbejder en rolle, og afslut den igen under Brugere."),),
    ),
    DemoPerson(
        "administrator",
        ADMINISTRATOR.email,
        _("Administrator"),
        (_("Opret en bruger, og se, at en administrator ikke ser ledige personer."),),
    ),
    DemoPerson(
        "partner",
        PARTNER.email,
        _("Partner i en a-kasse"),
        (_("Svar på en jobordre med to af jeres egne medlemmer."),),
    ),
)


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A page that somebody outside gets by mail: a short name, a title, and the kind of link."""

    name: str
    title: Any
    purpose: Purpose
    page: str


LINKS = (
    DemoLink("virksomhed", _("Virksomhed: jeres stilling"), Purpose.COMPANY, "company_link"),
    DemoLink("ledig", _("Ledig: må dit cv deles?"), Purpose.CANDIDATE, "candidate_link"),
)


def address_of(name: str, *, at: datetime) -> str | None:
    """The address of one of `LINKS` in the demo world, the newest that still opens."""
    found = next((link for link in LINKS if link.name == name), None)
    if found is None:
        return None
    links = Link.objects.filter(purpose=found.purpose, withdrawn_at=None, expires_at__gt=at)
    newest = links.order_by("-id").first()
    return reverse(found.page, args=[token_of(newest)]) if newest else None


def links_that_open(*, at: datetime) -> list[DemoLink]:
    """Those of `LINKS` that lead somewhere; when days have passed, none may. Two queries."""
    return [link for link in LINKS if address_of(link.name, at=at)]


def user_called(name: str) -> User | None:
    """The user behind one of `PEOPLE`, when the demo world is loaded."""
    emails = [person.email for person in PEOPLE if person.name == name]
    return User.objects.filter(email__in=emails, is_active=True).first()


def person_of(email: str) -> DemoPerson | None:
    """The demo's person with this address."""
    return next((person for person in PEOPLE if person.email == email), None)
