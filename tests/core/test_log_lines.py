"""What a log line says, and what it never says."""

import json
import logging
import sys
from types import SimpleNamespace
from typing import Any

from tvaers.core.log_lines import JsonLines, WithoutAddresses


def a_record(text: str, *args: object, **more: Any) -> logging.LogRecord:
    record = logging.LogRecord("tvaers.web", logging.WARNING, "f.py", 1, text, args, None)
    vars(record).update(more)
    return record


def told(record: logging.LogRecord) -> dict[str, Any]:
    return json.loads(JsonLines().format(record))


def test_a_line_is_one_object_with_time_level_text_and_facts() -> None:
    line = told(a_record("Svar på %s", "ordre 7", facts={"page": "answer", "ms": 12.5}))
    assert line["text"] == "Svar på ordre 7"
    assert (line["level"], line["logger"]) == ("warning", "tvaers.web")
    assert (line["page"], line["ms"]) == ("answer", 12.5)
    assert line["at"].endswith("+00:00")
    assert "\n" not in JsonLines().format(a_record("to\nlinjer"))


def test_the_address_of_a_page_becomes_its_name() -> None:
    path = "/svar/link/hemmelig/"
    request = SimpleNamespace(path=path, resolver_match=SimpleNamespace(view_name="answer_link"))
    for record in (
        a_record("%s: %s", "Forbidden", path, request=request),
        a_record(f"Forbidden: {path}", request=request),
    ):
        assert WithoutAddresses().filter(record)
        assert told(record)["text"] == "Forbidden: answer_link"


def test_an_address_that_is_none_of_ours_is_not_written_either() -> None:
    request = SimpleNamespace(path="/ida-prøvesen", resolver_match=None)
    record = a_record("%s: %s", "Not Found", request.path, request=request)
    WithoutAddresses().filter(record)
    assert told(record)["text"] == "Not Found: -"


def broken(error: Exception) -> dict[str, Any]:
    try:
        raise error
    except Exception:
        record = a_record("it broke")
        record.exc_info = sys.exc_info()
        return told(record)


def test_an_exception_says_its_kind_and_place_and_none_of_its_values() -> None:
    line = broken(ValueError("Ida Prøvesen, 0101011234"))
    assert line["error"] == "ValueError"
    assert "test_log_lines.py" in line["where"][-1]
    assert "Ida" not in json.dumps(line, ensure_ascii=False)


def test_a_machine_that_is_away_is_named() -> None:
    assert broken(ConnectionRefusedError("db.example: refused"))["why"] == "db.example: refused"
