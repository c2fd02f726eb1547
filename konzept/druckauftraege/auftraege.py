"""Asking for a print, within bounds; looking how far it is; leaving it."""

from enum import StrEnum
from time import monotonic, sleep
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from konzept import grenzen
from konzept.hintergrund import arten, eingriff, pacht, zustand
from konzept.hintergrund.lauf import arbeite_ab
from konzept.hintergrund.models import Status
from konzept.hintergrund.weckruf import rufe
from konzept.models import Konzept

from .aufnahme import schluessel, verpacke
from .aufraeumen import loesche
from .models import VORAB, Druckauftrag, Wartender

ART, ART_VORAB = "druck", "vorabdruck"
"""The name of the kind of jobs, and of those for which nobody has asked yet."""
VORMERKUNG = "vorab"
"""The name of the kind that says what is to be printed ahead."""
VERSUCHE = 3
"""How often one is begun that is killed each time."""
GEDULD = 2.0
"""Seconds for which a request waits for a print, since a small one is there by then."""
TAKT = 0.05
"""Seconds between two looks meanwhile."""
_SPERRE = 0x4B6F6E7A
"""The number of the lock under which it is counted how many are under way."""


class Voll(StrEnum):
    """Of which prints there are too many at the moment: of one's own, or of everybody's."""

    EIGENE = "eigene"
    ALLE = "alle"


class Wunsch(NamedTuple):
    """What an account asks for: the fields of the job by the same names. `inhalt` are the bytes of its Aufnahme, `art`
    the kind of that."""

    konzept: Konzept
    art: str
    inhalt: bytes
    gegenstand: str
    titel: str = ""
    ort: str = ""

    @property
    def schluessel(self) -> str:
        return schluessel(self.art, self.gegenstand, self.inhalt)


def beauftrage(wunsch: Wunsch, konto) -> Druckauftrag | Voll:
    """The job for what an account asks for: one that is there already, if it would print the same, be it finished, or a
    new one. What failed is not begun again (see `vergiss_fehler`). Where there are too many under way, which, and
    nothing was written. The PDF and the Aufnahme are not loaded. At most twelve queries, in one transaction."""
    name = wunsch.schluessel
    with transaction.atomic():
        auftrag = finde(wunsch.konzept, name)
        if auftrag is None or auftrag.ist_offen:
            _sperre()
            auftrag = _halte_fest(finde(wunsch.konzept, name))
            # The bounds are only asked of who takes a new place: not of who waits for this job already, nor where it
            # has ended.
            if auftrag is None or (auftrag.ist_offen and not auftrag.wartende.filter(konto=konto).exists()):
                if voll := _voll(wunsch.konzept, konto, neu=auftrag is None or auftrag.ist_vorab):
                    return voll
                auftrag = auftrag or lege_an(wunsch, name)
        Wartender.objects.get_or_create(auftrag=auftrag, konto=konto)
        if auftrag.ist_vorab:
            auftrag = _uebernimm(auftrag)
    return auftrag


def _uebernimm(auftrag: Druckauftrag) -> Druckauftrag:
    """What is made ahead, or was, is from now on one that somebody has asked for. What runs goes on, as that is
    quickest where there is time for it; beside others it would starve, and begins anew as one of them."""
    zeilen = Druckauftrag.objects.filter(pk=auftrag.pk)
    hat_zeit = not Druckauftrag.objects.gewuenschte().filter(status=Status.LAEUFT).exists()
    zeilen.update(prio=0)
    if auftrag.status == Status.WARTET:
        zeilen.update(ab=pacht.jetzt())
        rufe()
    elif not hat_zeit:
        eingriff.beginne_neu(zeilen)
    return _frisch(auftrag)


def finde(konzept: Konzept, name: str) -> Druckauftrag | None:
    """The job with a key: the last one, whether it is under way, finished or failed. Of what failed before anybody
    asked for it nobody hears. One query."""
    auftraege = konzept.druckauftraege.ohne_inhalt().filter(schluessel=name).exclude(status=Status.ABGEBROCHEN)
    return auftraege.exclude(status=Status.GESCHEITERT, prio__lte=VORAB).order_by("-pk").first()


def _halte_fest(auftrag: Druckauftrag | None) -> Druckauftrag | None:
    """Nobody leaves one that is open from here on, and with that ends it; None where somebody just has."""
    if auftrag is None or not auftrag.ist_offen:
        return auftrag
    gesperrt = _gesperrt(auftrag)
    return None if gesperrt is None or gesperrt.status == Status.ABGEBROCHEN else gesperrt


def _gesperrt(auftrag: Druckauftrag) -> Druckauftrag | None:
    return Druckauftrag.objects.ohne_inhalt().select_for_update(of=("self",)).filter(pk=auftrag.pk).first()


def lege_an(wunsch: Wunsch, name: str, prio: int = 0) -> Druckauftrag:
    """A new job with a key, or that of who was quicker: without bounds, in the caller's transaction. Two queries, and
    two more on PostgreSQL for its clock and to wake who works."""
    felder = {feld: wert for feld, wert in wunsch._asdict().items() if feld != "inhalt"}
    jetzt = pacht.jetzt()
    neu = Druckauftrag(
        **felder, schluessel=name, aufnahme=verpacke(wunsch.inhalt), ab=jetzt, angelegt_am=jetzt, prio=prio
    )
    Druckauftrag.objects.bulk_create([neu], ignore_conflicts=True)
    rufe()
    return finde(wunsch.konzept, name)


