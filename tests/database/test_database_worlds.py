"""The demo never overwrites what people have made."""

import pytest

from tests.network.factories import office
from tvaers.database import worlds


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_rows_that_every_installation_has_are_nobodys_work() -> None:
    assert not worlds.holds_changes()
    office()
    assert worlds.holds_changes()
