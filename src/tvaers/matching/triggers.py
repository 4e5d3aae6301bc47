"""What must hold for searches in the database too: they are evidence, kept as they were (R6)."""

import pgtrigger

from tvaers.database.triggers import Protect

SEARCH = [Protect(name="searches_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

SEARCH_EVIDENCE = [
    Protect(name="evidence_keeps_its_search", operation=pgtrigger.Update | pgtrigger.Delete)
]
