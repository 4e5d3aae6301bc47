"""Lines for the log that a machine reads, without anything about people.

An address may hold the key of a signed link, and the message of an exception the values of a row:
neither is written. What is left says where in the house it happened, which is what mends it.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

SPEAKING = ("OperationalError", "OSError", "ConnectionError", "TimeoutError")
"""Exceptions that speak of machines; their messages are written."""


class WithoutAddresses(logging.Filter):
    """Puts the name of the page where a web framework writes the address that was asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", None)
        if path is not None:
            page = page_of(record.request)  # type: ignore[attr-defined]
            if isinstance(record.args, tuple):
                record.args = tuple(page if arg == path else arg for arg in record.args)
            record.msg = str(record.msg).replace(path, page) if path != "/" else record.msg
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how bad, who says it, what; and of an exception its kind and
    where it came from. `extra={"facts": {…}}` adds facts of one's own.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": record.getMessage(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= _broken(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def page_of(request: Any) -> str:
    """The name of the page that a request is for; "-" for an address that is none of ours."""
    match = getattr(request, "resolver_match", None)
    return (match and match.view_name) or "-"


def _broken(error: BaseException) -> dict[str, Any]:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    frames = traceback.extract_tb(error.__traceback__)
    found: dict[str, Any] = {
        "error": type(error).__name__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    return found | ({"why": str(error)} if kinds.intersection(SPEAKING) else {})
