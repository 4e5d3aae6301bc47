from tvaers.cli.screen import console
from tvaers.database.server import embedded_server


def command() -> None:
    """Stop the embedded database server. The next command that needs it starts it again."""
    stopped = embedded_server().stop()
    console.print("The database is stopped." if stopped else "The database was not running.")
