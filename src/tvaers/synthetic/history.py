"""A year of orders: every plot is given a company and played (see `synthetic.scene`)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile, Status
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.life import life
from tvaers.synthetic.office_hours import earlier
from tvaers.synthetic.people_who_work import KOEGE
from tvaers.synthetic.plots import Plot, Twist, plots
from tvaers.synthetic.progress import Progress
from tvaers.synthetic.scene import Scene, Story

REPORTED_IN_KOEGE = (3.0, 20.0, 1.0)
"""So many office hours ago another office reported someone of Køge as no longer unemployed."""
REPORTED_ELSEWHERE = 14


def make_history(
    chance: Random,
    scene: Scene,
    employers: Sequence[Employer],
    *,
    orders: int,
    at: datetime,
    progress: Progress,
) -> None:
    """Play `orders` orders and some reports on the scene, up to `at`."""
    for plot in plots(chance, count=orders):
        employer = _employer(chance, employers, plot)
        plot = replace(
            plot,
            lead=plot.lead or employer.municipalities[0],
            occupation=plot.occupation or chance.choice(employer.branch.occupations),
        )
        began = earlier(at, plot.before + chance.random() / 2)
        scene.tell(_order(scene, plot, employer, began=began))
    for hours in REPORTED_IN_KOEGE:
        scene.tell(_report(scene, KOEGE, earlier(at, hours), settled=False))
    for number in range(REPORTED_ELSEWHERE):
        code = chance.choice(sorted(scene.staff.office_of))
        moment = earlier(at, chance.uniform(1, 300))
        scene.tell(_report(scene, code, moment, settled=number % 3 > 0))
    scene.play(until=at, progress=progress)


def _order(scene: Scene, plot: Plot, employer: Employer, *, began: datetime) -> Story:
    yield began
    yield from life(scene, plot, employer)


def _employer(chance: Random, employers: Sequence[Employer], plot: Plot) -> Employer:
    """A company near the lead's office that looks for such people, as far as there is one.

    The last one is kept for the order that a conflict stops.
    """
    *employers, stopped = employers
    if Twist.CONFLICT in plot.twists:
        return stopped
    near = [one for one in employers if one.municipalities[0] == plot.lead] or employers
    fitting = [one for one in near if plot.occupation in one.branch.occupations]
    return chance.choice(fitting or near)


def _report(scene: Scene, code: str, moment: datetime, *, settled: bool) -> Story:
    """Someone of `code` is reported as no longer unemployed, and the home office decides."""
    yield moment
    home = scene.staff.office_of[code]
    people = Profile.objects.filter(
        home_office=home,
        status=Status.ACTIVE,
        reported_unavailable_at__isnull=True,
        hired_from__isnull=True,
    ).exclude(pk__in=scene.kept)
    others = sorted(set(scene.staff.office_of.values()) - {home})
    found = list(people.order_by("pk").values_list("pk", flat=True)[:50])
    if not found:
        return
    pk = scene.chance.choice(found[-30:])
    reporter = scene.staff.actor(scene.chance.choice(others))
    candidates.report_unavailable(person_id=pk, by=reporter, at=scene.now)
    scene.forget_index()
    if settled:
        yield scene.after(5)
        decide = scene.chance.choice((candidates.confirm_unavailable, candidates.deny_unavailable))
        decide(person_id=pk, by=scene.staff.actor(home), at=scene.now)
