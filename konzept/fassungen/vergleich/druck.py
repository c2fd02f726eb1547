"""The Synopse: a comparison as PDF, chapter by chapter, both states side by side where an element changed."""

import re
from typing import ClassVar

from django.http import Http404
from django.template.loader import render_to_string

from konzept.dokument import baum, ressourcen
from konzept.dokument.fehlzeichen import druckbar, ersetze
from konzept.dokument.html import druckfertig
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.fliesstext import Knoten
from konzept.satz.setzen import setze

from .ansichten import WORTE, Filter, Gegenueber
from .druckbloecke import kapitel

_VERWEIS = re.compile(r'<a href="#([^"]*)">(.*?)</a>', re.DOTALL)


class Synopsenstand(Knoten, kw_only=True):
    """A state as it is compared in print, like a `Stand` without its rows; `fassung`: whether it has Randnummern."""

    schluessel: str
    titel: str
    fassung: bool
    dokument: baum.Dokument


class Synopse(Aufnahme, frozen=True, kw_only=True):
    """`namen` says what carries on what (see `staende.vorgaenger`), `wandel` and `seite` what of it is shown (see
    `Filter`)."""

    ART: ClassVar[str] = "synopse"

    alt: Synopsenstand
    neu: Synopsenstand
    namen: dict[str, str] | None
    wandel: tuple[str, ...]
    seite: str | None

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        return setze(self.html(), ressourcen.inhalt, stand=self.neu.dokument.stand)

    def html(self) -> str:
        """The HTML of the print, which may also be bound in behind another."""
        gegenueber = Gegenueber(self.alt, self.neu, Filter(self.wandel, self.seite), druck=True)
        # The names as they were when the print was asked for.
        gegenueber.namen = self.namen
        return synopse_html(gegenueber)


def nimm_auf(gegenueber: Gegenueber) -> Synopse:
    """A comparison of two states that an account may compare. Http404 where it names a chapter that is in neither."""
    if not gegenueber.hat_kapitel:
        raise Http404("There is no such chapter.")
    alt, neu = (
        Synopsenstand(
            schluessel=stand.schluessel,
            titel=stand.titel,
            fassung=stand.fassung is not None,
            dokument=stand.dokument,
        )
        for stand in (gegenueber.alt, gegenueber.neu)
    )
    gezeigt = gegenueber.filter
    return Synopse(alt=alt, neu=neu, namen=gegenueber.namen, wandel=gezeigt.wandel, seite=gezeigt.seite)


def synopse(gegenueber: Gegenueber) -> bytes:
    """The PDF of a comparison made for print, PDF/UA-1 and PDF/A-3a like the concept itself."""
    return setze(synopse_html(gegenueber), ressourcen.inhalt, stand=gegenueber.neu.dokument.stand)


def synopse_html(gegenueber: Gegenueber) -> str:
    """The print HTML of a comparison."""
    dokument = druckbar(gegenueber.neu.dokument)
    kontext = {
        "gegenueber": gegenueber,
        "dokument": dokument,
        "bisher": ersetze(gegenueber.alt.titel),
        "jetzt": ersetze(gegenueber.neu.titel),
        "worte": WORTE.values(),
        "tabelle": gegenueber.tabelle(),
        "auswahl": gegenueber.auswahl(),
        "kapitel": (gezeigt := kapitel(gegenueber)),
        "gezeigt": {k.anker for k in gezeigt},
    }
    return druckfertig(_ohne_tote_verweise(render_to_string("vergleich/druck.html", kontext)))


def _ohne_tote_verweise(html: str) -> str:
    """Of a link in a text to an element of the concept, which is not in this print, only the words."""
    return _VERWEIS.sub(lambda link: link[0] if f' id="{link[1]}"' in html else link[2], html)
