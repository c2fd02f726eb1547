"""What is measured, and against what."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept.austausch.grosses_beispiel import erzeuge
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.konten.models import Benutzer
from konzept.models import Konzept
from massnahmen.models import Massnahme
from tests.fabrik import eingaben

LAEUFE = 7
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
]


def richte_ein() -> None:
    """An empty database with one superuser, and the static files collected as in production."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Benutzer.objects.create_superuser("bench@musterstadt.example", "bench")


def _titel(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def _grosses_konzept(massnahmen: int) -> Konzept:
    erzeuge(massnahmen)
    return Konzept.objects.mit_kommune().get(kommune__slug="grosses-beispiel")


def _millisekunden(funktion, laeufe: int = LAEUFE) -> float:
    """Median of several runs after one to warm up."""
    funktion()
    zeiten = []
    for _ in range(laeufe):
        beginn = time.perf_counter()
        funktion()
        zeiten.append((time.perf_counter() - beginn) * 1000)
    return statistics.median(zeiten)


def baum(_groessen) -> None:
    """Assembling the tree: rows to frozen values."""
    _titel("Rows to tree (goal: at most 25 queries, 1000 Maßnahmen under 500 ms)")
    for anzahl in (60, 300, 1000):
        konzept = _grosses_konzept(anzahl)
        with CaptureQueriesContext(connection) as abfragen:
            stelle_zusammen(konzept)
        zeit = _millisekunden(lambda konzept=konzept: stelle_zusammen(konzept))
        print(f"{anzahl:5} Maßnahmen  {len(abfragen):3} queries  {zeit:7.0f} ms", flush=True)


def seiten(_groessen) -> None:
    """Our pages beside the Django admin's over the same 300 rows."""
    _titel("Pages, 300 Maßnahmen, beside the Django admin over the same rows (goal: form at most 1.0)")
    konzept = _grosses_konzept(300)
    massnahme = Massnahme.objects.fuer_konzept(konzept).order_by("pk")[150]
    adresse = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}"
    client = Client(HTTP_HOST="localhost")
    client.force_login(Benutzer.objects.get(email="bench@musterstadt.example"))

    def oeffne(url):
        antwort = client.get(url)
        if antwort.status_code != 200:
            raise SystemExit(f"{url} answered {antwort.status_code}")
        return antwort

    admin_liste = f"/admin/massnahmen/massnahme/?handlungsfeld__konzept__id__exact={konzept.pk}"
    admin_form = f"/admin/massnahmen/massnahme/{massnahme.pk}/change/"
    basis = {"list": _messe(oeffne, admin_liste), "form": _messe(oeffne, admin_form)}
    print(f"admin change list (100 rows)  {basis['list']:7.0f} ms   baseline")
    print(f"admin change form             {basis['form']:7.0f} ms   baseline")
    for name, url, grundlage in (
        ("one Handlungsfeld, read", f"{adresse}/lesen/handlungsfeld-{massnahme.handlungsfeld_id}/", "list"),
        ("whole concept, read", f"{adresse}/gesamt/", "list"),
        ("measure form", f"{adresse}/massnahmen/{massnahme.pk}/bearbeiten/", "form"),
    ):
        zeit = _messe(oeffne, url)
        groesse = len(oeffne(url).content) / 1024
        print(
            f"{name:28}  {zeit:7.0f} ms   {zeit / basis[grundlage]:5.2f} × admin {grundlage}   {groesse:6.0f} kB",
            flush=True,
        )


