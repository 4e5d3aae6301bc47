"""Simulated offices: they send orders, answer, send twice, answer late, and remember every yes."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock, Thread
from uuid import UUID

import psycopg

from tests.faults.doors import Away, Browser, Desk, Form, Reply, hits_on
from tests.faults.processes import Installation, until
from tests.faults.world import World
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import token_of

AT_ONCE = 10
"""Offices that work at the same moment."""
IN_HAND = 150
"""Requests that wait before the next order is sent."""
NEVER, LATE = 0.05, 0.08
"""Shares of the requests that are never answered, and only after the clock has jumped."""
AGAIN_AFTER = 0.3
"""Seconds before what was not acknowledged is sent again."""
TASKS = "/"
"""The page after an answer: Mine opgaver."""
REASONS = ("NO_HITS", "NOT_AVAILABLE", "NOT_REACHED", "TRANSPORT")

ASKED = """
    select r.id, r.office_id, l.public_id from circulation_request r
    join circulation_circulation c on c.id = r.circulation_id
    join links_link l on l.purpose = 'ANSWER' and l.about = r.id
    where c.send_key = %s order by r.id
"""


@dataclass(frozen=True)
class Asked:
    """A request that an office has got, and the address in its mail."""

    request_id: int
    office_id: int
    link: str


@dataclass
class Ledger:
    """What the house has said yes to: answers and sendings by the key of their form."""

    answers: dict[UUID, tuple[int, str, str]] = field(default_factory=dict)
    sendings: dict[UUID, int] = field(default_factory=dict)
    refused: int = 0
    tries: int = 0


class Offices:
    """Threads that work until told to stop, `rate` answers a second in all when they can."""

    def __init__(self, world: World, house: Installation, *, seed: int, rate: float) -> None:
        self.world, self.house, self.rate = world, house, rate
        self.chance = Random(f"{seed}:orders")
        self.ledger = Ledger()
        self.waiting: deque[Asked] = deque()
        self.desks = {
            office_id: Desk(person, house.web_port) for office_id, person in world.staff.items()
        }
        self.problems: list[Exception] = []
        self._kept: list[Asked] = []
        self._over, self._lock = Event(), Lock()
        self._threads = [
            Thread(target=self._work, args=[Random(f"{seed}:office:{number}")], daemon=True)
            for number in range(AT_ONCE)
        ]
        self._threads.append(Thread(target=self._send_orders, daemon=True))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def answer_some(self, *, more: int = 10) -> None:
        """Wait until so many more answers are acknowledged; raises what went wrong with us."""
        enough = len(self.ledger.answers) + more
        until(lambda: self.problems or len(self.ledger.answers) >= enough, "nobody can answer")
        if self.problems:
            raise self.problems[0]

    def stop(self) -> None:
        """No new work; what is under way is waited for."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def send_last(self) -> None:
        """One more order, which nobody answers, so that there is something to remind of."""
        self._over.clear()
        self._send_order(len(self.ledger.sendings) % len(self.world.orders))
        self._over.set()

    def it_is_late(self) -> None:
        """The clock has jumped: who put a request aside answers it now."""
        with self._lock:
            self.waiting.extend(self._kept)
            self._kept.clear()

    def _send_orders(self) -> None:
        try:
            turn = 0
            while not self._over.is_set():
                if len(self.waiting) >= IN_HAND:
                    self._over.wait(0.1)
                    continue
                self._send_order(turn % len(self.world.orders))
                turn += 1
        except Exception as problem:
            self.problems.append(problem)

    def _send_order(self, turn: int) -> None:
        """Send an order to nearly all offices by the lead's form, now and then twice at once."""
        order_id, lead = self.world.orders[turn]
        desk, send_key = self.desks[lead.office_id], _key(self.chance)
        others = sorted(office for office in self.world.staff if office != lead.office_id)
        chosen = self.chance.sample(others, len(others) * 9 // 10)
        form = [("send_key", str(send_key)), ("step", "NATION")]
        form += [("office", str(office)) for office in chosen]
        path, shown = f"/jobordrer/{order_id}/send/", f"/jobordrer/{order_id}/"

        def send() -> None:
            if self.until_yes(lambda: desk.post(path, form), shown):
                self.ledger.sendings[send_key] = order_id

        _together(*[send] * (2 if self.chance.random() < 0.3 else 1))
        if send_key in self.ledger.sendings:
            self._take_in(send_key)

    def _take_in(self, send_key: UUID) -> None:
        """The requests reach the offices; a few stay in a pile."""
        for request_id, office_id, public_id in self._asked(send_key):
            token = token_of(Link(purpose=Purpose.ANSWER, public_id=public_id))
            asked = Asked(request_id, office_id, f"/svar/link/{token}/")
            fate = self.chance.random()
            with self._lock:
                if fate < LATE:
                    self._kept.append(asked)
                elif fate < 1 - NEVER:
                    self.waiting.append(asked)

    def _asked(self, send_key: UUID) -> list[tuple[int, int, UUID]]:
        while not self._over.is_set():
            try:
                with self.house.server.connect(database="tvaers") as superuser:
                    return superuser.execute(ASKED, [send_key]).fetchall()
            except psycopg.Error:
                self._over.wait(AGAIN_AFTER)
        return []

    def _work(self, chance: Random) -> None:
        try:
            due = time.monotonic()
            while not self._over.wait(max(0.0, due - time.monotonic())):
                due += AT_ONCE / self.rate
                try:
                    asked = self.waiting.popleft()
                except IndexError:
                    due = time.monotonic() + 0.1
                    continue
                self._answer(asked, chance)
        except Exception as problem:
            self.problems.append(problem)

    def _answer(self, asked: Asked, chance: Random) -> None:
        """Answer as offices do: once, twice at once, two colleagues, again, or anew later."""
        manner = chance.choices(
            ("once", "twice", "colleagues", "again", "anew"), (50, 20, 10, 10, 10)
        )[0]
        by_link, by_screen = self._by_link(asked, chance), self._by_screen(asked, chance)
        first = by_link if chance.random() < 0.6 else by_screen
        _together(*{"twice": [first] * 2, "colleagues": [by_link, by_screen]}.get(manner, [first]))
        if manner == "again":
            first()
        if manner == "anew":
            self._by_screen(asked, chance)()

    def _by_link(self, asked: Asked, chance: Random) -> "Answering":
        return Answering(self, asked, _key(chance), chance.choice(REASONS), None, asked.link)

    def _by_screen(self, asked: Asked, chance: Random) -> "Answering":
        desk = self.desks[asked.office_id]
        names = chance.random() < 0.3
        return Answering(self, asked, _key(chance), chance.choice(REASONS), desk, TASKS, names)

    def until_yes(self, ask: Callable[[], Reply], yes: str) -> bool:
        """Send until somebody answers; False when the answer is no, or work is over."""
        while not self._over.is_set():
            self.ledger.tries += 1
            try:
                reply = ask()
            except Away:
                self._over.wait(AGAIN_AFTER)
                continue
            if reply.leads_to(yes):
                return True
            self.ledger.refused += 1
            return False
        return False


@dataclass
class Answering:
    """One answer with its key: called again, it sends the very same form again."""

    offices: Offices
    asked: Asked
    key: UUID
    reason: str
    desk: Desk | None
    yes: str
    names_somebody: bool = False
    _form: Form = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self) -> None:
        if self.offices.until_yes(self._send, self.yes):
            kind = "CANDIDATES" if self.names_somebody else "NOBODY"
            reason = "" if self.names_somebody else self.reason
            self.offices.ledger.answers[self.key] = (self.asked.request_id, kind, reason)

    def _send(self) -> Reply:
        with self._lock:
            self._form = self._form or self._filled_in()
        if self.desk is None:
            return Browser(self.offices.house.web_port).post(self.asked.link, self._form)
        return self.desk.post(self._page, self._form)

    def _filled_in(self) -> Form:
        """The form as it is sent however often; who is to name somebody looks at the page first."""
        form = [("answer_key", str(self.key)), ("reason", self.reason)]
        if self.desk is not None and self.names_somebody:
            people = hits_on(self.desk.get(self._page).text)[:2]
            self.names_somebody = bool(people)
            form += [(f"person_{one}", "on") for one in people]
        return [*form, ("kind", "CANDIDATES" if self.names_somebody else "NOBODY")]

    @property
    def _page(self) -> str:
        return f"/svar/{self.asked.request_id}/"


def _key(chance: Random) -> UUID:
    """The number that a form is sent with, however often."""
    return UUID(int=chance.getrandbits(128), version=4)


def _together(*clicks: Callable[[], None]) -> None:
    """All of them in the same moment."""
    others = [Thread(target=click, daemon=True) for click in clicks[1:]]
    for thread in others:
        thread.start()
    clicks[0]()
    for thread in others:
        thread.join()
