"""One mail made of a template."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

protokoll = logging.getLogger(__name__)


def schreibe(konto, vorlage: str, kontext: dict) -> bool:
    """Send one mail made of the template `vorlage`, whose first line is the subject. False where the mail server does
    not take it. Do not call it inside a transaction: a mail server may take seconds."""
    text = render_to_string(vorlage, kontext | {"konto": konto})
    betreff, _, rumpf = text.strip().partition("\n")
    nachricht = EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{' '.join(betreff.split())}",
        body=rumpf.strip() + "\n",
        to=[konto.email],
    )
    try:
        nachricht.send()
    except Exception as fehler:  # what can go wrong depends on the mail backend: SMTPException, OSError, …
        protokoll.warning("The mail %s to account %s could not be sent: %s", vorlage, konto.pk, type(fehler).__name__)
        return False
    return True
