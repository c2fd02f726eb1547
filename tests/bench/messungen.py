"""What is measured, and against what."""

import statistics
import time
from itertools import count

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept import grenzen
from konzept.austausch.grosses_beispiel import erzeuge
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.konten.models import Benutzer
from konzept.models import Konzept
from massnahmen.models import Massnahme
from tests.fabrik import eingaben

LAEUFE = 7
BENUTZER = "bench@musterstadt.example"


def richte_ein() -> None:
    """An empty database with one superuser, and the static files collected as in production."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Benutzer.objects.create_superuser(BENUTZER, "bench")


def titel(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def grosses_konzept(massnahmen: int) -> Konzept:
    erzeuge(massnahmen)
    return Konzept.objects.mit_kommune().get(kommune__slug="grosses-beispiel")


def _millisekunden(*funktionen, laeufe: int = LAEUFE) -> list[float]:
    """CPU time of each function, the median of several runs after one to warm up.

    They take turns, so that a busy moment of the machine meets all of them.
    """
    zeiten = [[] for _ in funktionen]
    for lauf in range(laeufe + 1):
        for funktion, bisher in zip(funktionen, zeiten, strict=True):
            beginn = time.process_time()
            funktion()
            if lauf:
                bisher.append((time.process_time() - beginn) * 1000)
    return [statistics.median(bisher) for bisher in zeiten]


def _vergleiche(grundlage: tuple, eigene: list[tuple]) -> None:
    """Prints (name, function that gives a response) beside the baseline, with the size of what was answered."""
    zeiten = _millisekunden(grundlage[1], *(funktion for _, funktion in eigene))
    print(f"{grundlage[0]:30}  {zeiten[0]:7.0f} ms   baseline")
    for (name, funktion), zeit in zip(eigene, zeiten[1:], strict=True):
        groesse = f"   {kb:6.0f} kB" if (kb := len(funktion().content) / 1024) else ""
        print(f"{name:30}  {zeit:7.0f} ms   {zeit / zeiten[0]:5.2f} × baseline{groesse}", flush=True)


def _im_konzept(massnahmen: int) -> tuple[Konzept, Massnahme, Client]:
    """A concept of that size, one of its measures, and a client that is signed in."""
    konzept = grosses_konzept(massnahmen)
    return konzept, Massnahme.objects.fuer_konzept(konzept).order_by("pk")[150], angemeldet()


def angemeldet() -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(Benutzer.objects.get(email=BENUTZER))
    return client


def _erwarte(status: int, antwort):
    if antwort.status_code != status:
        raise SystemExit(f"{antwort.request['PATH_INFO']} answered {antwort.status_code}")
    return antwort


def _oeffnen(client: Client, url: str):
    return lambda: _erwarte(200, client.get(url))


def baum(_groessen) -> None:
    """Assembling the tree: rows to frozen values."""
    titel("Rows to tree (goal: at most 25 queries, 1000 Maßnahmen under 500 ms)")
    for anzahl in (60, 300, 1000):
        konzept = grosses_konzept(anzahl)
        with CaptureQueriesContext(connection) as abfragen:
            stelle_zusammen(konzept)
        (zeit,) = _millisekunden(lambda konzept=konzept: stelle_zusammen(konzept))
        print(f"{anzahl:5} Maßnahmen  {len(abfragen):3} queries  {zeit:7.0f} ms", flush=True)


def seiten(_groessen) -> None:
    """Our pages beside the Django admin's over the same 300 rows."""
    titel("Pages, 300 Maßnahmen, beside the Django admin over the same rows (goal: form at most 1.0)")
    konzept, massnahme, client = _im_konzept(300)
    adresse = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}"
    admin = "/admin/massnahmen/massnahme/"
    _vergleiche(
        ("admin change list (100 rows)", _oeffnen(client, f"{admin}?handlungsfeld__konzept__id__exact={konzept.pk}")),
        [
            (
                "one Handlungsfeld, read",
                _oeffnen(client, f"{adresse}/lesen/handlungsfeld-{massnahme.handlungsfeld_id}/"),
            ),
            ("whole concept, read", _oeffnen(client, f"{adresse}/gesamt/")),
        ],
    )
    _vergleiche(
        ("admin change form", _oeffnen(client, f"{admin}{massnahme.pk}/change/")),
        [("measure form", _oeffnen(client, f"{adresse}/massnahmen/{massnahme.pk}/bearbeiten/"))],
    )


def arbeit(_groessen) -> None:
    """The daily work beside the Django admin's, over the same 1000 measures."""
    titel("Daily work, 1000 Maßnahmen, beside the Django admin (goal: list at most 0.7, saving at most 1.5)")
    konzept, massnahme, client = _im_konzept(1000)
    adresse = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/massnahmen/"
    admin = "/admin/massnahmen/massnahme/"
    filter_ = f"akteur={massnahme.zustaendigkeiten.first().akteur_id}&von=2020"
    listen = [
        ("list, 50 rows", ""),
        ("list, 100 rows", "je=100"),
        ("list with filters", filter_),
        ("list with filters, 100 rows", "je=100&von=2020&stand=geplant&stand=laufend"),
        ("list with filters and search", f"{filter_}&q=Beratung"),
    ]
    _vergleiche(
        ("admin change list (100 rows)", _oeffnen(client, f"{admin}?handlungsfeld__konzept__id__exact={konzept.pk}")),
        [(name, _oeffnen(client, f"{adresse}?{frage}")) for name, frage in listen],
    )
    _vergleiche(
        ("admin save", speichern(client, f"{admin}{massnahme.pk}/change/", "_save", "titel")),
        [("measure saved", speichern(client, f"{adresse}{massnahme.pk}/bearbeiten/", "_speichern", "_version"))],
    )
    _sammel(konzept, client, f"{adresse}sammel/")


def _sammel(konzept: Konzept, client: Client, adresse: str) -> None:
    """Many measures changed at once, and back. Nothing in the admin does the same."""
    pks = list(Massnahme.objects.fuer_konzept(konzept).values_list("pk", flat=True)[: grenzen.SAMMEL_MASSNAHMEN])
    gezeigt = client.post(adresse, {"m": pks, "was": "stand"})
    daten = eingaben(gezeigt, "versionen") | {"umsetzungsstand": "idee", "_vorschau": "1"}
    daten = eingaben(_erwarte(200, client.post(adresse, daten)), "versionen") | {"_ausfuehren": "1"}
    for name, url, gesendet in (
        (f"{len(pks)} measures changed", adresse, daten),
        (f"{len(pks)} measures changed back", f"{adresse}zurueck/", {}),
    ):
        beginn = time.process_time()
        with CaptureQueriesContext(connection) as abfragen:
            _erwarte(302, client.post(url, gesendet))
        zeit = (time.process_time() - beginn) * 1000
        print(f"{name:30}  {zeit:7.0f} ms   {len(abfragen):5} queries (goal: 3000 ms)", flush=True)


def speichern(client: Client, url: str, knopf: str, mit: str):
    """Sends the form at an address, each time with another title; `mit` is a control of the form."""
    daten = eingaben(client.get(url), mit) | {knopf: "1"}
    zaehler = count(1)

    def speichere():
        daten["titel"] = f"Maßnahme in Fassung {next(zaehler)}"
        antwort = _erwarte(302, client.post(url, daten))
        if "_version" in daten:
            daten["_version"] = str(int("".join(daten["_version"])) + 1)
        return antwort

    return speichere
