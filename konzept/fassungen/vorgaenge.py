"""Freezing the Arbeitsstand, and publishing what was adopted."""

import logging
from collections.abc import Callable

import msgspec
from django.db.models import Max

from konzept import rechte
from konzept.dokument import baum, formate
from konzept.dokument.maengel import NICHT_LESBAR, Mangel, Unvollstaendig
from konzept.dokument.wappen import hole_wappen
from konzept.dokument.zusammenstellung import stelle_ganz_zusammen
from konzept.ein_augenblick import ein_augenblick
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models import Konzept
from konzept.models.basis import anker
from konzept.vorgaenge.vorgang import vorgang

from .beschluesse import Beschlussangabe, buch
from .models import Fassung, FassungArt, Veroeffentlichung

log = logging.getLogger(__name__)


class NichtBeschlossen(Exception):
    """Only a Beschlussfassung is published, and only one that names a decision which holds."""


class OhneBeschluss(Exception):
    """A Beschlussfassung is frozen only with the decision that it claims."""


class WappenMangelhaft(Exception):
    """The Wappen that the Kommune names is missing or no picture; `mangel` says which, in a sentence for a page."""

    def __init__(self, mangel: str):
        super().__init__(mangel)
        self.mangel = mangel


def festschreiben(
    *,
    konzept: Konzept,
    art: str,
    konto,
    notiz: str = "",
    ohne_wappen: bool = False,
    beschluss: Beschlussangabe | None = None,
    dabei: Callable[[Fassung], None] = lambda fassung: None,
) -> Fassung:
    """Freeze the concept as it stands now under the next number (`art`: FassungArt), and log it; `dabei` is done in the
    transaction that writes it, and undoes it by what it raises.

    A Beschlussfassung names its `beschluss`: raises OhneBeschluss without one, and Hinfaellig
    (konzept.fassungen.beschluesse) for one that is none; an Entwurf has none. Raises WappenMangelhaft, and writes
    nothing, where the Kommune names a Wappen that a print would leave out, unless `ohne_wappen` says that it may be; a
    Wappen that is whole is frozen in any case. Two at once get two numbers. The PDFs are made later, see
    `ausgaben.stosse_an`. At most 30 queries, and those of `stelle_zusammen`. Raises Unvollstaendig
    (konzept.dokument.maengel) while something cannot be shown.
    """
    if art == FassungArt.BESCHLUSS and beschluss is None:
        raise OhneBeschluss
    with ein_augenblick():
        frisch = Konzept.objects.mit_kommune().get(pk=konzept.pk)
        dokument = stelle_ganz_zusammen(frisch)
        wappen = hole_wappen(dokument.kommune.wappen)
    if wappen.mangel and not ohne_wappen:
        raise WappenMangelhaft(wappen.mangel)
    inhalt = baum.als_json(dokument)
    if not _ist_lesbar(inhalt):
        raise Unvollstaendig([Mangel(anker(frisch), "Konzept", frisch.titel, NICHT_LESBAR)])
    with vorgang(konto=konto, bei=frisch, recht=rechte.FESTSCHREIBEN):
        letzte = Fassung.objects.filter(konzept=konzept).aggregate(nummer=Max("nummer"))["nummer"] or 0
        fassung = Fassung.objects.create(
            konzept=frisch,
            nummer=letzte + 1,
            art=art,
            notiz=notiz,
            titel=dokument.titel,
            inhalt=inhalt.decode(),
            wappen=wappen.inhalt,
            pruefsumme=baum.pruefsumme(dokument),
            festgeschrieben_von=konto,
        )
        zusatz = ", ohne Wappen" if wappen.mangel else ""
        if art == FassungArt.BESCHLUSS:
            zusatz += f", beschlossen: {buch().trage_ein(fassung, beschluss, konto)}"
        _halte_fest(Ereignis.FESTGESCHRIEBEN, fassung, konto, zusatz)
        dabei(fassung)
    return fassung


def _ist_lesbar(inhalt: bytes) -> bool:
    """Whether a tree can be read again: a value of a wrong kind in a row would be frozen for ever."""
    try:
        formate.lies(inhalt)
    except (ValueError, msgspec.MsgspecError):
        log.exception("A tree would be frozen that nobody can read.")
        return False
    return True


def sagt_dasselbe(fassung: Fassung, dokument: baum.Dokument) -> bool:
    """Whether a Fassung holds just this tree, in whatever format it was frozen: their checksums agree, or would in the
    format of today. At most one query: for `inhalt`, where it was deferred and the stored checksum does not agree."""
    summe = baum.pruefsumme(dokument)
    if fassung.pruefsumme == summe:
        return True
    if formate.format_von(fassung.inhalt.encode()) == baum.FORMAT:
        return False
    return baum.pruefsumme(fassung.dokument) == summe


def trage_beschluss_ein(*, fassung: Fassung, angabe: Beschlussangabe, konto) -> None:
    """Say which decision a Beschlussfassung claims, in place of what was said before, and log both.

    Raises Hinfaellig (konzept.fassungen.beschluesse), and ValueError for an Entwurf.
    """
    if fassung.art != FassungArt.BESCHLUSS:
        raise ValueError("An Entwurf claims no decision.")
    with vorgang(konto=konto, bei=fassung.konzept, recht=rechte.VEROEFFENTLICHEN):
        frisch = Fassung.objects.fuer_liste().get(pk=fassung.pk)
        vorher = f" (vorher: {frisch.beschluss.worte})" if hasattr(frisch, "beschluss") else ""
        worte = buch().trage_ein(frisch, angabe, konto)
        _halte_fest(Ereignis.BESCHLUSS, fassung, konto, f", {worte}{vorher}")


def veroeffentliche(*, fassung: Fassung, konto, beschluss: Beschlussangabe | None = None) -> None:
    """Let everybody read a Beschlussfassung, without login; nothing happens where everybody may already. `beschluss`
    is the decision that it claims, where none was named before or that one holds no longer.

    Raises NichtBeschlossen, and Hinfaellig (konzept.fassungen.beschluesse); then nothing changed.
    """
    if fassung.art != FassungArt.BESCHLUSS:
        raise NichtBeschlossen
    with vorgang(konto=konto, bei=fassung.konzept, recht=rechte.VEROEFFENTLICHEN):
        if beschluss:
            trage_beschluss_ein(fassung=fassung, angabe=beschluss, konto=konto)
        if not Fassung.objects.fuer_liste().get(pk=fassung.pk).ist_beschlossen:
            raise NichtBeschlossen
        _, neu = Veroeffentlichung.objects.get_or_create(fassung=fassung, defaults={"veroeffentlicht_von": konto})
        if neu:
            _halte_fest(Ereignis.VEROEFFENTLICHT, fassung, konto)


def nimm_zurueck(*, fassung: Fassung, konto) -> None:
    """End the publication, if there is one; what others have downloaded meanwhile stays with them."""
    with vorgang(konto=konto, bei=fassung.konzept, recht=rechte.VEROEFFENTLICHEN):
        geloescht, _ = Veroeffentlichung.objects.filter(fassung=fassung).delete()
        if geloescht:
            _halte_fest(Ereignis.ZURUECKGENOMMEN, fassung, konto)


def _halte_fest(ereignis: Ereignis, fassung: Fassung, konto, zusatz: str = "") -> None:
    text = f"{fassung.titel}: {fassung}{zusatz}"
    halte_fest(ereignis, kommune=fassung.konzept.kommune, benutzer=konto, text=text)
