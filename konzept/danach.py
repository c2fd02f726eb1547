"""Work after the answer: nobody waits for it, and from how long it takes nobody learns anything.

It is kept in the memory of this process alone. What must not be lost when the server stops does not belong here: it is
a row for the worker (`konzept.hintergrund`).
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from django.conf import settings
from django.db import connections, transaction

protokoll = logging.getLogger(__name__)

_faeden = ThreadPoolExecutor(max_workers=2, thread_name_prefix="danach")
"""Two at a time; the rest waits its turn."""


def danach(arbeit: Callable[[], None]) -> None:
    """Do `arbeit` in a thread with a database connection of its own, as soon as what is written here is committed.

    What it raises is logged and reaches nobody. Do not hand it the request: the server is done with that.
    """
    if settings.DANACH_IM_HINTERGRUND:
        umgebung = copy_context()
        transaction.on_commit(lambda: _faeden.submit(umgebung.run, _im_faden, arbeit))
    else:
        _tue(arbeit)


def _im_faden(arbeit: Callable[[], None]) -> None:
    try:
        _tue(arbeit)
    finally:
        connections.close_all()


def _tue(arbeit: Callable[[], None]) -> None:
    try:
        arbeit()
    except Exception:
        protokoll.exception("Work after an answer failed.")
