"""How rows are done: the part that is the same in a process of its own and at once in this one."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from . import pacht
from .arten import Art
from .models import Auftrag, Status

log = logging.getLogger(__name__)

T = TypeVar("T")

WIEDER_DA = (1, 2, 4, 8, 15)
"""Seconds between two tries to write a result where the database is not there."""
ZU_WENIG_SPEICHER = "Der Arbeitsspeicher, der einem Auftrag zusteht, reichte nicht."
FEHLER = "Dabei trat ein Fehler auf ({}). Was es war, steht im Protokoll des Servers."


class Unmoeglich(Exception):
    """The job cannot be done, and never will be; the text is a sentence for those who wait."""


class Spaeter(Exception):
    """It did not work now. `ab` is when it is tried again, the text a sentence about what was wrong."""

    def __init__(self, ab: datetime, text: str):
        super().__init__(text)
        self.ab = ab


class Lauf:
    """What a function that does rows says about them. Every answer is False where the row is not held any more: then
    nothing was written, and it should stop."""

    def __init__(self):
        self._gemeldet = 0.0

    def fertig(self, auftrag: Auftrag, **felder) -> bool:
        """It is done; `felder` are written along. Inside a transaction this is part of it."""
        return beharrlich(lambda: pacht.beende(auftrag, Status.FERTIG, fehler="", **felder))

    def gescheitert(self, auftrag: Auftrag, fehler: str, **felder) -> bool:
        return beharrlich(lambda: pacht.beende(auftrag, Status.GESCHEITERT, fehler=fehler, **felder))

    def spaeter(self, auftrag: Auftrag, ab: datetime, **felder) -> bool:
        """Put the job back: it waits again, until `ab`. False where it is no longer ours."""
        return beharrlich(lambda: pacht.stelle_zurueck(auftrag, ab, **felder))

    def haelt(self, auftrag: Auftrag, **felder) -> bool:
        """Hold the row for the whole length of a lease from now: for what can be done only once. `felder` are written
        along, such as how often it was tried."""
        return pacht.schreibe(auftrag, pacht_bis=pacht.jetzt() + pacht.PACHT, **felder)

    def melde(self, auftrag: Auftrag, **felder) -> None:
        """How far it is, such as `fortschritt=3`; written at most once a second, and never in the way of the work."""
        if time.monotonic() - self._gemeldet >= 1:
            self._gemeldet = time.monotonic()
            try:
                pacht.schreibe(auftrag, **felder)
            except (DatabaseError, InterfaceError):
                log.warning("How far it is could not be written.", exc_info=True)
                if not connection.in_atomic_block:
                    # On a broken connection every further query would fail, and with it the work.
                    connection.close()


def fuehre_aus(art: Art, auftraege: list[Auftrag]) -> None:
    """Do rows that were taken. Those about which the function says nothing are done when it returns, and have failed
    when it raises: what it raises is logged, and reaches nobody."""
    lauf = Lauf()
    try:
        art.funktion(auftraege, lauf)
    except Spaeter as spaeter:
        for auftrag in auftraege:
            lauf.spaeter(auftrag, spaeter.ab, fehler=str(spaeter))
    except Unmoeglich as grund:
        _alle_gescheitert(art, auftraege, lauf, str(grund))
    except MemoryError:
        _alle_gescheitert(art, auftraege, lauf, ZU_WENIG_SPEICHER)
    except Exception as fehler:
        # Whatever went wrong, those who wait have to be told.
        _alle_gescheitert(art, auftraege, lauf, FEHLER.format(type(fehler).__name__))
    else:
        for auftrag in auftraege:
            lauf.fertig(auftrag)


def _alle_gescheitert(art: Art, auftraege: list[Auftrag], lauf: Lauf, text: str) -> None:
    log.exception("%s: %s cannot be done.", art.name, ", ".join(str(a) for a in auftraege))
    for auftrag in auftraege:
        lauf.gescheitert(auftrag, text)


def arbeite_ab(*arten_: Art) -> int:
    """Do all that waits of these kinds, here and now, one after another; how many rows that were. For tests, and where
    there is no worker by choice."""
    anzahl = 0
    for art in arten_:
        while auftraege := pacht.nimm(art, "hier"):
            fuehre_aus(art, auftraege)
            anzahl += len(auftraege)
    return anzahl


def beharrlich(schreibe: Callable[[], T]) -> T:
    """Write again and again, for half a minute: a result of minutes is not lost because the database was restarted just
    then. Inside a transaction once, as that is lost with the connection."""
    if connection.in_atomic_block:
        return schreibe()
    for pause in WIEDER_DA:
        try:
            return schreibe()
        except (OperationalError, InterfaceError):
            log.warning("The database is not there; the result is written in %s s.", pause, exc_info=True)
            connection.close()
            time.sleep(pause)
    return schreibe()


def in_sekunden(sekunden: float) -> datetime:
    """A moment after now, by the clock of the database."""
    return pacht.jetzt() + timedelta(seconds=sekunden)
