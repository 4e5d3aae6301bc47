"""Søg kandidater: ask, look through the hits, settle each of them."""

from django.urls import path

from tvaers.web.pages.search import asking, result

urlpatterns = [
    path("jobordrer/<int:order_id>/soeg/", asking.order_search, name="order_search"),
    path("soegninger/<int:search_id>/", result.search, name="search"),
    path("soegninger/<int:search_id>/igen/", asking.search_again, name="search_again"),
    path("soegninger/<int:search_id>/udfald/", result.outcomes, name="search_outcomes"),
    path("soegninger/<int:search_id>/taet-paa/", result.close, name="search_close"),
    path("soegninger/<int:search_id>/hvorfor/", result.why, name="search_why"),
]
