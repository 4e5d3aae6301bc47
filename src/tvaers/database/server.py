"""The embedded PostgreSQL server: started when it is needed, and mended when it was hurt.

No handle is kept and nobody owns it: any process may start it, it outlives them all, and
`tvaers stop` ends it. A process that finds it unwell takes a file lock, looks again, clears what
a killed server left behind, and starts it.
"""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from tvaers.database import binaries, roles
from tvaers.database.folders import (
    Account,
    data_folder,
    is_root,
    private_folder,
    run_folder,
    server_account,
)

SUPERUSER = "postgres"
START_WITHIN = 60.0
"""Seconds: a server that was killed may have a log to replay before it can serve."""

ANSWER_WITHIN = 20.0
"""Seconds that a live server is given to answer before it is stopped and started."""

COMMON = {
    "listen_addresses": "",
    "max_connections": 200,
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "random_page_cost": 1.1,
    "jit": "off",
    "max_parallel_workers_per_gather": 0,
    "max_parallel_maintenance_workers": 0,
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": 400,
}
"""For tests only: a power cut may lose everything."""


class ServerUnwell(RuntimeError):
    """The server could not be started; the message holds the end of its log."""


@dataclass(frozen=True)
class Server:
    """One embedded server: a folder with its data, and a folder with its socket."""

    folder: Path
    durable: bool = True
    major: int = field(default_factory=binaries.postgres_version)

    @property
    def data(self) -> Path:
        return self.folder / f"postgres-{self.major}{'' if self.durable else '-test'}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def name(self) -> str:
        return hashlib.sha256(str(self.data).encode()).hexdigest()[:12]

    @property
    def socket_folder(self) -> Path:
        return run_folder() / self.name

    def connect(self, *, user: str = SUPERUSER, database: str = "postgres") -> psycopg.Connection:
        """A new autocommit connection; raises `psycopg.OperationalError` when nobody answers."""
        return psycopg.connect(
            host=str(self.socket_folder),
            user=user,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def is_ready(self) -> bool:
        """Does a server on *our* folder answer a query, and are the roles there?"""
        try:
            with self.connect() as connection:
                row = connection.execute("select current_setting('data_directory')").fetchone()
                return row == (str(self.data),) and roles.are_present(connection)
        except psycopg.OperationalError:
            return False

    def ensure(self) -> None:
        """Make the server ready, whatever state it is in; raises `ServerUnwell`."""
        if self.is_ready():
            return
        with self._lock():
            if self.is_ready():
                return
            account = server_account()
            private_folder(self.socket_folder, owner=account.uid)
            self._create(account)
            self._start(account)
            with self.connect() as connection:
                roles.create(connection)

    def stop(self) -> bool:
        """Stop the server; says whether one was running."""
        with self._lock():
            if self.process() is None:
                return False
            self._pg_ctl("stop", "-m", "fast", account=server_account())
            return True

    def process(self) -> psutil.Process | None:
        """The live postgres process on our folder, or None. A pid file alone proves nothing."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None
        return psutil.Process(pid) if self._is_ours(pid) else None

    def _is_ours(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            return process.name() == "postgres" and Path(process.cwd()) == self.data.resolve()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    @contextmanager
    def _lock(self) -> Iterator[None]:
        path = run_folder() / f"{self.name}.lock"
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _create(self, account: Account) -> None:
        """Make the data folder, in one step: a killed `initdb` leaves only a draft."""
        if not (self.data / "PG_VERSION").exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.data.with_name(f"{self.data.name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            if is_root():
                os.chown(draft, account.uid, account.gid)
            initdb = binaries.programs(self.major) / "initdb"
            options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", *_locale(self.major)]
            if not self.durable:
                options.append("--no-sync")
            binaries.run(initdb, [*options, "-D", draft], account=account, timeout=120)
            with (draft / "postgresql.conf").open("a") as handle:
                handle.write("include = 'tvaers.conf'\n")
            draft.rename(self.data)
        self._write_settings(account)

    def _write_settings(self, account: Account) -> None:
        settings = COMMON | ({} if self.durable else FAST_AND_FORGETFUL)
        settings |= {"unix_socket_directories": self.socket_folder}
        path = self.data / "tvaers.conf"
        path.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        if is_root():
            os.chown(path, account.uid, account.gid)

    def _start(self, account: Account) -> None:
        deadline = time.monotonic() + START_WITHIN
        while not self._answers():
            if time.monotonic() > deadline:
                raise ServerUnwell(f"the database does not answer; its log ends:\n{self._tail()}")
            if self.process() is not None:
                # Alive but not serving: still replaying its log, or it lost its socket.
                if not self._wait_for_answer(seconds=ANSWER_WITHIN):
                    self._pg_ctl("stop", "-m", "immediate", account=account)
                continue
            self._clear()
            try:
                self._pg_ctl("start", "-s", "-l", str(self.log), account=account)
            except binaries.ProgramFailed:
                # Orphans of a killed server may hold its memory for a moment longer.
                time.sleep(0.5)

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _wait_for_answer(self, *, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not (answers := self._answers()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return answers

    def _clear(self) -> None:
        """Remove what a killed server left: its orphaned children, its pid file, its socket."""
        for process in psutil.process_iter(["pid"]):
            if self._is_ours(process.pid):
                process.kill()
        for path in [self.data / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")]:
            path.unlink(missing_ok=True)

    def _pg_ctl(self, verb: str, *options: str, account: Account) -> None:
        pg_ctl = binaries.programs(self.major) / "pg_ctl"
        arguments = [verb, "-w", "-t", str(int(START_WITHIN)), "-D", self.data, *options]
        binaries.run(pg_ctl, arguments, account=account, timeout=START_WITHIN + 10)

    def _tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def _locale(major: int) -> list[str]:
    """Code point order everywhere; Danish order comes from stored keys."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--lc-collate=C", "--lc-ctype=C.UTF-8"]


def embedded_server() -> Server:
    """The server of this installation."""
    return Server(folder=data_folder())


def test_server() -> Server:
    """The server for tests: its own data, fast, and not careful with them."""
    return Server(folder=data_folder(), durable=False)
