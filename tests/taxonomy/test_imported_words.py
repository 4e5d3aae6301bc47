"""ESCO's and STAR's words beside our own: taken once, kept apart, and in use everywhere."""

from pathlib import Path

import pytest
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from tests.core.factories import MONDAY, SETUP, setting_up
from tests.taxonomy.word_files import ESCO, STAR, a_folder
from tvaers.connectors.word_folder import read_folder
from tvaers.taxonomy.concepts import Concept, Kind
from tvaers.taxonomy.imported import LAST_ID
from tvaers.taxonomy.in_use import linker_in_use, taxonomy_in_use
from tvaers.taxonomy.models import ImportedConcept, WordList
from tvaers.taxonomy.operations import NoRoom, Taken, take_words
from tvaers.taxonomy.queries import put_in_use, word_lists, words_file
from tvaers.taxonomy.starter import VERSION, starter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.TVAERS_INDEX = tmp_path / "index"


def take(folder: Path) -> Taken:
    """An import, committed."""
    read = read_folder(folder)
    taken = take_words(
        lists=read.lists, concepts=read.concepts, titles=read.titles, by=SETUP, at=MONDAY
    )
    put_in_use()
    return taken


def concept(uri: str) -> Concept:
    return next(c for c in taxonomy_in_use().concepts if uri in (c.uri_eu, c.uri_da))


def strength(asked: str, held: str) -> int:
    return dict(taxonomy_in_use().satisfying(concept(asked).id)).get(concept(held).id, 0)


WIRE, ROPE = f"{ESCO}/occupation/wire", f"{ESCO}/occupation/rope"


def test_the_counts_say_what_was_taken_and_twice_changes_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "esco")
    first = take(folder)
    assert (first.new, first.ours) == (9, 1)
    rows = list(ImportedConcept.objects.order_by("id").values())
    again = take(folder)
    assert (again.new, again.changed, again.unchanged, again.withdrawn) == (0, 0, 9, 0)
    assert list(ImportedConcept.objects.order_by("id").values()) == rows
    assert WordList.objects.count() == 2


def test_without_an_import_there_are_only_our_own_words() -> None:
    put_in_use()
    assert taxonomy_in_use() is starter()
    assert taxonomy_in_use().version == VERSION


