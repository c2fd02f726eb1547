"""Every element of a document that can change by itself, in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from konzept.dokument import baum
from konzept.fliesstext.bloecke import Knoten

from .felder import Feld, felder, matrixzeile, wie_gezaehlt

ABSATZ = frozenset({"absatz", "liste", "zwischentitel", "texttabelle", "gremienzeile", "hinweis"})
"""The kinds that bear no lasting name."""
TAFELN = {
    "mitwirkende": "Mitwirkende",
    "kostenuebersicht": "Kostenübersicht",
    "zeitplan": "Zeitplan",
}
"""Parts that count as one element, of which a Kapitel has at most one each."""


class Vergleichsstelle(Knoten, kw_only=True):
    """An element: where it stands and what it says.

    `schluessel` is its Anker, for a table of the whole chapter "abschnitt-7:zeitplan", for the title page "dokument",
    and "" for a paragraph. `oben` is the key of what it stands in, `reihe` the list there in which its order counts,
    `seite` the Anker of the chapter or Handlungsfeld on whose page it stands, `ort` the heading above it and
    `ort_anker` that of the chapter with this heading. `nummer` counts in its list; `kennung` is what the document calls
    it by, such as "4.1-3" for a measure.
    """

    schluessel: str
    art: str
    oben: str
    reihe: str
    seite: str
    ort: str
    ort_anker: str
    anker: str
    rn: int = 0
    nummer: str = ""
    kennung: str = ""
    titel: str = ""
    felder: tuple[Feld, ...]

    @property
    def text(self) -> str:
        return "\n".join(zeile.text for feld in self.felder for zeile in feld.zeilen)


def stellen(dokument: baum.Dokument) -> Iterator[Vergleichsstelle]:
    """The title page, then every Kapitel, paragraph and element of the tree."""
    yield _stelle(dokument, "dokument", Ort("", "", ""), schluessel="dokument", titel="Titelseite")
    for kapitel in dokument.kapitel:
        yield from _kapitel(kapitel, Ort("dokument", "", ""))


def seiten_anker(dokument: baum.Dokument) -> set[str]:
    """The Anker of all chapters and Handlungsfelder on whose page something stands (`Stelle.seite`)."""
    return {stelle.seite for stelle in stellen(dokument) if stelle.seite}


class Ort(NamedTuple):
    """Where something stands: key of what it stands in, its page, the heading above it and the Anker of that."""

    oben: str
    seite: str
    titel: str
    anker: str = ""


def _kapitel(k: baum.Kapitel, ort: Ort) -> Iterator[Vergleichsstelle]:
    seite = k.anker if k.art == "handlungsfeld" or not ort.seite else ort.seite
    ort = ort._replace(seite=seite)
    yield _stelle(k, "kapitel" if k.art == "abschnitt" else k.art, ort)
    hier = ort._replace(oben=k.anker)
    if k.art != "teil":
        hier = hier._replace(titel=k.ueberschrift, anker=k.anker)
    for teil in chain.from_iterable(map(wie_gezaehlt, k.teile)):
        yield from _teil(teil, hier)
    for unter in k.kapitel:
        yield from _kapitel(unter, hier)


def _teil(teil: baum.Teil, ort: Ort) -> Iterator[Vergleichsstelle]:
    art = str(teil.__struct_config__.tag)
    elemente: Sequence[Knoten] = ()
    match teil:
        case baum.Leitlinien():
            elemente = teil.eintraege
        case baum.Prozessliste():
            elemente = teil.schritte
        case baum.Gremienliste():
            elemente = teil.gremien
        case baum.Indikatorentabelle():
            elemente = teil.indikatoren
        case baum.Angebotsliste():
            elemente = teil.angebote
        case baum.Zielbaum():
            for leitziel in teil.leitziele:
                yield _stelle(leitziel, "leitziel", ort)
                for ziel in leitziel.handlungsziele:
                    yield _stelle(ziel, "handlungsziel", ort._replace(oben=leitziel.anker))
            elemente = teil.handlungsziele
        case baum.Massnahmentabelle():
            for abschnitt in teil.abschnitte:
                for m in abschnitt.massnahmen:
                    yield _stelle(m, "massnahme", ort, reihe=f"{ort.oben} {abschnitt.titel}")
        case baum.Matrix():
            for zeile in teil.zeilen:
                yield _stelle(zeile, "matrixzeile", ort, inhalt=matrixzeile(zeile, teil.spalten))
        case _ if art in TAFELN:
            yield _stelle(teil, art, ort, schluessel=f"{ort.oben}:{art}", anker=ort.oben, titel=TAFELN[art])
        case _:
            yield _stelle(teil, art, ort, schluessel="", anker=ort.oben)
    for element in elemente:
        yield _stelle(element, type(element).__name__.lower(), ort)


def _stelle(
    knoten: Knoten, art: str, ort: Ort, *, reihe: str = "", inhalt: Iterable[Feld] | None = None, **weitere: str
) -> Vergleichsstelle:
    anker = getattr(knoten, "anker", "")
    werte: dict[str, str] = {
        "schluessel": anker,
        "anker": anker,
        "nummer": (nummer := getattr(knoten, "nummer", "")),
        "kennung": getattr(knoten, "kennung", nummer),
        "titel": getattr(knoten, "titel", "") or getattr(knoten, "name", ""),
    }
    return Vergleichsstelle(
        art=art,
        oben=ort.oben,
        seite=ort.seite,
        ort=ort.titel,
        ort_anker=ort.anker,
        rn=getattr(knoten, "rn", 0),
        reihe=reihe or f"{ort.oben} {art}",
        felder=tuple(feld for feld in (inhalt or felder(knoten)) if feld.zeilen),
        **werte | weitere,
    )
