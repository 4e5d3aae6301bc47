"""A hand with a phone: what it taps, types, scrolls and reads, and how long that takes a person.

The seconds are an estimate by the keystroke-level model (Card, Moran and Newell 1980), with the
pace of typing on phones that Palin et al. measured in 2019; pages' loading is measured.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.web.browser import picture, settle

SIZE = {"width": 390, "height": 844}
TOUCH = {"viewport": SIZE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DECIDE, TAP, SWIPE, KEY, WORD = 1.35, 1.1, 1.0, 60 / (36.2 * 5), 60 / 238
"""Seconds: to make up one's mind, to find and tap, to scroll most of a screen, for one key
(36.2 words of five keys a minute), and to read one word (238 a minute)."""
SWIPED = 0.7
"""How much of the screen one swipe moves."""
SMALLEST = 24
"""Pixels of a target (WCAG 2.2, 2.5.8)."""


@dataclass
class Phone:
    """Counts while it does what a person would do on the page."""

    page: Page
    taps: int = 0
    keys: int = 0
    swipes: float = 0
    words: int = 0
    loading: float = 0
    """Seconds measured."""

    @property
    def seconds(self) -> float:
        """What a person needs for all of it."""
        hands = self.taps * (DECIDE + TAP) + self.swipes * SWIPE + self.keys * KEY
        return hands + self.words * WORD + self.loading

    def tap(self, target: Locator) -> None:
        """Scroll to the target as far as needed, and tap it, which must not be too small."""
        self._scroll_to(target)
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= SMALLEST, f"{target} is too small: {box}"
        target.tap()
        self.taps += 1

    def type(self, field: Locator, text: str) -> None:
        """Tap the field and type into it."""
        self.tap(field)
        field.press_sequentially(text)
        self.keys += len(text)

    def read(self, *parts: Locator) -> None:
        """Read all words that the parts show."""
        shown = " ".join(text for part in parts for text in part.all_inner_texts())
        self.words += sum(any(map(str.isalnum, word)) for word in shown.split())

    @contextmanager
    def loads(self, shown: Locator, name: str) -> Iterator[None]:
        """What is tapped inside leads to a page that shows `shown`."""
        began = time.perf_counter()
        yield
        expect(shown.first).to_be_visible()
        settle(self.page)
        self.loading += time.perf_counter() - began
        picture(self.page, name)

    def _scroll_to(self, target: Locator) -> None:
        before = self.page.evaluate("window.scrollY")
        target.scroll_into_view_if_needed()
        moved = abs(self.page.evaluate("window.scrollY") - before)
        self.swipes += moved / (SIZE["height"] * SWIPED)

    def __str__(self) -> str:
        return (
            f"{self.taps} taps, {self.keys} keys, {self.swipes:.1f} swipes, {self.words} words, "
            f"{self.loading:.1f} s loading: {self.seconds:.0f} s"
        )
