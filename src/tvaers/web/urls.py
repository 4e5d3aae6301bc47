"""Addresses: each page names its own; here they are gathered."""

from django.urls import include, path

from tvaers.web import errors

PAGES = (
    "account",
    "by_link",
    "candidates",
    "companies",
    "live",
    "health",
    "mailbox",
    "network",
    "orders",
    "outbox",
    "postings",
    "proof",
    "proposals",
    "circulation",
    "referrals",
    "search",
    "sign_in",
    "tasks",
    "users",
    "word_lists",
)
urlpatterns = [path("", include(f"tvaers.web.pages.{page}")) for page in PAGES]

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.broken
