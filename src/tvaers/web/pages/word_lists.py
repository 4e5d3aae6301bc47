"""Ordlister: where the words for jobs and skills come from, which edition, and how many."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.access import Verb
from tvaers.core.paging import Page
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.models import Source
from tvaers.taxonomy.queries import ListInUse, word_lists
from tvaers.taxonomy.starter import VERSION, starter
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page

LICENCES = {
    Source.ESCO: _("Fri brug med kildeangivelse: Europa-Kommissionen, ESCO"),
    Source.STAR: _("Styrelsen for Arbejdsmarked og Rekruttering; kildens egne vilkår gælder"),
}
COUNTED = {
    "occupations": _("stillinger"),
    "skills": _("kompetencer"),
    "relations": _("sammenhænge"),
}
OWN_KINDS = {
    Kind.OCCUPATION: _("stillinger"),
    Kind.SKILL: _("kompetencer"),
    Kind.CERTIFICATE: _("certifikater"),
    Kind.LICENCE: _("kørekort"),
    Kind.LANGUAGE: _("sprog på niveauer"),
    Kind.EDUCATION: _("uddannelser"),
}


@page(Verb.SEE_WORD_LISTS)
def word_lists_page(request: Request) -> HttpResponse:
    """Our own words, and each edition of the lists taken in, newest first."""
    own = [(len(starter().of_kind(kind)), word) for kind, word in OWN_KINDS.items()]
    lists = word_lists(page_number(request))
    context = {
        "section": "word_lists",
        "own_version": VERSION,
        "own": own,
        "page": lists,
        "rows": list(_rows(lists)),
        "has_esco": any(row.source is Source.ESCO for row in lists.rows),
    }
    return render(request, "word_lists/word_lists.html", context)


def _rows(lists: Page[ListInUse]) -> Iterator[dict[str, Any]]:
    for row in lists.rows:
        counts = [(count, COUNTED[name]) for name, count in row.counts.items()]
        yield {"row": row, "counts": counts, "licence": LICENCES[row.source]}


urlpatterns = [path("ordlister/", word_lists_page, name="word_lists")]
