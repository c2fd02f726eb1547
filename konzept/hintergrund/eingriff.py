"""What somebody does to jobs by hand: have them done again, or take them back."""

from django.db.models import F

from . import pacht
from .models import OFFEN, AuftragQuerySet, Status
from .weckruf import rufe

BEENDET_OHNE_ERFOLG = (Status.GESCHEITERT, Status.ABGEBROCHEN)


def versuche_erneut(zeilen: AuftragQuerySet, aus: tuple[str, ...] = BEENDET_OHNE_ERFOLG) -> int:
    """Let rows in one of these states wait anew, due at once and with all their tries before them; how many did.
    IntegrityError where a row may not be open because another is: call it for one row, in a transaction of its own."""
    anzahl = zeilen.filter(status__in=aus).update(
        status=Status.WARTET, versuche=0, fehler="", ab=pacht.jetzt(), beendet_am=None
    )
    if anzahl:
        rufe()
    return anzahl


def brich_ab(zeilen: AuftragQuerySet) -> int:
    """Take back what waits or runs; how many rows. Whoever is at work on one finds that it holds it no more: it writes
    nothing, and its process is killed within a second."""
    ende = {"status": Status.ABGEBROCHEN, "pacht": None, "pacht_bis": None, "beendet_am": pacht.jetzt()}
    if anzahl := zeilen.filter(status__in=OFFEN).update(**ende | zeilen.model.NACH_DEM_ENDE):
        rufe()
    return anzahl


def beginne_neu(zeilen: AuftragQuerySet) -> int:
    """Let what runs wait again, due at once, as if it had never been begun; how many rows. Its process is killed as in
    `brich_ab`."""
    anfang = {"status": Status.WARTET, "pacht": None, "pacht_bis": None, "begonnen_am": None, "ab": pacht.jetzt()}
    if anzahl := zeilen.filter(status=Status.LAEUFT).update(versuche=F("versuche") - 1, **anfang):
        rufe()
    return anzahl
