"""What goes when its time is up."""

from datetime import datetime, timedelta

from konzept.grenzen import DRUCKE_AUFBEWAHRT
from konzept.hintergrund.models import Status

from .models import Druckauftrag, Satzstueck, Vormerkung

AUFBEWAHREN = timedelta(days=3)
"""How long a print is kept: some of them name people."""
GESCHEITERTE_BEHALTEN = timedelta(days=30)
"""How long it is told that one failed, without what it was to be made from."""
VORMERKUNGEN_BEHALTEN = timedelta(days=1)
"""A concept that was changed so long ago, and of which nobody has made a print ahead since, is not going to get one."""

STUECK = 500
"""So many are deleted at once."""


def loesche_alte(jetzt: datetime) -> int:
    """Also what was asked for so long ago that nobody waits any more; how many there were."""
    alte = Druckauftrag.objects.filter(angelegt_am__lt=jetzt - AUFBEWAHREN)
    anzahl = loesche(alte.exclude(status__in=[Status.LAEUFT, Status.GESCHEITERT]))
    alte.filter(status=Status.GESCHEITERT).exclude(aufnahme=b"").update(aufnahme=b"")
    Vormerkung.objects.filter(ab__lt=jetzt - VORMERKUNGEN_BEHALTEN).delete()
    uralte = Druckauftrag.objects.filter(angelegt_am__lt=jetzt - GESCHEITERTE_BEHALTEN, status=Status.GESCHEITERT)
    return anzahl + loesche(uralte)


def loesche_stuecke(jetzt: datetime) -> int:
    """Pieces of prints that were of no use for as long as a print is kept; how many there were."""
    return Satzstueck.objects.filter(benutzt_am__lt=jetzt - AUFBEWAHREN).delete()[0]


def loesche_ueberzaehlige(auftrag: Druckauftrag) -> None:
    """Of the finished prints of a Kommune the newest are kept, as others can be printed again; of those that were made
    ahead of a concept only the last one, which is of no use to anybody once there is another."""
    if auftrag.ist_vorab:
        fruehere = Druckauftrag.objects.vorab().filter(konzept=auftrag.konzept_id, status=Status.FERTIG)
        loesche(fruehere.exclude(pk=auftrag.pk))
    fertige = Druckauftrag.objects.gewuenschte().filter(
        konzept__kommune__konzepte=auftrag.konzept_id, status=Status.FERTIG
    )
    pks = fertige.order_by("-pk").values_list("pk", flat=True)[DRUCKE_AUFBEWAHRT : DRUCKE_AUFBEWAHRT + STUECK]
    loesche(Druckauftrag.objects.filter(pk__in=list(pks)))


def loesche(auftraege) -> int:
    """Delete without reading what they hold, which may be hundreds of megabytes; how many jobs there were."""
    anzahl = 0
    while pks := list(auftraege.order_by("pk").values_list("pk", flat=True)[:STUECK]):
        Druckauftrag.objects.filter(pk__in=pks).ohne_inhalt().delete()
        anzahl += len(pks)
    return anzahl
