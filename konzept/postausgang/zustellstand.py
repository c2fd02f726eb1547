"""Which mails did not arrive, for the pages of those who may see the address; and how long all are remembered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from konzept.heute import am, um
from konzept.hintergrund.models import OFFEN, Status

from .models import Sendung

BEHALTEN = timedelta(days=30)
"""How long it can be proved that a mail went out, and to whom."""


def nicht_angekommene(adressen: Iterable[str]) -> dict[str, Sendung]:
    """The last mail to each of these addresses, where that did not arrive (yet): it was given up, or it waits. What was
    written before a mail that arrived is not asked for any more. One query."""
    spaetere = Sendung.objects.filter(
        empfaenger=OuterRef("empfaenger"), status=Status.FERTIG, angelegt_am__gt=OuterRef("angelegt_am")
    )
    offene = Q(status=Status.GESCHEITERT) | Q(status__in=OFFEN)
    sendungen = Sendung.objects.filter(~Exists(spaetere), offene, empfaenger__in=set(adressen))
    return {s.empfaenger: s for s in sendungen.defer("inhalt").order_by("angelegt_am", "pk")}


def satz(sendung: Sendung) -> str:
    """A German sentence that says how far a mail is that did not arrive (yet)."""
    anfang = f"Die E-Mail vom {am(sendung.angelegt_am)} an diese Adresse"
    if sendung.status == Status.GESCHEITERT:
        return f"{anfang} kam nicht an: {sendung.fehler}"
    if sendung.fehler:
        wann = f"am {am(sendung.ab)} um {um(sendung.ab)} Uhr"
        return f"{anfang} ist noch nicht zugestellt: {sendung.fehler} Der nächste Versuch ist {wann}."
    return f"{anfang} ist noch unterwegs."


def loesche_alte(jetzt: datetime) -> int:
    """Forget the mails that went out, or were given up, so long ago; how many there were."""
    return Sendung.objects.exclude(status__in=OFFEN).filter(beendet_am__lt=jetzt - BEHALTEN).delete()[0]
