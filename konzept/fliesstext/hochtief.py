"""Raised and lowered text, for which the dialect has no marks, as signs that stand for themselves.

Its digits are never read as part of the number before them: "43.000¹" would say 43.0001, "m²" m2.
"""

from msgspec import structs

from .bloecke import Lauf, klartext

_GESTELLT = {
    "sup": str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_TRENNER = " \u00a0,;"
_KURZ = 20
"""A mark is no longer; what is, is a passage in small letters."""


def hoch_oder_tief(art: str, laeufe: list[Lauf], davor: str) -> list[Lauf]:
    """The runs of a `sup` or `sub` as they stand in the text behind `davor`: as Unicode's signs where it has them for
    all, in brackets where words would grow together, else as they are."""
    tabelle, text = _GESTELLT[art], klartext(laeufe).strip()
    if not text:
        return laeufe
    gestellt = set(tabelle.values())
    if all(ord(z) in tabelle or ord(z) in gestellt or z in _TRENNER for z in text):
        return [structs.replace(lauf, text=lauf.text.translate(tabelle)) for lauf in laeufe]
    am_wort = davor[-1:].isalnum()
    if not text[0].isalnum() or (len(text) > _KURZ and not am_wort):
        return laeufe
    return [Lauf(text=" (" if am_wort else "("), *laeufe, Lauf(text=")")]
