"""Mine opgaver: what must I do now?"""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tvaers.core.paging import page_of
from tvaers.reporting.tasks import Place, Task, my_tasks
from tvaers.web import demo
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.wording.tasks import words

ADDRESSES = {
    Place.ORDER: "order",
    Place.REQUEST: "answer",
    Place.PERSON: "candidate",
    Place.SEARCH: "search",
    Place.WISH: "wish",
    Place.POSTING: "posting",
    Place.PLAN: "order_plan",
}


@page()
def tasks(request: Request) -> HttpResponse:
    """All that waits for the reader, 25 at a time."""
    found = page_of(my_tasks(request.reader, at=request.at), page_number(request))
    visitor = demo.person_of(request.user.email) if request.reader.demo else None
    context = {
        "section": "tasks",
        "live": reverse("live_tasks"),
        "page": found,
        "rows": list(_rows(found.rows)),
        "tries": visitor.tries if visitor else (),
    }
    return render(request, "tasks/tasks.html", context)


def _rows(tasks: Iterable[Task]) -> Iterable[dict[str, object]]:
    for task in tasks:
        address = reverse(ADDRESSES[task.place], args=[task.id])
        yield {"task": task, "words": words(task), "address": address}


urlpatterns = [path("", tasks, name="tasks")]
