import sys
from typing import Any

import typer
from django.core.management import execute_from_command_line

OPTIONS: dict[str, Any] = {
    "context_settings": {
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    },
}


def command(context: typer.Context) -> None:
    """Run one of Django's own commands: tvaers manage makemigrations …"""
    execute_from_command_line([f"{sys.argv[0]} manage", *context.args])
