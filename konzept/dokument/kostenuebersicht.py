"""What the measures of a document cost: the one place where amounts are added. The rules: `docs/summen.md`.

It reads the tree alone, so that a page, a print, a Vorlage and a spreadsheet of the same document say the same. What a
single position counts for stands in it already (see `massnahmen.kosten`).
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from . import baum
from .personalstellen import stellen
from .posten import (
    HAUSHALTE,
    OHNE_ANGABE,
    Posten,
    handlungsfelder,
    in_sicht,
    massnahmen_in,
    mittel,
    nur_in_worten,
    zaehlt,
)
from .summenhinweise import KURZ, REGEL, anders_gezaehlt, nicht_gezaehlt
from .summenspalten import Spalten

Summen = dict[int | None, Decimal]


def kostenuebersicht(dokument: baum.Dokument) -> baum.Kostenuebersicht | baum.Hinweis:
    """The overview of a document, or a Hinweis where no measure names an amount or a Stellenanteil. Dropped measures do
    not count, postponed ones do."""
    felder = handlungsfelder(dokument)
    massnahmen = [(feld, m) for feld in felder for m in massnahmen_in(feld) if zaehlt(m)]
    posten = [Posten(feld, m, p) for feld, m in massnahmen for p in m.kosten.positionen]
    in_worten = {m.anker: nur_in_worten(m.kosten) for _, m in massnahmen}
    if not posten and not any(in_worten.values()):
        return baum.Hinweis(text="Zu den Maßnahmen sind noch keine Beträge angegeben.")
    gezaehlt = [p for p in posten if p.position.anteile]
    fehlt = list(nicht_gezaehlt([m for _, m in massnahmen], posten, in_worten))
    jahre = {anteil.jahr for p in gezaehlt for anteil in p.position.anteile}
    spalten = Spalten(dokument.gueltig_ab, dokument.gueltig_bis, jahre)
    haushalte = HAUSHALTE if {p.position.haushalt_schluessel for p in gezaehlt} & HAUSHALTE.keys() else ("",)
    sichten = [_sicht(spalten, felder, gezaehlt, haushalt) for haushalt in haushalte if gezaehlt]
    return baum.Kostenuebersicht(
        waehrung=dokument.kommune.waehrung,
        spalten=spalten.titel,
        sichten=tuple(sichten),
        kurz=f"{KURZ} Nicht enthalten: {', '.join(f.kurz for f in fehlt)}." if fehlt else KURZ,
        hinweise=(
            baum.Summenhinweis(satz=REGEL),
            *anders_gezaehlt(gezaehlt, dokument),
            *(f.hinweis for f in fehlt),
        ),
        stellen=stellen(dokument, posten),
    )


def summe(positionen: Iterable[baum.Kostenposition], haushalt: str = "") -> Decimal | None:
    """All that these positions count for, in the view with this key; None where none of them counts."""
    anteile = [a.betrag for p in positionen if in_sicht(p, haushalt) for a in p.anteile]
    return sum(anteile, Decimal(0)) if anteile else None


def _sicht(spalten: Spalten, felder: list[baum.Kapitel], gezaehlt: list[Posten], haushalt: str) -> baum.Kostensicht:
    nach_feld: dict[str, Summen] = defaultdict(lambda: defaultdict(Decimal))
    nach_mitteln: dict[str, Summen] = defaultdict(lambda: defaultdict(Decimal))
    worte: dict[str, str] = {}
    gesamt: Summen = defaultdict(Decimal)
    for feld, _, p in gezaehlt:
        if not in_sicht(p, haushalt):
            continue
        worte[p.finanzierung_schluessel] = p.finanzierung
        for anteil in p.anteile:
            for summen in (nach_feld[feld.anker], nach_mitteln[p.finanzierung_schluessel], gesamt):
                summen[anteil.jahr] += anteil.betrag
    return baum.Kostensicht(
        haushalt=HAUSHALTE.get(haushalt, ""),
        haushalt_schluessel=haushalt,
        felder=tuple(_zeile(spalten, nach_feld[f.anker], f.titel, f.nummer, f.anker) for f in felder),
        mittel=tuple(
            _zeile(spalten, nach_mitteln[m], worte[m] or OHNE_ANGABE) for m in mittel(nach_mitteln) if m in worte
        ),
        summe=_zeile(spalten, gesamt, "Summe"),
    )


def _zeile(spalten: Spalten, summen: Summen, titel: str, nummer: str = "", ziel: str = "") -> baum.Kostenzeile:
    return baum.Kostenzeile(
        titel=titel,
        nummer=nummer,
        anker=ziel,
        betraege=spalten.verteilt(summen),
        summe=sum(summen.values(), Decimal(0)),
    )
