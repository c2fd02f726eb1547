"""A walk of one person through every address: those that the URL patterns know with every row, and every link found.

Everything that comes back is searched for planted words: the page, headers and cookies, files, refusals.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import permutations, product
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from selectolax.lexbor import LexborHTMLParser

from konzept.beratung.models import Runde
from konzept.fassungen.models import AusgabeArt
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.werkbank.elemente import ELEMENTE
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, teile
from tests.konzept.zugriff.garten import Garten
from tests.konzept.zugriff.personen import LESENDE
from tests.konzept.zugriff.pflanzen import woerter_in
from tests.konzept.zugriff.wege import zeilen

ENDET_DIE_SITZUNG = {"account_logout"}
VERBORGEN_AUCH_FUER_LESENDE = re.compile("beratung:|vorlagen:|(werkbank|verzeichnis):(verlauf|wiederherstellen)$")
FRAGT_MIT_HTMX = re.compile(
    "fassungen:(detail|pdf)$|(konzept|oeffentlich):pdf$|(vorlagen|beratung|vergleich):druck$|teildrucke:kapitel$"
)
WENIG, VIEL = 1, 12
"""How many pages that differ by numbers only are opened because a link leads there."""
ES_GIBT_NICHT = 999_999

# Addresses


class Adresse(NamedTuple):
    ort: str
    name: str
    erste: bool
    """Whether it is the first one of its pattern for its concept."""


def adressen(g: Garten) -> list[Adresse]:
    """Every pattern with every row of the first concept, with one of each other concept, and with a number that no row
    has."""
    gefunden: dict[str, Adresse] = {}
    for name, konzept in product(sorted(set(MUSTER) - ENDET_DIE_SITZUNG), g.konzepte):
        erste = True
        for ort in _adressen(g, name, konzept):
            if erste or konzept == g.konzept:
                gefunden.setdefault(ort, Adresse(ort, name, erste))
            erste = False
    return list(gefunden.values())


def _adressen(g: Garten, name: str, konzept) -> Iterator[str]:
    genannt = teile(name)
    ort = {"kommune": konzept.kommune.slug, "konzept": konzept.slug}
    fest = {teil: wert for teil, wert in ort.items() if teil in genannt}
    for weitere in _weitere(g, name, konzept, genannt - set(ort)):
        try:
            adresse = reverse(name, kwargs=fest | weitere)
        except NoReverseMatch:  # another kind of row has this page
            continue
        yield adresse
        yield from (f"{adresse}?{frage}" for frage in _fragen(g, name, konzept))


def _weitere(g: Garten, name: str, konzept, offen: set[str]) -> Iterator[dict]:
    """What an address names beside its concept."""
    match sorted(offen):
        case ["anker"]:
            yield from ({"anker": wert} for wert in _anker(g))
        case ["nummer"]:
            yield from ({"nummer": nummer} for nummer in _nummern(konzept))
        case ["anker", "nummer"]:
            yield from ({"nummer": n, "anker": wert} for n, wert in product(_nummern(konzept), _anker(g)))
        case ["art", "nummer"]:
            yield from ({"nummer": n, "art": art} for n, art in product(_nummern(konzept), AusgabeArt.values))
        case ["art"]:
            yield from ({"art": art} for art in ELEMENTE)
        case ["art", "pk"] | ["aenderung", "art", "pk"]:
            yield from _elemente(konzept, "aenderung" in offen)
        case ["pk"]:
            yield from ({"pk": pk} for pk in _zeilen(g, name, konzept))
        case ["anker", "pk"]:
            yield from ({"pk": pk, "anker": wert} for pk, wert in product(_zeilen(g, name, konzept), _anker(g)))
        case ["anmerkung", "pk"]:
            for runde in _runden(g, konzept):
                yield from ({"pk": runde.pk, "anmerkung": a.pk} for a in runde.anmerkungen.order_by("pk"))
        case ["pk", "station"]:
            vorlagen = konzept.vorlagen.order_by("pk")
            yield from ({"pk": v.pk, "station": s.pk} for v in vorlagen for s in v.stationen.all())
        case ["schluessel"] | ["key"]:
            yield {offen.copy().pop(): "falsch"}
        case ["key", "uidb36"]:
            yield {"uidb36": "1", "key": "abc-def"}
        case ["provider_id"]:
            yield {"provider_id": "verwaltungskonto"}
        case []:
            yield {}
        case unbekannt:
            raise AssertionError(f"{name} names {unbekannt}: say here what that can be")


def _nummern(konzept) -> list[int]:
    return [*konzept.fassungen.order_by("nummer").values_list("nummer", flat=True), ES_GIBT_NICHT]


def _runden(g: Garten, konzept) -> list[Runde]:
    return [runde for runde in g.runden.values() if runde.konzept == konzept]


def _anker(g: Garten) -> list[str]:
    """A chapter, the one that was deleted, and one element of each other kind; links lead to the others."""
    if not g.ort:
        dokument = g.fassungen[0].dokument
        alle = [kapitel.anker for _, kapitel in dokument.alle_kapitel()] + [m.anker for m in dokument.massnahmen()]
        je_art = {wert.partition("-")[0]: wert for wert in reversed(alle)}
        g.ort.update(je_art.values(), {g.weg})
    return sorted(g.ort)


def _elemente(konzept, mit_aenderung: bool) -> Iterator[dict]:
    for art, element in ELEMENTE.items():
        erste = zeilen(element.modell, konzept.kommune).order_by("pk").first()
        pks = {erste.pk} if erste else set()
        name = element.modell._meta.model_name
        geloeschte = Geloeschtes.objects.filter(anker__startswith=f"{name}-", kommune=konzept.kommune)
        pks.update(int(wert.rpartition("-")[2]) for wert in geloeschte.values_list("anker", flat=True)[:1])
        for pk in sorted(pks):
            teil = {"art": art, "pk": pk}
            if not mit_aenderung:
                yield teil
                continue
            letzte = Aenderung.objects.filter(kommune=konzept.kommune, anker=f"{name}-{pk}").order_by("-pk")
            yield from (teil | {"aenderung": a} for a in letzte.values_list("pk", flat=True)[:1])


def _zeilen(g: Garten, name: str, konzept) -> list[int]:
    raum, _, seite = name.partition(":")
    match raum, seite:
        case "beratung", _:
            pks = [runde.pk for runde in _runden(g, konzept)]
        case "vorlagen", _:
            pks = konzept.vorlagen.values_list("pk", flat=True)
        case ("massnahmen", _) | ("teildrucke", "massnahme"):
            massnahmen = zeilen(ELEMENTE["massnahmen"].modell, konzept.kommune)
            pks = massnahmen.values_list("pk", flat=True)
        case "werkbank", "zurueckholen":
            pks = konzept.papierkorb.values_list("pk", flat=True)[:2]
        case "verwaltung", "erneut" | "widerrufen":
            pks = konzept.kommune.einladungen.values_list("pk", flat=True)
        case "verwaltung", _:
            pks = [g.unbeteiligt.pk, g.konten["leitung"].pk, g.konten["fremd"].pk]
        case "sitze", _:
            pks = konzept.kommune.gremien.values_list("pk", flat=True)
        case _:
            pks = [1]
    return [*pks, ES_GIBT_NICHT]


def _fragen(g: Garten, name: str, konzept) -> Iterator[str]:
    """What can stand in the query of an address and names something that may be hidden."""
    match name:
        case "vergleich:ansicht" | "vergleich:druck":
            staende = [*map(str, range(1, 7)), "stand"]
            fremde = [f"{k.slug}:{was}" for k in g.konzepte for was in ("stand", "1", "6")]
            paare = [*permutations(staende, 2), *product(["3"], fremde), *product(fremde, ["3"])]
            for alt, neu in paare if name == "vergleich:ansicht" else paare[::7]:
                yield urlencode({"alt": alt, "neu": neu})
        case "vergleich:waehlen":
            yield from (urlencode({wo: n}) for wo in ("alt", "neu") for n in range(1, 7))
        case "beratung:pruefen_kapitel":
            yield "aenderungen=1"
        case "beratung:pruefen":
            yield from ("nach=0", "ab=1", "rn=1", "rn=999999")
        case "beratung:anmerken":
            yield from (f"rn={rn}" for rn in (1, 2, ES_GIBT_NICHT))
        case "beratung:anmerkungen":
            yield from (f"nur={wahl}" for wahl in ("eigene", "neu", "offen"))
        case "beratung:neu":
            yield from (f"fassung={nummer}" for nummer in _nummern(konzept))
        case "werkbank:neu":
            yield from (f"{wo}={_anker(g)[0]}" for wo in ("in", "nach"))


# Walking


class Gang:
    """What one person found: `funde` word → where; `suchfelder` the forms that can be asked for a word.

    Who reads nearly everything anyway opens the first address of each pattern, those of the Beratung, the Vorlagen and
    the history, and fewer links; who reads everything but what was said in confidence does without the first.
    """

    def __init__(self, g: Garten, art: str, alle: list[Adresse]):
        self.garten, self.art = g, art
        self.client = Client(raise_request_exception=False)
        if konto := g.konten[art]:
            self.client.force_login(konto)
        self.funde: dict[str, set[str]] = defaultdict(set)
        self.suchfelder: set[tuple[str, str]] = set()
        self.status: Counter[int] = Counter()
        self._gesehen: set[str] = set()
        self._arten: Counter[str] = Counter()
        liest = art in LESENDE | {"fremd"}
        self._je_art = WENIG if liest else VIEL
        anfang = [
            a
            for a in alle
            if not liest or (a.erste and art != "superuser") or VERBORGEN_AUCH_FUER_LESENDE.match(a.name)
        ]
        self._offen = [a.ort for a in reversed(anfang)]
        while self._offen:
            self._oeffne(self._offen.pop())
        for adresse in anfang:
            self._sende(adresse)

    def pruefe(self, wo: str, antwort) -> None:
        """Note which planted words an answer holds, apart from those that were in the question."""
        self.status[antwort.status_code] += 1
        inhalt = b"".join(antwort.streaming_content) if antwort.streaming else antwort.content
        koepfe = [f"{name}: {wert}" for name, wert in antwort.items()]
        koepfe += [str(keks) for keks in antwort.cookies.values()]
        for wort in woerter_in(inhalt, *koepfe) - woerter_in(wo):
            self.funde[wort].add(wo)

    def _oeffne(self, adresse: str) -> None:
        if adresse in self._gesehen:
            return
        self._gesehen.add(adresse)
        antwort = self.client.get(adresse)
        self.pruefe(adresse, antwort)
        if antwort.status_code in (301, 302):
            self._merke(adresse, antwort.url)
        elif antwort["Content-Type"].startswith("text/html"):
            self._lies(adresse, antwort.content)

    def _lies(self, adresse: str, html: bytes) -> None:
        seite = LexborHTMLParser(html)
        for knoten in seite.css("a[href], [hx-get], img[src]"):
            for name in ("href", "hx-get", "src"):
                self._merke(adresse, knoten.attributes.get(name) or "")
        for formular in seite.css("form"):
            if (formular.attributes.get("method") or "get").lower() == "get":
                self._merke_formular(adresse, formular)

    def _merke_formular(self, adresse: str, formular) -> None:
        ziel = urlsplit(urljoin(f"http://testserver{adresse}", formular.attributes.get("action") or "")).path
        felder = {}
        for knoten in formular.css("input[name], select[name]"):
            name, art = knoten.attributes["name"], knoten.attributes.get("type") or "text"
            if knoten.tag == "select":
                werte = [option.attributes.get("value") or "" for option in knoten.css("option")]
                for wert in werte if self._je_art == VIEL else ():
                    self._merke(adresse, f"{ziel}?{urlencode({name: wert})}")
            elif art in {"text", "search"} and name != "rn":  # which leads on to a place
                self.suchfelder.add((ziel, name))
            elif art in {"checkbox", "radio"} and self._je_art == VIEL:
                self._merke(adresse, f"{ziel}?{urlencode({name: knoten.attributes.get('value') or 'on'})}")
            felder[name] = knoten.attributes.get("value") or ""
        self._merke(adresse, f"{ziel}?{urlencode(felder)}")

    def _merke(self, von: str, verweis: str) -> None:
        ziel = urlsplit(urljoin(f"http://testserver{von}", verweis))
        if not verweis or ziel.netloc != "testserver" or ziel.path.startswith(("/static/", "/admin/", "/abmelden/")):
            return
        adresse = f"{ziel.path}?{ziel.query}" if ziel.query else ziel.path
        art = re.sub(r"\d+", "#", ziel.path) + "?" + "&".join(name for name, _ in parse_qsl(ziel.query))
        if adresse not in self._gesehen and self._arten[art] < self._je_art:
            self._arten[art] += 1
            self._offen.append(adresse)

    def _sende(self, adresse: Adresse) -> None:
        """What htmx asks for, and what a button without rights brings; nothing of it stays done."""
        ort, name, erste = adresse
        if FRAGT_MIT_HTMX.match(name):
            self.pruefe(f"HX {ort}", self.client.get(ort, {"_wartet_auf": "x"}, headers={"HX-Request": "true"}))
        if erste and "POST" in DURCHGELASSEN.get(name, ()):
            with transaction.atomic():
                self.pruefe(f"POST {ort}", self.client.post(ort))
                transaction.set_rollback(True)


def ohne_zufall(antwort, wort: str) -> bytes:
    """A page without what differs each time, and without the word that was asked for."""
    inhalt = re.sub(rb'nonce="[^"]*"|name="csrfmiddlewaretoken"[^>]*', b"", antwort.content)
    return inhalt.replace(wort.encode(), b"")
