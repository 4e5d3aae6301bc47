"""Brugere: managers keep their own office, administrators every office."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.accounts import factories as accounts
from tests.network import factories as network
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Appointment, Role, User
from tvaers.network.models import Office

NEW = {
    "action": "user",
    "user-name": "Ida Krogh",
    "user-email": "ida@koege.dk",
    "user-role": "CONSULTANT",
    "user-password": "torvet-i-regn-7",
}


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.COORDINATOR, Role.PARTNER])
def test_others_do_not_come_in(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role).get(reverse("users")).status_code == 403


def test_a_new_user_signs_in_at_once(signed_in: SignIn, koege: Office) -> None:
    browser = signed_in(Role.MANAGER)
    answer = browser.post(reverse("users"), NEW)
    assert answer.status_code == 302
    newcomer = Client()
    newcomer.post(reverse("sign_in"), {"email": "ida@koege.dk", "password": "torvet-i-regn-7"})
    assert "Køge virksomhedsindgang" in newcomer.get(reverse("tasks")).text
    again = browser.post(reverse("users"), NEW)
    assert "Nogen logger allerede ind" in again.text
    assert User.objects.filter(email="ida@koege.dk").count() == 1


def test_a_weak_password_makes_no_user(signed_in: SignIn) -> None:
    answer = signed_in(Role.MANAGER).post(reverse("users"), NEW | {"user-password": "12345678"})
    assert answer.status_code == 422
    assert not User.objects.filter(email="ida@koege.dk").exists()


def test_a_role_ends_and_the_next_click_is_refused(signed_in: SignIn, koege: Office) -> None:
    bo = accounts.user("Bo Friis")
    his = signed_in(Role.CONSULTANT, user=bo)
    manager = signed_in(Role.MANAGER)
    assert his.get(reverse("tasks")).status_code == 200
    held = Appointment.objects.get(user=bo)
    manager.post(reverse("users"), {"action": "end", "end-appointment_id": held.pk})
    assert his.get(reverse("tasks")).status_code == 403


def test_a_second_role_has_its_dates(signed_in: SignIn, koege: Office) -> None:
    browser = signed_in(Role.MANAGER)
    bo = accounts.user("Bo Friis")
    accounts.appoint(bo, koege, Role.CONSULTANT)
    form = {
        "action": "appoint",
        "appoint-user_id": bo.pk,
        "appoint-role": "COORDINATOR",
        "appoint-from_day": "2026-04-01",
        "appoint-last_day": "2026-06-30",
    }
    browser.post(reverse("users"), form)
    made = Appointment.objects.get(user=bo, role=Role.COORDINATOR)
    assert (made.starts_on, made.ends_on) == (date(2026, 4, 1), date(2026, 6, 30))


def test_a_manager_stays_in_the_own_office_and_makes_no_administrators(
    signed_in: SignIn, koege: Office
) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    browser = signed_in(Role.MANAGER)
    assert browser.get(reverse("users"), {"office": greve.pk}).status_code == 403
    answer = browser.post(reverse("users"), NEW | {"user-role": "ADMINISTRATOR"})
    assert answer.status_code == 422
    assert not Appointment.objects.filter(role=Role.ADMINISTRATOR).exists()
    administrator = signed_in(Role.ADMINISTRATOR, user=accounts.user("Ada Holm"))
    held = Appointment.objects.get(role=Role.ADMINISTRATOR)
    browser.post(reverse("users"), {"action": "end", "end-appointment_id": held.pk})
    assert administrator.get(reverse("users"), {"office": greve.pk}).status_code == 200


def test_who_is_switched_off_is_out_at_once_and_comes_back(
    signed_in: SignIn, koege: Office
) -> None:
    bo = accounts.user("Bo Friis")
    his = signed_in(Role.CONSULTANT, user=bo)
    manager = signed_in(Role.MANAGER)
    assert his.get(reverse("tasks")).status_code == 200
    page = manager.post(reverse("users"), switch("off", bo), follow=True).text
    assert "Slået fra" in page
    assert "Slå til igen" in page
    assert his.get(reverse("tasks")).status_code == 302
    assert manager.post(reverse("users"), switch("off", bo)).status_code == 422
    manager.post(reverse("users"), switch("on", bo))
    bo.refresh_from_db()
    assert bo.is_active
    assert Appointment.objects.filter(user=bo).exists()


def test_a_manager_switches_off_nobody_that_others_count_on(
    signed_in: SignIn, koege: Office
) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    both, admin, bo = (accounts.user(name) for name in ("Ida Juhl", "Ada Holm", "Bo Friis"))
    for someone in (both, bo):
        accounts.appoint(someone, koege, Role.CONSULTANT)
    accounts.appoint(both, greve, Role.CONSULTANT)
    administrator = signed_in(Role.ADMINISTRATOR, user=admin)
    lone = accounts.user("Lone Lund")
    manager = signed_in(Role.MANAGER, user=lone)
    for someone in (both, admin, lone):
        answer = manager.post(reverse("users"), switch("off", someone))
        assert answer.status_code == 422, someone.name
        assert "ikke dit at gøre" in answer.text
    administrator.post(reverse("users"), switch("off", both))
    assert set(User.objects.filter(is_active=False)) == {both}


def switch(way: str, user: User) -> dict[str, object]:
    return {"action": f"switch-{way}", f"switch-{way}-user_id": user.pk}


def test_the_list_takes_as_many_queries_for_many(
    signed_in: SignIn, koege: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(Role.MANAGER)
    browser.get(reverse("tasks"))
    for _ in range(3):
        accounts.appoint(accounts.user(), koege, Role.CONSULTANT, Role.COORDINATOR)
        with django_assert_num_queries(DOOR + 1):
            browser.get(reverse("users"))
