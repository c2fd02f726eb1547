"""How the items of a list are counted: 1, 2, 3 or a, b, c or i, ii, iii."""

import re

BUCHSTABEN = ("a", "A")
ROEMISCH = ("i", "I")
ZAEHLUNGEN = (*BUCHSTABEN, *ROEMISCH)
"""Beside "", which is plain numbers; named as the attribute `type` of an <ol> names them."""

_HOECHSTER_BUCHSTABE = 26 * 27
_HOECHSTE_ROEMISCHE = 3999
_WERTE = tuple(
    zip(
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)
_ROEMISCH = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")


def zeichen(zaehlung: str, nummer: int) -> str:
    """The sign of an item, without its full stop or bracket: "8", "b", "iv". A number that the way of counting does
    not reach (0, or beyond "zz" and "mmmcmxcix") is written in digits."""
    if zaehlung in BUCHSTABEN and 0 < nummer <= _HOECHSTER_BUCHSTABE:
        davor, letzter = divmod(nummer - 1, 26)
        text = (chr(ord("a") + davor - 1) if davor else "") + chr(ord("a") + letzter)
    elif zaehlung in ROEMISCH and 0 < nummer <= _HOECHSTE_ROEMISCHE:
        text = ""
        for wort, wert in _WERTE:
            anzahl, nummer = divmod(nummer, wert)
            text += wort * anzahl
    else:
        return str(nummer)
    return text.upper() if zaehlung.isupper() else text


def lesarten(text: str) -> dict[str, int]:
    """What a sign of letters may mean: {"a": 9, "i": 1} for "i", that which is a beginning first; {} for none."""
    klein = text.lower()
    if text not in (klein, klein.upper()) or not klein.isascii() or not klein.isalpha():
        return {}
    gross = text != klein
    gefunden = {}
    if len(klein) <= 2:
        nummer = 0
        for buchstabe in klein:
            nummer = nummer * 26 + ord(buchstabe) - ord("a") + 1
        gefunden[BUCHSTABEN[gross]] = nummer
    if _ROEMISCH.fullmatch(klein):
        gefunden[ROEMISCH[gross]] = _roemisch(klein)
    return dict(sorted(gefunden.items(), key=lambda lesart: lesart[1] != 1))


def _roemisch(text: str) -> int:
    nummer = 0
    for wort, wert in _WERTE:
        while text.startswith(wort):
            nummer, text = nummer + wert, text[len(wort) :]
    return nummer
