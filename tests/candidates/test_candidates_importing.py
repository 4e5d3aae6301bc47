"""An office delivers its list: nothing twice, nothing lost, the age of the data kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F

from tests.candidates.factories import deliver, importer, person, record
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE, fund, office
from tvaers.candidates.models import Following, Identity, ImportRun, Person, Profile, SourceRecord
from tvaers.candidates.operations import TooManyMissing, mark_hired, report_unavailable
from tvaers.candidates.queries import data_age
from tvaers.database.change import as_reader

pytestmark = pytest.mark.django_db


def test_the_same_list_twice_changes_nothing() -> None:
    koege = office()
    rows = [record(), record()]
    assert deliver(koege, *rows).created == 2
    before = list(Profile.objects.order_by("pk").values())
    report = deliver(koege, *rows)
    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    assert list(Profile.objects.order_by("pk").values()) == before


def test_a_changed_row_changes_that_person_only() -> None:
    koege = office()
    one, other = record(hours_max=37), record(hours_max=37)
    deliver(koege, one, other)
    report = deliver(koege, replace(one, hours_max=20, digest="f" * 64), other)
    assert (report.changed, report.unchanged) == (1, 1)
    assert sorted(Profile.objects.values_list("hours_max", flat=True)) == [20, 37]


def test_of_two_rows_with_the_same_key_the_later_one_counts() -> None:
    koege = office()
    one = record(hours_max=37)
    assert deliver(koege, one, replace(one, hours_max=15, digest="e" * 64)).created == 1
    assert Profile.objects.get().hours_max == 15


def test_a_dry_run_says_what_would_happen_and_leaves_nothing() -> None:
    koege = office()
    report = deliver(koege, record(), record(), dry_run=True)
    assert (report.created, report.dry_run) == (2, True)
    assert not Person.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_full_list_retires_who_is_missing() -> None:
    koege = office()
    rows = [record() for _ in range(10)]
    deliver(koege, *rows)
    report = deliver(koege, *rows[1:], full=True, at=MONDAY + timedelta(days=1))
    assert report.retired == 1
    retired = Profile.objects.get(status="ENDED")
    assert retired.person.records.get().source_id == rows[0].source_id


def test_a_full_list_that_lacks_more_than_a_fifth_stops_and_asks() -> None:
    koege = office()
    rows = [record() for _ in range(10)]
    deliver(koege, *rows)
    with pytest.raises(TooManyMissing) as refused:
        deliver(koege, *rows[3:], full=True)
    assert (refused.value.missing, refused.value.total) == (3, 10)
    assert Profile.objects.filter(status="ACTIVE").count() == 10
    assert deliver(koege, *rows[3:], full=True, retire_many=True).retired == 3


def test_who_comes_back_on_the_list_is_free_again() -> None:
    koege = office()
    rows = [record() for _ in range(10)]
    deliver(koege, *rows)
    deliver(koege, *rows[1:], full=True)
    assert deliver(koege, *rows, full=True).changed == 1
    assert Profile.objects.filter(status="ACTIVE").count() == 10
    assert not SourceRecord.objects.filter(retired_at__isnull=False).exists()


def test_who_is_unemployed_again_after_a_job_can_be_found_again() -> None:
    koege = office()
    one = record()
    deliver(koege, one)
    mark_hired(
        person_id=Profile.objects.get().pk,
        starts_on=MONDAY.date(),
        by=importer(koege),
        at=MONDAY,
    )
    deliver(koege, replace(one, hours_max=30, digest="1" * 64))
    assert Profile.objects.get().hired_from == MONDAY.date()
    deliver(koege, replace(one, status="ENDED", digest="2" * 64))
    deliver(koege, replace(one, digest="3" * 64))
    assert Profile.objects.get().hired_from is None


def test_a_fund_and_a_municipality_know_the_same_person_once() -> None:
    koege, kassen = office(), fund()
    deliver(kassen, record(cpr_key="a" * 64, hours_max=30))
    deliver(koege, record(cpr_key="a" * 64, hours_max=37))
    one = Person.objects.get()
    assert one.records.count() == 2
    assert (one.profile.home_office, one.profile.hours_max) == (koege, 37)


def test_a_funds_record_gives_way_to_a_municipalitys() -> None:
    koege, kassen = office(), fund()
    deliver(koege, record(cpr_key="a" * 64, hours_max=37))
    deliver(kassen, record(cpr_key="a" * 64, hours_max=12))
    profile = Profile.objects.get()
    assert (profile.home_office, profile.hours_max) == (koege, 37)


def test_who_moves_has_one_home_office_and_the_old_one_in_the_past() -> None:
    koege, greve = office(), office(municipalities=[GREVE])
    deliver(koege, record(cpr_key="b" * 64))
    deliver(greve, record(cpr_key="b" * 64, municipality=GREVE), at=MONDAY + timedelta(days=9))
    one = Person.objects.get()
    assert one.profile.home_office == greve
    assert [row.office for row in one.followings.filter(ends_on__isnull=True)] == [greve]
    assert Following.objects.filter(office=koege, ends_on__isnull=False).count() == 1


def test_the_age_of_the_data_is_that_of_the_last_list() -> None:
    koege = office()
    deliver(koege, at=MONDAY - timedelta(days=4))
    deliver(koege, at=MONDAY, data_at=MONDAY - timedelta(days=1))
    ages = data_age([KOEGE, GREVE], MONDAY.date())
    assert ages == {KOEGE: MONDAY - timedelta(days=1), GREVE: None}


def test_the_default_legal_basis_is_the_offices() -> None:
    koege = office(default_legal_basis="Samtykke")
    deliver(koege, record(legal_basis=""))
    assert Profile.objects.get().legal_basis == "Samtykke"


def test_a_report_that_someone_is_not_free_survives_the_next_list() -> None:
    koege, greve = office(), office(municipalities=[GREVE])
    one = record()
    deliver(koege, one)
    report_unavailable(person_id=Profile.objects.get().pk, by=importer(greve), at=MONDAY)
    deliver(koege, replace(one, hours_max=30, digest="d" * 64))
    assert Profile.objects.get().reported_unavailable_at == MONDAY


def test_others_see_the_profile_and_not_who_it_is() -> None:
    koege, greve = office(), office(municipalities=[GREVE])
    someone = person(koege, name="Ida Prøvesen", text="Født og opvokset på Lolland")
    with as_reader(office_id=greve.pk):
        assert Profile.objects.filter(pk=someone.pk).exists()
        assert not Identity.objects.filter(pk=someone.pk).exists()
    with as_reader(office_id=koege.pk):
        assert Identity.objects.get(pk=someone.pk).name == "Ida Prøvesen"
    with as_reader(office_id=None):
        assert not Identity.objects.exists()


def test_a_profile_knows_the_transaction_that_touched_it_last() -> None:
    someone = person(office())
    before = someone.changed_in
    assert before > 0
    report_unavailable(person_id=someone.pk, by=importer(someone.home_office), at=MONDAY)
    assert Profile.objects.filter(pk=someone.pk, changed_in__gte=F("changed_in")).exists()
    assert Profile.objects.get(pk=someone.pk).changed_in >= before
