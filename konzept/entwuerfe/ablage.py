"""What waits for a form: keep, find, forget. One draft for each account and form; what is kept last replaces it.

It waits until the form is saved or its input discarded. Nothing is saved until the person presses "Speichern".
"""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from konzept.grenzen import ADRESSE_ZEICHEN, EINGABEN_ZEICHEN, ZWISCHENSTAENDE, ZWISCHENSTAENDE_ZEICHEN
from konzept.heute import am, um

from . import einmal
from .adresse import adresse_von
from .eingaben import ABSENDER, als_text, felder, ist_von
from .models import Zwischenstand
from .zettel import nimm_ab

NICHT_GESPEICHERT = "Als Sie das Formular zuletzt abschickten, ließ es sich so nicht speichern."


class Wartendes(NamedTuple):
    """What waits for a form, and a sentence that says why."""

    daten: QueryDict
    grund: str


def behalte(request: HttpRequest, daten: QueryDict | None = None, grund: str = "") -> bool:
    """Keep what this request sent, or `daten` in its place, for the next GET of its address; `grund` is the sentence
    that tells the person why.

    False where another account filled it in, where nothing was typed, or where it is too much.
    """
    daten = request.POST if daten is None else daten
    if not (ist_von(daten, request.user) and any(felder(daten))):
        return False
    return halte_fest(request.user, adresse_von(request), als_text(daten), grund)


def finde(request: HttpRequest) -> Wartendes | None:
    """What waits for the form at this address. One query, and another one for what a form of new elements sent: a late
    copy of what was made with it is forgotten."""
    text, zeitpunkt, grund = _hier(request).values_list("daten", "zeitpunkt", "grund").first() or ("", None, "")
    daten = QueryDict(text, mutable=True)
    if einmal.ist_angelegt(request, daten):
        vergiss(request)
        return None
    return Wartendes(daten, grund or _getippt(zeitpunkt)) if text else None


def vergiss(request: HttpRequest) -> None:
    """Forget what waits for the form at this address, and take off its note: it was saved or discarded."""
    _hier(request).delete()
    nimm_ab(request)


def lege_bereit(request: HttpRequest, adresse: str, daten: QueryDict, grund: str) -> bool:
    """Fill in the form at `adresse` for the account, unsaved, as if it had typed that; `grund` is the sentence that
    says why. False, and nothing is touched, where something of its own waits there or it is too much."""
    daten = daten.copy()
    daten[ABSENDER] = str(request.user.pk)
    besetzt = Zwischenstand.objects.filter(benutzer=request.user, adresse=adresse).exists()
    return not besetzt and halte_fest(request.user, adresse, als_text(daten), grund)


@transaction.atomic
def halte_fest(benutzer, adresse: str, daten: str, grund: str = "") -> bool:
    """Keep these fields of the form at `adresse`; `daten` is what the form sent, URL-encoded. False where it is too
    long or the account keeps too much already: nothing that is kept gives way."""
    if len(adresse) > ADRESSE_ZEICHEN or len(daten) > EINGABEN_ZEICHEN:
        return False
    # The account is locked, so that two windows cannot exceed the bound together.
    get_user_model().objects.select_for_update().get(pk=benutzer.pk)
    andere = Zwischenstand.objects.filter(benutzer=benutzer).exclude(adresse=adresse)
    zeichen = andere.aggregate(zeichen=Sum(Length("daten")))["zeichen"] or 0
    if andere.count() >= ZWISCHENSTAENDE or zeichen + len(daten) > ZWISCHENSTAENDE_ZEICHEN:
        return False
    Zwischenstand.objects.update_or_create(
        benutzer=benutzer,
        adresse=adresse,
        defaults={"daten": daten, "zeitpunkt": timezone.now(), "grund": grund},
    )
    return True


def _hier(request: HttpRequest):
    return Zwischenstand.objects.filter(benutzer=request.user, adresse=adresse_von(request))


def _getippt(zeitpunkt: datetime) -> str:
    return f"Sie haben hier am {am(zeitpunkt)} um {um(zeitpunkt)} Uhr geschrieben und dann nicht gespeichert."
