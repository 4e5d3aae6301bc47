"""Send til andre kommuner, and Svar på jobordre."""

from django.urls import path

from tvaers.web.pages.circulation import answer, send

urlpatterns = [
    path("jobordrer/<int:order_id>/send/", send.order_send, name="order_send"),
    path(
        "rundsendinger/<int:circulation_id>/traek-tilbage/",
        send.circulation_withdraw,
        name="circulation_withdraw",
    ),
    path("svar/<int:request_id>/", answer.answer, name="answer"),
    path("svar/<int:request_id>/telefon/", answer.answer_by_phone, name="answer_by_phone"),
    path("svar/<int:request_id>/uaendret/", answer.unchanged, name="answer_unchanged"),
]
