"""The forms of a page as someone meets them whose browser runs no scripts.

A form is found, folded out by its summary, filled in and sent by one of its buttons; what comes
back is looked at. Nothing here reaches into the page to help it along.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Locator, Page, Response

from tests.companies.factories import cvr

READ = r"""forms => forms.map(form => ({
    method: (form.getAttribute("method") || "get").toLowerCase(),
    address: new URL(form.getAttribute("action") || "", location.href).href,
    does: (form.querySelector("input[type=hidden][name=action]")?.value ?? "").replace(/\d+/, "#"),
    fields: [...form.elements].filter(one => one.type !== "submit" && one.type !== "hidden")
        .filter(one => one.tagName !== "FIELDSET").map(one => one.name).sort(),
}))"""
FIELDS = """form => [...form.elements].filter(one => one.tagName !== "FIELDSET").map(one => ({
    name: one.name, kind: one.type, value: one.value, required: one.required,
    options: one.options ? [...one.options].map(option => option.value) : [],
}))"""
FOLDED_AWAY = ("xpath=ancestor::details[not(@open)]/summary", "details:not([open])>summary")
MAIN = "button => button.classList.contains('button-primary')"
WRITTEN = {"text", "search", "textarea", "email", "tel", "url", "number", "date", "datetime-local"}
PLAUSIBLE = (
    ("cvr", cvr),
    ("mail", lambda: "hanne@example.dk"),
    ("apply_to", lambda: "https://example.dk/job"),
    ("postcode", lambda: "4600"),
    ("phone", lambda: "56 63 00 00"),
    ("p_number", lambda: "1003388394"),
)
"""What is written in a field whose name holds the word; elsewhere a sentence."""
OF_KIND = {
    "number": "1",
    "date": "2026-03-16",
    "datetime-local": "2026-03-02T08:30",
    "email": "hanne@example.dk",
    "url": "https://example.dk/job",
    "tel": "56 63 00 00",
}
CANDIDATES = "kilde_id;fornavn;efternavn\n1;Anna;Bech\n"


@dataclass(frozen=True)
class FormKind:
    """One form of the house: two rows of a list that have the same have one form twice."""

    method: str
    leads_to: str
    does: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.leads_to, self.does)))


def kinds_on(page: Page) -> list[FormKind]:
    """The forms of the page, in its order."""
    return [
        FormKind(
            method=one["method"],
            leads_to=resolve(urlsplit(one["address"]).path).url_name or "",
            does=one["does"],
            fields=tuple(dict.fromkeys(re.sub(r"\d+", "#", name) for name in one["fields"])),
        )
        for one in page.locator("form").evaluate_all(READ)
    ]


@dataclass
class PlainForm:
    """One form of a page that is open in the browser."""

    page: Page
    form: Locator
    written: dict[str, str] = field(default_factory=dict)
    """What was typed, by the field's name."""

    def unfold(self) -> None:
        """Open what the form is folded away in, and what is folded away in it, by clicking."""
        for closed in FOLDED_AWAY:
            for _ in range(self.form.locator(closed).count()):
                self.form.locator(closed).first.click()

    def buttons(self) -> list[int]:
        """The places of the buttons that can be seen and say what they do, one of a kind.

        The one that the page is for comes last.
        """
        found: dict[str, tuple[bool, int]] = {}
        for place, one in enumerate(self.form.locator("button:not([aria-hidden=true])").all()):
            box = one.bounding_box()
            if one.is_visible() and box and box["width"] > 1 and one.inner_text().strip():
                name, value = one.get_attribute("name"), one.get_attribute("value") or ""
                kind = f"{name}={re.sub(r'[0-9-]+', '#', value)}" if name else ""
                if kind not in found:
                    found[kind] = (one.evaluate(MAIN), place)
        return [place for _main, place in sorted(found.values())]

    def must_be_written(self) -> str:
        """The name of the first field that must be written in, if there is one."""
        facts: list[dict[str, Any]] = self.form.evaluate(FIELDS)
        must = (fact["name"] for fact in facts if fact["required"] and fact["kind"] in WRITTEN)
        return next(must, "")

    def fill(self, *, leave_out: str = "") -> None:
        """Fill in what is empty with what may stand there, and empty the field to be left out."""
        facts: list[dict[str, Any]] = self.form.evaluate(FIELDS)
        for fact in facts:
            box = self.form.locator(f'[name="{fact["name"]}"]').first
            if fact["kind"] == "hidden" or not fact["name"] or not box.is_visible():
                continue
            if leave_out == fact["name"]:
                box.fill("")
            else:
                self._fill_one(box, fact)

    def _fill_one(self, box: Locator, fact: dict[str, Any]) -> None:
        kind, name = fact["kind"], fact["name"]
        if kind == "file":
            sent = {"name": "liste.csv", "mimeType": "text/csv", "buffer": CANDIDATES.encode()}
            box.set_input_files(sent)  # type: ignore[arg-type]
        elif kind == "select-one" and not fact["value"]:
            box.select_option(next(filter(None, fact["options"]), ""))
        elif kind in ("radio", "checkbox") and fact["required"]:
            box.check()
        elif kind == "password":
            box.fill("Sommerfugl-i-Køge-2026")
        elif kind in WRITTEN:
            text = fact["value"] or _plausible(kind, name)
            box.fill(text)
            self.written[name] = text

    def trouble_with_enter(self) -> Iterator[str]:
        """A browser lets the Enter key press the first button, where there is a field.

        That must be what the form is for: its main or only button, one that stands by the field it
        searches with, or one that is there for the key alone.
        """
        first = self.form.locator("button").first
        means_it = first.get_attribute("aria-hidden") or first.evaluate(MAIN)
        if not means_it and not first.locator("xpath=ancestor::*[@class='search-line']").count():
            yield f"the Enter key presses {first.inner_text()!r}"

    def press(self, place: int) -> Response:
        """Send the form by the button at the place; the answer of the page it leads to."""
        button = self.form.locator("button:not([aria-hidden=true])").nth(place)
        with self.page.expect_navigation() as went:
            button.click()
        answer = went.value
        assert answer is not None
        return answer

    def press_for_a_file(self, place: int) -> int:
        """Send the form by the button at the place; how long the file is that comes."""
        button = self.form.locator("button:not([aria-hidden=true])").nth(place)
        with self.page.expect_download() as went:
            button.click()
        return went.value.path().stat().st_size

    def lost(self) -> Iterator[str]:
        """What was typed and stands neither in the page's fields nor in its text."""
        shown = self.page.locator("main").inner_text()
        for name, text in self.written.items():
            boxes = self.page.locator(f'main [name="{name}"]').all()
            if text not in [box.input_value() for box in boxes] and text not in shown:
                yield f"{text!r} in {name} is lost"


