"""What commands print, in one voice."""

from rich.console import Console

console = Console(highlight=False)
errors = Console(highlight=False, stderr=True)
