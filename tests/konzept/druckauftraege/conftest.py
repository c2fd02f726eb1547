"""The prints that are made in the background, each with a printer that takes no time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from konzept.beratung.models import Runde
from konzept.druckauftraege import auftraege
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen.vorgaenge import festschreiben
from konzept.hintergrund import pacht, zustand
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab
from konzept.konten.models import Benutzer
from konzept.models import Konzept
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    mache_abschnitt,
    mache_akteur,
    mache_anmerkung,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    mache_runde,
    mache_stellungnahme,
    mache_vorlage,
    setze_zustaendig,
)
from tests.satz import ohne_satz


@dataclass
class Druckerei:
    """A worker that does nothing before it is told to; `gedruckt` counts what was typeset."""

    gedruckt: int = 0
    fehler: Exception | None = None

    def drucke(self, *_, **__) -> bytes:
        if self.fehler:
            raise self.fehler
        self.gedruckt += 1
        return f"%PDF-{self.gedruckt}".encode()

    @property
    def wartend(self) -> list[Druckauftrag]:
        return list(Druckauftrag.objects.filter(status="wartet").order_by("pk"))

    def arbeite(self) -> list[str]:
        """Do what waits; how each came to its end."""
        pks = [auftrag.pk for auftrag in self.wartend]
        arbeite_ab(art("druck"))
        return list(Druckauftrag.objects.filter(pk__in=pks).order_by("pk").values_list("status", flat=True))

    def beginne(self) -> list[Druckauftrag]:
        return pacht.nimm(art("druck"), "rechner-1")

    def stirb(self) -> None:
        """Take what comes next, and be killed: nobody hears of it any more."""
        assert self.beginne()
        Druckauftrag.objects.filter(status="laeuft").update(pacht_bis=timezone.now() - timedelta(seconds=1))
        pacht.raeume_abgelaufene()
        Druckauftrag.objects.filter(status="wartet").update(ab=timezone.now())


@pytest.fixture
def druckerei(db, settings, monkeypatch) -> Iterator[Druckerei]:
    settings.DRUCK_IM_HINTERGRUND = True
    monkeypatch.setattr(auftraege, "GEDULD", 0)
    zustand.melde_leben("dienst-1", "rechner-1")
    druckerei = Druckerei()
    with ohne_satz(druckerei.drucke):
        yield druckerei


@dataclass
class Fall:
    """A page that hands out a print to `konto`; `aendere` changes something that stands in it."""

    konzept: Konzept
    ort: str
    konto: Benutzer
    aendere: Callable[[], object]
    text: str


def _konzept() -> Konzept:
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Ein Absatz.")
    return konzept


def _arbeitsstand() -> Fall:
    k = _konzept()
    konto = mache_benutzer(k.kommune, "lesen")
    return Fall(k, adresse(k, "druck.pdf")[:-1], konto, lambda: k.abschnitte.update(text="Neu."), f"{k.titel} als PDF")


def _grossdruck() -> Fall:
    fall = _arbeitsstand()
    return replace(fall, ort=f"{fall.ort}?gross=1", text=f"{fall.text} in Großdruck")


def _vorlage() -> Fall:
    k = _konzept()
    vorlage = mache_vorlage(k, k.kommune.gremien.create(name="Rat"))
    ort = adresse(k, "vorlagen", str(vorlage.pk), "druck.pdf")[:-1]
    aendere = lambda: vorlage.beschlusspunkte.update(text="Anders.")  # noqa: E731
    return Fall(k, ort, mache_benutzer(k.kommune, "lesen"), aendere, f"Vorlage „{vorlage}“ als PDF")


def _synopse() -> Fall:
    k = _konzept()
    festschreiben(konzept=k, art="entwurf", konto=None)
    ort = f"{adresse(k, 'vergleich', 'synopse.pdf')[:-1]}?alt=1&neu=stand"
    text = f"{k.titel}: Synopse Entwurf 1 – Arbeitsstand als PDF"
    return Fall(k, ort, mache_benutzer(k.kommune, "lesen"), lambda: k.abschnitte.update(text="Neu."), text)


def _abwaegung() -> Fall:
    k = _konzept()
    runde = mache_runde(festschreiben(konzept=k, art="entwurf", konto=None))
    anmerkung = mache_anmerkung(runde, mache_benutzer(k.kommune, "gremium"))
    ort = adresse(k, "beratung", str(runde.pk), "abwaegung", "tabelle.pdf")[:-1]
    text = f"Abwägungstabelle zu Entwurf 1 (pdf), {k.titel}"
    return Fall(k, ort, mache_benutzer(k.kommune, "redaktion"), lambda: mache_stellungnahme(anmerkung, frei=True), text)


def _bogen() -> Fall:
    k = _konzept()
    fassung = festschreiben(konzept=k, art="entwurf", konto=None)
    mitglied = mache_benutzer(k.kommune, "gremium")
    runde = mache_runde(fassung, mitglied)
    ort = adresse(k, "beratung", str(runde.pk), "anmerkungsbogen.pdf")[:-1]
    aendere = lambda: Runde.objects.update(anlass="zur Sitzung im Mai")  # noqa: E731
    return Fall(k, ort, mitglied, aendere, f"Anmerkungsbogen zu Entwurf 1, {k.titel}")


def _kapitel() -> Fall:
    k = _konzept()
    abschnitt = k.abschnitte.get()
    ort = adresse(k, "druck", "kapitel", f"abschnitt-{abschnitt.pk}.pdf")[:-1]
    aendere = lambda: k.abschnitte.update(text="Neu.")  # noqa: E731
    return Fall(k, ort, mache_benutzer(k.kommune, "lesen"), aendere, f"{k.titel}, Einführung als PDF")


def _steckbriefe() -> Fall:
    k = mache_konzept()
    mache_abschnitt(k, "Handlungsfelder", inhalt="handlungsfelder")
    m = mache_massnahme(mache_feld(k), "Sprachcafé")
    ort = f"{adresse(k, 'druck', 'steckbriefe.pdf')[:-1]}?m={m.pk}"
    aendere = lambda: Massnahme.objects.update(text="Neu.")  # noqa: E731
    return Fall(k, ort, mache_benutzer(k.kommune, "lesen"), aendere, f"{k.titel}, Steckbriefe als PDF")


def _liste() -> Fall:
    k = mache_konzept()
    mache_massnahme(mache_feld(k), "Sprachcafé", umsetzungsstand="idee")
    ort = f"{adresse(k, 'druck', 'massnahmen.pdf')[:-1]}?stand=idee"
    aendere = lambda: Massnahme.objects.update(titel="Neu")  # noqa: E731
    return Fall(k, ort, mache_benutzer(k.kommune, "lesen"), aendere, f"{k.titel}, Maßnahmenliste als PDF")


def _akteur() -> Fall:
    k = mache_konzept()
    mache_abschnitt(k, "Handlungsfelder", inhalt="handlungsfelder")
    vhs = mache_akteur(k.kommune, "VHS")
    setze_zustaendig(mache_massnahme(mache_feld(k), "Sprachcafé"), vhs)
    ort = adresse(k, "druck", "akteur", f"{vhs.pk}.pdf")[:-1]
    aendere = lambda: Massnahme.objects.update(titel="Neu")  # noqa: E731
    return Fall(k, ort, mache_benutzer(k.kommune, "lesen"), aendere, f"{k.titel}, Auszug: VHS als PDF")


FAELLE = {
    "konzept": _arbeitsstand,
    "grossdruck": _grossdruck,
    "vorlage": _vorlage,
    "synopse": _synopse,
    "abwaegung": _abwaegung,
    "bogen": _bogen,
    "kapitel": _kapitel,
    "steckbriefe": _steckbriefe,
    "liste": _liste,
    "akteur": _akteur,
}
EBENSO = {"liste", "akteur"}
"""Handed out as a chapter is, by the same functions: of these the tests ask only once what is their own."""


@pytest.fixture(params=[art for art in FAELLE if art not in EBENSO])
def fall(request, db) -> Fall:
    return FAELLE[request.param]()


@pytest.fixture
def als():
    """`als(konto)` is a browser in which this account has signed in."""

    def oeffne(konto) -> Client:
        client = Client()
        client.force_login(konto)
        return client

    return oeffne


@pytest.fixture
def browser(als, fall) -> Client:
    return als(fall.konto)
