"""Reads an order written as JSON into a draft; what is missing is found in its description."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tvaers.orders.ad_alternatives import with_alternatives
from tvaers.orders.ad_dates import day_in
from tvaers.orders.ad_requirements import asked_in_words
from tvaers.orders.ad_terms import Kind, ad_hours, ad_kind
from tvaers.orders.draft import Doubt, Draft, DraftRequirement
from tvaers.orders.intake import EmptyAd, from_ad, tidy
from tvaers.places.municipalities import municipality
from tvaers.places.postcodes import municipality_of_postcode
from tvaers.taxonomy.in_use import linker_in_use, taxonomy_in_use

MOST_OPENINGS = 500


class NotAnOrder(ValueError):
    """The JSON is no order; `key` names what is wrong ("" for the whole), `value` what stood."""

    def __init__(self, key: str, value: object = "") -> None:
        super().__init__(f"{key}: {value}")
        self.key = key
        self.value = value


def from_json(text: str, *, today: date) -> Draft:
    """The draft of an order in JSON, read on `today`. Raises `NotAnOrder`, `EmptyAd`."""
    try:
        order = json.loads(text)
    except ValueError:
        raise NotAnOrder("") from None
    if not isinstance(order, Mapping):
        raise NotAnOrder("")
    title, description = _text(order, "title"), _text(order, "description")
    if not tidy(title + description):
        raise EmptyAd
    stated = _stated(order, today=today)
    read = from_ad(f"{title}\n{description}", title=title, today=today)
    read = replace(read, description=tidy(description)[: len(read.description)] or read.description)
    settled = {key for name in stated for key in _SETTLES.get(name, ())}
    return replace(read, **stated, doubts=read.doubts - settled).doubted(today=today)


_SETTLES = {
    "openings": (Doubt.OPENINGS,),
    "municipalities": (Doubt.SEVERAL_PLACES,),
    "hours": (Doubt.HOURS,),
    "kind": (Doubt.KIND,),
}


def _stated(order: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The fields of the draft that the JSON says itself."""
    stated: dict[str, Any] = {}
    for key, read in _READERS.items():
        value = order.get(key)
        if value is not None and value != "":
            stated |= read(value, today)
    return stated


def _text(order: Mapping[str, Any], key: str) -> str:
    value = order.get(key) or ""
    if not isinstance(value, str):
        raise NotAnOrder(key, value)
    return value


def _openings(value: Any, today: date) -> dict[str, Any]:
    if isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_OPENINGS:
        raise NotAnOrder("openings", value)
    return {"openings": value}


def _municipality(value: Any, today: date) -> dict[str, Any]:
    names = value if isinstance(value, list) else [value]
    found = [municipality(str(name)) for name in names]
    codes = [fact.code for fact in found if fact is not None]
    if len(codes) < len(names):
        raise NotAnOrder("municipality", value)
    return {"municipalities": tuple(dict.fromkeys(codes))}


def _postcode(value: Any, today: date) -> dict[str, Any]:
    postcode = str(value).strip().zfill(4)
    code = municipality_of_postcode(postcode)
    if code is None:
        raise NotAnOrder("postcode", value)
    return {"postcode": postcode, "municipalities": (code,)}


def _start(value: Any, today: date) -> dict[str, Any]:
    day = day_in(str(value), today=today)
    if day is None:
        raise NotAnOrder("start", value)
    return {"starts_on": day}


def _hours(value: Any, today: date) -> dict[str, Any]:
    ends = value if isinstance(value, list) else [value]
    week = ad_hours(f"{'-'.join(str(end) for end in ends)} timer om ugen").week
    if week is None:
        raise NotAnOrder("hours", value)
    return {"hours": week}


def _kind(value: Any, today: date) -> dict[str, Any]:
    if value in tuple(Kind):
        return {"kind": Kind(value)}
    kind, doubt = ad_kind(str(value))
    if doubt or (kind is Kind.ORDINARY and "ordinær" not in str(value).casefold()):
        raise NotAnOrder("kind", value)
    return {"kind": kind}


def _requirements(value: Any, today: date) -> dict[str, Any]:
    if not isinstance(value, list):
        raise NotAnOrder("requirements", value)
    asked: dict[tuple[int | None, str, str], DraftRequirement] = {}
    linker, taxonomy = linker_in_use(), taxonomy_in_use()
    for item in value:
        said, must = (item, True) if isinstance(item, str) else _worded(item)
        words = tidy(said)
        found = asked_in_words(words, must=must, linker=linker, taxonomy=taxonomy)
        for requirement in with_alternatives(found, words, linker.mentions(words), taxonomy):
            text = "" if requirement.concept_id else requirement.text
            asked.setdefault((requirement.concept_id, requirement.kind, text), requirement)
    return {"requirements": tuple(asked.values())}


def _worded(item: Any) -> tuple[str, bool]:
    """The words of a requirement and whether it is a must; a must unless it says otherwise."""
    if not isinstance(item, Mapping) or not isinstance(item.get("text"), str) or not item["text"]:
        raise NotAnOrder("requirements", item)
    must = item.get("must", True)
    if not isinstance(must, bool):
        raise NotAnOrder("requirements", item)
    return item["text"], must


_READERS: dict[str, Callable[[Any, date], dict[str, Any]]] = {
    "openings": _openings,
    "postcode": _postcode,
    "municipality": _municipality,
    "start": _start,
    "hours": _hours,
    "kind": _kind,
    "requirements": _requirements,
}
