"""What differs between two texts, word by word.

rapidfuzz finds the longest common subsequence of the words in compiled code: many times as fast as difflib and, unlike
it, always the shortest difference. What is short by count need not read well: islands of a few equal words
amid changes are counted as changed, so that a sentence that was rewritten is struck out and written anew as one.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, takewhile

from msgspec import structs
from rapidfuzz.distance import LCSseq

from konzept import grenzen
from konzept.fliesstext.bloecke import Lauf, stil

from .aenderungsmarken import ZU_LANG, eingefuegt, entfernt, ohne_marken
from .aufwand import bewilligt

STUECKE = re.compile(r"\w+(?:[.,:/*'’-]\w+)*|\s|[^\w\s]")
"""A word with what holds it together ("1.250", "Bürger*innen", "Integrations-Café"), a white space, or one sign."""
GLEICH, WEG, NEU = "gleich", "weg", "neu"
ZU_WENIG = 0.2
"""Texts that share less than this part of their signs have nothing to do with each other."""

Bereich = tuple[str, int, int]
"""GLEICH or NEU with begin and end in the new sequence, or WEG with begin and end in the old one."""


Abgleich = tuple[int, int, int, int]
"""A run of one sequence and what stands for it in the other: begin and end in the old, begin and end in the new one."""


class ZuLang(Exception):
    """Both texts together are too long to be compared word by word (see `aufwand`)."""


def markiere(alt: str, neu: str) -> str:
    """The new text with marks around what is new, and what was removed, in marks, at its place. Where both are too long
    to be compared, both as a whole, with the mark ZU_LANG before them."""
    alt, neu = ohne_marken(alt), ohne_marken(neu)
    if alt == neu:
        return neu
    stuecke_alt, stuecke_neu = STUECKE.findall(alt), STUECKE.findall(neu)
    try:
        bereiche = unterschiede(stuecke_alt, stuecke_neu)
    except ZuLang:
        return f"{ZU_LANG}{entfernt(alt)}{eingefuegt(neu)}"
    return "".join(
        _markiert(art, "".join((stuecke_alt if art == WEG else stuecke_neu)[von:bis])) for art, von, bis in bereiche
    )


def markiere_laeufe(alt: Sequence[Lauf], neu: Sequence[Lauf]) -> tuple[Lauf, ...]:
    """The same for runs of text. Other emphasis or another link is a change too; each run is marked as a whole."""
    if alt == neu:
        return ganz(neu, GLEICH)
    (texte_alt, stile_alt), (texte_neu, stile_neu) = _stuecke(alt), _stuecke(neu)
    einheitlich = len({*stile_alt, *stile_neu}) == 1
    schluessel = [
        None if einheitlich else list(zip(texte, stile, strict=True))
        for texte, stile in ((texte_alt, stile_alt), (texte_neu, stile_neu))
    ]
    try:
        bereiche = unterschiede(texte_alt, texte_neu, *schluessel)
    except ZuLang:
        return (Lauf(text=ZU_LANG), *ganz(alt, WEG), *ganz(neu, NEU))
    laeufe = []
    for art, von, bis in bereiche:
        texte, stile = (texte_alt, stile_alt) if art == WEG else (texte_neu, stile_neu)
        for (fett, kursiv, ziel), gruppe in groupby(range(von, bis), key=stile.__getitem__):
            text = _markiert(art, "".join([texte[k] for k in gruppe]))
            laeufe.append(Lauf(text=text, fett=fett, kursiv=kursiv, ziel=ziel))
    return tuple(laeufe)


def ganz(laeufe: Sequence[Lauf], art: str) -> tuple[Lauf, ...]:
    """All runs marked as WEG, NEU or, without marks, GLEICH."""
    return tuple([structs.replace(lauf, text=_markiert(art, ohne_marken(lauf.text))) for lauf in laeufe])


def unterschiede(
    alt: Sequence[str],
    neu: Sequence[str],
    schluessel_alt: Sequence[Hashable] | None = None,
    schluessel_neu: Sequence[Hashable] | None = None,
) -> Iterator[Bereich]:
    """What is equal, removed and new, in reading order, removed before new. Raises ZuLang before the first of them.

    GLEICH and WEG together are `alt`, GLEICH and NEU are `neu`. Where keys are given, these decide what is equal.
    """
    gleiche = _gleiche(alt, neu, schluessel_alt or alt, schluessel_neu or neu)
    return _bereiche(gleiche, len(alt), len(neu))


def _bereiche(gleiche: Iterable[Abgleich], laenge_alt: int, laenge_neu: int) -> Iterator[Bereich]:
    stand_alt = stand_neu = 0
    for a1, a2, n1, n2 in (*gleiche, (laenge_alt, 0, laenge_neu, 0)):
        if a1 > stand_alt:
            yield WEG, stand_alt, a1
        if n1 > stand_neu:
            yield NEU, stand_neu, n1
        if n2 > n1:
            yield GLEICH, n1, n2
        stand_alt, stand_neu = a2, n2


def _gleiche(
    alt: Sequence[str], neu: Sequence[str], schluessel_alt: Sequence[Hashable], schluessel_neu: Sequence[Hashable]
) -> list[Abgleich]:
    """The equal runs that are worth keeping."""
    gleiche = [raender for art, raender in abschnitte(schluessel_alt, schluessel_neu) if art == "equal"]
    bis_alt, bis_neu = ([0, *accumulate(map(len, stuecke))] for stuecke in (alt, neu))
    gemeinsam = sum(bis_alt[a2] - bis_alt[a1] for a1, a2, _, _ in gleiche)
    if gemeinsam < ZU_WENIG * max(bis_alt[-1], bis_neu[-1]):
        return []
    return _ohne_inseln(gleiche, alt, bis_alt, bis_neu)


def abschnitte(alt: Sequence[Hashable], neu: Sequence[Hashable]) -> list[tuple[str, Abgleich]]:
    """The shortest difference of two sequences: "equal", "delete" or "insert" with its place in both. Raises ZuLang."""
    nummern: dict[Hashable, int] = {}
    zahlen = [[nummern.setdefault(stueck, len(nummern)) for stueck in folge] for folge in (alt, neu)]
    if not bewilligt(_schritte(*zahlen), grenzen.VERGLEICH_WORTE):
        raise ZuLang
    return [(o.tag, (o.src_start, o.src_end, o.dest_start, o.dest_end)) for o in LCSseq.opcodes(*zahlen)]


def _schritte(alt: Sequence[int], neu: Sequence[int]) -> int:
    """What rapidfuzz needs for two sequences, bits of memory as well: a common beginning and end cost it nothing."""
    vorn = _gemeinsam(alt, neu)
    hinten = min(_gemeinsam(reversed(alt), reversed(neu)), min(len(alt), len(neu)) - vorn)
    return (len(alt) - vorn - hinten) * (len(neu) - vorn - hinten)


def _gemeinsam(alt: Iterable[int], neu: Iterable[int]) -> int:
    return sum(1 for _ in takewhile(lambda paar: paar[0] == paar[1], zip(alt, neu, strict=False)))


def _ohne_inseln(
    gleiche: list[Abgleich], alt: Sequence[str], bis_alt: list[int], bis_neu: list[int]
) -> list[Abgleich]:
    """Without equal runs that are no longer than the change before and the change behind them, or hold no word.

    `bis_alt` and `bis_neu` give the signs before each place.
    """

    def umfang(a: Abgleich, b: Abgleich) -> int:
        return max(bis_alt[b[0]] - bis_alt[a[1]], bis_neu[b[2]] - bis_neu[a[3]])

    ende = (len(bis_alt) - 1, 0, len(bis_neu) - 1, 0)
    behalten, offen = [(0, 0, 0, 0)], gleiche[::-1]
    while offen:
        lauf = offen.pop()
        a1, a2, _, _ = lauf
        um = min(umfang(behalten[-1], lauf), umfang(lauf, offen[-1] if offen else ende))
        if um and (bis_alt[a2] - bis_alt[a1] <= um or not any(alt[k][0].isalnum() for k in range(a1, a2))):
            # The change before has become longer, so that the unchanged run before it has to be looked at again.
            if len(behalten) > 1:
                offen.append(behalten.pop())
        else:
            behalten.append(lauf)
    return behalten[1:]


def _stuecke(laeufe: Iterable[Lauf]) -> tuple[list[str], list[tuple[bool, bool, str]]]:
    texte: list[str] = []
    stile: list[tuple[bool, bool, str]] = []
    for lauf in laeufe:
        stuecke = STUECKE.findall(ohne_marken(lauf.text))
        texte += stuecke
        stile += [stil(lauf)] * len(stuecke)
    return texte, stile


def _markiert(art: str, text: str) -> str:
    return entfernt(text) if art == WEG else eingefuegt(text) if art == NEU else text
