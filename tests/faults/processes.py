"""The processes of an installation, and the one who starts again what was killed, as systemd does.

The database needs nobody: whoever finds it gone starts it, as everywhere in the house.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, RLock, Thread

import psutil

from tests.core.waiting import PATIENCE
from tvaers.database.server import Server

PAUSE = 1.0
"""Seconds from a death to the next start (systemd's RestartSec)."""

ROOT = Path(__file__).parents[2]
TVAERS = [sys.executable, "-c", "from tvaers.cli.main import run; run()"]
MAIL_SERVER = [sys.executable, str(ROOT / "tests" / "jobs" / "smtp.py")]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@dataclass
class Component:
    """One service: its command, and the process that runs it in a group of its own."""

    command: list[str]
    output: Path
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output if self.output.suffix == ".log" else None,
                start_new_session=True,
            )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Kill the process and all it has started, at once and without a word."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Installation:
    """Web workers, job worker, mail server and database in one folder.

    `clock` is how many seconds the house's clock is ahead of the machine's. `manner` is how the
    mail server behaves (see `tests/jobs/smtp.py`).
    """

    folder: Path
    server: Server
    clock: float
    web_port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    _components: dict[str, Component] = field(default_factory=dict)
    _changing: RLock = field(default_factory=RLock)
    _over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.behave("take")
        settings = os.environ | {
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "TVAERS_ADDRESS": f"http://127.0.0.1:{self.web_port}",
            "TVAERS_LOG": "text",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        web = [*TVAERS, "serve", "--port", str(self.web_port)]
        mail = [*MAIL_SERVER, str(self.folder / "manner"), str(self.mail_port)]
        for name, command, output in (
            ("smtp", mail, "mails.jsonl"),
            ("worker", [*TVAERS, "worker"], "worker.log"),
            ("web", web, "web.log"),
        ):
            self._components[name] = Component(command, self.folder / output, dict(settings))

    @property
    def mails(self) -> Path:
        """One line of JSON a mail that the mail server took."""
        return self._components["smtp"].output

    def behave(self, manner: str) -> None:
        (self.folder / "manner").write_text(manner)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Everything started, and started again; afterwards all of it is gone."""
        keeper = Thread(target=self._keep, daemon=True)
        keeper.start()
        try:
            yield
        finally:
            self._over.set()
            keeper.join()
            for component in self._components.values():
                component.kill()

    def jump(self, seconds: float, *, also_pages: bool = True) -> None:
        """Move the clock: what reads it is killed, and starts again at the new time."""
        with self._changing:
            self.clock += seconds
            for name in ("worker", "web") if also_pages else ("worker",):
                self._components[name].kill()

    def kill(self, name: str, chance: Random) -> str:
        """Kill one process of a component when it runs; tells which. Waits until there is one."""
        kill = {"web": self._kill_web, "database": self._kill_database}.get(name)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with self._changing:
                if kill is not None:
                    if killed := kill(chance):
                        return killed
                elif self._components[name].is_running():
                    self._components[name].kill()
                    return name
            time.sleep(0.1)
        raise TimeoutError(f"{name} does not come back")

    def _kill_web(self, chance: Random) -> str:
        """One of the web workers, or now and then the one who started them, with all of them."""
        web = self._components["web"]
        workers = _children(web.process.pid) if web.process and web.is_running() else []
        if not workers:
            return ""
        if chance.random() < 0.25:
            web.kill()
            return "web server"
        chance.choice(workers).kill()
        return "web worker"

    def _kill_database(self, chance: Random) -> str:
        """One session's process of the database, or the database itself."""
        postmaster = self.server.process()
        if postmaster is None:
            return ""
        sessions = [one for one in _children(postmaster.pid) if "tvaers_app" in _title(one)]
        if sessions and chance.random() < 0.5:
            chance.choice(sessions).kill()
            return "database session"
        postmaster.kill()
        return "database server"

    def _keep(self) -> None:
        """Start what does not run."""
        found_dead: dict[str, float] = {}
        while not self._over.wait(0.1):
            for name, component in self._components.items():
                if component.is_running():
                    found_dead.pop(name, None)
                elif time.monotonic() - found_dead.setdefault(name, time.monotonic()) > PAUSE:
                    with self._changing:
                        component.environment["TVAERS_CLOCK_OFFSET"] = str(int(self.clock))
                        component.start()


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return []


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def until(true: Callable[[], object], what: str, *, seconds: float = PATIENCE) -> None:
    """Wait until it is true; raises `TimeoutError` when it does not become so."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.2)
