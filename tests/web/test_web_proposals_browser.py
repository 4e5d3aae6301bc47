"""Forslag and the orders that fit a person, in a browser."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.circulation.factories import an_order, occupation, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, SOLROED
from tests.web.browser import OpenPage, troubles_at_every_width
from tests.web.test_web_proposals import wide
from tests.web.test_web_search import browser_of, excel
from tvaers.orders.need import Asked
from tvaers.orders.queries import need_of
from tvaers.referrals import operations as referrals


def test_the_plan_and_the_orders_that_fit(open_page: OpenPage) -> None:
    region = sjaelland()
    titles = {"wanted_titles": "Lagermedarbejder, truckfører"}
    held = {"held": (occupation(),), "held_years": (4,), "held_until": (2025,)}
    own = region.person(name="Anna Bech", **titles, **held)
    for code in (GREVE, SOLROED, GREVE):
        region.person(code, **titles)
    first = wide(an_order(region.lead, openings=2))
    asked = need_of(first).requirements
    with_more = Asked(kind="SKILL", text="Excel", must=False, concept=excel())
    wide(an_order(region.lead, title="Truckfører", requirements=(*asked, with_more)))
    an_order(region.lead, title="Sygeplejerske", occupation=occupation("sygeplejerske"))
    for _ in range(6):
        an_order(region.lead, title="Lager, nat", openings=1)
    referrals.propose(
        order_id=first.pk, person_id=own.pk, by=region.lead.actor, at=MONDAY, words="Kan køre."
    )
    lead = browser_of(region.lead.user_id)
    page = open_page(reverse("proposals"), as_user=lead)
    page.get_by_text("Hvorfor står personen her?").first.click()
    assert not troubles_at_every_width(page, "proposals")
    page = open_page(reverse("candidate", args=[own.pk]), as_user=lead, page=page)
    page.get_by_text("jobordrer mere").click()
    assert not troubles_at_every_width(page, "candidate_fitting")
    page = open_page(reverse("proposals"), as_user=lead, page=page)
    page.locator("input[name=pair]").first.check()
    page.get_by_role("button", name="Foreslå de valgte").click()
    expect(page.get_by_text("1 person er foreslået.")).to_be_visible()
