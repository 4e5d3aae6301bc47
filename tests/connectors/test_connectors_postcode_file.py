"""Lists of postcodes: Danish or English headers, several municipalities, and every bad row told."""

from tvaers.connectors import postcode_file
from tvaers.connectors.problems import Fault
from tvaers.places.postcode_lists import PostcodeLine

DANISH = (
    "Postnr;Postdistrikt;Kommunekode;Breddegrad;Længdegrad\n"
    "4600;Køge;259;55,458;12,182\n"
    "4682;Tureby;0320|Køge;55,36;12,06\n"
    "DK-2670;Greve;;55,59;12,30\n"
)
ENGLISH = "postcode,name,municipality,latitude,longitude\n4600,Køge,0259,55.458,12.182\n"


def faults(rows: str) -> list[tuple[int, str, Fault]]:
    file = postcode_file.read_bytes((DANISH + rows).encode())
    return [(problem.line, problem.column, problem.fault) for problem in file.problems]


def test_a_danish_list_as_the_post_would_write_it() -> None:
    file = postcode_file.read_bytes(DANISH.encode("cp1252"))
    assert file.problems == ()
    assert file.lines[0] == PostcodeLine("4600", "Køge", "0259", 55.458, 12.182)
    assert [(line.postcode, line.municipality) for line in file.lines] == [
        ("4600", "0259"),
        ("4682", "0320"),
        ("4682", "0259"),
        ("2670", "0253"),
    ]


def test_an_english_one() -> None:
    lines = postcode_file.read_bytes(ENGLISH.encode()).lines
    assert lines == (PostcodeLine("4600", "Køge", "0259", 55.458, 12.182),)


def test_bad_rows_are_told_with_their_line_and_column() -> None:
    assert faults("4600;Køge;0259;55,4;12,1\n") == [(5, "postcode", Fault.SEEN_BEFORE)]
    assert faults("46;Køge;0259;55,4;12,1\n") == [(5, "postcode", Fault.UNKNOWN_POSTCODE)]
    assert faults("4623;Atlantis;Atlantis;55,4;12,1\n") == [
        (5, "municipality", Fault.UNKNOWN_MUNICIPALITY)
    ]
    assert faults("4623;Ll. Skensved;0259;;nord\n") == [
        (5, "latitude", Fault.EMPTY),
        (5, "longitude", Fault.NOT_DEGREES),
    ]
    assert faults("4623;Ll. Skensved;0259;12,1;55,4\n") == [
        (5, "latitude", Fault.NOT_DEGREES),
        (5, "longitude", Fault.NOT_DEGREES),
    ]
    assert faults("9999;Ukendt;;55,4;12,1\n") == [(5, "postcode", Fault.UNKNOWN_POSTCODE)]


def test_a_postcode_does_not_lie_across_the_country_from_its_municipality() -> None:
    assert faults("4623;Ll. Skensved;0400;55,5;12,1\n") == [
        (5, "municipality", Fault.FAR_FROM_MUNICIPALITY)
    ]