def arbeit(_groessen) -> None:
    """The daily work beside the Django admin's, over the same 1000 measures."""
    _titel("Daily work, 1000 Maßnahmen, beside the Django admin (goal: list at most 0.7, saving at most 1.5)")
    konzept = _grosses_konzept(1000)
    massnahme = Massnahme.objects.fuer_konzept(konzept).order_by("pk")[150]
    adresse = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/massnahmen/"
    client = Client(HTTP_HOST="localhost")
    client.force_login(Benutzer.objects.get(email="bench@musterstadt.example"))

    def oeffne(url):
        antwort = client.get(url)
        if antwort.status_code != 200:
            raise SystemExit(f"{url} answered {antwort.status_code}")
        return antwort

    admin = "/admin/massnahmen/massnahme/"
    basis = _messe(oeffne, f"{admin}?handlungsfeld__konzept__id__exact={konzept.pk}")
    print(f"admin change list (100 rows)  {basis:7.0f} ms   baseline")
    filter_ = f"akteur={massnahme.zustaendigkeiten.first().akteur_id}&von=2020"
    for name, frage in (
        ("list, 50 rows", ""),
        ("list, 100 rows", "je=100"),
        ("list with filters", filter_),
        ("list with filters, 100 rows", "je=100&von=2020&stand=geplant&stand=laufend"),
        ("list with filters and search", f"{filter_}&q=Beratung"),
    ):
        zeit, groesse = _messe(oeffne, f"{adresse}?{frage}"), len(oeffne(f"{adresse}?{frage}").content) / 1024
        print(f"{name:28}  {zeit:7.0f} ms   {zeit / basis:5.2f} × admin list   {groesse:6.0f} kB", flush=True)

    basis = _millisekunden(_speichern(client, f"{admin}{massnahme.pk}/change/", "_save", "titel"))
    print(f"admin save                    {basis:7.0f} ms   baseline")
    zeit = _millisekunden(_speichern(client, f"{adresse}{massnahme.pk}/bearbeiten/", "_speichern", "_version"))
    print(f"{'measure saved':28}  {zeit:7.0f} ms   {zeit / basis:5.2f} × admin save", flush=True)


def _speichern(client: Client, url: str, knopf: str, mit: str):
    """Sends the form at an address, each time with another title; `mit` is a control of the form."""
    daten = eingaben(client.get(url), mit) | {knopf: "1"}
    zaehler = count(1)

    def speichere():
        nummer = next(zaehler)
        daten["titel"] = f"Maßnahme in Fassung {nummer}"
        antwort = client.post(url, daten)
        if antwort.status_code != 302:
            raise SystemExit(f"{url} answered {antwort.status_code}")
        if "_version" in daten:
            daten["_version"] = str(int("".join(daten["_version"])) + 1)

    return speichere


def _messe(oeffne, url: str) -> float:
    return _millisekunden(lambda: oeffne(url))


def pdf(groessen) -> None:
    """Our PDF (tagged, PDF/UA-1, PDF/A-3a) beside Chromium's tagged print of the same HTML, each a whole process."""
    _titel("PDF beside headless Chromium's tagged print of the same HTML (goal for 300: at most 6 ×, 400 MB)")
    chromium = shutil.which("chromium")
    ordner = Path(settings.DATA_DIR)
    umgebung = os.environ | {"PYTHONHASHSEED": "0"}
    for anzahl in groessen:
        _grosses_konzept(anzahl)
        connection.close()
        ziel, html = ordner / "konzept.pdf", ordner / "konzept.html"
        befehl = [sys.executable, "manage.py", "drucken", "grosses-beispiel", str(ziel)]
        subprocess.run([*befehl, "--html", str(html)], check=True, env=umgebung, capture_output=True)
        eigene, speicher = _prozess(befehl, umgebung)
        groesse = ziel.stat().st_size / 1e6
        zeile = f"{anzahl:5} Maßnahmen  Konzeptwerk {eigene:6.1f} s {speicher:5.0f} MB, file {groesse:.1f} MB"
        if chromium:
            druck = [
                chromium,
                *CHROMIUM,
                f"--user-data-dir={ordner}/chromium",
                f"--print-to-pdf={ordner}/c.pdf",
                html.as_uri(),
            ]
            _prozess(druck, umgebung)
            fremde = statistics.median(_prozess(druck, umgebung)[0] for _ in range(3))
            zeile += f"   Chromium {fremde:5.1f} s   ratio {eigene / fremde:4.1f}"
        print(zeile, flush=True)


def _prozess(befehl: list[str], umgebung) -> tuple[float, float]:
    """Wall seconds of a whole process and its peak memory in MB (its largest single process)."""
    beginn = time.perf_counter()
    kind = subprocess.Popen(befehl, env=umgebung, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, stand, verbrauch = os.wait4(kind.pid, 0)
    dauer = time.perf_counter() - beginn
    kind.returncode = os.waitstatus_to_exitcode(stand)
    if kind.returncode:
        raise SystemExit(f"{befehl[0]} ended with {kind.returncode}")
    einheit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return dauer, verbrauch.ru_maxrss / einheit
