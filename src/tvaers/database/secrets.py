"""Keys that are made once and kept in the data folder, readable by ourselves alone."""

import os
import secrets as random
from contextlib import suppress

from tvaers.database.folders import data_folder


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
