"""Too many write at the same moment: the database gave up waiting, and nothing was saved."""

from django.db import OperationalError

GEDRAENGE = "Gerade speichern zu viele zugleich. Gespeichert ist nichts davon; bitte versuchen Sie es noch einmal."

_ZUSTAENDE = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available (PostgreSQL, appendix A)."""


def ist_gedraenge(fehler: OperationalError) -> bool:
    """Whether the same request may well succeed a moment later."""
    zustand = getattr(fehler.__cause__, "pgcode", None)
    return zustand in _ZUSTAENDE or "database is locked" in str(fehler) or "database table is locked" in str(fehler)
