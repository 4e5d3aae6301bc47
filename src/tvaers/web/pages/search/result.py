"""A kept search: its hits, a part of them by facets, and an outcome for each."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.candidates.operations import report_unavailable
from tvaers.core.working_days import danish_date
from tvaers.matching import operations, queries, saving
from tvaers.matching.facets import Group, State
from tvaers.matching.models import SavedSearch, Search, Settled
from tvaers.matching.queries import Hit, ResultPage
from tvaers.orders.models import Order
from tvaers.orders.queries import coverage_of
from tvaers.places.queries import municipality_names
from tvaers.referrals import operations as referrals
from tvaers.referrals.disclosure import NobodyFollows, ask_release
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.pages.search.asking import order_led
from tvaers.web.pages.search.facets import NAMES, chosen_in, links_to_places, sections_of
from tvaers.web.pages.search.forms import INVITE, PROPOSE, OutcomeForm, RuleForm, rule_values
from tvaers.web.pages.search.rows import places_of, rows_of
from tvaers.wording import matching as words
from tvaers.wording.candidates import who
from tvaers.wording.referrals import refused


@page(Verb.SEARCH)
def search(request: Request, search_id: int) -> HttpResponse:
    """The hits, 25 a page, with the outcome of each."""
    order = order_of(request, search_id)
    return _show(request, search_id, order)


@require_POST
@page(Verb.SETTLE)
def outcomes(request: Request, search_id: int) -> HttpResponse:
    """Give hits their outcome, or put them in play."""
    order = order_of(request, search_id)
    here = f"{reverse('search', args=[search_id])}?{request.GET.urlencode()}"
    if said := _about_one(request, search_id, order):
        messages.success(request, said)
        return redirect(here)
    form = _outcome_form(search_id, request.POST)
    if not form.is_valid():
        return _show(request, search_id, order, form=form)
    people = form.people or list(queries.open_hits(search_id, form.municipality))
    try:
        said = _carry_out(request, order, people, form)
    except referrals.ReferralRefused as refusal:
        form.add_error(None, refused(refusal))
        return _show(request, search_id, order, form=form)
    messages.success(request, said)
    return redirect(here)


@require_POST
@page(Verb.SEARCH)
def search_again(request: Request, search_id: int) -> HttpResponse:
    """The same search as the order and the people are now, by the same rule or another."""
    order = order_of(request, search_id)
    settings = None
    if "ordering" in request.POST:
        rule = RuleForm(request.POST)
        if not rule.is_valid():
            return _show(request, search_id, order, rule=rule)
        settings = rule.settings()
    try:
        made = saving.search_again(search_id=search_id, settings=settings, **_by_and_at(request))
    except operations.SearchRefused as refusal:
        messages.error(request, words.SEARCH_REFUSALS[refusal.reason])
        return redirect("search", search_id)
    followed = queries.saved_search(made.pk, request.reader.user_id)
    new = f"?{NAMES[Group.STATE]}={State.NEW}" if followed else ""
    return redirect(reverse("search", args=[made.pk]) + new)


def order_of(request: Request, search_id: int) -> Order:
    """The order of the search, for someone who leads it."""
    order_id = Search.objects.filter(pk=search_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise Http404
    return order_led(request, order_id)


def seen_before(request: Request, search_id: int) -> list[int] | None:
    """The hits that the reader saw before this run of a saved search, if there was one before."""
    return seen_in(queries.saved_search(search_id, request.reader.user_id))


def seen_in(saved: SavedSearch | None) -> list[int] | None:
    """As `seen_before`, when it is known how the reader follows the search."""
    return saved.before.hits if saved and saved.before else None


def _show(
    request: Request,
    search_id: int,
    order: Order,
    *,
    form: OutcomeForm | None = None,
    rule: RuleForm | None = None,
) -> HttpResponse:
    """The page of a search, with the form as it came back if one did."""
    saved = queries.saved_search(search_id, request.reader.user_id)
    found = queries.result_page(
        search_id,
        at=request.at,
        page=page_number(request),
        chosen=chosen_in(request),
        seen=seen_in(saved),
    )
    look(request, search_id, found.hits.rows)
    names, day = municipality_names(), danish_date(request.at)
    places = places_of(found.municipalities, names, coverage_of(order).covered, today=day)
    links = links_to_places(found, request.GET, names)
    rule = rule or RuleForm(initial=rule_values(found.settings))
    context = {
        "section": "orders",
        "order": order,
        "found": found,
        "saved": saved,
        "rows": rows_of(found.hits.rows, order, today=day),
        "sections": sections_of(found, request.GET),
        "places": [(place, links[place.code]) for place in places],
        "stale": sum(not place.fresh for place in places),
        "covered": sum(place.covered for place in places),
        "extra": words.extra(found.settings),
        "rule": rule,
        "rule_in_words": words.rule(found.settings),
        "form": form or _outcome_form(search_id, None, found=found),
        "query": request.GET.urlencode(),
        "checked": set(form.data.getlist("person")) if form else set(),  # type: ignore[attr-defined]
    }
    return render(request, "search/search.html", context, status=(form or rule).status)


def _outcome_form(search_id: int, data: Any, *, found: ResultPage | None = None) -> OutcomeForm:
    """The form for the hits of a search; a municipality can be named while it has open hits."""
    made = Search.objects.only("hits", "scope").get(pk=search_id)
    names = municipality_names()
    still_open = {row.code: row.open for row in found.municipalities} if found else None
    places = [
        (code, _("Alle uden udfald i %(place)s") % {"place": name})
        for code, name in names.items()
        if code in made.scope and (still_open is None or still_open[code])
    ]
    return OutcomeForm(data, people=frozenset(made.hits), places=places)


def _about_one(request: Request, search_id: int, order: Order) -> str:
    """Do what a button in a person's own row asks for; "" when none was pressed."""
    hits = {
        str(hit): hit for hit in Search.objects.values_list("hits", flat=True).get(pk=search_id)
    }
    asked, gone = (hits.get(request.POST.get(name, "")) for name in ("ask_release", "gone"))
    if asked is not None:
        try:
            ask_release(order_id=order.pk, person_id=asked, **_by_and_at(request))
        except NobodyFollows as refusal:
            return refused(refusal)
        return _("Hjemkommunen er spurgt, om I må vide, hvem personen er.")
    if gone is not None:
        report_unavailable(person_id=gone, **_by_and_at(request))
        return _("Meldt ikke længere ledig. Hjemkommunen bekræfter inden for en arbejdsdag.")
    return ""


