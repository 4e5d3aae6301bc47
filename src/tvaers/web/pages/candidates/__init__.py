"""Kandidater: the office's own people, one person, and lists from the case system."""

from django.urls import path

from tvaers.web.pages.candidates import delivery, listing, person

urlpatterns = [
    path("kandidater/", listing.candidates, name="candidates"),
    path("kandidater/indlaes/", delivery.candidates_import, name="candidates_import"),
    path("kandidater/<int:person_id>/", person.candidate, name="candidate"),
]
