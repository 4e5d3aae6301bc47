"""The index as a service: kept in a folder, shared, built anew beside the old one, never wrong."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from typer.testing import CliRunner

from tests.core.factories import MONDAY, setting_up
from tests.core.waiting import PATIENCE
from tests.network.factories import GREVE, KOEGE, office
from tvaers.candidates.models import Person, Profile, Status
from tvaers.cli import main
from tvaers.matching import index_feed, index_folder, profile_columns
from tvaers.matching.engine.columns import Columns
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_check import by_person, differences
from tvaers.matching.index_feed import current_index
from tvaers.matching.profile_rows import COLUMNS, person_of
from tvaers.matching.travel_table import travel_table
from tvaers.network.models import Office

TODAY = MONDAY.date()
ANYONE = Query(today=TODAY.toordinal())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An empty folder for the index, and a process that has read nothing yet."""
    settings.TVAERS_INDEX = tmp_path
    index_feed._newest = None
    yield index_folder.folder()
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(PATIENCE)
    index_feed._newest = None


def a_profile(home: Office, **given: Any) -> int:
    fields = {"municipality_id": KOEGE, "home_office": home, "legal_basis": "LAB", "wanted": [1]}
    with setting_up():
        made = Profile.objects.create(person=Person.objects.create(), **(fields | given))
    return int(made.pk)


def ids(index: Index) -> set[int]:
    return set(index.folded().base.columns().id.tolist())


many = st.lists(st.integers(1, 9), max_size=3)
days = st.none() | st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
spells = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 70), st.sampled_from([0, 1930, 1999, 2026, 2090])),
    max_size=4,
)
profiles = st.fixed_dictionaries(
    {
        "municipality_id": st.sampled_from([KOEGE, GREVE]),
        "postcode": st.sampled_from(["", "4600", "2670", "460", "46OO", "0800"]),
        "status": st.sampled_from(Status.values),
        "legal_basis": st.sampled_from(["LAB", "LAB", ""]),
        "reported_unavailable_at": st.sampled_from([None, None, MONDAY]),
        "hired_from": days,
        "wanted_titles": st.text(max_size=12).filter(lambda text: "\0" not in text),
        "wanted": many.map(lambda some: sorted(set(some))),
        "spells": spells,
        "concepts": many.map(lambda some: [10_000 + one for one in some]),
        "available_from": days,
        "hours_min": st.integers(0, 30),
        "hours_max": st.integers(30, 400),
        "kinds": st.integers(1, 63),
        "max_travel_minutes": st.integers(0, 32_767),
        "car": st.booleans(),
        "cv_updated_on": days,
        "homeless": st.booleans(),
    }
)


@pytest.mark.django_db
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(profiles, max_size=6), st.integers(1, 4))
def test_columns_and_rows_say_the_same(world: list[dict[str, Any]], chunk: int) -> None:
    small = profile_columns.READ.replace(f"limit {profile_columns.CHUNK}", f"limit {chunk}")
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(profile_columns, "READ", small)
        with setting_up():
            home = office()
            for fields in world:
                add(home, **fields)
        people = [person_of(row, TODAY) for row in Profile.objects.values_list(*COLUMNS)]
        columns = profile_columns.read_columns(connection.connection, TODAY)
        assert by_person(columns) == by_person(Columns.from_people(people))
        transaction.set_rollback(True)


def add(home: Office, *, spells: list[tuple[int, int, int]], homeless: bool, **given: Any) -> None:
    held, years, until = zip(*spells, strict=True) if spells else ((), (), ())
    Profile.objects.create(
        person=Person.objects.create(),
        home_office=None if homeless else home,
        held=list(held),
        held_years=list(years),
        held_until=list(until),
        **given,
    )


@pytest.mark.django_db
def test_a_search_asks_the_database_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    current_index(TODAY)
    with django_assert_num_queries(1):
        current_index(TODAY)


@pytest.mark.django_db(transaction=True)
def test_another_process_opens_what_one_has_built(monkeypatch: pytest.MonkeyPatch) -> None:
    home = office()
    first, second = a_profile(home), a_profile(home)
    assert ids(current_index(TODAY)) == {first, second}
    third = a_profile(home)
    with setting_up():
        Profile.objects.filter(pk=first).delete()
    index_feed._newest = None
    monkeypatch.setattr(index_folder, "_build", None)
    assert ids(current_index(TODAY)) == {second, third}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("removes", [False, True])
def test_what_another_committed_is_read_when_what_we_wrote_over_it_is_undone(removes: bool) -> None:
    home = office()
    pk = a_profile(home, status="PAUSED")
    current_index(TODAY)
    with closing(connections["default"].copy()) as other, suppress(InterruptedError):
        other.ensure_connection()
        other.connection.execute("select set_config('tvaers.actor', 'JOB tests', false)")
        other.connection.execute("update candidates_profile set status = 'ACTIVE'")
        with setting_up():
            ours = Profile.objects.filter(pk=pk)
            ours.delete() if removes else ours.update(status="ENDED")
            assert current_index(TODAY).all_ids(ANYONE).tolist() == []
            raise InterruptedError
    assert current_index(TODAY).all_ids(ANYONE).tolist() == [pk]


