"""For machines that watch over us: are we alive, are we ready, and how are we doing.

No sign-in, no session, no transaction of the request; the figures only to those who may.
"""

from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tvaers.reporting.pulse import pulse
from tvaers.web import clock
from tvaers.web.metrics import exposition

BEHIND_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded")
TEXT = "text/plain; version=0.0.4; charset=utf-8"


def for_machines(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page without sign-in, that is never kept and begins no transaction."""
    return never_cache(
        require_safe(login_not_required(transaction.non_atomic_requests(view)))  # type: ignore[type-var]
    )


@for_machines
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nothing of anybody, so that a lost database restarts no one."""
    return JsonResponse({"alive": True})


@for_machines
def ready(request: HttpRequest) -> HttpResponse:
    """503 while the database does not answer, or its tables are older than the code."""
    found = {"database": False, "tables": False}
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        found = {"database": True, "tables": _expected() <= applied.keys()}
    except DatabaseError:
        connection.close()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@for_machines
def metrics(request: HttpRequest) -> HttpResponse:
    """With the token, or from this machine itself and not through a proxy on it."""
    if not _may_measure(request):
        return HttpResponse(status=403)
    return HttpResponse(exposition(pulse(at=clock.now())), content_type=TEXT)


def _may_measure(request: HttpRequest) -> bool:
    if token := settings.TVAERS_METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {token}")
    if any(header in request.headers for header in BEHIND_A_PROXY):
        return False
    return ip_address(request.META["REMOTE_ADDR"] or "0.0.0.0").is_loopback


@lru_cache
def _expected() -> frozenset[tuple[str, str]]:
    """The migrations that the code was written for."""
    return frozenset(MigrationLoader(None).disk_migrations)  # type: ignore[arg-type]


urlpatterns = [
    path("sundhed/", alive, name="alive"),
    path("klar/", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
]
