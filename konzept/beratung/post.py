"""The mails of a Beratung: at once to who is asked or has more or less time; the rest once a day (`tagespost`)."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from .rahmen import runden_adresse
from .regeln import teilnehmende

protokoll = logging.getLogger(__name__)


def schreibe(konto, vorlage: str, kontext: dict) -> bool:
    """Send one mail made of `beratung/mail/<vorlage>.txt`, whose first line is the subject. False where the mail
    server does not take it. Do not call it inside a transaction: a mail server may take seconds."""
    text = render_to_string(f"beratung/mail/{vorlage}.txt", kontext | {"konto": konto})
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


def _an_alle(request, runde, vorlage: str, konten, **kontext) -> int:
    kontext |= {
        "runde": runde,
        "konzept": runde.konzept,
        "adresse": request.build_absolute_uri(runden_adresse(runde, "pruefen")),
        "start": request.build_absolute_uri(reverse("konzept:start")),
    }
    return sum(schreibe(konto, vorlage, kontext) for konto in konten)


def lade_ein(request, runde, konten=None) -> tuple[int, int]:
    """Tell who is asked (all of the Runde, or those given) what is laid before them, until when and where: how many
    mails went out, and to how many there was one to send."""
    konten = list(teilnehmende(runde) if konten is None else konten)
    return _an_alle(request, runde, "einladung", konten, von=request.user), len(konten)


def melde_verlaengerung(request, runde, verlaengerung) -> int:
    return _an_alle(request, runde, "verlaengerung", teilnehmende(runde), verlaengerung=verlaengerung)


def melde_ende(request, runde) -> int:
    return _an_alle(request, runde, "vorzeitig", teilnehmende(runde))
