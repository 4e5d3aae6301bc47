"""The embedded server starts by itself and survives what happens to servers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

import tvaers
from tests.core.waiting import PATIENCE, until
from tvaers.database.folders import FolderNotSafe, is_root, private_folder
from tvaers.database.server import Server

ENSURE = """
import sys
from pathlib import Path
from tvaers.database.server import Server
server = Server(folder=Path(sys.argv[1]), durable=False)
server.ensure()
with server.connect() as connection:
    print(connection.execute("select pg_postmaster_start_time()").fetchone()[0])
"""

# An empty environment, but for the version that this run is about.
BARE = {"TVAERS_POSTGRES": os.environ.get("TVAERS_POSTGRES", "")}
PACKAGES = os.pathsep.join(
    str(Path(module.__file__ or "").parents[1]) for module in (psycopg, tvaers)
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's account can reach, also when we are root."""
    made = Path(tempfile.mkdtemp(prefix="tvaers-test-", dir="/var/tmp"))
    made.chmod(0o755 if is_root() else 0o700)
    yield made
    for data in made.rglob("postgres-*"):
        if data.is_dir():
            _postgres, major, *test = data.name.split("-")
            server = Server(folder=data.parent, durable=not test, major=int(major))
            server.stop()
            shutil.rmtree(server.socket_folder, ignore_errors=True)
    shutil.rmtree(made)


@pytest.fixture
def server(folder: Path) -> Server:
    server = Server(folder=folder, durable=False)
    server.ensure()
    return server


def ask(server: Server, query: str) -> object:
    with server.connect() as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def tell(server: Server, statement: str) -> None:
    with server.connect() as connection:
        connection.execute(statement)


def kill(server: Server) -> None:
    """End the server as a power cut would, and wait until it is gone."""
    process = server.process()
    assert process is not None
    process.kill()
    until(lambda: server.process() is None)
    assert not server.is_ready()


@pytest.mark.long
def test_a_killed_server_comes_back_with_what_was_committed(folder: Path) -> None:
    server = Server(folder=folder)
    server.ensure()
    tell(server, "create table answer as select 'nobody' as word")
    for _time in range(3):
        kill(server)
        server.ensure()
        assert ask(server, "select word from answer") == "nobody"


@pytest.mark.long
def test_a_killed_client_leaves_the_server_and_no_locks(server: Server) -> None:
    tell(server, "create table answer (word text)")
    client = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import psycopg, sys, time\n"
            "connection = psycopg.connect(host=sys.argv[1], user='postgres')\n"
            "connection.execute('lock table answer')\n"
            "print('locked', flush=True)\n"
            "time.sleep(600)",
            str(server.socket_folder),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    with client:
        assert client.stdout is not None
        assert client.stdout.readline() == "locked\n"
        client.send_signal(signal.SIGKILL)
    assert server.is_ready()
    with server.connect() as connection:
        connection.execute("set lock_timeout = '100s'")
        connection.execute("insert into answer values ('nobody')")


@pytest.mark.long
def test_a_killed_backend_is_waited_for(server: Server) -> None:
    with server.connect() as connection:
        pid = connection.info.backend_pid
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    until(lambda: not psutil.pid_exists(pid))  # its server knows that it is gone
    server.ensure()
    assert ask(server, "select 1") == 1


