"""Numbers as a German reader expects them; free of Django."""

from decimal import Decimal


def zahl(wert: Decimal | str | None) -> str:
    """A measured value in German: "27,1", "1.204"; a dash for a gap in a series. What was put into words already stays
    as it is."""
    if wert is None:
        return "–"
    if isinstance(wert, str):
        return wert
    text = f"{wert.normalize():,f}" if wert != wert.to_integral() else f"{wert:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))
