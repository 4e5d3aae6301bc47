"""Ny jobordre: what an ad lets people choose between stays a choice."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.companies import factories as companies
from tests.orders import factories as orders
from tests.web.conftest import SignIn
from tests.web.order_scene import fields_of
from tests.web.test_web_orders_new import begin
from tvaers.accounts.models import Role
from tvaers.companies.models import Company
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.taxonomy.starter import starter

AD = "Vi søger en murer eller tømrer til Køge. Krav: krancertifikat D eller G."


@pytest.fixture
def company(koege: Office) -> Company:
    orders.with_defaults()
    return companies.company("Åse Lager A/S")


@pytest.fixture
def browser(signed_in: SignIn) -> Client:
    return signed_in(Role.CONSULTANT)


def test_either_goes_from_the_ad_through_the_form_to_the_order(
    browser: Client, company: Company
) -> None:
    draft = begin(browser, company, AD)
    page = browser.get(draft).text
    assert "Eller en af disse, der er lige så gode" in page
    assert "krancertifikat D eller G" in page
    answer = browser.post(draft, fields_of(page))
    assert answer.status_code == 302, answer.text
    order = Order.objects.get()
    key = starter().by_key
    assert (order.occupation, order.other_occupations) == (key("murer").id, [key("toemrer").id])
    requirement = order.requirements.get()
    assert (requirement.concept, requirement.either) == (key("kran-d").id, [key("kran-g").id])
    assert "murer eller tømrer" in browser.get(reverse("order", args=[order.pk])).text.lower()


def test_a_line_that_is_typed_may_say_either(browser: Client, company: Company) -> None:
    draft = begin(browser, company)
    told = fields_of(browser.get(draft).text)
    page = browser.post(draft, told | {"add_words": "kran certifikat D eller G", "do": "add"}).text
    told = fields_of(page)
    both = " ".join(str(starter().by_key(key).id) for key in ("kran-g",))
    assert both in [value for name, value in told.items() if name.endswith("-either")]


def test_the_one_chosen_is_not_one_of_the_others(browser: Client, company: Company) -> None:
    draft = begin(browser, company, AD)
    told = fields_of(browser.get(draft).text)
    other = starter().by_key("toemrer").id
    browser.post(draft, told | {"occupation": str(other), "other_occupations": [str(other)]})
    order = Order.objects.get()
    assert (order.occupation, order.other_occupations) == (other, [])