def _carry_out(request: Request, order: Order, people: Sequence[int], form: OutcomeForm) -> str:
    """Settle, propose or invite; returns what to say of it."""
    given, who_and_when = form.cleaned_data, _by_and_at(request)
    if given["outcome"] == PROPOSE:
        refusals = referrals.propose_hits(order_id=order.pk, person_ids=people, **who_and_when)
        for refusal in refusals:
            text = f"{who(refusal.person_id, '')}: {refused(refusal)}"
            messages.warning(request, text)
        count = len(set(people)) - len(refusals)
        return ngettext("%(n)s er foreslået.", "%(n)s er foreslået.", count) % {"n": count}
    if given["outcome"] == INVITE:
        count = referrals.invite(order_id=order.pk, person_ids=people, **who_and_when)
        return ngettext("%(n)s er inviteret.", "%(n)s er inviteret.", count) % {"n": count}
    operations.settle(
        order_id=order.pk,
        person_ids=people,
        outcome=Settled(given["outcome"]),
        words=given["words"],
        **who_and_when,
    )
    count = len(set(people))
    return ngettext("%(n)s har fået udfald.", "%(n)s har fået udfald.", count) % {"n": count}


def _by_and_at(request: Request) -> dict[str, Any]:
    return {"by": request.reader.actor, "at": request.at}


def look(request: Request, search_id: int, hits: Sequence[Hit]) -> None:
    """Every page of people that is shown is written down first (R13)."""
    operations.look_at_page(
        search_id=search_id,
        person_ids=[hit.person_id for hit in hits],
        **_by_and_at(request),
    )
