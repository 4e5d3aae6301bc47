"""The hits of a search as an Excel file, with no more in it than the page shows."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.connectors.workbooks import XLSX, workbook
from tvaers.matching import operations, queries
from tvaers.web.doors import Request, page
from tvaers.web.pages.search.facets import chosen_in
from tvaers.web.pages.search.result import order_of, seen_before
from tvaers.wording import hits_file as words

MOST_ROWS = 500
"""So many leave the house at once; facets choose which."""


@require_POST
@page(Verb.SEARCH)
def search_export(request: Request, search_id: int) -> HttpResponse:
    """The hits that the chosen facets leave, the best first; each of them is a look (R13)."""
    order = order_of(request, search_id)
    found = queries.result_page(
        search_id,
        at=request.at,
        chosen=chosen_in(request),
        seen=seen_before(request, search_id),
        size=MOST_ROWS,
    )
    people = found.hits.rows
    operations.look_at_export(
        search_id=search_id,
        person_ids=[hit.person_id for hit in people],
        by=request.reader.actor,
        at=request.at,
    )
    reader = {"reader": request.reader.name, "office": request.reader.office_name}
    file = workbook(
        sheet=_("Kandidater"),
        notice=words.notice(title=order.title, **reader),
        headings=words.headings(),
        rows=[words.cells(number, hit) for number, hit in enumerate(people, start=1)],
        about_sheet=_("Om filen"),
        about=words.about(found, people, at=request.at, **reader),
    )
    name = f"kandidater-{order.pk}-{request.at:%Y-%m-%d}.xlsx"
    return HttpResponse(
        file,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
