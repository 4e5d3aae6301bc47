"""Reads the tables of facts that ship with the product."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>.csv`, each by its headers."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
