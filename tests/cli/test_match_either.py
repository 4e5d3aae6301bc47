"""An ad that takes either of two occupations, as `tvaers match` asks for them."""

from datetime import date

from tvaers.cli.match_run import query_of
from tvaers.matching.engine.rows import Query
from tvaers.orders.intake import from_ad
from tvaers.taxonomy.starter import starter

TODAY = date(2027, 3, 1)


def asked(ad: str) -> Query:
    draft = from_ad(ad, today=TODAY)
    return query_of(draft, today=TODAY, own_limit=True, taxonomy=starter())


def number(key: str) -> int:
    return starter().by_key(key).id


def test_each_of_two_occupations_counts_fully() -> None:
    occupation = dict(asked("Tjener eller bartender til hotel i Odense").occupation)
    assert occupation[number("tjener")] == occupation[number("bartender")] == 1000


def test_one_occupation_leaves_the_other_a_neighbour() -> None:
    occupation = dict(asked("Tjener til hotel i Odense").occupation)
    assert occupation[number("bartender")] == 700


def test_each_is_asked_for_the_authorisation_of_her_own() -> None:
    query = asked("Fysioterapeut eller ergoterapeut, Odense. Autorisation er et krav.")
    (authorisation,) = query.requirements
    met_by = dict(authorisation.satisfied_by)
    assert authorisation.must
    assert met_by[number("fysioterapeut")] == met_by[number("aut-ergoterapeut")] == 1000


def test_a_paper_of_no_occupation_stays_what_it_is() -> None:
    query = asked("Tjener eller bartender, Odense. Hygiejnebevis er et krav.")
    assert query.requirements[0].satisfied_by == starter().satisfying(number("hygiejne"))
