import django
from django.core.management import call_command

from tvaers.cli.screen import console


def command() -> None:
    """Bring the tables up to date, as the role that owns them."""
    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    console.print("The tables are up to date.")
