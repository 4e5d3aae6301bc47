"""Kandidater: who may see whom, who has looked, and lists from the case system."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.accounts import factories as accounts
from tests.candidates import factories as people
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE
from tests.web.conftest import DOOR
from tvaers.accounts.models import Role, User
from tvaers.accounts.readers import Reader
from tvaers.audit.models import Look
from tvaers.candidates.models import CvText, ImportRun, Profile, Status
from tvaers.referrals import disclosure
from tvaers.referrals.models import Referral, Release

pytestmark = pytest.mark.django_db

HEADER = "id;navn;kommune;ønskede stillinger;certifikater;skostørrelse\n"


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def anna(region: Sjaelland) -> Profile:
    """Someone from Greve, with all that nobody else may see."""
    return region.person(
        GREVE,
        name="Anna Bech",
        phone="20304050",
        email="anna@example.dk",
        address="Strandvejen 7",
        text="Har kørt truck siden 2019.",
        wanted_titles="Lagermedarbejder",
    )


def browser_of(reader: Reader) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=reader.user_id))
    return client


def page_of(browser: Client, person: Profile, **query: object) -> str:
    text = browser.get(reverse("candidate", args=[person.pk]), query).text
    return re.sub(r"\s+", " ", text)


SECRETS = ("Anna Bech", "20304050", "anna@example.dk", "Strandvejen 7", "Har kørt truck")


def test_the_home_office_sees_all_of_its_person(region: Sjaelland, anna: Profile) -> None:
    page = page_of(browser_of(region.consultant(GREVE)), anna)
    for text in (*SECRETS, "gaffeltruckcertifikat B", "op til 240 min. i bil"):
        assert text.lower() in page.lower()


def test_others_see_the_profile_and_not_who_it_is(region: Sjaelland, anna: Profile) -> None:
    page = page_of(browser_of(region.lead), anna)
    for text in SECRETS:
        assert text not in page
    assert f"Kandidat nr. {anna.pk}" in page
    assert "truckcertifikat B" in page
    assert "Hvem har set personen?" not in page


def test_a_released_person_is_named_without_the_cv_text(region: Sjaelland, anna: Profile) -> None:
    order = an_order(region.lead)
    asked = disclosure.ask_release(
        order_id=order.pk, person_id=anna.pk, by=region.lead.actor, at=MONDAY
    )
    greve = browser_of(region.consultant(GREVE))
    assert "vil vide, hvem personen er" in page_of(greve, anna)
    greve.post(
        reverse("candidate", args=[anna.pk]), {"action": "grant", "grant-release_id": asked.pk}
    )
    page = page_of(browser_of(region.lead), anna, ordre=order.pk)
    assert "Anna Bech" in page
    assert "Frigivet" in page
    assert CvText.objects.filter(pk=anna.pk).count() == 0, "the test reads as nobody"
    assert "Har kørt truck" not in page


def test_a_protected_address_is_hidden_and_the_person_is_not(region: Sjaelland) -> None:
    hidden = region.person(GREVE, name="Anna Bech", address="Strandvejen 7", protected=True)
    page = page_of(browser_of(region.consultant(GREVE)), hidden)
    assert "Anna Bech" in page
    assert "Strandvejen 7" not in page
    assert "Beskyttet; vises ikke" in page


def test_a_look_is_kept_with_its_order_and_shown_to_the_home_office(
    region: Sjaelland, anna: Profile
) -> None:
    order = an_order(region.lead)
    page_of(browser_of(region.lead), anna, ordre=order.pk)
    look = Look.objects.latest("pk")
    assert (look.person_ids, look.order_id, look.purpose) == ([anna.pk], order.pk, "view")
    home = page_of(browser_of(region.consultant(GREVE)), anna)
    assert "Hvem har set personen?" in home
    assert "Køge virksomhedsindgang" in home


def test_anyone_reports_and_the_home_office_decides(region: Sjaelland, anna: Profile) -> None:
    address = reverse("candidate", args=[anna.pk])
    lead, greve = browser_of(region.lead), browser_of(region.consultant(GREVE))
    lead.post(address, {"action": "gone"})
    assert "Hjemkommunen kan rette det." in page_of(lead, anna)
    lead.post(address, {"action": "confirm"})
    anna.refresh_from_db()
    assert anna.reported_unavailable_at == MONDAY
    greve.post(address, {"action": "deny"})
    anna.refresh_from_db()
    assert anna.reported_unavailable_at is None
    lead.post(address, {"action": "gone"})
    greve.post(address, {"action": "confirm"})
    anna.refresh_from_db()
    assert anna.status == Status.ENDED


def test_a_missing_legal_basis_is_explained_and_mended_at_home(region: Sjaelland) -> None:
    person = region.person(GREVE, legal_basis="")
    greve = browser_of(region.consultant(GREVE))
    assert "Hjemlen til at dele personens oplysninger mangler" in page_of(greve, person)
    form = {"action": "basis", "basis-legal_basis": "Samtykke"}
    browser_of(region.lead).post(reverse("candidate", args=[person.pk]), form)
    person.refresh_from_db()
    assert person.legal_basis == ""
    greve.post(reverse("candidate", args=[person.pk]), form)
    assert "Hjemlen til at dele" not in page_of(greve, person)


def test_the_lead_asks_who_it_is_and_proposes(region: Sjaelland, anna: Profile) -> None:
    order = an_order(region.lead)
    lead = browser_of(region.lead)
    address = f"{reverse('candidate', args=[anna.pk])}?ordre={order.pk}"
    lead.post(address, {"action": "ask"})
    assert Release.objects.get().person_id == anna.pk
    assert "Venter på hjemkommunens svar" in page_of(lead, anna, ordre=order.pk)
    lead.post(
        address, {"action": "propose", "propose-spoken_with": "on", "propose-words": "Kan køre."}
    )
    assert Referral.objects.get().spoken_with
    assert order.title in page_of(lead, anna)
    other = browser_of(region.consultant(GREVE))
    other.post(address, {"action": "propose", "propose-words": "Nej."})
    assert Referral.objects.get().words == "Kan køre."


def test_a_release_can_be_refused(region: Sjaelland, anna: Profile) -> None:
    order = an_order(region.lead)
    asked = disclosure.ask_release(
        order_id=order.pk, person_id=anna.pk, by=region.lead.actor, at=MONDAY
    )
    form = {"action": "refuse", "refuse-release_id": asked.pk}
    browser_of(region.consultant(GREVE)).post(reverse("candidate", args=[anna.pk]), form)
    asked.refresh_from_db()
    assert asked.refused_at == MONDAY
    assert "Anna Bech" not in page_of(browser_of(region.lead), anna, ordre=order.pk)


def test_an_administrator_sees_no_unemployed_person(region: Sjaelland, anna: Profile) -> None:
    browser = browser_of(accounts.reader(region.offices[GREVE], Role.ADMINISTRATOR))
    assert browser.get(reverse("candidate", args=[anna.pk])).status_code == 403
    assert browser.get(reverse("candidates")).status_code == 403
    assert browser.get(reverse("candidates_import")).status_code == 200


def test_a_person_who_is_not_there(region: Sjaelland) -> None:
    browser = browser_of(region.lead)
    assert browser.get(reverse("candidate", args=[0])).status_code == 404


def test_the_list_is_the_offices_own_and_each_page_is_a_look(
    region: Sjaelland, anna: Profile
) -> None:
    own = region.person(KOEGE, name="Bo Friis", cv_updated_on=None)
    lead = browser_of(region.lead)
    page = lead.get(reverse("candidates")).text
    assert "Bo Friis" in page
    assert "Anna Bech" not in page
    assert Look.objects.latest("pk").person_ids == [own.pk]
    assert "Gamle cv&#x27;er (1)" in page
    assert "Bo Friis" in lead.get(reverse("candidates"), {"vis": "stale"}).text
    assert "Bo Friis" not in lead.get(reverse("candidates"), {"vis": "hidden"}).text
    assert "Bo Friis" not in lead.get(reverse("candidates"), {"q": "Anna"}).text


def test_lists_and_pages_take_as_many_queries_however_many_people(
    region: Sjaelland, anna: Profile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    greve = browser_of(region.consultant(GREVE))
    greve.get(reverse("tasks"))
    for more in (1, 20):
        for _ in range(more):
            region.person(GREVE)
            page_of(browser_of(region.lead), anna)
        with django_assert_num_queries(DOOR + 8):
            greve.get(reverse("candidates"))
        with django_assert_num_queries(DOOR + 12):
            page_of(greve, anna)


# Lists from the case system.


@pytest.fixture
def coordinator(region: Sjaelland) -> Client:
    return browser_of(accounts.coordinator(region.offices[GREVE]))


def upload(rows: str, name: str = "liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEADER + rows).encode("cp1252"))


def deliver(browser: Client, rows: str, **more: object) -> Any:
    return browser.post(reverse("candidates_import"), {"file": upload(rows), **more})


def rows(count: int) -> str:
    line = "k{number};Bo Ærø;Greve;lagermedarbejder;gaffeltruckcertifikat B;42\n"
    return "".join(line.format(number=number) for number in range(count))


def tried(answer: Any) -> str:
    found = re.search(r'name="tried" value="([0-9a-f]{64})"', answer.text)
    assert found, answer.text
    return found[1]


def test_a_list_is_tried_and_then_taken(coordinator: Client) -> None:
    broken = rows(3) + "k8;Ulla;Atlantis;kok;;\nk9;Bo;Greve\n"
    answer = deliver(coordinator, broken)
    assert not Profile.objects.exists()
    for text in ("<dt>Nye</dt><dd>3</dd>", "skostørrelse", "Atlantis", "kommune", "Skriv navnet"):
        assert text in answer.text
    assert "kan ikke deles i de 6 felter" in answer.text
    done = deliver(coordinator, broken, take="1", tried=tried(answer))
    assert done.status_code == 302
    assert Profile.objects.count() == 3
    assert ImportRun.objects.get().created == 3
    assert "3 nye" in coordinator.get(done["Location"]).text


def test_another_file_than_the_one_tried_is_tried_first(coordinator: Client) -> None:
    first = deliver(coordinator, rows(2))
    other = deliver(coordinator, rows(3), take="1", tried=tried(first))
    assert other.status_code == 200
    assert "<dt>Nye</dt><dd>3</dd>" in other.text
    assert not Profile.objects.exists()


def test_a_whole_list_that_lacks_many_asks_first(region: Sjaelland, coordinator: Client) -> None:
    for number in range(5):
        people.person(region.offices[GREVE], source_id=f"k{number}", municipality=GREVE)
    answer = deliver(coordinator, rows(2), full="on")
    assert answer.status_code == 422
    assert "3 af jeres 5 personer står ikke i filen" in answer.text
    agreed = deliver(coordinator, rows(2), full="on", retire_many="on")
    assert "<dt>Afsluttes</dt><dd>3</dd>" in agreed.text
    deliver(coordinator, rows(2), full="on", retire_many="on", take="1", tried=tried(agreed))
    assert Profile.objects.filter(status=Status.ENDED).count() == 3


def test_what_is_no_list_comes_back_with_a_sentence(coordinator: Client) -> None:
    letter = SimpleUploadedFile("brev.csv", b"Hej\nHermed listen\n")
    answer = coordinator.post(reverse("candidates_import"), {"file": letter})
    assert answer.status_code == 422
    assert "mangler i første linje" in answer.text
    nothing = coordinator.post(reverse("candidates_import"), {})
    assert nothing.status_code == 422


def test_a_consultant_takes_no_lists(region: Sjaelland) -> None:
    browser = browser_of(region.lead)
    assert browser.get(reverse("candidates_import")).status_code == 403
    assert "Indlæs liste" not in browser.get(reverse("candidates")).text
