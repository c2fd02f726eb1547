"""Stellenanteile (VZÄ): counted for each year, and never added over the years."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from massnahmen.models import Kostenposition

from . import baum
from .posten import OHNE_ANGABE, Posten, mittel
from .summenspalten import Spalten
from .zahlen import zahl


def stellen_hoechstens(positionen: Iterable[baum.Kostenposition]) -> Decimal | None:
    """The highest Stellenanteil that these positions have together in one year; one without years is there in each.
    None where none names one."""
    mit = _gezaehlt(positionen)
    if not mit:
        return None
    return _immer(mit) + max(_je_jahr(mit).values(), default=Decimal(0))


def stellen(dokument: baum.Dokument, posten: list[Posten]) -> baum.Stellen | None:
    """By year and source of money; None where no position names any. What lies outside of the years of the columns
    stands with its highest in one of its own."""
    je_massnahme: dict[str, list[baum.Kostenposition]] = defaultdict(list)
    for p in posten:
        je_massnahme[p.massnahme.anker].append(p.position)
    mit = [position for positionen in je_massnahme.values() for position in _gezaehlt(positionen)]
    if not mit:
        return None
    spalten = Spalten(dokument.gueltig_ab, dokument.gueltig_bis, {j for p in mit for j in p.stellenjahre})
    je_mittel: dict[str, list[baum.Kostenposition]] = defaultdict(list)
    for position in mit:
        je_mittel[position.finanzierung_schluessel].append(position)

    def zeile(titel: str, positionen: list[baum.Kostenposition]) -> baum.Stellenzeile:
        immer = _immer(positionen)
        anteile = tuple(immer + anteil for anteil in spalten.hoechstes(_je_jahr(positionen)))
        return baum.Stellenzeile(titel=titel, anteile=anteile, hoechstens=max(anteile, default=immer))

    ohne_betrag = [p for p in mit if not (p.anteile or p.grund)]
    satz = "Stellenanteile sind je Jahr gezählt und werden nicht über die Jahre addiert."
    if ohne_betrag:
        umfang = f"{zahl(stellen_hoechstens(ohne_betrag))} VZÄ"
        satz += f" Für {umfang} davon ist kein Betrag genannt, etwa weil vorhandenes Personal die Arbeit leistet."
    return baum.Stellen(
        jahre=spalten.titel,
        zeilen=tuple(
            zeile(je_mittel[m][0].finanzierung or OHNE_ANGABE, je_mittel[m])
            for m in mittel(je_mittel)
            if m in je_mittel
        ),
        summe=zeile("Zusammen", mit),
        satz=satz,
    )


def _gezaehlt(positionen: Iterable[baum.Kostenposition]) -> list[baum.Kostenposition]:
    """The positions of one measure whose Stellenanteil counts: the same post named in both views of the budget is one,
    so that beside such of the Ergebnishaushalt those of the Finanzhaushalt do not count once more."""
    mit = [p for p in positionen if p.stellenanteil is not None]
    if any(p.haushalt_schluessel == Kostenposition.Haushalt.ERGEBNISHAUSHALT for p in mit):
        return [p for p in mit if p.haushalt_schluessel != Kostenposition.Haushalt.FINANZHAUSHALT]
    return mit


def _immer(positionen: Iterable[baum.Kostenposition]) -> Decimal:
    return sum((p.stellenanteil or Decimal(0) for p in positionen if not p.stellenjahre), Decimal(0))


def _je_jahr(positionen: Iterable[baum.Kostenposition]) -> dict[int, Decimal]:
    je_jahr: dict[int, Decimal] = defaultdict(Decimal)
    for p in positionen:
        for jahr in p.stellenjahre:
            je_jahr[jahr] += p.stellenanteil or Decimal(0)
    return je_jahr
