"""Lists of companies and of office contacts."""

from tvaers.connectors import company_file, contact_file
from tvaers.connectors.problems import Fault
from tvaers.connectors.spreadsheets import read_bytes
from tvaers.core.cvr import cvr_with_check_digit

CVR = next(filter(None, (cvr_with_check_digit(f"{n}") for n in range(2000000, 2000020))))


def companies(text: str) -> company_file.CompanyFile:
    sheet = read_bytes(text.encode(), company_file.COLUMNS, required="cvr")
    return company_file.from_sheet(sheet)


def contacts(text: str) -> contact_file.ContactFile:
    sheet = read_bytes(text.encode(), contact_file.COLUMNS, required="name")
    return contact_file.from_sheet(sheet)


def test_a_company_with_two_workplaces_stands_on_two_rows() -> None:
    file = companies(
        "CVR-nr;Virksomhed;P-nummer;Arbejdssted;Adresse;Postnr;Kommune;Kontaktperson;Telefon;"
        "E-mail;Branchekode\n"
        f"DK {CVR};Lager A/S;1000000001;Lager Køge;Havnen 2;4600;;Bo;12345678;BO@lager.dk;521000\n"
        f"{CVR};Lager A/S;1000000002;;;;265;;;;\n"
    )
    assert file.problems == ()
    first, second = file.rows
    assert (first.cvr, first.p_number, first.municipality) == (CVR, "1000000001", "0259")
    assert (first.contact, first.email, first.industry) == ("Bo", "bo@lager.dk", "521000")
    assert (second.workplace, second.municipality) == ("Lager A/S", "0265")
    assert "bo@lager.dk" not in repr(first)


def test_wrong_numbers_of_companies_are_named() -> None:
    file = companies(
        "cvr;name;p_number;municipality;email\n"
        "12345678;A;;259;\n"
        f"{CVR};B;123;259;\n"
        f"{CVR};;1000000001;259;\n"
        f"{CVR};D;1000000001;259;\n"
        f"{CVR};E;;259;ingen mail\n"
        f"{CVR};F;;;\n"
        ";G;;259;\n"
    )
    assert file.rows == ()
    assert [(p.line, p.column, p.fault) for p in file.problems] == [
        (2, "cvr", Fault.NOT_CVR),
        (3, "p_number", Fault.NOT_P_NUMBER),
        (4, "name", Fault.EMPTY),
        (5, "p_number", Fault.SEEN_BEFORE),
        (6, "email", Fault.NOT_AN_EMAIL),
        (7, "municipality", Fault.NO_PLACE),
        (8, "cvr", Fault.EMPTY),
    ]


def test_contacts_of_offices_are_read() -> None:
    file = contacts(
        "Kontor,Navn,Titel,E-mail,Telefon,Primær\n"
        "Køge,Bo Ærø,Konsulent,bo@koege.dk,12345678,ja\n"
        "Greve,,Konsulent,x@greve.dk,,\n"
    )
    (bo,) = file.rows
    assert (bo.office, bo.name, bo.title, bo.primary) == ("Køge", "Bo Ærø", "Konsulent", True)
    assert [(p.line, p.column, p.fault) for p in file.problems] == [(3, "name", Fault.EMPTY)]


def test_an_offices_own_contact_list_needs_no_office_column() -> None:
    (bo,) = contacts("navn;telefon\nBo;12345678\n").rows
    assert (bo.office, bo.phone, bo.primary) == ("", "12345678", False)
