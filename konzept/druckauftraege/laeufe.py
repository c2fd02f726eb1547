"""Print jobs under way: each is a process of its own, and every page can see whether it is at work or failed.

This stands in the cache: a sign of life, which the process renews and which runs out soon after it was killed, and for
a day that something failed. Whoever finds a PDF missing and nobody at work starts the process (again).

Only so many are under way at once, for each account and in all (see `konzept.grenzen`): each takes one of as many keys
of the cache, which it renews along with its sign of life.
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

from konzept import dateirechte, grenzen

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
OEFFENTLICH = "oeffentlich"
"""For whom a print counts that is for everybody."""
EIGENE, ALLE = "eigene", "alle"
"""Of which prints there are too many at the moment: of one's own, or of everybody's."""


class Auftrag(NamedTuple):
    """A job for a process. `kennung` stands for what comes out of it: whoever asks for the same waits for the same
    process. `art` says who makes it (see `melde_an`), `angaben` tell it what to read."""

    kennung: str
    art: str
    angaben: tuple[str, ...]


class Lauf(NamedTuple):
    """Since when somebody is at work, if anybody; and whether it failed, and is not tried before somebody asks. `voll`
    says that it was not started because there are too many (EIGENE or ALLE)."""

    seit: datetime | None = None
    gescheitert: bool = False
    voll: str = ""

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


def fuer_konto(benutzer) -> str:
    """For whom a print counts that an account asks for."""
    return f"konto-{benutzer.pk}"


def beauftrage(auftrag: Auftrag, fuer: str) -> str:
    """Start it unless somebody is at work on it; not inside a transaction, which a process would not see. Where
    `settings.DRUCK_IM_HINTERGRUND` is off it is made before this returns.

    `fuer` is whom it counts for (see `fuer_konto`, OEFFENTLICH). Returns "", or of which prints there are too many
    (see `Lauf.voll`): then nothing was started.
    """
    # Only one of several visitors gets the key.
    if not cache.add(_lauf(auftrag.kennung), timezone.now(), ANLAUF):
        return ""
    if voll := _belege(auftrag.kennung, fuer):
        cache.delete(_lauf(auftrag.kennung))
        return voll
    versuche = cache.get(_versuche(auftrag.kennung), 0)
    if versuche == VERSUCHE:
        log.error("The print %s %s was started %s times without a result.", auftrag.art, auftrag.angaben, versuche)
        merke_fehler(auftrag.kennung)
        gib_frei(auftrag.kennung)
    elif settings.DRUCK_IM_HINTERGRUND:
        cache.set(_versuche(auftrag.kennung), versuche + 1, BEHALTEN)
        _starte(auftrag)
    else:
        try:
            fuehre_aus(auftrag)
        finally:
            gib_frei(auftrag.kennung)
    return ""


def _belege(kennung: str, fuer: str) -> str:
    """Take one key for whom it counts, and one of all."""
    eigene = (ALLE, grenzen.DRUCKE_OEFFENTLICH) if fuer == OEFFENTLICH else (EIGENE, grenzen.DRUCKE_JE_KONTO)
    belegt = []
    for name, voll, anzahl in ((fuer, *eigene), ("alle", ALLE, grenzen.DRUCKE_INSGESAMT)):
        schluessel = [f"druck-belegt-{name}-{nummer}" for nummer in range(anzahl)]
        # Reading removes what has run out, so that adding can tell whether somebody else was quicker.
        vergeben = cache.get_many(schluessel)
        frei = next((s for s in schluessel if s not in vergeben and cache.add(s, kennung, ANLAUF)), None)
        if frei is None:
            cache.delete_many(belegt)
            return voll
        belegt.append(frei)
    cache.set(_belegt(kennung), belegt, ANLAUF)
    return ""


def gib_frei(kennung: str) -> None:
    """Nobody is at work on it any more."""
    cache.delete_many([*cache.get(_belegt(kennung), ()), _belegt(kennung), _lauf(kennung)])


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
    belegt = cache.get(_belegt(kennung), [])
    zeichen = {_lauf(kennung): seit, _belegt(kennung): belegt} | dict.fromkeys(belegt, kennung)

    def melde():
        while not ende.is_set():
            cache.set_many(zeichen, LEBENSZEICHEN)
            ende.wait(TAKT)
        connection.close()

    faden = threading.Thread(target=melde)
    faden.start()
    try:
        yield
    finally:
        ende.set()
        faden.join()
        gib_frei(kennung)


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


def _belegt(kennung: str) -> str:
    return _name(kennung, "belegt")


def _fehler(kennung: str) -> str:
    return _name(kennung, "gescheitert")


def _versuche(kennung: str) -> str:
    return _name(kennung, "versuche")


def _name(kennung: str, was: str) -> str:
    """A key of the cache, whatever an address may hold."""
    return f"druck-{hashlib.sha256(kennung.encode()).hexdigest()}-{was}"
