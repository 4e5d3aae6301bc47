"""Jobordrer: the list, one order, a new one, its changes, its leads and its end."""

from django.urls import path

from tvaers.web.pages.orders import closing, leads, listing, order

urlpatterns = [
    path("jobordrer/", listing.orders, name="orders"),
    path("jobordrer/<int:order_id>/", order.order, name="order"),
    path("jobordrer/<int:order_id>/tovholder/", leads.order_leads, name="order_leads"),
    path("jobordrer/<int:order_id>/luk/", closing.order_close, name="order_close"),
]
