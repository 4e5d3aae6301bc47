"""The Danish alphabet as a stored key: lists are in order on any database (æ, ø, å last)."""

import unicodedata

OWN_LETTERS = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzo", "ö": "zzo", "å": "zzz"})
LONGEST_KEY = 120
"""What a stored key has room for. A key may be longer than the name it stands for."""


def danish_sort_key(text: str) -> str:
    """A key of small letters, digits and spaces that puts names in order under any collation.

    "aa" counts as "å" (Aabenraa and Aarhus stand last), other accents as the plain letter.
    """
    lowered = unicodedata.normalize("NFC", text.casefold()).replace("aa", "å")
    plain = unicodedata.normalize("NFKD", lowered.translate(OWN_LETTERS))
    letters = (c if c.isascii() and c.isalnum() else _gap(c) for c in plain)
    return " ".join("".join(letters).split())[:LONGEST_KEY]


def _gap(character: str) -> str:
    """Accents vanish; everything else that is no letter or digit parts two words."""
    return "" if unicodedata.combining(character) else " "
