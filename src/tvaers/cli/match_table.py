"""The answer of `tvaers match` as a table for people."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from tvaers.cli.match_run import Match
from tvaers.cli.match_words import EXCLUDED_WORDS, Say
from tvaers.cli.screen import console

TOLD = ("occupation", "experience")  # the other parts have columns of their own


def show(found: Match, *, say: Say) -> None:
    """Print the order as understood, the hits, the near misses and how many were kept out."""
    order = found.order
    console.print(f"[bold]{escape(order['title'])}[/]")
    work = order["occupation"]
    console.print(say("Stilling: ", "Occupation: ") + (escape(work["label"]) if work else "?"))
    for must, words in ((True, say("Skal: ", "Must: ")), (False, say("Gerne: ", "Nice: "))):
        asked = [escape(r["label"]) for r in order["requirements"] if r["must"] is must]
        if asked:
            console.print(words + ", ".join(asked))
    console.print()
    _table(say(f"{found.total} passer", f"{found.total} fit"), found.hits, say=say)
    if found.near_misses:
        _table(say("Tæt på: mangler ét, der kan læres", "Close: lack one thing that can be learnt"),
               found.near_misses, say=say)  # fmt: skip
    for name, number in found.excluded.items():
        if number:
            console.print(f"{number} {say(*EXCLUDED_WORDS[name])}")


def _table(title: str, people: Sequence[dict[str, Any]], *, say: Say) -> None:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for danish, english in (("id", "id"), ("passer", "fit"), ("min.", "min."), ("klar", "ready")):
        table.add_column(say(danish, english), no_wrap=True)
    for danish, english in (("opfylder", "meets"), ("mangler", "lacks"), ("hvorfor", "why")):
        table.add_column(say(danish, english), overflow="fold")
    for person in people:
        minutes, fit = person["travel_minutes"], f"{person['fit']:.2f}"
        table.add_row(
            escape(person["id"]),
            say(fit.replace(".", ","), fit),
            "" if minutes is None else str(minutes),
            f"{date.fromisoformat(person['ready']):%d-%m-%Y}",
            escape(", ".join(person["met"])),
            escape(", ".join(person["unmet"])),
            escape("; ".join(p["text"] for p in person["why"] if p["part"] in TOLD)),
        )
    console.print(table)
