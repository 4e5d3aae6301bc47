"""Svar på jobordre: the office's own hits, another person, or "ingen egnede"."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.candidates.queries import named_like
from tvaers.circulation import operations
from tvaers.circulation.access import may_answer, may_answer_by_phone
from tvaers.circulation.lifecycle import AnswerRefusal
from tvaers.circulation.models import Answer, AnswerKind, NobodyReason, Question, Request, Via
from tvaers.circulation.queries import RequestPage, request_page
from tvaers.core.working_days import danish_date
from tvaers.matching.queries import Hit, own_hits, people_for
from tvaers.orders.access import may_lead
from tvaers.places.queries import municipality_names
from tvaers.referrals.operations import ReferralRefused
from tvaers.web.doors import Refused, page
from tvaers.web.doors import Request as WebRequest
from tvaers.web.forms import Form, FreeTextField
from tvaers.web.pages.circulation.sections import order_section
from tvaers.wording.candidates import who
from tvaers.wording.circulation import ANSWER_REFUSALS, NOBODY_REASONS, STATES
from tvaers.wording.matching import ready
from tvaers.wording.refusals import refused

NOT_ASKED = gettext_lazy("Det er et andet kontor, der skal svare på denne rundsending.")


class AnswerForm(Form):
    """One line a person; nobody is ticked beforehand. The button pressed says which answer."""

    answer_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Hvorfor er ingen egnede?"),
        required=False,
        choices=[("", gettext_lazy("Vælg en grund")), *NobodyReason.choices],
    )
    words = FreeTextField(label=gettext_lazy("Bemærkning"), required=False, max_length=1000, rows=2)
    find = forms.CharField(
        label=gettext_lazy("Find en anden af kontorets kandidater"), required=False, max_length=60
    )
    new_name = forms.CharField(label=gettext_lazy("Navn"), required=False, max_length=120)
    new_phone = forms.CharField(label=gettext_lazy("Telefon"), required=False, max_length=20)
    new_email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    new_municipality = forms.ChoiceField(label=gettext_lazy("Bopælskommune"), required=False)
    new_basis = forms.BooleanField(
        label=gettext_lazy("Personen er ledig og har sagt ja til at blive foreslået"),
        required=False,
    )
    new_line = FreeTextField(
        label=gettext_lazy("En linje om personen"), required=False, max_length=300, rows=2
    )
    said_by = forms.CharField(
        label=gettext_lazy("Hvem gav svaret i telefonen?"), required=False, max_length=120
    )

    def __init__(self, *args: Any, people: Sequence[int], at_home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        home = self.fields["new_municipality"]
        names = list(municipality_names().items())
        # A fund's members live anywhere: none is chosen for it.
        home.choices = names if at_home else [("", _("Vælg kommune")), *names]  # type: ignore[attr-defined]
        home.initial = at_home
        for person_id in people:
            self.fields[f"person_{person_id}"] = forms.BooleanField(required=False)
            self.fields[f"spoken_{person_id}"] = forms.BooleanField(required=False)
            self.fields[f"line_{person_id}"] = FreeTextField(
                label=gettext_lazy("En linje om kandidaten"),
                required=False,
                max_length=300,
                rows=1,
            )
            for name in ("person", "spoken"):
                field = self.fields[f"{name}_{person_id}"]
                field.widget.attrs["class"] = "form-checkbox"
            self.fields[f"line_{person_id}"].widget.attrs["class"] = "form-input"

    @property
    def kind(self) -> str:
        """The answer whose button was pressed; empty when the reader only looks for someone."""
        return self.data.get("kind", "")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        is_named = self.kind == AnswerKind.CANDIDATES and given.get("new_name")
        if is_named and not given.get("new_basis"):
            self.add_error("new_basis", _("Spørg personen, før I foreslår vedkommende."))
        if is_named and not given.get("new_municipality"):
            self.add_error("new_municipality", _("Vælg den kommune, personen bor i."))
        return given

    def named(self) -> list[operations.Named]:
        """Those ticked, with "spoken with" and the line."""
        given = self.cleaned_data
        return [
            operations.Named(
                person_id=person_id,
                spoken_with=given[f"spoken_{person_id}"],
                line=given[f"line_{person_id}"],
            )
            for person_id in self.people
            if given[f"person_{person_id}"]
        ]

    def newcomer(self) -> operations.Newcomer | None:
        """The person who is in no list, if one was written."""
        given = self.cleaned_data
        if not given["new_name"]:
            return None
        return operations.Newcomer(
            name=given["new_name"],
            phone=given["new_phone"],
            email=given["new_email"],
            municipality=given["new_municipality"],
            line=given["new_line"],
        )

    def rows(
        self, hits: Sequence[Hit], *, named: Sequence[int], today: date
    ) -> list[dict[str, Any]]:
        """The fields of each person beside what is known of the person."""
        return [
            {
                "hit": hit,
                "named": hit.person_id in named,
                "ready": ready(hit.ready, today=today),
                "who": who(hit.person_id, hit.name or hit.titles),
                "person": self[f"person_{hit.person_id}"],
                "spoken": self[f"spoken_{hit.person_id}"],
                "line": self[f"line_{hit.person_id}"],
            }
            for hit in hits
        ]


@page(Verb.ANSWER)
def answer(request: WebRequest, request_id: int) -> HttpResponse:
    """The asked office answers."""
    shown = _shown(request_id, at=request.at)
    if not may_answer(request.reader, shown.request, danish_date(request.at)):
        if may_lead(request.reader, shown.order):
            return redirect("answer_by_phone", request_id)
        raise Refused(NOT_ASKED)
    return _answer_page(request, shown, Via.SCREEN)


@page(Verb.ANSWER_BY_PHONE)
def answer_by_phone(request: WebRequest, request_id: int) -> HttpResponse:
    """The lead writes down what an office said on the telephone."""
    shown = _shown(request_id, at=request.at)
    if not may_answer_by_phone(request.reader, shown.request):
        raise Refused(_("Kun ordrens tovholder skriver svar fra telefonen ned."))
    return _answer_page(request, shown, Via.PHONE)


@require_POST
@page(Verb.ANSWER)
def unchanged(request: WebRequest, request_id: int) -> HttpResponse:
    """ "Nej, det ændrer ikke vores svar": one click."""
    shown = _shown(request_id, at=request.at)
    if not may_answer(request.reader, shown.request, danish_date(request.at)):
        raise Refused(NOT_ASKED)
    try:
        operations.unchanged(request_id=request_id, by=request.reader.actor, at=request.at)
    except operations.AnswerRefused as refusal:
        messages.error(request, ANSWER_REFUSALS[refusal.reason])
        return redirect("answer", request_id)
    messages.success(request, _("Tak. Jeres svar gælder fortsat."))
    return redirect("tasks")


def _answer_page(request: WebRequest, shown: RequestPage, via: Via) -> HttpResponse:
    own, others = _people(request, shown)
    people = [hit.person_id for hit in own + others]
    form = AnswerForm(
        request.POST or None,
        people=people,
        at_home=next(iter(shown.request.municipalities), ""),
        initial={
            "answer_key": uuid4(),
            "reason": "" if people else NobodyReason.NO_HITS,
        },
    )
    if request.method == "POST" and form.kind and form.is_valid():
        if _given(request, shown, form, via):
            return redirect("order", shown.order.pk) if via == Via.PHONE else redirect("tasks")
    elif people and not form.kind:
        record_look(
            kind=LookKind.SEARCH,
            order_id=shown.order.pk,
            purpose="answer",
            person_ids=people,
            by=request.reader.actor,
            at=request.at,
        )
    named, today = _named_in(shown.valid), danish_date(request.at)
    context = order_section(shown.order) | {
        "section": "tasks",
        "shown": shown,
        "form": form,
        "rows": form.rows(own, named=named, today=today),
        "others": form.rows(others, named=named, today=today),
        "not_found": _is_not_found(_sought(request), own + others),
        "by_phone": via == Via.PHONE,
        "state": STATES[shown.state],
        "reason": _reason(shown.valid or shown.earlier),
        "changed": shown.question == Question.CHANGED and shown.valid is None,
    }
    status = form.status if form.kind else 200
    return render(request, "circulation/answer.html", context, status=status)


def _people(request: WebRequest, shown: RequestPage) -> tuple[list[Hit], list[Hit]]:
    """The office's hits; and those it looks for by name, named before or has ticked."""
    asked, order = shown.request, shown.order
    hits = list(own_hits(order.pk, asked.office_id, asked.municipalities, at=request.at))
    known = {hit.person_id for hit in hits}
    more = [*named_like(asked.office_id, _sought(request)), *_named_in(shown.valid)]
    ticked = (key.removeprefix("person_") for key in request.POST if key.startswith("person_"))
    more += [int(person_id) for person_id in ticked if person_id.isdigit()]
    others = list(dict.fromkeys(person_id for person_id in more if person_id not in known))
    return hits, list(people_for(order.pk, others, at=request.at))


