"""What machines ask: alive, ready, figures. And the headers that every answer carries."""

import json
import logging

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.web.conftest import SignIn
from tvaers.core.log_lines import JsonLines
from tvaers.web.pages import health

ALIVE, READY, METRICS = "/sundhed/", "/klar/", "/metrics"


def test_alive_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(ALIVE)
    assert answer.json() == {"alive": True}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_its_tables_are_of_today(client: Client) -> None:
    answer = client.get(READY)
    assert (answer.status_code, answer.json()) == (200, {"database": True, "tables": True})


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away_or_its_tables_are_older(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = frozenset({("orders", "9999_from_tomorrow")})
    monkeypatch.setattr(health, "_expected", lambda: newer)
    answer = client.get(READY)
    assert (answer.status_code, answer.json()) == (503, {"database": True, "tables": False})

    def away(_recorder: MigrationRecorder) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = client.get(READY)
    assert (answer.status_code, answer.json()) == (503, {"database": False, "tables": False})


@pytest.mark.parametrize("address", [ALIVE, READY, METRICS])
@pytest.mark.django_db
def test_nothing_can_be_sent_to_them(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_the_figures_tell_of_the_house_and_of_its_pages(client: Client) -> None:
    client.get(reverse("sign_in"))
    said = client.get(METRICS).text
    for line in (
        "tvaers_outbox_age_seconds 0.0",
        "tvaers_outbox_waiting 0.0",
        'tvaers_answers{state="late"} 0.0',
        'tvaers_requests{state="in_time"} 0.0',
        'tvaers_jobs{state="todo"} 0.0',
        'tvaers_page_seconds_count{method="GET",page="sign_in",status="2xx"}',
    ):
        assert line in said


@pytest.mark.django_db
def test_the_figures_are_for_this_machine_alone(client: Client) -> None:
    assert client.get(METRICS).status_code == 200
    assert client.get(METRICS, REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get(METRICS, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403


@pytest.mark.django_db
def test_or_for_those_who_have_the_token(client: Client, settings: Settings) -> None:
    settings.TVAERS_METRICS_TOKEN = "s3cret"
    assert client.get(METRICS).status_code == 403
    for given, status in (("Bearer s3cret", 200), ("Bearer other", 403), ("s3cret", 403)):
        headers = {"Authorization": given}
        assert client.get(METRICS, headers=headers).status_code == status


def test_a_visit_is_one_line_that_names_the_page_and_nobody(
    signed_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="tvaers.web.visits")
    signed_in().get(reverse("company", args=[999_999]), {"q": "Ida Prøvesen"})
    (line,) = [JsonLines().format(record) for record in caplog.records if "visits" in record.name]
    told = json.loads(line)
    assert (told["page"], told["method"], told["status"]) == ("company", "GET", 404)
    assert told["ms"] > 0
    assert "999999" not in line
    assert "Ida" not in line


@pytest.mark.parametrize("address", [ALIVE, "/log-ind/", "/findes-ikke/", "/static/tvaers.css"])
@pytest.mark.django_db
def test_every_answer_carries_the_headers(client: Client, address: str) -> None:
    answer = client.get(address)
    answer.close()  # a file that is served
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_a_page_over_http_is_sent_to_https_but_a_probe_is_answered(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^sundhed/$", r"^klar/$", r"^metrics$"]
    assert Client().get("/log-ind/").status_code == 301
    assert Client().get(ALIVE).status_code == 200
