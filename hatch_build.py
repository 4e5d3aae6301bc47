"""Building a wheel brings the style sheets, scripts and compiled messages along."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # `make install` calls the same function itself
        sys.path.insert(0, str(Path(self.root) / "src"))
        from tvaers.web import assets

        assets.build()
