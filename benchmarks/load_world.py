"""People at every office of a served demo world, signed in, and an order that all are asked about.

Reads and writes the world's database beside the server; what a person does with it goes by HTTP.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at one office alone, and the key of a session that is signed in."""

    user_id: int
    office_id: int
    session: str


@dataclass(frozen=True)
class Asking:
    """An order in dialogue that may go to the whole country, and the colleague who leads it."""

    order_id: int
    lead: Colleague


def open_world(environment: dict[str, str]) -> None:
    """Use the world of these settings in this process."""
    os.environ.update(environment, TVAERS_DEMO="1", DJANGO_SETTINGS_MODULE="tvaers.settings")
    import django

    django.setup()


def colleagues(at: datetime) -> list[Colleague]:
    """Everyone who is a consultant at one office and works at no other, each signed in."""
    from tvaers.accounts.models import Appointment, Role, User
    from tvaers.core.working_days import danish_date

    offices: dict[int, set[int]] = {}
    today = Appointment.objects.on(danish_date(at))
    for user_id, office_id, role in today.values_list("user_id", "office_id", "role"):
        offices.setdefault(user_id, set()).add(office_id if role == Role.CONSULTANT else 0)
    alone = {user_id: of for user_id, of in offices.items() if len(of) == 1 and 0 not in of}
    users = User.objects.filter(pk__in=alone, is_active=True).order_by("pk")
    return [Colleague(user.pk, min(alone[user.pk]), _session(user)) for user in users]


def an_order(lead: Colleague, at: datetime) -> Asking:
    """A new order of `lead`, about which every office may be asked."""
    from tvaers.companies.models import Channel, Company
    from tvaers.core.actor import Actor, ActorKind
    from tvaers.network.models import LadderStep
    from tvaers.orders import operations as orders
    from tvaers.orders.lifecycle import Subject
    from tvaers.orders.need import Need, NewOrder
    from tvaers.taxonomy.linker import linker

    company = Company.objects.filter(in_conflict=False).order_by("pk")[0]
    by = Actor(kind=ActorKind.PERSON, id=lead.user_id, office_id=lead.office_id)
    need = Need(
        scheme="ordinary",
        title="Lagermedarbejder",
        description="Vi søger tre til lageret.",
        workplace_ids=tuple(company.workplaces.order_by("pk").values_list("pk", flat=True)),
        occupation=linker().titles("lagermedarbejder", top=1)[0][0],
    )
    new = NewOrder(
        public_id=uuid4(),
        company_id=company.pk,
        openings=3,
        need=need,
        lead_office_id=lead.office_id,
        lead_id=lead.user_id,
    )
    order = orders.receive(new=new, by=by, at=at)
    orders.record_word(
        order_id=order.pk,
        subject=Subject.DIALOGUE,
        said_by="Hanne Eksempelsen",
        said_at=at,
        channel=Channel.PHONE,
        by=by,
        at=at,
    )
    orders.widen(order_id=order.pk, to=LadderStep.NATION, by=by, at=at)
    return Asking(order.pk, lead)


def requests_of(order_id: int) -> dict[int, int]:
    """The request that each office has got about the order, by office."""
    from tvaers.circulation.models import Request

    rows = Request.objects.filter(order_id=order_id).order_by("pk")
    return dict(rows.values_list("office_id", "pk"))


def answers_to(order_id: int) -> tuple[int, int]:
    """How many requests about the order have an answer that counts, and how many have two."""
    from collections import Counter

    from tvaers.circulation.models import Answer

    rows = Answer.objects.filter(request__order_id=order_id, replaced_at=None)
    count = Counter(rows.values_list("request_id", flat=True))
    return len(count), sum(number > 1 for number in count.values())


def _session(user: Any) -> str:
    """A new session in which the person has signed in."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return str(request.session.session_key)
