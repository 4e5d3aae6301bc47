"""The form of what a company needs: for a new order and for a change of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.companies import operations as companies
from tvaers.companies.queries import CompanyRow, contacts_of, workplaces_of
from tvaers.core.actor import Actor
from tvaers.orders.need import Need, Problem
from tvaers.orders.queries import schemes
from tvaers.orders.refusals import NeedRefused
from tvaers.places.queries import municipality_names
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.in_use import linker_in_use, taxonomy_in_use
from tvaers.web.forms import ChoiceField, DateField, Form, FreeTextField, ManyField
from tvaers.web.pages.orders import asked, portions
from tvaers.web.pages.orders.asked import Line
from tvaers.wording.orders import PROBLEMS, concept_label, scheme_name

LINES = frozenset({"requirements", "portions"})
MANY = frozenset({"workplace_ids", "offered", "other_occupations"})
NO_OCCUPATION = "0"
"""The choice for an order whose occupation nobody can name."""
ENTER = "enter"
"""What the enter key sends: it adds what is written beside it, and never saves the order."""
FIELD_OF = {
    Problem.NO_TITLE: "title",
    Problem.TITLE_TOO_LONG: "title",
    Problem.NO_DESCRIPTION: "description",
    Problem.DESCRIPTION_TOO_LONG: "description",
    Problem.COMMENT_TOO_LONG: "internal_comment",
    Problem.NO_OPENINGS: "openings",
    Problem.TOO_MANY_OPENINGS: "openings",
    Problem.HOURS_NOT_IN_ORDER: "hours_min",
    Problem.NO_SUCH_HOURS: "hours_max",
    Problem.START_PASSED: "starts_on",
    Problem.LAST_DAY_PASSED: "last_day",
    Problem.NO_SUCH_SCHEME: "scheme",
    Problem.PORTION_OF_NOBODY: "portion_0_number",
    Problem.PORTION_ELSEWHERE: "portion_0_workplace",
    Problem.MORE_THAN_OPENINGS: "portion_0_number",
}
"""Where a problem is shown; the others belong to the requirements."""


class FreeLineField(FreeTextField):
    """One line of free text, looked through like the long ones."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = forms.TextInput()


