"""A job in a process of its own: it can be killed whatever it does, and the memory comes back."""

import os
import resource
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import connections

from konzept.elternprozess import stirb_mit_ihm

from .arten import Art
from .lauf import fuehre_aus
from .models import Auftrag

LEISE = 19
"""By so much nicer than others is a process for whose work nobody waits, and all that it starts: the most there is."""


@dataclass
class Kindprozess:
    """A process that does rows under one lease, and must end before `frist` (of time.monotonic). `grund` says why it
    was killed, once it was: None if nobody has to write anything about that."""

    pid: int
    art: Art
    pacht: UUID
    frist: float
    getoetet: bool = False
    grund: str | None = ""

    def toete(self, grund: str | None) -> None:
        """End it and all that it started; what is written of it then is `grund` (see `Arbeiter`)."""
        self.getoetet, self.grund = True, grund
        self.toete_gruppe()

    def toete_gruppe(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def starte(art: Art, auftraege: list[Auftrag]) -> Kindprozess:
    """Fork. No connection may be open then, as two processes would talk on it at once, and there may be no other
    thread, whose locks the child would wait for."""
    if threading.active_count() > 1:
        raise RuntimeError("A worker that has threads cannot fork.")
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    eltern = os.getpid()
    pid = os.fork()
    if pid == 0:
        ende = 1
        try:
            _richte_ein(art, eltern)
            fuehre_aus(art, auftraege)
            connections.close_all()
            ende = 0
        finally:
            with suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(ende)
    with suppress(ProcessLookupError, PermissionError):
        # The child does the same: whichever of the two comes first, the group exists before either needs it.
        os.setpgid(pid, pid)
    return Kindprozess(pid, art, auftraege[0].pacht, time.monotonic() + art.dauer)


def _richte_ein(art: Art, eltern: int) -> None:
    signal.set_wakeup_fd(-1)
    for nummer in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(nummer, signal.SIG_DFL)
    with suppress(PermissionError):
        os.setpgid(0, 0)
    stirb_mit_ihm(eltern)
    if art.leise:
        os.nice(LEISE)
    # Some systems know no such limit, and then there is none.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (art.speicher, art.speicher))
