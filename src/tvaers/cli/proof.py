"""`tvaers proof verify FILE`. Ends with 0 when the proof still stands, 1 when the ledger differs,
2 when the file is no proof or was changed."""

from enum import IntEnum
from pathlib import Path
from typing import Annotated

import django
import typer
from django.utils import translation

from tvaers.cli.index import Language
from tvaers.cli.screen import console, errors

app = typer.Typer(no_args_is_help=True, help="Check a printed proof of search.")


class End(IntEnum):
    SAME = 0
    DIFFERENT = 1
    NO_PROOF = 2


@app.callback()
def proof() -> None:
    """Keeps `verify` a command of its own."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The PDF.", exists=True, dir_okay=False)],
    language: Annotated[Language, typer.Option(help="English or Danish.")] = Language.EN,
) -> None:
    """Say whether a printed proof is untouched, and whether the database still says the same."""
    django.setup()
    with translation.override(language.value):
        raise typer.Exit(_verify(file))


def _verify(file: Path) -> End:
    from tvaers.proof.seal import NotAProof, SealBroken
    from tvaers.proof.verify import OrderGone, verified
    from tvaers.wording.proof import VERDICTS, Verdict, what_differs

    try:
        found = verified(file.read_bytes())
    except NotAProof:
        errors.print(str(VERDICTS[Verdict.NO_PROOF]))
        return End.NO_PROOF
    except SealBroken:
        errors.print(str(VERDICTS[Verdict.CHANGED]))
        return End.NO_PROOF
    except OrderGone:
        errors.print(str(VERDICTS[Verdict.NO_ORDER]))
        return End.DIFFERENT
    console.print(f"{found.then.order}  SHA-256 {found.then.digest()}", soft_wrap=True)
    if found.same:
        console.print(str(VERDICTS[Verdict.SAME]))
        return End.SAME
    console.print(str(VERDICTS[Verdict.DIFFERENT]))
    for sentence in what_differs(found.differences):
        console.print(f"- {sentence}", soft_wrap=True)
    return End.DIFFERENT