class NeedForm(Form):
    """What the company needs. Lengths are the domain's to judge, so that nothing is cut off."""

    title = FreeLineField(
        label=later("Titel"), error_messages={"required": PROBLEMS[Problem.NO_TITLE]}
    )
    description = FreeTextField(
        label=later("Opslagets tekst"),
        rows=8,
        error_messages={"required": PROBLEMS[Problem.NO_DESCRIPTION]},
    )
    internal_comment = FreeTextField(label=later("Intern bemærkning"), required=False, rows=2)
    occupation = ChoiceField(label=later("Stilling"))
    other_occupations = ManyField(
        label=later("Eller en af disse, der er lige så gode"), required=False
    )
    occupation_years = forms.IntegerField(
        label=later("Års erfaring i stillingen"), min_value=0, max_value=60, required=False
    )
    requirements = forms.CharField(label=later("Krav"), required=False, widget=forms.HiddenInput)
    scheme = forms.ChoiceField(label=later("Ordning"))
    hours_min = forms.IntegerField(label=later("Timer om ugen, mindst"))
    hours_max = forms.IntegerField(label=later("Timer om ugen, højst"))
    starts_on = DateField(label=later("Første arbejdsdag"), required=False)
    last_day = DateField(label=later("Sidste dag"), required=False)
    workplace_ids = ManyField(label=later("Arbejdssted"), required=False)
    place_address = forms.CharField(label=later("Adresse"), max_length=150, required=False)
    place_postcode = forms.RegexField("^[0-9]{4}$", label=later("Postnummer"), required=False)
    place_municipality = forms.ChoiceField(label=later("Kommune"), required=False)
    contact_id = forms.TypedChoiceField(
        label=later("Kontaktperson"), coerce=int, empty_value=None, required=False
    )
    contact_name = forms.CharField(
        label=later("Ny kontaktpersons navn"), max_length=120, required=False
    )
    contact_phone = forms.CharField(
        label=later("Ny kontaktpersons telefon"), max_length=20, required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        told: Mapping[str, Any],
        company: CompanyRow,
        day: date,
    ) -> None:
        """`told` is what the form says: what was sent, or else what it begins with."""
        super().__init__(data, initial=dict(told))
        self.company = company
        self.lines: list[Line] = [Line(**line) for line in told.get("lines", ())]
        self.offered = _concepts(told.get("offered", ()))
        self._choose("occupation", _occupations(self.offered))
        self._choose("other_occupations", _named(self.offered))
        codes = [(one.code, scheme_name(one)) for one in schemes(day)]
        self._choose("scheme", codes)
        places = [(str(one.id), _place(one)) for one in workplaces_of(company.id)]
        self._choose("workplace_ids", places)
        self._lines_of_portions = portions.add_fields(
            self,
            told,
            schemes=[("", _("Som jobordren")), *codes],
            places=[("", _("Alle")), *places],
        )
        people = [(one.id, one.name) for one in contacts_of(company.id)]
        self._choose("contact_id", [("", _("Ingen")), *people])
        towns = list(municipality_names().items())
        self._choose("place_municipality", [("", _("Intet nyt arbejdssted")), *towns])

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self._point_out("requirements", "\n".join(line.text for line in self.lines))
        if not all(line.years_are_right for line in self._kept):
            self.add_error("requirements", _("År med et krav er et helt tal fra 0 til 60."))
        if (told.get("place_address") or told.get("place_postcode")) and not told.get(
            "place_municipality"
        ):
            self.add_error("place_municipality", _("Vælg det nye arbejdssteds kommune."))
        for name in [name for name in self.fields if name.endswith("_seen")]:
            self.fields[name].label = _("%(field)s: ja, det er nødvendigt, at det står her") % {
                "field": self.fields[name.removesuffix("_seen")].label
            }
        return told

    @property
    def portions(self) -> list[portions.Line]:
        """The lines that portion the openings out."""
        return portions.lines_of(self, self._lines_of_portions)

    @property
    def portioned(self) -> bool:
        """Whether a line is filled in or wrong, so that they are shown."""
        return any(line.number.value() or line.number.errors for line in self.portions)

    @property
    def seen(self) -> list[forms.BoundField]:
        """The boxes that say: yes, the health word must stand here."""
        return [self[name] for name in self.fields if name.endswith("_seen")]

    @property
    def seen_before(self) -> list[str]:
        """The boxes that were ticked, kept for the next time the form is sent."""
        return [name for name in self.data if name.endswith("_seen") and name not in self.fields]

    @property
    def _kept(self) -> list[Line]:
        return [line for line in self.lines if line.say != asked.REMOVE]

    def need(self) -> Need:
        """What was told, in the domain's words."""
        told = self.cleaned_data
        occupation = int(told["occupation"]) or None
        return Need(
            title=told["title"],
            description=_plain(told["description"]),
            internal_comment=_plain(told["internal_comment"]),
            scheme=told["scheme"],
            contact_id=told["contact_id"],
            workplace_ids=tuple(int(pk) for pk in told["workplace_ids"]),
            occupation=occupation,
            other_occupations=tuple(int(one) for one in told["other_occupations"]),
            occupation_years=told["occupation_years"] or 0,
            hours_min=told["hours_min"],
            hours_max=told["hours_max"],
            starts_on=told["starts_on"],
            last_day=told["last_day"],
            requirements=tuple(line.asked() for line in self._kept),
            portions=portions.portions_in(told, self._lines_of_portions),
            **_uris(occupation),
        )

    def save_what_is_new(self, need: Need, *, by: Actor, at: Any) -> Need:
        """Save the workplace and the person that the company did not have; the need with them."""
        told, fields = self.cleaned_data, dict(vars(need))
        if told["place_municipality"]:
            place = companies.save_workplace(
                company_id=self.company.id,
                name=self.company.name,
                municipality=told["place_municipality"],
                address=told["place_address"],
                postcode=told["place_postcode"],
                by=by,
                at=at,
            )
            fields["workplace_ids"] = (*need.workplace_ids, place.pk)
        if told["contact_name"]:
            person = companies.save_contact(
                company_id=self.company.id,
                name=told["contact_name"],
                phone=told["contact_phone"],
                by=by,
                at=at,
            )
            fields["contact_id"] = person.pk
        return Need(**fields)

    def refuse(self, refusal: NeedRefused) -> None:
        """Show what is wrong with the need where it was written."""
        for problem in refusal.problems:
            self.add_error(FIELD_OF.get(problem, "requirements"), PROBLEMS[problem])


