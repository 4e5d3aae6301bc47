"""Keys that are made once and kept in the data folder, readable by ourselves alone."""

import os
import secrets as random
from contextlib import suppress

from tvaers.database.folders import data_folder

KEYS = {"secret_key": "TVAERS_SECRET_KEY", "cpr_key": "TVAERS_CPR_KEY"}
"""The keys of an installation, and the environment variables that may give them instead."""


def secret(name: str) -> str:
    """The key called `name`, made the first time it is asked for.

    Lose it and signed links and CPR numbers can no longer be recognised: it belongs in the
    backup, or in an environment variable.
    """
    path = data_folder() / name
    if not path.exists():
        draft = path.with_name(f"{name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(random.token_urlsafe(48))
        # A link is made or refused as one step: of twenty processes, one key wins.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def kept(name: str) -> str | None:
    """The key called `name` if it is kept in the data folder and in use; None where the
    environment gives it.
    """
    path = data_folder() / name
    return path.read_text() if path.exists() and not os.environ.get(KEYS[name]) else None


def replace(name: str, value: str) -> None:
    """Keep another key called `name`, in one step; the one before stays beside it."""
    path = data_folder() / name
    draft = path.with_name(f"{name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(value)
    if path.exists():
        path.replace(path.with_name(f"{name}.before"))
    draft.rename(path)
