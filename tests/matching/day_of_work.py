"""A day of work on a demo world: people come, change, are hired, reported, released and removed,
by the operations that screens and imports use, while searches go on and builders of the index die.
"""

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import psycopg
from django.db import connections

from tests.candidates.factories import deliver, record
from tests.core.factories import SETUP
from tests.core.waiting import PATIENCE
from tests.taxonomy.word_files import a_folder
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Identity, Person, Profile, SourceRecord
from tvaers.candidates.records import Record
from tvaers.companies.models import Company
from tvaers.companies.operations import set_conflict
from tvaers.connectors.word_folder import read_folder
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import danish_date
from tvaers.database.change import changing
from tvaers.matching import index_feed, index_folder
from tvaers.matching import operations as matching
from tvaers.matching.index_feed import current_index
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.places.municipalities import all_municipalities
from tvaers.places.postcode_lists import PostcodeLine, take_postcodes
from tvaers.places.postcodes import all_postcodes
from tvaers.referrals.disclosure import ask_release, grant_release
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral
from tvaers.referrals.operations import ReferralRefused, hire, present, propose_hits
from tvaers.taxonomy.operations import take_words

COPIED = {field.name for field in fields(Record)} & {f.name for f in Profile._meta.fields}


class DayOfWork:
    """Deeds drawn by chance from `begins` on, five minutes apart; `done` counts those that were."""

    def __init__(self, *, begins: datetime, seed: int, folder: Path) -> None:
        self.at, self.chance, self.folder = begins, Random(seed), folder
        self.done: Counter[str] = Counter()
        deeds = (
            self.deliver_changes, self.deliver_changes, self.report, self.confirm, self.deny,
            self.lose_the_basis, self.add_someone, self.conflict, self.release, self.propose,
            self.hire, self.remove, self.search, self.commit_late, self.start_anew,
        )  # fmt: skip
        rare = (self.deliver_all, self.take_words, self.take_postcodes, self.kill_a_builder,
                self.build_anew)  # fmt: skip
        self.deeds: list[Callable[[], bool]] = [*deeds * 4, *rare]

    def live(self, *, deeds: int) -> None:
        """Each deed once, then `deeds` more; a search reads the index after every one."""
        once = list(dict.fromkeys(self.deeds))
        self.chance.shuffle(once)
        for deed in [*once, *self.chance.choices(self.deeds, k=deeds)]:
            self.at += timedelta(minutes=5)
            with suppress(ReferralRefused):
                self.done[deed.__name__] += deed()
            current_index(danish_date(self.at))

    def someone(self, **given: object) -> Profile | None:
        found = Profile.objects.filter(home_office__isnull=False, **given).order_by("pk")
        return self.chance.choice(found) if found else None

    def an_order(self) -> Order:
        return self.chance.choice(Order.objects.exclude(stage="CLOSED").order_by("pk"))

    def lead(self, order: Order) -> Actor:
        return Actor(kind=ActorKind.PERSON, id=order.lead_id, office_id=order.lead_office_id)

    def home(self, profile: Profile) -> Actor:
        return Actor(kind=ActorKind.JOB, label="a day", office_id=profile.home_office_id)

    def listed(self, office: Office) -> dict[str, Profile]:
        """The office's people by their keys in its list."""
        rows = SourceRecord.objects.filter(office=office, person__profile__home_office=office)
        keys = rows.exclude(source_id__startswith="hand-").values_list("source_id", "person_id")
        people = Profile.objects.in_bulk([person for _, person in keys])
        return {key: people[person] for key, person in sorted(keys)}

    def told(self, key: str, profile: Profile, **changed: object) -> Record:
        """A row of the list about someone as they were, but for what is `changed`."""
        as_was = {name: getattr(profile, name) for name in COPIED}
        as_was |= {name: tuple(v) for name, v in as_was.items() if isinstance(v, list)}
        as_was |= {"municipality": profile.municipality_id, "source_id": key}
        as_was["digest"] = f"{self.chance.getrandbits(256):064x}"
        return record(**(as_was | changed))

    def a_change(self) -> dict[str, object]:
        chance, home = self.chance, self.chance.choice(all_postcodes())
        return chance.choice([
            {"municipality": home.municipality, "postcode": f"{home.first:04d}"},
            {"status": chance.choice(["ACTIVE", "PAUSED", "ENDED"])},
            {"concepts": tuple(sorted(chance.sample(range(10_000, 10_060), 4)))},
            {"wanted": (chance.randrange(1, 300),), "wanted_titles": "Ægpakker"},
            {"car": chance.random() < 0.5, "max_travel_minutes": chance.randrange(10, 120)},
            {"available_from": danish_date(self.at) + timedelta(days=chance.randrange(60))},
        ])  # fmt: skip

    def deliver_changes(self) -> bool:
        office = self.chance.choice(Office.objects.filter(profiles__isnull=False).distinct())
        people = list(self.listed(office).items())
        some = self.chance.sample(people, min(5, len(people)))
        deliver(office, *(self.told(*one, **self.a_change()) for one in some), record(), at=self.at)
        return True

    def deliver_all(self) -> bool:
        """The whole list, in which one in ten is missing."""
        office = self.chance.choice(Office.objects.filter(profiles__isnull=False).distinct())
        kept = [one for one in self.listed(office).items() if self.chance.random() > 0.1]
        rows = [self.told(*one) for one in kept]
        deliver(office, *rows, full=True, retire_many=True, at=self.at)
        return bool(rows)

    def report(self) -> bool:
        found, order = self.someone(reported_unavailable_at=None), self.an_order()
        if found:
            candidates.report_unavailable(person_id=found.pk, by=self.lead(order), at=self.at)
        return bool(found)

    def confirm(self) -> bool:
        found = self.someone(reported_unavailable_at__isnull=False)
        if found:
            candidates.confirm_unavailable(person_id=found.pk, by=self.home(found), at=self.at)
        return bool(found)

    def deny(self) -> bool:
        found = self.someone(reported_unavailable_at__isnull=False)
        if found:
            candidates.deny_unavailable(person_id=found.pk, by=self.home(found), at=self.at)
        return bool(found)

    def lose_the_basis(self) -> bool:
        found = self.someone()
        if found:
            basis = "" if found.legal_basis else "LAB"
            candidates.set_legal_basis(
                person_id=found.pk, legal_basis=basis, by=self.home(found), at=self.at
            )
        return bool(found)

    def add_someone(self) -> bool:
        order = self.an_order()
        candidates.add_by_hand(
            office_id=order.lead_office_id, municipality="0259", name="Kandidat", legal_basis="LAB",
            wanted=[order.occupation or 1], by=self.lead(order), at=self.at,
        )  # fmt: skip
        return True

    def conflict(self) -> bool:
        company = self.chance.choice(Company.objects.order_by("pk"))
        since = None if company.in_conflict else danish_date(self.at)
        set_conflict(company_id=company.pk, since=since, by=SETUP, at=self.at)
        return True

    def release(self) -> bool:
        found, order = self.someone(), self.an_order()
        if found is None:
            return False
        asked = ask_release(order_id=order.pk, person_id=found.pk, by=self.lead(order), at=self.at)
        grant_release(release_id=asked.pk, by=self.home(found), at=self.at)
        return True

    def search(self) -> bool:
        order = self.an_order()
        scope = [fact.code for fact in all_municipalities() if fact.part == "EAST"]
        matching.search(order_id=order.pk, scope=scope, by=self.lead(order), at=self.at)
        return True

    def propose(self) -> bool:
        order, found = self.an_order(), self.someone(status="ACTIVE")
        refused = propose_hits(
            order_id=order.pk, person_ids=[found.pk] if found else [], by=self.lead(order),
            at=self.at,
        )  # fmt: skip
        return not refused

    def hire(self) -> bool:
        """Someone proposed, once presented, is hired from one of the next days."""
        found = self.referral(State.PRESENTED, State.INTERVIEW) or self.presented()
        if found is None:
            return False
        starts_on = danish_date(self.at) + timedelta(days=self.chance.randrange(3))
        hire(
            referral_id=found.pk, starts_on=starts_on, hours=37, by=self.lead(found.order),
            at=self.at,
        )  # fmt: skip
        return True

    def presented(self) -> Referral | None:
        found = self.referral(State.PROPOSED)
        if found:
            present(
                order_id=found.order_id, referral_ids=[found.pk], by=self.lead(found.order),
                at=self.at,
            )  # fmt: skip
        return found

    def referral(self, *states: State) -> Referral | None:
        """One that the rules let go on."""
        rows = Referral.objects.filter(state__in=states, order__company__in_conflict=False)
        rows = rows.exclude(order__stage="CLOSED").filter(order__paused_at__isnull=True)
        found = list(rows.select_related("order").order_by("pk"))
        return self.chance.choice(found) if found else None

    def remove(self) -> bool:
        """Someone added by hand is erased, by the office that may see who it is."""
        found = self.someone(person__records__source_id__startswith="hand-")
        if found:
            with changing(by=self.home(found), at=self.at):
                Identity.objects.filter(pk=found.pk).delete()  # while its wall knows the office
                Person.objects.get(pk=found.pk).delete()
        return bool(found)

    def commit_late(self) -> bool:
        """A writer that began before a search commits after the next one."""
        found = self.someone()
        if found is None:
            return False
        with closing(connections["default"].copy()) as other:
            other.ensure_connection()
            writer: psycopg.Connection = other.connection
            writer.execute("begin")
            writer.execute("select set_config('tvaers.actor', %s, true)", [SETUP.text])
            writer.execute(
                "update candidates_profile set status = 'PAUSED' where person_id = %s", [found.pk]
            )
            self.add_someone()
            current_index(danish_date(self.at))
            writer.execute("commit")
        return True

    def take_words(self) -> bool:
        read = read_folder(a_folder(self.folder / "esco"))
        take_words(
            lists=read.lists, concepts=read.concepts, titles=read.titles, by=SETUP, at=self.at
        )
        return True

    def take_postcodes(self) -> bool:
        """A list in which each postcode lies somewhere around its municipality's town."""
        town = {fact.code: fact for fact in all_municipalities()}
        lines = [
            PostcodeLine(
                f"{fact.first:04d}", fact.town, fact.municipality,
                town[fact.municipality].latitude + self.chance.uniform(-0.1, 0.1),
                town[fact.municipality].longitude + self.chance.uniform(-0.1, 0.1),
            )
            for fact in all_postcodes()
        ]  # fmt: skip
        take_postcodes(lines=lines, file_name="post.csv", sha256="0" * 64, by=SETUP, at=self.at)
        return True

    def start_anew(self) -> bool:
        """As another process would."""
        index_feed._newest = None
        return True

    def build_anew(self) -> bool:
        index_folder.rebuilt(danish_date(self.at))
        return True

    def kill_a_builder(self) -> bool:
        connections.close_all()
        builder = multiprocessing.get_context("fork").Process(
            target=build_and_build, args=[self.at]
        )
        builder.start()
        time.sleep(self.chance.uniform(0.02, 0.4))
        assert builder.pid
        os.kill(builder.pid, signal.SIGKILL)
        builder.join(PATIENCE)
        return True


def build_and_build(at: datetime) -> None:
    """Build the index until killed."""
    while True:
        index_folder.rebuilt(danish_date(at))