def test_a_pid_file_alone_proves_nothing(server: Server) -> None:
    lines = (server.data / "postmaster.pid").read_text().split("\n")
    server.stop()
    # The number now belongs to a living process that is no server: this one.
    (server.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert server.process() is None
    server.ensure()
    assert server.is_ready()


@pytest.mark.long
def test_a_server_that_lost_its_socket_is_started_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tvaers.database.server.ANSWER_WITHIN", 1.0)
    before = server.process()
    for path in server.socket_folder.glob(".s.PGSQL.*"):
        path.unlink()
    assert not server.is_ready()
    server.ensure()
    assert server.is_ready()
    assert server.process() != before


@pytest.mark.long
def test_two_projects_live_side_by_side(folder: Path) -> None:
    here, there = (Server(folder=folder / name, durable=False) for name in ("here", "there"))
    for server in (here, there):
        server.ensure()
        tell(server, f"create database {server.folder.name}")
    assert here.socket_folder != there.socket_folder
    here.stop()
    assert not here.is_ready()
    assert there.is_ready()
    here.ensure()
    assert ask(here, "select count(*) from pg_database where datname in ('here', 'there')") == 1


@pytest.mark.long
def test_twenty_processes_start_one_server(folder: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", ENSURE, str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _number in range(20)
    ]
    answers = [process.communicate(timeout=3 * PATIENCE)[0] for process in processes]
    assert {process.returncode for process in processes} == {0}, answers
    assert len(set(answers)) == 1


@pytest.mark.long
def test_a_deep_folder_is_no_trouble(folder: Path) -> None:
    deep = folder.joinpath(*["en-mappe-med-et-langt-navn og mellemrum"] * 6)
    server = Server(folder=deep, durable=False)
    server.ensure()
    assert len(str(server.data)) > 200
    assert ask(server, "select 1") == 1


def test_half_a_beginning_is_begun_again(folder: Path) -> None:
    server = Server(folder=folder, durable=False)
    draft = folder / f"{server.data.name}.draft"
    draft.mkdir()
    (draft / "PG_VERSION").write_text(f"{server.major}\n")
    server.ensure()
    assert server.is_ready()


@pytest.mark.long
def test_an_empty_environment_is_enough(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ENSURE, str(folder)],
        env=BARE,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_home_there_is_still_a_place_for_data(folder: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            "from tvaers.database.folders import data_folder; print(data_folder())",
        ],
        env=BARE if is_root() else {"HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_dir()


@pytest.mark.long
@pytest.mark.skipif(not is_root(), reason="only root can be two users")
def test_root_and_an_ordinary_user_at_the_same_time(folder: Path) -> None:
    (folder / "root").mkdir()
    (folder / "nobody").mkdir(mode=0o700)
    os.chown(folder / "nobody", 65534, 65534)
    python = python_for(65534)
    both = [
        subprocess.Popen(
            [program, "-W", "error", "-c", ENSURE, str(folder / name)],
            user=user,
            group=user,
            extra_groups=[],
            env=BARE | {"PYTHONPATH": PACKAGES},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, user, program in (("root", 0, sys.executable), ("nobody", 65534, python))
    ]
    answers = [process.communicate(timeout=3 * PATIENCE)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    assert Server(folder=folder / "root", durable=False).is_ready()
    server = Server(folder=folder / "nobody", durable=False)
    theirs = server.process()
    assert theirs is not None
    assert theirs.uids().real == 65534
    theirs.send_signal(signal.SIGINT)
    until(lambda: server.process() is None)


def python_for(user: int) -> str:
    """A Python of this version that `user` can run, with our packages in its reach."""
    for program in (sys.executable, "/usr/bin/python3"):
        try:
            done = subprocess.run(
                [program, "-c", "import tvaers.database.server"],
                user=user,
                group=user,
                extra_groups=[],
                env=BARE | {"PYTHONPATH": PACKAGES},
                cwd="/",
                capture_output=True,
                check=False,
            )
        except PermissionError:
            continue
        if done.returncode == 0:
            return program
    pytest.skip("no Python of this version is open to other users")


@pytest.mark.long
def test_the_pages_get_a_killed_server_back(folder: Path) -> None:
    script = """
import os, django
django.setup()
from django.db import connection
from tvaers.database.server import embedded_server
def ask():
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return cursor.fetchone()[0]
print(ask())
embedded_server().process().kill()
while embedded_server().process():
    pass
connection.close()
print(ask())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=BARE | {"TVAERS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tvaers.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "tvaers_app\ntvaers_app\n", done.stderr


def test_another_users_folder_is_not_trusted(tmp_path: Path) -> None:
    open_folder = tmp_path / "open"
    open_folder.mkdir(mode=0o755)
    with pytest.raises(FolderNotSafe):
        private_folder(open_folder, owner=os.geteuid())
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(FolderNotSafe):
        private_folder(link, owner=os.geteuid())
    assert private_folder(tmp_path / "new", owner=os.geteuid()).stat().st_mode & 0o777 == 0o700
