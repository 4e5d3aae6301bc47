"""What must hold for what the lead shares in the database too (R9, R16)."""

import pgtrigger

from tvaers.database.triggers import Protect

STATUS_NOTE = [Protect(name="status_notes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
