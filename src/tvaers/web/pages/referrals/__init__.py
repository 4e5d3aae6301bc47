"""Formidlinger: present, interview, hire, reject: what the lead does with each candidate."""

from django.urls import path

from tvaers.web.pages.referrals import views

urlpatterns = [
    path("jobordrer/<int:order_id>/praesenter/", views.present, name="referrals_present"),
    path("formidlinger/<int:referral_id>/", views.referral, name="referral"),
]
