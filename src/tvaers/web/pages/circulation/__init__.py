"""Send til andre kommuner, and Svar på jobordre."""

from django.urls import path

from tvaers.web.pages.circulation import answering, by_link, sending

urlpatterns = [
    path("jobordrer/<int:order_id>/send/", sending.order_send, name="order_send"),
    path(
        "rundsendinger/<int:circulation_id>/traek-tilbage/",
        sending.circulation_withdraw,
        name="circulation_withdraw",
    ),
    path("svar/link/<str:token>/", by_link.answer_link, name="answer_link"),
    path("svar/<int:request_id>/", answering.answer, name="answer"),
    path("svar/<int:request_id>/telefon/", answering.answer_by_phone, name="answer_by_phone"),
    path("svar/<int:request_id>/uaendret/", answering.unchanged, name="answer_unchanged"),
]
