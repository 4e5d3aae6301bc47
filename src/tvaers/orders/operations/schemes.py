"""The kinds of employment that an order can be for."""

from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders.models import Scheme

SCHEMES = (
    ("ordinary", "Ordinært job", "Ordinary job", 1),
    ("wage_subsidy", "Løntilskud", "Wage subsidy", 2),
    ("traineeship", "Virksomhedspraktik", "Traineeship", 4),
    ("job_rotation", "Jobrotation", "Job rotation", 8),
    ("flex_job", "Fleksjob", "Flex job", 16),
    ("adult_apprenticeship", "Voksenlærling", "Adult apprenticeship", 32),
)
"""Code, Danish name, English name and the bit that the search knows the kind by."""


@change
def load_schemes(*, by: Actor, at: datetime) -> None:
    """Write the schemes that ship with the product; what is there already keeps its dates."""
    for code, name_da, name_en, kind_bit in SCHEMES:
        wanted = {
            "name_da": name_da,
            "name_en": name_en,
            "kind_bit": kind_bit,
            "is_ordinary": code == "ordinary",
        }
        scheme = Scheme.objects.filter(code=code).first() or Scheme(code=code)
        if scheme.pk is None or any(getattr(scheme, name) != wanted[name] for name in wanted):
            for name, value in wanted.items():
                setattr(scheme, name, value)
            scheme.save()
