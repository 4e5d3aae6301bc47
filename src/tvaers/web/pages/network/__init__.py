"""Kommuner og kontakter: offices, alliances, and what they have promised."""

from django.urls import path

from tvaers.web.pages.network import alliances, areas, offices

urlpatterns = [
    path("kommuner/", offices.network, name="network"),
    path("kommuner/kontor/nyt/", offices.office_new, name="office_new"),
    path("kommuner/kontor/<int:office_id>/", offices.office, name="office"),
    path("kommuner/samarbejde/nyt/", alliances.alliance_new, name="alliance_new"),
    path("kommuner/samarbejde/<int:alliance_id>/", alliances.alliance, name="alliance"),
    path("kommuner/omraader/", areas.areas, name="areas"),
    path("kommuner/omraader/<int:area_id>/", areas.area, name="area"),
    path("kommuner/landet/", alliances.nation, name="nation"),
]