def told_in(data: QueryDict) -> dict[str, Any]:
    """What a form that was sent says, as a session can keep it."""
    kept: dict[str, Any] = {
        name: data.getlist(name) if name in MANY else data[name]
        for name in data
        if name in NeedForm.base_fields
        or name in MANY
        or name.startswith("said_")
        or portions.is_of_a_line(name)
    }
    if "openings" in data:
        kept["openings"] = data["openings"]
    kept |= {name: data[name] for name in data if name.endswith("_seen")}
    return kept | {"lines": [line.as_dict() for line in asked.lines_in(data)]}


def told_of(need: Need) -> dict[str, Any]:
    """What the form begins with, when the order says `need`."""
    told = {name: value for name, value in vars(need).items() if name not in LINES}
    return (
        told
        | portions.told_of(need.portions)
        | {
            "occupation": str(need.occupation or NO_OCCUPATION),
            "other_occupations": [str(one) for one in need.other_occupations],
            "offered": [str(one) for one in (need.occupation, *need.other_occupations) if one],
            "workplace_ids": [str(pk) for pk in need.workplace_ids],
            "lines": [line.as_dict() for line in asked.lines_now(need.requirements)],
        }
    )


def amended(told: dict[str, Any], data: QueryDict) -> str:
    """Add what a button of the form asks for to `told`; says which part changed, or "".

    A requirement that was written and not added is added on the way, so that it is not lost.
    """
    if chosen := data.get("add_concept", ""):
        line = asked.line_from_concept(int(chosen)) if chosen.isdecimal() else None
        told["lines"] += [line.as_dict()] if line else []
        return "requirements"
    if chosen := data.get("pick_occupation", ""):
        return _offer(told, [chosen])
    do, title = data.get("do"), data.get("occupation_words", "").strip()
    words = data.get("add_words", "").strip()
    if words and do != "keep":
        told["lines"] += [asked.line_from_words(words).as_dict()]
    if do == "find_occupation" or (do == ENTER and title):
        return _offer(told, [str(found) for found, _sure in linker_in_use().titles(title)])
    return "requirements" if do in ("add", ENTER) else ""


def _offer(told: dict[str, Any], found: list[str]) -> str:
    known = told.setdefault("offered", [])
    told["offered"] = [*known, *(one for one in found if one not in known)]
    told["occupation"] = found[0] if found else told.get("occupation", NO_OCCUPATION)
    return "occupation"


def _concepts(offered: Sequence[str]) -> list[int]:
    return [int(one) for one in offered if str(one).isdecimal() and len(str(one)) < 10]


def _named(offered: Sequence[int]) -> list[tuple[str, str]]:
    return [(str(one), concept_label(one)) for one in dict.fromkeys(offered)]


def _occupations(offered: Sequence[int]) -> list[tuple[str, str]]:
    return [*_named(offered), (NO_OCCUPATION, _("Ingen af dem: søg efter titlens ord"))]


def _place(place: Any) -> str:
    return ", ".join(filter(None, (place.name, place.address, place.municipality_name)))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _uris(occupation: int | None) -> dict[str, Any]:
    """The occupation's names in the national and the European list, where it has them."""
    try:
        concept = taxonomy_in_use().concept(occupation or 0)
    except KeyError:
        return {}
    if concept.kind is not Kind.OCCUPATION:
        return {}
    return {"concept_uri_da": concept.uri_da or "", "concept_uri_eu": concept.uri_eu or ""}
