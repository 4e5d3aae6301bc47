"""`tvaers link`: what the product understands of a title or an ad."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tvaers.cli.screen import console, errors

if TYPE_CHECKING:
    from tvaers.taxonomy.concepts import Taxonomy
    from tvaers.taxonomy.linker import Linker


class Shape(StrEnum):
    TABLE = "table"
    JSON = "json"


def command(
    text: Annotated[list[str] | None, typer.Argument(help="Titles or lines of an ad.")] = None,
    file: Annotated[Path | None, typer.Option(help="A text file: one ad as written.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many occupations to show.")] = 5,
    format: Annotated[Shape, typer.Option(help="How to print.")] = Shape.TABLE,
) -> None:
    """Show the concepts that are found in Danish text, and the occupations a title may mean."""
    from tvaers.taxonomy.in_use import linker_in_use

    texts = list(text or ())
    if file is not None:
        try:
            texts.append(file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            errors.print(f"{file}: {error}", style="red", markup=False, soft_wrap=True)
            raise typer.Exit(2) from None
    if not texts:
        errors.print("Give a text, or a file with --file.", style="red")
        raise typer.Exit(2)
    answers = [understood(one, linker=linker_in_use(), top=top) for one in texts]
    if format is Shape.JSON:
        typer.echo(json.dumps(answers, ensure_ascii=False, indent=1))
    else:
        for answer in answers:
            _print(answer)


def understood(text: str, *, linker: "Linker", top: int) -> dict[str, Any]:
    """Occupations by the first line of the text, and everything it mentions."""
    taxonomy = linker.taxonomy
    title = next((line for line in text.splitlines() if line.strip()), "")
    return {
        "text": text,
        "occupations": [
            {**_concept(taxonomy, concept_id), "certainty": certainty / 1000}
            for concept_id, certainty in linker.titles(title, top=top)
        ],
        "mentions": [
            {
                "text": text[mention.start : mention.end],
                "start": mention.start,
                "end": mention.end,
                **_concept(taxonomy, mention.concept_id),
                "certainty": mention.certainty / 1000,
                "must": mention.must,
                "negated": mention.negated,
            }
            for mention in linker.mentions(text)
        ],
    }


def _concept(taxonomy: "Taxonomy", concept_id: int) -> dict[str, Any]:
    concept = taxonomy.concept(concept_id)
    return {
        "id": concept.id,
        "key": concept.key,
        "kind": concept.kind.value,
        "label": concept.label,
        "uri": concept.uri_eu or concept.uri_da,
    }


def _print(answer: dict[str, Any]) -> None:
    from rich.table import Table

    first = answer["text"].strip().splitlines()
    console.print(first[0] if first else "", style="bold", markup=False)
    occupations = Table("occupation", "certainty", box=None, pad_edge=False)
    for one in answer["occupations"]:
        occupations.add_row(one["label"], f"{one['certainty']:.2f}")
    mentions = Table("words", "kind", "concept", "certainty", "tone", box=None, pad_edge=False)
    for one in answer["mentions"]:
        tone = {True: "must", False: "nice", None: ""}[one["must"]]
        words = " ".join(one["text"].split())
        mentions.add_row(
            words,
            one["kind"],
            one["label"],
            f"{one['certainty']:.2f}",
            "not asked" if one["negated"] else tone,
        )
    for table in (occupations, mentions):
        if table.row_count:
            console.print(table)
    console.print()
