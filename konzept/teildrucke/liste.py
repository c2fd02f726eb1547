"""The list of measures as its page shows it under the same address, all of its pages at once, across."""

import re
from collections.abc import Iterator
from typing import ClassVar

from django.http import QueryDict

from konzept import grenzen
from konzept.dokument.baum import Knoten
from konzept.dokument.druckbild import gekuerzt
from konzept.dokument.tafeln.massnahmentabelle import LESEZEICHEN, Worte, Zelle, Zellwort
from konzept.dokument.tafeln.spaltenbreiten import LANGE_ZEILE, anteile, zeilenzahl
from konzept.dokument.zusammenhalt import zusammengehalten
from konzept.dokument.zusammenstellung import ohne_kapitel
from konzept.druckauftraege.arbeitsstand import ausfertigung, bilder
from konzept.heute import heute
from konzept.models import Konzept
from massnahmen.liste.tabelle import Tabelle
from massnahmen.liste.zellen import STAENDE, Werte

from . import listenworte
from .teildruck import Teildruck

TITEL = "Maßnahmenliste"
PLATZ = 155
"""Letters of the type of tables that fill a line of the page across (see `spaltenbreiten`)."""
VIELE_SPALTEN = 8
"""From so many columns on the type is smaller."""
PLATZ_KLEIN = 164
EINZEILIG = ("nummer",)
"""Columns whose words stay in one line as far as there is room for it."""
KURZE_ANGABE = 45
"""Signs of what a measure costs up to which it stands at the right, below other amounts; what is longer is a text."""


class Spalte(Knoten, kw_only=True):
    name: str
    titel: str


class Zeile(Knoten, kw_only=True):
    """A measure. `feld` is its Handlungsfeld; `zellen` are those of the columns behind number and title."""

    kennung: str
    titel: str
    feld: str = ""
    zellen: tuple[Zelle, ...]

    @property
    def lesezeichen(self) -> str:
        return gekuerzt(f"{self.kennung} {self.titel}", LESEZEICHEN)

    def texte(self) -> list[str]:
        """What stands in each column, as far as its width goes by it; what has lines of its own, by the longest."""
        zellen = ((zelle.spalte, max(map(_text, zelle.zeilen), key=len, default="")) for zelle in self.zellen)
        texte = (_ohne_trennung(text) if spalte == "kosten" else text for spalte, text in zellen)
        return [_am_stueck(text) for text in (self.kennung, self.titel, *texte)]


class Gedruckt(Knoten, kw_only=True):
    """A row as it prints: `feld` only where it is the first of its field, `lang` whether it may break across pages."""

    zeile: Zeile
    feld: str
    lang: bool


class Listendruck(Teildruck, frozen=True, kw_only=True):
    """`auswahl` says which measures, one filter each; `hinweis` what is missing, "" where nothing is. `nach_nummer`:
    the measures of a Handlungsfeld follow one another."""

    ART: ClassVar[str] = "liste"
    VORLAGE: ClassVar[str] = "teildrucke/liste.html"
    STILE: ClassVar[tuple[str, ...]] = ("css/liste-druck.css",)

    auswahl: tuple[str, ...]
    anzahl: str
    sortierung: str
    hinweis: str
    nach_nummer: bool
    spalten: tuple[Spalte, ...]
    zeilen: tuple[Zeile, ...]

    @property
    def titel(self) -> str:
        return TITEL

    def inhalt(self) -> dict:
        klein = len(self.spalten) >= VIELE_SPALTEN
        platz = PLATZ_KLEIN if klein else PLATZ
        texte = [zeile.texte() for zeile in self.zeilen]
        namen = [spalte.name for spalte in self.spalten]
        einzeilig = [namen.index(name) for name in EINZEILIG if name in namen]
        prozente = anteile([[spalte.titel for spalte in self.spalten], *texte], platz, einzeilig)
        hoehen = (_hoehe(zeile, woerter, prozente, platz) for zeile, woerter in zip(self.zeilen, texte, strict=True))
        davor = [None, *(zeile.feld for zeile in self.zeilen)]
        return {
            "klein": klein,
            "kurze_angabe": KURZE_ANGABE,
            "breiten": list(zip(self.spalten, prozente, strict=True)),
            "gedruckt": [
                Gedruckt(
                    zeile=zeile,
                    feld=zeile.feld if self.nach_nummer and zeile.feld != vorher else "",
                    lang=hoehe > LANGE_ZEILE,
                )
                for zeile, vorher, hoehe in zip(self.zeilen, davor, hoehen, strict=False)
            ],
        }


