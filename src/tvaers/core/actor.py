"""Who does a thing. Every change in the house names its actor."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    LINK = "link"
    JOB = "job"
    IMPORT = "import"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Someone or something that acts, and the office it acts for.

    `id` is the user's or the link's number; a job or an import has a `label` instead.
    Raises `ValueError` when it has neither, because a trace must lead somewhere.
    """

    kind: ActorKind
    id: int | None = None
    office_id: int | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.id is None and not self.label:
            raise ValueError("an actor needs an id or a label")

    @property
    def user_id(self) -> int | None:
        """The user's number; None for a link, a job or an import."""
        return self.id if self.kind == ActorKind.PERSON else None

    @property
    def acting_office(self) -> int:
        """The office acted for; raises `ValueError` for an actor that acts for none."""
        if self.office_id is None:
            raise ValueError(f"{self.text} acts for no office")
        return self.office_id

    @property
    def text(self) -> str:
        """The actor as history keeps it: "person:12", "job:demo"."""
        return f"{self.kind}:{self.label if self.id is None else self.id}"


MIGRATION = Actor(kind=ActorKind.JOB, label="migrate")
"""Who loads the rows that every installation has."""
