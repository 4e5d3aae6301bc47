"""Things go wrong, and nothing may be lost or doubled: see docs/howto/faults.md."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OF_OTHERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "TVAERS_DEMO", "TVAERS_CLOCK_OFFSET")


def main() -> int:
    """1 when anything was lost, doubled or broken."""
    options = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--seconds", type=float, default=60, help="how long things go wrong")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--without", default="", help=argparse.SUPPRESS)  # a key to take away
    chosen = options.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(2))
    with installed() as folder:
        import django

        django.setup()
        from tests.faults.run import run

        return run(folder, seconds=chosen.seconds, seed=chosen.seed, without=chosen.without)


@contextmanager
def installed() -> Iterator[Path]:
    """A folder with a database of its own, and the settings for it; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tvaers-faults-", dir="/var/tmp"))
    folder.chmod(0o755 if os.geteuid() == 0 else 0o700)  # the database may be another account
    for name in OF_OTHERS:
        os.environ.pop(name, None)
    os.environ |= {
        "TVAERS_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "OPENBLAS_NUM_THREADS": "1",
    }
    from tvaers.database.server import embedded_server

    server = embedded_server()
    try:
        server.ensure()
        yield folder
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(server.socket_folder, ignore_errors=True)
        server.socket_folder.with_suffix(".lock").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
