"""Lengths of time in words."""

from datetime import timedelta


def dauer(zeit: timedelta) -> str:
    """A length of time in words, in the largest unit that fits without a rest: "14 Tage", "2 Jahre", "90 Minuten"."""
    eine, mehrere, laenge = next(einheit for einheit in _EINHEITEN if zeit >= einheit[2] and not zeit % einheit[2])
    anzahl = zeit // laenge
    return f"{anzahl} {eine if anzahl == 1 else mehrere}"


def ungefaehr(zeit: timedelta) -> str:
    """A length of time in words, in one unit and without what is left over: "90 Sekunden", "5 Minuten", "3 Tage"."""
    for _, mehrere, laenge in _EINHEITEN:
        if (anzahl := zeit // laenge) > 1:
            return f"{anzahl} {mehrere}"
    return "1 Sekunde"


_EINHEITEN = (
    ("Jahr", "Jahre", timedelta(days=365)),
    ("Tag", "Tage", timedelta(days=1)),
    ("Stunde", "Stunden", timedelta(hours=1)),
    ("Minute", "Minuten", timedelta(minutes=1)),
    ("Sekunde", "Sekunden", timedelta(seconds=1)),
)
