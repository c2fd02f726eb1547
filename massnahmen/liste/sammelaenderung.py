"""Changing several measures at once, and taking that back.

A change knows for each measure what is, what would be, and what forbids it. It is shown first and carried out after:
each measure claims the version that was shown, so that one which somebody saved meanwhile is left out.

Carrying out has its cost. A fixed number of queries, whatever the number of measures: about forty, most of them for the
states in the history (see `konzept.verlauf.stand.lade_alle`); SQLite needs one more to write for every hundred
measures. Taking back costs up to twelve for each measure beside that, and hence only so many are changed at once
(`grenzen.SAMMEL_MASSNAHMEN`).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import capfirst

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept import rechte
from konzept.models.basis import Fortschreibung, VersionVeraltet, platz_danach
from konzept.verlauf.aufzeichnung import schreibe_alle_mit
from konzept.verlauf.models import Aenderung, AenderungArt
from konzept.vorgaenge import stelle_alle_wieder_her
from konzept.vorgaenge.ort import lies_neu
from konzept.vorgaenge.verschieben import Mitgehende
from konzept.vorgaenge.vorgang import vorgang

from ..models import MIT_BEGRUENDUNG, Akteur, Massnahme, Umsetzungsstand, Zustaendigkeit
from ..zustaendigkeiten import setze_alle_zustaendigkeiten

FEDERFUEHRUNG = Zustaendigkeit.Rolle.FEDERFUEHRUNG


class NeuerStand:
    """Another Umsetzungsstand. One reason for all where one is needed; empty, each keeps its own."""

    art = AenderungArt.GEAENDERT

    def __init__(self, stand: str, begruendung: str):
        self.stand, self.begruendung = stand, begruendung if stand in MIT_BEGRUENDUNG else ""
        self.name = _standname(stand)

    def _begruendung(self, m: Massnahme) -> str:
        return self.begruendung or m.stand_begruendung

    def jetzt(self, m: Massnahme) -> str:
        return _mit_grund(m.umsetzungsstand, m.stand_begruendung)

    def danach(self, m: Massnahme) -> str:
        return _mit_grund(self.stand, self._begruendung(m))

    def hindernis(self, m: Massnahme) -> str:
        fehlt = self.stand in MIT_BEGRUENDUNG and not self._begruendung(m)
        return "Es fehlt eine Begründung. Geben Sie oben eine für alle an." if fehlt else ""

    def aendert(self, m: Massnahme) -> bool:
        return (m.umsetzungsstand, m.stand_begruendung) != (self.stand, self._begruendung(m))

    def setze(self, massnahmen: list[Massnahme], konto) -> None:
        neu = {"umsetzungsstand": self.stand} | ({"stand_begruendung": self.begruendung} if self.begruendung else {})
        _alle(massnahmen).update(**neu)


def _standname(stand: str) -> str:
    return Umsetzungsstand(stand).label if stand else "ohne Angabe"


def _mit_grund(stand: str, begruendung: str) -> str:
    return f"{_standname(stand)} ({begruendung})" if stand in MIT_BEGRUENDUNG and begruendung else _standname(stand)


class NeueFederfuehrung:
    """These Akteure lead, in this order, instead of those that led before; who else takes part stays."""

    art = AenderungArt.GEAENDERT

    def __init__(self, akteure: list[Akteur]):
        self.akteure = akteure
        self.name = ", ".join(akteur.kurz for akteur in akteure)

    def jetzt(self, m: Massnahme) -> str:
        return ", ".join(z.akteur.kurz for z in m.zustaendigkeiten.all() if z.rolle == FEDERFUEHRUNG) or "–"

    def danach(self, m: Massnahme) -> str:
        return self.name

    def hindernis(self, m: Massnahme) -> str:
        return ""

    def aendert(self, m: Massnahme) -> bool:
        fuehren = [z.akteur_id for z in m.zustaendigkeiten.all() if z.rolle == FEDERFUEHRUNG]
        return fuehren != [akteur.pk for akteur in self.akteure]

    def setze(self, massnahmen: list[Massnahme], konto) -> None:
        neu = [(akteur, FEDERFUEHRUNG) for akteur in self.akteure]
        setze_alle_zustaendigkeiten(
            (m, neu + [(z.akteur, z.rolle) for z in m.zustaendigkeiten.all() if z.rolle != FEDERFUEHRUNG])
            for m in massnahmen
        )


class NeuerOrt:
    """Another Handlungsfeld, or a goal and with it the field of the goal; behind what stands there already.

    `namen` gives the shown name of every field and goal of the concept by (model name, pk). `nur_feld`: measures that
    stand in the field already keep their goal.
    """

    art = AenderungArt.VERSCHOBEN

    def __init__(self, oben: Handlungsfeld | Leitziel | Handlungsziel, namen: dict, *, nur_feld: bool):
        self.namen, self.nur_feld, self.oben = namen, nur_feld, oben
        self.feld = oben if isinstance(oben, Handlungsfeld) else oben.handlungsfeld
        self.leitziel = oben if isinstance(oben, Leitziel) else None
        self.handlungsziel = oben if isinstance(oben, Handlungsziel) else None
        self.name = namen[oben._meta.model_name, oben.pk]

    def _ort(self, feld: int, leitziel: int | None, handlungsziel: int | None) -> str:
        ziel = self.namen.get(("handlungsziel", handlungsziel)) or self.namen.get(("leitziel", leitziel))
        return ", ".join(filter(None, (self.namen["handlungsfeld", feld], ziel or "ohne Ziel")))

    def jetzt(self, m: Massnahme) -> str:
        return self._ort(m.handlungsfeld_id, m.leitziel_id, m.handlungsziel_id)

    def danach(self, m: Massnahme) -> str:
        if not self.aendert(m):
            return self.jetzt(m)
        return self._ort(self.feld.pk, self.leitziel and self.leitziel.pk, self.handlungsziel and self.handlungsziel.pk)

    def hindernis(self, m: Massnahme) -> str:
        return ""

    def aendert(self, m: Massnahme) -> bool:
        if self.nur_feld:
            return m.handlungsfeld_id != self.feld.pk
        ziele = (self.leitziel and self.leitziel.pk, self.handlungsziel and self.handlungsziel.pk)
        return (m.handlungsfeld_id, m.leitziel_id, m.handlungsziel_id) != (self.feld.pk, *ziele)

    def setze(self, massnahmen: list[Massnahme], konto) -> None:
        # The goal may stand in another field since the preview.
        oben = lies_neu(self.oben)
        ort = {
            "handlungsfeld": oben if isinstance(oben, Handlungsfeld) else oben.handlungsfeld,
            "leitziel": self.leitziel,
            "handlungsziel": self.handlungsziel,
        }
        platz = platz_danach(Massnahme.objects.filter(**ort))
        with Mitgehende.von(massnahmen, [*ort], konto):
            _alle(massnahmen).update(**ort)
        for stelle, m in enumerate(massnahmen, start=platz):
            m.reihenfolge = stelle
        Massnahme.objects.bulk_update(massnahmen, ["reihenfolge"])


Wechsel = NeuerStand | NeueFederfuehrung | NeuerOrt
"""What a change is: it says of a measure what is now (`jetzt`), what would be (`danach`), whether that differs
(`aendert`) and what forbids it (`hindernis`), and does it to several (`setze`); `art` is what the history calls it."""


def _alle(massnahmen: list[Massnahme]) -> QuerySet:
    return Massnahme.objects.filter(pk__in=[m.pk for m in massnahmen])


@dataclass
class Vorhaben:
    """A measure in the preview."""

    massnahme: Massnahme
    jetzt: str
    danach: str
    hindernis: str
    aendert: bool

    @property
    def moeglich(self) -> bool:
        return self.aendert and not self.hindernis


def plane(wechsel: Wechsel, massnahmen: list[Massnahme]) -> list[Vorhaben]:
    """What a change would do to each measure. No queries for measures that were read with `zum_aendern`."""
    return [
        Vorhaben(m, wechsel.jetzt(m), wechsel.danach(m), wechsel.hindernis(m), wechsel.aendert(m)) for m in massnahmen
    ]


def zum_aendern(massnahmen: QuerySet, pks: list[int]) -> list[Massnahme]:
    """These measures, as far as they are among `massnahmen`, in this order, with what a preview says. Three queries."""
    zeilen = massnahmen.select_related("handlungsfeld__konzept", "geaendert_von").prefetch_related(
        "zustaendigkeiten__akteur"
    )
    nach_pk = zeilen.in_bulk(pks)
    return [nach_pk[pk] for pk in pks if pk in nach_pk]


class Spur(NamedTuple):
    """What is needed to take back the change of one measure: its version since, the state before (pk of the Aenderung),
    its place before and since."""

    pk: int
    version: int
    aenderung: int
    platz: int
    neuer_platz: int


@dataclass
class Sammelergebnis:
    """`spuren` of what was changed; `veraltet` are measures that somebody saved after the preview."""

    spuren: list[Spur] = field(default_factory=list)
    veraltet: list[Massnahme] = field(default_factory=list)


def fuehre_aus(*, wechsel: Wechsel, massnahmen: list[Massnahme], versionen: dict[int, int], konto) -> Sammelergebnis:
    """Carry a change out on each measure of a concept for which it is possible and which still has the version that was
    shown. Raises PermissionDenied where `konto` may not edit one of them, PasstNicht where their new place is gone."""
    if not massnahmen:
        return Sammelergebnis()
    with vorgang(konto=konto, bei=massnahmen[0], recht=rechte.LESEN):
        _pruefe_rechte(massnahmen, konto)
        gezeigt = [m for m in massnahmen if m.version == versionen[m.pk]]
        moeglich = [m for m in gezeigt if wechsel.aendert(m) and not wechsel.hindernis(m)]
        frei = Massnahme.beanspruche_alle(moeglich, konto)
        aktuell = {m.pk for m in gezeigt} - ({m.pk for m in moeglich} - {m.pk for m in frei})
        ergebnis = Sammelergebnis(veraltet=[m for m in massnahmen if m.pk not in aktuell])
        # Taking back returns to the last entry of the history, so that changes made without a form have to be recorded
        # first.
        davor = schreibe_alle_mit(frei, None, None)
        plaetze = [m.reihenfolge for m in frei]
        wechsel.setze(frei, konto)
        _vermerke_aenderung(frei)
        schreibe_alle_mit(frei, konto, wechsel.art, letzte=davor)
    ergebnis.spuren = [
        Spur(m.pk, m.version, eintrag.pk, platz, m.reihenfolge)
        for m, eintrag, platz in zip(frei, davor, plaetze, strict=True)
    ]
    return ergebnis


def _pruefe_rechte(massnahmen: list[Massnahme], konto) -> None:
    erlaubt = Massnahme.objects.bearbeitbar_fuer(konto, massnahmen[0].konzept)
    if erlaubt.filter(pk__in=[m.pk for m in massnahmen]).count() != len(massnahmen):
        raise PermissionDenied


def _vermerke_aenderung(massnahmen: list[Massnahme]) -> None:
    """The same as `Fortgeschrieben.vermerke_aenderung` for each."""
    wie_es_war = ("", Fortschreibung.UEBERNOMMEN)
    uebernommen = _alle(massnahmen).filter(vorgaenger__isnull=False, fortschreibung__in=wie_es_war)
    uebernommen.update(fortschreibung=Fortschreibung.GEAENDERT)


@dataclass
class Ruecknahme:
    """How many measures have their earlier state again; `uebrig` names the others with the reason, `fehlend` what a
    state referred to and is gone."""

    zurueck: int = 0
    uebrig: list[str] = field(default_factory=list)
    fehlend: list[str] = field(default_factory=list)


@transaction.atomic
def nimm_zurueck(*, massnahmen: QuerySet, spuren: list[Spur], konto) -> Ruecknahme:
    """Give measures the state before a change and their place before it, as long as nobody has saved them since.

    `massnahmen` are those that the account may edit in the concept; others are left alone.
    """
    ergebnis = Ruecknahme()
    zeilen = massnahmen.select_related("handlungsfeld__konzept", "geaendert_von").in_bulk([s.pk for s in spuren])
    staende = Aenderung.objects.in_bulk([s.aenderung for s in spuren])
    da = []
    for spur in spuren:
        if spur.pk in zeilen and spur.aenderung in staende:
            da.append(spur)
        else:
            titel = staende[spur.aenderung].titel if spur.aenderung in staende else "Eine Maßnahme"
            ergebnis.uebrig.append(f"„{titel}“ gibt es nicht mehr, oder Sie dürfen sie nicht mehr bearbeiten")
    wohin = [(zeilen[spur.pk], staende[spur.aenderung], spur.version) for spur in da]
    rueckkehren = stelle_alle_wieder_her(wohin=wohin, konto=konto, recht=rechte.LESEN, auch_den_ort=True)
    plaetze: dict[int, int] = {}
    for spur, rueckkehr in zip(da, rueckkehren, strict=True):
        m = zeilen[spur.pk]
        ergebnis.fehlend += rueckkehr.fehlend
        match rueckkehr.fehler:
            case None:
                ergebnis.zurueck += 1
                if m.reihenfolge == spur.neuer_platz:  # nobody has given it another place among its siblings since
                    plaetze[spur.pk] = spur.platz
            case VersionVeraltet():
                wer = capfirst(str(m.geaendert_von or "jemand anders"))
                ergebnis.uebrig.append(f"„{m}“ hat {wer} inzwischen geändert")
            case ValidationError() as fehler:
                ergebnis.uebrig.append(f"„{m}“: {' '.join(fehler.messages)}")
    _setze_plaetze(plaetze)
    return ergebnis


def _setze_plaetze(plaetze: dict[int, int]) -> None:
    """Give measures (pk) these places among their siblings."""
    anders = [m for m in Massnahme.objects.filter(pk__in=plaetze).only("reihenfolge") if m.reihenfolge != plaetze[m.pk]]
    for m in anders:
        m.reihenfolge = plaetze[m.pk]
    Massnahme.objects.bulk_update(anders, ["reihenfolge"])
