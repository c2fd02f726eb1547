"""What is deleted by itself once its time is up: the worker does it every day, and so can `manage.py aufraeumen`.

Two runs at the same time do no harm: each deletes what the other has not.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from konzept.entwuerfe import einmal
from konzept.entwuerfe.models import Zwischenstand
from konzept.hintergrund.termine import Misslungen
from konzept.postausgang import zustellstand

from .models import Einladung, Protokolleintrag

log = logging.getLogger(__name__)

EINLADUNG_BEHALTEN = timedelta(days=90)
"""How long an invitation is kept that was accepted, taken back or ran out."""

TEXT_BEHALTEN = timedelta(days=90)
"""How long text waits in a form in which nobody went on typing."""

ANGELEGTES_BEHALTEN = timedelta(days=30)
"""How long a form that made something new is known to have done so."""

_weiteres: dict[str, Callable[[datetime], int]] = {}


def melde_an(was: str, loesche: Callable[[datetime], int]) -> None:
    """For the `ready()` of an app above: `loesche(jetzt)` deletes what has expired there, and says how many rows;
    `was` names them in German."""
    _weiteres[was] = loesche


def raeume_auf(jetzt: datetime | None = None) -> dict[str, int | None]:
    """Delete what has expired at this moment: how many of what, in German. None where that failed, and then all of
    them are still there; why, is in the log."""
    jetzt = jetzt or timezone.now()
    return {was: _versuche(was, loesche, jetzt) for was, loesche in (_EIGENES | _weiteres).items()}


def misslungen(ergebnis: dict[str, int | None]) -> str:
    """What could not be deleted, in a sentence; "" where all went well."""
    namen = [was for was, anzahl in ergebnis.items() if anzahl is None]
    return f"Nicht gelöscht, wegen eines Fehlers: {', '.join(namen)}." if namen else ""


def raeume_taeglich_auf() -> None:
    """For the worker (`termine`): raises where something could not be deleted."""
    if satz := misslungen(raeume_auf()):
        raise Misslungen(satz)


def _versuche(was: str, loesche: Callable[[datetime], int], jetzt: datetime) -> int | None:
    try:
        with transaction.atomic():
            return loesche(jetzt)
    except Exception:
        # If one step fails, the others still have to delete what is due.
        log.exception("Could not delete what has expired: %s.", was)
        return None


def _sitzungen(jetzt: datetime) -> int:
    return Session.objects.filter(expire_date__lt=jetzt).delete()[0]


def _vermerke(_: datetime) -> int:
    """The rows that list a person's sessions outlive the sessions themselves."""
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def _einladungen(jetzt: datetime) -> int:
    vor = jetzt - EINLADUNG_BEHALTEN
    vorbei = Q(angenommen_am__lt=vor) | Q(widerrufen_am__lt=vor) | Q(gueltig_bis__lt=vor)
    return Einladung.objects.filter(vorbei).delete()[0]


def _angelegtes(jetzt: datetime) -> int:
    return einmal.loesche_alte(jetzt - ANGELEGTES_BEHALTEN)


def _texte(jetzt: datetime) -> int:
    return Zwischenstand.objects.filter(zeitpunkt__lt=jetzt - TEXT_BEHALTEN).delete()[0]


def _protokoll(jetzt: datetime) -> int:
    return Protokolleintrag.objects.loesche_abgelaufene(jetzt - timedelta(days=settings.PROTOKOLL_TAGE))


def _bestaetigungen(_: datetime) -> int:
    return EmailConfirmation.objects.all_expired().delete()[0]


def _zaehler(jetzt: datetime) -> int:
    """The cache in the database deletes a row only when somebody asks for it again."""
    tabelle = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        frist = connection.ops.adapt_datetimefield_value(jetzt.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {tabelle} WHERE expires < %s", [frist])  # noqa: S608
        return cursor.rowcount


_EIGENES: dict[str, Callable[[datetime], int]] = {
    "abgelaufene Sitzungen": _sitzungen,
    "Vermerke über beendete Sitzungen": _vermerke,
    "erledigte Einladungen": _einladungen,
    "Vermerke über Angelegtes": _angelegtes,
    "nicht gespeicherte Texte": _texte,
    "Einträge im Protokoll": _protokoll,
    "unbenutzte Bestätigungen von Adressen": _bestaetigungen,
    "Nachweise über E-Mails": zustellstand.loesche_alte,
    "Zähler von Anmeldeversuchen": _zaehler,
}
