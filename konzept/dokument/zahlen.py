"""Numbers as a German reader expects them; free of Django."""

from decimal import Decimal


def zahl(wert: Decimal | str | None, stellen: int = 0) -> str:
    """A measured value in German: "27,1", "1.204", with no fewer than so many `stellen` behind the comma; a dash for a
    gap in a series. What was put into words already stays as it is."""
    if wert is None:
        return "–"
    if isinstance(wert, str):
        return wert
    text = f"{wert:,.{max(nachkommastellen(wert), stellen)}f}"
    return text.translate(str.maketrans(",.", ".,"))


def nachkommastellen(wert: Decimal | None) -> int:
    """How many digits behind the comma say something: 1 of "27,10", 0 of a gap."""
    exponent = wert.normalize().as_tuple().exponent if wert is not None else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0
