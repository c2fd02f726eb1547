"""A walk through the product: every page to which links or URL patterns lead, and what it does to the database."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.urls import get_resolver

from konzept.konten.models import Einladung
from tests.fabrik import seite_von

# Addresses


def routen(resolver=None, davor="/") -> Iterator[str]:
    """Every URL pattern of the product and the admin as text, such as "/konzepte/<slug:kommune>/"."""
    for muster in (resolver or get_resolver()).url_patterns:
        pfad = davor + str(muster.pattern).removeprefix("^").removesuffix("$")
        if hasattr(muster, "url_patterns"):
            yield from routen(muster, pfad)
        elif "(" not in pfad:
            yield pfad


def ohne_angaben() -> list[str]:
    return [route for route in routen() if "<" not in route]


def alle_adressen(konzept) -> set[str]:
    """Every pattern with each value that this database could mean by its parameters."""
    einladung = Einladung(kommune=konzept.kommune, email="neu@stadt.example", rolle="lesen")
    schluessel = einladung.neuer_schluessel()
    einladung.save()
    werte = {"kommune": [konzept.kommune.slug], "konzept": [konzept.slug], "schluessel": [schluessel]}
    werte |= {"anker": ["abschnitt-1", "massnahme-1", "handlungsfeld-1"], "app_label": ["konzept"]}
    adressen = set()
    for route in routen():
        wege = [route]
        for stelle, name in re.findall(r"(<(?:\w+:)?(\w+)>)", route):
            wege = [weg.replace(stelle, wert) for weg in wege for wert in werte.get(name, ["1", "x"])]
        adressen.update(wege)
    return adressen


# Pages


def gehe_durch(client, *, je_art: int = 2) -> dict[str, object]:
    """Every page (path → response) to which links lead from the addresses without parameters.

    Of pages that differ by a number only, `je_art` are opened. Without the admin, which links to itself endlessly.
    """
    offen = ohne_angaben()
    gefunden: dict[str, object] = {}
    arten = Counter()
    while offen:
        pfad = offen.pop()
        art = art_von(pfad)
        if pfad in gefunden or arten[art] == je_art or pfad.startswith(("/admin/", "/static/", "/media/")):
            continue
        arten[art] += 1
        antwort = gefunden[pfad] = client.get(pfad)
        if antwort.status_code in (301, 302):
            offen.append(urlsplit(urljoin(pfad, antwort.url)).path)
        elif ist_seite(antwort):
            offen += _verweise(pfad, antwort)
    return gefunden


def art_von(pfad: str) -> str:
    """The same for paths that differ by a number only."""
    return re.sub(r"\d+", "#", pfad)


def ist_seite(antwort) -> bool:
    return antwort.status_code == 200 and antwort["Content-Type"].startswith("text/html")


def _verweise(pfad: str, antwort) -> Iterator[str]:
    for a in seite_von(antwort).iter("a"):
        ziel = urlsplit(urljoin(f"http://testserver{pfad}", a.get("href", "")))
        if ziel.netloc == "testserver":
            yield ziel.path


# The database

SITZUNGEN = {"sessions.Session", "usersessions.UserSession"}


def tabellen() -> dict[str, list]:
    """Every row of every table, apart from sessions."""
    return {
        modell._meta.label: list(modell._base_manager.order_by("pk").values())
        for modell in apps.get_models(include_auto_created=True)
        if modell._meta.label not in SITZUNGEN and modell._meta.managed
    }


def neues(vorher: dict[str, list], nachher: dict[str, list]) -> dict[str, list]:
    """What two moments do not have in common, by table."""
    paare = ((name, vorher[name], nachher[name]) for name in vorher)
    return {name: [z for z in (*alt, *neu) if z not in alt or z not in neu] for name, alt, neu in paare if alt != neu}
