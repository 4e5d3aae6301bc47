"""Plan og status: the leads write, the offices that are asked read, others see none of it."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.factories import setting_up
from tests.leading.factories import (
    STEP,
    WORDS,
    a_closed_order,
    a_delivery,
    a_note,
    a_step,
    ask,
)
from tests.web.order_scene import address
from tvaers.accounts.models import User
from tvaers.leading.models import Evaluation, NextStep, PlannedDelivery, StatusNote
from tvaers.network.models import Office
from tvaers.orders.models import Order


@pytest.fixture
def plan(order: Order) -> str:
    return reverse("order_plan", args=[order.pk])


def key_in(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


# Status


def test_a_status_is_written_by_the_lead_and_stands_on_the_orders_page(
    browser: Client, order: Order, plan: str
) -> None:
    assert "Tovholderen har ikke skrevet en status." in browser.get(address(order)).text
    told = {"action": "note", "note-words": WORDS, "note-note_key": str(uuid4())}
    assert browser.post(plan, told)["Location"] == plan
    for page in (plan, address(order)):
        assert WORDS in browser.get(page).text
    assert "Tovholderen har skrevet en status" in browser.get(address(order)).text


def test_a_double_click_writes_one_status(browser: Client, order: Order, plan: str) -> None:
    key = key_in(browser.get(plan).text, "note-note_key")
    told = {"action": "note", "note-words": WORDS, "note-note_key": key}
    for _ in range(2):
        assert browser.post(plan, told).status_code == 302
    assert StatusNote.objects.count() == 1


def test_an_office_reads_it_from_when_it_is_asked_and_writes_nothing(
    stranger: Client, order: Order, plan: str
) -> None:
    a_note(order)
    assert "Plan og status" not in stranger.get(address(order)).text
    refused = stranger.get(plan)
    assert refused.status_code == 403
    assert "Tovholder er Anne Lund" in refused.text
    ask(order, Office.objects.get(name="Greve virksomhedsindgang"))
    for page in (plan, address(order)):
        said = stranger.get(page).text
        assert WORDS in said
        assert "Del status med deltagerne" not in said
    stranger.post(plan, {"action": "note", "note-words": "Hej", "note-note_key": str(uuid4())})
    assert StatusNote.objects.count() == 1


def test_a_number_that_must_not_be_there_is_pointed_out(
    browser: Client, order: Order, plan: str
) -> None:
    told = {"action": "note", "note-words": "Ring til 010190-1234.", "note-note_key": str(uuid4())}
    answer = browser.post(plan, told)
    assert (answer.status_code, "CPR-nummer" in answer.text) == (422, True)
    assert not StatusNote.objects.exists()


def test_a_plan_of_no_order_is_not_found(browser: Client, order: Order) -> None:
    assert browser.get(reverse("order_plan", args=[999_999])).status_code == 404


# The delivery plan


def test_the_lead_plans_and_the_office_sees_its_own_line_first(
    browser: Client, stranger: Client, order: Order, plan: str, koege: Office
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    for office, number in ((koege, 3), (greve, 2)):
        told = {"action": "delivery", "delivery-office_id": office.pk, "delivery-number": number}
        told |= {"delivery-due_on": "2026-03-06"}
        assert browser.post(plan, told).status_code == 302
    said = stranger.get(address(order)).text
    lines = said[said.index('id="plan"') :]
    assert lines.index("Greve virksomhedsindgang") < lines.index("Køge virksomhedsindgang")
    assert "Jer" in lines
    assert "6. marts 2026" in lines
    assert "Leveringsplanen er ændret" in said


def test_a_line_is_taken_off_the_plan_by_the_lead_alone(
    browser: Client, stranger: Client, order: Order, plan: str
) -> None:
    line = a_delivery(order, Office.objects.get(name="Greve virksomhedsindgang"))
    drop = {"action": "drop_delivery", "drop_delivery-delivery_id": line.pk}
    stranger.post(plan, drop)
    assert PlannedDelivery.objects.exists()
    browser.post(plan, drop)
    assert not PlannedDelivery.objects.exists()


def test_a_day_that_is_over_comes_back_with_what_was_typed(
    browser: Client, plan: str, koege: Office
) -> None:
    told = {"action": "delivery", "delivery-office_id": koege.pk, "delivery-number": "7"}
    answer = browser.post(plan, told | {"delivery-due_on": "2026-02-27"})
    assert (answer.status_code, "Dagen er passeret" in answer.text) == (422, True)
    assert 'value="7"' in answer.text


# Next steps


def test_a_step_is_agreed_with_an_office_which_says_that_it_is_done(
    browser: Client, stranger: Client, order: Order, plan: str
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    key = key_in(browser.get(plan).text, "step-step_key")
    told = {"action": "step", "step-what": STEP, "step-who": f"{greve.pk}:"}
    told |= {"step-due_on": "2026-03-06", "step-step_key": key}
    for _ in range(2):
        assert browser.post(plan, told).status_code == 302
    step = NextStep.objects.get()
    assert STEP in stranger.get(address(order)).text
    tasks = stranger.get(reverse("tasks")).text
    assert "Gør det aftalte" in tasks
    assert plan in tasks
    assert "Opgiv" not in stranger.get(plan).text
    stranger.post(plan, {"action": "finish_step", "finish_step-step_id": step.pk})
    step.refresh_from_db()
    assert step.done_at
    assert "Gør det aftalte" not in stranger.get(reverse("tasks")).text
    assert STEP not in stranger.get(address(order)).text
    assert "Gjort" in stranger.get(plan).text


def test_a_step_is_agreed_with_one_who_leads(
    browser: Client, order: Order, plan: str, anne: User
) -> None:
    told = {"action": "step", "step-what": STEP, "step-due_on": "2026-03-06"}
    browser.post(plan, told | {"step-who": f"{order.lead_office_id}:{anne.pk}"})
    assert NextStep.objects.get().user == anne
    assert f"{anne.name}, " in browser.get(plan).text


def test_an_office_finishes_no_step_of_another_and_gives_none_up(
    stranger: Client, order: Order, plan: str
) -> None:
    ask(order, Office.objects.get(name="Greve virksomhedsindgang"))
    step = a_step(order)
    assert "Det er gjort" not in stranger.get(plan).text
    sent = stranger.post(plan, {"action": "finish_step", "finish_step-step_id": step.pk})
    assert sent.status_code == 422
    stranger.post(plan, {"action": "drop_step", "drop_step-step_id": step.pk})
    assert NextStep.objects.filter(done_at=None).exists()


def test_the_lead_gives_a_step_up(browser: Client, order: Order, plan: str) -> None:
    step = a_step(order)
    browser.post(plan, {"action": "drop_step", "drop_step-step_id": step.pk})
    assert not NextStep.objects.exists()
    assert "Et aftalt skridt er opgivet" in browser.get(address(order)).text


# The evaluation

SAID = {
    "action": "evaluation",
    "evaluation-said_by": "Hanne Vestergaard",
    "evaluation-channel": "PHONE",
    "evaluation-got_people": "SOME",
    "evaluation-quality": "GOOD",
    "evaluation-speed": "POOR",
    "evaluation-differently": "Ring, før I sender nogen.",
}


def test_the_company_is_asked_when_the_order_is_closed_and_the_offices_read_it(
    browser: Client, stranger: Client, koege: Office, anne: User
) -> None:
    order = a_closed_order(office=koege, lead=anne)
    plan = reverse("order_plan", args=[order.pk])
    assert "Virksomheden er ikke spurgt" in browser.get(address(order)).text
    for _ in range(2):
        assert browser.post(plan, SAID).status_code == 302
    assert Evaluation.objects.get().speed == "POOR"
    assert "Ring, før I sender nogen." in browser.get(address(order)).text
    assert "Ring, før I sender nogen." not in stranger.get(address(order)).text
    assert 'value="Hanne Vestergaard"' in browser.get(plan).text


def test_an_open_order_is_not_evaluated(browser: Client, order: Order, plan: str) -> None:
    assert "Virksomhedens evaluering" not in browser.get(plan).text
    browser.post(plan, SAID)
    assert not Evaluation.objects.exists()


def test_an_evaluation_without_a_word_on_speed_comes_back(
    browser: Client, koege: Office, anne: User
) -> None:
    order = a_closed_order(office=koege, lead=anne)
    told = SAID | {"evaluation-speed": ""}
    answer = browser.post(reverse("order_plan", args=[order.pk]), told)
    assert (answer.status_code, "Ring, før I sender nogen." in answer.text) == (422, True)
    assert not Evaluation.objects.exists()


def test_the_plan_stands_in_english_too(
    browser: Client, order: Order, plan: str, anne: User, koege: Office
) -> None:
    a_delivery(order, koege)
    a_step(order)
    with setting_up():
        User.objects.filter(pk=anne.pk).update(language="en")
    said = browser.get(plan).text
    assert '<html lang="en">' in said
    for words in ("Delivery plan", "Next steps", "Share the status with those who take part"):
        assert words in said
