"""The proof of search: what it tells, what it never tells, and when it no longer holds (R6, R7)."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from typer.testing import CliRunner

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE, ROSKILDE, SOLROED
from tvaers.candidates.models import Identity, Profile
from tvaers.circulation import operations as circulation
from tvaers.cli.main import compose
from tvaers.companies.models import CompanyContact
from tvaers.matching import operations as matching
from tvaers.orders.coverage import coverage
from tvaers.orders.models import Order, Subject
from tvaers.proof.paper import paper
from tvaers.proof.seal import NotAProof, SealBroken, opened, sealed
from tvaers.proof.sheet import Sheet, sheet_of
from tvaers.proof.verify import OrderGone, verified
from tvaers.reporting.search_ledger import ledger_of, read

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


def asked(region: Sjaelland, order: Order, code: str) -> int:
    """A request to the municipality's office; returns its number."""
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return sent.requests.get().pk


def nobody(region: Sjaelland, order: Order, code: str = GREVE) -> None:
    """The office answers that it has nobody, with words that are nobody else's business."""
    circulation.answer(
        request_id=asked(region, order, code),
        kind="NOBODY",
        reason="NOT_AVAILABLE",
        words="Ida Prøvesen er syg",
        by=region.consultant(code).actor,
        at=LATER,
    )


def someone(region: Sjaelland, order: Order, code: str) -> Profile:
    """The office names one person."""
    person = region.person(code, name="Ida Prøvesen")
    circulation.answer(
        request_id=asked(region, order, code),
        kind="CANDIDATES",
        candidates=[circulation.Named(person_id=person.pk, line="Bor tæt på")],
        by=region.consultant(code).actor,
        at=LATER,
    )
    return person


def searched(region: Sjaelland, order: Order, *codes: str) -> None:
    region.deliver_everywhere()
    matching.search(order_id=order.pk, scope=codes, by=region.lead.actor, at=LATER)


def printed(order: Order, *, language: str = "da") -> bytes:
    with translation.override(language):
        return paper(sheet_of(order.pk), office="Køge virksomhedsindgang", at=LATER)


def text_of(pdf: bytes) -> str:
    """The words on the paper, with one space between them."""
    pages = PdfReader(io.BytesIO(pdf), strict=True).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def lines(sheet: Sheet, name: str) -> list[tuple[str, str, str]]:
    (one,) = [one for one in sheet.municipalities if one.name == name]
    return [(line.how, line.who, line.found) for line in one.lines]


# What it tells


def test_every_municipality_of_the_area_is_told_and_how_it_is_covered(
    region: Sjaelland, order: Order
) -> None:
    nobody(region, order, GREVE)
    someone(region, order, SOLROED)
    searched(region, order, ROSKILDE)
    sheet = sheet_of(order.pk)
    assert len(sheet.municipalities) == 17
    assert lines(sheet, "Greve") == [
        ("Svar", region.offices[GREVE].name, "Ingen egnede: kan ikke starte til tiden")
    ]
    assert lines(sheet, "Solrød") == [("Svar", region.offices[SOLROED].name, "1 kandidat")]
    assert lines(sheet, "Roskilde") == [
        ("Søgning", region.offices[KOEGE].name, "Ingen fundet (data fra 2. marts 2026 kl. 9.00)")
    ]
    assert lines(sheet, "Køge") == []
    assert not sheet.is_whole


def test_it_covers_what_the_closing_goes_by(region: Sjaelland, order: Order) -> None:
    nobody(region, order, GREVE)
    searched(region, order, ROSKILDE, SOLROED)
    nobody(region, order, GREVE)
    covered = coverage(order.pk).covered
    assert ledger_of(order.public_id).covering().keys() == covered.keys() == {
        GREVE, ROSKILDE, SOLROED
    }  # fmt: skip


def test_hits_are_told_with_what_became_of_them(region: Sjaelland, order: Order) -> None:
    people = [region.person(ROSKILDE).pk for _ in range(3)]
    searched(region, order, ROSKILDE)
    for person, outcome in zip(people, ["PROPOSED", "NOT_SUITED", "NOT_SUITED"], strict=True):
        matching.settle(
            order_id=order.pk, person_ids=[person], outcome=outcome, by=region.lead.actor, at=LATER
        )
    ((_, _, found),) = lines(sheet_of(order.pk), "Roskilde")
    assert found.startswith(
        "3 fundet: 2 ikke egnet til jobbet efter konkret vurdering, 1 foreslået (data fra"
    )


