"""A mail server in a process of its own: it takes mail, refuses, stalls or drops, as a test says.

Run as a script it listens on the port given, or on one of its own choice, which it prints first;
then it prints every mail it takes.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP

MANNERS = ("take", "refuse", "greylist", "stall", "drop", "drop-after")


class MailServer:
    """The mail server of a test: `manner` is how it behaves to the next mail."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, manner_file: Path) -> None:
        self.process, self.port, self.manner_file = process, port, manner_file
        self.mails: list[dict[str, str]] = []
        Thread(target=self._read, daemon=True).start()

    def behave(self, manner: str) -> None:
        assert manner in MANNERS
        self.manner_file.write_text(manner)

    def wait_for(self, count: int, *, seconds: float = 120) -> list[dict[str, str]]:
        """The mails taken, once there are `count`."""
        until = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < until:
            time.sleep(0.02)
        return self.mails

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.mails.append(json.loads(line))


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    manner_file = folder / "manner"
    manner_file.write_text("take")
    command = [sys.executable, __file__, str(manner_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield MailServer(process, int(process.stdout.readline()), manner_file)
        finally:
            process.kill()


class Handler:
    def __init__(self, manner_file: Path) -> None:
        self.manner_file = manner_file

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        manner = self.manner_file.read_text()
        if manner == "refuse":
            return "550 5.1.1 nobody of that name"
        if manner == "greylist":
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        manner = self.manner_file.read_text()
        if manner == "stall":
            await asyncio.sleep(3600)
        if manner != "drop":
            mail = message_from_bytes(envelope.content, policy=policy.default)
            taken = {name: str(mail[name]) for name in ("To", "Subject", "Message-ID")}
            body = mail.get_body()
            assert body is not None
            print(json.dumps(taken | {"text": body.get_content()}), flush=True)  # noqa: T201
        if manner.startswith("drop"):
            server.transport.abort()
        return "250 OK"


async def serve(manner_file: Path, port: int) -> None:
    handler = Handler(manner_file)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    starter = os.getppid()
    while os.getppid() == starter:
        await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
