"""The outbox: written with its cause, sent once by one of many, tried again, given up, listed."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tests.accounts.factories import user
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.core.waiting import PATIENCE
from tests.messages.factories import a_message
from tests.network.factories import contact, office
from tvaers.audit.models import Change
from tvaers.database.change import changing
from tvaers.messages import operations
from tvaers.messages.lifecycle import PAUSES, Failure, next_try_at
from tvaers.messages.models import Message
from tvaers.messages.queries import failed, outbox_state, recipient_of
from tvaers.network.models import OfficeClosure

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("failure", [Failure.NOT_NOW, Failure.UNREACHABLE])
def test_pauses_grow_until_the_message_is_given_up(failure: Failure) -> None:
    pauses = []
    for tries in range(1, len(PAUSES) + 1):
        then = next_try_at(failure, tries=tries, at=MONDAY)
        assert then is not None
        pauses.append(then - MONDAY)
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert next_try_at(failure, tries=len(PAUSES) + 1, at=MONDAY) is None


@pytest.mark.parametrize("failure", [Failure.NO_ADDRESS, Failure.REFUSED])
def test_what_trying_cannot_mend_is_given_up_at_once(failure: Failure) -> None:
    assert next_try_at(failure, tries=1, at=MONDAY) is None


@pytest.mark.django_db
def test_put_twice_is_one_message() -> None:
    one = a_message(key="request:1", ids={"request": 1})
    again = a_message(key="request:1", ids={"request": 2})
    assert again.pk == one.pk
    assert again.ids == {"request": 1}


@pytest.mark.django_db
def test_a_message_is_undone_with_what_caused_it() -> None:
    with transaction.atomic():
        a_message(key="undone")
        transaction.set_rollback(True)
    assert not Message.objects.filter(key="undone").exists()


@pytest.mark.django_db
def test_a_message_has_one_recipient() -> None:
    with pytest.raises(IntegrityError, match="message_has_one_recipient"), transaction.atomic():
        a_message(email="")
    with pytest.raises(IntegrityError, match="message_has_one_recipient"), transaction.atomic():
        a_message(to_user_id=user().pk)


@pytest.mark.django_db
def test_a_failed_try_waits_and_a_sent_message_is_out() -> None:
    one = a_message()
    operations.mark_failed(message_id=one.pk, failure=Failure.UNREACHABLE, by=SETUP, at=MONDAY)
    assert operations.claim(at=MONDAY) is None
    assert outbox_state().retrying == 1
    later = MONDAY + PAUSES[0]
    assert operations.claim(at=later) == one
    operations.mark_sent(message_id=one.pk, by=SETUP, at=later)
    one.refresh_from_db()
    assert (one.sent_at, one.attempts, one.next_try_at) == (later, 2, None)
    assert operations.claim(at=later + HOUR) is None


@pytest.mark.django_db
def test_a_message_given_up_is_listed_and_can_be_sent_again() -> None:
    asked = office("Køge virksomhedsindgang")
    one = a_message(email="", to_office_id=asked.pk)
    operations.mark_failed(message_id=one.pk, failure=Failure.REFUSED, by=SETUP, at=MONDAY)
    (row,) = failed(1).rows
    assert (row.message_id, row.recipient, row.failure) == (one.pk, asked.name, Failure.REFUSED)
    assert operations.claim(at=MONDAY + HOUR) is None
    operations.send_again(message_id=one.pk, by=SETUP, at=MONDAY + HOUR)
    assert failed(1).total == 0
    assert operations.claim(at=MONDAY + HOUR) == one


@pytest.mark.django_db
def test_a_message_that_is_out_is_not_sent_again() -> None:
    one = a_message()
    operations.mark_sent(message_id=one.pk, by=SETUP, at=MONDAY)
    operations.send_again(message_id=one.pk, by=SETUP, at=MONDAY)
    assert operations.claim(at=MONDAY + HOUR) is None


@pytest.mark.django_db
def test_mail_for_a_closed_office_goes_to_its_stand_in() -> None:
    koege, greve = office("Køge", email="k@example.dk"), office("Greve", email="g@example.dk")
    contact(greve, email="karen@example.dk")
    one = a_message(email="", to_office_id=koege.pk)
    assert recipient_of(one, at=MONDAY).address == "k@example.dk"
    with setting_up():
        OfficeClosure.objects.create(
            office=koege,
            first_day=MONDAY.date(),
            last_day=MONDAY.date(),
            stand_in_office=greve,
            stand_in_name="Karen Holm",
        )
    assert recipient_of(one, at=MONDAY).address == "karen@example.dk"
    assert recipient_of(one, at=MONDAY + timedelta(1)).address == "k@example.dk"


@pytest.mark.django_db
def test_a_user_who_is_switched_off_has_no_address() -> None:
    someone = user()
    one = a_message(email="", to_user_id=someone.pk)
    assert recipient_of(one, at=MONDAY).address == someone.email
    with setting_up():
        type(someone).objects.filter(pk=someone.pk).update(is_active=False)
    assert recipient_of(one, at=MONDAY).address == ""


@pytest.mark.django_db
def test_the_history_keeps_no_address() -> None:
    one = a_message(email="hemmelig@example.dk")
    operations.mark_sent(message_id=one.pk, by=SETUP, at=MONDAY)
    kept = Change.objects.filter(table_name="outbox_message", row_id=one.pk)
    assert kept.count() == 2
    assert not any("hemmelig" in str(change.old) for change in kept)


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_never_hold_the_same_message() -> None:
    first, second = a_message(), a_message()
    both_hold = Barrier(2, timeout=PATIENCE)
    held: list[int] = []

    def hold() -> None:
        try:
            with changing(by=SETUP, at=MONDAY):
                claimed = operations.claim(at=MONDAY)
                assert claimed is not None
                held.append(claimed.pk)
                both_hold.wait()
        finally:
            connection.close()

    senders = [Thread(target=hold) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(held) == [first.pk, second.pk]


@pytest.mark.django_db
def test_the_past_of_a_new_world_is_left_unsent() -> None:
    a_message()
    operations.overtake_all(before=MONDAY + HOUR, by=SETUP, at=MONDAY + HOUR)
    assert operations.claim(at=MONDAY + HOUR) is None
