from tvaers.cli.screen import console
from tvaers.web import assets


def command() -> None:
    """Fetch style sheets and scripts by the lock file, and compile messages."""
    with console.status("Fetching what pages need …"):
        assets.build()
    console.print("Style sheets, scripts and messages are in place.")
