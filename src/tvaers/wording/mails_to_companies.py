"""Mails to companies: about "jeres stilling", with no candidate in them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tvaers.referrals.notices import CompanyNews, Notice
from tvaers.wording import times
from tvaers.wording.mails import Mail, mail


def presented(news: CompanyNews, *, address: str, at: datetime) -> Mail:
    """There are candidates to look at."""
    found = ngettext(
        "%(office)s har fundet %(presented)s kandidat til jeres stilling: %(title)s.",
        "%(office)s har fundet %(presented)s kandidater til jeres stilling: %(title)s.",
        news.presented,
    )
    return mail(
        _("Kandidater til jeres stilling: %(title)s") % _facts(news),
        found % _facts(news),
        _("Se dem, og sig, hvem I vil tale med. I behøver ikke logge ind."),
        _until(news, at),
        address,
    )


def status(news: CompanyNews, *, address: str, at: datetime) -> Mail:
    """How does it stand; is the position filled?"""
    return mail(
        _("Er jeres stilling besat? %(title)s") % _facts(news),
        _("%(office)s vil gerne vide, hvordan det går med jeres stilling: %(title)s.")
        % _facts(news),
        _("Svar med to klik. I behøver ikke logge ind."),
        _until(news, at),
        address,
    )


WRITTEN: dict[str, Callable[..., Mail]] = {
    Notice.COMPANY_PRESENTED: presented,
    Notice.COMPANY_STATUS: status,
}


def _facts(news: CompanyNews) -> dict[str, Any]:
    return {"title": news.title, "office": news.office, "presented": news.presented}


def _until(news: CompanyNews, at: datetime) -> str:
    exact = times.due(news.link.expires_at, at=at).exact
    return _("Linket virker til %(when)s:") % {"when": exact}
