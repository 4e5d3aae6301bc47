"""The way between postcodes: nearer the truth than from town to town, and never through water."""

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.places.local_travel import LEAST, Located, refined_minutes
from tvaers.places.municipalities import all_municipalities
from tvaers.places.postcodes import municipality_of_postcode, postcode_fact
from tvaers.places.tables import rows
from tvaers.places.travel import car_minutes, public_minutes, row_of

SPOTS = {
    "9900": (57.441, 10.537), "9990": (57.725, 10.583), "9982": (57.594, 10.413),
    "9800": (57.464, 9.982), "9850": (57.588, 9.959), "9870": (57.470, 10.203),
    "4200": (55.403, 11.354), "4220": (55.331, 11.139), "4230": (55.252, 11.294),
    "6000": (55.490, 9.472), "6580": (55.424, 9.284), "6070": (55.357, 9.485),
    "6100": (55.249, 9.489), "6500": (55.248, 9.305), "4600": (55.458, 12.182),
    "4681": (55.417, 12.147), "4140": (55.494, 11.976), "8800": (56.453, 9.402),
    "8850": (56.378, 9.661), "6950": (56.090, 8.244), "6960": (55.998, 8.131),
    "6900": (55.949, 8.493), "7400": (56.137, 8.974), "7490": (56.266, 8.794),
    "6700": (55.467, 8.452), "6760": (55.328, 8.766), "4592": (55.885, 11.137),
    "4400": (55.681, 11.090), "8789": (55.757, 10.270), "8700": (55.861, 9.850),
}  # fmt: skip
DRIVES = [
    ("9900", "9990", 38), ("9990", "9982", 19), ("9800", "9850", 19), ("9800", "9870", 17),
    ("4200", "4220", 20), ("4200", "4230", 21), ("6000", "6580", 21), ("6000", "6070", 18),
    ("6100", "6500", 16), ("4600", "4681", 9), ("4600", "4140", 19), ("8800", "8850", 23),
    ("6950", "6960", 24), ("6950", "6900", 26), ("7400", "7490", 19), ("6700", "6760", 33),
    ("4681", "4200", 55), ("9850", "9990", 50), ("6500", "6580", 27),
]  # fmt: skip
"""Minutes by car on an ordinary day, estimated by hand from the roads and their lengths."""
NEW = [Located(str(municipality_of_postcode(one)), one, *spot) for one, spot in SPOTS.items()]
CAR, PUBLIC = refined_minutes(NEW)


def row(postcode: str) -> int:
    return len(all_municipalities()) + list(SPOTS).index(postcode)


def by_car(home: str, work: str) -> int:
    return int(CAR[row(home), row(work)])


def test_without_a_list_nothing_is_different() -> None:
    car, public = refined_minutes([])
    assert np.array_equal(car, car_minutes())
    assert np.array_equal(public, public_minutes())


def test_who_has_no_postcode_travels_as_before() -> None:
    count = len(all_municipalities())
    assert np.array_equal(CAR[:count, :count], car_minutes())
    assert np.array_equal(PUBLIC[:count, :count], public_minutes())


def test_local_drives_are_near_the_truth() -> None:
    refined = median(abs(by_car(a, b) - minutes) / minutes for a, b, minutes in DRIVES)
    homes = [(row_of(str(municipality_of_postcode(a))), a, b, m) for a, b, m in DRIVES]
    towns = median(
        abs(car_minutes()[home, row_of(str(municipality_of_postcode(b)))] - m) / m
        for home, a, b, m in homes
    )
    assert refined <= 0.15 < towns


def test_both_ways_take_the_same_and_nobody_is_there_at_once() -> None:
    assert np.array_equal(CAR, CAR.T)
    assert np.array_equal(PUBLIC, PUBLIC.T)
    assert CAR.min() >= LEAST
    assert (PUBLIC > CAR).all()


def test_islands_without_a_bridge_wait_for_their_ferry() -> None:
    assert by_car("4592", "4400") >= 75
    assert by_car("8789", "8700") >= 60
    assert by_car("4592", "4592") == LEAST


def test_every_island_of_the_table_is_a_postcode() -> None:
    for one in rows("islands"):
        assert postcode_fact(one["postcode"]) is not None
        assert int(one["ferry"]) > 0


places = st.builds(
    Located,
    st.sampled_from([fact.code for fact in all_municipalities()]),
    st.just("4600"),
    st.floats(54.5, 57.8),
    st.floats(8.0, 15.2),
)


@given(st.lists(places, min_size=2, max_size=4))
def test_no_postcode_opens_a_way_over_water(some: list[Located]) -> None:
    """Wherever a list puts people, they are no sooner in another municipality than from town."""
    car, _ = refined_minutes(some)
    home = [*range(98), *(row_of(one.municipality) for one in some)]
    for a in range(98, len(home)):
        for b in range(len(home)):
            if home[a] != home[b]:
                assert car[a, b] >= car_minutes()[home[a], home[b]]


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(KeyError):
        refined_minutes([Located("0999", "4600", 55.4, 12.1)])
