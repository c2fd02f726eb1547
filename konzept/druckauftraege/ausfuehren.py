"""What the worker does with a job, and what goes when its time is up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from konzept.hintergrund.lauf import Lauf, beharrlich
from konzept.hintergrund.models import Status

from .aufnahme import lies
from .models import Druckauftrag

AUFBEWAHREN = timedelta(days=3)
"""How long a print is kept: some of them name people."""
GESCHEITERTE_BEHALTEN = timedelta(days=30)
"""How long it is told that one failed, without what it was to be made from."""


def fuehre_aus(auftraege: list[Druckauftrag], lauf: Lauf) -> None:
    """Print each from its Aufnahme, which is not needed any more then, and keep it. Nobody is asked for rights here:
    they are asked of who gets it."""
    for auftrag in auftraege:
        aufnahme = lies(auftrag.art, bytes(auftrag.aufnahme))
        pdf = aufnahme.drucke(lambda fertige, teile, a=auftrag: lauf.melde(a, fertige=fertige, teile=teile))

        @transaction.atomic
        def lege_ab(auftrag=auftrag, aufnahme=aufnahme, pdf=pdf):
            if lauf.haelt(auftrag):
                lauf.fertig(auftrag, aufnahme=b"", fertige=F("teile"), **aufnahme.lege_ab(pdf))

        beharrlich(lege_ab)


def loesche_alte(jetzt: datetime) -> int:
    """Also what was asked for so long ago that nobody waits any more."""
    alte = Druckauftrag.objects.filter(angelegt_am__lt=jetzt - AUFBEWAHREN)
    anzahl = alte.exclude(status__in=[Status.LAEUFT, Status.GESCHEITERT]).delete()[0]
    alte.filter(status=Status.GESCHEITERT).exclude(aufnahme=b"").update(aufnahme=b"")
    uralte = Druckauftrag.objects.filter(angelegt_am__lt=jetzt - GESCHEITERTE_BEHALTEN, status=Status.GESCHEITERT)
    return anzahl + uralte.delete()[0]
