"""A hundred answers at once, and steady traffic, through the server that `tvaers serve` starts.

python benchmarks/load.py [--people 20000] [--rate 50] [--seconds 60]

A demo world of its own in a fresh data folder, served by processes of its own. First one order is
sent to every other office, a hundred people answer in the same moment, and its lead keeps looking
at the order's page. Then people of all offices click, so many times a second whether or not the
last click was answered; and again with one office making seven of ten clicks. A click's time counts
from the moment it was due, so waiting in line counts as waiting.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPException
from random import Random
from threading import Barrier, Event
from uuid import UUID

import numpy as np
from load_world import Colleague, an_order, answers_to, colleagues, open_world, requests_of
from web import Broken, Browser, served

PEOPLE_ANSWERING = 100
LOOKS_EVERY = 0.25
"""Seconds between the lead's looks at the order's page."""
AT_ONCE = 64
"""Clicks that may wait for an answer at the same moment."""
BUSIEST_MAKES = 0.7
"""The share of clicks that the busiest office makes in the skewed round."""
MIX = {
    "my tasks": 25,
    "orders": 20,
    "companies": 15,
    "an order": 15,
    "open positions": 10,
    "to answer": 10,
    "answering": 5,
}
"""Kinds of clicks and how common they are; the lists show 25 rows."""


def browser_of(colleague: Colleague, port: int) -> Browser:
    """A browser in which the colleague is signed in; raises `Broken`."""
    browser = Browser(port)
    browser.cookies["sessionid"] = colleague.session
    browser.open("/mine-mails/")  # a page with a form, which gives the token against forgeries
    return browser


def form_to(browser: Browser, *fields: tuple[str, str]) -> list[tuple[str, str]]:
    """The fields and the browser's token."""
    return [*fields, ("csrfmiddlewaretoken", browser.cookies["csrftoken"].value)]


def nobody(browser: Browser, chance: Random) -> list[tuple[str, str]]:
    """The answer "ingen egnede"."""
    key = str(UUID(int=chance.getrandbits(128), version=4))
    fields = [("answer_key", key), ("kind", "NOBODY"), ("reason", "NOT_AVAILABLE")]
    return form_to(browser, *fields)


def some(browser: Browser, page: str, chance: Random) -> list[tuple[str, str]]:
    """An answer with the first two people on the page; "ingen egnede" where it shows none."""
    people = re.findall(r'name="person_(\d+)"', page)[:2]
    if not people:
        return nobody(browser, chance)
    key = str(UUID(int=chance.getrandbits(128), version=4))
    fields = [("answer_key", key), ("kind", "CANDIDATES"), ("reason", "")]
    return form_to(browser, *fields, *((f"person_{one}", "on") for one in people))


def send_to_all(lead: Browser, order_id: int, offices: Sequence[int]) -> None:
    """The lead's form "Send til andre kommuner"."""
    fields = [("send_key", str(UUID(int=order_id, version=4))), ("step", "NATION")]
    fields += [("office", str(office)) for office in offices]
    lead.open(f"/jobordrer/{order_id}/send/", form_to(lead, *fields))


def all_at_once(port: int, people: Sequence[Colleague]) -> None:
    """Print how the answers went, and how long the lead's page took meanwhile."""
    lead = people[0]
    desk = browser_of(lead, port)
    asking = an_order(lead, datetime.now(UTC))
    offices = sorted({one.office_id for one in people} - {lead.office_id})
    send_to_all(desk, asking.order_id, offices)
    requests = requests_of(asking.order_id)
    answering = one_each_first([one for one in people if one.office_id in requests])
    waiting = [
        Answerer(browser_of(one, port), requests[one.office_id], Random(one.user_id))
        for one in answering[:PEOPLE_ANSWERING]
    ]
    before = looks_at(desk, asking.order_id, until=seconds_from_now(10))
    over = Event()
    start = Barrier(len(waiting) + 1)
    with ThreadPoolExecutor(len(waiting) + 1) as pool:
        looking = pool.submit(looks_at, desk, asking.order_id, until=over.is_set)
        answers = [pool.submit(one.answer, start) for one in waiting]
        start.wait()
        began = time.perf_counter()
        took = [answer.result() for answer in answers]
        whole = time.perf_counter() - began
        over.set()
        during = looking.result()
    kept, twice = answers_to(asking.order_id)
    print(
        f"\n{len(waiting)} people answer at once for {len(requests)} offices: all done after"
        f" {whole:.1f} s, {kept} offices have a valid answer, {twice} have two,"
        f" {sum(one is None for one in took)} errors"
    )
    print(f"{'':32}{'looks':>8}{'p50 ms':>10}{'p95 ms':>10}{'most':>10}")
    for name, times in (("the lead's page before", before), ("the lead's page meanwhile", during)):
        row(name, times)
    row("an answer", [one for one in took if one is not None])


