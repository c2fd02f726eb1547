"""Our PDF (tagged, PDF/UA-1, PDF/A-3a) beside Chromium's tagged print of the same HTML.

Prints are made as in production: a job holds what is printed, and a process that was forked from a warm one does it,
with the pieces that the database keeps. Wall times are told as ratio to Chromium's in the same round, the median of all
rounds; CPU seconds are those of all our processes together. The real worker tells how much memory it takes, and how
long somebody waits who asks for the print of what was edited a while ago.
"""

import gc
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connections
from django.test import Client

from konzept.austausch.einlesen import lade
from konzept.austausch.grosses_beispiel import erzeuge
from konzept.dokument import ressourcen
from konzept.dokument.fehlzeichen import druckbar
from konzept.dokument.html import druck_html
from konzept.druckauftraege import arbeitsstand, aufnahme, auftraege
from konzept.druckauftraege.antwort import DATEI
from konzept.druckauftraege.models import Druckauftrag, Satzstueck
from konzept.fassungen import ausgaben
from konzept.fassungen.models import AusgabeArt, Fassung, FassungArt
from konzept.fassungen.vorgaenge import festschreiben
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab
from konzept.hintergrund.models import Arbeiter, Status
from konzept.konten.models import Benutzer
from konzept.models import Konzept
from massnahmen.models import Massnahme
from tests.dienst import nachkommen, warte

from .messungen import BENUTZER, angemeldet, speichern, titel

RUNDEN = 5
RUHE = 10
"""Seconds from the edit to the click."""
KLICKS = 3
MESSEN = 0.05
"""Seconds between two looks at the memory."""
KLEINES = "rheine"
"""The example of seven pages."""
ZIELE = {
    "cold": {KLEINES: 0.8, 60: 2.3, 300: 2.6, 1000: 2.8},
    "after one edit": {60: 0.5, 300: 0.9, 1000: 0.9},
    "kept": {},
    "kept, Fassung": {KLEINES: 0.05, 60: 0.05, 300: 0.05, 1000: 0.05},
}
"""Of each figure the highest ratio that is wanted, by size."""
CPU_KALT_300, GROESSTER_300, ALLE_300, KLICK_300 = 14, 300, 600, 1.0
"""Seconds; MB; MB; seconds."""
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


class Lauf(NamedTuple):
    """Seconds; `cpu` is None where it cannot be told."""

    wand: float
    cpu: float | None = None


class Fall(NamedTuple):
    """A concept of some size, the measure in its middle where it has any, and a Fassung of it that is printed
    already."""

    groesse: str | int
    konzept: Konzept
    massnahme: Massnahme | None
    fassung: Fassung
    client: Client

    @property
    def adresse(self) -> str:
        return f"/konzepte/{self.konzept.kommune.slug}/{self.konzept.slug}"


def pdf(groessen) -> None:
    """All figures of the print for each size, and with the real worker those of 300 measures."""
    titel(f"PDF beside headless Chromium's tagged print of the same HTML, median of {RUNDEN} rounds")
    chromium = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    if chromium is None:
        raise SystemExit("There is no Chromium to compare with.")
    aufnahme.bereite_vor()
    gc.collect()
    gc.freeze()
    for fall in map(_fall, (KLEINES, *groessen)):
        _vergleiche(fall, chromium)
        if fall.groesse == 300:
            _mit_dienst(fall)


