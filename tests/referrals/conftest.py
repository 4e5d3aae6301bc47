"""An order in Køge, and a stranger in Greve who is proposed for it."""

import pytest

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE
from tvaers.candidates.models import Profile
from tvaers.orders import operations as orders
from tvaers.orders.models import Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    made = an_order(region.lead, openings=2)
    return orders.start_recruiting(order_id=made.pk, by=region.lead.actor, at=MONDAY)


@pytest.fixture
def ida(region: Sjaelland) -> Profile:
    """A stranger to the lead: followed in Greve."""
    return region.person(
        GREVE, name="Ida Prøvesen", email="ida@example.dk", phone="11223344", text="Kører truck."
    )


@pytest.fixture
def referral(region: Sjaelland, order: Order, ida: Profile) -> Referral:
    return referrals.propose(order_id=order.pk, person_id=ida.pk, by=region.lead.actor, at=MONDAY)