def _sought(request: WebRequest) -> str:
    """The name, or part of it, that somebody is looked for by."""
    return request.POST.get("find", "").strip()


def _is_not_found(sought: str, shown: Sequence[Hit]) -> bool:
    """Whether somebody is looked for by a name that nobody on the page has."""
    names = (hit.name.casefold() for hit in shown if hit.name)
    return bool(sought) and not any(sought.casefold() in name for name in names)


def _named_in(given: Answer | None) -> list[int]:
    return [named.person_id for named in given.candidates.all()] if given else []


def _given(request: WebRequest, shown: RequestPage, form: AnswerForm, via: Via) -> bool:
    """Give the answer; False when it came back with an error on the form."""
    given = form.cleaned_data
    try:
        operations.answer(
            request_id=shown.request.pk,
            kind=form.kind,
            reason=given["reason"],
            words=given["words"],
            candidates=form.named(),
            newcomer=form.newcomer(),
            via=via,
            said_by=given["said_by"],
            answer_key=given["answer_key"],
            by=request.reader.actor,
            at=request.at,
        )
    except operations.AnswerRefused as refusal:
        form.add_error(_field(refusal.reason), ANSWER_REFUSALS[refusal.reason])
        return False
    except ReferralRefused as refusal:
        form.add_error(None, refused(refusal))
        return False
    messages.success(request, _thanks(form.kind))
    return True


def _field(reason: AnswerRefusal) -> str | None:
    return {AnswerRefusal.NO_REASON: "reason", AnswerRefusal.NO_SPEAKER: "said_by"}.get(reason)


def _thanks(kind: str) -> str:
    if kind == AnswerKind.NOBODY:
        return _("Tak. Svaret »ingen egnede« er givet.")
    return _("Tak. Kandidaterne er sendt til tovholderen.")


def _reason(given: Answer | None) -> Any:
    return NOBODY_REASONS.get(given.reason, "") if given else ""


def _shown(request_id: int, *, at: datetime) -> RequestPage:
    try:
        return request_page(request_id, at=at)
    except Request.DoesNotExist:
        raise Http404 from None
