"""A posting as schema.org's `JobPosting`, with what Google's job search requires and recommends.

A salary is recommended too, but Danish ads rarely have one and we are never told: it is left out.
"""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from tvaers.core.working_days import danish_date, end_of_day
from tvaers.postings.queries import Vacancy, Where

FULL_TIME = 37
"""Weekly hours by the collective agreements."""
UNSAFE_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def address_of(job: Vacancy) -> str:
    """The posting's whole address."""
    return f"{settings.TVAERS_ADDRESS}{reverse('vacancy', args=[job.public_id])}"


def job_posting(job: Vacancy) -> dict[str, Any]:
    """The posting in schema.org's words. One cannot apply on our own page: `directApply` is no."""
    said = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": linebreaks(escape(job.text)),
        "identifier": {
            "@type": "PropertyValue",
            "name": job.company,
            "value": str(job.public_id),
        },
        "datePosted": danish_date(job.published_at).isoformat(),
        "validThrough": end_of_day(job.apply_by).isoformat(),
        "employmentType": employment_types(job),
        "hiringOrganization": {
            "@type": "Organization",
            "name": job.company,
            "taxID": f"DK{job.cvr}",
        },
        "jobLocation": [_place(place) for place in job.places],
        "totalJobOpenings": job.openings,
        "directApply": False,
        "url": address_of(job),
    }
    if job.starts_on:
        said["jobStartDate"] = job.starts_on.isoformat()
    else:
        said["jobImmediateStart"] = True
    return said


def employment_types(job: Vacancy) -> list[str]:
    """Full time, part time or both by the weekly hours; a traineeship is no employment."""
    if job.scheme.code == "traineeship":
        return ["INTERN"]
    found = ["FULL_TIME"] if job.hours_max >= FULL_TIME else []
    return [*found, "PART_TIME"] if job.hours_min < FULL_TIME else found


def script(said: dict[str, Any]) -> SafeString:
    """JSON that may stand in a `script` element: nothing in it can end the element."""
    text = json.dumps(said, ensure_ascii=False).translate(UNSAFE_IN_SCRIPT)
    return mark_safe(text)


def _place(place: Where) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "postalCode": place.postcode,
        "addressLocality": place.town,
        "addressRegion": place.region,
        "addressCountry": "DK",
    }
    return {
        "@type": "Place",
        "address": {name: value for name, value in address.items() if value},
    }
