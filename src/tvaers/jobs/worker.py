"""The worker: runs jobs until it is told to stop, and goes on when the database was away."""

import asyncio
import logging
import signal
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app

GRACE = 30
"""Seconds that a job may take to end after the worker was told to stop."""

log = logging.getLogger(__name__)


def work(*, concurrency: int, pause: float = 2) -> None:
    """Run jobs until SIGTERM or SIGINT. When the database fails, try anew after `pause` seconds."""
    asyncio.run(_until_told(concurrency=concurrency, pause=pause))


def work_off(*, concurrency: int = 1) -> None:
    """Run the jobs that are due now, and no more."""
    asyncio.run(_run(concurrency=concurrency, wait=False))


async def _until_told(*, concurrency: int, pause: float) -> None:
    told = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    waiting = asyncio.create_task(told.wait())
    while not told.is_set():
        running = asyncio.create_task(_run(concurrency=concurrency))
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        (ended,) = await asyncio.gather(running, return_exceptions=True)
        if not told.is_set():
            log.error("the worker stopped and starts again: %r", ended)
            await asyncio.wait({waiting}, timeout=pause)


async def _run(**options: Any) -> None:
    """One worker with connections of its own; cancelled, it lets its jobs end."""
    await sync_to_async(connections.close_all)()
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    try:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE,
                install_signal_handlers=False,
                **options,
            )
    finally:
        await sync_to_async(connections.close_all)()
