"""Two towns that differ in how many rows of everything they have, and fresh rows out of them.

Every attribute but the tree, which nobody can change, reads anew, so that no case finds what another one has read.
"""

from functools import cached_property
from importlib import import_module

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from konzept.beratung.models import Anmerkung, Runde
from konzept.dokument import baum
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Benutzer
from konzept.models import Kommune, Konzept
from konzept.teildrucke.teildruck import Quelle, arbeitsstand
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorlagen.models import Vorlage
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_anmerkung,
    mache_benutzer,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_runde,
    mache_stellungnahme,
)


class Welt:
    """A Kommune with `anzahl` rows of every kind."""

    def __init__(self, anzahl: int):
        kommune = mache_kommune(f"welt-{anzahl}")
        frueher = mache_konzept(kommune, "frueher", titel="Konzept von früher")
        konzept = mache_konzept(kommune, titel="Konzept von heute", vorgaenger=frueher)
        voll = mache_fuelle(konzept, anzahl)
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
        self._runde = runde.pk
        vorlage = konzept.vorlagen.get(betreff="Vorlage 1")
        vorlage.stationen.filter(pk=vorlage.stationen.last().pk).update(rolle="entscheidung", datum="2020-10-28")
        self._vorlage = vorlage.pk

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
