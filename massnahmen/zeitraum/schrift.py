"""How a text is smoothed before it is read."""

from konzept.schreibweise import normalisiert

_ZEICHEN = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def geglaettet(text: str) -> str:
    """The text as patterns want it: lower case, composed umlauts, ``-`` for any dash, single plain spaces."""
    return " ".join(normalisiert("NFC", text).translate(_ZEICHEN).lower().split())
