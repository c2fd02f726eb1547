"""Pieces of a print typeset side by side, each in a process of its own.

The processes are forked from this one, which is warm: WeasyPrint, fonts and patterns are loaded. Each ends with its
piece, so that nothing has to be cleared away, and is bounded in time and memory.
"""

import gc
import logging
import os
import resource
import selectors
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from konzept.elternprozess import stirb_mit_ihm

from .setzen import DruckFehler, SatzAbgebrochen, TeilUnsetzbar, setze_stueck
from .stueck import Satzauftrag, Stueck, lies

log = logging.getLogger(__name__)

PROZESSE = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
"""So many side by side, where nobody says otherwise: the processors that this process may use."""
FRIST = 600
"""Seconds that a piece may take."""
SPEICHER = 1_500_000_000
"""Bytes of address space that typesetting a piece may take, beside what was loaded before."""
FREUNDLICH = 5
"""By how much it stands back behind who serves pages."""
LEISE = 15
"""The niceness from which on one is at work for whom nobody waits."""
GUT, FEHLER, UNSETZBAR, ZU_GROSS = b"+", b"!", b"?", b"m"


def setze_nebeneinander(auftraege: list[Satzauftrag], prozesse: int = 0) -> Iterator[tuple[int, Stueck]]:
    """Each piece as soon as it is ready, with the number of its Satzauftrag. The largest are begun first, at most
    `prozesse` at once (0: as many as there are processors, and one where this process has a low priority).

    Raises TeilUnsetzbar where a piece cannot be typeset or takes too much time or memory, SatzAbgebrochen where its
    process was killed, and DruckFehler where a static: file is missing. No process is left behind.
    """
    zugleich = prozesse or (1 if os.nice(0) >= LEISE else PROZESSE)
    offen = sorted(range(len(auftraege)), key=lambda i: len(auftraege[i].html))
    laufende: list[_Kind] = []
    with selectors.DefaultSelector() as rohre:
        try:
            while offen or laufende:
                while offen and len(laufende) < zugleich:
                    kind = _beginne(offen[-1], auftraege[offen.pop()])
                    laufende.append(kind)
                    rohre.register(kind.rohr, selectors.EVENT_READ, kind)
                for schluessel, _ in rohre.select(max(0.0, min(k.bis for k in laufende) - time.monotonic())):
                    kind = schluessel.data
                    if not kind.lies_weiter():
                        rohre.unregister(kind.rohr)
                        laufende.remove(kind)
                        yield kind.nummer, kind.ergebnis()
                for kind in laufende:
                    if time.monotonic() > kind.bis:
                        zu_lang = f"zu setzen dauerte länger als {FRIST // 60} Minuten."
                        raise TeilUnsetzbar(f"{_name(kind.auftrag)} {zu_lang}")
        finally:
            for kind in laufende:
                kind.toete()


@dataclass
class _Kind:
    pid: int
    rohr: int
    nummer: int
    auftrag: Satzauftrag
    bis: float
    gelesen: list[bytes] = field(default_factory=list)

    def lies_weiter(self) -> bool:
        """Read what the process has written to its pipe; False once it has closed it."""
        teil = os.read(self.rohr, 1 << 20)
        self.gelesen.append(teil)
        return bool(teil)

    def ergebnis(self) -> Stueck:
        os.close(self.rohr)
        ende = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        inhalt = b"".join(self.gelesen)
        art, rest = inhalt[:1], inhalt[1:]
        if ende == 0 and art == GUT:
            return lies(rest)
        if art == ZU_GROSS:
            raise TeilUnsetzbar(f"{_name(self.auftrag)} zu setzen brauchte mehr Arbeitsspeicher, als dafür da ist.")
        if art == UNSETZBAR:
            raise TeilUnsetzbar(rest.decode())
        if art == FEHLER:
            raise DruckFehler(rest.decode(errors="replace"))
        raise SatzAbgebrochen(f"{_name(self.auftrag)} zu setzen brach ab, wohl aus Mangel an Arbeitsspeicher.")

    def toete(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.rohr)


def _name(auftrag: Satzauftrag) -> str:
    return f"„{auftrag.name}“" if auftrag.name else "Einen Teil"


def _beginne(nummer: int, auftrag: Satzauftrag) -> _Kind:
    lesen, schreiben = os.pipe()
    eltern = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(lesen)
            _richte_ein(eltern)
            _sende(schreiben, _versuche(auftrag))
        finally:
            os._exit(0)
    os.close(schreiben)
    return _Kind(pid, lesen, nummer, auftrag, time.monotonic() + FRIST)


def _richte_ein(eltern: int) -> None:
    stirb_mit_ihm(eltern)
    signal.set_wakeup_fd(-1)
    for nummer in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(nummer, signal.SIG_DFL)
    with suppress(OSError):
        os.nice(FREUNDLICH)
    # Some systems know no such limit, and then there is none.
    with suppress(ValueError, OSError):
        _, hoechstens = resource.getrlimit(resource.RLIMIT_AS)
        grenze = _belegt() + SPEICHER
        if hoechstens != resource.RLIM_INFINITY:
            grenze = min(grenze, hoechstens)
        resource.setrlimit(resource.RLIMIT_AS, (grenze, hoechstens))
    # What layout makes lives until the process ends, so that searching it for garbage only costs time, a seventh of it.
    gc.disable()


def _belegt() -> int:
    """Bytes of address space that this process has now."""
    with open("/proc/self/statm") as datei:
        return int(datei.read().split()[0]) * resource.getpagesize()


def _versuche(auftrag: Satzauftrag) -> bytes:
    try:
        return GUT + setze_stueck(auftrag).als_bytes()
    except MemoryError:
        return ZU_GROSS
    except DruckFehler as fehler:
        return FEHLER + str(fehler).encode()
    except Exception as fehler:  # whoever waits has to be told which part it was
        log.exception("A piece could not be typeset: %s", auftrag.name)
        return UNSETZBAR + f"{_name(auftrag)} lässt sich nicht setzen ({type(fehler).__name__}).".encode()


def _sende(rohr: int, inhalt: bytes) -> None:
    rest = memoryview(inhalt)
    while rest:
        rest = rest[os.write(rohr, rest) :]
