"""Gather the Danish sentences of code and pages into the English catalogue.

Django's own command needs the gettext programs; Babel needs nothing but Python.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from tvaers.cli.screen import console

PACKAGE = Path(__file__).parents[1]
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "later": None,
    "now": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def command() -> None:
    """Gather new sentences into the English catalogue, and say how many are untranslated."""
    catalogue = updated()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as target:
        # Without a header, which would hold nothing but the time of the last run.
        write_po(
            target,
            catalogue,
            sort_output=True,
            include_lineno=False,
            omit_header=True,
            width=100,
        )
    console.print(f"{len(catalogue)} sentences, {len(untranslated(catalogue))} without English.")


def updated() -> Catalog:
    """The English catalogue as it is, with the sentences of today."""
    if ENGLISH.exists():
        with ENGLISH.open("rb") as source:
            catalogue = read_po(source, locale="en")
    else:
        catalogue = Catalog(locale="en", project="tvaers", charset="utf-8")
    catalogue.update(gathered(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The sentences that lack English, a plural form included."""
    lacking = []
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and (message.fuzzy or not all(texts)):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def gathered() -> Catalog:
    """All sentences marked for translation in Python files and templates."""
    template = Catalog(charset="utf-8")
    for path, source in _sources():
        name = str(path.relative_to(PACKAGE))
        for line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
            template.add(message, locations=[(name, line)], context=context)
    return template


def _sources() -> Iterator[tuple[Path, io.BytesIO]]:
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, io.BytesIO(path.read_bytes())
    for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if "templates" in path.parts:
            # In a parenthesis indentation means nothing, as in a template.
            calls = templatize(path.read_text(), origin=str(path))
            yield path, io.BytesIO(f"(\n{calls}\n)".encode())
