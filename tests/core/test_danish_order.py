"""Names stand in the order of the Danish alphabet."""

import random

from tvaers.core.danish_order import LONGEST_KEY, danish_sort_key


def test_the_danish_letters_stand_last_and_double_a_is_the_last_letter() -> None:
    in_order = [
        "Albertslund",
        "Faxe",
        "Køge",
        "Køge Bugt",
        "Zealand",
        "Ærø",
        "Østed",
        "Aabenraa",
        "Åbyhøj",
    ]
    shuffled = random.Random(1).sample(in_order, len(in_order))
    assert sorted(shuffled, key=danish_sort_key) == in_order


def test_case_accents_and_punctuation_make_no_difference() -> None:
    assert danish_sort_key("Café  Müller-Nielsen") == danish_sort_key("cafe muller nielsen")
    assert danish_sort_key("A\u030arhus") == danish_sort_key("Århus") == danish_sort_key("Aarhus")


def test_a_key_fits_its_column() -> None:
    assert len(danish_sort_key("Å" * 120)) == LONGEST_KEY
