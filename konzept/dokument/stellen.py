"""Stellenanteile (VZÄ): counted for each year, and never added over the years."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from . import baum
from .posten import OHNE_ANGABE, Posten, mittel
from .spalten import Spalten
from .zahlen import zahl


def stellen_hoechstens(positionen: Iterable[baum.Kostenposition]) -> Decimal | None:
    """The highest Stellenanteil that these positions have together in one year; one without years is there in each.
    None where none names one."""
    mit = [p for p in positionen if p.stellenanteil is not None]
    if not mit:
        return None
    immer = sum((p.stellenanteil for p in mit if not p.stellenjahre), Decimal(0))
    je_jahr = _je_jahr(mit)
    return immer + max(je_jahr.values(), default=Decimal(0))


def _je_jahr(positionen: Iterable[baum.Kostenposition]) -> dict[int, Decimal]:
    je_jahr: dict[int, Decimal] = defaultdict(Decimal)
    for p in positionen:
        for jahr in p.stellenjahre:
            je_jahr[jahr] += p.stellenanteil
    return je_jahr


def stellen(dokument: baum.Dokument, posten: list[Posten]) -> baum.Stellen | None:
    """By year and source of money; None where no position names any."""
    mit = [p.position for p in posten if p.position.stellenanteil is not None]
    if not mit:
        return None
    jahre = Spalten(dokument.gueltig_ab, dokument.gueltig_bis, {j for p in mit for j in p.stellenjahre}).jahre
    je_mittel: dict[str, list[baum.Kostenposition]] = defaultdict(list)
    for p in mit:
        je_mittel[p.finanzierung_schluessel].append(p)

    def zeile(titel: str, positionen: list[baum.Kostenposition]) -> baum.Stellenzeile:
        immer = sum((p.stellenanteil for p in positionen if not p.stellenjahre), Decimal(0))
        je_jahr = _je_jahr(positionen)
        return baum.Stellenzeile(
            titel=titel,
            anteile=tuple(immer + je_jahr.get(jahr, 0) for jahr in jahre),
            hoechstens=stellen_hoechstens(positionen),
        )

    ohne_betrag = [p for p in mit if not p.anteile]
    satz = "Stellenanteile sind je Jahr gezählt und werden nicht über die Jahre addiert."
    if ohne_betrag:
        umfang = f"{zahl(stellen_hoechstens(ohne_betrag))} VZÄ"
        satz += f" Für {umfang} davon ist kein Betrag gezählt, etwa weil vorhandenes Personal die Arbeit leistet."
    return baum.Stellen(
        jahre=tuple(map(str, jahre)),
        zeilen=tuple(
            zeile(je_mittel[m][0].finanzierung or OHNE_ANGABE, je_mittel[m])
            for m in mittel(je_mittel)
            if m in je_mittel
        ),
        summe=zeile("Zusammen", mit),
        satz=satz,
    )
