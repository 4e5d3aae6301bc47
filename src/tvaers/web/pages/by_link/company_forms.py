"""What a company says by its link: of a candidate, of the position, and what more it needs."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from tvaers.companies import wishes
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.orders import operations as orders
from tvaers.orders.models import Subject
from tvaers.referrals.models import ReplyKind
from tvaers.referrals.operations import company_replies
from tvaers.referrals.replies import COMPANYS_REASONS
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, FreeTextField, MomentField
from tvaers.web.link_doors import LinkVisit


class CompanyForm(ActionForm):
    """A form on the company's page; `about` is the order, and `key` makes two clicks one."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, request: LinkVisit, *, about: Any, **initial: Any) -> None:
        super().__init__(request, about=about, initial={"key": uuid4()} | initial)


class Reply(CompanyForm):
    """Yes, an interview, or no with a reason; one form for each candidate."""

    heading = _("Hvad synes I?")
    button = _("Send svaret")
    done = _("Tak. Kontoret har fået jeres svar.")

    kind = ChoiceField(label=_("Jeres svar"), choices=ReplyKind.choices)
    interview_at = MomentField(
        label=_("Hvornår er samtalen?"),
        required=False,
        help_text=_("Kun når I vil holde en samtale."),
    )
    reason = forms.ChoiceField(
        label=_("Hvorfor ikke?"),
        choices=[("", _("Vælg en grund")), *((one.value, one.label) for one in COMPANYS_REASONS)],
        required=False,
        help_text=_("Kun når I siger nej tak."),
    )
    words = FreeTextField(label=_("Bemærkning"), required=False, max_length=500, rows=2)

    def __init__(self, request: LinkVisit, *, about: Any) -> None:
        self.action = f"reply{about.referral_id}"  # type: ignore[misc]  # one on the page for each
        super().__init__(request, about=about)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kind") == ReplyKind.NO and not given.get("reason"):
            self.add_error("reason", now("Vælg en grund."))
        if given.get("kind") == ReplyKind.INTERVIEW and not given.get("interview_at"):
            self.add_error("interview_at", now("Skriv, hvornår samtalen er."))
        return given

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = {name: self.cleaned_data[name] for name in ("kind", "reason", "words")}
        company_replies(
            referral_id=self.about.referral_id,
            **told,
            interview_at=self.cleaned_data["interview_at"],
            reply_key=self.cleaned_data["key"],
            by=by,
            at=at,
        )


class Status(CompanyForm):
    """Is the position filled? The company's own word, written down as such (R7)."""

    action = "status"
    heading = _("Er stillingen besat?")
    button = _("Send svaret")
    done = _("Tak. Kontoret har fået jeres svar.")

    subject = ChoiceField(
        label=_("Hvordan står det?"),
        choices=[
            (Subject.DIALOGUE, _("Nej, vi søger stadig")),
            (Subject.ENOUGH, _("Nej, men vi har kandidater nok for nu")),
            (Subject.FILLED_BY_COMPANY, _("Ja, vi har selv fundet nogen")),
            (Subject.WITHDRAWN, _("Vi søger ikke længere")),
        ],
    )
    openings = forms.IntegerField(
        label=_("Hvor mange stillinger gælder det?"),
        required=False,
        min_value=1,
        help_text=_("Kun når stillinger er besat, eller I ikke søger længere."),
    )
    said_by = forms.CharField(label=_("Dit navn"), max_length=120)
    words = FreeTextField(label=_("Bemærkning"), required=False, max_length=2000, rows=2)

    def __init__(self, request: LinkVisit, *, about: Any) -> None:
        name = about.contact.name if about.contact else ""
        free = about.openings - about.hired
        super().__init__(request, about=about, said_by=name, openings=free)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        orders.record_word(
            order_id=self.about.pk,
            subject=self.cleaned_data["subject"],
            said_by=self.cleaned_data["said_by"],
            said_at=at,
            channel=Channel.MAIL,
            words=self.cleaned_data["words"],
            openings=self.cleaned_data["openings"] or 0,
            word_key=self.cleaned_data["key"],
            by=by,
            at=at,
        )


class WishForm(CompanyForm):
    """A new position, in the company's own words; the office makes it an order."""

    action = "wish"
    heading = _("Mangler I flere?")
    button = _("Send til kontoret")
    done = _("Tak. Kontoret ringer eller skriver til jer om den nye stilling.")

    words = FreeTextField(
        label=_("Hvem søger I?"),
        max_length=5000,
        rows=4,
        help_text=_("For eksempel: 2 kokke til aftenvagter fra 1. juni. Annoncen kan sættes ind."),
    )
    said_by = forms.CharField(label=_("Dit navn"), max_length=120)
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False)

    def __init__(self, request: LinkVisit, *, about: Any) -> None:
        contact = about.contact
        super().__init__(
            request,
            about=about,
            said_by=contact.name if contact else "",
            phone=contact.phone if contact else "",
        )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = {name: self.cleaned_data[name] for name in ("words", "said_by", "phone")}
        wishes.wish(
            company_id=self.about.company_id,
            office_id=self.about.lead_office_id,
            **told,
            wish_key=self.cleaned_data["key"],
            by=by,
            at=at,
        )
