"""A table while its HTML is read: cells that span others, titles, and what columns are aligned to."""

import re
from collections import Counter
from collections.abc import Iterable

from .bloecke import Absatz, Block, Lauf, Texttabelle, ausrichtung, verschmolzen

Attribute = dict[str, str | None]

AUSRICHTUNG = {"links": "left", "mitte": "center", "rechts": "right"}
_AUS_HTML = {wort: wo for wo, wort in AUSRICHTUNG.items()} | {"start": "links", "end": "rechts"}
_STIL = re.compile(r"(?<![\w-])text-align:\s*([a-z]+)", re.IGNORECASE)


class Tabelle:
    """A table while it is read. The first row is the head, whatever its tags say: the dialect has no other table."""

    def __init__(self) -> None:
        self.reihen: list[list[tuple[Lauf, ...]]] = []
        self.absaetze_der_zelle: list[tuple[Lauf, ...]] = []
        self.davor: list[Block] = []
        self.titel: tuple[Lauf, ...] = ()
        self.ausgerichtet: list[dict[int, str]] = []
        self.zelle = 0
        # By column: the last row into which a cell above reaches down.
        self.von_oben: dict[int, int] = {}

    def neue_reihe(self) -> None:
        self._schliesse_zelle()
        self.reihen.append([])
        self.ausgerichtet.append({})

    def oeffne_absatz(self, tag: str, attrs: Attribute) -> None:
        """A caption begins, or a paragraph that says what its cell is aligned to."""
        if tag == "caption":
            self._schliesse_zelle()
        elif self.ausgerichtet and not self.ausgerichtet[-1].get(self.zelle):
            self.ausgerichtet[-1][self.zelle] = genannt(attrs)

    def schliesse_titel(self) -> None:
        self.titel = _mit_strichpunkt([self.titel, *self.absaetze_der_zelle])
        self.absaetze_der_zelle = []

    def neue_zelle(self, breit: int, hoch: int, attrs: Attribute) -> None:
        """A cell in the next free place; what it spans beside and below itself stays empty."""
        self._schliesse_zelle()
        if not self.reihen:
            self.neue_reihe()
        reihe = self.reihen[-1]
        while self.von_oben.get(len(reihe), 0) >= len(self.reihen):
            reihe.append(())
        self.zelle = len(reihe)
        self.ausgerichtet[-1][self.zelle] = genannt(attrs)
        for _ in range(max(breit, 1)):
            self.von_oben[len(reihe)] = len(self.reihen) + max(hoch, 1) - 1
            reihe.append(())

    def _schliesse_zelle(self) -> None:
        text = _mit_strichpunkt(self.absaetze_der_zelle)
        self.absaetze_der_zelle = []
        if not text:
            return
        if self.reihen and self.reihen[-1]:
            self.reihen[-1][self.zelle] = _mit_strichpunkt([self.reihen[-1][self.zelle], text])
        else:
            self.davor.append(Absatz(laeufe=text))

    def bloecke(self) -> list[Block]:
        self._schliesse_zelle()
        paare = [paar for paar in zip(self.reihen, self.ausgerichtet, strict=True) if paar[0]]
        if not paare:
            return [*([Absatz(laeufe=self.titel)] if self.titel else []), *self.davor]
        breite = max(len(reihe) for reihe, _ in paare)
        kopf, *zeilen = ((*reihe, *((),) * (breite - len(reihe))) for reihe, _ in paare)
        wo = ausrichtung((_der_spalte(paare, i) for i in range(breite)), breite)
        return [*self.davor, Texttabelle(titel=self.titel, kopf=kopf, zeilen=tuple(zeilen), ausrichtung=wo)]


def _der_spalte(reihen: list[tuple[list[tuple[Lauf, ...]], dict[int, str]]], spalte: int) -> str:
    """What most of the cells below the head are aligned to, as far as they hold something; of all cells, or of the
    head, where none does."""
    kopf, *koerper = [(reihe[spalte] if spalte < len(reihe) else (), wo.get(spalte, "")) for reihe, wo in reihen]
    gefuellt = [wo for zelle, wo in koerper if zelle] or [wo for _, wo in koerper] or [kopf[1]]
    (meiste, anzahl), *_ = Counter(gefuellt).most_common(1)
    return meiste if 2 * anzahl > len(gefuellt) else ""


def genannt(attrs: Attribute) -> str:
    treffer = _STIL.search(attrs.get("style") or "")
    return _AUS_HTML.get((treffer[1] if treffer else attrs.get("align") or "").lower(), "")


def _mit_strichpunkt(absaetze: Iterable[tuple[Lauf, ...]]) -> tuple[Lauf, ...]:
    """Paragraphs as the single line that a cell holds, still apart."""
    laeufe: list[Lauf] = []
    for absatz in filter(None, absaetze):
        if laeufe:
            laeufe.append(Lauf(text=" " if laeufe[-1].text[-1] in ".,;:!?" else "; "))
        laeufe += absatz
    return verschmolzen(laeufe)
