"""Each request is timed: a line in the log, and a figure for the metrics. Neither says who."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

from tvaers.core.log_lines import page_of

log = logging.getLogger(__name__)

SECONDS = Histogram(
    "tvaers_page_seconds",
    "How long a page took; order_search by POST is a search.",
    ["page", "method", "status"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
METHODS = {"GET", "HEAD", "POST"}


def timed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before all others. A page goes by its name, never by its address."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = get_response(request)
        took = perf_counter() - began
        method = request.method if request.method in METHODS else "OTHER"
        page, status = page_of(request), response.status_code
        SECONDS.labels(page, method, f"{status // 100}xx").observe(took)
        facts = {"page": page, "method": method, "status": status, "ms": round(took * 1000, 1)}
        log.info("%s %s %s", method, page, status, extra={"facts": facts})
        return response

    return answer
