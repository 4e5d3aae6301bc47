"""Foreign keys point down the same list of layers that imports do, also when named by a string."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

ROOT = Path(__file__).parents[2]


def layers() -> list[set[str]]:
    """The layers of the import contract, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (house,) = [contract for contract in contracts["contracts"] if contract["id"] == "house"]
    return [{name.strip(" ()") for name in layer.split("|")} for layer in house["layers"]]


HEIGHT = {name: -depth for depth, layer in enumerate(layers()) for name in layer}


def domain(model: type[Model]) -> str | None:
    """The folder of the house that a model lives in; None for those of others."""
    first, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if first == "tvaers" else None


RELATIONS = [
    (model, field)
    for model in apps.get_models()
    if domain(model)
    for field in model._meta.get_fields()
    if isinstance(field, Field) and field.is_relation and domain(field.related_model)
]


def test_there_are_foreign_keys() -> None:
    assert len(RELATIONS) > 20


@pytest.mark.parametrize(
    ("model", "field"),
    RELATIONS,
    ids=[f"{model.__name__}.{field.name}" for model, field in RELATIONS],
)
def test_it_points_down_or_stays(model: type[Model], field: Field) -> None:
    here, there = domain(model), domain(field.related_model)
    assert here == there or HEIGHT[here] > HEIGHT[there], f"{here} → {there}"
