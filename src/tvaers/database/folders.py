"""Where the house keeps its things: data, sockets and locks, and under which account.

Everything is named after the Python environment in use, so that two checkouts on one machine
never share a database.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT_DATA = Path("/var/lib/tvaers")
SYSTEM_ACCOUNT = "tvaers"
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class FolderNotSafe(RuntimeError):
    """A folder that must be ours alone belongs to, or is open to, someone else."""


@dataclass(frozen=True)
class Account:
    """The operating system account that the database server runs as."""

    name: str
    uid: int
    gid: int


def is_root() -> bool:
    return os.geteuid() == 0


def installation_id() -> str:
    """Ten characters that tell this installation from another on the same machine."""
    return hashlib.sha256(sys.prefix.encode()).hexdigest()[:10]


def server_account() -> Account:
    """The account for the server: ourselves, or an unprivileged one when we are root.

    PostgreSQL refuses to run as root. A system account is made the first time; where accounts
    cannot be made, `nobody` serves.
    """
    if not is_root():
        uid = os.geteuid()
        try:
            return Account(pwd.getpwuid(uid).pw_name, uid, os.getegid())
        except KeyError as error:
            raise FolderNotSafe(
                f"user id {uid} has no entry in the password file, which PostgreSQL needs"
            ) from error
    entry = _system_account() or pwd.getpwnam("nobody")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _system_account() -> pwd.struct_passwd | None:
    for _attempt in range(2):
        try:
            return pwd.getpwnam(SYSTEM_ACCOUNT)
        except KeyError:
            useradd = shutil.which("useradd", path=SYSTEM_PATH)
            if useradd is None:
                return None
            # Two processes may both try; the loser finds the winner's account.
            subprocess.run(
                [useradd, "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_ACCOUNT],
                check=False,
                capture_output=True,
                env={"PATH": SYSTEM_PATH},
            )
    return None


def data_folder() -> Path:
    """The folder for this installation's data; `TVAERS_DATA` chooses another one."""
    if chosen := os.environ.get("TVAERS_DATA"):
        folder = Path(chosen).absolute()
    elif is_root():
        folder = ROOT_DATA / installation_id()
    else:
        folder = _user_data() / "tvaers" / installation_id()
    folder.mkdir(parents=True, exist_ok=True, mode=0o755 if is_root() else 0o700)
    return folder


def _user_data() -> Path:
    """The XDG data folder; without a usable home, a private folder that survives a restart."""
    if chosen := os.environ.get("XDG_DATA_HOME"):
        return Path(chosen).absolute()
    home = Path(os.environ.get("HOME") or pwd.getpwuid(os.geteuid()).pw_dir)
    if os.access(home, os.W_OK):
        return home / ".local" / "share"
    return private_folder(Path(f"/var/tmp/tvaers-{os.geteuid()}"), owner=os.geteuid())


def run_folder() -> Path:
    """The folder for sockets and locks: short, because a socket's path may not be long."""
    account = server_account()
    return private_folder(Path(f"/tmp/tvaers-{account.uid}"), owner=account.uid)


def private_folder(folder: Path, *, owner: int) -> Path:
    """Make `folder` for `owner` alone; raises `FolderNotSafe` if another got there first."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if is_root():
            os.chown(folder, owner, -1)
    found = folder.lstat()
    # Root may see the folder in the moment between another root process' two steps.
    if is_root() and stat.S_ISDIR(found.st_mode) and found.st_uid == 0 != owner:
        os.chown(folder, owner, -1)
        found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise FolderNotSafe(f"{folder} is not a private folder of user id {owner}; remove it")
    return folder
