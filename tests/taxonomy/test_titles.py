"""Ranking labels for a title, from a plain list and from concepts with texts and unit groups."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tvaers.taxonomy.ranking import Compounds, PartIndex, letter_parts
from tvaers.taxonomy.titles import About, TitleRanker

LABELS = ["lagermedarbejder", "lagerarbejder", "kok", "køkkenchef", "buschauffør", "chauffør"]


def best(title: str, *, top: int = 1) -> list[str]:
    return [LABELS[number] for number, _ in TitleRanker(LABELS).rank(title, top=top)]


def test_the_same_title_comes_first_whatever_the_case() -> None:
    for label in LABELS:
        assert best(label.upper()) == [label]


def test_a_longer_title_finds_its_nearest_label() -> None:
    assert best("Lagermedarbejdere til nathold") == ["lagermedarbejder"]
    assert best("Turistbuschauffør") == ["buschauffør"]


def test_nothing_alike_is_not_ranked() -> None:
    assert TitleRanker(LABELS).rank("xyz") == []


def test_a_concept_is_shown_once_before_its_other_names() -> None:
    about = [About(concept="lager"), About(concept="lager", preferred=False)]
    about += [About(concept=label) for label in LABELS[2:]]
    order = TitleRanker(LABELS, about).order("lagermedarbejder").tolist()
    assert order[0] == 0
    assert order[-1] == 1


def test_the_text_of_a_concept_helps() -> None:
    labels = ["gastronom", "isolatør"]
    about = [About(concept="a", text="Tilbereder mad i køkkener"), About(concept="b", text="Huse")]
    ranker = TitleRanker(labels, about)
    assert ranker.order("køkkenmand").tolist() == [0, 1]


def test_a_known_unit_group_lifts_its_members() -> None:
    labels = ["operatør a", "operatør b"]
    about = [About(concept="a", unit_group="8131"), About(concept="b", unit_group="8344")]
    plain = TitleRanker(labels, about)
    told = TitleRanker(labels, about, unit_groups=lambda _: [("8344", 1.0)])
    assert plain.order("operatør").tolist() == [0, 1]
    assert told.order("operatør").tolist() == [1, 0]


def test_compounds_fall_into_known_words() -> None:
    compounds = Compounds(["gaffel truck fører"] * 3 + ["arbejde"] * 3)
    assert compounds.split("gaffeltruckfører") == ("gaffel", "truck", "fører")
    assert compounds.split("arbejdstruck") == ("arbejdstruck",)


@given(st.lists(st.text(alphabet="abcæø ", min_size=1, max_size=12), min_size=1, max_size=8))
def test_likeness_is_a_cosine_and_highest_for_the_text_itself(texts: list[str]) -> None:
    index = PartIndex(texts, letter_parts)
    for number, text in enumerate(texts):
        scores = index.scores(text)
        assert np.all((scores >= 0) & (scores <= 1.0001))
        if text.strip():
            assert scores[number] >= scores.max() - 1e-5


@given(st.text(max_size=40))
def test_every_label_is_ranked_exactly_once(title: str) -> None:
    assert sorted(TitleRanker(LABELS).order(title).tolist()) == list(range(len(LABELS)))


@given(st.integers(1, 40), st.sampled_from(["kok", "ingeniør", ""]))
def test_equals_stand_in_the_order_given(count: int, title: str) -> None:
    titles = TitleRanker([*["ingeniør"] * count, "kok", *["ingeniør"] * count])
    order = titles.order(title).tolist()
    assert [one for one in order if one != count] == [
        *range(count),
        *range(count + 1, 2 * count + 1),
    ]
    if title == "kok":
        assert order[0] == count
