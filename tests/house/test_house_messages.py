"""Danish and English are both complete."""

import ast

import pytest

from tvaers.cli import messages


def test_sentences_of_code_and_pages_are_found() -> None:
    found = {message.id for message in messages.gathered()}
    assert "Konsulent" in found


def test_every_sentence_has_its_english() -> None:
    if not messages.ENGLISH.exists():
        pytest.skip("the English catalogue is not begun; run: tvaers messages")
    assert not messages.untranslated(messages.updated())


def test_every_name_for_translating_is_looked_for() -> None:
    names = {
        alias.asname or alias.name
        for path in messages.PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    assert "now" in names
    assert names <= set(messages.KEYWORDS)
