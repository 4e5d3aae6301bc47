"""`tvaers import postcodes` takes a list, says which rows stayed out, and can be run again."""

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tvaers.audit.models import Change
from tvaers.cli.main import compose
from tvaers.places.models import Postcode, PostcodeList

pytestmark = pytest.mark.django_db

GOOD = "Postnr;By;Kommune;Breddegrad;Længdegrad;Stift\n4600;Køge;Køge;55,458;12,182;Roskilde\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "postnumre.csv"
    path.write_text(GOOD, encoding="cp1252")
    return path


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(
        compose(["import", "check"]),
        ["import", "postcodes", str(path), *options],
        env={"COLUMNS": "200"},
    )


def test_a_dry_run_keeps_nothing_and_the_same_list_twice_changes_nothing(file: Path) -> None:
    tried = run(file, "--dry-run")
    assert (tried.exit_code, "1 nye" in tried.stdout) == (0, True)
    assert "intet er gemt" in tried.stdout
    assert not Postcode.objects.exists()
    first, again = run(file), run(file, "--language", "en")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 nye, 0 ændrede, 0 uændrede" in first.stdout
    assert "0 new, 0 changed, 1 unchanged" in again.stdout
    assert "Unknown columns: Stift." in again.stdout
    kept = PostcodeList.objects.get()
    assert (kept.file_name, len(kept.sha256)) == ("postnumre.csv", 64)
    assert Change.objects.filter(
        table_name="places_postcode", actor="import:tvaers import"
    ).exists()


def test_a_bad_row_is_told_with_its_line_and_the_others_go_in(file: Path) -> None:
    file.write_text(GOOD + "4140;Borup;Bornholm;55,494;11,976;\n", encoding="cp1252")
    shown = run(file)
    assert shown.exit_code == 1
    assert "Linje 3, municipality: Postnummeret 4140 ligger ikke ved kommunen." in shown.stderr
    assert [row.postcode for row in Postcode.objects.all()] == ["4600"]


def test_a_file_that_is_no_list_of_postcodes_is_refused(file: Path) -> None:
    file.write_text("navn;adresse\nBo;Torvet 1\n")
    assert run(file).exit_code == 2
