"""The address of a link: its public id and a signature that holds for one purpose only."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core.signing import BadSignature, Signer

from tvaers.core.actor import Actor, ActorKind
from tvaers.links.models import Link, Purpose


class Refusal(StrEnum):
    FORGED = "FORGED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class LinkRefused(Exception):
    """The link opens nothing. `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


def token_of(link: Link) -> str:
    """The part of the address that is the link; the same every time it is asked for."""
    return _signer(link.purpose).sign(link.public_id.hex)


def opened(token: str, purpose: Purpose, *, at: datetime) -> Link:
    """The link behind a token. Nothing changes by opening it. Raises `LinkRefused`. One query."""
    try:
        public_id = UUID(hex=_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        raise LinkRefused(Refusal.FORGED) from None
    link = Link.objects.filter(public_id=public_id, purpose=purpose).first()
    if link is None:
        raise LinkRefused(Refusal.FORGED)
    if link.withdrawn_at is not None:
        raise LinkRefused(Refusal.WITHDRAWN)
    if at >= link.expires_at:
        raise LinkRefused(Refusal.EXPIRED)
    return link


def actor_of(link: Link) -> Actor:
    """Whoever holds the link: nobody knows who, but for which office, and by which link."""
    return Actor(kind=ActorKind.LINK, id=link.pk, office_id=link.office_id)


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"tvaers.links.{purpose}", sep="~")
