"""Sums of Kosten by year, by Handlungsfeld and by source of money. The rule for years: `massnahmen.kosten`."""

from collections import defaultdict
from decimal import Decimal

from massnahmen.gliederung import anker
from massnahmen.kosten import betrag_je_jahr, jahre
from massnahmen.models import Kostenposition, Umsetzungsstand

from . import baum
from .zeilen import Zeilen

OHNE_ANGABE = "Ohne Angabe zur Finanzierung"
REIHENFOLGE = tuple(Kostenposition.Finanzierung.values)
HOECHSTENS_JAHRE = 8
"""More columns do not fit on a page; years outside the validity of the concept are summed as "ohne Jahr"."""


def kostenuebersicht(zeilen: Zeilen) -> baum.Kostenuebersicht | baum.Hinweis:
    """The overview of a concept, or a Hinweis where no measure names an amount. Dropped measures do not count."""
    konzept, nummern = zeilen.konzept, zeilen.nummern
    nach_feld: dict = defaultdict(lambda: defaultdict(Decimal))
    nach_mitteln: dict = defaultdict(lambda: defaultdict(Decimal))
    ohne_betrag = 0
    for feld in nummern.felder:
        for m in nummern.massnahmen_in[feld.pk]:
            if m.umsetzungsstand == Umsetzungsstand.ENTFALLEN:
                continue
            positionen = [p for p in zeilen.kostenpositionen[m.pk] if p.betrag is not None]
            ohne_betrag += not positionen
            for p in positionen:
                betrag = betrag_je_jahr(p.betrag, p.turnus)
                for jahr in jahre(p, m.zeitraum, konzept.gueltig_ab, konzept.gueltig_bis) or (None,):
                    nach_feld[feld.pk][jahr] += betrag
                    nach_mitteln[p.finanzierung][jahr] += betrag
    if not nach_feld:
        return baum.Hinweis(text="Zu den Maßnahmen sind noch keine Beträge angegeben.")
    spalten = _spalten(konzept, {jahr for summen in nach_feld.values() for jahr in summen if jahr})
    gesamt: dict = defaultdict(Decimal)
    for summen in nach_feld.values():
        for jahr, betrag in summen.items():
            gesamt[jahr] += betrag
    return baum.Kostenuebersicht(
        jahre=spalten,
        felder=tuple(
            _zeile(spalten, nach_feld[feld.pk], feld.titel, nummern[feld], anker(feld))
            for feld in nummern.felder
        ),
        mittel=_mittel(spalten, nach_mitteln, dict(Kostenposition.Finanzierung.choices)),
        summe=_zeile(spalten, gesamt, "Summe"),
        ohne_betrag=ohne_betrag,
    )


def kosten_nach_mitteln(dokument: baum.Dokument) -> tuple[baum.Kostenuebersicht | None, Decimal]:
    """The overview by source of money alone (`felder` is empty), and the sum of the Stellenanteile: out of the tree,
    with the rule and sums of `kostenuebersicht` and the words of the tree. None where no measure names an amount."""
    nach_mitteln: dict = defaultdict(lambda: defaultdict(Decimal))
    worte: dict[str, str] = {}
    gesamt: dict = defaultdict(Decimal)
    stellen, ohne_betrag = Decimal(0), 0
    for m in dokument.massnahmen():
        if m.stand_schluessel == Umsetzungsstand.ENTFALLEN:
            continue
        stellen += sum((p.stellenanteil for p in m.kosten.positionen if p.stellenanteil), Decimal(0))
        positionen = [p for p in m.kosten.positionen if p.betrag is not None]
        ohne_betrag += not positionen
        for p in positionen:
            worte[p.finanzierung_schluessel] = p.finanzierung
            for jahr in p.jahre or (None,):
                nach_mitteln[p.finanzierung_schluessel][jahr] += p.jaehrlich
                gesamt[jahr] += p.jaehrlich
    if not nach_mitteln:
        return None, stellen
    spalten = _spalten(dokument, {jahr for jahr in gesamt if jahr})
    uebersicht = baum.Kostenuebersicht(
        jahre=spalten,
        felder=(),
        mittel=_mittel(spalten, nach_mitteln, worte),
        summe=_zeile(spalten, gesamt, "Summe"),
        ohne_betrag=ohne_betrag,
    )
    return uebersicht, stellen


def _mittel(spalten, nach_mitteln: dict[str, dict], worte: dict[str, str]) -> tuple[baum.Kostenzeile, ...]:
    """A row for each source of money by its key, also for one that can no longer be chosen; at the end for none."""
    frueher = sorted(nach_mitteln.keys() - {*REIHENFOLGE, ""})
    return tuple(
        _zeile(spalten, nach_mitteln[m], worte.get(m) or OHNE_ANGABE)
        for m in (*REIHENFOLGE, *frueher, "")
        if m in nach_mitteln
    )


def _spalten(konzept, genannt: set[int]) -> tuple[int, ...]:
    ab, bis = konzept.gueltig_ab, konzept.gueltig_bis
    if ab and bis and bis - ab < HOECHSTENS_JAHRE:
        return tuple(range(ab, bis + 1))
    return tuple(sorted(genannt)[:HOECHSTENS_JAHRE])


def _zeile(spalten, summen, titel: str, nummer: str = "", ziel: str = "") -> baum.Kostenzeile:
    betraege = tuple(summen.get(jahr, Decimal(0)) for jahr in spalten)
    summe = sum(summen.values(), Decimal(0))
    return baum.Kostenzeile(
        titel=titel,
        nummer=nummer,
        anker=ziel,
        betraege=betraege,
        ohne_jahr=summe - sum(betraege),
        summe=summe,
    )
