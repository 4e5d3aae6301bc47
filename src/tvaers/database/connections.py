"""Django's DATABASES: the app as `default`, the owner of the schema as `owner`."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tvaers.database import roles
from tvaers.database.server import embedded_server

COMMON = {"ENGINE": "tvaers.database.backend", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

PREPARED = {"server_side_binding": True, "prepare_threshold": 3}
"""The database plans a question once for each connection, and not each time it is asked: with the
walls of rows in it, the plan often takes longer than the answer.
"""


def databases() -> dict[str, dict[str, Any]]:
    """Both connections, from `DATABASE_URL` and `DATABASE_OWNER_URL` or to the embedded server.

    `DATABASE_URL` must name a role that owns nothing; `DATABASE_OWNER_URL` is only needed where
    `tvaers migrate` runs.
    """
    if url := os.environ.get("DATABASE_URL"):
        app, owner = _from_url(url), _from_url(os.environ.get("DATABASE_OWNER_URL") or url)
    else:
        app, owner = _embedded(roles.APP), _embedded(roles.OWNER)
    # A request is one transaction: what is read under row-level security is read for one office.
    return {"default": app | {"ATOMIC_REQUESTS": True}, "owner": owner}


def _embedded(role: str) -> dict[str, Any]:
    host = str(embedded_server().socket_folder)
    return COMMON | {"HOST": host, "NAME": roles.DATABASE, "USER": role, "OPTIONS": PREPARED}


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return COMMON | {
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "OPTIONS": PREPARED | options,
    }


class OwnerMigrates:
    """Django's router: only the owner's connection may change the schema."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
