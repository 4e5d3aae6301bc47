"""What everyone decides for themselves: which office to act for, language, mails, password."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tvaers.accounts import operations
from tvaers.accounts.readers import offices_of
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import danish_date
from tvaers.web.addresses import own_address
from tvaers.web.doors import (
    NO_ROLE,
    OFFICE_IN_SESSION,
    Refused,
    SignedIn,
    Visit,
    open_page,
    signed_in,
)
from tvaers.web.forms import Form, ManyField
from tvaers.wording.mails import PERSONAL


class NewPassword(Form):
    old = forms.CharField(
        label=_("Nuværende adgangskode"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Ny adgangskode"),
        help_text=_("Mindst 8 tegn, og ikke kun tal."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        if not check_password(self.cleaned_data["old"], self.user.password):
            raise ValidationError(_("Det er ikke din nuværende adgangskode."))
        return str(self.cleaned_data["old"])

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return str(self.cleaned_data["new"])


class MyMails(Form):
    wanted = ManyField(
        label=_("Send mig en mail om"), choices=list(PERSONAL.items()), required=False
    )


@signed_in
def choose_office(request: SignedIn) -> HttpResponse:
    """Which office one acts for now; those with one office are never asked."""
    choices = offices_of(request.user.pk, danish_date(request.at))
    if not choices:
        raise Refused(NO_ROLE)
    if request.method == "POST":
        wanted = request.POST.get("office", "")
        if wanted not in {str(choice.office_id) for choice in choices}:
            raise Refused(_("Du har ingen rolle ved det kontor i dag."))
        request.session[OFFICE_IN_SESSION] = int(wanted)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(
        request,
        "sign_in/choose_office.html",
        {"choices": choices, "chosen": request.session.get(OFFICE_IN_SESSION)},
    )


@signed_in
def change_password(request: SignedIn) -> HttpResponse:
    form = NewPassword(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        operations.set_password(
            user_id=request.user.pk,
            password=form.cleaned_data["new"],
            by=Actor(kind=ActorKind.PERSON, id=request.user.pk),
            at=request.at,
        )
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Din adgangskode er skiftet."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "sign_in/change_password.html", {"form": form}, status=form.status)


@signed_in
def my_mails(request: SignedIn) -> HttpResponse:
    """Which mails one wants; what is turned off still stands in Mine opgaver."""
    wanted = [kind for kind in PERSONAL if kind not in request.user.mails_off]
    sent = request.POST if request.method == "POST" else None
    form = MyMails(sent, initial={"wanted": wanted})
    if form.is_bound and form.is_valid():
        operations.choose_mails(
            user_id=request.user.pk,
            off=set(PERSONAL) - set(form.cleaned_data["wanted"]),
            by=Actor(kind=ActorKind.PERSON, id=request.user.pk),
            at=request.at,
        )
        messages.success(request, _("Dine valg er gemt."))
        return redirect("my_mails")
    return render(request, "sign_in/my_mails.html", {"form": form}, status=form.status)


@require_POST
@open_page
def choose_language(request: Visit) -> HttpResponse:
    """Danish or English, kept on the user and in a cookie for the next sign-in page."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(own_address(request, request.POST.get("next", "")))
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 60 * 60,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        if request.user.is_authenticated:
            actor = Actor(kind=ActorKind.PERSON, id=request.user.pk)
            operations.change_language(user_id=request.user.pk, language=language, by=actor)
    return response


urlpatterns = [
    path("kontor/", choose_office, name="choose_office"),
    path("adgangskode/", change_password, name="change_password"),
    path("mine-mails/", my_mails, name="my_mails"),
    path("sprog/", choose_language, name="choose_language"),
]
