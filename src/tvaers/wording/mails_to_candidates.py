"""Mails to unemployed people: plain words, one link, and until when it opens."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from tvaers.referrals.notices import CandidateNews, Notice
from tvaers.wording import times
from tvaers.wording.mails import Mail, mail


def asked(news: CandidateNews, *, address: str, at: datetime) -> Mail:
    """May the CV be shared with a company?"""
    return mail(
        _("Vil du have dit cv delt til et job? %(title)s") % {"title": news.title},
        _("%(office)s mener, at du passer til et job som %(title)s hos %(company)s.")
        % _facts(news),
        _("Sig ja eller nej senest %(when)s. Du behøver ikke logge ind:") % _until(news, at),
        address,
    )


def invited(news: CandidateNews, *, address: str, at: datetime) -> Mail:
    """An invitation to apply directly to the company."""
    return mail(
        _("Et job, du selv kan søge: %(title)s") % {"title": news.title},
        _("%(office)s inviterer dig til at søge et job som %(title)s hos %(company)s.")
        % _facts(news),
        _("Læs om jobbet, og fortæl, om du søger det. Linket virker til %(when)s:")
        % _until(news, at),
        address,
    )


def bound(news: CandidateNews, *, address: str, at: datetime) -> Mail:
    """The binding henvisning: written, with the time by which to apply (R10)."""
    return mail(
        _("Du skal søge et job: %(title)s") % {"title": news.title},
        _("%(office)s har henvist dig til et job som %(title)s hos %(company)s.") % _facts(news),
        _("Søg jobbet senest %(when)s. Her står, hvad du skal gøre:") % _until(news, at),
        address,
    )


def letter(news: CandidateNews, *, address: str, at: datetime) -> Mail:
    """Someone has written to the candidate through the system."""
    return mail(
        _("Du har fået en besked om et job: %(title)s") % {"title": news.title},
        _("%(office)s har skrevet til dig om et job som %(title)s hos %(company)s.") % _facts(news),
        _("Læs beskeden, og svar, senest %(when)s:") % _until(news, at),
        address,
    )


def mine(*, address: str, at: datetime) -> Mail:
    """Where the candidate sees what is shared and who has looked (R13)."""
    return mail(
        _("Se, hvad der er delt om dig"),
        _("Her kan du se, hvem der har fået dit cv, og hvem der har set dine oplysninger."),
        _("Du kan også stoppe delingen her:"),
        address,
    )


WRITTEN: dict[str, Callable[..., Mail]] = {
    Notice.ASKED: asked,
    Notice.INVITED: invited,
    Notice.BOUND: bound,
    Notice.LETTER: letter,
}


def _facts(news: CandidateNews) -> dict[str, str]:
    return {"title": news.title, "company": news.company, "office": news.office}


def _until(news: CandidateNews, at: datetime) -> dict[str, str]:
    return {"when": times.due(news.until, at=at).exact}
