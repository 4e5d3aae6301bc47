"""A posting as a file for Jobnet, in the shape of STAR's job-ad service (JobAdService, version 3).

Parts and value lists follow what STAR and its suppliers publish: the hiring organisation, how to
apply, the job, and when it is shown, which Jobnet limits to eight weeks. The contact is the office
that posts it; nobody at the company is named.
"""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

from tvaers.postings.models import Apply, Posting
from tvaers.postings.queries import Vacancy, vacancy_of

SHOWN_AT_MOST = timedelta(weeks=8)
FULL_TIME = 37
JOB_TYPES = {
    "ordinary": "Normal",
    "wage_subsidy": "WageSubsidy",
    "traineeship": "CompanyInternship",
    "job_rotation": "JobRotation",
    "flex_job": "Flexjob",
}
"""By scheme; what Jobnet has no word for is an ordinary job there."""


def jobnet_file(posting: Posting, *, day: date) -> bytes:
    """The file for a posting that is put up on `day`; see `posting_for_file` for what it needs."""
    said = vacancy_of(posting)
    root = ElementTree.Element("JobAd")
    _write(root, "JobAdReference", str(said.public_id))
    _write(root, "PublishStartDate", day)
    _write(root, "PublishEndDate", min(said.expires_on, day + SHOWN_AT_MOST))
    _write(root, "HiringOrganizationDetails", _organisation(posting, said))
    _write(root, "ApplicationDetails", _application(posting, said))
    _write(root, "JobDetails", _job(posting, said))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _write(parent: ElementTree.Element, name: str, value: Any) -> None:
    """A value as an element, a table as an element with parts; what is not known is left out."""
    if value in ("", None):
        return
    element = ElementTree.SubElement(parent, name)
    if isinstance(value, dict):
        for part, content in value.items():
            _write(element, part, content)
    else:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)


def _organisation(posting: Posting, said: Vacancy) -> dict[str, Any]:
    first = posting.order.places.all()[0].workplace
    place = said.places[0]
    return {
        "Name": said.company,
        "CvrNumber": said.cvr,
        "ProductionUnitNumber": first.p_number,
        "AddressStructure": {
            "StreetName": place.street,
            "PostCodeIdentifier": place.postcode,
            "DistrictName": place.town,
            "MunicipalityCode": first.municipality_id,
            "CountryCode": "DK",
        },
    }


def _application(posting: Posting, said: Vacancy) -> dict[str, Any]:
    given, _, surname = posting.order.lead.name.rpartition(" ")
    by_email = {Apply.EMAIL: said.apply_to, Apply.OFFICE: said.office_email}
    return {
        "LastDateApplication": said.apply_by,
        "ApplicationMethods": {
            "ApplyByEmail": by_email.get(Apply(said.apply_via)),
            "ApplyOnline": said.apply_to if said.apply_via == Apply.LINK else None,
        },
        "JobContactList": {
            "JobContactType": {
                "PersonNameStructure": {"PersonGivenName": given, "PersonSurnameName": surname},
                "Title": said.office,
                "Email": said.office_email,
                "TelephoneNumberStructure": {"PrimaryNumber": said.office_phone},
                "HidePhoneNumbers": False,
            }
        },
    }


def _job(posting: Posting, said: Vacancy) -> dict[str, Any]:
    return {
        "Title": said.title,
        "Description": said.text,
        "NumberOfPositions": said.openings,
        "OccupationConceptUri": posting.order.concept_uri_da,
        "Classification": {"JobType": JOB_TYPES.get(said.scheme.code, "Normal")},
        "EmploymentDate": said.starts_on,
        "Schedule": {
            "WeeklyWorkTimeTypes": "FullTime" if said.hours_min >= FULL_TIME else "PartTime",
            "WorkHour": {"Min": said.hours_min, "Max": said.hours_max},
        },
    }
