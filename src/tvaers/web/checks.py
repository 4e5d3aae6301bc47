"""What Django's system check looks at for the pages."""

from typing import Any

from django.core.checks import CheckMessage, Warning

from tvaers.web import assets


def assets_are_built(**options: Any) -> list[CheckMessage]:
    """Name the command that mends it when style sheets, scripts or messages are missing."""
    missing = assets.missing()
    if not missing:
        return []
    return [
        Warning(
            f"{len(missing)} files that pages need are missing, {missing[0].name} among them.",
            hint=f"Run: {assets.COMMAND}",
            id="tvaers.W001",
        )
    ]
