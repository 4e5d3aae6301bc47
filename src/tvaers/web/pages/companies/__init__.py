"""Virksomheder: who they are, who leads, who was in touch last."""

from django.urls import path

from tvaers.web.pages.companies import views, wishes

urlpatterns = [
    path("virksomheder/", views.companies, name="companies"),
    path("virksomheder/ny/", views.company_new, name="company_new"),
    path("virksomheder/oensker/<int:wish_id>/", wishes.wish, name="wish"),
    path("virksomheder/<int:company_id>/", views.company, name="company"),
]
