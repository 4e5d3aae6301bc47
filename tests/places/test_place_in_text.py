"""Which place an ad speaks of."""

import pytest

from tvaers.places.municipalities import all_municipalities, municipality
from tvaers.places.place_in_text import Certainty, place_in_text, places_in_text
from tvaers.places.place_names import municipality_by_name, words_of
from tvaers.places.postcodes import all_postcodes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("truckfører m. certifikat B, Køge, 5 stk", "Køge"),
        ("3 lagermedarbejdere, Køge, gaffeltruckcertifikat B", "Køge"),
        ("truckfører søges køge", "Køge"),
        ("Du møder på 4600 Køge hver morgen", "Køge"),
        ("Arbejdssted: Odense SØ", "Odense"),
        ("Ballerup", "Ballerup"),
        ("en af Ballerups bedste arbejdspladser", "Ballerup"),
        ("Ringe kendskab til IT er nok; jobbet er i Ringe", "Faaborg-Midtfyn"),
        ("Tømrer, Ry", "Skanderborg"),
        ("smed til værksted i Vejen", "Vejen"),
        ("lærer på Møn", "Vordingborg"),
        ("Chauffør i Give", "Vejle"),
        ("Skive\nVi søger en kok", "Skive"),
        ("Pakkeri i Lem ved Ringkøbing", "Ringkøbing-Skjern"),
        ("Struer søger nye folk", "Struer"),
        ("montør i Nykøbing F", "Guldborgsund"),
        ("i Viby J", "Aarhus"),
        ("Ørsted søger teknikere i Esbjerg", "Esbjerg"),
        ("Roskildevej 12, 2620 Albertslund", "Albertslund"),
        ("Kontakt Mette Lundby. Arbejdet foregår i Slagelse", "Slagelse"),
        ("8000 Århus C", "Aarhus"),
        ("job i Kgs. Lyngby", "Lyngby-Taarbæk"),
        ("lageret i Høje Taastrup", "Høje-Taastrup"),
        ("Hovedkontor i Odense, men du arbejder på 4700 Næstved", "Næstved"),
        ("postnr. 4000", "Roskilde"),
        ("Mekaniker, autoværksted, 8700.", "Horsens"),
        ("Han ringede, 8600. Vil have to elektrikere", "Silkeborg"),
    ],
)
def test_the_place_of_an_ad_is_found(text, name):
    place = place_in_text(text)
    assert place is not None
    assert municipality(place.municipality).name == name
    assert text[place.start : place.end] == place.words


@pytest.mark.parametrize(
    "text",
    [
        "du må ikke stå i vejen",
        "Vejen til succes er god planlægning",
        "Give en hånd med",
        "Stege og grille er dit speciale",
        "vi har ringe erfaring med rude og fur",
        "få en ny skive ost",
        "2300 kr. og 1500 medarbejdere",
        "job i Nykøbing",
        "Tim og Flemming svarer på spørgsmål",
        "Nord for alt andet",
        "",
    ],
)
def test_an_ordinary_word_is_no_place(text):
    assert places_in_text(text) == ()


def test_several_places_are_found_in_reading_order():
    places = places_in_text("Arbejde i Køge, Ringsted og 4100 Ringsted")
    assert [municipality(place.municipality).name for place in places] == [
        "Køge",
        "Ringsted",
        "Ringsted",
    ]
    assert [place.certainty for place in places] == [
        Certainty.IN_CONTEXT,
        Certainty.IN_CONTEXT,
        Certainty.POSTCODE,
    ]


@pytest.mark.parametrize("fact", all_municipalities(), ids=lambda fact: fact.name)
def test_every_municipality_is_found_by_its_name(fact):
    place = place_in_text(f"Stillingen er i {fact.name}.")
    assert place is not None
    assert place.municipality == fact.code


def test_every_towns_full_name_leads_to_its_municipality():
    wrong = [
        fact.town
        for fact in all_postcodes()
        if municipality_by_name()[words_of(fact.town)] != fact.municipality
    ]
    assert wrong == []
