"""Bevis for søgning: the page and the file, and who may have them."""

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.browser import OpenPage, troubles_at_every_width
from tests.web.conftest import DOOR, SignIn
from tests.web.order_scene import address
from tvaers.accounts.models import Role, User
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.proof.seal import opened
from tvaers.reporting.search_ledger import ledger_of

QUERIES = 9


def proof(order: Order) -> str:
    return reverse("order_proof", args=[order.pk])


def test_the_order_leads_to_its_proof(browser: Client, order: Order) -> None:
    assert f'href="{proof(order)}"' in browser.get(address(order)).text


def test_the_page_tells_each_municipality_and_what_is_missing(
    browser: Client, order: Order
) -> None:
    orders.evidence(order, network.KOEGE, network.GREVE)
    said = browser.get(proof(order)).text
    for words in (
        "Området er ikke dækket endnu",
        "2 af 3 kommuner i området er dækket",
        "Ingen egnede: ingen med de krævede kvalifikationer",
        "Solrød",
        "Ikke dækket",
        ledger_of(order.public_id).digest(),
    ):
        assert words in said
    orders.evidence(order, network.SOLROED, kind="SEARCH")
    assert "Hele området er dækket" in browser.get(proof(order)).text


def test_no_person_is_named_on_it(browser: Client, order: Order) -> None:
    main = browser.get(proof(order)).text.partition("<main")[2]
    assert "Anne Lund" in browser.get(address(order)).text.partition("<main")[2]
    assert "Anne Lund" not in main
    assert "Hanne" not in main


def test_the_file_is_a_proof_that_can_be_opened(browser: Client, order: Order) -> None:
    orders.evidence(order, network.KOEGE)
    answer = browser.get(reverse("order_proof_pdf", args=[order.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="bevis-{order.pk}.pdf"'
    assert opened(answer.content) == ledger_of(order.public_id)


def test_who_sees_orders_sees_proofs_and_an_administrator_does_not(
    signed_in: SignIn, order: Order, stranger: Client
) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    for name in ("order_proof", "order_proof_pdf"):
        there = reverse(name, args=[order.pk])
        assert stranger.get(there).status_code == 200
        assert administrator.get(there).status_code == 403
        assert Client().get(there).status_code == 302


def test_an_order_that_is_not_there_has_none(browser: Client) -> None:
    for name in ("order_proof", "order_proof_pdf"):
        assert browser.get(reverse(name, args=[999_999])).status_code == 404


def test_the_database_is_asked_as_often_however_much_was_answered(
    browser: Client, order: Order, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser.get(proof(order))  # the session notes the office
    for codes in ([network.KOEGE, network.GREVE], [network.SOLROED], [network.GREVE]):
        orders.evidence(order, *codes)
        orders.evidence(order, *codes, kind="SEARCH")
        with django_assert_num_queries(DOOR + QUERIES):
            browser.get(proof(order))


def test_a_nation_is_shown_twenty_five_at_a_time(browser: Client, order: Order) -> None:
    from tvaers.places.queries import all_codes

    orders.evidence(order, *all_codes())
    first, last = (browser.get(proof(order), {"page": page}).text for page in (1, 4))
    assert first.count('<th scope="row">') == 25
    assert "76–98 af 98" in last
    assert "uden for området" in last


def test_the_page_on_a_desk_and_on_a_phone(
    open_page: OpenPage, browser: Client, koege: Office, anne: User
) -> None:
    order = orders.an_order(office=koege, lead=anne, openings=3)
    orders.evidence(order, network.KOEGE, network.GREVE)
    orders.evidence(order, network.GREVE, kind="SEARCH")
    orders.a_word(order, "NOT_WIDER")
    page = open_page(proof(order), as_user=browser)
    assert not troubles_at_every_width(page, "proof")
