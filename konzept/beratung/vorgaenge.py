"""Use cases of a Beratung: more time for a Runde, its end; release answers; who is concerned. Before whom a Fassung is
laid, and who sits where, is in `beteiligte`."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from konzept import rechte
from konzept.heute import am
from konzept.konten.models import NACH_NAMEN, Benutzer, Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.verlauf.aufzeichnung import merke_ausgang, schreibe_alle_mit, schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorgaenge.vorgang import vorgang

from .models import Anmerkung, Lesestand, Runde, Stellungnahme, Verlaengerung


class Regelverstoss(Exception):
    """A rule forbids it; the text says so in German, `feld` names the field it is about. Nothing was changed."""

    def __init__(self, satz: str, feld: str = ""):
        super().__init__(satz)
        self.satz, self.feld = satz, feld


# Who


def mit_rolle_in(kommune):
    """The active accounts that have a role in a Kommune, by name; who can sit in a Gremium or be asked."""
    konten = Benutzer.objects.filter(is_active=True, mitgliedschaften__kommune=kommune)
    return konten.distinct().order_by(*NACH_NAMEN)


def teilnehmende(runde: Runde):
    """The active accounts before which the Fassung is laid, in person or by a seat. The other end of
    `RundeQuerySet.fuer_teilnehmende`."""
    dabei = Q(runden=runde) | Q(sitze__gremium__runden=runde)
    return mit_rolle_in(runde.konzept.kommune).filter(pk__in=Benutzer.objects.filter(dabei).values("pk"))


def offene_runden(benutzer):
    """The Runden in which an account is asked now, the most urgent first, with Fassung and concept. One query beyond
    the roles of the account."""
    if not benutzer.is_authenticated:
        return Runde.objects.none()
    return Runde.objects.fuer_teilnehmende(benutzer).laufende().mit_fassung().order_by("ende", "pk")


# When


def _wo(anmerkung: Anmerkung) -> str:
    """The place of an Anmerkung for the log, which the Leitung reads: nothing of what is said among the members of an
    internal Runde, before its end."""
    return "" if anmerkung.runde.verschlossen else f" ({anmerkung.ort})"


def protokolliere_zu(anmerkung: Anmerkung, benutzer, was: str) -> None:
    """Log what was done with an Anmerkung of somebody else."""
    protokolliere(anmerkung.runde, benutzer, f"{was}{_wo(anmerkung)}")


def protokolliere(runde: Runde, benutzer, was: str, ereignis: str = Ereignis.RUNDE) -> None:
    text = f"{was}: {runde.fassung}, {runde.konzept.titel}"
    halte_fest(ereignis, kommune=runde.konzept.kommune, benutzer=benutzer, text=text)


@transaction.atomic
def verlaengere(runde: Runde, bisher: dt.date, bis: dt.date, grund: str, benutzer) -> Verlaengerung:
    """Give a Runde more time. Raises Regelverstoss where that is not possible (any more)."""
    gesperrt = Runde.objects.select_for_update(of=("self",)).get(pk=runde.pk)
    if gesperrt.ende != bisher:
        raise Regelverstoss(f"Inzwischen endet die Runde am {am(gesperrt.ende)}. Prüfen Sie das neue Ende.", "bis")
    if not gesperrt.verlaengerbar:
        raise Regelverstoss("Eine interne Runde lässt sich nach ihrem Ende nicht mehr verlängern.")
    bisher = min(bisher, gesperrt.letzter_tag)
    verlaengerung = runde.verlaengerungen.create(bisher=bisher, bis=bis, grund=grund, verlaengert_von=benutzer)
    runde.ende, runde.geschlossen_am, runde.geschlossen_grund = bis, None, ""
    runde.erinnert_am = runde.zusammengefasst_am = None
    felder = ["ende", "geschlossen_am", "geschlossen_grund", "erinnert_am", "zusammengefasst_am"]
    runde.save(update_fields=felder)
    protokolliere(runde, benutzer, f"Runde verlängert bis {am(bis)}")
    return verlaengerung


@transaction.atomic
def beende(runde: Runde, grund: str, benutzer) -> None:
    """End a Runde before its time; nothing happens where it has ended already."""
    getroffen = Runde.objects.filter(pk=runde.pk, geschlossen_am=None).update(
        geschlossen_am=timezone.now(), geschlossen_grund=grund
    )
    if getroffen:
        welche = "Interne Runde" if runde.sichtbarkeit == Runde.Sichtbarkeit.INTERN else "Runde"
        protokolliere(runde, benutzer, f"{welche} vorzeitig beendet")


# What is said and answered


@transaction.atomic
def zieh_zurueck(anmerkung: Anmerkung, benutzer, grund: str = "") -> None:
    """Take an Anmerkung back; a private note is deleted. What came on paper keeps its words and the `grund` in the
    history, and the log says so."""
    if anmerkung.privat:
        anmerkung.delete()
        return
    merke_ausgang(anmerkung)
    anmerkung.zurueckgezogen_am = timezone.now()
    anmerkung.save(update_fields=["zurueckgezogen_am"])
    schreibe_mit(anmerkung, benutzer, AenderungArt.ZURUECKGEZOGEN, grund)
    if anmerkung.papier_von:
        protokolliere_zu(anmerkung, benutzer, "Anmerkung vom Papier zurückgezogen")


def merke_gelesen(runde: Runde, benutzer) -> None:
    """The account has read the Anmerkungen up to now."""
    Lesestand.objects.update_or_create(runde=runde, benutzer=benutzer, defaults={"gelesen_bis": timezone.now()})


def veraltete_entwuerfe(runde: Runde):
    """The drafted Stellungnahmen to Anmerkungen whose author has changed them since: what is answered may not be said
    any more."""
    return Stellungnahme.objects.filter(
        anmerkung__runde=runde, freigegeben_am=None, anmerkung__geaendert_am__gt=F("geaendert_am")
    )


def gib_frei(*, runde: Runde, anmerkungen, konto) -> int:
    """Release the drafted Stellungnahmen to these Anmerkungen (pks) of a Runde, but for `veraltete_entwuerfe`; how many
    there were.

    From then on whoever reads the Anmerkung reads the answer.
    """
    offen = Stellungnahme.objects.exclude(pk__in=veraltete_entwuerfe(runde)).filter(
        anmerkung__runde=runde,
        anmerkung__in=list(anmerkungen),
        anmerkung__privat=False,
        anmerkung__zurueckgezogen_am=None,
        freigegeben_am=None,
    )
    with vorgang(konto=konto, bei=runde.konzept, recht=rechte.FREIGEBEN):
        gefunden = list(offen.select_for_update(of=("self",)).select_related("anmerkung"))
        for stellungnahme in gefunden:
            stellungnahme.anmerkung.runde = runde
        anzahl = offen.update(freigegeben_am=timezone.now(), freigegeben_von=konto, version=F("version") + 1)
        if anzahl:
            schreibe_alle_mit(gefunden, konto, AenderungArt.FREIGEGEBEN)
            protokolliere(runde, konto, f"Stellungnahmen freigegeben ({anzahl})", Ereignis.FREIGEGEBEN)
    return anzahl


def nimm_frei_zurueck(*, stellungnahme: Stellungnahme, konto, grund: str) -> None:
    """Make a released Stellungnahme a draft again, such as to mend a mistake; what was released stays in the history
    with the `grund`. The author of the Anmerkung is told anew later."""
    runde = stellungnahme.anmerkung.runde
    with vorgang(konto=konto, bei=runde.konzept, recht=rechte.FREIGEBEN):
        merke_ausgang(stellungnahme)
        stellungnahme.freigegeben_am = stellungnahme.freigegeben_von = stellungnahme.mitgeteilt_am = None
        stellungnahme.save(update_fields=["freigegeben_am", "freigegeben_von", "mitgeteilt_am"])
        schreibe_mit(stellungnahme, konto, AenderungArt.FREIGABE_GENOMMEN, grund)
        text = "Freigabe einer Stellungnahme zurückgenommen"
        protokolliere(runde, konto, text, Ereignis.FREIGABE_ZURUECKGENOMMEN)
