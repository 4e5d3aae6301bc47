"""Running `pg_dump` and `pg_restore` as a stream, with an eye on what they say."""

import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO

from tvaers.database.access import Access
from tvaers.database.binaries import ProgramFailed

PIECE = 1 << 20
LAST_WORDS = 8
"""Lines of a failed program that are shown."""


def dump(program: Path, options: Sequence[str], access: Access, *, into: IO[bytes]) -> None:
    """Write what a dumping program writes into a file; raises `ProgramFailed`."""
    with _running(program, options, access) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(PIECE):
            into.write(piece)


def restore(
    program: Path,
    options: Sequence[str],
    access: Access,
    *,
    source: IO[bytes],
    fed: Callable[[int], None],
) -> None:
    """Feed a file to a restoring program; `fed` hears how many bytes it has taken.

    Raises `ProgramFailed`.
    """
    with _running(program, options, access) as process:
        assert process.stdin is not None
        total = 0
        # A program that ends before its input does says why.
        with suppress(BrokenPipeError), process.stdin as door:
            while piece := source.read(PIECE):
                door.write(piece)
                total += len(piece)
                fed(total)


@contextmanager
def _running(
    program: Path, options: Sequence[str], access: Access
) -> Iterator[subprocess.Popen[bytes]]:
    """The program; killed when we fail, waited for when we do not."""
    process = subprocess.Popen(
        [str(program), *options, f"--dbname={access.address}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=access.environment,
        cwd="/",
    )
    words: deque[str] = deque(maxlen=LAST_WORDS)
    # Read beside us, so that the program never waits for someone to listen.
    listener = Thread(target=_listen, args=[process.stderr, words], daemon=True)
    listener.start()
    with process:
        try:
            yield process
        except BaseException:
            process.kill()
            listener.join()  # before its source is closed under it
            raise
        ended = process.wait()
        listener.join()
    if ended:
        raise ProgramFailed(f"{program.name}: {' '.join(words)}")


def _listen(source: IO[bytes], words: deque[str]) -> None:
    words.extend(line.decode(errors="replace").rstrip() for line in source)