def one_each_first(people: Sequence[Colleague]) -> list[Colleague]:
    """Somebody of every office, and then their colleagues."""
    turns = Counter[int]()
    ranked = []
    for one in people:
        ranked.append((turns[one.office_id], one))
        turns[one.office_id] += 1
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def seconds_from_now(seconds: float) -> Callable[[], bool]:
    """Whether so long has passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def looks_at(desk: Browser, order_id: int, *, until: Callable[[], bool]) -> list[float]:
    """Open the order's page again and again; milliseconds of each look."""
    times = []
    while not until():
        began = time.perf_counter()
        desk.open(f"/jobordrer/{order_id}/")
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(LOOKS_EVERY)
    return times


class Answerer:
    """Has the page open with the answer filled in, and waits for the word."""

    def __init__(self, browser: Browser, request_id: int, chance: Random) -> None:
        self.browser, self.address = browser, f"/svar/{request_id}/"
        _, page = browser.open(self.address)
        answer = some(browser, page, chance)
        self.form = answer if chance.random() < 0.5 else nobody(browser, chance)

    def answer(self, start: Barrier) -> float | None:
        """Milliseconds from the click to the next page; None when something went wrong."""
        start.wait()
        began = time.perf_counter()
        try:
            self.browser.open(self.address, self.form)
        except (Broken, OSError, HTTPException) as error:
            print(f"error: {error}", file=sys.stderr)
            return None
        return (time.perf_counter() - began) * 1000


class Clicker:
    """Somebody with the pages they may open."""

    def __init__(self, colleague: Colleague, port: int) -> None:
        self.office_id = colleague.office_id
        self.port, self.browser = port, browser_of(colleague, port)
        _, tasks = self.browser.open("/")
        _, orders = self.browser.open("/jobordrer/")
        self.asked = sorted(set(re.findall(r'href="(/svar/\d+/)"', tasks)))
        self.orders = sorted(set(re.findall(r'href="(/jobordrer/\d+/)"', orders)))

    def click(self, kind: str, chance: Random) -> str:
        """Open one page, or send an answer; what it was in the end. Raises `Broken`, `OSError`."""
        browser = Browser(self.port)
        browser.cookies = self.browser.cookies
        pages = {"companies": "/virksomheder/", "open positions": "/ledige-stillinger/"}
        if kind in pages:
            browser.open(pages[kind])
        elif kind in {"to answer", "answering"} and self.asked:
            address = chance.choice(self.asked)
            browser.open(address, nobody(browser, chance) if kind == "answering" else None)
        elif kind == "an order" and self.orders:
            browser.open(chance.choice(self.orders))
        elif kind == "orders":
            browser.open("/jobordrer/")
        else:
            kind = "my tasks"
            browser.open("/")
        return kind


def steady(port: int, people: Sequence[Clicker], *, rate: float, seconds: float, name: str) -> None:
    """Print the times of `rate` clicks a second by anyone of `people`."""
    chance = Random(name)
    kinds = chance.choices(list(MIX), list(MIX.values()), k=round(rate * seconds))
    plan = [(kind, chance.choice(people), Random(chance.random())) for kind in kinds]
    times: dict[str, list[float]] = defaultdict(list)
    errors = 0
    began = time.perf_counter() + 1

    def one(number: int) -> tuple[str, float] | None:
        kind, clicker, own = plan[number]
        due = began + number / rate
        try:
            kind = clicker.click(kind, own)
        except (Broken, OSError, HTTPException) as error:
            print(f"error: {error}", file=sys.stderr)
            return None
        return kind, (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(AT_ONCE) as pool:
        clicks = []
        for number in range(len(plan)):
            time.sleep(max(0.0, began + number / rate - time.perf_counter()))
            clicks.append(pool.submit(one, number))
        for click in clicks:
            if (done := click.result()) is None:
                errors += 1
            else:
                times[done[0]].append(done[1])
    took = time.perf_counter() - began
    load = os.getloadavg()[0]
    print(f"\n{name}: {len(plan) / took:.1f} clicks a second, {errors} errors, load {load:.1f}")
    print(f"{'':32}{'clicks':>8}{'p50 ms':>10}{'p95 ms':>10}{'most':>10}")
    for kind in MIX:
        row(kind, times[kind])
    row("all", [one for kind in times.values() for one in kind])


def row(name: str, times: Sequence[float]) -> None:
    """One line of a table."""
    if times:
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name:32}{len(times):>8}{p50:>10.0f}{p95:>10.0f}{max(times):>10.0f}", flush=True)


def skewed(people: Sequence[Clicker]) -> list[Clicker]:
    """The same people, those of the first one's office so often that they make seven of ten."""
    busiest = [one for one in people if one.office_id == people[0].office_id]
    others = [one for one in people if one.office_id != people[0].office_id]
    times = round(len(others) * BUSIEST_MAKES / (1 - BUSIEST_MAKES) / len(busiest))
    return [*others, *busiest * times]


def main() -> None:
    """The rush, the even round and the skewed one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--seconds", type=float, default=60)
    chosen = options.parse_args()
    with served(chosen.people) as house:
        open_world(house.environment)
        people = colleagues(datetime.now(UTC))
        all_at_once(house.port, people)
        clickers = [Clicker(one, house.port) for one in people]
        for name, who in (("all offices alike", clickers), ("one office", skewed(clickers))):
            steady(house.port, who, rate=chosen.rate, seconds=chosen.seconds, name=name)


if __name__ == "__main__":
    main()
