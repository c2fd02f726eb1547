"""Which concepts are to be printed ahead: those that somebody changes, once they rest.

A change puts a Vormerkung, and every further one puts it off. `vorab` is what is done once it is due.
"""

import threading
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from konzept.hintergrund import pacht
from konzept.konten.models import Ereignis
from konzept.models import Konzept

from .models import Druckauftrag, Vormerkung

RUHE = timedelta(seconds=3)
"""For so long nobody may have changed a concept. Little, since whoever saves may want the print next; and what was
printed too early is no loss, as most of its pieces are those of the next one too."""
HOECHSTENS = timedelta(seconds=60)
"""So long after the first change it is due even where others go on."""
INHALT = frozenset({"konzept", "handlungsfelder", "massnahmen"})
"""The apps of whose rows a concept is made."""


def nach_aenderung(sender, *, eintraege, **_) -> None:
    """Receiver of `verlauf.aufzeichnung.geschrieben`, through which everything goes that a page changes."""
    if sender._meta.app_label in INHALT:
        merke_vor(
            konzepte={e.konzept_id for e in eintraege if e.konzept_id},
            kommunen={e.kommune_id for e in eintraege if not e.konzept_id},
        )


def nach_eintrag(instance, **_) -> None:
    """Receiver of post_save of entries in the log: in the admin rows are changed without a history."""
    if instance.ereignis == Ereignis.OBERFLAECHE and instance.kommune_id:
        merke_vor(kommunen={instance.kommune_id})


def merke_vor(*, konzepte: Iterable[int] = (), kommunen: Iterable[int] = ()) -> None:
    """The prints of these concepts (pk) look otherwise from now on; of Kommunen (pk) those of all concepts of which a
    print is kept or to come, as nobody is at work on others.

    It is noted once the transaction has come to its end, which neither fails for that nor holds a row meanwhile that
    others need. A fixed number of queries for a whole transaction.
    """
    if settings.DRUCK_IM_HINTERGRUND and settings.VORAB is not False:
        _gemerkt.konzepte.update(konzepte)
        _gemerkt.kommunen.update(kommunen)
        transaction.on_commit(_schreibe_gemerktes, robust=True)


class _Gemerkt(threading.local):
    """What the next transaction that comes to its end in this thread has to note. What one had to that was undone is
    noted with it: then it is found out that nothing has changed."""

    def __init__(self):
        self.konzepte: set[int] = set()
        self.kommunen: set[int] = set()


_gemerkt = _Gemerkt()


def _schreibe_gemerktes() -> None:
    konzepte, kommunen = frozenset(_gemerkt.konzepte), frozenset(_gemerkt.kommunen)
    _gemerkt.konzepte.clear()
    _gemerkt.kommunen.clear()
    if not (konzepte or kommunen):
        # An earlier call after the same transaction has done what was to be done for this one.
        return
    gedruckt = Exists(Druckauftrag.objects.filter(konzept=OuterRef("pk")))
    sie = Konzept.objects.filter(Q(pk__in=konzepte) | Q(gedruckt, kommune__in=kommunen)).order_by("pk")
    pks, jetzt = list(sie.values_list("pk", flat=True)), pacht.jetzt()
    neue = [Vormerkung(konzept_id=pk, ab=jetzt + RUHE, spaetestens=jetzt + HOECHSTENS) for pk in pks]
    Vormerkung.objects.bulk_create(neue, update_conflicts=True, unique_fields=["konzept"], update_fields=["ab"])
