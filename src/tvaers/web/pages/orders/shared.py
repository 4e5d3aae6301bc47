"""What the lead has shared, as the order's page and its own page include it."""

from typing import Any

from tvaers.core.working_days import end_of_day
from tvaers.leading.access import may_finish, may_share, takes_part
from tvaers.leading.queries import evaluation_of, notes_of, plan_of, steps_of
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Order
from tvaers.web.doors import Request


def shared_section(request: Request, order: Order) -> dict[str, Any]:
    """For `orders/_shared.html`; nothing for those who take no part. Seven queries at most."""
    if not takes_part(request.reader, order):
        return {"takes_part": False}
    own, steps = request.reader.office_id, _steps(request, order)
    return {
        "takes_part": True,
        "own": own,
        "notes": notes_of(order.pk),
        "plan": plan_of(order, own=own, at=request.at),
        "steps": steps,
        "evaluation": evaluation_of(order.pk) if order.stage == Stage.CLOSED else None,
        "open_steps": [step for step in steps if not step["row"].done_at],
    }


def _steps(request: Request, order: Order) -> list[dict[str, Any]]:
    """The steps with when each is due, and whether the reader may say that it is done."""
    shares = may_share(request.reader, order)
    return [
        {
            "row": step,
            "due_at": end_of_day(step.due_on),
            "finishable": not step.done_at and may_finish(request.reader, step, shares=shares),
        }
        for step in steps_of(order.pk)
    ]
