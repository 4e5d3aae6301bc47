"""The command line is put together from one file per command."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tvaers.cli import demo, main
from tvaers.database import worlds

HOME = Path(main.__file__).parent


def test_every_command_is_listed_with_a_line() -> None:
    shown = CliRunner().invoke(main.compose(main.COMMANDS), ["--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    for name in main.COMMANDS:
        assert re.search(rf"\b{name}\b +[A-Z]", shown.output), name


def test_a_command_alone_is_still_called_by_its_name() -> None:
    shown = CliRunner().invoke(main.compose(["stop"]), ["stop", "--help"])
    assert shown.exit_code == 0


def test_no_command_file_is_forgotten() -> None:
    found = {
        path.stem.rstrip("_").replace("_", "-")
        for path in HOME.glob("*.py")
        if re.search(r"^(def command|app = )", path.read_text(), re.MULTILINE)
    }
    assert found == set(main.COMMANDS)


def test_match_needs_neither_django_nor_a_database() -> None:
    script = "import sys, tvaers.cli.match; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_taken_port_is_said_before_anything_is_begun() -> None:
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        shown = CliRunner().invoke(main.compose(["demo"]), ["demo", "--port", str(port)])
    assert shown.exit_code == 2
    assert f"--port {port + 1}" in shown.stderr


@pytest.mark.parametrize("held", [True, False])
def test_a_database_with_other_data_is_left_alone(
    held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(worlds, "noted", lambda: None)
    monkeypatch.setattr(worlds, "holds_changes", lambda: held)
    monkeypatch.setattr(worlds, "empty", lambda: done.append("empty"))
    monkeypatch.setattr(worlds, "note", lambda world: done.append(f"whole={world.whole}"))
    monkeypatch.setattr(demo, "bring_up_to_date", lambda: done.append("migrate"))
    monkeypatch.setattr(demo, "_load", lambda *, candidates, at: done.append(f"load {candidates}"))
    if held:
        with pytest.raises(demo.typer.Exit):
            demo._prepare(candidates=500, fresh=False)
        assert not done
    else:
        demo._prepare(candidates=500, fresh=False)
        assert done == ["empty", "migrate", "whole=False", "load 500", "whole=True"]
