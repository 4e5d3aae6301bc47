"""What is done by itself, and how often. Each job polls tables and may run twice without harm."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from tvaers.circulation import operations as circulation
from tvaers.core.actor import Actor, ActorKind
from tvaers.jobs import clock
from tvaers.jobs.digests import put_digests
from tvaers.jobs.sending import send_waiting
from tvaers.matching.saving import look_for_new
from tvaers.orders import operations as orders
from tvaers.referrals.operations import expire
from tvaers.referrals.sharing import end_over

CLOCKS = Actor(kind=ActorKind.JOB, label="clocks")
REMINDERS = Actor(kind=ActorKind.JOB, label="reminders")
EXPIRIES = Actor(kind=ActorKind.JOB, label="expiries")
NEW_HITS = Actor(kind=ActorKind.JOB, label="new-hits")
FAILED_KEPT_HOURS = 30 * 24

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="send-outbox")
def send_outbox(timestamp: int) -> None:
    """Send what waits; the lock keeps runs from piling up behind a slow mail server."""
    send_waiting(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="reminders")
def reminders(timestamp: int) -> None:
    """Remind the offices whose answers are due within 24 or 4 hours."""
    circulation.remind(by=REMINDERS, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="clocks")
def clocks(timestamp: int) -> None:
    """Count due times by the closing days of now, and climb the ladder where that was chosen."""
    at = clock.now()
    orders.recount(by=CLOCKS, at=at)
    circulation.recount(by=CLOCKS, at=at)
    orders.widen_where_chosen(by=CLOCKS, at=at)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="expiries")
def expiries(timestamp: int) -> None:
    """Take back questions to candidates that nobody answered, and CVs that were shared long
    enough."""
    at = clock.now()
    expire(by=EXPIRIES, at=at)
    end_over(by=EXPIRIES, at=at)


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="new-hits")
def new_hits(timestamp: int) -> None:
    """Count who has come to fit the saved searches."""
    look_for_new(by=NEW_HITS, at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="digests")
def digests(timestamp: int) -> None:
    """Put the morning's digests in the outbox."""
    put_digests(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Let jobs whose worker died run again: one that waits already does their work."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        log.warning("job %s (%s) lost its worker", job.id, job.task_name)
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear-jobs", pass_context=True)
async def clear_jobs(context: JobContext, timestamp: int) -> None:
    """Remove jobs that failed more than 30 days ago; those that went well go at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FAILED_KEPT_HOURS,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )
