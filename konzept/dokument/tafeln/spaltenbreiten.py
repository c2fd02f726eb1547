"""How wide the columns of a table are on paper, from the texts in its cells; free of Django.

Widths are counted in letters of the type of the tables, of which PLATZ fill a line of the page.
"""

import re
from collections.abc import Iterator, Sequence

PLATZ = 98
PLATZ_GROSS = 48
"""The same in large print."""
RAND = 3
"""What the white beside a cell's text takes, and what rounding to whole percents may."""
GETEILT_AB = 7
"""Shorter words are not hyphenated (hyphenate-limit-chars in druck.css)."""
ZUMUTBAR = (22, 16, 12, 9)
"""So many letters of a word stay together where there is room for it, the more the better; numbers always do."""
LANGE_ZEILE = 16
"""Lines from which on a row may break across pages: a quarter of one."""
KLEINE_TABELLE = 24
"""Lines up to which a table stands on one page as a whole."""

_BRUCH = re.compile(r"(?<=[^\W\d]-)|(?<=[^\W\d]/)|\s+")
"""Where a line may end without a hyphen being added."""
_SCHMAL, _BREIT = frozenset("iljtfrI.,:;|!'()[] "), frozenset("mwMWÄÖÜABCDGHKNOQRUVXYZ@%—€&●")


def breite(text: str) -> float:
    """Of a text in one line."""
    return sum(0.62 if z in _SCHMAL else 1.42 if z in _BREIT else 1.06 for z in text)


def anteile(
    zeilen: Sequence[Sequence[str]], platz: float = PLATZ, einzeilig: Sequence[int] = ()
) -> tuple[int, ...]:
    """The percentage of the width for each column of a table whose rows, the head among them, hold these texts; () for
    a table without columns. `platz` is the width of all columns together;
    the columns `einzeilig` stand in one line as far as the others leave room for it, the first named first.

    A column is never narrower than its longest number, nor, while there is room, than its words; what is left goes
    where it saves most lines. The same texts give the same widths, in whatever order the rows stand.
    """
    if not zeilen or not zeilen[0]:
        return ()
    spalten = [[text for text in spalte if text] for spalte in zip(*zeilen, strict=True)]
    weiten = _mindestens(spalten, platz)
    noetig = [_noetig(spalte) for spalte in spalten]
    for i in einzeilig:
        weiten[i] += max(min(noetig[i] - weiten[i], platz - sum(weiten)), 0)
    schritt = platz / 100
    frei = platz - sum(weiten)
    texte = [[breite(text) for text in zeile] for zeile in zeilen]
    while frei >= schritt and (wo := _wo_es_spart(texte, weiten, noetig)) is not None:
        weiten[wo] += schritt
        frei -= schritt
    gesamt = sum(noetig)
    if frei > 0:
        weiten = [weite + frei * n / gesamt for weite, n in zip(weiten, noetig, strict=True)]
    return _ganze_prozente(weiten)


def mindestbreiten(zeilen: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column has to be for its numbers to stay whole, and its words to be hyphenated where they may."""
    return [
        max((_stueck(text, ZUMUTBAR[-1]) for text in spalte if text), default=0) + RAND
        for spalte in zip(*zeilen, strict=True)
    ]


def zeilenzahl(texte: Sequence[str], prozente: Sequence[int], platz: float = PLATZ) -> int:
    """How many lines a row with these texts takes, about, in columns of these widths."""
    return max((_zeilen(breite(t), platz * p / 100) for t, p in zip(texte, prozente, strict=True) if t), default=1)


def _noetig(spalte: list[str]) -> float:
    """What the longest text needs to stand in one line."""
    return max(map(breite, spalte), default=0) + RAND


def _mindestens(spalten: list[list[str]], platz: float) -> list[float]:
    """With as long words in one piece as all columns together have room for; in proportion where not even the numbers
    have."""
    for buchstaben in ZUMUTBAR:
        weiten = [max((_stueck(text, buchstaben) for text in spalte), default=0) + RAND for spalte in spalten]
        if sum(weiten) <= platz:
            break
    zu_viel = sum(weiten) / platz
    return [weite / zu_viel for weite in weiten] if zu_viel > 1 else weiten


def _stueck(text: str, buchstaben: int) -> float:
    """The widest part of a text that stays in one line, of words no more than so many letters."""
    return max(map(breite, _stuecke(text, buchstaben)), default=0)


def _stuecke(text: str, buchstaben: int) -> Iterator[str]:
    for stueck in _BRUCH.split(text):
        if stueck:
            ist_wort = len(stueck) >= GETEILT_AB and not any(z.isdecimal() for z in stueck)
            yield f"{stueck[: buchstaben - 1]}-" if ist_wort and len(stueck) > buchstaben else stueck


def _zeilen(text: float, weite: float) -> int:
    """Lines end before they are full, the more so the fewer words they hold."""
    platz = max(weite - RAND, 1.0)
    return 1 if text <= platz else int(-(-text // max(platz - 3, 1.0)))


def _wo_es_spart(texte: Sequence[Sequence[float]], weiten: list[float], noetig: list[float]) -> int | None:
    """The column that makes most rows higher than their other cells do, one row of many lines before many of two; None
    where all rows are as low as can be."""
    gewicht = [0] * len(weiten)
    for zeile in texte:
        hoehen = [_zeilen(text, weite) if text else 0 for text, weite in zip(zeile, weiten, strict=True)]
        hoechste = max(hoehen)
        if hoechste > 1:
            for i, hoehe in enumerate(hoehen):
                gewicht[i] += (hoehe - 1) ** 2 if hoehe == hoechste else 0
    offen = [i for i, g in enumerate(gewicht) if g and weiten[i] < noetig[i]]
    return max(offen, key=lambda i: (gewicht[i], -i), default=None)


def _ganze_prozente(weiten: list[float]) -> tuple[int, ...]:
    """Whole numbers that add up to 100, none below 1; the largest remainders are rounded up."""
    summe = sum(weiten)
    genau = [100 * weite / summe for weite in weiten]
    ganz = [max(int(anteil), 1) for anteil in genau]
    nach_rest = sorted(range(len(genau)), key=lambda i: (int(genau[i]) - genau[i], i))
    for i in nach_rest[: max(100 - sum(ganz), 0)]:
        ganz[i] += 1
    return tuple(ganz)
