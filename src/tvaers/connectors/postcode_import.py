"""A list of postcodes, from a file's bytes into the tables."""

from datetime import datetime
from hashlib import sha256

from tvaers.connectors import postcode_file
from tvaers.connectors.other_lists import Taken
from tvaers.core.actor import Actor
from tvaers.places.postcode_lists import take_postcodes


def take_postcode_list(
    *, content: bytes, file_name: str, by: Actor, at: datetime, dry_run: bool = False
) -> Taken:
    """Take a list of postcodes, with which the next search begins; raises `UnreadableFile`."""
    file = postcode_file.read_bytes(content)
    taken = take_postcodes(
        lines=file.lines,
        file_name=file_name[:200],
        sha256=sha256(content).hexdigest(),
        dry_run=dry_run,
        by=by,
        at=at,
    )
    return Taken(
        created=taken.created,
        changed=taken.changed,
        unchanged=taken.unchanged,
        problems=file.problems,
        unknown_columns=file.unknown_columns,
    )
