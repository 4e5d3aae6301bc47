"""The proof as a PDF: tagged (PDF/UA-1), with the ledger attached and a seal."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tvaers.proof.seal import ATTACHMENT, sealed
from tvaers.proof.sheet import Sheet
from tvaers.wording.proof import at_time

LAYOUT = Path(__file__).with_name("paper.typ")


def paper(sheet: Sheet, *, office: str, at: datetime) -> bytes:
    """The sealed PDF, printed by `office` at `at`, in the language in force.

    The same sheet at the same moment gives the same bytes. Its fonts come with the typesetter.
    """
    import typst  # 80 MB of machine code, wanted by this page alone

    pdf = typst.compile(
        LAYOUT.read_bytes(),
        sys_inputs={
            "sheet": json.dumps(_told(sheet, office=office, at=at), ensure_ascii=False),
            "ledger": sheet.ledger.canonical().decode(),
            "attachment": ATTACHMENT,
        },
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return sealed(pdf)


def _told(sheet: Sheet, *, office: str, at: datetime) -> dict[str, object]:
    """All texts of the paper."""
    return {
        "language": get_language() or "da",
        "title": _("Bevis for søgning"),
        "subtitle": f"{sheet.order.title}, {sheet.order.company.name}",
        "lead": _(
            "Sådan er hver kommune i området dækket: af svar fra det kontor, der betjener den, "
            "eller af en søgning i friske data, hvor der er taget stilling til alle fundne. "
            "Beviset rummer antal og begrundelser og ingen oplysninger om personer."
        ),
        "facts": [asdict(fact) for fact in sheet.facts],
        "heading": _("Kommuner"),
        "columns": [_("Kommune"), _("Hvordan"), _("Hvornår"), _("Af hvem"), _("Hvad blev fundet")],
        "rows": [
            {
                "name": one.name
                if one.in_area
                else _("%(name)s (uden for området)") % {"name": one.name},
                "lines": [asdict(line) for line in one.lines],
            }
            for one in sheet.municipalities
        ],
        "uncovered": _("Ikke dækket"),
        "check_heading": _("Kontrol"),
        "check": _(
            "Dokumentationen er vedhæftet denne fil som %(name)s. Dens SHA-256 står herunder. "
            "Kommandoen »tvaers proof verify« siger, om filen er uændret, og om databasen stadig "
            "siger det samme."
        )
        % {"name": ATTACHMENT},
        "order": _("Jobordre nr. %(number)s, udgave %(version)s")
        % {"number": sheet.ledger.order, "version": sheet.ledger.requirements_version},
        "digest": sheet.digest,
        "printed": _("Udskrevet %(when)s af %(office)s") % {"when": at_time(at), "office": office},
        "attached": _("Dokumentationen som data"),
    }
