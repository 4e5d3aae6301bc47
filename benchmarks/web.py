"""The search page and an order's page under users, through the server that `tvaers serve` starts.

python benchmarks/web.py [--people 20000] [--users 20] [--seconds 60] [--pause 2]

A demo world of its own in a fresh data folder, served by processes of its own, is asked by users
who are all leads in Køge, each signed in on their own. A click is one of: open an order; search
for it in all of the country (the search is kept as evidence and its first page of hits is shown
and logged); turn to the next page of hits. First with a pause between clicks, then without.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

LEAD = "tovholder"
NATIONWIDE = "NATION"
START_WITHIN = 7200
"""Seconds: loading a large demo world takes a while."""


class Fields(HTMLParser):
    """What a browser would send if the form with a field `step` were sent untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.steps: list[str] = []
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        name, value = have.get("name", ""), have.get("value", "")
        if tag == "select":
            self.select = "" if "multiple" in have else name
        elif tag == "option" and self.select and "selected" in have:
            self.values.append((self.select, value))
        elif tag == "input" and name == "step":
            self.steps.append(value)
        elif tag == "input" and name:
            ticked = have.get("type") not in ("radio", "checkbox") or "checked" in have
            if ticked:
                self.values.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


class Broken(Exception):
    """A page did not answer as it should."""


class Browser:
    """One user: keeps cookies and the connection, follows redirects."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def open(self, path: str, form: list[tuple[str, str]] | None = None) -> tuple[str, str]:
        """The address and text of the page that is shown in the end; raises `Broken`."""
        for _ in range(5):
            sent = None if form is None else urlencode(form)
            headers = {"Cookie": "; ".join(f"{k}={m.value}" for k, m in self.cookies.items())}
            if sent is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("GET" if sent is None else "POST", path, sent, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
            for header in answer.msg.get_all("Set-Cookie") or ():
                self.cookies.load(header)
            if answer.status not in (301, 302, 303):
                break
            path, form = answer.headers["Location"], None
        self.connection.close()  # as a proxy in front would: no idle connections are kept open
        if answer.status != 200:
            raise Broken(f"{answer.status} {path}")
        return path, text

    def sign_in(self) -> None:
        """Enter the demo as a lead."""
        _, page = self.open("/log-ind/")
        self.open(f"/demo/{LEAD}/", [("csrfmiddlewaretoken", token(page))])


def token(page: str) -> str:
    """The page's token against forged forms."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if not found:
        raise Broken("no form on the page")
    return found[1]


def own_orders(browser: Browser) -> list[str]:
    """Addresses of the orders that the user leads and may search for."""
    _, page = browser.open("/jobordrer/")
    addresses = list(dict.fromkeys(re.findall(r'href="(/jobordrer/\d+/)"', page)))
    found = []
    for address in addresses:
        try:
            browser.open(f"{address}soeg/")
        except Broken:
            continue
        found.append(address)
    if not found:
        raise Broken("no order to search for")
    return found


class User:
    """Clicks, one after another, and remembers how long each took."""

    def __init__(self, number: int, port: int) -> None:
        self.number, self.browser = number, Browser(port)
        self.browser.sign_in()
        self.orders = own_orders(self.browser)
        self.forms: dict[str, list[tuple[str, str]]] = {}
        for address in self.orders:
            _, page = self.browser.open(f"{address}soeg/")
            fields = Fields(page)
            self.forms[address] = [
                *fields.values,
                ("step", NATIONWIDE if NATIONWIDE in fields.steps else fields.steps[0]),
            ]
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors = 0

    def click_until(self, end: float, pause: float) -> None:
        """Work until `end`; the first click comes at the user's own moment within a pause."""
        time.sleep(pause * self.number / 20)
        turn = self.number
        while time.monotonic() < end:
            order = self.orders[turn % len(self.orders)]
            self._timed("order", order)
            time.sleep(pause)
            shown = self._timed("search", f"{order}soeg/", self.forms[order])
            time.sleep(pause)
            if shown:
                self._timed("next hits", f"{shown}?page=2")
                time.sleep(pause)
            turn += 1

    def _timed(self, kind: str, path: str, form: list[tuple[str, str]] | None = None) -> str | None:
        before = time.perf_counter()
        try:
            shown, _ = self.browser.open(path, form)
        except (Broken, OSError, http.client.HTTPException) as error:
            self.errors += 1
            print(f"error: {error}", file=sys.stderr)
            self.browser.connection.close()
            return None
        self.times[kind].append((time.perf_counter() - before) * 1000)
        return shown


@dataclass(frozen=True)
class House:
    """A served world: its port, and the settings of the processes beside the server."""

    port: int
    environment: dict[str, str]


@contextmanager
def served(people: int) -> Iterator[House]:
    """A demo world of `people` on a free port; stopped and removed afterwards."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as door:
        Path(folder).chmod(0o755)  # the database may run as another account
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        door.close()
        environment = {**os.environ, "TVAERS_DATA": f"{folder}/data"}
        tvaers = str(Path(sys.executable).parent / "tvaers")
        command = [tvaers, "demo", "--candidates", str(people), "--port", str(port)]
        server = subprocess.Popen(command, env=environment)
        try:
            end = time.monotonic() + START_WITHIN
            while not answers(port):
                if server.poll() is not None or time.monotonic() > end:
                    sys.exit("the demo did not start")
                time.sleep(1)
            yield House(port, environment)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)
            subprocess.run([tvaers, "stop"], env=environment, check=True)


def answers(port: int) -> bool:
    """Whether the door is open."""
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def measure(port: int, users: int, seconds: float, pause: float) -> None:
    """One table: every kind of click, and the requests a second and errors of all."""
    everyone = [User(number, port) for number in range(users)]
    began = time.monotonic()
    with ThreadPoolExecutor(users) as pool:
        jobs = [pool.submit(user.click_until, began + seconds, pause) for user in everyone]
        for job in jobs:
            job.result()
    took = time.monotonic() - began
    name = f"{users} users, {pause:g} s between clicks" if pause else f"{users} users, no pause"
    print(f"\n{name:40}{'clicks':>8}{'p50 ms':>10}{'p95 ms':>10}")
    for kind in ("order", "search", "next hits"):
        times = [one for user in everyone for one in user.times[kind]]
        if times:
            p50, p95 = np.percentile(times, [50, 95])
            print(f"{kind:40}{len(times):>8}{p50:>10.1f}{p95:>10.1f}")
    clicks = sum(len(times) for user in everyone for times in user.times.values())
    errors = sum(user.errors for user in everyone)
    print(f"{clicks / took:.1f} clicks a second, {errors} errors, load {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--users", type=int, default=20)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--pause", type=float, default=2)
    chosen = options.parse_args()
    with served(chosen.people) as house:
        measure(house.port, chosen.users, chosen.seconds, chosen.pause)
        measure(house.port, chosen.users, chosen.seconds, 0)


if __name__ == "__main__":
    main()
