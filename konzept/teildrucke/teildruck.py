"""What all prints of a part share: the tree that it is taken from, and the way from a template to a PDF."""

import datetime as dt
from typing import ClassVar, NamedTuple

from django.http import Http404
from django.template.loader import render_to_string
from msgspec import structs

from konzept.dokument import baum, pdf, ressourcen
from konzept.dokument.fehlzeichen import druckbar
from konzept.dokument.html import druckfertig, ohne_tote_verweise
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.druckauftraege.arbeitsstand import Bilder, bilder
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.fassungen.ausgaben import bilder as bilder_der
from konzept.fassungen.models import Fassung
from konzept.heute import am, heute
from konzept.models import Konzept


class Quelle(NamedTuple):
    """A tree from which parts are printed: as it was on the day `tag`; `zustand` says which one it is ("Arbeitsstand
    vom 01.12.2026"), and `bilder` are its pictures, by their media: address."""

    dokument: baum.Dokument
    tag: dt.date
    zustand: str
    bilder: Bilder

    def rahmen(self) -> dict:
        """The fields of `Teildruck`."""
        ohne_inhalt = structs.replace(self.dokument, kapitel=())
        return self._asdict() | {"dokument": ohne_inhalt}


def arbeitsstand(konzept: Konzept) -> Quelle:
    """The concept as it is stored now. 26 queries: those of `stelle_zusammen`, and one for the concept."""
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))
    tag = heute()
    return Quelle(dokument, tag, f"Arbeitsstand vom {am(tag)}", bilder(dokument))


def stand_der(fassung: Fassung) -> Quelle:
    """What was frozen. At most two queries: for the Wappen where there is one, and for the tree where it was not
    read."""
    tag = heute(fassung.festgeschrieben_am)
    return Quelle(fassung.dokument, tag, fassung.bezeichnung, bilder_der(fassung))


class NichtDruckbar(Http404):
    """There is no such part, or it is too large; the text says so to who asked."""


class Teildruck(Aufnahme, frozen=True, kw_only=True):
    """The base of all prints of a part. `dokument` is the tree of which it is one, without chapters; what of these it
    prints, a subclass has in fields of its own: values whose texts are strings, in tuples and structs.

    A subclass names its template, which extends teildrucke/teildruck.html, and in `STILE` the static names of style
    sheets that it needs beside css/teildruck.css. Its `titel` is what the file is called, before the title of the
    concept, and its `inhalt() -> dict` further context of the template, which reads nothing from the database."""

    VORLAGE: ClassVar[str]
    STILE: ClassVar[tuple[str, ...]] = ()

    dokument: baum.Dokument
    tag: dt.date
    zustand: str
    bilder: Bilder

    def html(self) -> str:
        """The print HTML, as of `konzept.dokument.html.druck_html`: links lead to what is in it, of others there are
        only the words; signs that no font has are replaced. No queries."""
        return druckbar(self)._html()

    def _html(self) -> str:
        kontext = {
            "teildruck": self,
            "dokument": self.dokument,
            "bilder": self.bilder,  # for the Wappen
            "im_druck": True,
            "ebene": 1,
        }
        html = render_to_string(self.VORLAGE, kontext | self.inhalt())
        werte = tuple(getattr(self, name) for name in self.__struct_fields__)
        return druckfertig(ohne_tote_verweise(html, werte))

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        hole = ressourcen.holer(self.bilder)
        return pdf.drucke_html(
            self.html(), hole, stand=self.dokument.stand, fortschritt=fortschritt, speicher=speicher
        )
