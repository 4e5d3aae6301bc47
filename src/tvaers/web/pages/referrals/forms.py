"""What is written when a candidate moves on."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tvaers.core.actor import Actor
from tvaers.orders.portions import portions_of
from tvaers.referrals import operations
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Reason
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, DateField, FreeTextField, MomentField
from tvaers.wording.orders import scheme_name

BY_MAIL, BY_ME = "MAIL", "ME"


class Ask(ActionForm):
    action = "ask"
    heading = _("Spørg kandidaten")
    button = _("Spørg")
    done = _("Kandidaten er spurgt. Svaret står her, når det kommer.")

    how = ChoiceField(
        label=_("Må cv'et deles med virksomheden?"),
        choices=[
            (BY_MAIL, _("Send kandidaten en mail med et link til at svare ja eller nej")),
            (BY_ME, _("Jeg har selv spurgt kandidaten")),
        ],
        initial=BY_MAIL,
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        by_mail = self.cleaned_data["how"] == BY_MAIL
        operations.ask(referral_id=self.about.pk, by_mail=by_mail, by=by, at=at)


class Write(ActionForm):
    action = "write"
    heading = _("Skriv til kandidaten")
    button = _("Send beskeden")
    done = _("Beskeden er sendt. I ser ikke kandidatens adresse; svaret kommer her.")

    letter_key = forms.UUIDField(widget=forms.HiddenInput)
    words = FreeTextField(label=_("Besked"), max_length=1000, rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"letter_key": uuid4()}, **kwargs)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = {name: self.cleaned_data[name] for name in ("words", "letter_key")}
        operations.write(referral_id=self.about.pk, **told, by=by, at=at)


class Bind(ActionForm):
    action = "bind"
    heading = _("Henvis kandidaten (bindende)")
    button = _("Send henvisningen")
    done = _("Kandidaten er henvist og har fået det skriftligt.")

    apply_by = MomentField(
        label=_("Kandidaten skal have søgt jobbet senest"),
        help_text=_("Mindst et døgns varsel. Kun hjemkommunen eller a-kassen kan henvise."),
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.bind(referral_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class Present(ActionForm):
    action = "present"
    heading = _("Præsentér for virksomheden")
    button = _("Præsentér")
    done = _("Kandidaten er præsenteret for virksomheden.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.present(order_id=self.about.order_id, referral_ids=[self.about.pk], by=by, at=at)


class Applied(ActionForm):
    action = "applied"
    heading = _("Kandidaten har søgt")
    button = _("Skriv, at kandidaten har søgt")
    done = _("Det er skrevet ned, at kandidaten har søgt.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.applied(referral_id=self.about.pk, by=by, at=at)


class Interview(ActionForm):
    action = "interview"
    heading = _("Til samtale hos virksomheden")
    button = _("Gem samtalen")
    done = _("Samtalen er gemt.")

    interview_at = MomentField(label=_("Hvornår er samtalen?"))

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.interview(referral_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class Hire(ActionForm):
    action = "hire"
    heading = _("Ansat")
    button = _("Gem ansættelsen")
    done = _("Tillykke. Ansættelsen er gemt.")

    starts_on = DateField(label=_("Første arbejdsdag"))
    hours = forms.IntegerField(label=_("Timer om ugen"), min_value=1, max_value=60)
    scheme = forms.ChoiceField(label=_("Ordning"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = self.about.order
        self.initial = {"starts_on": order.starts_on, "hours": order.hours_max}
        portions = portions_of(order) if order.kinds != order.scheme.kind_bit else ()
        schemes = {one.code: one for one in (order.scheme, *(row.scheme for row in portions))}
        if len(schemes) == 1:
            del self.fields["scheme"]
        else:
            names = [(code, scheme_name(one)) for code, one in schemes.items()]
            self.fields["scheme"].choices = names  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.hire(referral_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class Reject(ActionForm):
    action = "reject"
    heading = _("Afvist")
    button = _("Gem afvisningen")
    done = _("Afvisningen er gemt.")

    reason = forms.ChoiceField(
        label=_("Hvorfor?"), choices=[("", _("Vælg en grund")), *Reason.choices]
    )
    words = FreeTextField(label=_("Bemærkning"), required=False, max_length=500, rows=2)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.reject(referral_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class Withdraw(ActionForm):
    action = "withdraw"
    heading = _("Træk forslaget tilbage")
    button = _("Træk tilbage")
    done = _("Forslaget er trukket tilbage.")

    words = FreeTextField(label=_("Bemærkning"), required=False, max_length=500, rows=2)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.withdraw(referral_id=self.about.pk, **self.cleaned_data, by=by, at=at)


OF_MOVE: dict[State, type[ActionForm]] = {
    State.ASKED: Ask,
    State.PRESENTED: Present,
    State.APPLIED: Applied,
    State.INTERVIEW: Interview,
    State.HIRED: Hire,
    State.REJECTED: Reject,
    State.WITHDRAWN: Withdraw,
}
"""In the order that a referral usually goes."""
