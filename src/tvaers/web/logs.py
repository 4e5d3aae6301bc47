"""What may not be written in a log: the address of a signed link is a key."""

import logging
import re
from typing import Any

KEY = re.compile(r"[0-9a-f]{32}~[\w-]+")
"""A link's public id with its signature, as `links.tokens` makes it."""


class WithoutKeys(logging.Filter):
    """Writes "…" where a line of the log has the key of a link; keeps every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the message and its arguments; the request itself is for nobody to print."""
        record.msg = _clean(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_clean(argument) for argument in record.args)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = _clean(logging.Formatter().formatException(record.exc_info))
        return True


def _clean(value: Any) -> Any:
    text = value if isinstance(value, str) else str(value) if "~" in str(value) else None
    return value if text is None else KEY.sub("…", text)
