"""The lease: who is at work on a row holds it for `PACHT` seconds and renews that, until it writes how it ended.

Every write of a worker asks for its lease. A worker that was stopped for too long, or whose job was taken back, finds
none and writes nothing: its result is refused, whatever it did meanwhile.
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .arten import Art, arten
from .models import Auftrag, Status

log = logging.getLogger(__name__)

PACHT = timedelta(seconds=30)
NACH_ABBRUCH = timedelta(seconds=20)
OHNE_WORT = "Die Arbeit brach {} Mal ab, ohne zu sagen, warum."


def jetzt() -> datetime:
    """The time of the database, where several machines share one: theirs may differ. No queries, but one on
    PostgreSQL."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def nimm(art: Art, rechner: str) -> list[Auftrag]:
    """Take what comes next, at most `art.stapel` rows under one lease; [] where nothing waits."""
    uhr = jetzt()
    if not art.eigene.faellige(uhr).exists():
        # Most of the time there is nothing, which can be found out without a lock.
        return []
    with transaction.atomic():
        zeilen = art.eigene.faellige(uhr)
        if connection.features.has_select_for_update_skip_locked:
            zeilen = zeilen.select_for_update(skip_locked=True, of=("self",))
        pks = list(zeilen.values_list("pk", flat=True)[: art.stapel])
        pacht = uuid.uuid4()
        art.zeilen.filter(pk__in=pks).update(
            status=Status.LAEUFT,
            pacht=pacht,
            pacht_bis=uhr + PACHT,
            rechner=rechner,
            versuche=F("versuche") + 1,
            begonnen_am=uhr,
        )
    nach_pk = {zeile.pk: zeile for zeile in art.zeilen.filter(pk__in=pks)} if pks else {}
    return [nach_pk[pk] for pk in pks if pk in nach_pk]


def gehaltene(art: Art, pacht: uuid.UUID):
    return art.zeilen.filter(pacht=pacht, status=Status.LAEUFT)


def erneuere(art: Art, pacht: uuid.UUID) -> int:
    """Hold it longer; how many rows it still covers. 0: it ran out and another has it, or the job was taken back."""
    return gehaltene(art, pacht).update(pacht_bis=jetzt() + PACHT)


def schreibe(auftrag: Auftrag, **felder) -> bool:
    """Write fields of a row that is held; False where it is held no more, and nothing was written."""
    zeilen = type(auftrag)._default_manager.filter(pk=auftrag.pk, pacht=auftrag.pacht, status=Status.LAEUFT)
    return zeilen.update(**felder) == 1


def beende(auftrag: Auftrag, status: Status, **felder) -> bool:
    """Write how it ended, with other fields; False as in `schreibe`."""
    return schreibe(
        auftrag, status=status, pacht=None, pacht_bis=None, beendet_am=jetzt(), **auftrag.NACH_DEM_ENDE | felder
    )


def stelle_zurueck(auftrag: Auftrag, ab: datetime, **felder) -> bool:
    """Let it wait until `ab`, with other fields; False as in `schreibe`."""
    return schreibe(auftrag, status=Status.WARTET, pacht=None, pacht_bis=None, ab=ab, **felder)


def gib_zurueck(art: Art, pacht: uuid.UUID) -> None:
    """Give up what was begun, as if it had never been."""
    gehaltene(art, pacht).update(
        status=Status.WARTET, pacht=None, pacht_bis=None, versuche=F("versuche") - 1, begonnen_am=None
    )


def nimm_verlorene_zurueck(art: Art, pacht: uuid.UUID, fehler: str = "") -> None:
    """Whoever held it is gone. With a sentence in `fehler` that is the end; without one the rows wait again, until they
    have been tried as often as they may. What may be tried again and again waits again in any case."""
    _nach_abbruch(art, gehaltene(art, pacht), fehler)


def raeume_abgelaufene() -> None:
    """Let wait again what is held by nobody any more. A fixed number of queries: two for each
    kind, three where it is not begun again and again."""
    uhr = jetzt()
    for art in arten():
        _nach_abbruch(art, art.zeilen.filter(status=Status.LAEUFT, pacht_bis__lt=uhr), "")


def _nach_abbruch(art: Art, zeilen, fehler: str) -> None:
    uhr, ohne_pacht = jetzt(), {"pacht": None, "pacht_bis": None}
    if art.versuche:
        ende = zeilen if fehler else zeilen.filter(versuche__gte=art.versuche)
        text = fehler or OHNE_WORT.format(art.versuche)
        felder = {"status": Status.GESCHEITERT, "beendet_am": uhr, "fehler": text, **ohne_pacht}
        if anzahl := ende.update(**felder | zeilen.model.NACH_DEM_ENDE):
            log.error("%s: %s job(s) ended without a result. %s", art.name, anzahl, text)
    elif fehler:
        log.error("%s: a job ended without a result. %s", art.name, fehler)
        zeilen.update(fehler=fehler)
    if not fehler or not art.versuche:
        # The first time may have been an accident; what happens again waits, so that it does not keep all others off.
        zeilen.filter(versuche__gt=1).update(status=Status.WARTET, ab=uhr + NACH_ABBRUCH, **ohne_pacht)
        zeilen.update(status=Status.WARTET, **ohne_pacht)
