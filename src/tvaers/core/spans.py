"""A place in a text."""

from typing import NamedTuple


class Span(NamedTuple):
    """The half-open stretch `text[start:end]`, with the words found there."""

    start: int
    end: int
    words: str
