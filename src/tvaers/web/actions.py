"""Forms that stand on a page beside others, each doing one thing.

    class AddContact(ActionForm):
        action, heading, button, done = "contact", _("Tilføj kontakt"), _("Gem"), _("Gemt.")
        ...
        def carry_out(self, *, by, at):
            operations.save_contact(company_id=self.about, **self.cleaned_data, by=by, at=at)

The view asks `carried_out(request, forms)` and redirects; otherwise the page is shown again with
the form that was sent, its errors and what was typed. In the template: `{% action form %}`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest

from tvaers.core.actor import Actor
from tvaers.web.doors import Request
from tvaers.web.forms import Form
from tvaers.wording.refusals import REFUSALS, refused


class ActionForm(Form):
    """A form that is sent under its own `action`; `about` is what its page is about."""

    action: ClassVar[str]
    heading: ClassVar[Any]
    button: ClassVar[Any]
    done: ClassVar[Any]

    def __init__(self, request: HttpRequest, *, about: Any = None, **kwargs: Any) -> None:
        sent = request.method == "POST" and request.POST.get("action") == self.action
        super().__init__(request.POST if sent else None, prefix=self.action, **kwargs)
        self.about = about

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        """Call the operation; the domain's refusals become errors of the form."""
        raise NotImplementedError


def carried_out(request: Request, forms: Iterable[ActionForm]) -> bool:
    """Do what the form that was sent asks for; False when none was, or it came back."""
    for form in forms:
        if form.is_bound and form.is_valid():
            try:
                form.carry_out(by=request.reader.actor, at=request.at)
            except REFUSALS as refusal:
                form.add_error(None, refused(refusal))
            else:
                messages.success(request, form.done)
                return True
    return False


def status_of(forms: Iterable[ActionForm]) -> int:
    """The status to answer with: 422 when one of the forms came back with errors."""
    return max((form.status for form in forms), default=200)
