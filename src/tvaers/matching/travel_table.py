"""The way between municipalities, and between postcodes where a list of them was imported."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from tvaers.matching.engine.rows import TravelTable, place
from tvaers.places import travel
from tvaers.places.local_travel import Located, refined_minutes
from tvaers.places.municipalities import all_municipalities

LOCATED = """
    select municipality_id, postcode, latitude, longitude from places_postcode order by 1, 2
"""
"""SQL for the fields of every `Located`."""


def travel_table(located: Sequence[Located] = ()) -> TravelTable:
    """The minutes, by car and by public transport, between all municipalities and postcodes."""
    places = [int(fact.code) for fact in all_municipalities()]
    places += [place(int(one.municipality), int(one.postcode)) for one in located]
    car, public = refined_minutes(located)
    return TravelTable(tuple(places), car.astype("uint16"), public.astype("uint16"))


@cache
def road_map() -> str:
    """A digest of the program's own travel minutes."""
    return sha256(travel.car_minutes().tobytes() + travel.public_minutes().tobytes()).hexdigest()
