"""Rules can be read, tested and moved without a framework: importing them brings none."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "tvaers"
PATTERNS = (
    "core/**/*.py",
    "*/lifecycle.py",
    "*/deadlines.py",
    "matching/engine/**/*.py",
    "taxonomy/**/*.py",
)
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for pattern in PATTERNS
    for path in PACKAGE.glob(pattern)
    if path.name not in {"__init__.py", "apps.py", "models.py", "operations.py", "queries.py"}
    and path.parent.name != "migrations"
)

IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    found = {"django", "psycopg"} & set(sys.modules)
    if found:
        sys.exit(f"{name} brings {found}")
"""


def test_rules_bring_no_framework() -> None:
    assert "tvaers.core.actor" in MODULES
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *MODULES], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["tvaers.core.actor", "tvaers.settings"])
def test_the_check_sees_a_framework(name: str) -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL, name], check=False)
    assert (done.returncode == 0) == (name == "tvaers.core.actor")
