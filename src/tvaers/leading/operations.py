"""Every change of what the lead shares goes through here: lock, write, leave a trace."""

from datetime import datetime
from uuid import UUID

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.leading.models import StatusNote
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order


@change
def write_note(*, order_id: int, words: str, note_key: UUID, by: Actor, at: datetime) -> StatusNote:
    """Tell those who take part how the order stands; it is in their next daily mail.

    The same `note_key` again is the note that is there (R16). An order that is closed can have
    notes too: what follows is also told.
    """
    order = _locked(order_id)
    if there := StatusNote.objects.filter(note_key=note_key).first():
        return there
    note = StatusNote.objects.create(
        order=order,
        words=words.strip(),
        written_at=at,
        user_id=by.user_id,
        office_id=by.acting_office,
        note_key=note_key,
    )
    orders.log(order, LogKind.STATUS_NOTE, by=by, at=at, note=note.pk)
    return note


def _locked(order_id: int) -> Order:
    return Order.objects.select_for_update(of=("self",)).get(pk=order_id)
