"""A server inside the test's own transaction: what a page does is looked at, and then undone.

A world that takes seconds to make is so made once, and each form is sent in it as it was made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection, connections, transaction
from django.test.testcases import QuietWSGIRequestHandler


class OnOneConnection(ThreadedWSGIServer):
    """Answers on the test's connection, which is not the server's to close."""

    def _close_connections(self) -> None:
        """Leave it open."""


@pytest.fixture
def inner_server(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server whose pages see what the test has not committed."""
    own = connections["default"]
    monkeypatch.setattr(own, "close_if_unusable_or_obsolete", lambda: None)
    httpd = OnOneConnection(
        ("localhost", 0), QuietWSGIRequestHandler, connections_override={"default": own}
    )
    httpd.set_app(StaticFilesHandler(WSGIHandler()))  # type: ignore[arg-type]
    own.inc_thread_sharing()
    thread = Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()
    own.dec_thread_sharing()


@contextmanager
def undone() -> Iterator[None]:
    """What happens here is checked as a commit would check it, and then never happened."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)
