"""Searches that people follow: saved, made again, and looked over for who is new (no mail)."""

from datetime import datetime

from django.db.models import F

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.matching.asked import Asked, codes_of
from tvaers.matching.models import HitOutcome, SavedSearch, Search
from tvaers.matching.operations import search
from tvaers.matching.order_query import Settings
from tvaers.orders.models import Stage


@change
def save(*, search_id: int, by: Actor, at: datetime) -> SavedSearch:
    """Follow a search; saved already, it stays as it is."""
    made = Search.objects.only("order_id").get(pk=search_id)
    saved, _ = SavedSearch.objects.get_or_create(
        user_id=_owner(by),
        search_id=search_id,
        defaults={"office_id": by.acting_office, "order_id": made.order_id, "seen_at": at},
    )
    return saved


@change
def forget(*, search_id: int, by: Actor, at: datetime) -> None:
    """Follow a search no longer; the search itself is kept."""
    SavedSearch.objects.filter(user_id=_owner(by), search_id=search_id).delete()


@change
def search_again(
    *, search_id: int, by: Actor, at: datetime, settings: Settings | None = None
) -> Search:
    """The same search as order and people are now, by another rule with `settings`.

    Who follows it follows the new one, and has seen what the old one found. Raises
    `SearchRefused`.
    """
    before = Search.objects.get(pk=search_id)
    made = search(
        order_id=before.order_id,
        scope=before.scope,
        settings=settings or Settings.from_json(before.settings),
        by=by,
        at=at,
    )
    SavedSearch.objects.filter(user_id=_owner(by), search=before).update(
        before=F("search"), search=made, waiting=0, seen_at=at
    )
    return made


@change
def look_for_new(*, by: Actor, at: datetime) -> int:
    """Count, for each saved search of an order at work, who has come to fit since it was seen.

    People with an outcome on the order are not new. Nobody is shown, so no look is recorded.
    Returns how many saved searches have someone waiting. Nine queries a saved search at most.
    """
    rows = (
        SavedSearch.objects.filter(order__paused_at__isnull=True)
        .exclude(order__stage=Stage.CLOSED)
        .select_related("search", "order__scheme")
    )
    waiting = 0
    for saved in rows:
        new = len(_new(saved, at))
        if new != saved.waiting:
            saved.waiting = new
            saved.save(update_fields=["waiting"])
        waiting += new > 0
    return waiting


def _owner(by: Actor) -> int:
    """The user who follows; raises `ValueError` for an actor that is no person."""
    if by.user_id is None:
        raise ValueError(f"{by.text} follows no search")
    return by.user_id


def _new(saved: SavedSearch, at: datetime) -> set[int]:
    order, settings = saved.order, Settings.from_json(saved.search.settings)
    asked = Asked(order, order.requirements_version, at, settings)
    found = asked.index.all_ids(asked.query, codes_of(saved.search.scope))
    settled = HitOutcome.objects.filter(order=order).values_list("person_id", flat=True)
    return set(found.tolist()) - set(saved.search.hits) - set(settled)
