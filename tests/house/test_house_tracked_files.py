"""What is in git runs anywhere: no package index, no folder of one machine is named in it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Written apart, so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"py" r"pi\.org",
            r"python" r"hosted\.org",
            r"npm" r"js\.(org|com)",
            r"yarn" r"pkg\.com",
            r"index-" r"url[ =]+\S*://",
            r"/wo" r"rk/(main|shared)",
            r"/ro" r"ot/\w",
        ]
    )
)


def test_no_package_index_or_machine_is_named() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and (hit := FORBIDDEN.search(path.read_text(errors="replace"))):
            found.append(f"{name}: {hit[0]}")
    assert not found
