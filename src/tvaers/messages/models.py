"""The outbox: what must be told to whom, written in the transaction that caused it (R16)."""

from django.db import models
from django.db.models import Q

from tvaers.accounts.models import User
from tvaers.database.history import HistoryTriggers
from tvaers.messages.lifecycle import Failure
from tvaers.network.models import Office


class Message(models.Model):
    """One message to one recipient: a kind and ids. The sentence is made when it is sent.

    `to_person` is an unemployed person's number: the address is read when it is sent, as the home
    office, so that whoever wrote never sees it (R13). `about_order` is the order it is about, by
    which an order's mails are counted. Both are plain numbers, because those tables stand above.

    It waits (`next_try_at`) until it is sent, given up (`failed_at`), or `overtaken_at`: when its
    turn came, there was nothing left to tell.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    ids = models.JSONField(default=dict)
    to_user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    to_office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    to_person = models.BigIntegerField(null=True, blank=True)
    about_order = models.BigIntegerField(null=True, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    overtaken_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(
        max_length=11, blank=True, choices=[(one.value, one.value) for one in Failure]
    )

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(next_try_at__isnull=False),
                name="message_waiting",
            ),
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="message_failed"
            ),
            models.Index(
                fields=["about_order"],
                condition=Q(about_order__isnull=False),
                name="message_about_order",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(to_user__isnull=False, to_office=None, to_person=None, email="")
                    | Q(to_user=None, to_office__isnull=False, to_person=None, email="")
                    | Q(to_user=None, to_office=None, to_person__isnull=False, email="")
                    | (Q(to_user=None, to_office=None, to_person=None) & ~Q(email=""))
                ),
                name="message_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=(
                    Q(next_try_at__isnull=False, sent_at=None, overtaken_at=None, failed_at=None)
                    | Q(next_try_at=None, sent_at__isnull=False, overtaken_at=None, failed_at=None)
                    | Q(next_try_at=None, sent_at=None, overtaken_at__isnull=False, failed_at=None)
                    | Q(next_try_at=None, sent_at=None, overtaken_at=None, failed_at__isnull=False)
                ),
                name="message_waits_or_has_one_end",
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) | ~Q(failure=""),
                name="message_failed_says_why",
            ),
        ]
        triggers = HistoryTriggers(exclude=["email"])


class CaughtMail(models.Model):
    """A mail that the demo caught instead of sending it; one row a message, however often sent."""

    message_id = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