def lege_vorab_an(wunsch: Wunsch) -> None:
    """Have it printed without anybody asking, unless there is a job with its key, even one that failed. What else of
    the concept was to be made ahead is not any more. At most nine queries.

    No lock is taken: what runs at the lowest priority keeps nobody waiting. Of somebody who asks at the same moment,
    either the job is theirs already, or it is taken back and they find none."""
    vorab, name = wunsch.konzept.druckauftraege.vorab(), wunsch.schluessel
    eingriff.brich_ab(vorab.offene().exclude(schluessel=name))
    loesche(vorab.filter(status=Status.ABGEBROCHEN))
    if not wunsch.konzept.druckauftraege.filter(schluessel=name).exclude(status=Status.ABGEBROCHEN).exists():
        lege_an(wunsch, name, prio=VORAB)


def _sperre() -> None:
    """Nobody else counts or asks meanwhile; taken before any row is locked. SQLite lets only one write at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SPERRE])


def _voll(konzept: Konzept, konto, *, neu: bool) -> Voll | None:
    offen = Druckauftrag.objects.gewuenschte().offene()
    if konto is not None and offen.filter(wartende__konto=konto).count() >= grenzen.DRUCKE_JE_KONTO:
        return Voll.EIGENE
    if neu and (
        offen.filter(konzept__kommune=konzept.kommune_id).count() >= grenzen.DRUCKE_JE_KOMMUNE
        or offen.count() >= grenzen.DRUCKE_INSGESAMT
    ):
        return Voll.ALLE
    return None


def ist_voll(konzept: Konzept) -> bool:
    """Whether there is no place for one more that nobody waits for. Two queries."""
    return _voll(konzept, None, neu=True) is not None


def warte_kurz(auftrag: Druckauftrag) -> Druckauftrag:
    """The job, after it has ended or `GEDULD` is over. Not where it will take longer for sure: behind others, in many
    pieces, after some seconds already, or with nobody who does it; nor where it has ended."""
    if not settings.DRUCK_IM_HINTERGRUND:
        arbeite_ab(arten.art(ART))
    elif auftrag.ist_offen and auftrag.sekunden < GEDULD and platz(auftrag) <= 1 and zustand.lebt():
        ende = monotonic() + GEDULD
        while auftrag.ist_offen and auftrag.teile <= 1 and monotonic() < ende:
            sleep(TAKT)
            auftrag = _frisch(auftrag)
    return _frisch(auftrag)


def _frisch(auftrag: Druckauftrag) -> Druckauftrag:
    """As it is now; as it was, where it has been deleted meanwhile."""
    return Druckauftrag.objects.ohne_inhalt().filter(pk=auftrag.pk).first() or auftrag


def hole(konzept: Konzept, konto, pk: str, gegenstand: str) -> Druckauftrag | None:
    """The job after which an account asks: only one for which it waits or waited, and of just the thing for which its
    rights were asked. None for all others, and for what is gone. One query."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    auftraege = konzept.druckauftraege.ohne_inhalt()
    return auftraege.filter(pk=int(pk), gegenstand=gegenstand, wartende__konto=konto).first()


def eigene(konto):
    """What an account waits for, the oldest first."""
    return (
        Druckauftrag.objects.offene()
        .filter(wartende__konto=konto)
        .ohne_inhalt()
        .select_related("konzept__kommune")
        .order_by("pk")
    )


def platz(auftrag: Druckauftrag) -> int:
    """Its place among those that wait, from 1, in the order in which they are begun now; 0 once it has begun or ended.
    One query, and one on PostgreSQL for its clock."""
    if auftrag.status != Status.WARTET:
        return 0
    faellige = Druckauftrag.objects.gewuenschte().faellige(pacht.jetzt())
    folge = list(faellige.values_list("pk", flat=True)[: grenzen.DRUCKE_INSGESAMT])
    return folge.index(auftrag.pk) + 1 if auftrag.pk in folge else len(folge) + 1


@transaction.atomic
def verlasse(auftrag: Druckauftrag, konto) -> None:
    """Wait no more. With the last one the job ends, also while it is printed: the worker finds its lease gone. What is
    finished stays."""
    auftrag = _gesperrt(auftrag)
    if auftrag is None:
        # It was deleted just now.
        return
    auftrag.wartende.filter(konto=konto).delete()
    if auftrag.ist_offen and not auftrag.wartende.exists():
        eingriff.brich_ab(Druckauftrag.objects.filter(pk=auftrag.pk))
        Druckauftrag.objects.filter(pk=auftrag.pk).update(aufnahme=b"")


def vergiss_fehler(konzept: Konzept, *namen: str) -> None:
    """What failed with these keys, or was taken back, so that it is begun anew when it is asked for."""
    loesche(konzept.druckauftraege.filter(schluessel__in=namen, status__in=eingriff.BEENDET_OHNE_ERFOLG))
