"""A folder of lists: read as ESCO and STAR write it, or refused with a sentence."""

from pathlib import Path

import pytest

from tests.taxonomy.word_files import ESCO, FILES, a_folder
from tvaers.connectors.word_folder import WordFolderUnreadable, read_folder

OCCUPATIONS = "conceptUri,iscoGroup,preferredLabel,altLabels\n"


def test_names_come_from_the_danish_files_and_english_labels_from_the_english(
    tmp_path: Path,
) -> None:
    read = read_folder(a_folder(tmp_path))
    by_uri = {concept.uri: concept for concept in read.concepts}
    baker, wire = by_uri[f"{ESCO}/occupation/baker"], by_uri[f"{ESCO}/occupation/wire"]
    assert baker.names == ("brødmager", "bager i supermarked")
    assert (wire.label, wire.label_en, wire.names) == (
        "trådtrækker",
        "wire drawer",
        ("trådtrækkeroperatør",),
    )
    assert wire.foreign == ("wire drawer", "metal drawer")
    assert wire.needs == [f"{ESCO}/skill/wire", f"{ESCO}/skill/metal"]


def test_the_edition_is_read_from_the_names_and_the_rows_are_counted(tmp_path: Path) -> None:
    esco, star = read_folder(a_folder(tmp_path)).lists
    assert (esco.version, star.version) == ("9.9", "")
    assert esco.counts == {"occupations": 5, "skills": 3, "relations": 5}
    assert star.counts == {"occupations": 2}
    assert {file["name"] for file in esco.files} == set(FILES) - {"star.csv"}


def test_what_is_no_list_is_named_and_left_alone(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "ISCOGroups_da.csv").write_text("conceptUri,code,preferredLabel\nhttp://x,1,y\n")
    assert read_folder(folder).unused == ["ISCOGroups_da.csv"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("conceptUri,preferredLabel,altLabels\nx,y,z\n", "kolonnen “iscoGroup” mangler"),
        ("", "kolonnen “conceptUri” mangler"),
        (OCCUPATIONS, "der er ingen rækker i filen"),
        (OCCUPATIONS + "http://x,1111\n", "linje 2 er i stykker"),
        (OCCUPATIONS + 'http://x,1111,"maler,\n', "linje 2 er i stykker"),
        (OCCUPATIONS + "http://x,1111,,\n", "en række har ingen adresse eller intet navn"),
        (OCCUPATIONS + "maler,1111,maler,\n", "en række har ingen adresse eller intet navn"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(WordFolderUnreadable) as refused:
        read_folder(a_folder(tmp_path, occupations=text))
    assert refused.value.danish.startswith("occupations_")
    assert sentence in refused.value.danish


def test_letters_in_another_encoding_are_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "skills_da_v9.9.csv").write_bytes("conceptUri,æ\n".encode("cp1252"))
    with pytest.raises(WordFolderUnreadable, match="UTF-8"):
        read_folder(folder)


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(WordFolderUnreadable, match="there are no"):
            read_folder(folder)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(WordFolderUnreadable, match="neither occupations"):
        read_folder(tmp_path)
