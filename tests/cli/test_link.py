"""`tvaers link` shows what is understood."""

import json
from pathlib import Path

from typer.testing import CliRunner

from tvaers.cli.main import compose

RUN = CliRunner()
APP = compose(["link", "check"])


def test_json_names_concepts_with_their_places() -> None:
    shown = RUN.invoke(APP, ["link", "truckfører m. certifikat B, Køge", "--format", "json"])
    (answer,) = json.loads(shown.stdout)
    assert answer["occupations"][0]["key"] == "truckforer"
    paper = answer["mentions"][1]
    assert (paper["text"], paper["key"], paper["must"]) == ("certifikat B", "gaffeltruck-b", None)


def test_a_file_is_one_ad(tmp_path: Path) -> None:
    ad = tmp_path / "ad.txt"
    ad.write_text("Kok til kantine\n\nHygiejnebevis er et krav", encoding="utf-8")
    shown = RUN.invoke(APP, ["link", "--file", str(ad)])
    assert shown.exit_code == 0
    assert "hygiejnebevis" in shown.stdout
    assert "must" in shown.stdout


def test_nothing_to_read_is_said() -> None:
    assert RUN.invoke(APP, ["link"]).exit_code == 2
