"""What the operations on postings raise: values, never sentences."""

from dataclasses import dataclass

from tvaers.postings.lifecycle import Refusal


@dataclass
class PostingRefused(Exception):
    """Something may not be done with a posting, and why."""

    reason: Refusal
