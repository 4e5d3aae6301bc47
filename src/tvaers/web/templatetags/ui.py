"""The small parts that pages are made of. Every template has them without `{% load %}`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tvaers.core.paging import Page
from tvaers.web.components import icons, marks
from tvaers.wording import times
from tvaers.wording.matching import Mark, PartWords

register = template.Library()

LEVELS = {"info", "success", "warning", "error"}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One of the design system's icons, as decoration: `{% icon "phone" %}`."""
    return icons.icon(name, css)


@register.filter
def mark_list(marks_: Iterable[Mark]) -> SafeString:
    """What a person meets and lacks: `{{ row.marks|mark_list }}`."""
    return marks.mark_list(marks_)


@register.filter
def part_rows(parts: Iterable[PartWords]) -> SafeString:
    """What each part of the fit gives, as rows of a table: `{{ row.parts|part_rows }}`."""
    return marks.part_rows(parts)


@register.simple_tag(takes_context=True)
def due(context: template.Context, due_at: datetime | None) -> SafeString:
    """When something is due, as people say it: "senest i dag kl. 14.10 · 5 timer tilbage"."""
    if due_at is None:
        return SafeString("")
    said = times.due(due_at, at=context["request"].at)
    return format_html(
        '<time class="due{}" datetime="{}" title="{}">{} <span class="left">· {}</span>'
        '<span class="sr-only"> ({})</span></time>',
        " late" if said.late else "",
        due_at.isoformat(timespec="minutes"),
        said.exact,
        said.by,
        said.left,
        said.exact,
    )


@register.simple_tag(takes_context=True)
def ago(context: template.Context, moment: datetime | None) -> SafeString:
    """When something happened: "for 3 timer siden", with the exact time behind it."""
    if moment is None:
        return SafeString("")
    exact = times.exact(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}<span class="sr-only"> ({})</span></time>',
        moment.isoformat(timespec="minutes"),
        exact,
        times.ago(moment, at=context["request"].at),
        exact,
    )


@register.filter
def day(value: Any) -> str:
    """A day as people write it: "24. november 2026"."""
    return times.day(value) if value else ""


@register.filter
def moment(value: datetime) -> str:
    """A day and the time of it, in Denmark: "24. november 2026 kl. 14.10"."""
    return times.day_and_clock(value)


@register.simple_tag
def tag(text: Any, level: str = "") -> SafeString:
    """A status in a word: `{% tag "Venter" "warning" %}`; levels as those of messages."""
    css = f"badge-{level}" if level in LEVELS else "badge-plain"
    return format_html('<span class="badge {}">{}</span>', css, text)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the page before and after, keeping the rest of the address: `{% pages page %}`."""
    query = context["request"].GET.copy()

    def address(number: int | None) -> str:
        query["page"] = str(number)
        return query.urlencode()

    return {"page": page, "previous": address(page.previous), "next": address(page.next)}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(here: Any, *trail: Any) -> dict[str, Any]:
    """Where the page lies: `{% breadcrumb company.name _("Virksomheder") "companies" %}`.

    After the page's own name come pairs of text and the name of an address without arguments.
    """
    pairs = zip(trail[::2], trail[1::2], strict=True)
    return {"here": here, "crumbs": [(text, reverse(name)) for text, name in pairs]}


@register.inclusion_tag("ui/empty.html")
def empty(title: Any, words: Any = "", link: str = "", link_text: Any = "") -> dict[str, Any]:
    """What stands where a list would: why it is empty, and what to do."""
    return {"title": title, "words": words, "link": link, "link_text": link_text}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """The errors of a form whose fields a page lays out by itself."""
    return {"form": form}


@register.filter
def anchor(field: BoundField) -> str:
    """The id to jump to from an error: the input, or the first of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


@register.inclusion_tag("ui/action.html", takes_context=True)
def action(context: template.Context, form: Any) -> dict[str, Any]:
    """An `ActionForm`, folded until it is wanted or came back with errors."""
    return {"form": form, "csrf_token": context["csrf_token"], "request": context["request"]}


@register.inclusion_tag("ui/button.html", takes_context=True)
def action_button(
    context: template.Context, name: str, field: str, value: Any, text: Any, about: Any = ""
) -> dict[str, Any]:
    """An `ActionForm` with one field as a button in a row; `about` says which row it is in."""
    return {
        "action": name,
        "field": field,
        "value": value,
        "text": text,
        "about": about,
        "csrf_token": context["csrf_token"],
    }
