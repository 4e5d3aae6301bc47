"""What a person meets and lacks, and what each part of the fit gives: a list, and rows of a table.

By itself and not in templates: a page of twenty-five hits has two hundred lines of each.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tvaers.web.components.icons import icon
from tvaers.wording.matching import Mark, PartWords

LINE = '<li class="{}">{}<span class="sr-only">{} </span>{}{}{}</li>'
PART = '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>'


def mark_list(marks: Iterable[Mark]) -> SafeString:
    """A list with a line a requirement; nothing where there is none."""
    met = "met", icon("check"), _("Opfyldt:")
    unmet = "unmet", icon("close"), _("Mangler:")
    nice = format_html(' <span class="quiet">({})</span>', _("en fordel"))
    lines = [
        (
            *(met if mark.met else unmet),
            mark.text,
            "" if mark.must else nice,
            format_html(' <span class="quiet">– {}</span>', mark.by) if mark.by else "",
        )
        for mark in marks
    ]
    return format_html(
        '<ul class="marks">{}</ul>' if lines else "", format_html_join("", LINE, lines)
    )


def part_rows(parts: Iterable[PartWords]) -> SafeString:
    """The rows of the table that says why somebody stands where they do."""
    return format_html_join("", PART, ((part.name, part.found, part.points) for part in parts))
