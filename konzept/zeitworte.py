"""Lengths of time in words."""

from datetime import timedelta


def dauer(zeit: timedelta) -> str:
    """A length of time in words, in the largest unit that fits without a rest: "14 Tage", "2 Jahre", "90 Minuten"."""
    eine, mehrere, laenge = next(einheit for einheit in _EINHEITEN if zeit >= einheit[2] and not zeit % einheit[2])
    anzahl = zeit // laenge
    return f"{anzahl} {eine if anzahl == 1 else mehrere}"


_EINHEITEN = (
    ("Jahr", "Jahre", timedelta(days=365)),
    ("Tag", "Tage", timedelta(days=1)),
    ("Stunde", "Stunden", timedelta(hours=1)),
    ("Minute", "Minuten", timedelta(minutes=1)),
    ("Sekunde", "Sekunden", timedelta(seconds=1)),
)
