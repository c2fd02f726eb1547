"""The mail with which somebody is invited."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from konzept.rechte import ERKLAERUNG

from .anrede import fuer_brief
from .models import Benutzer, Einladung
from .regeln import rollentext

protokoll = logging.getLogger(__name__)


def sende(einladung: Einladung, adresse: str) -> bool:
    """Send the link; `adresse` is absolute and holds the key. False where the mail server does not take it.

    Do not call it inside a transaction: a mail server may take seconds.
    """
    kontext = {
        "einladung": einladung,
        "adresse": adresse,
        "name": fuer_brief(einladung.name),
        "von": _wer(einladung.eingeladen_von),
        "kommune": fuer_brief(einladung.kommune),
        "rolle": fuer_brief(rollentext(einladung.rolle, einladung.akteur)),
        "erklaerung": ERKLAERUNG[einladung.rolle],
    }
    betreff = " ".join(render_to_string("konten/mail/einladung_betreff.txt", kontext).split())
    nachricht = EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{betreff}",
        body=render_to_string("konten/mail/einladung.txt", kontext),
        to=[einladung.email],
    )
    try:
        nachricht.send()
    except Exception as fehler:  # what can go wrong depends on the mail backend: SMTPException, OSError, …
        protokoll.warning("Invitation %s could not be sent: %s", einladung.pk, type(fehler).__name__)
        return False
    return True


def _wer(konto: Benutzer | None) -> str:
    """The name; of whom has none the address, which is proven."""
    return "" if konto is None else fuer_brief(konto) if konto.name or konto.geloescht_am else konto.email
