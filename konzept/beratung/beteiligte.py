"""Who takes part in a Runde: seats in Gremien, and the Gremien and persons before whom it is laid.

Nobody lets themself in. A seat is given by somebody else; whoever leads an internal Runde does not come to be one of
those who alone read what is said in it. Each change is logged with the persons, and told to those who took part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q, QuerySet

from konzept.konten.models import Benutzer, Ereignis
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.models import Gremium
from konzept.verlauf.models import Aenderung as Verlaufseintrag
from konzept.verlauf.models import AenderungArt

from . import post
from .models import Beteiligtenwechsel, Runde, Sitz
from .vorgaenge import Regelverstoss, protokolliere, teilnehmende

KEIN_EIGENER_SITZ = (
    "Sich selbst können Sie keinen Sitz geben. Bitten Sie darum jemand anderen mit der Rolle Leitung oder Verwaltung."
)
NICHT_SELBST_DAZU = (
    "Wer eine interne Runde leitet, nimmt sich nicht selbst dazu: Die Mitglieder sollen sich darauf verlassen, dass "
    "bis zum Ende nur sie lesen, was sie anmerken."
)
NICHT_MIT_DEM_EIGENEN_GREMIUM = (
    "In einem dieser Gremien sitzen Sie selbst, und wer eine interne Runde leitet, nimmt sich nicht selbst dazu. "
    "Bitten Sie jemand anderen, der die Beratung leitet, das Gremium hinzuzufügen."
)


# Seats


def pruefe_sitze(gremium: Gremium, konten: Iterable[Benutzer], benutzer: Benutzer) -> None:
    """Raises Regelverstoss where `benutzer` would give a seat to themself; one that they have they may keep."""
    if benutzer in konten and not gremium.sitze.filter(benutzer=benutzer).exists():
        raise Regelverstoss(KEIN_EIGENER_SITZ, "konten")


@transaction.atomic
def setze_sitze(gremium: Gremium, konten: Iterable[Benutzer], benutzer: Benutzer) -> None:
    """Let exactly these accounts sit in a Gremium. Raises Regelverstoss."""
    # Changes of seats of one Gremium wait for each other.
    Gremium.objects.select_for_update(no_key=True).get(pk=gremium.pk)
    konten = list(konten)
    pruefe_sitze(gremium, konten, benutzer)
    vorher = [sitz.benutzer for sitz in gremium.sitze.select_related("benutzer")]
    dazu, weg = _unterschied(vorher, konten)
    with _sage_wer_wechselt(_offene_runden(gremium), benutzer):
        gremium.sitze.filter(benutzer__in=weg).delete()
        Sitz.objects.bulk_create(Sitz(gremium=gremium, benutzer=konto) for konto in dazu)
    _halte_sitze_fest(gremium, benutzer, dazu, weg)


def _halte_sitze_fest(gremium: Gremium, benutzer, dazu, weg, zusatz: str = "") -> None:
    je_ereignis = ((Ereignis.SITZ_GEGEBEN, dazu), (Ereignis.SITZ_ENTZOGEN, weg))
    aenderungen = [Zugangsaenderung(e, konto, f"{gremium}{zusatz}") for e, konten in je_ereignis for konto in konten]
    halte_zugang_fest(gremium.kommune, benutzer, aenderungen)


# Roles, and an account that is not switched off, without which nobody takes part

_KONTO_WECHSELT = {Ereignis.KONTO_GESPERRT, Ereignis.KONTO_ENTSPERRT}


def nach_zugangswechsel(kommune, benutzer, aenderungen: list[Zugangsaenderung], **_) -> None:
    """Receiver of `zugang.geaendert`: seats and places outlast a person's last role and a locked account, and count
    again afterwards. Who takes part is told then as after any other change."""
    for person in {a.person for a in aenderungen if a.ereignis in _KONTO_WECHSELT}:
        _sage_wer_wieder_oder_nicht_mehr_mitliest(kommune, person, benutzer)
    gegeben, entzogen = (
        Counter(a.person for a in aenderungen if a.person and a.ereignis == ereignis)
        for ereignis in (Ereignis.ROLLE_GEGEBEN, Ereignis.ROLLE_ENTZOGEN)
    )
    for person in gegeben.keys() | entzogen.keys():
        rollen = person.mitgliedschaften.filter(kommune=kommune).count()
        hatte_rollen = rollen - gegeben[person] + entzogen[person] > 0
        if hatte_rollen != bool(rollen) and person.is_active:
            _sage_wer_wieder_oder_nicht_mehr_mitliest(kommune, person, benutzer)


def _sage_wer_wieder_oder_nicht_mehr_mitliest(kommune, person: Benutzer, benutzer) -> None:
    for runde in _offene_runden_von(person).filter(fassung__konzept__kommune=kommune):
        nachher = list(teilnehmende(runde))
        andere = [konto for konto in nachher if konto != person]
        _melde(runde, andere if person in nachher else [*andere, person], nachher, benutzer)


def vor_dem_loeschen(person: Benutzer) -> None:
    """Before an account is erased with its seats and places: those who took part with it are told."""
    for runde in _offene_runden_von(person):
        vorher = list(teilnehmende(runde))
        _melde(runde, vorher, [konto for konto in vorher if konto != person], None)


def _offene_runden_von(person: Benutzer) -> QuerySet[Runde]:
    """The Runden that are not over in which a person has a seat or a place."""
    dabei = Runde.objects.filter(Q(personen=person) | Q(gremien__sitze__benutzer=person)).values("pk")
    return Runde.objects.filter(pk__in=dabei).nicht_beendete().mit_fassung()


# A Gremium that goes into the Papierkorb, and comes back


def nach_dem_papierkorb(aenderung: Verlaufseintrag) -> None:
    """Receiver of `verlauf.aufzeichnung.aufgezeichnet`: the seats go and come with their Gremium. While it is recorded,
    it is (still, or again) there."""
    weg = aenderung.art == AenderungArt.GELOESCHT
    art, _, pk = aenderung.anker.partition("-")
    if art != Gremium._meta.model_name or not (weg or aenderung.art == AenderungArt.WIEDERHERGESTELLT):
        return
    gremium, benutzer = Gremium.objects.select_related("kommune").get(pk=pk), aenderung.benutzer
    if not weg and any(runde.verschlossen for runde in _offene_runden(gremium)):
        # Nobody may give a seat to themself, not even by bringing back a Gremium in which they had one.
        gremium.sitze.filter(benutzer=benutzer).delete()
    sitzende = [sitz.benutzer for sitz in gremium.sitze.select_related("benutzer")]
    for runde in _offene_runden(gremium):
        mit = list(teilnehmende(runde))
        ohne = _ohne(runde, gremium, mit)
        _melde(runde, *((mit, ohne) if weg else (ohne, mit)), benutzer)
    if weg:
        _halte_sitze_fest(gremium, benutzer, (), sitzende, ", Gremium gelöscht")
    else:
        _halte_sitze_fest(gremium, benutzer, sitzende, (), ", Gremium wieder da")


def _ohne(runde: Runde, gremium: Gremium, konten: list[Benutzer]) -> list[Benutzer]:
    """Those who would take part in a Runde even without this Gremium."""
    anders = Q(runden=runde) | Q(sitze__gremium__in=runde.gremien.exclude(pk=gremium.pk))
    pks = set(Benutzer.objects.filter(anders).values_list("pk", flat=True))
    return [konto for konto in konten if konto.pk in pks]


# Before whom it is laid


def pruefe_adressaten(
    runde: Runde, gremien: Iterable[Gremium], personen: Iterable[Benutzer], benutzer: Benutzer
) -> None:
    """Raises Regelverstoss where `benutzer` would come to take part in an internal Runde by their own act. A new one
    may be laid before a Gremium in which they sit: somebody else gave them the seat, and nothing is said in it yet."""
    if not runde.verschlossen:
        return
    if not runde._state.adding and runde.nimmt_teil(benutzer):
        return
    if benutzer in personen:
        raise Regelverstoss(NICHT_SELBST_DAZU, "personen")
    if not runde._state.adding and Sitz.objects.filter(gremium__in=list(gremien), benutzer=benutzer).exists():
        raise Regelverstoss(NICHT_MIT_DEM_EIGENEN_GREMIUM, "gremien")


@transaction.atomic
def lege_vor(runde: Runde, gremien: Iterable[Gremium], personen: Iterable[Benutzer], benutzer: Benutzer) -> None:
    """Open a new Runde. Raises Regelverstoss."""
    pruefe_adressaten(runde, gremien, personen, benutzer)
    runde.save()
    runde.gremien.set(gremien)
    runde.personen.set(personen)
    protokolliere(runde, benutzer, "Zur Beratung vorgelegt")
    _halte_vorlage_fest(runde, benutzer, personen, ())


@transaction.atomic
def setze_adressaten(
    runde: Runde, gremien: Iterable[Gremium], personen: Iterable[Benutzer], benutzer: Benutzer
) -> list[Benutzer]:
    """Lay a Runde that was opened before exactly these Gremien and persons: who takes part newly.

    Raises Regelverstoss.
    """
    # Changes of who takes part in one Runde wait for each other.
    Runde.objects.select_for_update(of=("self",)).get(pk=runde.pk)
    pruefe_adressaten(runde, gremien, personen, benutzer)
    vorher = list(teilnehmende(runde))
    with _sage_wer_wechselt([runde], benutzer):
        runde.gremien.set(gremien)
        runde.personen.set(personen)
    dazu, weg = _unterschied(vorher, teilnehmende(runde))
    _halte_vorlage_fest(runde, benutzer, dazu, weg)
    return dazu


def _halte_vorlage_fest(runde: Runde, benutzer, dazu, weg) -> None:
    text = f"{runde.fassung}, {runde.konzept.titel}"
    je_ereignis = ((Ereignis.VORGELEGT, dazu), (Ereignis.NICHT_MEHR_VORGELEGT, weg))
    aenderungen = [Zugangsaenderung(ereignis, konto, text) for ereignis, konten in je_ereignis for konto in konten]
    halte_zugang_fest(runde.konzept.kommune, benutzer, aenderungen)


# What those who took part are told


def _offene_runden(gremium: Gremium) -> QuerySet[Runde]:
    return gremium.runden.nicht_beendete().mit_fassung()


@contextmanager
def _sage_wer_wechselt(runden: list[Runde], benutzer) -> Iterator[None]:
    """Context manager around a change of who takes part in these Runden: compares before and after, and tells of the
    difference."""
    vorher = {runde.pk: list(teilnehmende(runde)) for runde in runden}
    yield
    for runde in runden:
        _melde(runde, vorher[runde.pk], list(teilnehmende(runde)), benutzer)


def _melde(runde: Runde, vorher: list[Benutzer], nachher: list[Benutzer], benutzer) -> None:
    """Keep who came and went, for the page of the Runde. Of an internal one, whoever has written in it in the belief
    that only the others read it learns of it at once."""
    dazu, weg = _unterschied(vorher, nachher)
    Beteiligtenwechsel.objects.bulk_create(
        Beteiligtenwechsel(runde=runde, person=konto, kam=kam, durch=benutzer)
        for kam, konten in ((True, dazu), (False, weg))
        for konto in konten
    )
    if (dazu or weg) and runde.verschlossen:
        an = [konto for konto in vorher if konto != benutzer]
        post.melde_beteiligte(runde, an, dazu, weg, benutzer)


def _unterschied(vorher: Iterable[Benutzer], nachher: Iterable[Benutzer]) -> tuple[list[Benutzer], list[Benutzer]]:
    vorher, nachher = list(vorher), list(nachher)
    return [k for k in nachher if k not in vorher], [k for k in vorher if k not in nachher]
