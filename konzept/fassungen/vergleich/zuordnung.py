"""Which item of a list has become which of another, where they bear no lasting name."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from rapidfuzz.distance import Indel

from konzept import grenzen

from .aufwand import bewilligt, vermerke_grob
from .wortvergleich import STUECKE, ZuLang, abschnitte

AEHNLICH = 0.45
"""Part of the words from which on two texts are taken for the same one, changed."""
BAND = 40
"""How far apart in a long stretch of changes two items may stand and still be compared."""
SCHRITTE_JE_PAAR, SCHRITTE_JE_FELD = 10_000, 1_000
"""What asking how alike two items are costs beside their words, and each field of the table of all pairs, measured in
steps of comparing words."""

Paar = tuple[int | None, int | None]
T = TypeVar("T", bound=Hashable)


def ordne_zu(alt: Sequence[str], neu: Sequence[str], ab: float = AEHNLICH) -> list[Paar]:
    """Pairs of places, in the order of both lists; None where an item has no counterpart.

    Equal texts are paired first, then in the gaps between them the most similar ones. A text that stands alone in its
    gap on both sides is paired with `ab` = 0 whatever it says. In a gap too large to look for similar ones (see
    `aufwand`) none have a counterpart.
    """
    paare: list[Paar] = []
    stand = (0, 0)
    try:
        folge = abschnitte(alt, neu)
    except ZuLang:
        return _getrennt(range(len(alt)), range(len(neu)))
    for art, (a1, a2, n1, n2) in folge:
        if art == "equal":
            paare += _luecke(alt, neu, stand, (a1, n1), ab)
            paare += zip(range(a1, a2), range(n1, n2), strict=True)
            stand = (a2, n2)
    return paare + _luecke(alt, neu, stand, (len(alt), len(neu)), ab)


def _luecke(
    alt: Sequence[str], neu: Sequence[str], von: tuple[int, int], bis: tuple[int, int], ab: float
) -> list[Paar]:
    a, n = range(von[0], bis[0]), range(von[1], bis[1])
    if not a or not n:
        return [(i, None) for i in a] + [(None, j) for j in n]
    if ab == 0 and len(a) == len(n) == 1:
        return [(a[0], n[0])]
    if len(a) * len(n) > grenzen.VERGLEICH_ZEILEN:
        return _getrennt(a, n)
    worte_alt, worte_neu = ([_worte(texte[i]) for i in wo] for texte, wo in ((alt, a), (neu, n)))
    if not bewilligt(_schritte(worte_alt, worte_neu), grenzen.VERGLEICH_GESAMT):
        return _getrennt(a, n)
    nah = _aehnlichkeiten(worte_alt, worte_neu, ab or AEHNLICH)
    treffer = _beste_folge(nah, len(a), len(n))
    paare: list[Paar] = []
    i = j = 0
    for ti, tj in [*treffer, (len(a), len(n))]:
        paare += [(a[k], None) for k in range(i, ti)] + [(None, n[k]) for k in range(j, tj)]
        if ti < len(a):
            paare.append((a[ti], n[tj]))
        i, j = ti + 1, tj + 1
    return paare


def _getrennt(a: Iterable[int], n: Iterable[int]) -> list[Paar]:
    vermerke_grob()
    return [(i, None) for i in a] + [(None, j) for j in n]


def _nachbarn(i: int, alt: int, neu: int) -> range:
    """The places in a gap of so many items each that one of the old ones is compared with."""
    mitte = i * neu // alt
    return range(max(0, mitte - BAND), min(neu, mitte + BAND))


def _schritte(alt: list[list[str]], neu: list[list[str]]) -> int:
    bis_neu = [0, *accumulate(map(len, neu))]
    schritte = len(alt) * len(neu) * SCHRITTE_JE_FELD
    for i, worte in enumerate(alt):
        hier = _nachbarn(i, len(alt), len(neu))
        schritte += len(hier) * SCHRITTE_JE_PAAR + len(worte) * (bis_neu[hier.stop] - bis_neu[hier.start])
    return schritte


def _aehnlichkeiten(alt: list[list[str]], neu: list[list[str]], ab: float) -> dict[tuple[int, int], float]:
    nummern: dict[str, int] = {}
    zahlen_alt, zahlen_neu = (
        [[nummern.setdefault(wort, len(nummern)) for wort in worte] for worte in seite] for seite in (alt, neu)
    )
    nah = {}
    for i, a in enumerate(zahlen_alt):
        for j in _nachbarn(i, len(alt), len(neu)):
            if wert := Indel.normalized_similarity(a, zahlen_neu[j], score_cutoff=ab):
                nah[i, j] = wert
    return nah


def _beste_folge(nah: dict[tuple[int, int], float], zeilen: int, spalten: int) -> list[tuple[int, int]]:
    """The rising sequence of pairs with the greatest sum."""
    summe = [[0.0] * (spalten + 1) for _ in range(zeilen + 1)]
    for i in range(zeilen - 1, -1, -1):
        for j in range(spalten - 1, -1, -1):
            mit = nah[i, j] + summe[i + 1][j + 1] if (i, j) in nah else 0.0
            summe[i][j] = max(summe[i + 1][j], summe[i][j + 1], mit)
    folge, i, j = [], 0, 0
    while i < zeilen and j < spalten:
        if (i, j) in nah and summe[i][j] == nah[i, j] + summe[i + 1][j + 1]:
            folge.append((i, j))
            i, j = i + 1, j + 1
        elif summe[i][j] == summe[i + 1][j]:
            i += 1
        else:
            j += 1
    return folge


def ruhende(plaetze: Sequence[int]) -> set[int]:
    """The positions of a longest rising subsequence: whatever else stands there has been moved, and no more."""
    enden: list[int] = []
    stellen: list[int] = []
    davor: list[int | None] = []
    for stelle, platz in enumerate(plaetze):
        k = bisect_left(enden, platz)
        enden[k : k + 1] = [platz]
        stellen[k : k + 1] = [stelle]
        davor.append(stellen[k - 1] if k else None)
    kette: set[int] = set()
    letzte = stellen[-1] if stellen else None
    while letzte is not None:
        kette.add(letzte)
        letzte = davor[letzte]
    return kette


def verschraenke(alt_von: Mapping[int, int], alt: int, neu: int) -> Iterator[Paar]:
    """Both lists (so many items each) as one, in the order of the new one: (old place, new place), None where there is
    no counterpart. `alt_von` gives the old place of a new one. What has none in the new list follows what it followed.
    """
    neu_von = {j: i for i, j in alt_von.items()}
    danach: dict[int, list[int]] = {}
    anker = -1
    for j in range(alt):
        if j in neu_von:
            anker = neu_von[j]
        else:
            danach.setdefault(anker, []).append(j)
    for i in range(-1, neu):
        if i >= 0:
            yield alt_von.get(i), i
        yield from ((j, None) for j in danach.get(i, ()))


def vereine(alt: Sequence[T], neu: Sequence[T]) -> Iterator[T]:
    """The items of both lists in this order, where equal items, each there once, are counterparts."""
    plaetze = {name: j for j, name in enumerate(alt)}
    alt_von = {i: plaetze[name] for i, name in enumerate(neu) if name in plaetze}
    for j, i in verschraenke(alt_von, len(alt), len(neu)):
        if i is not None:
            yield neu[i]
        elif j is not None:
            yield alt[j]


def _worte(text: str) -> list[str]:
    return [wort.casefold() for wort in STUECKE.findall(text) if wort[0].isalnum()]

