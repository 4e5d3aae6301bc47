"""Addresses: each page names its own; here they are gathered."""

from django.urls import include, path

from tvaers.web import errors
from tvaers.web.pages import account, sign_in, tasks

urlpatterns = [path("", include(page)) for page in (sign_in, account, tasks)]

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.broken
