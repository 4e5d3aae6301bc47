"""A file is read in one sitting, a function at one glance."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("src", "tests", "benchmarks", ".ci")
    for path in (ROOT / folder).rglob("*.py")
    # Migrations are written by a tool and are never edited.
    if "migrations" not in path.parts
)
FILE_LINES = 400
FUNCTION_LINES = 40


def test_there_is_something_to_measure() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text()
    too_long = [
        f"{node.name}: {length} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    if (lines := len(text.splitlines())) > FILE_LINES:
        too_long.append(f"the file: {lines} lines")
    assert not too_long
