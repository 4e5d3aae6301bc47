"""Putting a backup back: whole, compared with its own figures, and as a new life of the database.

On the embedded server a backup is restored beside what is there, and takes its place only when it
is found to be equal. Elsewhere it goes into an empty database that an administrator has made.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import psycopg
from psycopg import sql

from tvaers.core.actor import MIGRATION
from tvaers.database import contents, epoch, programs, roles, secrets
from tvaers.database.access import Access, program
from tvaers.database.backup import DUMP, KEY_FOLDER, Manifest, NotABackup, fingerprint, opened
from tvaers.database.contents import Progress

OPTIONS = ["--single-transaction", "--exit-on-error"]
ANYTHING = "select exists (select from pg_class where relnamespace = 'public'::regnamespace)"
OURS = "select to_regclass('public.audit_change') is not null"
CHANGED = "select exists (select from audit_change where actor <> %s)"


class NotEmpty(Exception):
    """The database holds something, and nobody said that it may go."""


class NotEqual(Exception):
    """What was restored is not what was backed up; the message names the tables or rules."""


@dataclass(frozen=True)
class Restored:
    """What was restored. `lacking` are keys of the installation that are not the backup's."""

    manifest: Manifest
    lacking: tuple[str, ...]


def restore(
    source: Path,
    access: Access,
    *,
    embedded: bool,
    replace: bool,
    known: Collection[str],
    progress: Progress,
) -> Restored:
    """Restore the backup `source`; `known` are the migrations that this version has.

    Raises `NotABackup`, `NotEmpty`, `NotEqual` or `ProgramFailed`; then the database is as it was,
    or, where it was empty, empty.
    """
    with opened(source) as (archive, manifest):
        _refuse_the_future(manifest, known)
        if embedded:
            _beside(archive, manifest, access, replace=replace, progress=progress)
        else:
            _into_empty(archive, manifest, access, progress=progress)
        lacking = _put_keys(archive, manifest)
    return Restored(manifest, lacking)


def _refuse_the_future(manifest: Manifest, known: Collection[str]) -> None:
    if unknown := set(manifest.migrations) - set(known):
        raise NotABackup(
            f"The backup was made by a newer version of Tværs ({len(unknown)} migrations are "
            "unknown here). Use that one."
        )


def _beside(
    archive: ZipFile, manifest: Manifest, access: Access, *, replace: bool, progress: Progress
) -> None:
    """Restore into a database of its own, and let it take the place of the one that is there."""
    with access.connect() as there:
        if is_in_use(there) and not replace:
            raise NotEmpty
    database = access.parameters["dbname"]
    beside = f"{database}_restored"
    with access.to("postgres").connect() as server:
        roles.drop_database(server, beside)
        roles.create_database(server, beside)
        try:
            _fill(archive, manifest, access.to(beside), progress=progress)
        except BaseException:
            roles.drop_database(server, beside)
            raise
        roles.drop_database(server, database)
        server.execute(
            sql.SQL("alter database {} rename to {}").format(
                sql.Identifier(beside), sql.Identifier(database)
            )
        )
        if manifest.world:
            server.execute(
                sql.SQL("comment on database {} is {}").format(
                    sql.Identifier(database), sql.Literal(manifest.world)
                )
            )


def _into_empty(
    archive: ZipFile, manifest: Manifest, access: Access, *, progress: Progress
) -> None:
    with access.connect() as there:
        if (there.execute(ANYTHING).fetchone() or (True,))[0]:
            raise NotEmpty
    _fill(archive, manifest, access, progress=progress)


def _fill(archive: ZipFile, manifest: Manifest, access: Access, *, progress: Progress) -> None:
    """Restore into an empty database, compare it with the backup's figures, begin a new life."""
    with access.connect() as connection:
        major = connection.info.server_version // 10_000
        if major < manifest.postgres:
            raise NotABackup(
                f"The backup is of PostgreSQL {manifest.postgres}, and this server is {major}. "
                "Restore it on a server that is as new."
            )
        total = archive.getinfo(DUMP).file_size
        try:
            with archive.open(DUMP) as dump:
                programs.restore(
                    program("pg_restore", major=major),
                    OPTIONS,
                    access,
                    source=dump,
                    fed=lambda done: progress("Restoring", done, total),
                )
        except BadZipFile as error:
            raise NotABackup(f"The backup is damaged: {error}") from error
        _compare(connection, manifest, progress=progress)
        epoch.renew(connection)
        connection.execute("analyze")


def _compare(connection: psycopg.Connection, manifest: Manifest, *, progress: Progress) -> None:
    rows = contents.rows(connection, step="Comparing", progress=progress)
    if names := contents.differing(manifest.rows, rows):
        raise NotEqual(f"These tables differ: {', '.join(names)}")
    if names := contents.differing(manifest.shape, contents.shape(connection)):
        raise NotEqual(f"The rows are equal, but these rules differ: {', '.join(names)}")


def _put_keys(archive: ZipFile, manifest: Manifest) -> tuple[str, ...]:
    """Keep the backup's keys; returns those that are given otherwise and are not the same."""
    for name in secrets.KEYS:
        packed, given = f"{KEY_FOLDER}/{name}", os.environ.get(secrets.KEYS[name])
        same = fingerprint(name) == manifest.keys[name]
        if packed in archive.namelist() and not same and not given:
            secrets.replace(name, archive.read(packed).decode())
    return tuple(name for name in secrets.KEYS if fingerprint(name) != manifest.keys[name])


def is_in_use(connection: psycopg.Connection) -> bool:
    """Does the database hold more than the rows that every installation begins with?"""
    if not (connection.execute(OURS).fetchone() or (False,))[0]:
        return bool((connection.execute(ANYTHING).fetchone() or (True,))[0])
    return bool((connection.execute(CHANGED, [MIGRATION.text]).fetchone() or (True,))[0])
