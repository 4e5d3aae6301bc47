"""The labels of the quality benchmark are whole: nobody is forgotten and nobody stands twice."""

import csv
import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CASES = ROOT / "benchmarks/cases"
ADS = ROOT.parent / "shared/bench/kompetencer/kompetencer_danish_train.conll"
TRADES = sorted(path.parent for path in CASES.glob("*/orders.toml"))


def labels(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", TRADES, ids=lambda folder: folder.name)
def test_every_order_has_one_answer_for_each_of_thirty_people(folder: Path) -> None:
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        delimiter = csv.Sniffer().sniff(file.readline(), ";,").delimiter
        people = sorted(row[0] for row in csv.reader(file, delimiter=delimiter))
    assert len(people) == 30
    for order in labels(folder / "orders.toml")["order"]:
        kept_out = [one for ids in order["excluded"].values() for one in ids]
        lists = [order["hits"], order["must"], order["not_hit"], order["open"], kept_out]
        assert sorted([*order["near"], *(one for ids in lists for one in ids)]) == people


def test_there_are_at_least_sixty_orders_and_fifty_written_texts() -> None:
    assert sum(len(labels(folder / "orders.toml")["order"]) for folder in TRADES) >= 60
    written = labels(CASES / "written.toml")
    assert len(written["order"]) + len(written["cv"]) == 50


def test_the_stretches_are_those_that_the_seed_draws() -> None:
    if not ADS.exists():
        pytest.skip(f"{ADS} is not here")
    lines = ADS.read_text(encoding="utf-8").splitlines()
    tokens = sum(1 for line in lines if line.split("\t")[0].strip())
    told = labels(CASES / "stretches.toml")
    starts = list(range(0, tokens - told["length"] + 1, told["length"]))
    drawn = sorted(random.Random(told["seed"]).sample(starts, 50))
    assert [one["at"] for one in told["stretch"]] == drawn
