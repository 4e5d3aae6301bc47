"""Keys are made once, and nobody else can read them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tvaers.database.secrets import secret


def test_a_key_is_made_once_and_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TVAERS_DATA", str(tmp_path))
    key = secret("cpr_key")
    assert len(key) >= 50
    assert secret("cpr_key") == key != secret("secret_key")
    assert (tmp_path / "cpr_key").stat().st_mode & 0o777 == 0o600


def test_processes_that_begin_together_get_the_same_key(tmp_path: Path) -> None:
    script = "from tvaers.database.secrets import secret; print(secret('cpr_key'))"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env={"TVAERS_DATA": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(8)
    ]
    assert len({process.communicate()[0] for process in processes}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["cpr_key"]
