"""Danish and English are both complete."""

import pytest

from tvaers.cli import messages


def test_sentences_of_code_and_pages_are_found() -> None:
    found = {message.id for message in messages.gathered()}
    assert "Konsulent" in found


def test_every_sentence_has_its_english() -> None:
    if not messages.ENGLISH.exists():
        pytest.skip("the English catalogue is not begun; run: tvaers messages")
    assert not messages.untranslated(messages.updated())
