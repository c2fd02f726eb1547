"""The new document with every change in its place, so that the templates of the document show it as it reads."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from konzept.dokument import baum
from konzept.dokument.baum import Lauf
from konzept.dokument.zahlen import zahl

from .aenderungsmarken import eingefuegt, entfernt, ohne_marken
from .ankernamen import benenne_um, neue_namen
from .aufwand import begrenzt
from .gesehen import gesehen
from .vergleichsstellen import ABSATZ
from .wortvergleich import NEU, WEG, ganz, markiere, markiere_laeufe
from .zuordnung import AEHNLICH, ordne_zu, verschraenke

Wert = Any
"""A node, or what a field of one holds. In the marked tree texts stand in fields of numbers (see ZAHLEN), so that no
declared type is true of both trees."""
Zelle = tuple[Lauf, ...]

IMMER_FEST = frozenset({"anker", "rn", "slug", "format", "ausrichtung"}) | baum.SCHLUESSEL
"""Fields that are no text of the document, or stand in lists beside it."""
FEST: dict[type[Struct], frozenset[str]] = {
    baum.Kapitel: frozenset({"anker", "art", "kurz"}),
    baum.Massnahme: IMMER_FEST | {"kurz", "wiederkehr"},
    baum.Kostenposition: IMMER_FEST | {"anteile", "stellenjahre", "hinweis"},
}
SCHLUESSEL: dict[type[Struct], Callable[[Wert], Hashable]] = {
    baum.Beteiligter: lambda b: (b.kurz, b.federfuehrend),
    baum.Mitglied: lambda m: m.name,
    baum.Messwert: lambda m: m.jahr,
    baum.Mitwirkender: lambda m: m.kurz,
    baum.Sachstand: lambda s: (s.datum, s.von),
    baum.Tabellenabschnitt: lambda a: a.titel,
}
"""By what parts without an Anker are the same; all others by their words."""
ZAHLEN = frozenset(
    {"stellenanteil", "ausgangswert", "ausgangsjahr", "zielwert", "zieljahr", "wert", "teilnehmende"}
)
"""Numbers that a reader sees: in the marked tree they stand in words, with their marks. No other number is marked."""
ABGELEITET = (baum.Kommune, baum.Kostenuebersicht, baum.Zeitplan)
"""What sums up something that stands elsewhere: shown as it is now."""


def markiert(
    alt: baum.Dokument, neu: baum.Dokument, vorgaenger: Mapping[str, str] | None = None
) -> baum.Dokument:
    """The tree `neu` with marks (see `aenderungsmarken`) in its texts; `vorgaenger` as in `vergleiche`.

    What was dropped stands at its old place, in marks, without Randnummer (0) and with its old Anker, except whole
    chapters and Handlungsfelder. Fields named in ZAHLEN hold a text where they changed; dates show their new value
    only. Meant for the body of a page, rendered with the templates of the document and given to `html.als_html`;
    outline and titles come from `neu`.
    """
    alt, neu = gesehen(alt), gesehen(neu)
    if vorgaenger is not None:
        alt = benenne_um(alt, neue_namen(alt, neu, vorgaenger))
    with begrenzt():
        gemischt: baum.Dokument = _Einarbeitung(alt, neu).knoten(alt, neu)
    return gemischt


class _Einarbeitung:
    def __init__(self, alt: baum.Dokument, neu: baum.Dokument) -> None:
        self.alte = dict(_mit_anker(alt))
        self.neue = dict(_mit_anker(neu))

    def knoten(self, alt: Wert, neu: Wert) -> Wert:
        """A node of `neu` and its counterpart of the same type."""
        if alt == neu:
            return neu
        match neu:
            case baum.Matrix():
                return self._matrix(alt, neu)
            case baum.Kosten():
                worte = _kostenwort(alt), _kostenwort(neu)
                return structs.replace(
                    neu,
                    wortlaut=neu.wortlaut if worte[0] == worte[1] else markiere(*worte),
                    positionen=self.folge(alt.positionen, neu.positionen),
                )
            case baum.Texttabelle():
                return self._tabelle(alt, neu)
            case baum.Verweis():
                return neu if alt.anker == neu.anker else _verweis(neu, *_verweisworte(alt, neu))
            case _ if isinstance(neu, ABGELEITET):
                return neu
        namen = (name for name in neu.__struct_fields__ if name not in FEST.get(type(neu), IMMER_FEST))
        werte = {name: self._wert(name, getattr(alt, name), getattr(neu, name)) for name in namen}
        return structs.replace(neu, **werte)

    def _wert(self, name: str, alt: Wert, neu: Wert) -> Wert:
        if name in ZAHLEN:
            return neu if alt == neu else markiere(_zahlwort(alt), _zahlwort(neu))
        if isinstance(neu, str):
            return markiere(alt, neu)
        if isinstance(neu, tuple):
            return self.folge(alt, neu)
        if isinstance(neu, Struct) and type(alt) is type(neu):
            return self.knoten(alt, neu)
        return neu

    def folge(self, alt: tuple[Wert, ...], neu: tuple[Wert, ...]) -> tuple[Wert, ...]:
        """Two sequences of the same kind (strings, runs or nodes) as one, in which the changes are marked."""
        if alt == neu:
            return neu
        erstes = (neu or alt or (None,))[0]
        if isinstance(erstes, Lauf):
            return markiere_laeufe(alt, neu)
        if isinstance(erstes, str):
            paare = ordne_zu(alt, neu, ab=0)
            return tuple(
                markiere(alt[j], neu[i]) if i is not None and j is not None else self._einzeln(alt, neu, j, i)
                for j, i in paare
            )
        if not isinstance(erstes, Struct):
            return neu
        alt_von = self._partner(alt, neu)
        gemischt = []
        for j, i in verschraenke(alt_von, len(alt), len(neu)):
            if i is not None and (frueher := self._frueher(neu[i], alt, j)) is not None:
                gemischt.append(self.knoten(frueher, neu[i]))
            elif (allein := self._einzeln(alt, neu, j, i)) is not None:
                gemischt.append(allein)
        return tuple(gemischt)

    def _frueher(self, neu: Struct, alt: tuple[Wert, ...], j: int | None) -> Wert:
        """The counterpart of a node, in this sequence or wherever it stood."""
        if j is not None:
            return alt[j]
        frueher = self.alte.get(getattr(neu, "anker", ""))
        return frueher if type(frueher) is type(neu) else None

    def _einzeln(self, alt: tuple[Wert, ...], neu: tuple[Wert, ...], j: int | None, i: int | None) -> Wert:
        if i is not None:
            return self._ganz(neu[i], NEU)
        return self._ganz(alt[j], WEG) if j is not None else None

    def _partner(self, alt: tuple[Struct, ...], neu: tuple[Struct, ...]) -> dict[int, int]:
        """Old place of each new one, by Anker, key or words; only nodes of one type belong together."""
        gruppen: dict[type[Struct], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for welche, alle in enumerate((alt, neu)):
            for k, knoten in enumerate(alle):
                gruppen[type(knoten)][welche].append(k)
        alt_von: dict[int, int] = {}
        for typ, (in_alt, in_neu) in gruppen.items():
            paare = self._paare(typ, [alt[j] for j in in_alt], [neu[i] for i in in_neu])
            alt_von |= {in_neu[i]: in_alt[j] for j, i in paare}
        return alt_von

    def _paare(self, typ: type[Struct], alt: list[Struct], neu: list[Struct]) -> Iterator[tuple[int, int]]:
        schluessel = SCHLUESSEL.get(typ)
        if schluessel is None and "anker" in typ.__struct_fields__:
            schluessel = _anker
        if schluessel:
            plaetze = {schluessel(knoten): platz for platz, knoten in enumerate(alt)}
            for platz, knoten in enumerate(neu):
                if schluessel(knoten) in plaetze:
                    yield plaetze.pop(schluessel(knoten)), platz
        elif _tag(typ) and _tag(typ) not in ABSATZ:
            yield from ((k, k) for k in range(min(len(alt), len(neu))))
        else:
            for j, i in ordne_zu(_worte(alt), _worte(neu), ab=AEHNLICH if _tag(typ) else 0):
                if i is not None and j is not None and _breite(alt[j]) == _breite(neu[i]):
                    yield j, i

    def _ganz(self, wert: Wert, art: str) -> Wert:
        """All texts marked. Of what was dropped, None for what lives on elsewhere and for what is left empty by it."""
        if isinstance(wert, str):
            return (entfernt if art == WEG else eingefuegt)(ohne_marken(wert))
        if isinstance(wert, tuple):
            if wert and isinstance(wert[0], Lauf):
                return ganz(wert, art)
            teile = (self._ganz(teil, art) for teil in wert)
            return tuple(teil for teil in teile if teil is not None)
        if isinstance(wert, baum.Verweis):
            return _verweis(wert, self._ganz(wert.nummer, art), self._ganz(wert.titel, art))
        if isinstance(wert, ABGELEITET) or not isinstance(wert, Struct):
            return wert
        if art == WEG and (getattr(wert, "anker", "") in self.neue or _eigene_seite(wert)):
            return None
        if art == NEU and (frueher := self.alte.get(getattr(wert, "anker", ""))) and type(frueher) is type(wert):
            return self.knoten(frueher, wert)
        fest = FEST.get(type(wert), IMMER_FEST)
        felder = {name: getattr(wert, name) for name in wert.__struct_fields__}
        felder |= {name: _zahlwort(inhalt) for name, inhalt in felder.items() if name in ZAHLEN and inhalt is not None}
        felder |= {name: self._ganz(inhalt, art) for name, inhalt in felder.items() if name not in fest}
        if art == WEG:
            if _geleert(wert, felder):
                return None
            felder |= {"rn": 0} if "rn" in felder else {}
        return type(wert)(**felder)

    def _matrix(self, alt: baum.Matrix, neu: baum.Matrix) -> baum.Matrix:
        spalten = {spalte.anker or spalte.titel: k for k, spalte in enumerate(alt.spalten)}
        platz = [spalten.get(spalte.anker or spalte.titel) for spalte in neu.spalten]

        def an_neuen_spalten(zeile: baum.Matrixzeile) -> baum.Matrixzeile:
            zellen = (LEER if k is None else zeile.zellen[k] for k in platz)
            return structs.replace(zeile, zellen=tuple(zellen))

        vorher = {z.anker: z.zellen for z in map(an_neuen_spalten, alt.zeilen)}
        jetzt = {z.anker: z.zellen for z in neu.zeilen}
        zeilen = self.folge(tuple(structs.replace(z, zellen=()) for z in alt.zeilen),
                            tuple(structs.replace(z, zellen=()) for z in neu.zeilen))  # fmt: skip
        leer = (LEER,) * len(neu.spalten)
        return structs.replace(
            neu,
            zeilen=tuple(
                structs.replace(z, zellen=_zellen(vorher.get(z.anker, leer), jetzt.get(z.anker, leer))) for z in zeilen
            ),
        )

    def _tabelle(self, alt: baum.Texttabelle, neu: baum.Texttabelle) -> baum.Texttabelle:
        zeilen = []
        for j, i in ordne_zu(_worte(alt.zeilen), _worte(neu.zeilen), ab=0):
            vorher, jetzt = alt.zeilen[j] if j is not None else (), neu.zeilen[i] if i is not None else ()
            breite = range(max(len(vorher), len(jetzt)))
            zeilen.append(tuple(markiere_laeufe(_zelle(vorher, k), _zelle(jetzt, k)) for k in breite))
        kopf = tuple(markiere_laeufe(a, n) for a, n in zip(alt.kopf, neu.kopf, strict=True))
        titel = markiere_laeufe(alt.titel, neu.titel)
        return structs.replace(neu, titel=titel, kopf=kopf, zeilen=tuple(zeilen))


LEER = baum.Matrixzelle(betrifft=False)


def _worte(teile: Iterable[object]) -> list[str]:
    return ["\n".join(baum.texte(teil)) for teil in teile]


def _zellen(alt: Sequence[baum.Matrixzelle], neu: Sequence[baum.Matrixzelle]) -> tuple[baum.Matrixzelle, ...]:
    paare = ((_zellwort(a), _zellwort(n)) for a, n in zip(alt, neu, strict=True))
    return tuple(
        zelle if a == n else baum.Matrixzelle(betrifft=True, text=markiere(a, n))
        for (a, n), zelle in zip(paare, neu, strict=True)
    )


def _zellwort(zelle: baum.Matrixzelle) -> str:
    return ohne_marken(zelle.text) or ("betrifft" if zelle.betrifft else "")


def _zelle(zeile: tuple[Zelle, ...], k: int) -> Zelle:
    return zeile[k] if k < len(zeile) else ()


def _zahlwort(wert: object) -> str:
    return "" if wert is None else zahl(wert) if isinstance(wert, Decimal) else str(wert)


def _verweisworte(alt: baum.Verweis, neu: baum.Verweis) -> tuple[str, str]:
    return markiere(alt.nummer, neu.nummer), markiere(alt.titel, neu.titel)


def _verweis(ziel: baum.Verweis, nummer: str, titel: str) -> baum.Verweis:
    return structs.replace(ziel, nummer=nummer, titel=titel)


def _kostenwort(kosten: baum.Kosten) -> str:
    return kosten.wortlaut or ("offen" if kosten.offen else "")


def _anker(knoten: baum.MitAnker) -> str:
    return knoten.anker


def _tag(typ: type[Struct]) -> str:
    """The tag of a part of a Kapitel, "" for everything else."""
    return str(typ.__struct_config__.tag or "")


def _breite(knoten: object) -> int:
    """Tables with other columns are other tables."""
    return len(knoten.kopf) if isinstance(knoten, baum.Texttabelle) else 0


def _eigene_seite(knoten: object) -> bool:
    return isinstance(knoten, baum.Kapitel) and knoten.art == "handlungsfeld"


def _geleert(knoten: Struct, felder: dict[str, Wert]) -> bool:
    """A list or table of which everything lives on elsewhere."""
    listen = [n for n in knoten.__struct_fields__ if isinstance(getattr(knoten, n), tuple) and getattr(knoten, n)]
    return (
        bool(listen)
        and "anker" not in felder
        and all(isinstance(getattr(knoten, n)[0], Struct) and not felder[n] for n in listen)
    )


def _mit_anker(knoten: object) -> Iterator[tuple[str, Struct]]:
    if isinstance(knoten, tuple):
        for teil in knoten:
            yield from _mit_anker(teil)
    elif isinstance(knoten, Struct) and not isinstance(knoten, (*ABGELEITET, Lauf)):
        if anker := getattr(knoten, "anker", ""):
            yield anker, knoten
        for name in knoten.__struct_fields__:
            yield from _mit_anker(getattr(knoten, name))
