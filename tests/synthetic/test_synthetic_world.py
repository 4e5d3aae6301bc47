"""The demo world: small here, as large as one likes elsewhere."""

from datetime import UTC, datetime

import pytest

from tvaers.synthetic.load import load_demo

NOW = datetime(2026, 9, 16, 9, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_small_world_loads() -> None:
    load_demo(candidates=500, companies=60, orders=20, at=NOW)
