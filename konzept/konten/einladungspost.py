"""The mail with which somebody is invited."""

from django.conf import settings
from django.template.loader import render_to_string

from konzept.postausgang.brief import Brief
from konzept.postausgang.models import Anlass
from konzept.rechte import ERKLAERUNG

from .anrede import fuer_brief
from .models import Benutzer, Einladung
from .vorgaenge import rollentext


def sende(einladung: Einladung, adresse: str) -> None:
    """Put the link into the outbox; `adresse` is absolute and holds the key. Call it inside the transaction of the
    invitation."""
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
    Brief(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{betreff}",
        body=render_to_string("konten/mail/einladung.txt", kontext),
        to=[einladung.email],
        anlass=Anlass.EINLADUNG,
    ).send()


def _wer(konto: Benutzer | None) -> str:
    """The name; of whom has none the address, which is proven."""
    return "" if konto is None else fuer_brief(konto) if konto.name or konto.geloescht_am else konto.email
