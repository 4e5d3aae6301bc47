"""What machines read of the open jobs: RSS, Atom, the map of the site, and where robots may go."""

from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tvaers.core.working_days import danish_date
from tvaers.postings.queries import addresses, newest
from tvaers.web.doors import Visit, open_page
from tvaers.web.pages.postings.json_ld import address_of

Feed = Rss201rev2Feed | Atom1Feed
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
@open_page
def rss(request: Visit) -> HttpResponse:
    """The newest jobs as RSS 2.0."""
    return _answer(request, Rss201rev2Feed, "vacancies_rss")


@require_safe
@open_page
def atom(request: Visit) -> HttpResponse:
    """The newest jobs as Atom."""
    return _answer(request, Atom1Feed, "vacancies_atom")


def _answer(request: Visit, kind: type[Feed], name: str) -> HttpResponse:
    feed = kind(
        title=_("Ledige stillinger"),
        link=_whole("vacancies"),
        description=_("Stillinger, som kommunerne hjælper virksomheder med at besætte"),
        language=get_language(),
        feed_url=_whole(name),
    )
    for job in newest(day=danish_date(request.at)):
        feed.add_item(
            title=f"{job.title} · {job.company} · {job.municipalities}",
            link=address_of(job),
            description=linebreaks(escape(job.text)),
            pubdate=job.published_at,
            updateddate=job.changed_at,
            unique_id=f"urn:uuid:{job.public_id}",
            unique_id_is_permalink=False,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
@open_page
def sitemap(request: Visit) -> HttpResponse:
    """The list and every open job, with the day it was last changed."""
    root = ElementTree.Element("urlset", xmlns=SITEMAP)
    ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = _whole("vacancies")
    for public_id, changed_at in addresses(day=danish_date(request.at)):
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = _whole("vacancy", public_id)
        ElementTree.SubElement(entry, "lastmod").text = changed_at.isoformat(timespec="seconds")
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
@open_page
def robots(request: Visit) -> HttpResponse:
    """Robots read the open jobs and nothing else."""
    lines = (
        "User-agent: *",
        f"Allow: {reverse('vacancies')}",
        "Allow: /static/",
        "Disallow: /",
        f"Sitemap: {_whole('sitemap')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _whole(name: str, *arguments: object) -> str:
    return f"{settings.TVAERS_ADDRESS}{reverse(name, args=arguments)}"
