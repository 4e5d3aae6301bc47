"""The people a visitor to the demo can be, and what to try as each of them.

The synthetic world makes the users; they are found by their addresses.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
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


def user_called(name: str) -> User | None:
    """The user behind one of `PEOPLE`, when the demo world is loaded."""
    emails = [person.email for person in PEOPLE if person.name == name]
    return User.objects.filter(email__in=emails, is_active=True).first()


def person_of(email: str) -> DemoPerson | None:
    """The demo's person with this address."""
    return next((person for person in PEOPLE if person.email == email), None)