def _hoehe(zeile: Zeile, texte: list[str], prozente: tuple[int, ...], platz: int) -> int:
    """Lines, roughly."""
    absaetze = max((len(zelle.zeilen) for zelle in zeile.zellen), default=1)
    return zeilenzahl(texte, prozente, platz) + absaetze - 1


def _text(worte: Worte) -> str:
    return "".join(stueck.text for stueck in worte)


def _am_stueck(text: str) -> str:
    """With a sign in place of each space that never parts in print, so that it is measured with what is around it."""
    fest = zusammengehalten(f">{text.translate(_OHNE_KLAMMERN)}<")[1:-1]
    return _MARKE.sub("", fest).replace("\u00a0", ".")


def _ohne_trennung(text: str) -> str:
    """With figures in place of the letters of words that are not hyphenated below an amount, though elsewhere: figures
    stay whole."""
    if len(text) > KURZE_ANGABE:
        return text
    return _GANZES_WORT.sub(lambda wort: "0" * len(wort[0]), text)


_GANZES_WORT = re.compile(r"(?<![^\W\d])[^\W\d]{7,13}(?![^\W\d])")
"""As hyphenate-limit-chars in liste-druck.css has it."""
_OHNE_KLAMMERN = dict.fromkeys(map(ord, "<>"))
_MARKE = re.compile("<[^>]*>")


def nimm_auf(benutzer, konzept: Konzept, frage: QueryDict) -> Listendruck:
    """What the page of the list shows an account that may read the concept, all of its pages, up to
    `grenzen.LISTE_IM_DRUCK` rows. A fixed number of queries: those of `Tabelle` and `Werte`, and one for the titles."""
    konzept = Konzept.objects.mit_kommune().get(pk=konzept.pk)
    tabelle = Tabelle(benutzer, konzept, frage)
    gefunden = tabelle.paginator.object_list
    gezeigt = gefunden[: grenzen.LISTE_IM_DRUCK]
    namen = tabelle.form.spalten
    werte = Werte(tabelle.nummern, namen, [m.pk for m in gezeigt])
    rahmen, tag = ohne_kapitel(konzept), heute()
    return Listendruck(
        dokument=rahmen,
        tag=tag,
        zustand=ausfertigung(tag).marke,
        bilder=bilder(rahmen),
        auswahl=listenworte.auswahl(tabelle),
        anzahl=listenworte.anzahl(tabelle),
        sortierung=listenworte.sortierung(tabelle),
        hinweis=listenworte.schnitt(len(gezeigt), len(gefunden)),
        nach_nummer=tabelle.form.sortierung in ("nummer", "-nummer"),
        spalten=tuple(Spalte(name=spalte.name, titel=spalte.titel) for spalte in tabelle.spalten),
        zeilen=tuple(
            Zeile(
                kennung=tabelle.nummern.kennung(m),
                titel=m.titel,
                feld=werte.felder.get(m.handlungsfeld_id, ""),
                zellen=tuple(_zelle(name, getattr(werte, name)(werte.massnahmen[m.pk])) for name in namen),
            )
            for m in gezeigt
        ),
    )


def _zelle(spalte: str, wert) -> Zelle:
    zeilen = tuple(_zeilen(spalte, wert))
    return Zelle(spalte=spalte, zeilen=zeilen, leer=not zeilen)


def _zeilen(spalte: str, wert) -> Iterator[Worte]:
    """The lines of a cell, each a paragraph."""
    if spalte == "kosten":
        yield from ((Zellwort(text=angabe),) for angabe in wert)
    elif spalte == "durch" and wert:
        worte = [(Zellwort(text=", "), Zellwort(text=wer, fett=fuehrt)) for wer, fuehrt in wert]
        yield tuple(stueck for paar in worte for stueck in paar)[1:]
    elif wert:
        yield (Zellwort(text=_wort(spalte, wert)),)


def _wort(spalte: str, wert) -> str:
    match spalte:
        case "zielgruppen":
            return ", ".join(wert)
        case "stand":
            return STAENDE.get(wert, wert)
    return wert
