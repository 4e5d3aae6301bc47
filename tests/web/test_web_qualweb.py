"""QualWeb can fail each criterion that it is asked about: a page that breaks them all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.qualweb import MONITORED, failures, rules

SOUND = """<!doctype html><html lang="da"><head><title>Opgaver</title></head>
<body><main><h1>Mine opgaver</h1><p>Intet venter på dig.</p></main></body></html>"""
BROKEN = {
    "1.1.1": '<img src="data:,">',
    "1.3.1": '<table><tr><th scope="col">Navn</th></tr></table>',
    "1.3.5": '<label>Navn <input autocomplete="fornavn"></label>',
    "1.4.3": '<p style="color: #bbb; background: #fff">For bleg</p>',
    "1.4.12": '<p style="letter-spacing: 0.05em !important">For tæt</p>',
    "2.1.1": '<iframe tabindex="-1" title="Kort" srcdoc="<a href=/kort/>Se kortet</a>"></iframe>',
    "2.4.4": '<a href="/svar/"></a>',
    "2.5.3": '<button aria-label="Send">Ingen egnede</button>',
    "3.1.2": '<p lang="dk">Goddag</p>',
    "4.1.2": "<button></button>",
}
"""What breaks a criterion in a page. The rest are broken by the page's head and styles."""
BROKEN_PAGE = f"""<!doctype html><html><head><title></title>
<meta http-equiv="refresh" content="60; url=/">
<meta name="viewport" content="user-scalable=no"><style>
@media (orientation: portrait) {{ body {{ transform: rotate(90deg) }} }}</style></head>
<body>{"".join(BROKEN.values())}</body></html>"""


@pytest.fixture
def page(running_browser: Browser) -> Iterator[Page]:
    page = running_browser.new_page()
    yield page
    page.close()


def broken(page: Page) -> set[str]:
    """The monitored criteria that a rule fails."""
    return set().union(*(rule.criteria for rule in rules(page) if rule.failed)) & MONITORED


def test_each_monitored_criterion_can_be_broken(page: Page) -> None:
    page.set_content(BROKEN_PAGE)
    assert broken(page) == MONITORED


def test_a_sound_page_breaks_none(page: Page) -> None:
    page.set_content(SOUND)
    assert not failures(page)


@pytest.mark.parametrize("folded", ["{}", "<details><summary>Mere</summary>{}</details>"])
def test_an_image_without_words_is_named_with_its_rule(page: Page, folded: str) -> None:
    page.set_content(SOUND.replace("<p>", folded.format(BROKEN["1.1.1"]) + "<p>"))
    (found,) = failures(page)
    assert found.startswith("QW-ACT-R17 (1.1.1): Image has non-empty accessible name — <img")
