"""Small value types that every part of the house uses; no framework here."""
