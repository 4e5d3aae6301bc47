"""People who work here: who they are, for which office, in which role."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Dated, Office


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=email.lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Signs in with an e-mail address; what one may do comes from roles at offices."""

    last_login = None  # type: ignore[assignment]  # sign-ins are audited; a login changes no row

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(
        max_length=2, default="da", choices=[("da", "Dansk"), ("en", "English")]
    )

    mails_off = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text=_("De slags mails, brugeren ikke vil have"),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects: Any = UserManager()

    class Meta:
        ordering = ["name"]
        triggers = HistoryTriggers(exclude=["email", "name", "password"])

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    CONSULTANT = "CONSULTANT", _("Konsulent")
    COORDINATOR = "COORDINATOR", _("Koordinator")
    MANAGER = "MANAGER", _("Leder")
    PARTNER = "PARTNER", _("Partner")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")


class Appointment(Dated):
    """A user's role at an office. Lead is no role: it is given per order (R9)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    office = models.ForeignKey(Office, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=13, choices=Role.choices)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "office", "role", "starts_on"], name="appointment_once_a_start"
            ),
        ]
        triggers = HistoryTriggers()
