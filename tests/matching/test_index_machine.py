"""Written, undone, committed late, removed, reopened: a search equals the database."""

import os
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.core.factories import MONDAY, SETUP, setting_up
from tests.network.factories import GREVE, KOEGE, office
from tvaers.candidates.models import Person, Profile
from tvaers.matching import index_feed
from tvaers.matching.engine.oracle import Oracle
from tvaers.matching.engine.rows import Query, Requirement, place
from tvaers.matching.index_check import differences
from tvaers.matching.index_feed import current_index
from tvaers.matching.index_folder import Saved, rebuilt
from tvaers.matching.profile_rows import COLUMNS, person_of
from tvaers.matching.travel_table import travel_table
from tvaers.network.models import Office
from tvaers.places.local_travel import Located
from tvaers.places.models import Postcode, PostcodeList
from tvaers.places.postcode_lists import PostcodeLine, take_postcodes

EXAMPLES = int(os.environ.get("TVAERS_INDEX_EXAMPLES") or 12)
TODAY = date(2026, 9, 14)
WELDING = 10_001
ORDER = Query(
    today=TODAY.toordinal(),
    occupation=((1, 1000), (2, 800)),
    requirements=(Requirement(WELDING, True, "certificate", ((WELDING, 1000),), trainable_days=7),),
    workplaces=(place(259, 4600),),
    salt=5,
)

CHANGES: list[dict[str, Any]] = [
    {"status": "ACTIVE"},
    {"status": "PAUSED"},
    {"municipality_id": KOEGE},
    {"municipality_id": GREVE},
    {"wanted": []},
    {"wanted": [1]},
    {"wanted": [2, 3]},
    {"concepts": []},
    {"concepts": [WELDING, 10_002]},
    {"max_travel_minutes": 20},
    {"postcode": "4600"},
    {"postcode": "4140"},
    {"wanted_titles": "Åbner"},
    {"hired_from": None},
    {"hired_from": TODAY},
    {"hired_from": TODAY + timedelta(days=1)},
    {"hired_from": TODAY + timedelta(days=2)},
]
facts = st.sampled_from(CHANGES)
which = st.integers(0, 7)


def stored(day: date) -> Oracle:
    """Everyone, as this connection sees the rows now."""
    rows = Profile.objects.values_list(*COLUMNS)
    listed = Postcode.objects.values_list("municipality_id", "postcode", "latitude", "longitude")
    travel = travel_table([Located(*row) for row in listed])
    return Oracle([person_of(row, day) for row in rows], travel)


def found(engine: Any, k: int = 50) -> list[Any]:
    hits, near = engine.search(ORDER, k=k), engine.near_misses(ORDER, k=k)
    return [
        part
        for result in (hits, near)
        for part in (
            result.ids.tolist(),
            result.fit.tolist(),
            dict(result.by_municipality),
            dict(result.excluded),
        )
    ]


class Undone(Exception):
    """Raised to undo a transaction."""