def _plausible(kind: str, name: str) -> str:
    if kind in OF_KIND:
        return OF_KIND[kind]
    return next((make() for word, make in PLAUSIBLE if word in name), f"Mandag passer ({name})")


def troubles_of(page: Page, answer: Response) -> list[str]:
    """Why what came back is not a whole page; nothing, when it is one."""
    found = []
    if answer.status not in (200, 422):
        found.append(f"status {answer.status}")
    if "text/html" not in answer.headers.get("content-type", ""):
        found.append(f"content of the type {answer.headers.get('content-type')}")
    if not page.evaluate("document.doctype !== null"):
        found.append("no document, but a part of one")
    for element in ("main", "h1", "header.site-header"):
        if (count := page.locator(element).count()) != 1:
            found.append(f"{count} of {element}")
    if not page.locator("main").first.inner_text().strip():
        found.append("a blank page")
    return found


def troubles_of_refusal(page: Page) -> list[str]:
    """Why a form that came back does not say what is wrong where it can be seen."""
    summary = page.locator("main .error-summary, main .alert-error")
    if not summary.count() or not summary.first.is_visible():
        return ["no summary of errors"]
    links = summary.locator("a[href^='#']")
    anchors = [str(link.get_attribute("href"))[1:] for link in links.all()]
    return [
        f"the summary leads to #{anchor}, which is not to be seen"
        for anchor in anchors
        if not page.locator(f'[id="{anchor}"]').first.is_visible()
    ]
