"""The pieces of a text for which another wording can be proposed, and how one of them is replaced.

A piece is a paragraph, a heading, a whole list or table, one of its items or cells, or its title. Knows blocks only.
The frozen text of a Fassung and today's text of a form are taken to pieces alike: equal pieces have equal texts.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple

from msgspec import structs

from konzept.fassungen.vergleich.wortvergleich import NEU, STUECKE, WEG, abschnitte, unterschiede
from konzept.fliesstext.bloecke import (
    Absatz,
    Block,
    Lauf,
    Liste,
    Punkt,
    Text,
    Texttabelle,
    aus_zeilen,
    klartext,
    stil,
    verschmolzen,
    zeilen_von,
)

SPALTE = " | "
"""Between the cells of a table that is shown as lines."""
_AUFZAEHLUNG = re.compile(r"(?:[-–•*]|[0-9]{1,2}[.)])\s+")


class Textstueck(NamedTuple):
    """A piece as plain text; `ersetze(neu)` gives the whole text with another wording in its place, None where the
    wording does not fit into it, such as a table with other columns."""

    text: str
    ersetze: Callable[[str], Text | None]


def blocktext(block: Block) -> str:
    """A block as plain text: a line for each item of a list, the title and each row of a table."""
    if isinstance(block, Liste):
        return "\n".join(_punkttext(punkt) for punkt in _punkte(block))
    if isinstance(block, Texttabelle):
        titel = [_zellentext(block.titel)] if block.titel else []
        return "\n".join([*titel, *(SPALTE.join(map(_zellentext, zeile)) for zeile in (block.kopf, *block.zeilen))])
    return klartext(block.laeufe)


def stuecke(text: Text) -> Iterator[Textstueck]:
    """All pieces of a text in reading order, a list or table before its parts."""
    for i, block in enumerate(text):
        setze = partial(_an_stelle, text, i)
        yield Textstueck(blocktext(block), lambda neu, setze=setze, block=block: setze(_ersetzt(block, neu)))
        teile = list(_teile(block))
        for teil in teile if len(teile) > 1 else ():
            yield Textstueck(teil.text, lambda neu, setze=setze, teil=teil: setze(teil.ersetze(neu)))


def umgesetzt(laeufe: tuple[Lauf, ...], neu: str) -> tuple[Lauf, ...]:
    """Runs with another wording; what stays keeps its emphasis and links, and so does what replaces it. Raises
    `wortvergleich.ZuLang`, as does whatever replaces a piece."""
    stile = [stil(lauf) for lauf in laeufe for _ in lauf.text]
    alt, worte = STUECKE.findall(klartext(laeufe)), STUECKE.findall(neu)
    ergebnis, wort, zeichen, weg = [], 0, 0, set()
    for art, von, bis in unterschiede(alt, worte):
        text = "".join(worte[von:bis])
        if art == NEU:
            formen = [weg.pop() if len(weg) == 1 else (False, False, "")] * len(text)
        else:
            laenge = sum(map(len, alt[wort : wort + bis - von]))
            formen = stile[zeichen : zeichen + laenge]
            wort, zeichen = wort + bis - von, zeichen + laenge
        weg = set(formen) if art == WEG else set()
        if art != WEG:
            ergebnis += [
                Lauf(text=z, fett=fett, kursiv=kursiv, ziel=ziel)
                for z, (fett, kursiv, ziel) in zip(text, formen, strict=True)
            ]
    return verschmolzen(ergebnis)


def _an_stelle(text: Text, i: int, bloecke: Text | None) -> Text | None:
    return None if bloecke is None else (*text[:i], *bloecke, *text[i + 1 :])


def _ersetzt(block: Block, neu: str) -> Text | None:
    match block:
        case Absatz():
            return _absaetze(umgesetzt(block.laeufe, neu))
        case Liste():
            return _liste(block, neu)
        case Texttabelle():
            return _tabelle(block, neu)
    (zeile,) = zeilen_von(umgesetzt(block.laeufe, " ".join(neu.split())))
    return (structs.replace(block, laeufe=zeile),)


def _absaetze(laeufe) -> Text:
    """An empty line begins a paragraph."""
    gruppen = groupby(zeilen_von(laeufe), key=bool)
    return tuple(Absatz(laeufe=aus_zeilen(zeilen)) for gefuellt, zeilen in gruppen if gefuellt)


def _teile(block: Block) -> Iterator[Textstueck]:
    if isinstance(block, Liste):
        for nummer, punkt in enumerate(_punkte(block)):
            yield Textstueck(_punkttext(punkt), lambda neu, nummer=nummer: _mit_punkten(block, {nummer: neu}))
    elif isinstance(block, Texttabelle):
        if block.titel:
            yield Textstueck(_zellentext(block.titel), lambda neu: (_mit_titel(block, neu),))
        zeilen = (block.kopf, *block.zeilen)
        for zeile, spalte in ((z, s) for z, inhalt in enumerate(zeilen) for s in range(len(inhalt))):
            if text := _zellentext(zeilen[zeile][spalte]):
                yield Textstueck(text, lambda neu, ort=(zeile, spalte): _mit_zellen(block, {ort: neu}))


# Lists


def _punkte(liste: Liste) -> Iterator[Punkt]:
    """The items at every depth, in reading order."""
    for punkt in liste.punkte:
        yield punkt
        for block in punkt.bloecke:
            if isinstance(block, Liste):
                yield from _punkte(block)


def _punkttext(punkt: Punkt) -> str:
    """An item in one line, without the items below it."""
    return " ".join(" ".join(blocktext(b).split()) for b in punkt.bloecke if not isinstance(b, Liste))


def _mit_punkten(liste: Liste, neue: dict[int, str]) -> Text | None:
    """A list in which the items of these numbers (from 0, in reading order) have other wordings; None where one of
    them is more than one paragraph."""
    nummer = -1

    def steige(liste: Liste) -> Liste:
        return structs.replace(liste, punkte=tuple(punkt_von(punkt) for punkt in liste.punkte))

    def punkt_von(punkt: Punkt) -> Punkt:
        nonlocal nummer
        nummer += 1
        bloecke = punkt.bloecke
        if (neu := neue.get(nummer)) is not None:
            bloecke = tuple(block if isinstance(block, Liste) else _umgesetzter(block, neu) for block in bloecke)
        return Punkt(bloecke=tuple(steige(block) if isinstance(block, Liste) else block for block in bloecke))

    einfach = all(_ist_einfach(punkt) for i, punkt in enumerate(_punkte(liste)) if i in neue)
    return (steige(liste),) if einfach else None


def _umgesetzter(absatz: Absatz, neu: str) -> Absatz:
    return structs.replace(absatz, laeufe=umgesetzt(absatz.laeufe, " ".join(neu.split())))


def _ist_einfach(punkt: Punkt) -> bool:
    eigene = [block for block in punkt.bloecke if not isinstance(block, Liste)]
    return len(eigene) == 1 and isinstance(eigene[0], Absatz)


def _liste(liste: Liste, neu: str) -> Text | None:
    """A list whose items are these lines; what is in no line is gone, what is new becomes an item."""
    alte = [_punkttext(punkt) for punkt in _punkte(liste)]
    bekannt = set(alte)
    zeilen = [zeile if zeile in bekannt else _AUFZAEHLUNG.sub("", zeile, count=1) for zeile in _zeilen(neu)]
    if len(zeilen) == len(alte):
        return _mit_punkten(liste, {i: zeile for i, zeile in enumerate(zeilen) if zeile != alte[i]})
    if len(alte) != len(liste.punkte) or not zeilen:
        # It cannot be told which item belongs below which.
        return None
    punkte: list[Punkt] = []
    for art, (a1, a2, n1, n2) in abschnitte(alte, zeilen):
        if art == "equal":
            punkte += liste.punkte[a1:a2]
        else:
            punkte += [Punkt(bloecke=(Absatz(laeufe=(Lauf(text=zeile),)),)) for zeile in zeilen[n1:n2]]
    return (structs.replace(liste, punkte=tuple(punkte)),)


def _zeilen(text: str) -> list[str]:
    return [" ".join(zeile.split()) for zeile in text.splitlines() if zeile.strip()]


# Tables


def _zellentext(laeufe: tuple[Lauf, ...]) -> str:
    return " ".join(klartext(laeufe).split())


def _mit_titel(tabelle: Texttabelle, neu: str) -> Texttabelle:
    return structs.replace(tabelle, titel=umgesetzt(tabelle.titel, " ".join(neu.split())))


def _mit_zellen(tabelle: Texttabelle, neue: dict[tuple[int, int], str]) -> Text:
    def zelle(ort, laeufe):
        return umgesetzt(laeufe, " ".join(neue[ort].split())) if ort in neue else laeufe

    kopf, *zeilen = (
        tuple(zelle((z, s), laeufe) for s, laeufe in enumerate(zeile))
        for z, zeile in enumerate((tabelle.kopf, *tabelle.zeilen))
    )
    return (structs.replace(tabelle, kopf=kopf, zeilen=tuple(zeilen)),)


def _tabelle(tabelle: Texttabelle, neu: str) -> Text | None:
    """A table with these lines as its title, if it has one, and its rows; None where they have another shape."""
    alte = blocktext(tabelle).split("\n")
    zeilen = neu.strip("\n").split("\n")
    if tabelle.titel:
        tabelle = _mit_titel(tabelle, zeilen[0])
        alte, zeilen = alte[1:], zeilen[1:]
    spalten = len(tabelle.kopf)
    if len(zeilen) != len(alte) or any(len(zeile.split("|")) != spalten for zeile in (*alte, *zeilen)):
        return None
    neue = {}
    for z, (alt, zeile) in enumerate(zip(alte, zeilen, strict=True)):
        for s, (vorher, nachher) in enumerate(zip(alt.split("|"), zeile.split("|"), strict=True)):
            if vorher.strip() != nachher.strip():
                neue[z, s] = nachher
    return _mit_zellen(tabelle, neue)
