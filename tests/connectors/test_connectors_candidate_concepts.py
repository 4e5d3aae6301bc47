"""A person's own words become concepts, and the record that an import takes."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tvaers.connectors import candidate_file
from tvaers.connectors.candidate_concepts import CandidateConcepts, ConceptFinder
from tvaers.connectors.candidate_file import COLUMNS, KINDS, LEVELS, STATUSES, CandidateRow
from tvaers.connectors.candidate_records import digest, record
from tvaers.connectors.spreadsheets import read_bytes
from tvaers.taxonomy.starter import starter


@pytest.fixture(scope="module")
def finder() -> ConceptFinder:
    return ConceptFinder()


def rows(*people: dict[str, str]) -> tuple[CandidateRow, ...]:
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in COLUMNS], delimiter=";")
    writer.writeheader()
    writer.writerows(people)
    file = candidate_file.from_sheet(
        read_bytes(out.getvalue().encode(), COLUMNS, required="id"), secret=None
    )
    assert file.problems == ()
    return file.rows


def person(**cells: str) -> CandidateRow:
    return rows({"id": "1", "municipality": "259", **cells})[0]


def labels(ids: tuple[int, ...]) -> set[str]:
    return {starter().concept(concept_id).label for concept_id in ids}


def test_titles_become_occupations_with_years(finder: ConceptFinder) -> None:
    known = finder.concepts_of(
        person(wanted="Lagermedarbejder|SOSU-hjælper", held="Truckfører:4,5:2025|Kok")
    )
    assert labels(known.wanted) == {"lagermedarbejder", "social- og sundhedshjælper"}
    held = {starter().concept(work).label: (years, last) for work, years, last in known.held}
    assert held == {"truckfører": (4, 2025), "kok": (0, 0)}


@pytest.mark.parametrize(
    "text",
    [
        "Tager ADR-bevis i uge 12.",
        "ADR-bevis er udløbet.",
        "Bestod ikke: ADR-bevis ikke bestået.",
        "Har truckcertifikat B, men ikke ADR.",
        "Er tilmeldt kursus i ADR.",
        "ADR under uddannelse.",
        "ADR under udd.",
        "ADR-bevis tages i foråret.",
        "ADR? Nej tak.",
        "ADR nej",
        "Har hverken ADR eller kran.",
        "Min ADR blev ikke fornyet.",
        "Har mistet mit ADR-bevis.",
    ],
)
def test_what_is_denied_awaited_or_expired_is_not_had(finder: ConceptFinder, text: str) -> None:
    assert "ADR-bevis" not in labels(finder.concepts_of(person(text=text)).concepts)


@pytest.mark.parametrize(
    "text",
    [
        "Har ADR-bevis, gyldigt til 2029.",
        "ADR-bevis. Har ikke kørt bus.",
        "Jeg har ikke bare truck, men også ADR.",
        "Kan ikke køre bus, men har ADR.",
    ],
)
def test_a_denial_near_by_denies_nothing_else(finder: ConceptFinder, text: str) -> None:
    assert "ADR-bevis" in labels(finder.concepts_of(person(text=text)).concepts)


def test_a_cell_may_name_several_papers_or_only_their_subject(finder: ConceptFinder) -> None:
    known = finder.concepts_of(
        person(certificates="ADR + truckcertifikat B|Stillads|ADR tank nej", education="Frisør")
    )
    assert labels(known.concepts) == {
        *("ADR-bevis", "gaffeltruckcertifikat B", "stilladsbevis", "frisøruddannelse")
    }


def test_a_bare_authorisation_is_that_of_the_persons_own_work(finder: ConceptFinder) -> None:
    known = finder.concepts_of(person(held="Jordemoder:3:2025", certificates="Autorisation"))
    assert labels(known.concepts) == {"autorisation som jordemoder"}


def test_reserved_work_does_not_count_where_the_authorisation_is_denied(
    finder: ConceptFinder,
) -> None:
    known = finder.concepts_of(
        person(
            wanted="Tandlæge",
            held="Tandlæge:9:2025",
            text="Tandlæge fra Syrien. Har endnu ikke dansk autorisation.",
        )
    )
    assert (labels(known.wanted), known.held) == ({"tandlæge"}, ())


def test_papers_licences_and_languages_become_concepts(finder: ConceptFinder) -> None:
    known = finder.concepts_of(
        person(
            certificates="gaffeltruckcertifikat B|hygiejnebevis",
            licences="B|CE",
            languages="dansk:modersmål|engelsk:B2|tysk",
            car="ja",
        )
    )
    assert labels(known.concepts) == {
        *("gaffeltruckcertifikat B", "hygiejnebevis", "kørekort B", "kørekort C/E"),
        *("dansk (modersmål)", "engelsk B2", "tysk B1", "egen bil"),
    }
    assert known.unknown == ()


@pytest.mark.parametrize(
    "licence", ["AM", "A", "TM", "B", "BE", "B/E", "C1", "C", "C/E", "D", "DE"]
)
def test_every_licence_letter_is_known(finder: ConceptFinder, licence: str) -> None:
    known = finder.concepts_of(person(licences=licence))
    assert known.unknown == ()
    plain = licence.replace("/", "")
    assert {starter().concept(c).key for c in known.concepts} == {f"koerekort-{plain.lower()}"}


def test_a_cv_text_adds_what_it_says_and_not_what_it_denies(finder: ConceptFinder) -> None:
    known = finder.concepts_of(
        person(text="Har arbejdet som tømrer. Har gaffeltruckcertifikat B, men ikke ADR-bevis.")
    )
    assert labels(tuple(work for work, _, _ in known.held)) == {"tømrer"}
    assert "gaffeltruckcertifikat B" in labels(known.concepts)
    assert "ADR-bevis" not in labels(known.concepts)


@pytest.mark.parametrize(
    "text",
    ["Har ikke kørekort.", "Har intet kørekort", "uden kørekort", "Jeg ønsker at tage kørekort"],
)
def test_a_paper_that_a_cv_lacks_or_wishes_for_is_not_had(finder: ConceptFinder, text: str) -> None:
    assert finder.concepts_of(person(text=text)).concepts == ()


def test_a_wish_in_a_cv_text_is_no_experience(finder: ConceptFinder) -> None:
    known = finder.concepts_of(person(text="Jeg søger arbejde som tjener."))
    assert labels(known.wanted) == {"tjener"}
    assert known.held == ()


def test_a_job_in_the_list_and_in_the_text_is_one_job(finder: ConceptFinder) -> None:
    known = finder.concepts_of(person(held="Kok:5:2024", text="Kok i fem år."))
    assert [(years, last) for _, years, last in known.held] == [(5, 2024)]


def test_words_that_are_not_known_are_named(finder: ConceptFinder) -> None:
    known = finder.concepts_of(person(skills="zqxv", wanted="xyzzy"))
    assert known == CandidateConcepts((), (), (), ("xyzzy", "zqxv"))


def test_a_record_says_what_the_row_said(finder: ConceptFinder) -> None:
    row = person(wanted="Kok", kinds="løntilskud|fleksjob", hours="20-30", status="pause")
    made = record(row, finder=finder)
    assert (made.source_id, made.municipality, made.status) == ("1", "0259", "PAUSED")
    assert (made.kinds, made.hours_min, made.hours_max) == (2 + 16, 20, 30)
    assert made.wanted_titles == "Kok"
    assert labels(made.wanted) == {"kok"}


def test_the_same_row_on_another_line_has_the_same_digest() -> None:
    kinds = "løntilskud|fleksjob|jobrotation|ordinær"
    row, moved = person(kinds=kinds, text="x"), rows({"id": "0", "municipality": "259"},
        {"id": "1", "municipality": "259", "kinds": kinds, "text": "x"})[1]  # fmt: skip
    assert row.line != moved.line
    assert digest(row) == digest(moved)
    assert digest(row) != digest(replace(row, name="Bo"))
    assert digest(row) != digest(replace(row, kinds=frozenset({"ordinary"})))


def test_more_words_than_there_is_room_for_are_cut_between_words(finder: ConceptFinder) -> None:
    made = record(person(wanted="|".join(f"Stilling {n:03}" for n in range(100))), finder=finder)
    assert len(made.wanted_titles) <= 500
    assert made.wanted_titles.endswith("Stilling 034")


WORDS = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12)
LISTS = st.lists(WORDS, max_size=3, unique=True)
DAYS = st.dates(date(1930, 1, 1), date(2090, 1, 1))


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    fewest, most = sorted((draw(st.integers(1, 37)), draw(st.integers(1, 37))))
    return {
        "name": draw(WORDS),
        "birth_date": draw(DAYS),
        "protected": draw(st.booleans()),
        "status": draw(st.sampled_from(sorted(STATUSES))),
        "wanted": draw(LISTS),
        "held": [(t, draw(st.integers(0, 60)), draw(st.integers(1950, 2099))) for t in draw(LISTS)],
        "skills": draw(LISTS),
        "languages": [(name, draw(st.sampled_from(sorted(LEVELS)))) for name in draw(LISTS)],
        "available_from": draw(DAYS),
        "hours": (fewest, most),
        "kinds": draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, unique=True)),
        "max_travel_minutes": draw(st.integers(1, 600)),
        "car": draw(st.booleans()),
    }


@settings(max_examples=150)
@given(people())
def test_a_person_written_as_the_guide_says_is_read_back(told: dict[str, Any]) -> None:
    row = person(
        name=told["name"],
        birth_date=f"{told['birth_date']:%d-%m-%Y}",
        protected="ja" if told["protected"] else "nej",
        status=told["status"].upper(),
        wanted="|".join(told["wanted"]),
        held=" | ".join(f"{title}:{years}:{last}" for title, years, last in told["held"]),
        skills="|".join(told["skills"]),
        languages="|".join(f"{name}:{level}" for name, level in told["languages"]),
        available_from=told["available_from"].isoformat(),
        hours="{}-{}".format(*told["hours"]),
        kinds="|".join(told["kinds"]),
        max_travel_minutes=str(told["max_travel_minutes"]),
        car="1" if told["car"] else "0",
    )
    assert (row.name, row.birth_date) == (told["name"], told["birth_date"])
    assert (row.protected, row.car) == (told["protected"], told["car"])
    assert row.status is STATUSES[told["status"]]
    assert (list(row.wanted), list(row.skills)) == (told["wanted"], told["skills"])
    assert [(job.title, job.years, job.last_year) for job in row.held] == told["held"]
    assert [(spoken.name, spoken.level) for spoken in row.languages] == [
        (name, LEVELS[level]) for name, level in told["languages"]
    ]
    assert (row.available_from, row.hours) == (told["available_from"], told["hours"])
    assert row.kinds == {KINDS[kind] for kind in told["kinds"]}
    assert row.max_travel_minutes == told["max_travel_minutes"]


def test_work_without_its_training_is_still_work(finder: ConceptFinder) -> None:
    known = finder.concepts_of(person(text="Fire år som pædagogmedhjælper (ikke uddannet)."))
    assert labels(work for work, _, _ in known.held) == {"pædagogmedhjælper"}
