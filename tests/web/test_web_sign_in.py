"""Signing in, out, and choosing a language."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.accounts import factories as accounts
from tests.accounts.factories import PASSWORD
from tests.core.factories import MONDAY, SETUP
from tests.orders import factories as orders
from tests.web.conftest import SignIn
from tvaers.accounts.models import Role, User
from tvaers.links import operations as links
from tvaers.links.models import Purpose
from tvaers.links.tokens import token_of
from tvaers.network.models import Office
from tvaers.web import clock
from tvaers.web.demo import PEOPLE


def try_to_sign_in(email: str, password: str) -> bool:
    browser = Client()
    browser.post(reverse("sign_in"), {"email": email, "password": password})
    return "_auth_user_id" in browser.session


@pytest.fixture
def anne(koege: Office) -> User:
    someone = accounts.user("Anne Lund", email="anne@koege.dk")
    accounts.appoint(someone, koege, Role.CONSULTANT)
    return someone


def test_the_right_password_lets_in_and_capitals_do_not_matter(anne: User) -> None:
    assert try_to_sign_in("Anne@Koege.dk", PASSWORD)
    assert not try_to_sign_in("anne@koege.dk", "gætteri")


def test_a_wrong_password_does_not_claim_that_something_was_kept(anne: User) -> None:
    told = {"email": "anne@koege.dk", "password": "gætteri"}
    page = Client().post(reverse("sign_in"), told).content.decode()
    assert "Du blev ikke logget ind." in page
    assert "er bevaret" not in page


def test_an_old_hash_is_renewed_at_sign_in(anne: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    assert try_to_sign_in("anne@koege.dk", PASSWORD)
    anne.refresh_from_db()
    assert anne.password.startswith("pbkdf2")


def test_after_five_failures_even_the_right_password_waits_a_quarter_of_an_hour(
    anne: User, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        assert not try_to_sign_in("anne@koege.dk", "gætteri")
    assert not try_to_sign_in("anne@koege.dk", PASSWORD)
    monkeypatch.setattr(clock, "now", lambda: monday + timedelta(minutes=15))
    assert try_to_sign_in("anne@koege.dk", PASSWORD)


def test_who_is_switched_off_stays_outside(anne: User) -> None:
    from tests.core.factories import setting_up

    with setting_up():
        User.objects.filter(pk=anne.pk).update(is_active=False)
    assert not try_to_sign_in("anne@koege.dk", PASSWORD)


def test_an_address_of_another_house_is_not_followed(anne: User) -> None:
    form = {"email": anne.email, "password": PASSWORD, "next": "https://ond.example/"}
    assert Client().post(reverse("sign_in"), form)["Location"] == "/"


def test_the_language_is_kept_on_the_user(signed_in: SignIn) -> None:
    browser = signed_in()
    assert '<html lang="da">' in browser.get(reverse("tasks")).text
    browser.post(reverse("choose_language"), {"language": "en"})
    page = browser.get(reverse("tasks")).text
    assert '<html lang="en">' in page
    assert "My tasks" in page
    assert User.objects.get(name="Anne Lund").language == "en"


def test_a_new_password_needs_the_old_one(signed_in: SignIn) -> None:
    browser = signed_in()
    wrong = browser.post(reverse("change_password"), {"old": "nej", "new": "lang-og-ny-kode"})
    assert wrong.status_code == 422
    browser.post(reverse("change_password"), {"old": PASSWORD, "new": "lang-og-ny-kode"})
    assert User.objects.get(name="Anne Lund").check_password("lang-og-ny-kode")
    assert browser.get(reverse("tasks")).status_code == 200


def test_one_click_signs_in_to_the_demo_and_nowhere_else(koege: Office, settings: Settings) -> None:
    person = PEOPLE[0]
    someone = accounts.user("Demo", email=person.email)
    accounts.appoint(someone, koege, Role.CONSULTANT)
    address = reverse("demo_sign_in", args=[person.name])
    assert Client().post(address).status_code == 403
    settings.TVAERS_DEMO = True
    browser = Client()
    browser.post(address)
    page = browser.get(reverse("tasks")).text
    assert "Prøv dette" in page
    assert str(person.tries[0]) in page


def test_the_demo_opens_the_newest_link_that_a_company_got(
    settings: Settings, koege: Office
) -> None:
    address = reverse("demo_sign_in", args=["virksomhed"])
    order = orders.an_order(office=koege)
    (made,) = links.make(
        links=[
            links.NewLink(
                purpose=Purpose.COMPANY,
                about=order.pk,
                expires_at=MONDAY + timedelta(days=9),
            )
        ],
        by=SETUP,
        at=MONDAY,
    )
    assert Client().post(address).status_code == 403
    settings.TVAERS_DEMO = True
    answer = Client().post(address, follow=True)
    assert answer.redirect_chain[0][0] == reverse("company_link", args=[token_of(made)])
    assert order.title in answer.text
    assert Client().post(reverse("demo_sign_in", args=["ledig"])).status_code == 403
    offered = Client().get(reverse("sign_in")).text
    assert "Virksomhed: jeres stilling" in offered
    assert "Ledig: må dit cv deles?" not in offered
