"""What the leads do with an order's ads: one form a verb."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tvaers.core.actor import Actor
from tvaers.orders.models import Order
from tvaers.postings import operations
from tvaers.postings.lifecycle import TEXT_LENGTH, TITLE_LENGTH
from tvaers.postings.models import Apply, Outcome, Posting, Reason, Whose
from tvaers.postings.operations import Ad
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, DateField, FreeTextField


class AdForm(ActionForm):
    """What an ad says. The title is searched for what must not be there, as the text is (R17)."""

    title = forms.CharField(label=_("Titel"), max_length=TITLE_LENGTH)
    text = FreeTextField(label=_("Opslagets tekst"), max_length=TEXT_LENGTH, rows=12)
    apply_via = ChoiceField(
        label=_("Hvordan søger man?"), choices=Apply.choices, initial=Apply.LINK
    )
    apply_to = forms.CharField(
        label=_("Link eller e-mail"), max_length=300, required=False, empty_value=""
    )
    apply_by = DateField(label=_("Ansøgningsfrist"))
    expires_on = DateField(label=_("Opslagets sidste dag"))

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self._point_out("title", str(told.get("title") or ""))
        return told

    def ad(self, **more: Any) -> Ad:
        """The form in the domain's words; of the company's own ad the link is all there is."""
        told: dict[str, Any] = {"text": "", "apply_via": Apply.LINK}
        told |= {name: self.cleaned_data[name] for name in SAID if name in self.fields}
        return Ad(**told | more)


SAID = tuple(AdForm.base_fields)


class Post(AdForm):
    """Our posting, or the company's own ad, for an order; `about` is the order."""

    about: Order
    action = "post"
    heading = _("Slå stillingen op, eller følg virksomhedens annonce")
    button = _("Slå op")
    done = _("Det er gjort. I får en opgave, når virksomheden skal ringes op.")

    whose = ChoiceField(
        label=_("Hvis opslag er det?"),
        choices=Whose.choices,
        initial=Whose.OURS,
        help_text=_("Virksomhedens egen annonce følges kun; den vises ikke hos os."),
    )
    post_key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    field_order = ("whose",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        about = kwargs["about"]
        said = {"title": about.title, "text": about.description}
        super().__init__(*args, initial=said, **kwargs)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        ours = self.cleaned_data["whose"] == Whose.OURS
        ad = self.ad() if ours else self.ad(whose=Whose.COMPANYS, text="", apply_via=Apply.LINK)
        put = operations.publish if ours else operations.register_own_ad
        key = self.cleaned_data["post_key"]
        put(order_id=self.about.pk, ad=ad, post_key=key, by=by, at=at)


class OfPosting(ActionForm):
    """A form about one ad; `about` is the ad."""

    about: Posting


class RecordCall(OfPosting):
    action = "call"
    heading = _("Skriv opkaldet til virksomheden ned")
    button = _("Gem opkaldet")
    done = _("Opkaldet er skrevet ned.")

    reason = ChoiceField(label=_("Hvad gjaldt det?"), choices=Reason.choices, initial=Reason.EXPIRY)
    outcome = ChoiceField(label=_("Hvad sagde virksomheden?"), choices=Outcome.choices)
    extended_to = DateField(
        label=_("Ny sidste dag"), required=False, help_text=_("Når opslaget forlænges.")
    )
    with_whom = forms.CharField(label=_("Hvem talte du med?"), max_length=120, required=False)
    words = FreeTextField(label=_("Ordene"), required=False, max_length=2000)
    call_key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        names = ("reason", "outcome", "extended_to", "with_whom", "words", "call_key")
        operations.record_call(
            posting_id=self.about.pk, **{name: told[name] for name in names}, by=by, at=at
        )


class ChangePosting(AdForm, OfPosting):
    """Of the company's own ad only title, link and dates are known."""

    about: Posting
    action = "change"
    heading = _("Ret opslaget")
    button = _("Gem opslaget")
    done = _("Opslaget er rettet.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        about = kwargs["about"]
        said = {name: getattr(about, name) for name in self.base_fields}
        super().__init__(*args, initial=said, **kwargs)
        if about.whose == Whose.COMPANYS:
            del self.fields["text"], self.fields["apply_via"]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        ad = self.ad(whose=self.about.whose)
        operations.change_posting(posting_id=self.about.pk, ad=ad, by=by, at=at)


class KeepJobnet(OfPosting):
    action = "jobnet"
    heading = _("På Jobnet")
    button = _("Gem nummer og udløb")
    done = _("Nummer og udløb på Jobnet er gemt.")

    number = forms.CharField(label=_("Annoncens nummer på Jobnet"), max_length=20)
    expires_on = DateField(label=_("Udløber på Jobnet"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        about = kwargs["about"]
        said = {"number": about.jobnet_number, "expires_on": about.jobnet_expires_on}
        super().__init__(*args, initial=said, **kwargs)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.keep_jobnet(posting_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class CountApplications(OfPosting):
    action = "applications"
    heading = _("Ansøgninger til kontoret")
    button = _("Gem antallene")
    done = _("Antallene er gemt.")

    received = forms.IntegerField(label=_("Modtaget"), min_value=0)
    screened = forms.IntegerField(label=_("Screenet"), min_value=0)
    shortlisted = forms.IntegerField(
        label=_("Udvalgt til virksomheden"),
        min_value=0,
        help_text=_("Kun antal: hverken navne eller cv'er gemmes her."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        about = kwargs["about"]
        said = {name: getattr(about, name) for name in self.base_fields}
        super().__init__(*args, initial=said, **kwargs)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.count_applications(posting_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class Withdraw(OfPosting):
    action = "withdraw"
    button = _("Tag opslaget ned")
    done = _("Opslaget er taget ned.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.withdraw(posting_id=self.about.pk, by=by, at=at)
