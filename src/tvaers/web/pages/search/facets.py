"""The facets of a search as links: each with its count, chosen or not, beside the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tvaers.matching.facets import Group
from tvaers.matching.queries import ResultPage
from tvaers.web.components.icons import icon
from tvaers.wording.facets import HEADINGS, choice

NAMES = {
    Group.STATE: "kun",
    Group.HAS: "har",
    Group.TRAVEL: "rejse",
    Group.READY: "klar",
    Group.CV: "cv",
    Group.PLACE: "kommune",
}
"""What each group is called in the address."""


OFFERED = '<a href="{0}">{1}</a> <span>{2}</span>'
EMPTY = '<span class="quiet">{1}</span> <span>{2}</span>'
CHOSEN = (
    '<a href="{}" aria-current="true">{} {}<span class="sr-only"> {}</span></a> <span>{}</span>'
)


@dataclass(frozen=True)
class Link:
    """One choice: `address` takes it, or leaves it when it is chosen."""

    text: str
    count: int
    chosen: bool
    address: str

    @property
    def drawn(self) -> SafeString:
        """The link and its count, without a template: a page has one for every municipality."""
        if self.chosen:
            leave = _("(valgt; klik for at fravælge)")
            return format_html(CHOSEN, self.address, self.text, icon("close"), leave, self.count)
        return format_html(OFFERED if self.count else EMPTY, self.address, self.text, self.count)


@dataclass(frozen=True)
class Section:
    """The choices of one group under their heading."""

    heading: Any
    links: tuple[Link, ...]


def chosen_in(request: HttpRequest) -> dict[Group, str]:
    """What the address chooses."""
    return {group: request.GET[name] for group, name in NAMES.items() if request.GET.get(name)}


def sections_of(found: ResultPage, query: QueryDict) -> list[Section]:
    """Every group with something to choose, but for the municipalities."""
    named = {str(row.pk): row.text for row in found.nice}
    groups = [group for group in Group if group is not Group.PLACE]
    sections = [Section(HEADINGS[group], _links(found, group, query, named)) for group in groups]
    return [section for section in sections if section.links]


def links_to_places(
    found: ResultPage, query: QueryDict, names: Mapping[str, str]
) -> dict[str, Link]:
    """The municipalities by code."""
    links = _links(found, Group.PLACE, query, names)
    codes = [one.value for one in found.facets.choices(Group.PLACE)]
    return dict(zip(codes, links, strict=True))


def _links(
    found: ResultPage, group: Group, query: QueryDict, named: Mapping[str, str]
) -> tuple[Link, ...]:
    return tuple(
        Link(
            text=choice(group, one.value, named),
            count=one.count,
            chosen=one.chosen,
            address=_address(query, NAMES[group], "" if one.chosen else one.value),
        )
        for one in found.facets.choices(group)
    )


def _address(query: QueryDict, name: str, value: str) -> str:
    """The address with another value of `name` and from its first page."""
    kept = query.copy()
    kept.pop("page", None)
    kept[name] = value
    if not value:
        del kept[name]
    return f"?{kept.urlencode()}"
