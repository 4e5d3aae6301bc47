"""Things go wrong for half a minute, and nothing is lost or doubled; without a key it is seen."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.faults.chaos import COMPONENTS, plan

ROOT = Path(__file__).parents[2]
LAST_LINE = re.compile(r"faults: kills=(\d+) acknowledged=(\d+) lost=(\d+) doubled=(\d+)")


def faults(*options: str) -> tuple[int, list[int], str]:
    """The run's exit code, the figures of its last line, and all it said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    found = LAST_LINE.fullmatch((done.stdout.splitlines() or [""])[-1])
    assert found, said
    return done.returncode, [int(figure) for figure in found.groups()], said


@pytest.mark.long
def test_half_a_minute_of_faults_loses_and_doubles_nothing() -> None:
    code, (kills, acknowledged, lost, doubled), said = faults("--seconds", "30")
    assert (code, lost, doubled) == (0, 0, 0), said
    assert kills >= 2 * len(COMPONENTS)
    assert acknowledged >= 20


@pytest.mark.long
def test_without_the_key_of_the_outbox_messages_are_doubled() -> None:
    code, (*_, lost, doubled), said = faults(
        "--seconds", "5", "--without", "outbox_message_key_key"
    )
    assert (code, lost) == (1, 0), said
    assert doubled > 0


def test_ten_minutes_kill_each_component_at_least_five_times() -> None:
    faults = Counter(fault.what for fault in plan(Random(1), 600))
    faults["web"] += faults["jump"]
    assert min(faults[name] for name in COMPONENTS) >= 5
    assert sum(faults[name] for name in COMPONENTS) >= 20
