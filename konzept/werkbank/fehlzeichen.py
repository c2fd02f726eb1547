"""Signs in the rows of a concept that no font of the print has, each with the way to the field in which it stands."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from django.db import models
from django.urls import reverse

from konzept.dokument.zeilen import Zeilen
from konzept.druckschriften import fehlende, satz
from konzept.navigation import adresse, formular_adresse
from konzept.verlauf.aufzeichnung import anker


class Zeichenstelle(NamedTuple):
    """An element with such signs: the Handlungsfeld (pk) to which it belongs or None, its name, its Anker ("" for what
    is no element of the concept), and (sentence, address of the field)."""

    feld: int | None
    titel: str
    anker: str
    punkte: list[tuple[str, str]]


def stellen(z: Zeilen) -> Iterator[Zeichenstelle]:
    """In the order of the concept, what belongs to no Handlungsfeld first. No queries."""
    return (stelle for stelle in _Suche(z).stellen() if stelle.punkte)


class _Suche:
    def __init__(self, zeilen: Zeilen):
        self.z, self.k, self.nr = zeilen, zeilen.konzept, zeilen.nummern

    def stellen(self) -> Iterator[Zeichenstelle]:
        z = self.z
        yield self._ausserhalb(self.k, adresse(self.k, "werkbank:konzept"))
        yield self._ausserhalb(self.k.kommune, reverse("verwaltung:stammdaten", args=[self.k.kommune.slug]))
        for abschnitt in self.nr.abschnitte:
            yield self._element(abschnitt)
        for leitlinie in z.leitlinien:
            yield self._element(leitlinie, ("Leitfragen", "leitfragen", _felder(z.leitfragen[leitlinie.pk])))
        for schritt in z.prozessschritte:
            yield self._prozessschritt(schritt)
        for beteiligung in z.beteiligungen:
            yield self._element(beteiligung)
        for aufgabe in z.querschnittsaufgaben:
            yield self._element(aufgabe, *self._bezuege(aufgabe))
        for angebot in z.angebote:
            yield self._element(angebot, ("Förderungen", "foerderungen", _felder(z.foerderungen[angebot.pk])))
        yield from self._indikatoren("kontext", 0, None)
        yield from self._verzeichnisse()
        for feld in self.nr.felder:
            yield from self._feld(feld)

    def _feld(self, feld) -> Iterator[Zeichenstelle]:
        yield self._element(feld, feld=feld.pk)
        for ziel in (*self.nr.leitziele_in[feld.pk], *self.nr.handlungsziele_in[feld.pk]):
            yield self._element(ziel, feld=feld.pk)
            yield from self._indikatoren(ziel._meta.model_name, ziel.pk, feld.pk)
        for massnahme in self.nr.massnahmen_in[feld.pk]:
            yield self._massnahme(massnahme)
            yield from self._indikatoren("massnahme", massnahme.pk, feld.pk)

    def _massnahme(self, m) -> Zeichenstelle:
        return self._element(
            m,
            ("Umsetzungsschritte", "schritte", [(s.text, s.zeitraum) for s in self.z.schritte[m.pk]]),
            ("Kosten", "kosten", [(k.angabe, k.programm, k.produkt) for k in self.z.kostenpositionen[m.pk]]),
            ("Sachstände", "sachstaende", _felder(self.z.sachstaende[m.pk])),
            feld=m.handlungsfeld_id,
        )

    def _prozessschritt(self, schritt) -> Zeichenstelle:
        def worte(art):
            return [(wort,) for _, wort in self.z.prozessangaben[art, schritt.pk]]

        return self._element(schritt, ("Termine", "termine", worte("termin")), ("Gruppen", "gruppen", worte("gruppe")))

    def _bezuege(self, aufgabe) -> Iterator[tuple]:
        for feld in self.nr.felder:
            if bezug := self.z.bezuege.get((aufgabe.pk, feld.pk)):
                yield f"Zelle „{feld}“", f"id_text-{feld.pk}", [(bezug.text,)]

    def _indikatoren(self, art: str, pk: int, feld: int | None) -> Iterator[Zeichenstelle]:
        for indikator in self.z.indikatoren[art, pk]:
            werte = _felder(self.z.messwerte[indikator.pk])
            yield self._element(indikator, ("Messwerte", "messwerte", werte), feld=feld)

    def _verzeichnisse(self) -> Iterator[Zeichenstelle]:
        """What all concepts of the Kommune share, as far as this one names it."""
        for akteur in self.z.genannte:
            yield self._ausserhalb(akteur, self._im_verzeichnis("akteure", akteur.pk))
        gremien = {b.gremium_id: b.gremium for b in self.z.beteiligungen}
        gremien |= {f.gremium_id: f.gremium for fragen in self.z.leitfragen.values() for f in fragen if f.gremium_id}
        for gremium in gremien.values():
            mitglieder = ("Mitglieder", "mitglieder", _felder(self.z.mitglieder[gremium.pk]))
            yield self._ausserhalb(gremium, self._im_verzeichnis("gremien", gremium.pk), mitglieder)
        namen = {name for namen in self.z.gremien_von_feld.values() for name in namen}
        yield self._namen("Gremien", "gremien", namen - {gremium.name for gremium in gremien.values()})
        yield self._namen("Zielgruppen", "zielgruppen", {name for n in self.z.zielgruppen.values() for (name,) in n})

    def _im_verzeichnis(self, art: str, pk: int) -> str:
        return reverse("verzeichnis:bearbeiten", kwargs={"kommune": self.k.kommune.slug, "art": art, "pk": pk})

    def _namen(self, titel: str, art: str, namen: set[str]) -> Zeichenstelle:
        url = reverse("verzeichnis:liste", kwargs={"kommune": self.k.kommune.slug, "art": art})
        return Zeichenstelle(None, titel, "", [(f"„{n}“: {satz(z)}", url) for n in sorted(namen) if (z := fehlende(n))])

    def _element(self, zeile, *teile, feld: int | None = None) -> Zeichenstelle:
        a = anker(zeile)
        return Zeichenstelle(feld, _name(zeile, self.nr), a, _punkte(zeile, formular_adresse(self.k, a), teile))

    def _ausserhalb(self, zeile, url: str, *teile) -> Zeichenstelle:
        return Zeichenstelle(None, _name(zeile), "", _punkte(zeile, url, teile))


def _name(zeile, nummern=None) -> str:
    titel = getattr(zeile, "kurztitel", "") or str(zeile)
    nummer = nummern.kennung(zeile) if nummern and zeile._meta.model_name == "massnahme" else ""
    return " ".join(filter(None, (str(zeile._meta.verbose_name), nummer, f"„{titel}“")))


def _punkte(zeile, url: str, teile: Iterable[tuple[str, str, list[tuple[str, ...]]]]) -> list[tuple[str, str]]:
    """`teile`: rows below an element as (name, formset or id of a field, their texts); a formset is one place."""
    punkte = []
    for feld in _textfelder(type(zeile)):
        if zeichen := fehlende(_wert(zeile, feld)):
            punkte.append((f"{feld.verbose_name}: {satz(zeichen)}", f"{url}#id_{feld.name}"))
    for name, ziel, texte in teile:
        if zeichen := fehlende("\n".join(str(text) for zeile in texte for text in zeile if text)):
            ziel = ziel if ziel.startswith("id_") else f"zeilen-{ziel}"
            punkte.append((f"{name}: {satz(zeichen)}", f"{url}#{ziel}"))
    return punkte


def _felder(zeilen) -> list[tuple[str, ...]]:
    return [tuple(_wert(zeile, feld) for feld in _textfelder(type(zeile))) for zeile in zeilen]


def _wert(zeile, feld: models.Field) -> str:
    """As it was written: a Zeitraum is read, and knows its words."""
    return str(getattr(zeile, feld.name) or "")


@cache
def _textfelder(modell: type[models.Model]) -> tuple[models.Field, ...]:
    """What people write in words; not what they choose, and no parts of addresses."""
    return tuple(
        feld
        for feld in modell._meta.concrete_fields
        if isinstance(feld, models.CharField | models.TextField)
        and not isinstance(feld, models.SlugField | models.URLField)
        and feld.editable
        and not feld.choices
        and feld.name not in NICHT_GEDRUCKT
    )


NICHT_GEDRUCKT = {"ags", "land", "akzentfarbe"}
