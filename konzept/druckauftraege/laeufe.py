"""Print jobs under way: each is a process of its own, and every page can see whether it is at work or failed.

This stands in the cache: a sign of life, which the process renews and which runs out soon after it was killed, and for
a day that something failed. Whoever finds a PDF missing and nobody at work starts the process (again).
"""

import fcntl
import hashlib
import logging
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from konzept import dateirechte

log = logging.getLogger(__name__)

ANLAUF = 60
"""Seconds within which a process that was started gives its first sign of life."""
TAKT, LEBENSZEICHEN = 5, 25
"""Seconds between two signs of life, and after how many without one the process counts as dead."""
VERSUCHE = 3
"""How often within `BEHALTEN` a process is started that ends without result or word, such as for want of memory."""
PLAETZE = 2
"""How many processes typeset at once on a machine, since each may need a gigabyte."""
BEHALTEN = 24 * 60 * 60
"""Seconds for which a failure is remembered."""


class Auftrag(NamedTuple):
    """A job for a process. `kennung` stands for what comes out of it: whoever asks for the same waits for the same
    process. `art` says who makes it (see `melde_an`), `angaben` tell it what to read."""

    kennung: str
    art: str
    angaben: tuple[str, ...]


class Lauf(NamedTuple):
    """Since when somebody is at work, if anybody; and whether it failed, and is not tried before somebody asks."""

    seit: datetime | None = None
    gescheitert: bool = False

    @property
    def sekunden(self) -> int:
        """How long somebody has been at work; 0 where nobody is."""
        return round((timezone.now() - self.seit).total_seconds()) if self.seit else 0


_arten: dict[str, str] = {}


def melde_an(art: str, pfad: str) -> None:
    """For the `ready()` of an app: the function at a dotted path makes jobs of this kind, called with their `angaben`
    as strings. What it raises counts as failure."""
    _arten[art] = pfad


def arten() -> list[str]:
    return sorted(_arten)


def laeufe(*kennungen: str) -> list[Lauf]:
    """How far each is. One query."""
    gemerkt = cache.get_many([schluessel(k) for k in kennungen for schluessel in (_lauf, _fehler)])
    return [Lauf(gemerkt.get(_lauf(k)), _fehler(k) in gemerkt) for k in kennungen]


def beauftrage(auftrag: Auftrag) -> None:
    """Start it unless somebody is at work on it; not inside a transaction, which a process would not see.
    Where `settings.DRUCK_IM_HINTERGRUND` is off it is made before this returns."""
    # Only one of several visitors gets the key.
    if not cache.add(_lauf(auftrag.kennung), timezone.now(), ANLAUF):
        return
    versuche = cache.get(_versuche(auftrag.kennung), 0)
    if versuche == VERSUCHE:
        log.error("The print %s %s was started %s times without a result.", auftrag.art, auftrag.angaben, versuche)
        merke_fehler(auftrag.kennung)
        cache.delete(_lauf(auftrag.kennung))
    elif settings.DRUCK_IM_HINTERGRUND:
        cache.set(_versuche(auftrag.kennung), versuche + 1, BEHALTEN)
        _starte(auftrag)
    else:
        fuehre_aus(auftrag)


def _starte(auftrag: Auftrag) -> None:
    befehl = ["druckauftrag", "--kennung", auftrag.kennung, "--", auftrag.art, *auftrag.angaben]
    prozess = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, settings.BASE_DIR / "manage.py", *befehl],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Waits for its end, so that no zombie is left; where the server ends first, the process goes on by itself.
    threading.Thread(target=prozess.wait, daemon=True).start()


def fuehre_aus(auftrag: Auftrag) -> bool:
    """Make it, here and now; whether that worked. What goes wrong is logged and remembered for the pages."""
    try:
        import_string(_arten[auftrag.art])(*auftrag.angaben)
    except Exception:  # whatever it was: the page has to say that there will be no PDF
        log.exception("The print %s %s cannot be made.", auftrag.art, auftrag.angaben)
        merke_fehler(auftrag.kennung)
        return False
    finally:
        cache.delete(_lauf(auftrag.kennung))
    return True


def merke_fehler(kennung: str) -> None:
    cache.set(_fehler(kennung), True, BEHALTEN)


def vergiss_fehler(*kennungen: str) -> None:
    """So that the next visit tries again."""
    cache.delete_many([schluessel(k) for k in kennungen for schluessel in (_fehler, _versuche)])


@contextmanager
def lebenszeichen(kennung: str) -> Iterator[None]:
    """Let the pages know, as long as it lasts, that this process is at work."""
    seit, ende = cache.get(_lauf(kennung)) or timezone.now(), threading.Event()

    def melde():
        while not ende.is_set():
            cache.set(_lauf(kennung), seit, LEBENSZEICHEN)
            ende.wait(TAKT)
        connection.close()

    faden = threading.Thread(target=melde)
    faden.start()
    try:
        yield
    finally:
        ende.set()
        faden.join()
        cache.delete(_lauf(kennung))


@contextmanager
def platz(kennung: str) -> Iterator[None]:
    """Wait for one of `PLAETZE`; a process that is killed leaves its own by itself."""
    nummer = zlib.crc32(kennung.encode()) % PLAETZE
    # Whoever may open the file can lock it, too.
    pfad = settings.DATA_DIR / f"druckplatz-{nummer}.lock"
    dateirechte.verschliesse(pfad)
    with open(pfad, "w", opener=dateirechte.oeffner) as datei:
        fcntl.flock(datei, fcntl.LOCK_EX)
        yield


def _lauf(kennung: str) -> str:
    return _name(kennung, "laeuft")


def _fehler(kennung: str) -> str:
    return _name(kennung, "gescheitert")


def _versuche(kennung: str) -> str:
    return _name(kennung, "versuche")


def _name(kennung: str, was: str) -> str:
    """A key of the cache, whatever an address may hold."""
    return f"druck-{hashlib.sha256(kennung.encode()).hexdigest()}-{was}"
