"""Rules in the database ask the real tables, whatever the session has called its own."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_no_rule_looks_where_the_session_says() -> None:
    """A temporary table stands before the real one, where a function names no search path.

    What migrations make is sealed after them (`database.sealing`). The job queue's own triggers
    keep its runs in order; no rule of ours rests on them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace"
            " and proconfig is null and prosrc ~* '\\m(from|join)\\M'"
            " and proname not like 'procrastinate%'"
            " and (prorettype = 'trigger'::regtype or proname like 'tvaers_check%')"
        )
        assert cursor.fetchall() == []
