"""Mails whose words are found only when they are sent: by somebody of whom the request must not say whether they are
known here, or with a link that shall be as fresh as it can be."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from konzept.hintergrund import pacht

from .brief import lies, neue_nachricht_id, packe
from .models import VORRANG, Sendung

_verfasser: dict[str, str] = {}


def melde_an(name: str, pfad: str) -> None:
    """For the `ready()` of an app above: `pfad` is the dotted path of a function that gets the address and what
    `beauftrage` was told. It gives the mail, or None where there is none to write."""
    _verfasser[name] = pfad


def beauftrage(name: str, anlass: str, empfaenger: str, **angaben) -> None:
    """Have a mail written and sent. One query, whoever it is for, and two more on PostgreSQL."""
    uhr = pacht.jetzt()
    Sendung.objects.create(
        anlass=anlass,
        empfaenger=empfaenger,
        nachricht_id=neue_nachricht_id(settings.DEFAULT_FROM_EMAIL),
        verfasser=name,
        inhalt=packe(angaben),
        prio=VORRANG.get(anlass, 0),
        ab=uhr,
        angelegt_am=uhr,
    )


def verfasse(sendung: Sendung) -> EmailMessage | None:
    """Raises geheimnisse.NichtEntschluesselbar, and whatever the function raises."""
    schreibe: Callable[..., EmailMessage | None] = import_string(_verfasser[sendung.verfasser])
    return schreibe(sendung.empfaenger, **lies(sendung))
