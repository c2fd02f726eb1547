"""What is deleted by itself once its time is up; `manage.py aufraeumen` does it every day."""

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

from .models import Einladung, Protokolleintrag

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


@transaction.atomic
def raeume_auf(jetzt: datetime | None = None) -> dict[str, int]:
    """Delete what has expired at this moment, all or nothing; how many of what, in German."""
    jetzt = jetzt or timezone.now()
    return {
        "abgelaufene Sitzungen": Session.objects.filter(expire_date__lt=jetzt).delete()[0],
        "Vermerke über beendete Sitzungen": _vermerke(),
        "erledigte Einladungen": _einladungen(jetzt - EINLADUNG_BEHALTEN),
        "Vermerke über Angelegtes": einmal.loesche_alte(jetzt - ANGELEGTES_BEHALTEN),
        "nicht gespeicherte Texte": Zwischenstand.objects.filter(zeitpunkt__lt=jetzt - TEXT_BEHALTEN).delete()[0],
        "Einträge im Protokoll": Protokolleintrag.objects.loesche_abgelaufene(
            jetzt - timedelta(days=settings.PROTOKOLL_TAGE)
        ),
        "unbenutzte Bestätigungen von Adressen": EmailConfirmation.objects.all_expired().delete()[0],
        "Zähler von Anmeldeversuchen": _zaehler(jetzt),
        **{was: loesche(jetzt) for was, loesche in _weiteres.items()},
    }


def _vermerke() -> int:
    """The rows that list a person's sessions outlive the sessions themselves."""
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def _einladungen(vor: datetime) -> int:
    vorbei = Q(angenommen_am__lt=vor) | Q(widerrufen_am__lt=vor) | Q(gueltig_bis__lt=vor)
    return Einladung.objects.filter(vorbei).delete()[0]


def _zaehler(jetzt: datetime) -> int:
    """The cache in the database deletes a row only when somebody asks for it again."""
    tabelle = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        frist = connection.ops.adapt_datetimefield_value(jetzt.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {tabelle} WHERE expires < %s", [frist])  # noqa: S608
        return cursor.rowcount
