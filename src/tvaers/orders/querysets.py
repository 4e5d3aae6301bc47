"""The words in which orders are asked for."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from tvaers.orders.lifecycle import Stage

if TYPE_CHECKING:
    from tvaers.orders.models import Order  # noqa: F401 - named in the base class


class OrderQuerySet(QuerySet["Order"]):
    def open(self) -> Self:
        """Not closed, paused or not."""
        return self.exclude(stage=Stage.CLOSED)

    def led_by(self, office_id: int) -> Self:
        """Orders that an office is accountable for, as lead or co-lead (R9)."""
        co_leads = apps.get_model("orders", "CoLead")._default_manager
        shared = Exists(co_leads.filter(order=OuterRef("pk"), office=office_id))
        return self.filter(Q(lead_office=office_id) | shared)

    def awaiting_dialogue(self) -> Self:
        """Open, and the company has not been spoken with (R2)."""
        return self.open().filter(first_dialogue_at__isnull=True)

    def awaiting_presentation(self) -> Self:
        """Open, spoken about, not paused, and nobody presented yet (R3)."""
        return self.open().filter(
            first_dialogue_at__isnull=False,
            first_presented_at__isnull=True,
            paused_at__isnull=True,
        )

    def overdue(self, *, at: datetime) -> Self:
        """Open with the promise that is next to be kept broken at `at`; as `deadlines.running`."""
        return self.open().filter(
            Q(first_dialogue_at__isnull=True, dialogue_due_at__lte=at)
            | Q(
                first_dialogue_at__isnull=False,
                first_presented_at__isnull=True,
                paused_at__isnull=True,
                presentation_due_at__lte=at,
            )
        )
