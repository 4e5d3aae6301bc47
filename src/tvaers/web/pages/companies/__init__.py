"""Virksomheder: who they are, who leads, who was in touch last."""

from django.urls import path

from tvaers.web.pages.companies import views

urlpatterns = [
    path("virksomheder/", views.companies, name="companies"),
    path("virksomheder/ny/", views.company_new, name="company_new"),
    path("virksomheder/<int:company_id>/", views.company, name="company"),
]
