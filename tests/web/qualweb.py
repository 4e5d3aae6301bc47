"""QualWeb, the tool with which the Danish regulator looks at public bodies' pages.

`python -m tests.web.qualweb` fetches what `checkers/package-lock.json` names; `make install` does
that. It runs in the page, as axe does.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tvaers.web.assets import npm_ci

CHECKERS = Path(__file__).parent / "checkers"
MONITORED = frozenset(
    {"1.1.1", "1.3.1", "1.3.4", "1.3.5", "1.4.3", "1.4.4", "1.4.12", "2.1.1", "2.2.1", "2.4.2"}
    | {"2.4.4", "2.5.3", "3.1.1", "3.1.2", "4.1.2"}
)
"""The fifteen criteria of WCAG 2.1 in the regulator's simplified monitoring (digst.dk, “Forenklede
monitoreringer”): those that a rule of W3C's ACT can fail. `test_web_qualweb.py` breaks each."""
SCRIPTS = (
    "qw-page/dist/qw-page.bundle.js",
    "util/dist/__webpack/util.bundle.js",
    "act-rules/dist/__webpack/act.bundle.js",
)
ENLARGED = {"width": 640, "height": 512}
"""QualWeb looks for text that is cut off in a window this small: 1280 pixels at 200 %."""
LOOK = """() => {
    document.querySelectorAll('details').forEach(one => one.open = true)
    const words = {translate: {}, fallback: {}}
    const html = {sourceHtml: document.documentElement.outerHTML}
    window.rules = new ACTRulesRunner({}, words).configure({}).test(html)
}"""
LOOK_ENLARGED = """() => Object.values(
    window.rules.testSpecial().getReport().assertions
).map(rule => ({
    code: rule.code,
    name: rule.name,
    criteria: rule.metadata['success-criteria'].map(one => one.name),
    elements: rule.results.filter(one => one.verdict === 'failed').flatMap(one => one.elements),
    failed: rule.metadata.outcome === 'failed',
}))"""


@dataclass(frozen=True)
class Rule:
    """What one rule of QualWeb says of a page."""

    code: str
    name: str
    criteria: frozenset[str]
    failed: bool
    elements: tuple[str, ...]
    """The HTML of the elements that fail it; none where the page as a whole does."""


@cache
def scripts() -> tuple[str, ...]:
    """QualWeb's own code. Raises `FileNotFoundError` before `make install`."""
    return tuple((CHECKERS / "node_modules/@qualweb" / path).read_text() for path in SCRIPTS)


def rules(page: Page) -> list[Rule]:
    """Every rule of QualWeb, and what it says of the page, which must have settled."""
    for script in scripts():
        page.evaluate(script)
    page.evaluate(LOOK)
    before = page.viewport_size
    page.set_viewport_size(ENLARGED)
    answers = page.evaluate(LOOK_ENLARGED)
    if before:
        page.set_viewport_size(before)
    return [
        Rule(
            code=one["code"],
            name=one["name"],
            criteria=frozenset(one["criteria"]),
            failed=one["failed"],
            elements=tuple(element["htmlCode"] or "" for element in one["elements"]),
        )
        for one in answers
    ]


def failures(page: Page) -> list[str]:
    """What fails a monitored criterion, one line for each element; what is folded is unfolded."""
    return [
        f"{rule.code} ({', '.join(sorted(rule.criteria & MONITORED))}): {rule.name} — {html[:200]}"
        for rule in rules(page)
        if rule.failed and rule.criteria & MONITORED
        for html in rule.elements or ("the page",)
    ]


if __name__ == "__main__":
    npm_ci(CHECKERS)
