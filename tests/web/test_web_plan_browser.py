"""Plan og status in a browser: at a desk and on a phone, for the lead and for an office asked."""

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.core.factories import MONDAY
from tests.leading.factories import (
    FRIDAY,
    STEP,
    WORDS,
    a_closed_order,
    a_delivery,
    a_note,
    a_step,
    an_evaluation,
)
from tests.orders import factories as orders
from tests.web.browser import OpenPage, troubles_at_every_width
from tvaers.accounts.models import User
from tvaers.leading.operations import finish_step
from tvaers.network.models import Office
from tvaers.orders.models import Order


def test_the_plan_for_its_lead_and_for_an_office(
    open_page: OpenPage, browser: Client, stranger: Client, order: Order, koege: Office, anne: User
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    a_delivery(order, koege, 12, due_on=MONDAY.date())
    a_delivery(order, greve, 4, due_on=FRIDAY)
    a_step(order, office=greve)
    done = a_step(order, "Send virksomheden et udkast til annoncen.", user_id=anne.pk)
    finish_step(order_id=order.pk, step_id=done.pk, by=orders.lead_of(order), at=MONDAY)
    a_note(order)
    over = a_closed_order(office=koege, lead=anne)
    an_evaluation(over)
    found = []
    for who, client in (("lead", browser), ("office", stranger)):
        page: Page | None = None
        for address in (reverse("order_plan", args=[order.pk]), reverse("order", args=[order.pk])):
            page = open_page(address, as_user=client, page=page)
            expect(page.get_by_text(WORDS)).to_be_visible()
            found += troubles_at_every_width(page, f"{who}-{address}")
    page = open_page(reverse("order_plan", args=[over.pk]), as_user=browser)
    expect(page.get_by_text("Ring, før I sender nogen.").first).to_be_visible()
    found += troubles_at_every_width(page, "evaluation")
    assert not found


def test_a_lead_plans_and_an_office_does_its_step(
    open_page: OpenPage, browser: Client, stranger: Client, order: Order
) -> None:
    plan = reverse("order_plan", args=[order.pk])
    page = open_page(plan, as_user=browser)
    page.get_by_text("Aftal et næste skridt").click()
    page.get_by_label("Hvad skal gøres?").fill(STEP)
    page.get_by_label("Hvem?").select_option("Greve virksomhedsindgang")
    page.get_by_label("Senest hvornår?").last.fill("2026-03-06")
    assert not troubles_at_every_width(page, "plan-step-open")
    page.get_by_role("button", name="Gem skridtet").click()
    expect(page.get_by_text("Skridtet er gemt.")).to_be_visible()
    theirs = open_page(reverse("tasks"), as_user=stranger)
    theirs.get_by_role("link", name="Gør det aftalte").click()
    theirs.get_by_role("button", name="Det er gjort").click()
    expect(theirs.get_by_text("Skridtet er gjort.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Det er gjort")).to_have_count(0)
