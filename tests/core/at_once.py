"""Clicks in the same moment, each from its own connection."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from tests.core.waiting import PATIENCE


def at_once(*clicks: Callable[[], Any]) -> list[Any]:
    """What each of the clicks gave: its result, or what it raised."""
    barrier = threading.Barrier(len(clicks))
    results: list[Any] = [None] * len(clicks)

    def click(number: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=PATIENCE)
            results[number] = clicks[number]()
        except Exception as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[number]) for number in range(len(clicks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return results
