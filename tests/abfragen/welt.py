"""Two towns that differ in how many rows of everything they have, and fresh rows out of them.

Every attribute but the tree, which nobody can change, reads anew, so that no case finds what another one has read.
"""

from datetime import timedelta
from functools import cached_property
from importlib import import_module
from uuid import uuid4

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from konzept.beratung.models import Anmerkung, Runde
from konzept.dokument import baum
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.druckauftraege.speicher import Stueckspeicher
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.hintergrund.models import Status
from konzept.konten.models import Benutzer
from konzept.models import Kommune, Konzept
from konzept.postausgang.models import Anlass, Sendung
from konzept.teildrucke.teildruck import Quelle, arbeitsstand
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorlagen.models import Beschluss, Vorlage
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_anmerkung,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_massnahme,
    mache_runde,
    mache_stellungnahme,
)


class Welt:
    """A Kommune with `anzahl` rows of every kind."""

    def __init__(self, anzahl: int):
        self.anzahl = anzahl
        kommune = mache_kommune(f"welt-{anzahl}")
        frueher = mache_konzept(kommune, "frueher", titel="Konzept von früher")
        konzept = mache_konzept(kommune, titel="Konzept von heute", vorgaenger=frueher)
        voll = mache_fuelle(konzept, anzahl)
        _mache_unordnung(frueher, konzept, voll, anzahl)
        self._kommune, self._konzept, self.massnahme_pk = kommune.pk, konzept.pk, voll.pk
        akteur = kommune.akteure.first()
        konten = {rolle: mache_benutzer(kommune, rolle) for rolle in ("leitung", "redaktion", "lesen", "gremium")}
        konten["mitwirkung"] = mache_benutzer()
        konten["mitwirkung"].mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", akteur=akteur)
        self._konten = {rolle: konto.pk for rolle, konto in konten.items()}
        for _ in range(anzahl):
            fassung = festschreiben(konzept=konzept, art="entwurf", konto=konten["redaktion"])
        self._fassung = fassung.pk
        for _ in range(anzahl):
            runde = mache_runde(fassung, konten["gremium"])
        for i in range(anzahl):
            anmerkung = mache_anmerkung(runde, konten["gremium"], text=f"Anmerkung {i}")
            stellungnahme = mache_stellungnahme(anmerkung, frei=bool(i))
            for art in (AenderungArt.ANGELEGT, AenderungArt.FREIGEGEBEN):
                schreibe_mit(stellungnahme, konten["leitung"], art)
            schreibe_mit(voll, konten["redaktion"], AenderungArt.GEAENDERT)
        self._runde = runde.pk
        vorlage = konzept.vorlagen.get(betreff="Vorlage 1")
        vorlage.stationen.filter(pk=vorlage.stationen.last().pk).update(rolle="entscheidung", datum="2020-10-28")
        self._vorlage = vorlage.pk

    # Rows that only some cases need, and that would be in the way of others

    def mit_abgelaufenen(self) -> list[Sendung]:
        """Mails at which nobody is at work any more, though their lease says so."""
        frueher = timezone.now() - timedelta(hours=1)
        return [
            self._sendung(i, status=Status.LAEUFT, pacht=uuid4(), pacht_bis=frueher, versuche=i % 4)
            for i in range(self.anzahl)
        ]

    def mit_nicht_angekommenen(self) -> list[str]:
        """To whom mails wait."""
        return [self._sendung(i).empfaenger for i in range(self.anzahl)]

    def _sendung(self, i: int, **felder) -> Sendung:
        an = f"{i}@{self.kommune.slug}.example"
        return Sendung.objects.create(
            anlass=Anlass.ZUGANG, empfaenger=an, nachricht_id=f"<{an}>", inhalt="Text", **felder
        )

    def mit_stuecken(self) -> list[str]:
        """The keys of pieces of prints, which were used just now."""
        namen = [f"stueck-{i}" for i in range(self.anzahl)]
        for name in namen:
            Stueckspeicher(self._konzept).behalte(name, b"x")
        return namen

    def mit_hinfaelligen(self) -> int:
        """A Station that resolved otherwise than the Fassungen say which name it."""
        station = self.vorlage.stationen.all()[0]
        for _ in range(self.anzahl):
            fassung = mache_beschlussfassung(self.konzept)
            Beschluss.objects.filter(fassung=fassung).delete()
            Beschluss.objects.create(fassung=fassung, station=station)
        type(station).objects.filter(pk=station.pk).update(ergebnis="abgelehnt")
        return station.pk

    def mit_doppelter_nummer(self) -> Massnahme:
        """The measure, with a number that others bear too."""
        Massnahme.objects.filter(pk=self.massnahme_pk).update(nummer="D.0")
        return self.massnahme

    # Rows

    @property
    def kommune(self) -> Kommune:
        return Kommune.objects.get(pk=self._kommune)

    @property
    def konzept(self) -> Konzept:
        return Konzept.objects.select_related("kommune").get(pk=self._konzept)

    @property
    def massnahme(self) -> Massnahme:
        """The one with rows of everything, as its form reads it."""
        return Massnahme.objects.fuer_formular().get(pk=self.massnahme_pk)

    @property
    def massnahmen(self) -> list[Massnahme]:
        return list(Massnahme.objects.fuer_konzept(self.konzept))

    @property
    def feld(self):
        return self.konzept.handlungsfelder.get(titel="Feld 1")

    @property
    def abschnitt(self):
        return self.konzept.abschnitte.first()

    @property
    def akteur(self):
        return self.kommune.akteure.first()

    @property
    def fassung(self) -> Fassung:
        return Fassung.objects.select_related("konzept__kommune").get(pk=self._fassung)

    @property
    def fassung_ohne_baum(self) -> Fassung:
        return Fassung.objects.select_related("konzept__kommune").defer("inhalt").get(pk=self._fassung)

    @property
    def runde(self) -> Runde:
        return Runde.objects.mit_fassung().get(pk=self._runde)

    @property
    def anmerkungen(self):
        return Anmerkung.objects.filter(runde=self._runde)

    @property
    def anmerkung(self) -> Anmerkung:
        anmerkung = self.anmerkungen.mit_antwort().first()
        anmerkung.runde = self.runde
        return anmerkung

    @property
    def vorlage(self) -> Vorlage:
        return Vorlage.objects.fuer_blatt().get(pk=self._vorlage)

    # Trees

    @property
    def zeilen(self) -> Zeilen:
        return Zeilen(self.konzept)

    @cached_property
    def dokument(self) -> baum.Dokument:
        return stelle_zusammen(self.konzept)

    @cached_property
    def quelle(self) -> Quelle:
        """What prints of a part are taken from."""
        return arbeitsstand(self.konzept)

    # Accounts, and the pages that they open

    def unbekannt(self, rolle: str) -> Benutzer:
        """The account with a role, before its roles were read."""
        return Benutzer.objects.get(pk=self._konten[rolle])

    def konto(self, rolle: str) -> Benutzer:
        """The account with a role, whose roles were read already."""
        konto = self.unbekannt(rolle)
        assert konto.alle_rollen
        return konto

    def ort(self, teile: str = "") -> str:
        konzept = self.konzept
        return f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/{teile}"

    def anfrage(self, konto: Benutzer, pfad: str = "/", *, methode: str = "GET", **daten) -> HttpRequest:
        """What an account asks for, without the session that it would have."""
        request = getattr(RequestFactory(), methode.lower())(pfad, daten)
        request.user = konto
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
        request._messages = CookieStorage(request)
        request.htmx = False
        request.resolver_match = resolve(pfad)
        return request

    def seite(self, rolle: str, pfad: str, **daten):
        """The view at an address, and what makes the page for the account with a role, which was not read yet."""
        request = self.anfrage(self.unbekannt(rolle), pfad, **daten)
        treffer = request.resolver_match

        def oeffne():
            antwort = treffer.func(request, *treffer.args, **treffer.kwargs)
            assert antwort.status_code == 200
            return antwort

        return treffer, oeffne


def _mache_unordnung(frueher: Konzept, konzept: Konzept, voll: Massnahme, anzahl: int) -> None:
    """What is found in few concepts, `anzahl` times: fields that carry others on, numbers that two measures bear, links
    that lead nowhere, signs without meaning or without a letter in our fonts, Kosten that count in no sum."""
    for feld in konzept.handlungsfelder.all():
        feld.vorgaenger = mache_feld(frueher, feld.titel)
        feld.save()
    for i in range(anzahl):
        text = f"Siehe [dort](#weg-{i}), [^{i}] und {chr(0x13000 + i)}"
        konzept.abschnitte.filter(titel=f"Abschnitt {i}").update(text=text)
        for titel in ("Eine", "Andere"):
            mache_massnahme(voll.handlungsfeld, f"{titel} {i}", nummer=f"D.{i}")
        mache_kosten(voll, "nach Bedarf", reihenfolge=anzahl + i + 1)
        konzept.leitlinien.first().leitfragen.create(text=f"Frage {i}?")
