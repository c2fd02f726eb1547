"""Who reads what: every change is logged with the person concerned and told to those who lead the Kommune.

Nobody recognises a second account of the same person, so that what the rules cannot refuse must not stay unseen.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.apps import apps
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone

from konzept.betrieb.eigene_adresse import absolut
from konzept.postausgang.models import Anlass

from . import brief
from .models import ZUGANG, Benutzer, Ereignis, Protokolleintrag, Rolle
from .protokoll import konto, zeile

geaendert = Signal()
"""Sent with `kommune`, `benutzer` (who did it, or None) and `aenderungen` once changes are logged, for apps above;
inside the transaction."""

FILTER = "zugang"
"""What the log's page calls all of `ZUGANG` together."""


class Zugangsaenderung(NamedTuple):
    """One change, for one person (None: for somebody who has no account here yet). `text` says what, without names;
    `im_brief` is for the mail alone, which nobody keeps for years."""

    ereignis: str
    person: Benutzer | None
    text: str
    im_brief: str = ""

    def __str__(self):
        wer = str(self.person) if self.person else ""
        return f"{Ereignis(self.ereignis).label}: {', '.join(filter(None, [wer, self.im_brief, self.text]))}"


def halte_zugang_fest(kommune, benutzer, aenderungen: Iterable[Zugangsaenderung], *, zeitpunkt=None) -> None:
    """Log changes that `benutzer` made (None: nobody who was signed in), and tell the other Leitungen of the Kommune by
    one mail. Call it inside the transaction of the change. Five queries, two of them asked by the Beratung, which tells
    whom it concerns."""
    aenderungen, zeitpunkt = list(aenderungen), zeitpunkt or timezone.now()
    if fremde := {a.ereignis for a in aenderungen} - ZUGANG:
        raise ValueError(f"Not a change of who reads what: {sorted(fremde)}")
    Protokolleintrag.objects.bulk_create(
        Protokolleintrag(
            zeitpunkt=zeitpunkt,
            ereignis=a.ereignis,
            kommune=kommune,
            benutzer=konto(benutzer),
            person=konto(a.person),
            text=zeile(a.text),
        )
        for a in aenderungen
    )
    if aenderungen and kommune:
        geaendert.send(Zugangsaenderung, kommune=kommune, benutzer=konto(benutzer), aenderungen=aenderungen)
        _melde(kommune, benutzer, [str(a) for a in aenderungen])


def halte_konto_fest(benutzer, aenderung: Zugangsaenderung, *, ueberall: bool = False) -> datetime:
    """As above, of a change of a whole account: in every Kommune in which the person has a role, or in all that there
    are (`ueberall`), or else once for the installation. The moment of all these entries."""
    kommunen = apps.get_model("konzept.Kommune").objects.order_by("pk")
    if not ueberall:
        kommunen = kommunen.filter(mitgliedschaften__benutzer=aenderung.person).distinct()
    zeitpunkt = timezone.now()
    for kommune in list(kommunen) or [None]:
        halte_zugang_fest(kommune, benutzer, [aenderung], zeitpunkt=zeitpunkt)
    return zeitpunkt


def _melde(kommune, benutzer, zeilen: list[str]) -> None:
    leitungen = Benutzer.objects.filter(
        is_active=True, mitgliedschaften__kommune=kommune, mitgliedschaften__rolle=Rolle.LEITUNG
    )
    kontext = {
        "kommune": kommune,
        "von": konto(benutzer),
        "zeilen": zeilen,
        "mitglieder": absolut(reverse("verwaltung:mitglieder", args=[kommune.slug])),
        "protokoll": absolut(f"{reverse('verwaltung:protokoll', args=[kommune.slug])}?ereignis={FILTER}"),
    }
    andere = leitungen.exclude(pk=getattr(benutzer, "pk", None)).distinct().order_by("pk")
    brief.verschicke(
        brief.verfasse(leitung, "konten/mail/zugang.txt", kontext, anlass=Anlass.ZUGANG) for leitung in andere
    )
