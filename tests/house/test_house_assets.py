"""What pages need is there after `make install`, and missing files name their remedy."""

import json
from pathlib import Path

import pytest

from tests.web.qualweb import CHECKERS
from tvaers.web import assets
from tvaers.web.checks import assets_are_built


def test_everything_is_in_place() -> None:
    assert assets.missing() == []
    assert assets_are_built() == []


def test_the_style_sheet_finds_its_fonts_and_icons() -> None:
    fonts = list((assets.VENDOR / "dkfds" / "fonts").rglob("*.woff2"))
    icons = list((assets.VENDOR / "dkfds" / "img" / "svg-icons").glob("*.svg"))
    assert fonts
    assert len(icons) > 50
    assert not list(assets.VENDOR.rglob("*.woff"))


def test_missing_files_name_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    (message,) = assets_are_built()
    assert message.hint == "Run: tvaers assets"


@pytest.mark.parametrize("folder", [assets.FRONTEND, CHECKERS], ids=lambda folder: folder.name)
def test_the_locks_name_checksums_and_no_address(folder: Path) -> None:
    lock = (folder / "package-lock.json").read_text()
    packages = [one for path, one in json.loads(lock)["packages"].items() if path]
    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages)
    assert '"resolved"' not in lock
