"""How much an amount counts in which year. The rules stand in `docs/summen.md`, with examples.

Nothing here guesses: what cannot be counted without a doubt has no Anteile and names its Grund.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from konzept.schreibweise import zeilenform

from . import geld as geldwerte
from .geld import Geld, Turnus
from .zeitraum import Zeitraum

MONATE = {Turnus.MONATLICH: 1, Turnus.VIERTELJAEHRLICH: 3, Turnus.HALBJAEHRLICH: 6}
JAHRE = {Turnus.JAEHRLICH: 1, Turnus.ALLE_ZWEI_JAHRE: 2}
HOECHSTENS_JAHRE = 50
"""What would count in more years than this has no end that anybody meant."""


class Grund(StrEnum):
    """Why a position counts in no sum; the value is kept in frozen trees."""

    UNBEZIFFERT = "unbeziffert"
    WAEHRUNG = "waehrung"
    DAUER = "dauer"
    WOCHEN = "wochen"
    VERTEILUNG = "verteilung"
    WIDERSPRUCH = "widerspruch"
    RUECKWAERTS = "rueckwaerts"
    ZU_LANG = "zu_lang"
    VORBEI = "vorbei"


WORTE = {
    Grund.UNBEZIFFERT: "nicht beziffert",
    Grund.WAEHRUNG: "andere Währung",
    Grund.DAUER: "nicht berechenbar: es fehlt, bis wann der Betrag anfällt",
    Grund.WOCHEN: "nicht berechenbar: die Zahl der Wochen steht nicht fest",
    Grund.VERTEILUNG: "nicht berechenbar: insgesamt oder in jedem Jahr?",
    Grund.WIDERSPRUCH: "nicht berechenbar: im Betrag stehen andere Jahre als daneben",
    Grund.RUECKWAERTS: "nicht berechenbar: das Ende liegt vor dem Beginn",
    Grund.ZU_LANG: f"nicht berechenbar: mehr als {HOECHSTENS_JAHRE} Jahre",
    Grund.VORBEI: "nicht gezählt: liegt vor der Geltung des Konzepts",
}


@dataclass(frozen=True, slots=True)
class Rechnung:
    """`anteile`: (year, amount), by year; the year is None where an amount has none of its own. They are empty where
    nothing counts, and then `grund` says why, or is None where there is no amount at all. `gekuerzt` says that years
    before the validity are not among them. `zeit` are the years beside the wording as they print, "" where the wording
    says them itself. `hinweis` is a sentence on what does not go together, though it counts."""

    anteile: tuple[tuple[int | None, Decimal], ...] = ()
    grund: Grund | None = None
    gekuerzt: bool = False
    zeit: str = ""
    hinweis: str = ""

    @property
    def summe(self) -> Decimal:
        return sum((betrag for _, betrag in self.anteile), Decimal(0))


@dataclass(frozen=True, slots=True)
class Rahmen:
    """In what a position stands: the Zeitraum of its measure, the validity of the concept, and the currency."""

    zeitraum: Zeitraum | None = None
    gueltig_ab: int | None = None
    gueltig_bis: int | None = None
    waehrung: str = "EUR"


def rahmen_von(massnahme, konzept) -> Rahmen:
    """The Rahmen of the positions of a measure. No queries where the Kommune of the concept was read."""
    return Rahmen(massnahme.zeitraum, konzept.gueltig_ab, konzept.gueltig_bis, konzept.kommune.waehrung)


def rechne(geld: Geld, jahr: int | None, bis_jahr: int | None, rahmen: Rahmen) -> Rechnung:
    """How a position counts that has `jahr` and `bis_jahr` beside its wording."""
    if not geld:
        return Rechnung(zeit=spanne(jahr, bis_jahr))
    if not geld.verstanden:
        return Rechnung(grund=Grund.UNBEZIFFERT, zeit=spanne(jahr, bis_jahr))
    if geld.waehrung not in ("", rahmen.waehrung):
        return Rechnung(grund=Grund.WAEHRUNG, zeit=_zeit(jahr, bis_jahr, Rechnung(), geld) if jahr else "")
    if jahr and not _vertraegt_sich(geld, jahr, bis_jahr):
        return Rechnung(grund=Grund.WIDERSPRUCH, zeit=spanne(jahr, bis_jahr))
    eigene = jahr or geld.jahr, bis_jahr or geld.bis_jahr
    if geld.turnus in (None, Turnus.EINMALIG):
        rechnung = _einmal(geld, *eigene, rahmen)
    elif geld.turnus == Turnus.WOECHENTLICH:
        rechnung = Rechnung(grund=Grund.WOCHEN)
    else:
        rechnung = _wiederkehrend(geld, *eigene, rahmen)
    zeit = _zeit(jahr, bis_jahr, rechnung, geld) if jahr else ""
    return replace(rechnung, zeit=zeit, hinweis=_hinweis(*eigene, rechnung, rahmen.zeitraum))


def gelesen(geld: Geld, jahr: int | None, bis_jahr: int | None, rahmen: Rahmen) -> str:
    """How an amount was read and in which years it counts, to stand beside its field; "" where nothing was typed."""
    if not geld:
        return ""
    worte = geldwerte.in_worten(geld, rahmen.waehrung)
    rechnung = rechne(geld, jahr, bis_jahr, rahmen)
    if rechnung.grund in (Grund.UNBEZIFFERT, Grund.WAEHRUNG):
        return worte
    if rechnung.grund:
        worte = geldwerte.in_worten(geld, rahmen.waehrung, zaehlt=False)
        return f"gelesen: {worte}; {WORTE[rechnung.grund]}; zählt nicht in die Summe"
    mehrere = len(rechnung.anteile) > 1 or rechnung.summe != geld.betrag
    zusammen = f", zusammen {geldwerte.betrag_in(rechnung.summe, rahmen.waehrung)}" if mehrere else ""
    danach = sum(betrag for jahr_, betrag in rechnung.anteile if jahr_ and jahr_ > (rahmen.gueltig_bis or jahr_))
    if danach and danach != rechnung.summe:
        zusammen += f", davon {geldwerte.betrag_in(danach, rahmen.waehrung)} nach {rahmen.gueltig_bis}"
    saetze = [f"Was vor {rahmen.gueltig_ab} liegt, zählt nicht"] if rechnung.gekuerzt else []
    saetze += [rechnung.hinweis] if rechnung.hinweis else []
    return ". ".join([f"gelesen: {worte}{_jahresworte(geld, rechnung)}{zusammen}", *saetze])


def noch_keine_position(betraege: Iterable[str], angaben: Iterable[str]) -> tuple[str, ...]:
    """Those amounts that no position with these wordings holds: they stand in words alone, and do not count. A position
    holds an amount that says the same, and each only one."""
    vorhanden = Counter(_schluessel(angabe) for angabe in angaben)
    offen = []
    for betrag in betraege:
        if vorhanden[schluessel := _schluessel(betrag)]:
            vorhanden[schluessel] -= 1
        else:
            offen.append(betrag)
    return tuple(offen)


def _schluessel(wortlaut: str):
    """Equal for wordings that are read as the same amount."""
    with suppress(geldwerte.GeldFehler):
        if (wert := geldwerte.lies(wortlaut)).verstanden:
            return replace(wert, wortlaut="", waehrung=wert.waehrung or "EUR")
    return "".join(zeilenform(wortlaut).lower().split())


def stellenjahre(geld: Geld, jahr: int | None, bis_jahr: int | None, rahmen: Rahmen) -> tuple[int, ...]:
    """The years in which the Stellenanteil of a position is there, in order: its own, or those of a recurring amount,
    else those of the measure, else of the validity. () where none is known."""
    if not jahr:
        jahr, bis_jahr = geld.jahr, bis_jahr or geld.bis_jahr
    wiederkehrend = geld.turnus not in (None, Turnus.EINMALIG)
    if jahr and not bis_jahr and not wiederkehrend and not geld.offen:
        bis_jahr = jahr
    beginn, ende, aus_geltung = _dauer(jahr, bis_jahr, rahmen)
    if not beginn and not ende:
        return ()
    beginn, ende = beginn or ende, ende or beginn
    if ende < beginn:
        # The measure begins after the concept's validity, or ended before it.
        beginn = ende = beginn if jahr or aus_geltung else ende
    erstes, ab = beginn.year, rahmen.gueltig_ab
    if not (jahr and bis_jahr) and ab and erstes < ab <= ende.year:
        erstes = ab
    return tuple(range(erstes, ende.year + 1))[:HOECHSTENS_JAHRE]


def spanne(jahr: int | None, bis_jahr: int | None) -> str:
    """ "2027–2029", "2027" or ""."""
    return f"{jahr}–{bis_jahr}" if bis_jahr and bis_jahr != jahr else str(jahr or "")


def _vertraegt_sich(geld: Geld, jahr: int, bis_jahr: int | None) -> bool:
    """Whether the years in the wording and those beside it can both be meant."""
    gleicher_beginn = geld.jahr in (None, jahr)
    return (
        gleicher_beginn
        and (not (geld.bis_jahr and bis_jahr) or geld.bis_jahr == bis_jahr)
        and (geld.bis_jahr or jahr) >= jahr
    )


def _einmal(geld: Geld, jahr: int | None, bis: int | None, rahmen: Rahmen) -> Rechnung:
    if jahr and (geld.offen or (bis and bis != jahr)):
        if geld.turnus is None:
            return Rechnung(grund=Grund.VERTEILUNG)
        return Rechnung(((None, geld.betrag),))
    if jahr:
        return Rechnung(((jahr, geld.betrag),))
    zeitraum = rahmen.zeitraum
    beginn, ende = (zeitraum.erster_tag, zeitraum.letzter_tag) if zeitraum else (None, None)
    if ende and rahmen.gueltig_ab and ende.year < rahmen.gueltig_ab:
        return Rechnung(grund=Grund.VORBEI)
    in_einem = beginn and ende and beginn.year == ende.year
    return Rechnung(((beginn.year if in_einem else None, geld.betrag),))


def _wiederkehrend(geld: Geld, jahr: int | None, bis: int | None, rahmen: Rahmen) -> Rechnung:
    """Amounts fall due at the begin and then each so many months, or in each calendar year, as long as it lasts. What
    lies before the validity counts only where both years are named."""
    beginn, ende, aus_geltung = _dauer(jahr, bis, rahmen)
    if not beginn or not ende:
        return Rechnung(grund=Grund.DAUER)
    ab = 0 if jahr and bis else rahmen.gueltig_ab or 0
    if ende.year < ab:
        return Rechnung(grund=Grund.VORBEI)
    if ende < beginn:
        return Rechnung(grund=Grund.DAUER if aus_geltung else Grund.RUECKWAERTS)
    mal = Counter(j for j in _faellig(geld.turnus, beginn, ende) if j >= ab)
    if len(mal) > HOECHSTENS_JAHRE:
        return Rechnung(grund=Grund.ZU_LANG)
    if not mal:
        return Rechnung(grund=Grund.VORBEI)
    anteile = tuple((j, geld.betrag * anzahl) for j, anzahl in sorted(mal.items()))
    return Rechnung(anteile, gekuerzt=beginn.year < ab)


def _dauer(jahr: int | None, bis: int | None, rahmen: Rahmen) -> tuple[date | None, date | None, bool]:
    """First and last day on which something may fall due: by its own years, else by the Zeitraum, else by the validity;
    and whether the end is that of the validity. In its own first and last year the Zeitraum decides on the months."""
    zeitraum = rahmen.zeitraum
    von, letzter = (zeitraum.erster_tag, zeitraum.letzter_tag) if zeitraum else (None, None)
    beginn = date(jahr, 1, 1) if jahr else von or _neujahr(rahmen.gueltig_ab)
    aus_geltung = False
    if bis:
        ende = _silvester(bis)
    elif jahr and letzter and letzter < beginn:
        ende = _silvester(jahr)
    else:
        ende = letzter or _silvester(rahmen.gueltig_bis)
        aus_geltung = not letzter
    if jahr and von and von.year == jahr:
        beginn = von
    if bis and letzter and letzter.year == bis:
        ende = letzter
    return beginn, ende, aus_geltung


def _faellig(turnus: Turnus, beginn: date, ende: date) -> Iterator[int]:
    """The year of each payment."""
    if schritt := JAHRE.get(turnus):
        yield from range(beginn.year, ende.year + 1, schritt)
        return
    erster, letzter = beginn.year * 12 + beginn.month - 1, ende.year * 12 + ende.month - 1
    yield from (monat // 12 for monat in range(erster, letzter + 1, MONATE[turnus]))


def _zeit(jahr: int, bis_jahr: int | None, rechnung: Rechnung, geld: Geld) -> str:
    """The years as they print beside the wording: "2018" is never what counts on."""
    if bis_jahr or geld.turnus in (None, Turnus.EINMALIG) or [j for j, _ in rechnung.anteile] == [jahr]:
        return spanne(jahr, bis_jahr)
    return f"ab {jahr}"


def _hinweis(jahr: int | None, bis: int | None, rechnung: Rechnung, zeitraum: Zeitraum | None) -> str:
    """Which of the years that are named at the amount lie outside of the Zeitraum of the measure."""
    if not zeitraum or not (jahr or bis):
        return ""
    genannt = range(jahr, (bis or jahr) + 1) if jahr else [j for j, _ in rechnung.anteile if j]
    von, letzter = zeitraum.erster_tag, zeitraum.letzter_tag
    ausserhalb = [j for j in genannt if (von and j < von.year) or (letzter and j > letzter.year)]
    if not ausserhalb:
        return ""
    liegen = f"Das Jahr {ausserhalb[0]} liegt" if len(ausserhalb) == 1 else f"Die Jahre {_reihe(ausserhalb)} liegen"
    return f"{liegen} außerhalb des Zeitraums der Maßnahme ({zeitraum})"


def _reihe(jahre: list[int]) -> str:
    """ "2027 und 2029", "2026–2028 und 2031"."""
    gruppen: list[list[int]] = []
    for jahr in jahre:
        if gruppen and gruppen[-1][-1] == jahr - 1:
            gruppen[-1].append(jahr)
        else:
            gruppen.append([jahr])
    worte = [spanne(g[0], g[-1]) if len(g) > 2 else " und ".join(map(str, g)) for g in gruppen]
    return f"{', '.join(worte[:-1])} und {worte[-1]}" if len(worte) > 1 else worte[0]


def _jahresworte(geld: Geld, rechnung: Rechnung) -> str:
    jahre = [jahr for jahr, _ in rechnung.anteile]
    if jahre == [None]:
        return "" if geld.jahr else ", ohne Jahr"
    erstes, letztes = jahre[0], jahre[-1]
    if erstes == letztes:
        return "" if geld.jahr == geld.bis_jahr == erstes else f", {erstes}"
    return "" if (geld.jahr, geld.bis_jahr) == (erstes, letztes) else f", {erstes} bis {letztes}"


def _neujahr(jahr: int | None) -> date | None:
    return date(jahr, 1, 1) if jahr else None


def _silvester(jahr: int | None) -> date | None:
    return date(jahr, 12, 31) if jahr else None
