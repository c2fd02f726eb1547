"""What a measure costs, as its sheet says it: each position as it is worded, how it counts, and the sum.

How much a position counts for stands in the tree already, and is only added here, as in the overview of all costs.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from konzept.dokument import baum
from konzept.dokument.kostenuebersicht import summe
from konzept.dokument.personalstellen import stellen_hoechstens
from konzept.dokument.posten import HAUSHALTE, in_sicht
from konzept.dokument.tafeln.massnahmentabelle import Worte, Zellwort, betrag_und_wort, passt, wofuer
from konzept.dokument.zahlen import zahl
from massnahmen import geld
from massnahmen.kosten import WORTE, Grund

KURZER_WORTLAUT = 40
"""Signs of costs in words that have room in the band of facts."""


class Kostenzeile(NamedTuple):
    """A position: what for, in which years, the amount as it is worded, and below it what that says of the amount
    ("jährlich") and how it counts where it does not say so itself. `lang`: the wording is a text, and its row may break
    across pages."""

    wofuer: str
    zeit: str
    angabe: str
    rechnung: str
    lang: bool


class Summenzeile(NamedTuple):
    titel: str
    zeit: str
    betrag: str


class Kostentafel(NamedTuple):
    """Without the column of the years where none are named."""

    zeilen: tuple[Kostenzeile, ...]
    summen: tuple[Summenzeile, ...]
    mit_zeit: bool


def kosten_in_worten(kosten: baum.Kosten, dokument: baum.Dokument) -> tuple[str, ...]:
    """The positions where they need no table: each says but one thing, what it is for or how much it is; else ()."""
    angaben = [p for p in kosten.positionen if p.angabe]
    if any(p.zeit for p in kosten.positionen) or len(angaben) > 1 or any(map(wofuer, angaben)):
        return ()
    rechnungen = (_rechnung(p, dokument) for p in kosten.positionen)
    worte = (p.angabe or wofuer(p) for p in kosten.positionen)
    return tuple(f"{wort} ({wie})" if wie else wort for wort, wie in zip(worte, rechnungen, strict=True) if wort)


def kostentafel(kosten: baum.Kosten, dokument: baum.Dokument) -> Kostentafel:
    zeilen = tuple(_zeile(p, dokument) for p in kosten.positionen)
    summen = tuple(_summen(kosten, dokument)) if len(zeilen) > 1 else ()
    return Kostentafel(zeilen, summen, any(zeile.zeit for zeile in (*zeilen, *summen)))


def kostenkachel(kosten: baum.Kosten, dokument: baum.Dokument) -> Worte:
    """ "**164.000 €**, 0,5 VZÄ": the sum where there is one, else what there is to say, in short."""
    summen = list(_summen(kosten, dokument))
    stellen = stellen_hoechstens(kosten.positionen)
    vzae = "" if stellen is None else f"{zahl(stellen)}\u00a0VZÄ"
    if len(summen) == 1:
        offen = " und weitere" if any(map(_fehlt, kosten.positionen)) else ""
        dazu = f"{offen}, {vzae}" if vzae else offen
        return (Zellwort(text=summen[0].betrag, fett=True), *([Zellwort(text=dazu)] if dazu else []))
    worte = list(filter(None, (*(p.angabe for p in kosten.positionen), kosten.wortlaut)))
    if not worte:
        worte = [", ".join(filter(None, ("offen" if kosten.offen else "", vzae)))]
    if len(worte) == 1 and len(worte[0]) <= KURZER_WORTLAUT and "\n" not in worte[0]:
        return (Zellwort(text=worte[0], fett=True),) if worte[0] else ()
    return (Zellwort(text=f"siehe Kosten, {vzae}" if vzae else "siehe Kosten"),)


def kostenzeitraum(kosten: baum.Kosten, dokument: baum.Dokument) -> str:
    """The years of the sum."""
    summen = list(_summen(kosten, dokument))
    return summen[0].zeit if len(summen) == 1 else ""


def _zeile(p: baum.Kostenposition, dokument: baum.Dokument) -> Kostenzeile:
    lang = not passt(p.angabe)
    betrag, wort = (p.angabe, "") if lang else betrag_und_wort(p.angabe)
    darunter = ", ".join(filter(None, (wort, _rechnung(p, dokument))))
    return Kostenzeile(wofuer(p) or "Kosten", p.zeit, betrag, darunter, lang)


def _rechnung(p: baum.Kostenposition, dokument: baum.Dokument) -> str:
    """ "4 × 36.500 € = 146.000 €", or why it does not count; "" where the wording is all there is to say."""
    if p.grund:
        # A frozen tree may name a reason that this program does not know.
        with suppress(ValueError):
            return WORTE[Grund(p.grund)]
        return "nicht gezählt"
    if not p.anteile:
        return ""
    betraege = [anteil.betrag for anteil in p.anteile]
    zusammen = geld.betrag_in(sum(betraege), dokument.kommune.waehrung)
    davor = f"; vor {dokument.gueltig_ab} nicht gezählt" if p.gekuerzt else ""
    if len(set(betraege)) == 1 and len(betraege) > 1:
        return f"{len(betraege)} × {geld.betrag_in(betraege[0], dokument.kommune.waehrung)} = {zusammen}{davor}"
    if len(betraege) > 1 or sum(betraege) != p.betrag:
        return f"zusammen {zusammen}{davor}"
    if p.grenze_schluessel:
        return f"gezählt mit {zusammen}{davor}"
    return davor.removeprefix("; ")


def _fehlt(p: baum.Kostenposition) -> bool:
    """Whether there is more to it than is counted."""
    return bool(p.grund) and p.grund != Grund.VORBEI


def _summen(kosten: baum.Kosten, dokument: baum.Dokument) -> Iterator[Summenzeile]:
    """The sum of what counts; of each budget its own, since these are never added to each other."""
    alle = any(p.grund for p in kosten.positionen)
    genannt = {p.haushalt_schluessel for p in kosten.positionen if p.anteile}
    for haushalt in [h for h in HAUSHALTE if h in genannt] or [""]:
        betrag = summe(kosten.positionen, haushalt)
        if betrag is None:
            continue
        jahre = {a.jahr for p in kosten.positionen if in_sicht(p, haushalt) for a in p.anteile}
        titel = f"Zusammen im {HAUSHALTE[haushalt]}" if haushalt else "Zusammen"
        yield Summenzeile(
            titel=f"{titel}, soweit gezählt" if alle else titel,
            zeit=_spanne(jahre, dokument),
            betrag=geld.betrag_in(betrag, dokument.kommune.waehrung),
        )


def _spanne(jahre: set[int | None], dokument: baum.Dokument) -> str:
    """ "2027–2032": the validity where all years are in it; "" where an amount has none of its own."""
    if not jahre or None in jahre:
        return ""
    erstes, letztes = min(jahre), max(jahre)
    ab, bis = dokument.gueltig_ab, dokument.gueltig_bis
    if ab and bis and ab <= erstes and letztes <= bis:
        return dokument.gueltigkeit
    return str(erstes) if erstes == letztes else f"{erstes}–{letztes}"