def test_the_whole_area_covered(region: Sjaelland, order: Order) -> None:
    searched(region, order, *order.area_municipalities)
    assert sheet_of(order.pk).is_whole
    assert "17 af 17 kommuner i området er dækket" in text_of(printed(order))


def test_evidence_that_no_longer_counts_covers_nothing(region: Sjaelland, order: Order) -> None:
    request = asked(region, order, GREVE)
    by = region.consultant(GREVE).actor
    for reason in ("NO_HITS", "TRANSPORT"):
        circulation.answer(request_id=request, kind="NOBODY", reason=reason, by=by, at=LATER)
    ((_, _, found),) = lines(sheet_of(order.pk), "Greve")
    assert found == "Ingen egnede: for langt at rejse"
    assert len(ledger_of(order.public_id).pieces) == 2


def test_the_paper_says_it_in_danish_and_in_english(region: Sjaelland, order: Order) -> None:
    nobody(region, order, GREVE)
    say(order, Subject.NOT_WIDER, region.lead)
    danish, english = text_of(printed(order)), text_of(printed(order, language="en"))
    for words in (
        "Bevis for søgning",
        "Lagermedarbejdere til Køge",
        "gaffeltruckcertifikat B (skal)",
        "1 af 17 kommuner i området er dækket",
        "Virksomheden ønsker ikke at søge bredere 2. marts 2026",
        "Ingen egnede: kan ikke starte til tiden",
        "Ikke dækket",
        "Udskrevet 2. marts 2026 kl. 11.00 af Køge virksomhedsindgang",
        ledger_of(order.public_id).digest(),
    ):
        assert words in danish
    for words in ("Proof of search", "Nobody suited: cannot start in time", "Not covered"):
        assert words in english


def test_the_paper_is_tagged_and_titled_and_in_its_language(order: Order) -> None:
    root = PdfReader(io.BytesIO(printed(order)), strict=True).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


# What it never tells


def test_nothing_is_told_of_any_person(region: Sjaelland, order: Order) -> None:
    nobody(region, order, GREVE)
    someone(region, order, SOLROED)
    region.person(ROSKILDE, name="Bo Friis")
    searched(region, order, ROSKILDE)
    say(order, Subject.NOT_WIDER, region.lead)
    pdf = printed(order)
    told = text_of(pdf) + ledger_of(order.public_id).canonical().decode()
    people = [
        value
        for row in Identity.objects.values("name", "phone", "email", "address")
        for value in row.values()
    ]
    contacts = CompanyContact.objects.values_list("name", "phone")
    others = [value for row in contacts for value in row]
    lead = Order.objects.select_related("lead").get(pk=order.pk).lead
    never = [*people, *others, lead.name, lead.email, "Hanne", "Ida Prøvesen", "syg", "tæt på"]
    assert len([value for value in never if value]) > 6
    assert not [value for value in never if value and value in told]
    assert "person" not in ledger_of(order.public_id).canonical().decode()


# When it holds


def test_the_same_ledger_is_the_same_proof(region: Sjaelland, order: Order) -> None:
    nobody(region, order)
    assert printed(order) == printed(order)
    found = verified(printed(order))
    assert found.same
    assert not any(vars(found.differences).values())


def test_the_language_and_the_moment_leave_the_ledger_as_it_is(
    region: Sjaelland, order: Order
) -> None:
    nobody(region, order)
    assert opened(printed(order)) == opened(printed(order, language="en"))


def test_what_is_written_down_reads_as_it_was(region: Sjaelland, order: Order) -> None:
    nobody(region, order)
    searched(region, order, ROSKILDE)
    ledger = ledger_of(order.public_id)
    assert read(ledger.canonical()) == ledger