def test_ours_keeps_its_id_and_gets_more_names(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    baker = starter().by_key("bager")
    assert ImportedConcept.objects.get(uri_eu=f"{ESCO}/occupation/baker").id == baker.id
    assert taxonomy_in_use().concept(baker.id).label == "bager"
    assert linker_in_use().titles("brødmager")[0] == (baker.id, 950)


def test_a_title_of_star_and_one_of_esco_with_the_same_name_are_one(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    assert concept(WIRE).uri_da == f"{STAR}/wire"
    assert concept(f"{STAR}/bell").disco == "7319"
    assert not ImportedConcept.objects.filter(label="Arbejde med metal").exists()


def test_added_words_are_found_in_text_and_as_one_types(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    wire = concept(WIRE).id
    assert linker_in_use().titles("metal drawer")[0] == (wire, 950)
    assert linker_in_use().suggest("trådtr") == [wire]
    ad = "Vi søger en trådtrækker med gaffeltruckcertifikat B, der kan trække tråd af tråd."
    keys = [taxonomy_in_use().concept(one.concept_id).label for one in linker_in_use().mentions(ad)]
    assert keys == ["trådtrækker", "gaffeltruckcertifikat B", "trække tråd"]


def test_as_one_types_our_own_labels_come_first(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    found = [taxonomy_in_use().concept(one) for one in linker_in_use().suggest("tr", top=40)]
    labels = [one for one in found if one.label.startswith("tr")]
    assert [one.added for one in labels] == sorted(one.added for one in labels)
    assert {one.added for one in labels} == {True, False}


def test_words_that_we_read_ourselves_and_loose_words_stay_ours(tmp_path: Path) -> None:
    """ESCO gives "hjælper" and the like as names of single occupations."""
    take(a_folder(tmp_path / "esco"))
    net = concept(f"{ESCO}/occupation/net").id
    found = [one.concept_id for one in linker_in_use().mentions("Lagerhjælper. Du hjælper os.")]
    assert found == [starter().by_key("lagermedarbejder").id]
    assert linker_in_use().titles("hjælper")[0] == (net, 950)
    assert linker_in_use().titles("netbindermester")[0] == (net, 950)


def test_a_label_that_is_another_name_of_ours_is_ours(tmp_path: Path) -> None:
    stores = (
        "conceptUri,iscoGroup,preferredLabel,altLabels\n"
        f"{ESCO}/occupation/store,4321,lagerarbejder,lagermand\n"
        f"{ESCO}/occupation/other,1324,lagerarbejder,\n"
    )
    take(a_folder(tmp_path / "esco", occupations=stores))
    ours = starter().by_key("lagermedarbejder").id
    assert ImportedConcept.objects.get(uri_eu=f"{ESCO}/occupation/store").id == ours
    assert ImportedConcept.objects.get(uri_eu=f"{ESCO}/occupation/other").id != ours


def test_the_engine_counts_neighbours_shared_skills_and_narrower_skills(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    assert (strength(WIRE, ROPE), strength(WIRE, f"{ESCO}/occupation/net")) == (800, 500)
    assert strength(f"{ESCO}/skill/wire", ROPE) == 700
    assert strength(f"{ESCO}/skill/wire", f"{ESCO}/skill/fine") == 1000
    assert strength(f"{ESCO}/skill/fine", f"{ESCO}/skill/wire") == 500


def test_who_holds_a_reserved_title_is_not_replaced_by_an_imported_neighbour(
    tmp_path: Path,
) -> None:
    take(a_folder(tmp_path / "esco"))
    nurse = starter().by_key("sygeplejerske").id
    added = concept(f"{ESCO}/occupation/nurse").id
    assert added not in dict(taxonomy_in_use().satisfying(nurse))
    assert nurse not in dict(taxonomy_in_use().satisfying(added))


def test_ids_stay_where_the_engine_tells_work_from_skills(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    for row in ImportedConcept.objects.filter(withdrawn=False):
        assert (row.id < 10_000) == (Kind(row.kind) is Kind.OCCUPATION)


def test_our_own_taxonomy_reads_as_before(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    for own in starter().concepts:
        now = dict(taxonomy_in_use().satisfying(own.id))
        assert dict(starter().satisfying(own.id)).items() <= now.items()


def test_a_newer_edition_changes_withdraws_and_keeps_every_id(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    before = dict(ImportedConcept.objects.values_list("uri_eu", "id"))
    newer = (
        "conceptUri,iscoGroup,preferredLabel,altLabels\n"
        f"{ESCO}/occupation/aaa,8121,trådspoler,\n"
        f"{ESCO}/occupation/wire,8121,trådtrækker,trådmand\n"
    )
    folder = a_folder(tmp_path / "newer", occupations=newer, star=None)
    (folder / "occupations_en_v9.9.csv").unlink()
    taken = take(folder)
    assert (taken.new, taken.withdrawn) == (1, 4)
    now = dict(ImportedConcept.objects.values_list("uri_eu", "id"))
    assert before.items() <= now.items()
    assert len(set(now.values())) == len(now)
    assert linker_in_use().titles("rebslager")[:1] != [(now[ROPE], 950)]
    assert taxonomy_in_use().concept(now[ROPE]).label == "rebslager"
    assert concept(WIRE).uri_da == f"{STAR}/wire"


def test_an_import_is_in_use_when_it_is_committed(
    tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    read = read_folder(a_folder(tmp_path / "esco"))
    with django_capture_on_commit_callbacks(execute=True):
        take_words(
            lists=read.lists, concepts=read.concepts, titles=read.titles, by=SETUP, at=MONDAY
        )
        assert taxonomy_in_use() is starter()
    assert taxonomy_in_use().version != VERSION


def test_a_torn_file_leaves_our_own_words(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    words_file().write_text("{")
    assert taxonomy_in_use() is starter()
    put_in_use()
    assert concept(WIRE).label == "trådtrækker"


def test_another_database_of_the_same_name_takes_its_own_words(tmp_path: Path) -> None:
    """A demo that begins anew has no lists; the file of the one before is not its."""
    take(a_folder(tmp_path / "esco"))
    with setting_up():
        WordList.objects.all().delete()
    put_in_use()
    assert taxonomy_in_use() is starter()


def test_more_occupations_than_numbers_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LAST_ID, Kind.OCCUPATION, 2_001)
    with pytest.raises(NoRoom):
        take(a_folder(tmp_path / "esco"))
    assert not ImportedConcept.objects.exists()


def test_the_newest_edition_of_each_source_is_in_use(tmp_path: Path) -> None:
    take(a_folder(tmp_path / "esco"))
    skills = "conceptUri,skillType,preferredLabel,altLabels\n" + f"{ESCO}/skill/wire,skill,snor,\n"
    take(a_folder(tmp_path / "newer", skills=skills, star=None))
    shown = [(row.source.value, row.version, row.newest) for row in word_lists(1).rows]
    assert shown == [("ESCO", "9.9", True), ("STAR", "", True), ("ESCO", "9.9", False)]