@pytest.mark.django_db(transaction=True)
def test_an_index_of_another_life_is_built_anew() -> None:
    pk = a_profile(office())
    stamp = index_folder.rebuilt(TODAY).stamp
    for other in ({"epoch": "another database"}, {"horizon": 2**60}, {"meaning": 0}):
        foreign = json.dumps(asdict(replace(stamp, **other)))
        empty = Index.build([], travel=travel_table(), stamp=foreign)
        empty.save(index_folder.folder())
        index_feed._newest = None
        assert ids(current_index(TODAY)) == {pk}, other


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_another_life(owner: psycopg.Connection) -> None:
    from tvaers.database import epoch

    current_index(TODAY)
    before = index_feed._newest
    epoch.renew(owner)
    current_index(TODAY)
    assert before
    assert index_feed._newest
    assert index_feed._newest.base.stamp.epoch != before.base.stamp.epoch


@pytest.mark.django_db(transaction=True)
def test_a_database_made_anew_from_the_template_has_another_index() -> None:
    gone = a_profile(office())
    assert ids(current_index(TODAY)) == {gone}
    TransactionTestCase._fixture_teardown(None)  # type: ignore[arg-type]
    assert ids(current_index(TODAY)) == set()


@pytest.mark.django_db(transaction=True)
def test_a_torn_folder_is_built_anew(folder: Path) -> None:
    pk = a_profile(office())
    for torn in ("index-*/ids.npy", "index-*/index.json", "current", "index-*/segment.json"):
        index_folder.rebuilt(TODAY)
        for path in folder.glob(torn):
            path.write_bytes(b"[\xff")
        index_feed._newest = None
        assert ids(current_index(TODAY)) == {pk}, torn
    shutil.rmtree(folder)
    assert ids(current_index(TODAY)) == {pk}


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_cannot_be_written_keeps_nobody_from_searching(
    tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "file").write_text("")
    settings.TVAERS_INDEX = tmp_path / "file"
    home = office()
    assert ids(current_index(TODAY)) == set()
    pk = a_profile(home)
    assert ids(current_index(TODAY)) == {pk}


@pytest.mark.django_db(transaction=True)
def test_many_changes_are_built_into_a_new_base_while_searches_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = office()
    people = {a_profile(home)}
    current_index(TODAY)
    before = index_folder.newest()
    monkeypatch.setattr(index_feed, "FOLD_AT", -1)
    people |= {a_profile(home) for _ in range(5)}
    deadline = time.monotonic() + PATIENCE
    while index_folder.newest() == before and time.monotonic() < deadline:
        assert ids(current_index(TODAY)) == people
        time.sleep(0.05)
    saved = index_folder.opened()
    assert saved
    assert set(saved.index.base.ids.tolist()) == ids(current_index(TODAY)) == people


@pytest.mark.django_db(transaction=True)
def test_only_one_process_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []
    monkeypatch.setattr(index_folder, "_build", built.append)
    with index_folder._lock():
        index_folder.rebuild_in_background(TODAY)
        for thread in threading.enumerate():
            if thread.name == "index":
                thread.join(PATIENCE)
    assert built == []


@pytest.mark.django_db(transaction=True)
def test_someone_removed_has_left_the_folder_the_day_after() -> None:
    home = office()
    stays, goes = a_profile(home), a_profile(home)
    current_index(TODAY)
    with setting_up():
        Person.objects.filter(pk=goes).delete()
    assert ids(current_index(TODAY)) == {stays}
    current_index(TODAY + timedelta(days=1))
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(PATIENCE)
    saved = index_folder.opened()
    assert saved
    assert saved.index.base.ids.tolist() == [stays]


def build_and_build() -> None:
    while True:
        index_folder.rebuilt(TODAY)


@pytest.mark.django_db(transaction=True)
def test_a_builder_that_is_killed_leaves_an_index_that_opens_or_is_built_anew() -> None:
    pk, chance = a_profile(office()), random.Random(3)
    for _ in range(8):
        connections.close_all()
        builder = multiprocessing.get_context("fork").Process(target=build_and_build)
        builder.start()
        time.sleep(chance.uniform(0.02, 0.4))
        assert builder.pid
        os.kill(builder.pid, signal.SIGKILL)
        builder.join(PATIENCE)
        index_feed._newest = None
        assert ids(current_index(TODAY)) == {pk}
    index_folder.rebuilt(TODAY)
    assert len(list(index_folder.folder().glob("index-*"))) == 1


HIDDEN = """
    update candidates_profile set concepts = '{10001}', changed_in = 0 where person_id = %s
"""


@pytest.mark.django_db(transaction=True)
def test_check_says_who_differs(owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_feed, "rebuild_in_background", lambda _day: None)
    home = office()
    pk, other = a_profile(home), a_profile(home)
    assert differences(TODAY) == (2, [])
    owner.execute("alter table candidates_profile disable trigger user")
    owner.execute(HIDDEN, [pk])
    assert differences(TODAY) == (2, [pk])
    commands = main.compose(["index"])
    shown = CliRunner().invoke(commands, ["index", "check", "--language", "da"])
    assert (shown.exit_code, shown.output.split(" (")[0]) == (1, "1 forskel")
    owner.execute("delete from candidates_profile where person_id = %s", [other])
    assert differences(TODAY) == (2, [pk, other])
    assert CliRunner().invoke(commands, ["index", "rebuild"]).exit_code == 0
    shown = CliRunner().invoke(commands, ["index", "check"])
    assert (shown.exit_code, shown.output.split(" (")[0]) == (0, "0 differences")


WARM = """
import django
from tvaers.cli.serve import one_thread, warm_up
one_thread()
django.setup()
warm_up()
import psutil
from django.db import connections
me = psutil.Process()
print(me.num_threads(), connections["default"].connection, len(me.net_connections("unix")))
"""


def test_a_server_that_is_warm_has_no_thread_and_no_connection_to_share_with_its_workers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARM],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["1", "None", "0"], done.stderr
