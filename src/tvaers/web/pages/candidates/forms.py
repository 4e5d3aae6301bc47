"""What can be done with a person from the page; `about` is the person's number."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as later

from tvaers.candidates import operations
from tvaers.core.actor import Actor
from tvaers.referrals import disclosure
from tvaers.referrals import operations as referrals
from tvaers.web.actions import ActionForm
from tvaers.web.forms import FreeTextField


class ReportUnavailable(ActionForm):
    action = "gone"
    heading = later("Meld ikke længere ledig")
    button = later("Meld ikke længere ledig")
    done = later("Meldt ikke længere ledig. Hjemkommunen bekræfter inden for en arbejdsdag.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.report_unavailable(person_id=self.about, by=by, at=at)


class ConfirmUnavailable(ActionForm):
    action = "confirm"
    heading = later("Ja, personen er ikke længere ledig")
    button = later("Bekræft")
    done = later("Personen er afsluttet og findes ikke mere i søgninger.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.confirm_unavailable(person_id=self.about, by=by, at=at)


class DenyUnavailable(ActionForm):
    action = "deny"
    heading = later("Nej, personen er stadig ledig")
    button = later("Personen er stadig ledig")
    done = later("Personen kan findes igen.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.deny_unavailable(person_id=self.about, by=by, at=at)


class SetLegalBasis(ActionForm):
    action = "basis"
    heading = later("Ret hjemlen")
    button = later("Gem hjemlen")
    done = later("Hjemlen er gemt.")

    legal_basis = forms.CharField(
        label=later("Hjemmel til at dele personens oplysninger"), max_length=200
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.set_legal_basis(person_id=self.about, **self.cleaned_data, by=by, at=at)


class SendOverview(ActionForm):
    action = "overview"
    heading = later("Send personen listen over, hvem der har set oplysningerne")
    button = later("Send listen")
    done = later("Personen får en mail med et link til listen.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        referrals.send_overview(person_id=self.about, by=by, at=at)


class GrantRelease(ActionForm):
    action = "grant"
    done = later("Personen er frigivet til jobordren.")

    release_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        disclosure.grant_release(**self.cleaned_data, by=by, at=at)


class RefuseRelease(ActionForm):
    action = "refuse"
    done = later("Svaret er givet: personen frigives ikke.")

    release_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        disclosure.refuse_release(**self.cleaned_data, by=by, at=at)


class ForOrder(ActionForm):
    """A form about the person and one order, `order_id`."""

    def __init__(self, *args: Any, order_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_id = order_id


class AskRelease(ForOrder):
    action = "ask"
    heading = later("Spørg hjemkommunen, hvem det er")
    button = later("Spørg hjemkommunen")
    done = later("Hjemkommunen er spurgt. Den svarer inden for fire arbejdstimer.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        disclosure.ask_release(order_id=self.order_id, person_id=self.about, by=by, at=at)


class Propose(ForOrder):
    action = "propose"
    heading = later("Foreslå personen til jobordren")
    button = later("Foreslå")
    done = later("Personen er foreslået til jobordren.")

    spoken_with = forms.BooleanField(label=later("Jeg har talt med personen"), required=False)
    words = FreeTextField(
        label=later("En linje om personen"), required=False, max_length=300, rows=2
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        referrals.propose(
            order_id=self.order_id, person_id=self.about, **self.cleaned_data, by=by, at=at
        )
