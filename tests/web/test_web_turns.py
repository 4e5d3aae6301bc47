"""Forms take turns, and whoever only looks at a page does not wait behind them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tvaers.web.middleware import few_forms_at_once

SOON = 20.0
"""Seconds that something may take which is bound to come."""


def test_of_many_forms_two_are_worked_on_and_a_page_is_shown_meanwhile() -> None:
    begun, may_end = Semaphore(0), Event()

    def work(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            begun.release()
            assert may_end.wait(SOON)
        return HttpResponse()

    door, make = few_forms_at_once(work), RequestFactory()
    with ThreadPoolExecutor(6) as pool:
        forms = [pool.submit(door, make.post("/svar/1/")) for _ in range(5)]
        try:
            assert begun.acquire(timeout=SOON)
            assert begun.acquire(timeout=SOON)
            look = pool.submit(door, make.get("/jobordrer/1/"))
            assert look.result(SOON).status_code == 200
            assert not begun.acquire(timeout=0.2), "a third form had its turn at once"
        finally:
            may_end.set()
        assert [form.result(SOON).status_code for form in forms] == [200] * 5


def test_a_form_that_breaks_gives_its_turn_on() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError

    door, make = few_forms_at_once(broken), RequestFactory()
    for _ in range(5):
        try:
            door(make.post("/svar/1/"))
        except ValueError:
            continue
        raise AssertionError("nothing broke")
