"""After a change of keys: everything that is encrypted in the database, encrypted with the first key."""

from contextlib import suppress
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from konzept.betrieb.geheimnisse import NichtEntschluesselbar, erneuere, mit_geheimnissen
from konzept.postausgang.models import Sendung

from .models import Ereignis
from .protokoll import halte_fest_je_kommune
from .signale import FAKTOREN


@dataclass
class Wechselergebnis:
    """How many were encrypted anew; the second factors that no key reads; the sessions that ended for that reason;
    the mails that wait."""

    faktoren: int = 0
    sendungen: int = 0
    sitzungen: int = 0
    sitzungen_beendet: int = 0
    unlesbare: list[Authenticator] = field(default_factory=list)


def erneuere_alle() -> Wechselergebnis:
    """Each row by itself, so that nobody who signs in meanwhile waits long, and what is used meanwhile stays used."""
    ergebnis = Wechselergebnis()
    for pk in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True):
        _erneuere_faktor(pk, ergebnis)
    for schluessel in Session.objects.values_list("pk", flat=True):
        _erneuere_sitzung(schluessel, ergebnis)
    for pk in Sendung.objects.offene().values_list("pk", flat=True):
        _erneuere_sendung(pk, ergebnis)
    return ergebnis


@transaction.atomic
def _erneuere_faktor(pk: int, ergebnis: Wechselergebnis) -> None:
    faktor = Authenticator.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk).first()
    if faktor is None:
        return
    try:
        faktor.data = mit_geheimnissen(faktor.data, erneuere)
    except NichtEntschluesselbar:
        ergebnis.unlesbare.append(faktor)
        return
    faktor.save(update_fields=["data"])
    ergebnis.faktoren += 1


@transaction.atomic
def _erneuere_sitzung(schluessel: str, ergebnis: Wechselergebnis) -> None:
    sitzung = Session.objects.select_for_update().filter(pk=schluessel).first()
    if sitzung is None:
        return
    if not (inhalt := sitzung.get_decoded()):
        ergebnis.sitzungen_beendet += sitzung.delete()[0]
        return
    sitzung.session_data = Session.objects.encode(inhalt)
    sitzung.save(update_fields=["session_data"])
    ergebnis.sitzungen += 1


@transaction.atomic
def _erneuere_sendung(pk: int, ergebnis: Wechselergebnis) -> None:
    """One that no key reads is given up when it is its turn, and said so."""
    sendung = Sendung.objects.offene().select_for_update().filter(pk=pk).first()
    if sendung is None:
        return
    with suppress(NichtEntschluesselbar):
        Sendung.objects.filter(pk=pk).update(inhalt=erneuere(sendung.inhalt))
        ergebnis.sendungen += 1


@transaction.atomic
def entferne_unlesbare(faktoren: list[Authenticator]) -> None:
    """These accounts then sign in with their password; where a Kommune asks for a second factor, they set up another.
    The Leitung reads it in the log."""
    for faktor in faktoren:
        text = f"{FAKTOREN[faktor.type]}: von der Technik entfernt, weil der Schlüssel dazu fehlt"
        halte_fest_je_kommune(Ereignis.ZWEITER_FAKTOR, person=faktor.user, text=text)
        faktor.delete()
