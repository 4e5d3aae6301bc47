"""The digest: everything that is not worth a mail of its own, once a day."""

from datetime import timedelta

import pytest

from tests.accounts.factories import appoint
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE
from tvaers.accounts.models import Role, User
from tvaers.circulation import operations as circulation
from tvaers.reporting.digest import digest_of
from tvaers.reporting.tasks import TaskKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


def test_what_waits_at_all_ones_offices_is_told_once(region: Sjaelland) -> None:
    order = an_order(region.lead)
    someone = region.consultant(GREVE)
    appoint(User.objects.get(pk=someone.user_id), region.offices[ROSKILDE], Role.CONSULTANT)
    circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in (GREVE, ROSKILDE)],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    found = digest_of(someone.user_id, since=MONDAY, at=MONDAY)
    assert found is not None
    assert [task.kind for task in found.tasks] == [TaskKind.ANSWER, TaskKind.ANSWER]


def test_answers_since_the_last_one_are_counted_for_the_lead(region: Sjaelland) -> None:
    order = an_order(region.lead)
    made = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in (GREVE, ROSKILDE)],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    greve = made.requests.get(office=region.offices[GREVE])
    circulation.answer(
        request_id=greve.pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    found = digest_of(region.lead.user_id, since=MONDAY, at=MONDAY + DAY)
    assert found is not None
    (news,) = found.answered
    assert (news.order_id, news.answered, news.asked) == (order.pk, 1, 2)
    later = digest_of(region.lead.user_id, since=MONDAY + DAY, at=MONDAY + DAY)
    assert later is not None
    assert later.answered == ()


def test_nothing_to_tell_is_no_digest(region: Sjaelland) -> None:
    assert digest_of(region.consultant(GREVE).user_id, since=MONDAY, at=MONDAY) is None
