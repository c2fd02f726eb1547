"""Several names in one text, as people write them: "51 / 40; Träger (z. B. Caritas, Diakonie)".

Commas, semicolons and line ends part names wherever they stand outside brackets (`namen_aus`). "/", "und" and the like
may belong to a name, as in "Jugend und Familie": they part only where what stands on both sides is known
(`bekannte_in`). `static/js/namen.js` follows the same rules; `tests/namen.json` has the cases that both are asked.
"""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

TRENNT = ",;\n"
_ANFANG_ZU = {")": "(", "]": "["}
_VERBINDER = re.compile(r"\s*[/&+|·•]\s*|\s+(?:und|u\.|u|sowie|plus)\s+", re.IGNORECASE)
_AUCH_IN_KLAMMERN = re.compile(rf"\s*[{TRENNT}]\s*")
_NEUE_REIHE = re.compile(
    r"[(\[]\s*(?:[a-z]+\s+){0,2}[0-9]{1,2}\b|^[0-9]{1,2}\)|^(?:zu\s+)?(?:umsetzungs)?schritt", re.IGNORECASE
)
"""In a name that may begin with the number of a step; the names behind it may have stood before it, too."""
_TEILE, _IM_NAMEN = 60, 6
"""Of so many parts a text is looked through at most, and so many signs such as "und" stand in the name of one."""

T = TypeVar("T")


def _paare(text: str) -> tuple[list[tuple[int, int]], int]:
    """The outermost pairs of brackets in order (first sign, last sign), and how many brackets have no other half.

    What has no other half is a sign like any other: "a (b, c" and "a (b], c" are two names each.
    """
    offen: list[int] = []
    paare: list[tuple[int, int]] = []
    einzelne = 0
    for stelle, zeichen in enumerate(text):
        if zeichen in "([":
            offen.append(stelle)
        elif zeichen in ")]":
            passend = next((i for i in reversed(range(len(offen))) if text[offen[i]] == _ANFANG_ZU[zeichen]), None)
            if passend is None:
                einzelne += 1
                continue
            einzelne += len(offen) - passend - 1
            anfang = offen[passend]
            del offen[passend:]
            while paare and paare[-1][0] > anfang:
                paare.pop()
            paare.append((anfang, stelle))
    return paare, einzelne + len(offen)


def _stellen(text: str, muster: re.Pattern[str]) -> list[re.Match[str]]:
    """Where a pattern matches outside brackets."""
    paare, gefunden = _paare(text)[0], []
    for treffer in muster.finditer(text):
        while paare and paare[0][1] < treffer.start():
            paare.pop(0)
        if not paare or treffer.start() < paare[0][0]:
            gefunden.append(treffer)
    return gefunden


def namen_aus(text: str) -> list[str]:
    """The names in a text, in order and each once; what stands in brackets stays together.

    Behind the number of a step the same names may come again: "(1) 51, 32, (2) SKFM, 32".
    """
    teile, ab = [], 0
    for trenner in _stellen(text, re.compile(f"[{TRENNT}]")):
        teile.append(text[ab : trenner.start()])
        ab = trenner.end()
    reihe, namen = 0, {}
    for name in (" ".join(teil.split()) for teil in (*teile, text[ab:])):
        reihe += bool(_NEUE_REIHE.search(name))
        if name:
            namen[reihe, name] = name
    return list(namen.values())


def als_text(namen: Iterable[str]) -> str:
    """The text in which `namen_aus` finds these names again."""
    return ", ".join(namen)


def wieder_ganz(namen: list[str], finde: Callable[[str], object]) -> list[str]:
    """Names with those put together again that a comma in a known one parted: "Amt für Jugend, Familie und Sport". What
    is known by itself needs no other for it."""
    ganze, stelle = [], 0
    while stelle < len(namen):
        gruppen = (namen[stelle:bis] for bis in range(stelle + _IM_NAMEN, stelle + 1, -1))
        gruppe = next((g for g in gruppen if finde(als_text(g)) and not all(map(finde, g))), [namen[stelle]])
        ganze.append(als_text(gruppe))
        stelle += len(gruppe)
    return ganze


def ist_geschlossen(name: str) -> bool:
    """Whether every bracket in a name has its other half; else it grows together with the names beside it."""
    return not _paare(name)[1]


def teile_von(name: str) -> list[str]:
    """What "/", "und" and the like part in a name, whether or not that is known; the name itself where nothing does."""
    teile, ab = [], 0
    for verbinder in _stellen(name, _VERBINDER):
        teile.append(name[ab : verbinder.start()])
        ab = verbinder.end()
    return [teil for teil in (*teile, name[ab:]) if teil]


def bekannte_in(name: str, finde: Callable[[str], T | None]) -> list[T]:
    """What `finde` knows in a name that joins several of them, [] where any part of it is unknown.

    "51 / 40" is two, and "Jugend und Familie und Sport" too where "Jugend und Familie" is one: the fewest that there
    can be. What was once parted within brackets ("Träger (z. B. Caritas" and "Diakonie)") is found, too.
    """
    return _aufgeteilt(name, _stellen(name, _VERBINDER), finde) or _aufgeteilt(
        name, list(_AUCH_IN_KLAMMERN.finditer(name)), finde
    )


def _aufgeteilt(name: str, verbinder: list[re.Match[str]], finde: Callable[[str], T | None]) -> list[T]:
    if not 0 < len(verbinder) < _TEILE:
        return []
    anfaenge, enden = [0, *(v.end() for v in verbinder)], [*(v.start() for v in verbinder), len(name)]
    bis: list[list[T] | None] = [[]]
    """What is known up to each part; None where it does not come out even."""
    for ende in range(len(enden)):
        wege = []
        for anfang in range(max(0, ende - _IM_NAMEN), ende + 1):
            davor = bis[anfang]
            if davor is not None and (bekannt := finde(name[anfaenge[anfang] : enden[ende]].strip())):
                wege.append([*davor, bekannt])
        bis.append(min(wege, key=len, default=None))
    return bis[-1] or []
