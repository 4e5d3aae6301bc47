from datetime import UTC, datetime

import django
from django.core.management import call_command

from tvaers.cli.screen import console
from tvaers.database import sealing


def command() -> None:
    """Bring the tables up to date, as the role that owns them."""
    django.setup()
    bring_up_to_date()
    console.print("The tables are up to date.")


def bring_up_to_date() -> None:
    """The tables, and then the rows that every installation has."""
    call_command("migrate", database="owner", verbosity=0)
    sealing.seal()
    from tvaers.cli import reference

    reference.load(datetime.now(UTC))
