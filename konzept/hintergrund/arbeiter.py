"""The worker: one thread that takes what waits, has it done by processes of its own, and looks after them.

Whatever happens to the database, it goes on: each step is guarded by itself, so that one row that cannot be read does
not stop all others, and a lost connection is opened anew.
"""

import gc
import logging
import os
import select
import signal
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.db import connection

from . import pacht, termine, zustand
from .arten import Art, arten
from .kindprozess import Kindprozess, starte
from .weckruf import BLICK, Ohr

log = logging.getLogger(__name__)

ERNEUERN = 6.0
"""Seconds between two renewals of a lease: four may fail before it runs out."""
PRUEFEN = 0.5
"""Seconds between two looks whether a job under way was taken back."""
RAEUMEN = 5.0
"""Seconds between two looks for jobs that nobody is at work on any more."""
SCHLUSS = 60.0
"""Seconds that jobs under way get to come to their end when the worker is told to stop."""
PLAENE = 600.0
"""Seconds between two looks whether all that comes back by the calendar has its row."""
PAUSE_HOECHSTENS = 5.0
"""Seconds between two tries where a step failed, as where the database is not there. A lease runs out after 30, and
whatever is taken back or takes too long has to be ended meanwhile."""


class Arbeiter:
    """`laufe()` returns when a signal (SIGTERM, SIGINT) told it to stop and the jobs under way are done or given back.

    `plaetze` overrules by the name of a kind how many of its processes there are at once.
    """

    def __init__(self, plaetze: dict[str, int] | None = None):
        self._arten = [a for a in arten() if a.wird_getan() and (a.name != termine.ART or settings.TERMINE)]
        self._plaetze = {a.name: a.plaetze for a in self._arten} | (plaetze or {})
        self._kinder: list[Kindprozess] = []
        # Processes that have ended, which was not written to the database yet.
        self._beendet: list[Kindprozess] = []
        self._ohr = Ohr()
        self._zuletzt: dict[str, float] = {}
        self._schluss: float | None = None
        self._pause = 0.0
        # By step: the kinds of errors since it last succeeded.
        self._misslungen: dict[str, set[type]] = {}
        self.rechner = socket.gethostname()[:100]
        self.name = f"{self.rechner}-{os.getpid()}-{uuid.uuid4().hex[:8]}"

    def laufe(self) -> None:
        for art in self._arten:
            art.bereite_alles_vor()
        # Child processes share the memory of what is loaded as long as nobody writes to it. The garbage collector
        # would.
        gc.collect()
        gc.freeze()
        with _Wecker(self._auf_signal) as wecker:
            while self._schluss is None or self._kinder or self._beendet:
                self._runde()
                if self._schluss is not None and time.monotonic() > self._schluss:
                    break
                self._warte(wecker)
            self._gib_auf()
        self._schritt(lambda: zustand.melde_ab(self.name))

    def _auf_signal(self, *_) -> None:
        jetzt = time.monotonic()
        # Whoever asks a second time does not want to wait for running work.
        self._schluss = jetzt if self._schluss is not None else jetzt + SCHLUSS

    def _runde(self) -> None:
        gut = [
            self._schritt(self._ohr.hoere),
            self._alle(zustand.TAKT, self._melde_leben),
            self._sammle_ein(),
            self._schritt(self._trage_ein),
            self._alle(ERNEUERN, self._erneuere) and self._alle(PRUEFEN, self._pruefe),
        ]
        if self._schluss is None and settings.TERMINE:
            gut.append(self._alle(PLAENE, termine.stelle_bereit))
        if self._schluss is None:
            gut += [self._alle(RAEUMEN, pacht.raeume_abgelaufene), *(self._schritt(self._nimm, a) for a in self._arten)]
        self._pause = 0.0 if all(gut) else min(max(1.0, self._pause * 2), PAUSE_HOECHSTENS)

    def _schritt(self, tue: Callable, *womit) -> bool:
        name = " ".join([tue.__name__, *(w.name for w in womit if isinstance(w, Art))])
        try:
            tue(*womit)
        except Exception as fehler:  # the worker outlives whatever a step meets
            bekannte = self._misslungen.setdefault(name, set())
            # The trace is logged once: while the database is away, every step fails every few seconds.
            log.log(
                logging.WARNING if type(fehler) in bekannte else logging.ERROR,
                "The background worker could not do a step (%s: %s) and goes on.",
                name,
                type(fehler).__name__,
                exc_info=None if type(fehler) in bekannte else fehler,
            )
            bekannte.add(type(fehler))
            with suppress(Exception):
                connection.close()
            return False
        self._misslungen.pop(name, None)
        return True

    def _alle(self, sekunden: float, tue: Callable) -> bool:
        """A step that is due every so often; one that failed is due again at once."""
        if time.monotonic() - self._zuletzt.get(tue.__name__, float("-inf")) < sekunden:
            return True
        if gut := self._schritt(tue):
            self._zuletzt[tue.__name__] = time.monotonic()
        return gut

    def _melde_leben(self) -> None:
        zustand.melde_leben(self.name, self.rechner)

    def _nimm(self, art: Art) -> None:
        if art.leise and not all(k.art.leise for k in self._kinder):
            return
        while sum(k.art is art for k in self._kinder) < self._plaetze[art.name]:
            if not (auftraege := pacht.nimm(art, self.rechner)):
                return
            self._kinder.append(starte(art, auftraege))
            self._ohr.hoere()

    def _sammle_ein(self) -> bool:
        for kind in self._kinder:
            if not kind.getoetet and time.monotonic() > kind.frist:
                kind.toete(f"Das dauerte länger als {_minuten(kind.art.dauer)} und wurde darum beendet.")
        for pid in _beendete():
            for kind in [k for k in self._kinder if k.pid == pid]:
                # The process may have left others of its group behind.
                kind.toete_gruppe()
                self._kinder.remove(kind)
                self._beendet.append(kind)
        return True

    def _trage_ein(self) -> None:
        while self._beendet:
            kind = self._beendet[0]
            if kind.grund is not None:
                pacht.nimm_verlorene_zurueck(kind.art, kind.pacht, kind.grund)
            self._beendet.pop(0)

    def _erneuere(self) -> None:
        for kind in self._kinder:
            if not pacht.erneuere(kind.art, kind.pacht):
                kind.toete(None)

    def _pruefe(self) -> None:
        for kind in self._kinder:
            if not pacht.gehaltene(kind.art, kind.pacht).exists():
                kind.toete(None)

    def _gib_auf(self) -> None:
        for kind in self._kinder:
            kind.toete(None)
            os.waitpid(kind.pid, 0)
            self._schritt(pacht.gib_zurueck, kind.art, kind.pacht)

    def _warte(self, wecker: "_Wecker") -> None:
        if self._pause:
            wecker.warte(self._pause)
        else:
            dauer = min([BLICK, *(max(k.frist - time.monotonic(), 0.05) for k in self._kinder)])
            self._schritt(self._ohr.warte, dauer, wecker.lesen)
        wecker.leere()


def _beendete() -> Iterator[int]:
    """The processes that have ended. Where this one is the first of its machine, as in a container, they are not only
    its own: what a killed child leaves behind comes to it too, and would stay as a zombie."""
    with suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            yield pid


class _Wecker:
    """What makes a signal end a wait: a worker's own end, and that of one of its processes."""

    def __init__(self, auf_signal: Callable):
        self._auf_signal = auf_signal

    def __enter__(self) -> "_Wecker":
        self.lesen, self._schreiben = os.pipe()
        for ende in (self.lesen, self._schreiben):
            os.set_blocking(ende, False)
        signal.set_wakeup_fd(self._schreiben, warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, self._auf_signal)
        signal.signal(signal.SIGINT, self._auf_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(self, *_) -> None:
        signal.set_wakeup_fd(-1)
        for nummer in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(nummer, signal.SIG_DFL)
        os.close(self.lesen)
        os.close(self._schreiben)

    def warte(self, sekunden: float) -> None:
        select.select([self.lesen], [], [], sekunden)

    def leere(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self.lesen, 4096):
                pass


def _minuten(sekunden: int) -> str:
    return f"{sekunden // 60} Minuten" if sekunden >= 120 else f"{sekunden} Sekunden"
