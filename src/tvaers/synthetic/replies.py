"""How the offices of the demo answer: each at its own pace, some late, a few never."""

from contextlib import suppress
from dataclasses import dataclass
from random import Random

from tvaers.candidates.models import Profile, SourceRecord
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import AnswerKind, Circulation, NobodyReason, Question, Request, Via
from tvaers.circulation.operations import Named
from tvaers.core.actor import Actor
from tvaers.orders.models import Order, Stage
from tvaers.synthetic import names
from tvaers.synthetic.scene import Scene, Story

LINES = (
    "Talt med i dag, er meget interesseret.",
    "Har arbejdet samme sted i fire år, gode referencer.",
    "Kan starte med en dags varsel.",
    "Mødestabil og vant til skiftehold.",
    "Vil gerne høre mere om arbejdstiderne.",
    "",
    "",
)
REASONS = (
    (NobodyReason.NOT_AVAILABLE, 25),
    (NobodyReason.NOT_REACHED, 20),
    (NobodyReason.NOT_INTERESTED, 20),
    (NobodyReason.TRANSPORT, 15),
    (NobodyReason.USED_ELSEWHERE, 15),
    (NobodyReason.OTHER, 5),
)
NEVER = -1.0


@dataclass(frozen=True)
class Mood:
    """An office's habits, the same all year: how fast it answers and how often it names people."""

    hours: float
    names_people: float
    late: float
    never: float


def mood_of(office_id: int) -> Mood:
    """The habits of an office."""
    chance = Random(f"mood:{office_id % 97}")
    return Mood(
        hours=chance.uniform(2, 9),
        names_people=chance.uniform(0.35, 0.85),
        late=chance.choice((0.02, 0.04, 0.15)),
        never=chance.choice((0.0, 0.02, 0.06)),
    )


def answer_all(scene: Scene, sent: Circulation, *, delays: dict[int, float] | None = None) -> None:
    """Begin the answers to a sending. `delays` says of some offices when they answer (office
    hours), or `NEVER`."""
    for request in sent.requests.order_by("office_id"):
        delay = (delays or {}).get(request.office_id)
        if delay is None:
            delay = _delay(scene.chance, mood_of(request.office_id))
        if delay != NEVER:
            scene.tell(_reply(scene, request, delay))


def by_telephone(scene: Scene, request: Request) -> None:
    """The lead calls an office that has not answered, and writes down that it has nobody."""
    order = Order.objects.get(pk=request.order_id)
    circulation.answer(
        request_id=request.pk,
        kind=AnswerKind.NOBODY,
        reason=_reason(scene.chance),
        via=Via.PHONE,
        said_by=names.person(scene.chance),
        answer_key=scene.key(),
        by=scene.staff.as_user(order.lead_id, order.lead_office_id),
        at=scene.now,
    )


def _delay(chance: Random, mood: Mood) -> float:
    """Office hours until the answer; two working days are sixteen."""
    fate = chance.random()
    if fate < mood.never:
        return NEVER
    if fate < mood.never + mood.late:
        return chance.uniform(17, 36)
    return min(chance.expovariate(1 / mood.hours) + 0.2, 15.0)


def _reply(scene: Scene, request: Request, delay: float) -> Story:
    yield scene.after(delay)
    by = scene.staff.actor(request.office_id, scene.chance.randrange(2))
    if not _takes_answers(request):
        return
    if scene.chance.random() < 0.05 and request.office_id not in scene.staff.funds:
        by_telephone(scene, request)
    elif _answer(scene, request, by) and scene.chance.random() < 0.06:
        yield scene.after(3)
        if _takes_answers(request):
            _answer(scene, request, by, one_less=True)


def _takes_answers(request: Request) -> bool:
    """Not once the sending was withdrawn or the order closed."""
    rows = Request.objects.filter(pk=request.pk, withdrawn_at__isnull=True)
    return rows.exclude(order__stage=Stage.CLOSED).exists()


def _answer(scene: Scene, request: Request, by: Actor, *, one_less: bool = False) -> bool:
    """Answer a request; returns whether people were named."""
    if not one_less and _is_unchanged(scene, request):
        # Refused where everyone named before is out of play by now: then a new answer is due.
        with suppress(circulation.AnswerRefused):
            circulation.unchanged(
                request_id=request.pk, answer_key=scene.key(), by=by, at=scene.now
            )
            return False
    named = _named(scene, request)[1 if one_less else 0 :]
    circulation.answer(
        request_id=request.pk,
        kind=AnswerKind.CANDIDATES if named else AnswerKind.NOBODY,
        reason="" if named else _why_nobody(scene, request),
        candidates=named,
        answer_key=scene.key(),
        by=by,
        at=scene.now,
    )
    return bool(named)


def _is_unchanged(scene: Scene, request: Request) -> bool:
    return (
        request.circulation.question == Question.CHANGED
        and scene.chance.random() < 0.7
        and Request.objects.filter(
            order=request.order_id, office=request.office_id, answered_at__isnull=False
        )
        .exclude(pk=request.pk)
        .exists()
    )


def _named(scene: Scene, request: Request) -> list[Named]:
    """Up to three of the office's own who fit; often nobody, for reasons no profile tells."""
    if scene.chance.random() > mood_of(request.office_id).names_people:
        return []
    codes = request.municipalities or None
    fitting = scene.fitting(request.order_id, codes, most=6 if codes else 400)
    own = _own(request.office_id, fitting)
    return [
        Named(
            person_id=pk,
            spoken_with=scene.chance.random() < 0.6,
            line=scene.chance.choice(LINES),
        )
        for pk in own[: scene.chance.choices((1, 2, 3), (75, 20, 5))[0]]
    ]


def _own(office_id: int, people: list[int]) -> list[int]:
    """Those of `people` whom the office follows, in the same order."""
    own = set(
        Profile.objects.filter(home_office=office_id, pk__in=people).values_list("pk", flat=True)
    )
    own |= set(
        SourceRecord.objects.filter(
            office=office_id, person__in=people, retired_at__isnull=True
        ).values_list("person_id", flat=True)
    )
    return [pk for pk in people if pk in own]


def _why_nobody(scene: Scene, request: Request) -> str:
    has_hits = bool(scene.fitting(request.order_id, request.municipalities or None, most=1))
    return _reason(scene.chance) if has_hits else NobodyReason.NO_HITS


def _reason(chance: Random) -> str:
    return chance.choices([reason for reason, _ in REASONS], [share for _, share in REASONS])[0]