def _fall(groesse: str | int) -> Fall:
    if groesse == KLEINES:
        (konzept,) = lade(settings.BASE_DIR / "fixtures" / f"{KLEINES}.yaml").neu
    else:  # each in a Kommune of its own, since no Fassung can be deleted with an earlier one
        konzept = erzeuge(groesse, f"beispiel-{groesse}")
    konzept = Konzept.objects.mit_kommune().get(pk=konzept.pk)
    massnahmen = list(Massnahme.objects.fuer_konzept(konzept).order_by("pk"))
    fassung = festschreiben(konzept=konzept, art=FassungArt.ENTWURF, konto=Benutzer.objects.get(email=BENUTZER))
    ausgaben.stosse_an(fassung, unbedingt=True)
    im_kind(lambda: arbeite_ab(art(auftraege.ART)))
    return Fall(groesse, konzept, massnahmen[len(massnahmen) // 2] if massnahmen else None, fassung, angemeldet())


def _vergleiche(fall: Fall, chromium: str) -> None:
    druck = _druck_von(chromium, fall)
    _prozess(druck)  # its profile is made
    laeufe: dict[str, list[tuple[Lauf, Lauf]]] = {name: [] for name, _ in FIGUREN}
    for _ in range(RUNDEN):
        fremder = _prozess(druck)
        for name, miss in FIGUREN:
            if name != "after one edit" or fall.massnahme:
                laeufe[name].append((miss(fall), fremder))
    wie_viele = fall.groesse if fall.groesse == KLEINES else f"{fall.groesse} measures"
    print(f"{wie_viele}: Chromium {statistics.median(f.wand for _, f in laeufe['cold']):.2f} s")
    for name, runden in laeufe.items():
        if runden:
            drucke_zeile(name, runden, ZIELE[name].get(fall.groesse))
    if fall.groesse == 300:
        cpu = statistics.median(eigener.cpu for eigener, _ in laeufe["cold"])
        print(f"  {'cold, CPU':16} {cpu:8.2f} s   (goal: at most {CPU_KALT_300})", flush=True)


def drucke_zeile(name: str, runden: list[tuple[Lauf, Lauf]], ziel: float | None) -> None:
    """A line for a figure, from what was measured of ours and of Chromium in each round."""
    wand, cpu = (statistics.median(werte) for werte in zip(*(eigener for eigener, _ in runden), strict=True))
    mal = statistics.median(eigener.wand / fremder.wand for eigener, fremder in runden)
    erwartet = f"   (goal: at most {ziel})" if ziel else ""
    print(f"  {name:16} {wand:8.2f} s   CPU {cpu:6.2f} s   {mal:6.3f} × Chromium{erwartet}", flush=True)


# One figure each


def _kalt(fall: Fall) -> Lauf:
    """Nothing of it is kept; the worker is warm."""
    _vergiss(fall)
    return _drucke(fall)


def _vergiss(fall: Fall) -> None:
    Satzstueck.objects.filter(konzept=fall.konzept).delete()
    Druckauftrag.objects.filter(konzept=fall.konzept).delete()


def _nach_aenderung(fall: Fall) -> Lauf:
    """The measure has another title than when the kept pieces were made."""
    Massnahme.objects.filter(pk=fall.massnahme.pk).update(titel=f"Fortgeschrieben zum {time.monotonic_ns()}. Mal")
    return _drucke(fall)


def _behalten(fall: Fall) -> Lauf:
    """Asked for once more, as nothing has changed since: the whole answer of the page."""
    return _hole_pdf(fall, f"{fall.adresse}/druck.pdf")


def _fassung(fall: Fall) -> Lauf:
    return _hole_pdf(fall, f"{fall.adresse}/fassungen/{fall.fassung.nummer}/{AusgabeArt.DRUCK}.pdf")


def _drucke(fall: Fall) -> Lauf:
    """The job of the print as it would be asked for now, from the moment a worker takes it."""
    stand = arbeitsstand.nimm_auf(fall.konzept)
    wunsch = auftraege.Wunsch(fall.konzept, stand.ART, stand.als_bytes(), arbeitsstand.GEGENSTAND)
    auftrag = auftraege.beauftrage(wunsch, Benutzer.objects.get(email=BENUTZER))
    lauf = im_kind(lambda: arbeite_ab(art(auftraege.ART)))
    auftrag.refresh_from_db(fields=["status", "fehler"])
    if auftrag.status != Status.FERTIG:
        raise SystemExit(f"The print of {fall.groesse} ended as {auftrag.status}: {auftrag.fehler}")
    return lauf


def _hole_pdf(fall: Fall, adresse: str) -> Lauf:
    beginn, cpu = time.perf_counter(), time.process_time()
    antwort = fall.client.get(adresse)
    lauf = Lauf(time.perf_counter() - beginn, time.process_time() - cpu)
    if antwort.headers["Content-Type"] != "application/pdf":
        raise SystemExit(f"{adresse} answered {antwort.status_code} without a PDF")
    return lauf


FIGUREN = (
    ("cold", _kalt),
    ("after one edit", _nach_aenderung),
    ("kept", _behalten),
    ("kept, Fassung", _fassung),
)
"""In the order in which a round has them, since each finds what the one before has left."""


# With the real worker


def _mit_dienst(fall: Fall) -> None:
    _vergiss(fall)
    adresse = f"{fall.adresse}/druck.pdf"
    with _dienst() as dienst:
        groesster, alle = _speicher(dienst.pid, lambda: fall.client.get(adresse))
        print(f"300 measures with the worker: largest process {groesster:.0f} MB (goal: at most {GROESSTER_300}), "
              f"all together {alle:.0f} MB (goal: at most {ALLE_300})", flush=True)  # fmt: skip
        formular = f"{fall.adresse}/massnahmen/{fall.massnahme.pk}/bearbeiten/"
        speichere = speichern(fall.client, formular, "_speichern", "_version")
        dauern = []
        for _ in range(KLICKS):
            speichere()
            time.sleep(RUHE)
            dauern.append(_bis_zum_pdf(fall.client, adresse))
    print(f"from the click to the PDF, {RUHE} s after an edit: {statistics.median(dauern):.2f} s "
          f"(goal: at most {KLICK_300:.1f})", flush=True)  # fmt: skip


def _bis_zum_pdf(client: Client, adresse: str) -> float:
    """Seconds until the PDF is there, for who looks for it ten times a second."""
    beginn = time.perf_counter()
    antwort = client.get(adresse)
    warteseite = antwort.headers.get("Location", "")
    while antwort.headers["Content-Type"] != "application/pdf":
        time.sleep(0.1)
        antwort = client.get(f"{warteseite}&{DATEI}")
    return time.perf_counter() - beginn


def _speicher(pid: int, bitte: Callable[[], object]) -> tuple[float, float]:
    """MB of the largest process of a worker (with what it shares) and of all together (what they share counts once),
    each at its highest, from when it is asked for a print until that is there."""
    bitte()
    groesster = alle = 0.0
    while Druckauftrag.objects.offene().exists():
        zahlen = [belegt(nummer) for nummer in {pid, *nachkommen(pid)}]
        groesster = max([groesster, *(eigener for eigener, _ in zahlen)])
        alle = max(alle, sum(anteil for _, anteil in zahlen))
        time.sleep(MESSEN)
    return groesster, alle


def belegt(pid: int) -> tuple[float, float]:
    """Its resident memory, and the share of that which is its own, in MB."""
    try:
        zeilen = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:  # gone meanwhile
        return 0.0, 0.0
    kb = {zeile.split()[0]: int(zeile.split()[1]) for zeile in zeilen}
    return kb.get("Rss:", 0) / 1024, kb.get("Pss:", 0) / 1024


@contextmanager
def _dienst() -> Iterator[subprocess.Popen]:
    """`manage.py arbeite`, ready."""
    with subprocess.Popen([sys.executable, "manage.py", "arbeite"], cwd=settings.BASE_DIR) as dienst:
        try:
            warte(Arbeiter.objects.exists, 60)
            yield dienst
        finally:
            dienst.terminate()


# Processes


def im_kind(tue: Callable[[], object]) -> Lauf:
    """In a process that is forked from this one, as a worker does; with those that it waits for."""
    connections.close_all()
    sys.stdout.flush()
    beginn = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        ende = 1
        try:
            tue()
            connections.close_all()
            ende = 0
        finally:
            os._exit(ende)
    return _warte_auf(pid, beginn, "A print")


def _druck_von(chromium: str, fall: Fall) -> list[str]:
    """The command that prints what we print, too."""
    ordner = Path(settings.DATA_DIR)
    stand = arbeitsstand.nimm_auf(fall.konzept)
    wie = arbeitsstand.ausfertigung(stand.tag, stand.bilder)
    html = ordner / "konzept.html"
    html.write_text(ressourcen.eigenstaendig(druck_html(druckbar(stand.dokument), ausfertigung=wie)), encoding="utf-8")
    wohin = [f"--user-data-dir={ordner}/chromium", f"--print-to-pdf={ordner}/chromium.pdf"]
    return [chromium, *CHROMIUM, *wohin, html.as_uri()]


def _prozess(befehl: list[str]) -> Lauf:
    beginn = time.perf_counter()
    prozess = subprocess.Popen(befehl, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lauf = _warte_auf(prozess.pid, beginn, befehl[0])
    prozess.returncode = 0
    return lauf


def _warte_auf(pid: int, beginn: float, name: str) -> Lauf:
    _, stand, verbrauch = os.wait4(pid, 0)
    lauf = Lauf(time.perf_counter() - beginn, verbrauch.ru_utime + verbrauch.ru_stime)
    if ende := os.waitstatus_to_exitcode(stand):
        raise SystemExit(f"{name} ended with {ende}")
    return lauf
