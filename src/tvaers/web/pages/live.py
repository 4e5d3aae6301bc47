"""Pages that follow what happens: a stream that says when to look again, and nothing else."""

from collections.abc import Collection, Iterator
from time import monotonic, sleep

from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path

from tvaers.accounts.access import Verb
from tvaers.database.live import Hub, connect
from tvaers.orders.models import Order
from tvaers.web.doors import Request, page

MOST = 20
"""So many pages a process keeps a stream open for; the others ask now and then."""
SILENCE = 20.0
"""Seconds without word after which a stream shows that it is alive."""
LASTS = 600.0
"""Seconds after which a browser opens its stream anew, and is let in anew."""
BURST = 1.0
"""Seconds in which several happenings become one word."""
HUB = Hub(most=MOST, connect=connect)


@page(Verb.SEE_ORDERS)
def live_order(request: Request, order_id: int) -> HttpResponse:
    """Word of what happens to one order."""
    if not Order.objects.filter(pk=order_id).exists():
        raise Http404
    return _stream([f"order:{order_id}"])


@page()
def live_tasks(request: Request) -> HttpResponse:
    """Word of what happens to the orders and requests of the reader's office."""
    return _stream([f"office:{request.reader.office_id}"])


def _stream(topics: Collection[str]) -> HttpResponse:
    streaming: HttpResponseBase = StreamingHttpResponse(
        _words(topics),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
    return streaming  # type: ignore[return-value]  # the door only adds headers to it


def _words(topics: Collection[str]) -> Iterator[str]:
    if not connection.in_atomic_block:
        connection.close()  # nothing more is asked of the database here
    ends = monotonic() + LASTS
    with HUB.listening(topics) as heard:
        if heard is None:
            yield "event: full\ndata: 1\n\n"
            return
        yield "retry: 5000\n\n"
        while monotonic() < ends:
            if heard.wait(SILENCE):
                sleep(BURST)
                heard.clear()
                yield "event: changed\ndata: 1\n\n"
            else:
                yield ": \n\n"


urlpatterns = [
    path("live/opgaver/", live_tasks, name="live_tasks"),
    path("live/jobordrer/<int:order_id>/", live_order, name="live_order"),
]
