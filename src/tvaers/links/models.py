"""Signed links: each opens one thing, for one purpose, until it expires or is withdrawn."""

import uuid

from django.db import models
from django.db.models import F, Q

from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Office


class Purpose(models.TextChoices):
    """What a link lets its holder do; a link for one purpose opens no other door.

    | purpose   | for              | about                                          |
    |-----------|------------------|------------------------------------------------|
    | ANSWER    | an office        | a request: "ingen egnede"                      |
    | CANDIDATE | a candidate      | a referral: yes or no to a job                 |
    | LETTER    | a candidate      | a referral: what was written, and a reply      |
    | MINE      | a candidate      | a person: what was shared, who has looked      |
    | COMPANY   | a company        | an order: "jeres stilling"                     |
    """

    ANSWER = "ANSWER", "ANSWER"
    CANDIDATE = "CANDIDATE", "CANDIDATE"
    LETTER = "LETTER", "LETTER"
    MINE = "MINE", "MINE"
    COMPANY = "COMPANY", "COMPANY"


class Link(models.Model):
    """What was given away: `about` is the id of the thing, as `Purpose` says.

    The secret is not here: the address is `public_id` with a signature, made when it is needed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    about = models.BigIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "about"], name="link_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="link_expires_after_it_is_made"
            )
        ]
        triggers = HistoryTriggers()
