"""How a worker learns at once that something waits: PostgreSQL tells it; SQLite says when its file has changed.

Both only shorten the wait. A worker looks by itself after `BLICK` too, since a pooler between it and PostgreSQL may
swallow the call.
"""

import select
import time

from django.db import connection

KANAL = "konzeptwerk_hintergrund"
BLICK = 1.0
"""Seconds after which a worker looks by itself whether something waits."""
SQLITE_TAKT = 0.1
"""Seconds between two questions whether the file has changed; each takes some microseconds."""


def rufe() -> None:
    """Wake the workers, once what is written in this transaction can be seen. One statement on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {KANAL}")


class Ohr:
    """Listens on the connection of this process, anew where that was closed in between."""

    def __init__(self):
        self._verbindung = self._stand = None

    def hoere(self) -> None:
        """From here on nothing is missed. Call this before looking for what waits."""
        connection.ensure_connection()
        if connection.vendor != "postgresql":
            self._stand = self._dateistand()
        elif self._verbindung is not connection.connection:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {KANAL}")
            self._verbindung = connection.connection

    def warte(self, sekunden: float, wecker: int) -> None:
        """Until somebody calls, something can be read from the descriptor `wecker`, or the time is over."""
        if connection.vendor == "postgresql":
            self._warte_auf_ruf(sekunden, wecker)
        else:
            self._warte_auf_aenderung(sekunden, wecker)

    def _warte_auf_ruf(self, sekunden: float, wecker: int) -> None:
        verbindung = connection.connection
        if verbindung.notifies:
            # A notification may have come along with the answer to an earlier query.
            verbindung.notifies.clear()
            return
        bereit, _, _ = select.select([verbindung, wecker], [], [], sekunden)
        if verbindung in bereit:
            verbindung.poll()
            verbindung.notifies.clear()

    def _warte_auf_aenderung(self, sekunden: float, wecker: int) -> None:
        ende = time.monotonic() + sekunden
        while (rest := ende - time.monotonic()) > 0:
            if select.select([wecker], [], [], min(rest, SQLITE_TAKT))[0] or self._dateistand() != self._stand:
                return

    @staticmethod
    def _dateistand() -> int:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA data_version").fetchone()[0]
