"""A backup: one file with all of the database, the keys, and figures to check a restore by.

The figures are taken in the same snapshot as the dump, so the database may be at work meanwhile.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import psycopg

from tvaers.database import contents, programs
from tvaers.database.access import Access, program
from tvaers.database.contents import Progress
from tvaers.database.secrets import KEYS, kept

FORM = 1
DUMP, MANIFEST, KEY_FOLDER = "database.dump", "manifest.json", "keys"
BEGIN = "begin isolation level repeatable read read only"
MIGRATIONS = "select app || '.' || name from django_migrations order by 1"
WORLD = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"


class NotABackup(Exception):
    """The file cannot be used; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `rows` and `shape` are as in `database.contents`.

    `keys` are fingerprints of the installation's keys; those that were kept in the data folder are
    in the backup. `world` is the note on a demo world, if it is one.
    """

    form: int
    made_at: str
    postgres: int
    migrations: list[str]
    world: str | None
    keys: dict[str, str]
    rows: dict[str, list[str]]
    shape: dict[str, list[str]]

    @property
    def row_count(self) -> int:
        return sum(int(count) for count, _ in self.rows.values())


def back_up(access: Access, target: Path, *, at: datetime, progress: Progress) -> Manifest:
    """Write a backup of the database to the file `target`, readable by ourselves alone.

    The file is there when it is whole, or not at all. Raises `ProgramFailed`, `OSError`, and
    `psycopg.Error` when there is nothing of ours to back up.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b") as handle:
            with access.connect() as connection, ZipFile(handle, "w", ZIP_STORED) as archive:
                manifest = _write(archive, connection, access, at, progress)
            handle.flush()
            os.fsync(handle.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _write(
    archive: ZipFile,
    connection: psycopg.Connection,
    access: Access,
    at: datetime,
    progress: Progress,
) -> Manifest:
    connection.execute(BEGIN)
    (snapshot,) = connection.execute("select pg_export_snapshot()").fetchone() or ("",)
    manifest = _manifest(connection, access, at, progress)
    progress("Dumping", 0, 1)
    options = ["--format=custom", f"--snapshot={snapshot}", "--compress=3"]
    pg_dump = program("pg_dump", major=manifest.postgres)
    with archive.open(DUMP, "w", force_zip64=True) as into:
        programs.dump(pg_dump, options, access, into=into)
    for name in KEYS:
        if value := kept(name):
            archive.writestr(f"{KEY_FOLDER}/{name}", value)
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    connection.execute("rollback")
    progress("Dumping", 1, 1)
    return manifest


def _manifest(
    connection: psycopg.Connection, access: Access, at: datetime, progress: Progress
) -> Manifest:
    (world,) = connection.execute(WORLD, [access.parameters["dbname"]]).fetchone() or (None,)
    return Manifest(
        form=FORM,
        made_at=at.isoformat(timespec="seconds"),
        postgres=connection.info.server_version // 10_000,
        migrations=[name for (name,) in connection.execute(MIGRATIONS)],
        world=world,
        keys={name: fingerprint(name) for name in KEYS},
        rows=contents.rows(connection, step="Counting", progress=progress),
        shape=contents.shape(connection),
    )


def fingerprint(name: str) -> str:
    """Enough of a key's hash to tell it from another, and too little to find it by."""
    value = os.environ.get(KEYS[name]) or kept(name) or ""
    return sha256(f"{name}:{value}".encode()).hexdigest()[:16]


@contextmanager
def opened(source: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """The backup in a file, with what it says of itself; raises `NotABackup`."""
    try:
        archive = ZipFile(source)
    except (BadZipFile, OSError) as error:
        raise NotABackup(f"{source} is no backup made by `tvaers backup`.") from error
    with archive:
        try:
            facts = json.loads(archive.read(MANIFEST))
            archive.getinfo(DUMP)
        except (KeyError, ValueError, BadZipFile) as error:
            raise NotABackup(f"{source} is no backup made by `tvaers backup`.") from error
        if facts.get("form") != FORM:
            raise NotABackup(f"{source} was made by another version of Tværs. Use that one.")
        yield archive, Manifest(**facts)
