"""What people write on an alliance's page, and on the nation's."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tvaers.core.actor import Actor
from tvaers.network import operations
from tvaers.network.queries import office_names
from tvaers.places.queries import municipality_names
from tvaers.web.actions import ActionForm
from tvaers.web.forms import DateField, ManyField


class SaveAlliance(ActionForm):
    """Name and area; without `about` it is a new alliance."""

    action = "alliance"
    heading = _("Ret navn og område")
    button = _("Gem samarbejdet")
    done = _("Samarbejdet er gemt.")

    name = forms.CharField(
        label=_("Navn"), max_length=120, help_text=_("Det navn, virksomhederne ser.")
    )
    releases_by_default = forms.BooleanField(
        label=_("Kontorerne må se navnet på hinandens kandidater til en jobordre"), required=False
    )
    is_example = forms.BooleanField(
        label=_("Et eksempel, ikke et rigtigt samarbejde"), required=False
    )
    municipalities = ManyField(
        label=_("Område"),
        help_text=_("Jobordrer, der allerede er modtaget, beholder det område, de kom med."),
    )

    saved: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = list(municipality_names().items())  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data | {"municipalities": tuple(self.cleaned_data["municipalities"])}
        self.saved = operations.save_alliance(alliance_id=self.about, **told, by=by, at=at).pk


class NewServiceLevel(ActionForm):
    """New promises from a day on; `about` is the alliance, or None for the nation."""

    action = "service-level"
    heading = _("Nyt servicemål fra en dag")
    button = _("Gem servicemålet")
    done = _("Servicemålet er gemt. Jobordrer fra før den dag beholder det gamle.")

    from_day = DateField(label=_("Gælder fra"))
    dialogue_days = forms.IntegerField(
        label=_("Dialog med virksomheden (arbejdsdage)"), min_value=1, max_value=30
    )
    presentation_days = forms.IntegerField(
        label=_("Kandidater præsenteret (arbejdsdage)"), min_value=1, max_value=60
    )
    answer_hours = forms.IntegerField(
        label=_("Svar fra andre kontorer (timer)"), min_value=1, max_value=480
    )
    answer_in_calendar_hours = forms.BooleanField(
        label=_("Tæl alle timer, også på lukkedage"), required=False
    )
    freshness_days = forms.IntegerField(
        label=_("Data må højst være så gamle (arbejdsdage)"), min_value=1, max_value=30
    )
    presented_per_opening = forms.IntegerField(
        label=_("Kandidater pr. ledig plads"), min_value=1, max_value=20
    )
    answers_everywhere = forms.BooleanField(
        label=_("En søgning er ikke nok: alle kontorer skal svare"), required=False
    )
    starts_at_alliance = forms.BooleanField(
        label=_("Søg altid i hele samarbejdet med det samme"), required=False
    )
    widens_by_itself = forms.BooleanField(
        label=_("Udvid søgningen af sig selv, når et trin er dækket"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_from_day(self) -> date:
        from_day: date = self.cleaned_data["from_day"]
        if from_day <= self.today:
            raise ValidationError(_("Et nyt servicemål gælder tidligst fra i morgen."))
        return from_day

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.new_service_level(alliance_id=self.about, **self.cleaned_data, by=by, at=at)


class AddClosingDay(ActionForm):
    action = "closing-day"
    heading = _("Tilføj en lukkedag")
    button = _("Gem lukkedagen")
    done = _("Lukkedagen er gemt. Frister, der allerede er givet, ændres ikke.")

    day = DateField(label=_("Dag"))
    name = forms.CharField(label=_("Hvorfor?"), max_length=60)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.add_closing_day(alliance_id=self.about, **self.cleaned_data, by=by, at=at)


class RemoveClosingDay(ActionForm):
    action = "remove-closing-day"
    done = _("Dagen er en arbejdsdag igen.")

    closing_day_id = forms.IntegerField()

    def __init__(self, *args: Any, among: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among

    def clean_closing_day_id(self) -> int:
        if self.cleaned_data["closing_day_id"] not in self.among:
            raise ValidationError(_("Det er allerede fjernet."))
        return int(self.cleaned_data["closing_day_id"])

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.remove_closing_day(**self.cleaned_data, by=by, at=at)


class AddMember(ActionForm):
    action = "member"
    heading = _("Optag et kontor")
    button = _("Gem medlemskabet")
    done = _("Kontoret er optaget.")

    office_id = forms.TypedChoiceField(label=_("Kontor"), coerce=int)
    from_day = DateField(label=_("Gælder fra"))

    def __init__(self, *args: Any, members: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Vælg kontor")),
            *((pk, name) for pk, name in office_names().items() if pk not in members),
        ]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.save_membership(alliance_id=self.about, **self.cleaned_data, by=by, at=at)


class EndMembership(ActionForm):
    action = "leave"
    heading = _("Et kontor forlader samarbejdet")
    button = _("Gem den sidste dag")
    done = _("Den sidste dag er gemt.")

    office_id = forms.TypedChoiceField(label=_("Kontor"), coerce=int)
    last_day = DateField(label=_("Sidste dag"))

    def __init__(self, *args: Any, members: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Vælg kontor")),
            *members.items(),
        ]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.end_membership(alliance_id=self.about, **self.cleaned_data, by=by, at=at)


def tomorrow(today: date) -> date:
    """The first day from which promises can be new."""
    return today + timedelta(days=1)
