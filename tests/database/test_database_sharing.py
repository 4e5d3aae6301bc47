"""Connections that threads share: whoever opens one starts the embedded server when it is away."""

from typing import Any

import psycopg
import pytest

from tvaers.database.backend import base
from tvaers.database.server import embedded_server


class Away:
    """Connecting fails until the server was started."""

    def __init__(self) -> None:
        self.up = False

    def connect(self, *args: Any, **wanted: Any) -> str:
        if not self.up:
            raise psycopg.OperationalError("nobody answers")
        return f"connected to {wanted['host']}"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Away:
    server = Away()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(psycopg.Connection, "connect", server.connect)
    monkeypatch.setattr(type(embedded_server()), "ensure", lambda _: setattr(server, "up", True))
    return server


def test_a_pool_that_finds_the_embedded_server_away_starts_it(away: Away) -> None:
    folder = str(embedded_server().socket_folder)
    assert base.PooledConnection.connect(host=folder) == f"connected to {folder}"


def test_another_server_that_is_away_stays_away(away: Away) -> None:
    with pytest.raises(psycopg.OperationalError, match="nobody answers"):
        base.PooledConnection.connect(host="/somewhere/else")
    assert not away.up


def test_a_server_given_by_address_is_not_ours_to_start(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/tvaers")
    with pytest.raises(psycopg.OperationalError, match="nobody answers"):
        base.PooledConnection.connect(host=str(embedded_server().socket_folder))
    assert not away.up
