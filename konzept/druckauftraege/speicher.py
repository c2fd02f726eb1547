"""The pieces of prints that are kept in the database, which all servers share.

They belong to their concept: what one has printed is no hint for another. Who may see a print is asked of who gets it,
as without them.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Sum, Window
from django.utils import timezone

from konzept.grenzen import SATZSTUECKE_JE_KONZEPT

from .models import Satzstueck

log = logging.getLogger(__name__)

GENAU = timedelta(hours=1)
"""How exactly it is noted when a piece was last of use: nothing is written for one that was lately."""


class Stueckspeicher:
    """The pieces of one concept, as `konzept.satz.stueck.Speicher`. A database that does not answer delays no print."""

    def __init__(self, konzept: int):
        self._stuecke = Satzstueck.objects.filter(konzept=konzept)
        self._konzept = konzept

    def lies(self, schluessel: list[str]) -> dict[str, bytes]:
        """The contents of those of these pieces that are kept, by key. One query, and another one that notes their use,
        at most once an hour."""
        da = self._stuecke.filter(schluessel__in=schluessel)
        gelesen = da.values_list("schluessel", "inhalt", "benutzt_am")
        with _notfalls_ohne():
            jetzt = timezone.now()
            gelesen = list(gelesen)
            if any(benutzt < jetzt - GENAU for *_, benutzt in gelesen):
                da.filter(benutzt_am__lt=jetzt - GENAU).update(benutzt_am=jetzt)
            return {name: bytes(inhalt) for name, inhalt, _ in gelesen}
        return {}

    def behalte(self, schluessel: str, inhalt: bytes) -> None:
        """Keep the content of a piece under its key, in place of an earlier one. One query."""
        neu = Satzstueck(
            konzept_id=self._konzept,
            schluessel=schluessel,
            inhalt=inhalt,
            groesse=len(inhalt),
            benutzt_am=timezone.now(),
        )
        with _notfalls_ohne():
            Satzstueck.objects.bulk_create(
                [neu],
                update_conflicts=True,
                unique_fields=["konzept", "schluessel"],
                update_fields=["inhalt", "groesse", "benutzt_am"],
            )

    def raeume(self) -> None:
        """Where the pieces have become too many, delete those that were not used for the longest time. At most two
        queries."""
        with _notfalls_ohne():
            bisher = Window(Sum("groesse"), order_by=[F("benutzt_am").desc(), F("pk").desc()])
            zu_viele = [pk for pk, summe in self._stuecke.annotate(bisher=bisher).values_list("pk", "bisher")
                        if summe > SATZSTUECKE_JE_KONZEPT]  # fmt: skip
            if zu_viele:
                Satzstueck.objects.filter(pk__in=zu_viele).delete()


@contextmanager
def speicher_von(konzept: int) -> Iterator[Stueckspeicher]:
    """The pieces of a concept for one print, after which there are not too many."""
    speicher = Stueckspeicher(konzept)
    try:
        yield speicher
    finally:
        speicher.raeume()


@contextmanager
def _notfalls_ohne() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except DatabaseError:
        log.warning("Pieces of a print could not be read or kept.", exc_info=True)
