"""The seal of a printed proof: one line after the PDF's end that fits these bytes and no others.

It is made with the installation's own key, so nobody else can make a proof that passes for ours.
Readers of PDF pass over the line: it is a comment.
"""

import io
import re

from django.utils.crypto import constant_time_compare, salted_hmac
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tvaers.reporting.search_ledger import Ledger, read

ATTACHMENT = "ledger.json"
LINE = re.compile(rb"\n%tvaers-seal ([0-9a-f]{64})\n\Z")
LONGEST = 100
"""Bytes from the end in which the line lies."""


class NotAProof(Exception):
    """The file is no proof of search that this version of the house can read."""


class SealBroken(Exception):
    """The file was changed after it was printed, or it was printed with another key."""


def sealed(pdf: bytes) -> bytes:
    """The PDF with its seal."""
    return pdf + b"\n%tvaers-seal " + _seal(pdf).encode() + b"\n"


def opened(file: bytes) -> Ledger:
    """The ledger in a sealed PDF; raises `NotAProof` or `SealBroken`."""
    seal = LINE.search(file[-LONGEST:])
    if seal is None:
        if file.startswith(b"%PDF-") and _attached(file):
            raise SealBroken
        raise NotAProof
    pdf = file[: len(file) - len(seal[0])]
    if not constant_time_compare(seal[1].decode(), _seal(pdf)):
        raise SealBroken
    return _attached(pdf)


def _seal(pdf: bytes) -> str:
    return salted_hmac("tvaers.proof", pdf, algorithm="sha256").hexdigest()


def _attached(file: bytes) -> Ledger:
    try:
        (written,) = PdfReader(io.BytesIO(file)).attachments[ATTACHMENT]
        return read(written)
    except (PyPdfError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise NotAProof from error