class Searching(RuleBasedStateMachine):
    """One process that searches, and two more writers that finish when they like."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        with setting_up():
            Person.objects.all().delete()
            Postcode.objects.all().delete()
            PostcodeList.objects.create(file_name="none", sha256="", imported_at=MONDAY)
            for given in ({}, {}, {"status": "PAUSED"}, {"hired_from": TODAY + timedelta(days=1)}):
                self.add(given)
        index_feed._newest = None
        self.day = TODAY
        self.writers = [self._writer() for _ in range(2)]
        self.busy: list[set[int]] = [set(), set()]

    def _writer(self) -> psycopg.Connection:
        wrapper = connections["default"].copy()
        wrapper.ensure_connection()
        return wrapper.connection

    def teardown(self) -> None:
        for writer in self.writers:
            writer.close()

    def free(self, number: int) -> int | None:
        """One of the people whom no unfinished writer holds."""
        held = set().union(*self.busy)
        everyone = Profile.objects.order_by("pk").values_list("pk", flat=True)
        ids = [pk for pk in everyone if pk not in held]
        return ids[number % len(ids)] if ids else None

    def add(self, given: dict[str, Any], person_id: int | None = None) -> None:
        fields = {
            "person_id": person_id or Person.objects.create().pk,
            "municipality_id": KOEGE,
            "home_office": self.office,
            "legal_basis": "LAB",
            "wanted": [1],
            "concepts": [WELDING],
        }
        Profile.objects.create(**(fields | given))

    def act(self, deed: str, number: int, given: dict[str, Any]) -> None:
        pk = self.free(number)
        if deed == "add" or pk is None:
            self.add(given)
        elif deed == "remove":
            Profile.objects.filter(pk=pk).delete()
        elif deed == "come back":
            Profile.objects.filter(pk=pk).delete()
            self.add(given, person_id=pk)
        elif given:
            Profile.objects.filter(pk=pk).update(**given)

    deeds = st.lists(
        st.tuples(
            st.sampled_from(["add", "change", "change", "remove", "come back"]), which, facts
        ),
        min_size=1,
        max_size=3,
    )

    @rule(deeds=deeds, searches=st.booleans(), kept=st.booleans(), others=st.booleans())
    def write(self, deeds: list[Any], searches: bool, kept: bool, others: bool) -> None:
        """A transaction of our own, which may search what it has written, and may be undone.

        The others may have committed in the meantime what we then write over.
        """
        try:
            with setting_up():
                if others:
                    self.end(0, kept=True)
                    self.end(1, kept=True)
                for deed in deeds:
                    self.act(*deed)
                    if searches:
                        assert found(current_index(self.day)) == found(stored(self.day))
                if not kept:
                    raise Undone
        except Undone:
            pass

    @rule(deeds=deeds)
    def write_and_take_half_back(self, deeds: list[Any]) -> None:
        with setting_up():
            try:
                with transaction.atomic():
                    for deed in deeds:
                        self.act(*deed)
                    current_index(self.day)
                    raise Undone
            except Undone:
                pass
            assert found(current_index(self.day)) == found(stored(self.day))

    @rule(writer=st.integers(0, 1), number=which, status=st.sampled_from(["ACTIVE", "PAUSED", ""]))
    def begin(self, writer: int, number: int, status: str) -> None:
        """Another writer changes somebody, or removes them, and does not finish yet."""
        pk, other = self.free(number), self.writers[writer]
        if pk is None:
            return
        if not self.busy[writer]:
            other.execute("begin")
            other.execute("select set_config('tvaers.actor', %s, true)", [SETUP.text])
        self.busy[writer].add(pk)
        if status:
            change = "update candidates_profile set status = %s where person_id = %s"
            other.execute(change, [status, pk])
        else:
            other.execute("delete from candidates_profile where person_id = %s", [pk])

    @precondition(lambda self: any(self.busy))
    @rule(first=st.booleans(), kept=st.booleans())
    def finish(self, first: bool, kept: bool) -> None:
        """The first or the last of the writers at work commits or gives up."""
        at_work = [writer for writer in (0, 1) if self.busy[writer]]
        self.end(at_work[0 if first else -1], kept=kept)

    def end(self, writer: int, *, kept: bool) -> None:
        if self.busy[writer]:
            self.writers[writer].execute("commit" if kept else "rollback")
            self.busy[writer].clear()

    @rule(postcode=st.sampled_from(["4600", "4140"]), north=st.sampled_from([55.4, 55.46, 55.5]))
    def take_postcodes(self, postcode: str, north: float) -> None:
        """A list moves a postcode, or places it for the first time."""
        line = PostcodeLine(postcode, "", KOEGE, north, 12.1)
        take_postcodes(lines=[line], file_name="list.csv", sha256="", by=SETUP, at=MONDAY)

    @rule()
    def reopen(self) -> None:
        """As another process would."""
        index_feed._newest = None

    @rule()
    def rebuild(self) -> None:
        rebuilt(self.day)

    @rule(days=st.integers(-1, 2))
    def another_day(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def check(self) -> None:
        assert differences(self.day)[1] == []

    @invariant()
    def a_search_equals_the_database(self) -> None:
        assert found(current_index(self.day)) == found(stored(self.day))


@pytest.mark.django_db(transaction=True)
def test_a_search_equals_the_database_whatever_happens() -> None:
    machine = type("Machine", (Searching,), {"office": office()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_begun_before_a_list_came_does_not_hide_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with setting_up():
        Profile.objects.create(
            person=Person.objects.create(),
            municipality_id=KOEGE,
            home_office=office(),
            legal_basis="LAB",
            wanted=[1],
            concepts=[WELDING],
        )
    before = rebuilt(TODAY)
    take_postcodes(
        lines=[PostcodeLine("4600", "", KOEGE, 55.46, 12.1)],
        file_name="list.csv",
        sha256="",
        by=SETUP,
        at=MONDAY,
    )
    just_put_there = [before]

    def other_builder_was_first(day: date, *, instead_of: str | None = None) -> Saved:
        return just_put_there.pop() if just_put_there else rebuilt(day, instead_of=instead_of)

    monkeypatch.setattr(index_feed, "rebuilt", other_builder_was_first)
    assert found(current_index(TODAY)) == found(stored(TODAY))
    assert not just_put_there
