"""A file of candidates becomes people: the same file twice changes nothing (M3, M8, R6)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tvaers.candidates.models import (
    CvText,
    Following,
    Identity,
    ImportRun,
    Person,
    Profile,
    SourceRecord,
    Status,
)
from tvaers.candidates.records import Record
from tvaers.core.actor import Actor
from tvaers.core.danish_order import danish_sort_key
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.network.models import Office, OfficeKind

TOO_MANY = 0.2
"""A full list that would retire more than this share stops and asks (formats.md)."""

BATCH = 1000
PROFILE_FIELDS = (
    "postcode",
    "status",
    "legal_basis",
    "wanted_titles",
    "held_titles",
    "skill_words",
    "education",
    "wanted",
    "held",
    "held_years",
    "held_until",
    "concepts",
    "available_from",
    "hours_min",
    "hours_max",
    "kinds",
    "max_travel_minutes",
    "car",
    "cv_updated_on",
)
IDENTITY_FIELDS = ("name", "email", "phone", "address", "birth_date", "protected")


@dataclass
class TooManyMissing(Exception):
    """The full list lacks more than a fifth of the office's people: ask before retiring them."""

    missing: int
    total: int


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with `dry_run` would do."""

    created: int
    changed: int
    unchanged: int
    retired: int
    dry_run: bool


class _DryRun(Exception):
    """Undoes everything at the end of a dry run."""


@change
def import_candidates(
    *,
    office_id: int,
    records: Sequence[Record],
    file_name: str,
    file_sha256: str,
    by: Actor,
    at: datetime,
    data_at: datetime | None = None,
    full: bool = False,
    dry_run: bool = False,
    retire_many: bool = False,
    problems: Sequence[dict[str, Any]] = (),
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Take an office's list. `data_at` is when it was true (default `at`): the data's age (R6).

    With `full`, the office's people who are missing are retired; raises `TooManyMissing` above a
    fifth unless `retire_many`. The same person from another office is joined by `cpr_key`; the
    municipality's record decides before a fund's. `progress` is told the records done, by batches.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=office_id)
    run = ImportRun(
        office=office,
        kind=ImportRun.Kind.CANDIDATES,
        file_name=file_name,
        file_sha256=file_sha256,
        full=full,
        data_at=data_at or at,
        imported_at=at,
        problems=list(problems),
    )
    with suppress(_DryRun), transaction.atomic():
        _Import(office, run, at).take(records, progress or (lambda _done: None))
        if full:
            run.retired = _retire_missing(office, records, at=at, many=retire_many)
        run.save()
        if dry_run:
            raise _DryRun
    return ImportReport(run.created, run.changed, run.unchanged, run.retired, dry_run)


@change
def note_list(
    *,
    office_id: int,
    kind: ImportRun.Kind,
    file_name: str,
    file_sha256: str,
    created: int,
    changed: int,
    unchanged: int,
    by: Actor,
    at: datetime,
    data_at: datetime | None = None,
    problems: Sequence[dict[str, Any]] = (),
) -> None:
    """Note that a list of companies or contacts was taken for an office."""
    ImportRun.objects.create(
        office_id=office_id,
        kind=kind,
        file_name=file_name,
        file_sha256=file_sha256,
        data_at=data_at or at,
        imported_at=at,
        created=created,
        changed=changed,
        unchanged=unchanged,
        problems=list(problems),
    )


class _Import:
    """The work of one import: which records are new, changed or known."""

    def __init__(self, office: Office, run: ImportRun, at: datetime) -> None:
        self.office, self.run, self.day = office, run, danish_date(at)
        run.save()
        self.known = {
            record.source_id: record
            for record in SourceRecord.objects.filter(office=office).only(
                "id", "source_id", "row_sha256", "retired_at", "person_id"
            )
        }

    def take(self, records: Sequence[Record], progress: Callable[[int], None]) -> None:
        """The records in batches; of two with the same key the later one counts."""
        records = list({record.source_id: record for record in records}.values())
        for start in range(0, len(records), BATCH):
            batch = records[start : start + BATCH]
            self._take_batch(batch)
            progress(start + len(batch))

    def _take_batch(self, batch: Sequence[Record]) -> None:
        new = [record for record in batch if record.source_id not in self.known]
        changed = [record for record in batch if self._is_changed(record)]
        self._people_for(new)
        self._write(new + changed)
        self.run.created += len(new)
        self.run.changed += len(changed)
        self.run.unchanged += len(batch) - len(new) - len(changed)
        SourceRecord.objects.filter(
            office=self.office, source_id__in=[record.source_id for record in batch]
        ).update(seen_in=self.run, retired_at=None)

    def _is_changed(self, record: Record) -> bool:
        known = self.known.get(record.source_id)
        return known is not None and (
            known.row_sha256 != record.digest or known.retired_at is not None
        )

    def _people_for(self, new: Sequence[Record]) -> None:
        """Join people by the hash of their CPR number, make the others, and note the records."""
        keys = {record.cpr_key for record in new if record.cpr_key}
        people = dict(Person.objects.filter(cpr_key__in=keys).values_list("cpr_key", "pk"))
        missing = [record for record in new if not record.cpr_key]
        strangers = [Person(cpr_key=key) for key in sorted(keys - people.keys())]
        made = Person.objects.bulk_create(strangers + [Person() for _ in missing])
        people |= {person.cpr_key: person.pk for person in made[: len(strangers)]}
        nameless = iter(made[len(strangers) :])
        rows = SourceRecord.objects.bulk_create(
            SourceRecord(
                person_id=people[record.cpr_key] if record.cpr_key else next(nameless).pk,
                office=self.office,
                source_id=record.source_id,
                row_sha256=record.digest,
            )
            for record in new
        )
        self.known |= {row.source_id: row for row in rows}

    def _write(self, records: Sequence[Record]) -> None:
        """Profiles, identities and CV texts of new and changed records."""
        by_person = {self.known[record.source_id].person_id: record for record in records}
        profiles = Profile.objects.select_related("home_office").in_bulk(by_person)
        mine = {
            person_id: record
            for person_id, record in by_person.items()
            if self._decides(profiles.get(person_id))
        }
        self._follow(mine, profiles)
        self._write_profiles(mine, profiles)
        self._write_identities(mine)
        digests = [self.known[record.source_id] for record in records]
        for row, record in zip(digests, records, strict=True):
            row.row_sha256 = record.digest
        SourceRecord.objects.bulk_update(digests, ["row_sha256"], batch_size=BATCH)

    def _decides(self, profile: Profile | None) -> bool:
        """Whether this record makes the profile: a fund's gives way to a municipality's."""
        if profile is None or profile.home_office is None or profile.home_office == self.office:
            return True
        return self.office.kind == OfficeKind.MUNICIPAL

    def _follow(self, mine: dict[int, Record], profiles: dict[int, Profile]) -> None:
        moved = [
            person_id
            for person_id in mine
            if person_id not in profiles or profiles[person_id].home_office_id != self.office.pk
        ]
        _end_following(moved, self.day)
        Following.objects.bulk_create(
            Following(person_id=person_id, office=self.office, starts_on=self.day)
            for person_id in moved
        )

    def _write_profiles(self, mine: dict[int, Record], profiles: dict[int, Profile]) -> None:
        fresh: list[Profile] = []
        known: list[Profile] = []
        for person_id, record in mine.items():
            profile = profiles.get(person_id) or Profile(person_id=person_id)
            (known if person_id in profiles else fresh).append(profile)
            if profile.status != Status.ACTIVE and record.status == Status.ACTIVE:
                profile.hired_from = None  # unemployed again after a job (R11)
            _fill(profile, record, PROFILE_FIELDS)
            profile.legal_basis = record.legal_basis or self.office.default_legal_basis
            profile.home_office, profile.municipality_id = self.office, record.municipality
            profile.cv_length = len(record.text)
        Profile.objects.bulk_create(fresh)
        fields = [*PROFILE_FIELDS, "home_office", "municipality", "cv_length", "hired_from"]
        Profile.objects.bulk_update(known, fields, batch_size=BATCH)

    def _write_identities(self, mine: dict[int, Record]) -> None:
        identities, texts = [], []
        for person_id, record in mine.items():
            identity = Identity(person_id=person_id, sort_key=danish_sort_key(record.name))
            _fill(identity, record, IDENTITY_FIELDS)
            identities.append(identity)
            texts.append(CvText(person_id=person_id, text=record.text))
        Identity.objects.bulk_create(
            identities,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=[*IDENTITY_FIELDS, "sort_key"],
        )
        CvText.objects.bulk_create(
            texts, update_conflicts=True, unique_fields=["person"], update_fields=["text"]
        )


def _retire_missing(office: Office, records: Sequence[Record], *, at: datetime, many: bool) -> int:
    """Retire those whom the full list does not name; the home office's people end."""
    present = {record.source_id for record in records}
    active = SourceRecord.objects.filter(office=office, retired_at__isnull=True).exclude(
        source_id__startswith="hand-"
    )
    rows = list(active.values_list("pk", "person_id", "source_id"))
    missing = [(pk, person_id) for pk, person_id, source_id in rows if source_id not in present]
    if len(missing) > TOO_MANY * len(rows) and not many:
        raise TooManyMissing(missing=len(missing), total=len(rows))
    SourceRecord.objects.filter(pk__in=[pk for pk, _ in missing]).update(retired_at=at)
    people = [person_id for _, person_id in missing]
    Profile.objects.filter(pk__in=people, home_office=office).update(status=Status.ENDED)
    return len(missing)


def _end_following(person_ids: Sequence[int], day: date) -> None:
    Following.objects.filter(person_id__in=person_ids, ends_on__isnull=True).update(ends_on=day)


def _fill(row: Any, record: Record, names: Sequence[str]) -> None:
    for name in names:
        value = getattr(record, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
