"""What goes when its time is up."""

from datetime import datetime, timedelta

from konzept.hintergrund.models import Status

from .models import Druckauftrag

AUFBEWAHREN = timedelta(days=3)
"""How long a print is kept: some of them name people."""
GESCHEITERTE_BEHALTEN = timedelta(days=30)
"""How long it is told that one failed, without what it was to be made from."""


def loesche_alte(jetzt: datetime) -> int:
    """Also what was asked for so long ago that nobody waits any more."""
    alte = Druckauftrag.objects.filter(angelegt_am__lt=jetzt - AUFBEWAHREN)
    anzahl = alte.exclude(status__in=[Status.LAEUFT, Status.GESCHEITERT]).delete()[0]
    alte.filter(status=Status.GESCHEITERT).exclude(aufnahme=b"").update(aufnahme=b"")
    uralte = Druckauftrag.objects.filter(angelegt_am__lt=jetzt - GESCHEITERTE_BEHALTEN, status=Status.GESCHEITERT)
    return anzahl + uralte.delete()[0]
