"""One digest a day for each person, on working days, in the morning."""

from datetime import datetime, time

from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import COPENHAGEN, is_working_day
from tvaers.jobs.letters import DIGEST
from tvaers.messages import operations
from tvaers.messages.operations import Outgoing
from tvaers.network.queries import closing_days
from tvaers.reporting.digest import readers_of_digests

DIGESTS = Actor(kind=ActorKind.JOB, label="digests")
FROM, UNTIL = time(7), time(10)
"""When the day's digests go out; after a morning without workers there are none that day."""


def put_digests(*, at: datetime) -> int:
    """Put today's digests in the outbox, once, when it is time; returns for how many people.

    Whether there is anything to tell is seen when each is sent.
    """
    here = at.astimezone(COPENHAGEN)
    today = here.date()
    if not FROM <= here.time() < UNTIL or not is_working_day(today, closed=closing_days(None)):
        return 0
    people = readers_of_digests(at)
    operations.put(
        messages=[
            Outgoing(key=f"digest:{user_id}:{today}", kind=DIGEST, to_user_id=user_id)
            for user_id in people
        ],
        by=DIGESTS,
        at=at,
    )
    return len(people)
