"""The real worker as a process of its own, on the database of the test, and jobs for it that are easy to watch.

A test needs `django_db(transaction=True)`, as the process sees only what is committed.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.satz.nebeneinander import setze_nebeneinander
from konzept.satz.stueck import Satzauftrag

WURZEL = Path(__file__).parent.parent
PACHT = 3
"""Seconds of a lease here."""


PROGRAMM = ("-c", "import django; django.setup(); from tests.dienst import arbeite; arbeite()")


class Probe(Aufnahme, frozen=True, kw_only=True):
    """A print that says "%PDF" and its name, after `dauer` seconds; in them it does `tue`."""

    ART: ClassVar[str] = "probe"

    name: str
    dauer: float = 0
    tue: str = ""

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        fortschritt(1, 4)
        if self.tue == "kinder":
            subprocess.run([sys.executable, "-c", _KINDER, str(self.dauer)], cwd=WURZEL, check=True)
        elif self.tue == "satz":
            wort = '<html lang="de"><title>x</title><body>' + "<p>Ein Absatz mit einigen Worten.</p>" * 1500
            list(setze_nebeneinander([Satzauftrag(html=wort, dateien={})] * 2))
        elif self.tue == "speicher":
            bytearray(4_000_000_000)
        elif self.tue == "stirb":
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            time.sleep(self.dauer)
        return f"%PDF {self.name}".encode()


_KINDER = """
import os, sys, time
from konzept.elternprozess import stirb_mit_ihm
stirb_mit_ihm()
if os.fork() == 0:
    stirb_mit_ihm()
time.sleep(float(sys.argv[1]))
"""


class Dienst:
    """A worker under way; `pid` is its number."""

    def __init__(self, prozess: subprocess.Popen, protokoll: Path):
        self._prozess, self._protokoll = prozess, protokoll
        self.pid = prozess.pid

    def sende(self, nummer: int) -> None:
        self._prozess.send_signal(nummer)

    def ende(self, frist: float = 30) -> int:
        """Wait until it has ended; its exit code."""
        return self._prozess.wait(frist)

    @property
    def lebt(self) -> bool:
        return self._prozess.poll() is None

    @property
    def protokoll(self) -> str:
        return self._protokoll.read_text()

    def nachkommen(self, mit: str = "") -> set[int]:
        """All processes that it started, and those that these started; only those with a word on their command line."""
        return {pid for pid in nachkommen(self.pid) if mit in _befehl(pid)}


@contextmanager
def dienst(
    ordner: Path, *argumente: str, pacht: float = PACHT, programm: tuple[str, ...] = PROGRAMM
) -> Iterator[Dienst]:
    """`with dienst(tmp_path) as d`: it has begun, and nothing of it is left afterwards."""
    from konzept.hintergrund.models import Arbeiter

    protokoll = ordner / f"dienst-{time.monotonic_ns()}.txt"
    vorher = set(Arbeiter.objects.values_list("name", flat=True))
    with open(protokoll, "w") as datei:
        prozess = subprocess.Popen(
            [sys.executable, *programm, *argumente],
            cwd=WURZEL,
            env=os.environ | umgebung() | {"PROBE_PACHT": str(pacht)},
            stdin=subprocess.DEVNULL,
            stdout=datei,
            stderr=datei,
        )
    d = Dienst(prozess, protokoll)
    try:
        warte(lambda: not d.lebt or set(Arbeiter.objects.values_list("name", flat=True)) - vorher, 60)
        assert d.lebt, d.protokoll
        yield d
    finally:
        uebrig = d.nachkommen()
        for nummer in (signal.SIGCONT, signal.SIGTERM, signal.SIGTERM):
            if d.lebt:
                prozess.send_signal(nummer)
        try:
            prozess.wait(20)
        except subprocess.TimeoutExpired:
            prozess.kill()
            prozess.wait()
        for pid in uebrig & laufende():
            os.kill(pid, signal.SIGKILL)


def umgebung() -> dict[str, str]:
    """What makes another process work on the database and in the folder of this test."""
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        ort = f"sqlite:///{name}"
    else:
        zugang = connection.settings_dict
        ort = f"postgres://{zugang['USER']}:{zugang['PASSWORD']}@{zugang['HOST']}:{zugang['PORT']}/{name}"
    return {
        "DJANGO_SETTINGS_MODULE": "konzept.settings",
        "KONZEPTWERK_DEBUG": "1",
        "KONZEPTWERK_DATA": str(settings.DATA_DIR),
        "DATABASE_URL": ort,
    }


def warte(bis: Callable[[], object], sekunden: float = 30) -> object:
    """What `bis` returned as soon as that was true."""
    ende = time.monotonic() + sekunden
    while not (ergebnis := bis()):
        assert time.monotonic() < ende, f"Not within {sekunden} s."
        time.sleep(0.05)
    return ergebnis


def _eltern() -> dict[int, int]:
    """The parent of every process that runs (not of those that have ended and are only not yet asked for)."""
    eltern = {}
    for ort in Path("/proc").glob("[0-9]*/stat"):
        try:
            zustand, vater = ort.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # gone meanwhile
            continue
        if zustand not in "ZX":
            eltern[int(ort.parent.name)] = int(vater)
    return eltern


def _befehl(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def laufende() -> set[int]:
    return set(_eltern())


def nachkommen(pid: int) -> set[int]:
    eltern, gefunden = _eltern(), {pid}
    while neue := {kind for kind, vater in eltern.items() if vater in gefunden} - gefunden:
        gefunden |= neue
    return gefunden - {pid}


def arbeite() -> None:
    """`manage.py arbeite` with one more kind of print, and a lease that runs out sooner."""
    from dataclasses import replace
    from datetime import timedelta

    from django.core.management import call_command

    from konzept.druckauftraege import aufnahme
    from konzept.hintergrund import arbeiter, arten, pacht

    aufnahme.melde_an("probe", "tests.dienst.Probe")
    for art in [art for art in arten.arten() if art.bereite_vor]:  # nothing is typeset
        arten.melde_an(replace(art, bereite_vor=""))
    pacht.PACHT = timedelta(seconds=float(os.environ["PROBE_PACHT"]))
    arbeiter.ERNEUERN = pacht.PACHT.total_seconds() / 5
    arbeiter.RAEUMEN = 0.5
    call_command("arbeite", *sys.argv[1:])