def test_new_evidence_makes_it_another(region: Sjaelland, order: Order) -> None:
    nobody(region, order, GREVE)
    file = printed(order)
    nobody(region, order, SOLROED)
    found = verified(file)
    assert not found.same
    assert found.differences.new == (found.now.pieces[-1].evidence,)


def test_a_replaced_answer_and_a_new_outcome_are_told_apart(
    region: Sjaelland, order: Order
) -> None:
    request = asked(region, order, GREVE)
    by = region.consultant(GREVE).actor
    circulation.answer(request_id=request, kind="NOBODY", reason="NO_HITS", by=by, at=LATER)
    person = region.person(ROSKILDE)
    searched(region, order, ROSKILDE)
    settled = {"order_id": order.pk, "person_ids": [person.pk], "by": region.lead.actor}
    matching.settle(outcome="PROPOSED", at=LATER, **settled)
    answered, found = (piece.evidence for piece in ledger_of(order.public_id).pieces)
    file = printed(order)
    circulation.answer(request_id=request, kind="NOBODY", reason="OTHER", by=by, at=LATER)
    matching.settle(outcome="NOT_INTERESTED", at=LATER, **settled)
    differ = verified(file).differences
    assert (differ.revoked, differ.settled) == ((answered,), (found,))
    assert not differ.changed


def test_what_goes_round_the_house_is_seen(
    region: Sjaelland, order: Order, owner: psycopg.Connection
) -> None:
    nobody(region, order)
    file = printed(order)
    (piece,) = ledger_of(order.public_id).pieces
    owner.execute("alter table orders_evidence disable trigger user")
    owner.execute("update orders_evidence set made_at = made_at - interval '1 day'")
    owner.execute("alter table orders_evidence enable trigger user")
    assert verified(file).differences.changed == (piece.evidence,)


@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_one_byte_changed_anywhere_breaks_the_seal(where: float, flip: int) -> None:
    file = sealed(b"%PDF-1.7 " + bytes(range(256)) * 4)
    at = int(where * len(file))
    broken = file[:at] + bytes([file[at] ^ flip]) + file[at + 1 :]
    with pytest.raises((SealBroken, NotAProof)):
        opened(broken)


def test_a_paper_whose_seal_was_cut_off_is_no_longer_ours(order: Order) -> None:
    file = printed(order)
    with pytest.raises(SealBroken):
        opened(file[: file.index(b"%tvaers-seal")])


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\n%%EOF", b"id;kommune\n1;0259\n"])
def test_another_file_is_no_proof(file: bytes) -> None:
    with pytest.raises(NotAProof):
        opened(file)


def test_a_proof_of_an_order_that_is_not_here(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = printed(order)
    other = ledger_of(order.public_id)
    monkeypatch.setattr("tvaers.proof.verify.opened", lambda _file: _elsewhere(other))
    with pytest.raises(OrderGone):
        verified(file)


def _elsewhere(ledger: object) -> object:
    from dataclasses import replace

    return replace(ledger, order="00000000-0000-0000-0000-000000000000")  # type: ignore[type-var]


# The command


def run(*words: str) -> tuple[int, str]:
    ended = CliRunner().invoke(compose(["proof", "stop"]), ["proof", "verify", *words])
    return ended.exit_code, " ".join(ended.output.split())


def test_the_command_says_same_different_or_changed(
    region: Sjaelland, order: Order, tmp_path: Path
) -> None:
    file = tmp_path / "bevis.pdf"
    file.write_bytes(printed(order))
    code, said = run(str(file))
    assert code == 0
    assert "Same: the file is unchanged" in said
    assert re.search(r"SHA-256 [0-9a-f]{64}", said)
    nobody(region, order)
    code, said = run(str(file), "--language", "da")
    assert (code, "Forskellig" in said, "Ny dokumentation siden" in said) == (1, True, True)
    file.write_bytes(file.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))
    code, said = run(str(file))
    assert (code, "changed after it was printed" in said) == (2, True)


def test_times_are_the_same_wherever_they_are_read(region: Sjaelland, order: Order) -> None:
    nobody(region, order)
    (piece,) = ledger_of(order.public_id).pieces
    assert datetime.fromisoformat(piece.made_at) == LATER
    assert datetime.fromisoformat(piece.made_at).tzinfo == UTC
