"""`tvaers import` takes lists, says which rows stayed out, and can be run again."""

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.companies.factories import cvr
from tests.network import factories as network
from tvaers.candidates.models import ImportRun, Profile, Status
from tvaers.cli.main import compose
from tvaers.companies.models import Company
from tvaers.network.models import Office, OfficeContact

pytestmark = pytest.mark.django_db

HEADER = "id;navn;kommune;ønskede stillinger;certifikater;skostørrelse\n"
ROW = "{id};{name};Køge;lagermedarbejder;gaffeltruckcertifikat B;42\n"
NAME = "Køge virksomhedsindgang"


@pytest.fixture
def koege() -> Office:
    return network.office(NAME, (network.KOEGE,))


def people(folder: Path, *, count: int = 5, more: str = "", name: str = "Bo Ærø") -> Path:
    """A list as a case system writes it: Windows-1252, semicolons."""
    path = folder / "liste.csv"
    rows = [ROW.format(id=f"k{number}", name=name) for number in range(count)]
    path.write_bytes((HEADER + "".join(rows) + more).encode("cp1252"))
    return path


def run(what: str, path: Path, *options: str, answer: str = "") -> Result:
    words = ["import", what, str(path), "--office", NAME, *options]
    return CliRunner().invoke(
        compose(["import", "check"]), words, input=answer, env={"COLUMNS": "200"}
    )


def test_the_same_list_twice_changes_nothing(koege: Office, tmp_path: Path) -> None:
    path = people(tmp_path)
    first, again = run("candidates", path), run("candidates", path)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "5 nye, 0 ændrede, 0 uændrede" in first.stdout
    assert "0 nye, 0 ændrede, 5 uændrede" in again.stdout
    assert "Ukendte kolonner: skostørrelse." in first.stdout
    profiles = Profile.objects.filter(home_office=koege)
    assert profiles.count() == 5
    assert all(profile.wanted and profile.concepts for profile in profiles)


def test_a_dry_run_keeps_nothing(koege: Office, tmp_path: Path) -> None:
    shown = run("candidates", people(tmp_path), "--dry-run")
    assert "5 nye" in shown.stdout
    assert "intet er gemt" in shown.stdout
    assert not Profile.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_bad_row_is_told_with_its_line_and_the_others_go_in(
    koege: Office, tmp_path: Path
) -> None:
    bad = "k8;Ulla;Atlantis;kok;;\nk9;Bo;Køge\n"
    shown = run("candidates", people(tmp_path, more=bad))
    assert shown.exit_code == 1
    assert "Linje 7, municipality: Kommunen “Atlantis” findes ikke." in shown.stderr
    assert "Linje 8: Linjen kan ikke deles i de 6 felter" in shown.stderr
    assert Profile.objects.count() == 5
    kept = ImportRun.objects.get()
    assert [problem["line"] for problem in kept.problems] == [7, 8]
    assert "Atlantis" not in str(kept.problems)


def test_a_whole_list_that_lacks_many_asks_first(koege: Office, tmp_path: Path) -> None:
    run("candidates", people(tmp_path, count=5))
    shorter = people(tmp_path, count=2)
    refused = run("candidates", shorter, "--full", answer="n\n")
    assert refused.exit_code == 2
    assert "3 af 5 personer mangler i filen" in refused.output
    assert Profile.objects.filter(status=Status.ACTIVE).count() == 5
    assert run("candidates", shorter, "--full").exit_code == 2
    taken = run("candidates", shorter, "--full", "--yes")
    assert "3 afsluttede" in taken.stdout
    assert Profile.objects.filter(status=Status.ENDED).count() == 3


def test_the_age_of_the_data_can_be_told(koege: Office, tmp_path: Path) -> None:
    run("candidates", people(tmp_path), "--data-at", "2026-02-27T06:00:00")
    assert ImportRun.objects.get().data_at.date().isoformat() == "2026-02-27"
    late = run("candidates", people(tmp_path), "--data-at", "2999-01-01")
    assert late.exit_code == 2
    assert "ude i fremtiden" in late.stderr


@pytest.mark.parametrize("what", ["candidates", "companies", "contacts"])
def test_what_is_no_list_is_refused_with_a_sentence(
    what: str, koege: Office, tmp_path: Path
) -> None:
    path = tmp_path / "brev.csv"
    path.write_text("Kære alle\nHermed listen.\n")
    shown = run(what, path)
    assert shown.exit_code == 2
    assert "mangler i første linje" in shown.stderr
    assert run(what, tmp_path / "ingen.csv").exit_code == 2
    assert not ImportRun.objects.exists()


def test_an_office_that_nobody_knows_is_met_with_those_like_it(
    koege: Office, tmp_path: Path
) -> None:
    words = ["import", "candidates", str(people(tmp_path)), "--office", "Køge"]
    shown = CliRunner().invoke(compose(["import", "check"]), words)
    assert shown.exit_code == 2
    assert f"Mente du: {NAME}?" in shown.stderr


def test_companies_are_taken_and_noted(koege: Office, tmp_path: Path) -> None:
    number = cvr()
    path = tmp_path / "firmaer.csv"
    path.write_text(
        f"cvr;navn;kommune;adresse\n{number};Åse Lager A/S;Køge;Havnen 1\n12345678;Fejl;Køge;\n",
        encoding="utf-8-sig",
    )
    shown = run("companies", path)
    assert shown.exit_code == 1
    assert "CVR-nummeret “12345678” er ikke gyldigt" in shown.stderr
    assert Company.objects.get().cvr == number
    noted = ImportRun.objects.get()
    assert (noted.kind, noted.office, noted.created) == ("COMPANIES", koege, 1)
    assert "1 uændrede" in run("companies", path).stdout


def test_contacts_are_taken_and_an_unknown_office_is_told(koege: Office, tmp_path: Path) -> None:
    path = tmp_path / "kontakter.csv"
    path.write_text("kontor,navn,telefon\n,Karen Holm,56670000\nAtlantis,Bo,1\n", encoding="utf-8")
    shown = run("contacts", path, "--language", "en")
    assert shown.exit_code == 1
    assert "Line 3, office: There is no office “Atlantis”." in shown.stderr
    assert OfficeContact.objects.get().office == koege
    assert ImportRun.objects.get().kind == "CONTACTS"
