"""A form that makes something new makes it once, however often it is sent: pressed twice, or found again with "Back".

Its page carries a key (`FELD`, templates/kern/einmal.html). Where something was made with it, that stands in a row
under the key, written in the same transaction; a second sending finds the row, says what was made already, and makes
nothing unless the person asks for one more (`NOCH_EINES`, whose value is the next key).
"""

import re
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from .adresse import adresse_von
from .eingaben import fingerabdruck
from .models import SCHLUESSEL_ZEICHEN, Angelegtes

FELD = "_einmal"
NOCH_EINES = "_noch_eines"
EBEN = timedelta(days=1)
"""So long the same fields, sent to the same form under another key, are asked about."""
_SCHLUESSEL = re.compile(rf"[A-Za-z0-9_-]{{1,{SCHLUESSEL_ZEICHEN}}}")


class SchonAngelegt(Exception):
    """Something was made with this key already: `was`."""

    def __init__(self, was: Angelegtes):
        self.was = was
        super().__init__(str(was))


def schluessel(daten: QueryDict) -> str:
    """The key that a form sent; "" where it sent none, so that it counts as another form each time."""
    gesendet = daten.get(NOCH_EINES) or daten.get(FELD, "")
    return gesendet if _SCHLUESSEL.fullmatch(gesendet) else ""


def finde(benutzer, daten: QueryDict) -> Angelegtes | None:
    """What the account made with the key that these fields carry. One query, or none without a key."""
    wort = schluessel(daten)
    return Angelegtes.objects.filter(benutzer=benutzer, schluessel=wort).first() if wort else None


def ist_angelegt(request: HttpRequest, daten: QueryDict) -> bool:
    """Whether just these fields of the form at this address were sent, and something was made of them."""
    was = finde(request.user, daten)
    return was is not None and was.fingerabdruck == fingerabdruck(adresse_von(request), daten)


def pruefe(request: HttpRequest) -> None:
    """Before the fields are checked, which may rightly say that a second one cannot be: raises SchonAngelegt where the
    key is used up, or where the form has just made the same out of the same fields: a browser without JavaScript that
    goes back puts in again what was typed, but has another key. At most two queries."""
    if was := finde(request.user, request.POST) or _gleiches(request):
        raise SchonAngelegt(was)


def _gleiches(request: HttpRequest) -> Angelegtes | None:
    if NOCH_EINES in request.POST or not schluessel(request.POST):
        return None
    eben = Angelegtes.objects.filter(benutzer=request.user, zeitpunkt__gt=timezone.now() - EBEN)
    return eben.filter(fingerabdruck=fingerabdruck(adresse_von(request), request.POST)).first()


def beanspruche(request: HttpRequest, titel: str = "", ziel: str = "") -> None:
    """Use up the key of the form that this request sends, inside the transaction that makes something. Raises
    SchonAngelegt where that was done; who sends it at the same moment waits until the other one is done.

    `titel` and `ziel` say what is made and where it is, where that is known by now; else see `vermerke`.
    """
    if not (wort := schluessel(request.POST)):
        return
    werte = {"fingerabdruck": fingerabdruck(adresse_von(request), request.POST), "titel": titel, "ziel": ziel}
    try:
        with transaction.atomic():
            Angelegtes.objects.create(benutzer=request.user, schluessel=wort, **werte)
    except IntegrityError:
        if was := finde(request.user, request.POST):
            raise SchonAngelegt(was) from None
        raise


def vermerke(request: HttpRequest, titel: str, ziel: str) -> None:
    """Say what was made with the key that `beanspruche` has used up, in the same transaction."""
    _eigenes(request).update(titel=titel, ziel=ziel)


def kontext(daten: QueryDict, schon: Angelegtes | None = None) -> dict:
    """For templates/kern/einmal.html and kern/schon_angelegt.html: the key of a form that shows `daten`, or the next
    one; and what was made with it already."""
    naechster = token_urlsafe(16)
    return {"einmal": schluessel(daten) or naechster, "schon_angelegt": schon, "noch_ein_schluessel": naechster}


def loesche_alte(vor: datetime) -> int:
    """For the tidying of the day: forget what was made before; how many rows."""
    return Angelegtes.objects.filter(zeitpunkt__lt=vor).delete()[0]


def _eigenes(request: HttpRequest):
    return Angelegtes.objects.filter(benutzer=request.user, schluessel=schluessel(request.POST) or None)
