"""Numbers as a German reader expects them; free of Django."""

from decimal import Decimal


def zahl(wert: Decimal | None) -> str:
    """A measured value in German: "27,1", "1.204"; a dash for a gap in a series."""
    if wert is None:
        return "–"
    text = f"{wert.normalize():,f}" if wert != wert.to_integral() else f"{wert:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))
