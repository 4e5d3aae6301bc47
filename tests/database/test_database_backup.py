"""A backup is restored whole, equal and guarded as before, or not at all."""

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from django.conf import settings

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, office
from tvaers.candidates.models import Identity
from tvaers.circulation import operations as circulation
from tvaers.database import contents, roles, secrets
from tvaers.database.access import Access
from tvaers.database.backup import Manifest, NotABackup, back_up, opened
from tvaers.database.binaries import ProgramFailed
from tvaers.database.restoring import NotEmpty, NotEqual, Restored, restore
from tvaers.database.server import Server

pytestmark = pytest.mark.django_db(transaction=True)


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with keys in it, for this test alone."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("TVAERS_DATA", str(folder))
    for name in secrets.KEYS:
        monkeypatch.delenv(secrets.KEYS[name], raising=False)
        secrets.secret(name)
    return folder


@pytest.fixture
def here(transactional_db: None, database_server: Server) -> Access:
    """The test's database, as the superuser."""
    name = settings.DATABASES["default"]["NAME"]
    host = str(database_server.socket_folder)
    return Access({"host": host, "user": "postgres", "dbname": name})


@pytest.fixture
def elsewhere(here: Access, database_server: Server) -> Iterator[Access]:
    """An empty database on the same server."""
    name = f"{here.parameters['dbname']}_elsewhere"
    with database_server.connect() as superuser:
        roles.drop_database(superuser, name)
        roles.create_database(superuser, name)
        yield here.to(name)
        roles.drop_database(superuser, name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def backed_up(access: Access, file: Path) -> Manifest:
    return back_up(access, file, at=MONDAY, progress=silent)


def put_back(file: Path, access: Access, *, replace: bool = False) -> Restored:
    with opened(file) as (_, manifest):
        known = manifest.migrations
    return restore(file, access, embedded=True, replace=replace, known=known, progress=silent)


def some_work() -> Sjaelland:
    """An alliance, an order, a person, a request and its answer."""
    region = sjaelland()
    order = an_order(region.lead)
    person = region.person(GREVE, name="Ida Prøvesen æøå")
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    circulation.answer(
        request_id=sent.requests.get().pk,
        kind="CANDIDATES",
        candidates=[circulation.Named(person_id=person.pk)],
        by=region.consultant(GREVE).actor,
        at=MONDAY + timedelta(hours=1),
    )
    return region


def figures(access: Access) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What a database holds, but for its epoch."""
    with access.connect() as connection:
        found = contents.rows(connection, step="", progress=silent)
        return {k: v for k, v in found.items() if k != "database_epoch"}, contents.shape(connection)


def epoch_of(access: Access) -> object:
    with access.connect() as connection:
        return connection.execute("select epoch from database_epoch").fetchone()


def test_restored_elsewhere_it_is_equal_and_begins_a_new_life(
    here: Access, elsewhere: Access, file: Path
) -> None:
    some_work()
    made = backed_up(here, file)
    restored = put_back(file, elsewhere)
    assert figures(elsewhere) == figures(here)
    assert epoch_of(elsewhere) != epoch_of(here)
    assert restored.lacking == ()
    assert int(made.rows["circulation_answer"][0]) == 1
    assert all(int(made.shape[kind][0]) for kind in contents.SHAPE)


def test_what_the_database_refuses_and_hides_it_refuses_and_hides_again(
    here: Access, elsewhere: Access, file: Path
) -> None:
    some_work()
    backed_up(here, file)
    put_back(file, elsewhere)
    app = Access(elsewhere.parameters | {"user": roles.APP})
    with app.connect() as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="without a named actor"):
            connection.execute("update network_office set name = name || '!'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from audit_change")
        (seen,) = connection.execute("select count(*) from candidates_identity").fetchone() or ()
    assert seen == 0
    with elsewhere.connect() as connection:
        (there,) = connection.execute("select count(*) from candidates_identity").fetchone() or ()
    assert there == 1 == len(figures(here)[0]["candidates_identity"]) - 1
    assert not Identity.objects.exists()


def test_work_that_goes_on_meanwhile_is_left_out_whole(
    here: Access, elsewhere: Access, file: Path
) -> None:
    some_work()
    before = figures(here)[0]["network_office"]

    def someone_works(step: str, done: int, _total: int) -> None:
        if (step, done) == ("Dumping", 0):
            office("Et nyt kontor")

    back_up(here, file, at=MONDAY, progress=someone_works)
    put_back(file, elsewhere)
    assert figures(elsewhere)[0]["network_office"] == before
    assert figures(here)[0]["network_office"] != before


def test_a_database_that_is_in_use_is_replaced_only_when_told(
    here: Access, elsewhere: Access, file: Path
) -> None:
    some_work()
    backed_up(here, file)
    put_back(file, elsewhere)
    with elsewhere.connect() as connection:
        connection.execute("set tvaers.actor = 'job:test'")
        connection.execute("update network_office set phone = '1'")
    before = figures(elsewhere)
    with pytest.raises(NotEmpty):
        put_back(file, elsewhere)
    assert figures(elsewhere) == before
    put_back(file, elsewhere, replace=True)
    assert figures(elsewhere) == figures(here)


def test_a_database_with_something_elses_tables_is_not_empty(
    here: Access, elsewhere: Access, file: Path
) -> None:
    backed_up(here, file)
    with elsewhere.connect() as connection:
        connection.execute("create table theirs (id integer)")
    with pytest.raises(NotEmpty):
        put_back(file, elsewhere)
    with opened(file) as (_, manifest), pytest.raises(NotEmpty):
        restore(
            file,
            elsewhere,
            embedded=False,
            replace=True,
            known=manifest.migrations,
            progress=silent,
        )


def test_the_owner_of_an_empty_database_elsewhere_can_restore_into_it(
    here: Access, elsewhere: Access, file: Path
) -> None:
    some_work()
    made = back_up(
        Access(here.parameters | {"user": roles.OWNER}), file, at=MONDAY, progress=silent
    )
    owner = Access(elsewhere.parameters | {"user": roles.OWNER})
    restore(file, owner, embedded=False, replace=False, known=made.migrations, progress=silent)
    assert figures(elsewhere) == figures(here)


@pytest.mark.parametrize("content", [b"", b"id;kommune\n", b"PK\x03\x04 half a file"])
def test_another_file_is_refused_in_a_clear_sentence(
    here: Access, file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    with pytest.raises(NotABackup, match="is no backup made by"):
        put_back(file, here)


def test_a_damaged_backup_leaves_what_is_there(here: Access, file: Path) -> None:
    some_work()
    backed_up(here, file)
    before = figures(here)
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes(64) + whole[middle + 64 :])
    with pytest.raises((NotABackup, ProgramFailed, NotEqual)):
        put_back(file, here, replace=True)
    assert figures(here) == before


def test_a_backup_that_does_not_hold_what_it_says_is_found_out(
    here: Access, elsewhere: Access, file: Path, tmp_path: Path
) -> None:
    some_work()
    backed_up(here, file)
    changed = tmp_path / "changed.zip"
    with ZipFile(file) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                facts = json.loads(data)
                facts["rows"]["orders_order"][0] = "2"
                data = json.dumps(facts).encode()
            new.writestr(name, data)
    with pytest.raises(NotEqual, match="orders_order"):
        put_back(changed, elsewhere)
    assert not figures(elsewhere)[0]


def test_a_backup_of_a_newer_version_is_refused(here: Access, file: Path) -> None:
    made = backed_up(here, file)
    with pytest.raises(NotABackup, match="newer version"):
        restore(
            file,
            here,
            embedded=True,
            replace=True,
            known=made.migrations[1:],
            progress=silent,
        )


def test_the_keys_come_back_and_the_ones_before_are_kept_beside(
    here: Access, elsewhere: Access, file: Path, own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(here, file)
    first = {name: secrets.secret(name) for name in secrets.KEYS}
    secrets.replace("cpr_key", "another")
    assert put_back(file, elsewhere).lacking == ()
    assert {name: secrets.secret(name) for name in secrets.KEYS} == first
    assert (own_keys / "cpr_key.before").read_text() == "another"
    monkeypatch.setenv("TVAERS_CPR_KEY", "a third, from the environment")
    assert put_back(file, elsewhere, replace=True).lacking == ("cpr_key",)


def test_nobody_else_can_read_it_and_half_of_it_is_never_there(
    here: Access, file: Path, tmp_path: Path
) -> None:
    backed_up(here, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    nowhere = here.to("no_such_database")
    other = tmp_path / "other.zip"
    with pytest.raises(psycopg.OperationalError):
        backed_up(nowhere, other)
    assert [path.name for path in tmp_path.glob("*zip*")] == [file.name]
    assert not list(tmp_path.glob(".other*"))


def test_a_backup_that_was_broken_off_leaves_no_file(
    here: Access, file: Path, tmp_path: Path
) -> None:
    def no_more(step: str, _done: int, _total: int) -> None:
        if step == "Dumping":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(here, file, at=MONDAY, progress=no_more)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
