"""Orders that are being written: kept in the session, so that a reload loses nothing.

A draft is what the form says, by the number that the order will have. It is the writer's own and
goes when the session ends; nothing with a CPR number in it is kept (R17).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tvaers.core.cpr import cpr_spans
from tvaers.web.doors import Request

IN_SESSION = "order_drafts"
KEPT_AT_MOST = 5


@dataclass(frozen=True)
class DraftRow:
    """A draft in the list of drafts."""

    public_id: str
    title: str
    company_name: str


def draft(request: Request, public_id: UUID) -> dict[str, Any] | None:
    """What the draft says, or None when there is none."""
    found = request.session.get(IN_SESSION, {}).get(str(public_id))
    return dict(found) if found else None


def drafts(request: Request) -> list[DraftRow]:
    """The reader's drafts, the newest first."""
    kept = request.session.get(IN_SESSION, {})
    return [
        DraftRow(public_id, told.get("title", ""), told.get("company_name", ""))
        for public_id, told in reversed(kept.items())
    ]


def keep(request: Request, public_id: UUID, told: Mapping[str, Any]) -> bool:
    """Keep the draft as the newest; False, and nothing kept, when a CPR number stands in it."""
    if cpr_spans("\n".join(_texts(told))):
        return False
    kept = dict(request.session.get(IN_SESSION, {}))
    kept.pop(str(public_id), None)
    kept[str(public_id)] = dict(told)
    request.session[IN_SESSION] = dict(list(kept.items())[-KEPT_AT_MOST:])
    return True


def drop(request: Request, public_id: UUID) -> None:
    """The order is taken in, or nobody wants the draft."""
    kept = dict(request.session.get(IN_SESSION, {}))
    if kept.pop(str(public_id), None) is not None:
        request.session[IN_SESSION] = kept


def _texts(told: Mapping[str, Any]) -> list[str]:
    lines = [line["text"] for line in told.get("lines", ())]
    return [*lines, *(value for value in told.values() if isinstance(value, str))]
