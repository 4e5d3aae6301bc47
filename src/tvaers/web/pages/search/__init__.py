"""Søg kandidater: ask, look through the hits, settle each of them."""

from django.urls import path

from tvaers.web.pages.search import asking, beside, export, following, result

urlpatterns = [
    path("jobordrer/<int:order_id>/soeg/", asking.order_search, name="order_search"),
    path("soegninger/ord/", asking.search_suggest, name="search_suggest"),
    path("soegninger/gemte/", following.saved_searches, name="saved_searches"),
    path("soegninger/<int:search_id>/", result.search, name="search"),
    path("soegninger/<int:search_id>/igen/", result.search_again, name="search_again"),
    path("soegninger/<int:search_id>/udfald/", result.outcomes, name="search_outcomes"),
    path("soegninger/<int:search_id>/gem/", following.search_save, name="search_save"),
    path("soegninger/<int:search_id>/glem/", following.search_forget, name="search_forget"),
    path("soegninger/<int:search_id>/excel/", export.search_export, name="search_export"),
    path("soegninger/<int:search_id>/taet-paa/", beside.close, name="search_close"),
    path("soegninger/<int:search_id>/hvorfor/", beside.why, name="search_why"),
]
