"""Which texts the history keeps. A new text column is listed here, or excluded where it is made."""

from django.apps import apps
from django.db import models

from tvaers.database.history import HistoryTrigger

KEPT = {
    "candidates.ImportRun": {"file_name", "file_sha256"},
    "candidates.Profile": {"legal_basis", "postcode"},
    "candidates.SourceRecord": {"source_id"},
    "companies.Company": {"cvr", "industry_code", "name", "sort_key"},
    "companies.CompanyContact": {"title"},
    "companies.Workplace": {"address", "name", "p_number", "postcode"},
    "network.Alliance": {"name"},
    "network.ClosingDay": {"name"},
    "network.Office": {"default_legal_basis", "email", "name", "phone", "sort_key"},
    "network.OfficeContact": {"title"},
    "orders.Evidence": {"revoked_because"},
    "orders.Order": {"concept_uri_da", "concept_uri_eu", "title"},
    "orders.Requirement": {"text"},
    "orders.Scheme": {"code", "name_da", "name_en"},
    "outbox.Message": {"ids", "key", "kind"},
    "places.Area": {"name"},
    "places.Municipality": {"code", "name", "region", "sort_key"},
    "places.Postcode": {"name", "postcode"},
    "places.PostcodeList": {"file_name", "sha256"},
    "postings.Posting": {"jobnet_number"},
}
"""Names of places, offices and companies, and what is asked for: never of people."""

TEXT = (models.CharField, models.TextField, models.JSONField)


def test_the_history_keeps_no_text_that_nobody_decided_to_keep() -> None:
    kept: dict[str, set[str]] = {}
    for model in apps.get_models():
        triggers = [
            t for t in getattr(model._meta, "triggers", ()) if isinstance(t, HistoryTrigger)
        ]
        if triggers:
            kept[model._meta.label] = {
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, TEXT) and not field.choices
            } - set(triggers[0].exclude)
    assert {label: fields for label, fields in kept.items() if fields} == KEPT
