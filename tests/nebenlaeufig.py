"""Several people at the same moment: each in a thread with its own connection to the database."""

import threading
from collections.abc import Callable
from time import monotonic

import pytest
from django.db import connection

FRIST = 60
"""Seconds after which what is still at work counts as stuck, and the test fails."""


def gleichzeitig(*handlungen: Callable[[], object], abgelehnt: type[Exception] | tuple = ()) -> list:
    """What each of these functions returned, in their order, or the exception of the kind `abgelehnt` that it raised.

    Every other exception is raised here. The test needs `django_db(transaction=True)`.
    """
    start = threading.Barrier(len(handlungen), timeout=FRIST)
    ergebnisse, fehler = [None] * len(handlungen), []

    def handle(platz: int, handlung: Callable[[], object]) -> None:
        try:
            start.wait()
            ergebnisse[platz] = handlung()
        except abgelehnt as ausnahme:
            ergebnisse[platz] = ausnahme
        except Exception as ausnahme:
            fehler.append(ausnahme)
        finally:
            connection.close()

    faeden = [threading.Thread(target=handle, args=paar, daemon=True) for paar in enumerate(handlungen)]
    ende = monotonic() + FRIST
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join(max(0, ende - monotonic()))
    if any(faden.is_alive() for faden in faeden):
        pytest.fail(f"Not done within {FRIST} s.")
    if fehler:
        raise ExceptionGroup("in threads", fehler)
    return ergebnisse
