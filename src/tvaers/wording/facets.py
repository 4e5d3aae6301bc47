"""Facets of a search in words: what the hits can be told apart by."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.matching.facets import Group, State

HEADINGS: dict[Group, Any] = {
    Group.STATE: later("Vis"),
    Group.HAS: later("Har også"),
    Group.TRAVEL: later("Transporttid"),
    Group.READY: later("Kan starte"),
    Group.CV: later("Cv'ets alder"),
    Group.PLACE: later("Kommuner"),
}

STATES: dict[str, Any] = {
    State.ALL_MET: later("Har alt, der er en fordel"),
    State.OPEN: later("Mangler udfald"),
    State.NEW: later("Nye siden sidst"),
}


def choice(group: Group, value: str, named: Mapping[str, str]) -> str:
    """One choice of a group; `named` are the requirements or municipalities by value."""
    match group:
        case Group.STATE:
            return str(STATES[value])
        case Group.TRAVEL:
            return _("højst %(minutes)s min.") % {"minutes": value}
        case Group.READY:
            return _("nu") if value == "0" else _("inden for %(days)s dage") % {"days": value}
        case Group.CV:
            return _("højst %(days)s dage") % {"days": value}
    return named[value]
