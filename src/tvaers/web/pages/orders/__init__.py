"""Jobordrer: the list, one order, a new one, its changes, its leads, its plan and its end."""

from django.urls import path

from tvaers.web.pages.orders import changing, closing, leads, listing, new, order, plan, start

urlpatterns = [
    path("jobordrer/", listing.orders, name="orders"),
    path("jobordrer/ny/", start.order_new, name="order_new"),
    path("jobordrer/ny/virksomheder/", start.order_companies, name="order_companies"),
    path("jobordrer/ny/forslag/", new.order_suggest, name="order_suggest"),
    path("jobordrer/ny/<uuid:public_id>/", new.order_draft, name="order_draft"),
    path("jobordrer/<int:order_id>/", order.order, name="order"),
    path("jobordrer/<int:order_id>/ret/", changing.order_change, name="order_change"),
    path("jobordrer/<int:order_id>/tovholder/", leads.order_leads, name="order_leads"),
    path("jobordrer/<int:order_id>/plan/", plan.order_plan, name="order_plan"),
    path("jobordrer/<int:order_id>/luk/", closing.order_close, name="order_close"),
]
