"""Brugere: who works at an office, and in which roles."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from tvaers.accounts import operations
from tvaers.accounts.access import Verb, may_edit_users
from tvaers.accounts.models import Role
from tvaers.accounts.queries import UserRow, users_of
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.network.queries import office_names
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.forms import ChoiceField, DateField

GIVEN_BY_MANAGERS = (Role.CONSULTANT, Role.COORDINATOR, Role.MANAGER, Role.PARTNER)


class RoleForm(ActionForm):
    """A form with a role in it: only an administrator makes administrators."""

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class NewUser(RoleForm):
    action = "user"
    heading = _("Opret en bruger")
    button = _("Opret brugeren")
    done = _("Brugeren er oprettet og kan logge ind.")

    name = forms.CharField(label=_("Navn"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = ChoiceField(label=_("Rolle"))
    password = forms.CharField(
        label=_("Første adgangskode"),
        help_text=_("Mindst 8 tegn. Brugeren skifter den selv efter første login."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        with transaction.atomic():
            user = operations.create_user(
                email=told["email"], name=told["name"], password=told["password"], by=by, at=at
            )
            operations.appoint(
                user_id=user.pk,
                office_id=self.about,
                role=Role(told["role"]),
                from_day=danish_date(at),
                by=by,
                at=at,
            )


class Appoint(RoleForm):
    action = "appoint"
    heading = _("Giv en bruger en rolle mere")
    button = _("Gem rollen")
    done = _("Rollen er gemt.")

    user_id = forms.TypedChoiceField(label=_("Bruger"), coerce=int)
    role = ChoiceField(label=_("Rolle"))
    from_day = DateField(label=_("Gælder fra"))
    last_day = DateField(label=_("Til og med"), required=False)

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [("", _("Vælg bruger")), *people.items()]  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.appoint(office_id=self.about, **self.cleaned_data, by=by, at=at)


class EndAppointment(ActionForm):
    action = "end"
    done = _("Rollen er ophørt. Den virker ikke længere fra næste klik.")

    appointment_id = forms.IntegerField()

    def __init__(self, *args: Any, among: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among

    def clean_appointment_id(self) -> int:
        if self.cleaned_data["appointment_id"] not in self.among:
            raise ValidationError(_("Rollen er allerede ophørt."))
        return int(self.cleaned_data["appointment_id"])

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.end_appointment(**self.cleaned_data, today=danish_date(at), by=by, at=at)


class Switch(ActionForm):
    """A button on one user's row; `among` are those whom the reader may switch that way."""

    user_id = forms.IntegerField()

    def __init__(self, *args: Any, among: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among

    def clean_user_id(self) -> int:
        if self.cleaned_data["user_id"] not in self.among:
            raise ValidationError(_("Det er allerede gjort, eller det er ikke dit at gøre."))
        return int(self.cleaned_data["user_id"])


class SwitchOff(Switch):
    action = "switch-off"
    done = _("Brugeren er slået fra og kan ikke længere logge ind.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.switch_off(**self.cleaned_data, by=by, at=at)


class SwitchOn(Switch):
    action = "switch-on"
    done = _("Brugeren er slået til og kan logge ind igen.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.switch_on(**self.cleaned_data, by=by, at=at)


@page(Verb.EDIT_USERS)
def users(request: Request) -> HttpResponse:
    """The users of the own office; an administrator chooses among all offices."""
    office_id = _office(request)
    if not may_edit_users(request.reader, office_id):
        raise Refused
    rows = users_of(office_id, danish_date(request.at))
    everywhere = Role.ADMINISTRATOR in request.reader.roles
    roles = tuple(Role) if everywhere else GIVEN_BY_MANAGERS
    offered = _forms(request, office_id, rows, roles)
    if carried_out(request, offered.values()):
        return redirect(f"{reverse('users')}?office={office_id}")
    context = {
        "section": "users",
        "rows": rows,
        "office_id": office_id,
        "offices": office_names() if everywhere else {},
        "forms": offered,
        "buttons": [offered[name] for name in ("end", "switch_off", "switch_on")],
    }
    return render(request, "users/users.html", context, status=status_of(offered.values()))


def _forms(
    request: Request, office_id: int, rows: tuple[UserRow, ...], roles: tuple[Role, ...]
) -> dict[str, Any]:
    """What the reader may do here: make users, give and end `roles`, switch users off and on."""
    people = {row.user_id: row.name for row in rows}
    endable = {pk for row in rows for role, pk in row.appointments.items() if role in roles}
    switchable = [row for row in rows if _may_switch(request, row, roles)]
    return {
        "user": NewUser(request, about=office_id, roles=roles),
        "appoint": Appoint(request, about=office_id, roles=roles, people=people),
        "end": EndAppointment(request, among=endable),
        "switch_off": SwitchOff(
            request, among={row.user_id for row in switchable if row.is_active}
        ),
        "switch_on": SwitchOn(
            request, among={row.user_id for row in switchable if not row.is_active}
        ),
    }


def _may_switch(request: Request, row: UserRow, roles: tuple[Role, ...]) -> bool:
    """Nobody switches oneself; a manager only those who hold no role that others give."""
    if row.user_id == request.reader.user_id:
        return False
    if Role.ADMINISTRATOR in request.reader.roles:
        return True
    return not row.works_elsewhere and set(row.appointments) <= set(roles)


def _office(request: Request) -> int:
    wanted = request.GET.get("office", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 10 else request.reader.office_id


urlpatterns = [path("brugere/", users, name="users")]
