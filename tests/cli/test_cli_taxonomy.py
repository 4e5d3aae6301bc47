"""`tvaers taxonomy import` says what it took, and takes nothing from a broken folder."""

from pathlib import Path

import pytest
from click.testing import Result
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from tests.taxonomy.word_files import a_folder
from tvaers.cli.main import compose
from tvaers.taxonomy.models import ImportedConcept, WordList

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.TVAERS_INDEX = tmp_path / "index"


def run(folder: Path, *options: str) -> Result:
    words = ["taxonomy", "import", str(folder), *options]
    return CliRunner().invoke(compose(["taxonomy", "check"]), words, env={"COLUMNS": "200"})


def test_it_counts_and_names_its_sources(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "esco")
    first, again = run(folder), run(folder)
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "ESCO 9.9: 5 stillinger, 3 kompetencer, 5 sammenhænge" in first.stdout
    assert "9 nye, 0 ændrede, 0 uændrede, 0 udgåede; 1 er de samme som vores egne" in first.stdout
    assert "0 nye, 0 ændrede, 9 uændrede" in again.stdout
    assert "This service uses the ESCO classification of the European Commission." in first.stdout


def test_a_broken_folder_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "esco", skills="navn;andet\nx;y\n")
    refused = run(folder, "--language", "en")
    assert refused.exit_code == 2
    assert "the column “conceptUri” is missing. Nothing was taken." in refused.stderr
    assert not ImportedConcept.objects.exists()
    assert not WordList.objects.exists()
