"""What the screens themselves must remember: failed attempts to sign in."""

from django.db import models


class FailedSignIn(models.Model):
    """One failed attempt, under a hash of what it was tried with; removed after a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="failed_sign_in_recent")]
