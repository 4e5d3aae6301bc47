"""The file of a search's hits in words: its columns, and what stands in it about itself."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tvaers.matching.models import Settled
from tvaers.matching.queries import Hit, ResultPage
from tvaers.wording import matching as words
from tvaers.wording import times
from tvaers.wording.candidates import HIDDEN, who

Cells = tuple[str | int | date | None, ...]


def headings() -> tuple[str, ...]:
    """What the columns hold."""
    return (
        _("Nr."),
        _("Kandidat"),
        _("Søger"),
        _("Bopælskommune"),
        _("Følges af"),
        _("Passer"),
        _("Opfylder"),
        _("Mangler"),
        _("Transporttid, min."),
        _("Kan starte"),
        _("Cv opdateret"),
        _("Udfald"),
        _("Bemærkning"),
        _("Kan ikke formidles"),
    )


def cells(number: int, hit: Hit) -> Cells:
    """One person, with no more than the reader may see: no name where it is not released (R13)."""
    return (
        number,
        who(hit.person_id, hit.name),
        hit.titles,
        hit.municipality,
        hit.home_office,
        words.fit(hit),
        ", ".join(row.text for row in hit.met),
        ", ".join(row.text for row in hit.unmet),
        hit.travel_minutes,
        hit.ready,
        hit.cv_updated_on,
        str(dict(Settled.choices).get(hit.outcome, "")),
        hit.outcome_words,
        ", ".join(str(HIDDEN[reason]) for reason in hit.hidden),
    )


def notice(*, reader: str, office: str, title: str) -> str:
    """What stands above the table."""
    return _("Personoplysninger. Kun til %(reader)s, %(office)s, om jobordren »%(title)s«.") % {
        "reader": reader,
        "office": office,
        "title": title,
    }


def about(
    found: ResultPage, rows: Sequence[Hit], *, reader: str, office: str, at: datetime
) -> tuple[tuple[str, str], ...]:
    """For whom the file is, what it may be used for, and how its people were found."""
    made_at, searched_at = times.exact(at), times.exact(found.search.at)
    of = {"shown": len(rows), "all": found.hits.total}
    return (
        (_("Lavet til"), f"{reader}, {office}"),
        (_("Lavet"), made_at),
        (_("Jobordre"), f"{found.order.title}, {found.order.company.name}"),
        (_("Søgning"), searched_at),
        (_("Regel"), words.rule(found.settings)),
        (
            _("Personer"),
            ngettext("%(shown)s af %(all)s", "%(shown)s af %(all)s", len(rows)) % of,
        ),
        (
            _("Må bruges til"),
            _(
                "At besætte stillingerne i jobordren. Filen må ikke gives videre, heller ikke til "
                "virksomheden, og slettes, når jobordren er lukket."
            ),
        ),
        (
            _("Registreret"),
            _(
                "Udtrækket er skrevet op på hver person i filen: hvem, hvornår og til hvilken "
                "jobordre. Personen kan få det at se."
            ),
        ),
        (
            _("Navne"),
            _(
                "Kun egne kandidater og dem, hjemkommunen har frigivet til jobordren, står med "
                "navn. De andre har et nummer."
            ),
        ),
    )
