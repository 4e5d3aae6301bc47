"""`tvaers check` finds what is wrong, and `DATABASE_URL` is read as people write it."""

from pathlib import Path

import pytest
from django.db import connections

from tvaers.database import connections as ours
from tvaers.database import health, roles


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_sound_installation_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    migrated: list[bool] = []
    found = list(health.findings(mend=True, migrate=lambda: migrated.append(True)))
    assert [finding.name for finding in found if finding.well] == [
        "server",
        "roles",
        "tables",
        "keys",
    ]
    assert not migrated


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_application_that_owns_tables_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setitem(connections["default"].settings_dict, "USER", roles.OWNER)
    connections["default"].close()
    *_, last = health.findings(mend=False, migrate=lambda: None)
    connections["default"].close()
    assert (last.name, last.well) == ("roles", False)
    assert "tvaers_owner" in last.words


def test_keys_that_others_can_read_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TVAERS_DATA", str(tmp_path))
    key = tmp_path / "cpr_key"
    key.write_text("key")
    key.chmod(0o644)
    assert not health._keys(mend=False).well
    assert health._keys(mend=True).well
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_database_url_gives_both_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://app:p%40ss@db.example:5433/tvaers?sslmode=require"
    )
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example/tvaers")
    found = ours.databases()
    app, owner = found["default"], found["owner"]
    assert (app["USER"], app["PASSWORD"], app["HOST"], app["PORT"]) == (
        "app",
        "p@ss",
        "db.example",
        "5433",
    )
    assert app["OPTIONS"] == ours.PREPARED | {"sslmode": "require"}
    assert app["ATOMIC_REQUESTS"]
    assert owner["USER"] == "owner"
    monkeypatch.setenv("DATABASE_URL", "mysql://app@db.example/tvaers")
    with pytest.raises(ValueError, match="postgresql"):
        ours.databases()


def test_only_the_owner_migrates() -> None:
    router = ours.OwnerMigrates()
    assert router.allow_migrate("owner", "orders")
    assert not router.allow_migrate("default", "orders")
