"""A mail that says what it is about, and how the words of a mail are stored."""

import json
from email.utils import formatdate, make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.encoding import punycode

from konzept.betrieb.geheimnisse import entschluessele, verschluessele

from .models import Sendung


class Brief(EmailMessage):
    """`anlass` says what it is about (see `models.Anlass`). With `einmal`, such as a day, there is one mail about that
    with this word to a recipient, and a second one is not written."""

    def __init__(self, *args, anlass: str, einmal: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.anlass, self.einmal = anlass, einmal


def neue_nachricht_id(absender: str) -> str:
    """A Message-ID of the sender's domain: the name of this machine is nobody's business, and may take long to ask."""
    _, _, domain = parseaddr(absender)[1].rpartition("@")
    return make_msgid(domain=punycode(domain or "localhost"))


def packe(angaben: dict) -> str:
    """A mail may hold the link that opens an account: whoever reads the database alone, such as a backup, has none."""
    return verschluessele(json.dumps(angaben))


def packe_ein(nachricht: EmailMessage) -> str:
    """All that a mail is made of but its recipients. Raises ValueError for one with an attachment, which nobody here
    sends."""
    if nachricht.attachments:
        raise ValueError("The outbox takes no attachments.")
    return packe(
        {
            "betreff": str(nachricht.subject),
            "text": str(nachricht.body),
            "art": nachricht.content_subtype,
            "von": nachricht.from_email,
            "antwort_an": nachricht.reply_to,
            "kopfzeilen": nachricht.extra_headers,
            "alternativen": [list(alternative) for alternative in getattr(nachricht, "alternatives", ())],
        }
    )


def lies(sendung: Sendung) -> dict:
    """What was packed. Raises geheimnisse.NichtEntschluesselbar where the key was lost."""
    return json.loads(entschluessele(sendung.inhalt))


def packe_aus(sendung: Sendung) -> EmailMessage:
    """The mail as it was written. Raises geheimnisse.NichtEntschluesselbar."""
    angaben = lies(sendung)
    nachricht = EmailMultiAlternatives(
        subject=angaben["betreff"],
        body=angaben["text"],
        from_email=angaben["von"],
        reply_to=angaben["antwort_an"],
        headers=angaben["kopfzeilen"],
        alternatives=angaben["alternativen"],
    )
    nachricht.content_subtype = angaben["art"]
    return nachricht


def adressiere(nachricht: EmailMessage, sendung: Sendung) -> EmailMessage:
    """To its recipient, and the same each time it is sent."""
    nachricht.to, nachricht.cc, nachricht.bcc = [sendung.empfaenger], [], []
    nachricht.extra_headers |= {
        "Message-ID": sendung.nachricht_id,
        "Date": formatdate(sendung.angelegt_am.timestamp(), localtime=settings.EMAIL_USE_LOCALTIME),
    }
    return nachricht
