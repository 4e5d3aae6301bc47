"""`tvaers backup` and `tvaers restore`: what they say when something is wrong."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tvaers.cli.main import compose
from tvaers.database import access
from tvaers.database.access import Access

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No server at all."""
    monkeypatch.setattr(access, "administrator", lambda: Access({"host": str(tmp_path)}))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(compose(["backup", "restore"]), list(map(str, words)))


def test_a_backup_never_overwrites_another_file(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_text("mine")
    ended = run("backup", file)
    assert ended.exit_code == 2
    assert "is there already" in ended.output
    assert file.read_text() == "mine"


def test_without_a_database_no_file_is_left(tmp_path: Path) -> None:
    ended = run("backup", tmp_path)
    assert ended.exit_code == 1
    assert "No backup was made" in ended.output
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_backup_is_said_so_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id;kommune\n")
    ended = run("restore", file)
    assert ended.exit_code == 2
    assert "is no backup made by `tvaers backup`." in ended.output
