"""Django's EMAIL_BACKEND: writes mails into the outbox."""

import logging
from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction

from konzept.hintergrund import pacht
from konzept.hintergrund.weckruf import rufe

from .brief import neue_nachricht_id, packe_ein
from .models import VORRANG, Anlass, Sendung

log = logging.getLogger(__name__)


class Postausgang(BaseEmailBackend):
    """Belongs to the transaction of whoever sends: what is rolled back leaves no mail."""

    def send_messages(self, nachrichten: list[EmailMessage]) -> int:
        """How many mails were written; those that were written before (see `brief.Brief`) are not. One query for all,
        and more on PostgreSQL for its clock and for each that must not be written twice."""
        if not nachrichten:
            return 0
        try:
            with transaction.atomic():
                return _lege_ab(nachrichten)
        except DatabaseError:
            if not self.fail_silently:
                raise
            log.exception("Mails could not be put into the outbox.")
            return 0


def _lege_ab(nachrichten: list[EmailMessage]) -> int:
    anzahl, neue, uhr = 0, [], pacht.jetzt()
    for nachricht in nachrichten:
        sendungen = list(_sendungen(nachricht, uhr))
        einmalige = [s for s in sendungen if s.schluessel]
        neue += [s for s in sendungen if not s.schluessel]
        geschrieben = len(sendungen) - len(einmalige) + sum(map(_schreibe_einmal, einmalige))
        anzahl += geschrieben > 0
    Sendung.objects.bulk_create(neue)
    if neue:
        rufe()
    return anzahl


def _schreibe_einmal(sendung: Sendung) -> bool:
    felder = {f.name: getattr(sendung, f.name) for f in Sendung._meta.concrete_fields if not f.primary_key}
    return Sendung.objects.get_or_create(schluessel=felder.pop("schluessel"), defaults=felder)[1]


def _sendungen(nachricht: EmailMessage, uhr: datetime) -> Iterator[Sendung]:
    """One for each recipient, who is written to alone and does not learn who else is. `uhr` is the time by the clock by
    which the worker goes: that of this machine may be late or early."""
    empfaenger = {parseaddr(str(einer))[1] or str(einer) for einer in nachricht.recipients()}
    anlass = getattr(nachricht, "anlass", "") or _anlass(empfaenger)
    einmal = getattr(nachricht, "einmal", "")
    for adresse in sorted(empfaenger):
        yield Sendung(
            anlass=anlass,
            empfaenger=adresse,
            schluessel=f"{anlass} {einmal} {adresse}" if einmal else "",
            nachricht_id=neue_nachricht_id(nachricht.from_email),
            inhalt=packe_ein(nachricht),
            prio=VORRANG.get(anlass, 0),
            ab=uhr,
            angelegt_am=uhr,
        )


def _anlass(empfaenger: set[str]) -> str:
    """Of a mail that does not say it: Django's reports of errors go to the administrators alone."""
    technik = {adresse for _, adresse in (*settings.ADMINS, *settings.MANAGERS)}
    return Anlass.FEHLER if empfaenger <= technik else Anlass.SONSTIGES
