"""What is said below the sums: what is not in them, and what is in them otherwise than one would think."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from massnahmen.geld import Grenze, betrag_in
from massnahmen.kosten import Grund
from massnahmen.kostenhinweise import genauer
from massnahmen.models import Umsetzungsstand

from . import baum
from .posten import HAUSHALTE, Posten, in_sicht

REGEL = (
    "Einmalige Beträge zählen in ihrem Jahr, jährliche in jedem Jahr, in dem die Maßnahme läuft, die anderen in ihrem "
    "Abstand (etwa monatlich), solange sie läuft. Entfallene Maßnahmen zählen nicht."
)
KURZ = "Einmalige Beträge zählen in ihrem Jahr, jährliche in jedem Jahr, in dem die Maßnahme läuft."
"""The rule in one line, below each table."""
HOECHSTENS_STELLEN = 12
"""So many places are named below the sums; all of them stand in "Was noch fehlt"."""


class Fehlt(NamedTuple):
    """Something that is not in the sums: in half a line, and as a sentence."""

    kurz: str
    hinweis: baum.Summenhinweis


def nicht_gezaehlt(
    massnahmen: list[baum.Massnahme], posten: list[Posten], worte: dict[str, tuple[str, ...]]
) -> Iterator[Fehlt]:
    """What counts in no sum; `worte` are the amounts in words by the Anker of their measure."""
    for gruende, kurz, ein, mehr in NICHT_GEZAEHLT:
        stellen = [_stelle(p) for p in posten if p.position.grund in gruende]
        if stellen:
            yield Fehlt(_zahlwort(len(stellen), *kurz), _mit_stellen(stellen, ein, mehr))
    in_worten = [_wortstelle(m, betrag) for m in massnahmen for betrag in worte[m.anker]]
    if in_worten:
        yield Fehlt(
            _zahlwort(len(in_worten), "Betrag in Worten", "Beträge in Worten"),
            _mit_stellen(
                in_worten,
                "Betrag steht nur in „Kosten in Worten“ und zählt nicht",
                "Beträge stehen nur in „Kosten in Worten“ und zählen nicht",
            ),
        )
    ohne = [m.kosten for m in massnahmen if not (worte[m.anker] or _nennt_betrag(m.kosten))]
    if ohne:
        anzahl = _zahlwort(len(ohne), "Maßnahme ohne Betrag", "Maßnahmen ohne Betrag")
        yield Fehlt(anzahl, baum.Summenhinweis(satz=_ohne_betrag(ohne)))


NICHT_GEZAEHLT = (
    (
        {Grund.UNBEZIFFERT},
        ("nicht bezifferte Position", "nicht bezifferte Positionen"),
        "Position ist nicht beziffert und zählt nicht",
        "Positionen sind nicht beziffert und zählen nicht",
    ),
    (
        {Grund.DAUER, Grund.WOCHEN, Grund.VERTEILUNG, Grund.WIDERSPRUCH, Grund.RUECKWAERTS, Grund.ZU_LANG},
        ("nicht berechenbare Position", "nicht berechenbare Positionen"),
        "Position ist nicht berechenbar und zählt nicht",
        "Positionen sind nicht berechenbar und zählen nicht",
    ),
    (
        {Grund.WAEHRUNG},
        ("Position in anderer Währung", "Positionen in anderer Währung"),
        "Position hat eine andere Währung und zählt nicht",
        "Positionen haben eine andere Währung und zählen nicht",
    ),
    (
        {Grund.VORBEI},
        ("Position vor der Geltung", "Positionen vor der Geltung"),
        "Position liegt vor der Geltung des Konzepts und zählt nicht",
        "Positionen liegen vor der Geltung des Konzepts und zählen nicht",
    ),
)
"""By why a position does not count: half a line and a sentence, each for one and for several."""
NICHT_BERECHENBAR = NICHT_GEZAEHLT[1][0]
"""Of these it is said what is missing."""


def _stelle(p: Posten) -> baum.Verweis:
    titel = f"„{p.position.angabe}“" + (f" ({p.position.zeit})" if p.position.zeit else "")
    if p.position.grund in NICHT_BERECHENBAR:
        titel += f": {genauer(p.position.grund)}"
    return baum.Verweis(anker=p.massnahme.anker, nummer=p.massnahme.kennung, titel=titel)


def _wortstelle(m: baum.Massnahme, betrag: str) -> baum.Verweis:
    return baum.Verweis(anker=m.anker, nummer=m.kennung, titel=f"„{betrag}“")


def _mit_stellen(stellen: list[baum.Verweis], ein: str, mehr: str) -> baum.Summenhinweis:
    return _mit_satz(_zahlwort(len(stellen), ein, mehr), stellen)


def _ohne_betrag(ohne: list[baum.Kosten]) -> str:
    """What measures say that name no amount at all."""
    offen = sum(k.offen for k in ohne)
    worte = sum(bool(k.wortlaut) and not k.offen for k in ohne)
    teile = [
        f"{anzahl} {wort}"
        for anzahl, wort in ((offen, "bewusst offen"), (worte, "in Worten"), (len(ohne) - offen - worte, "ohne Angabe"))
        if anzahl
    ]
    satz = _zahlwort(len(ohne), "Maßnahme nennt keinen Betrag", "Maßnahmen nennen keinen Betrag")
    return f"{satz} ({', '.join(teile)})."


def _nennt_betrag(kosten: baum.Kosten) -> bool:
    return any(p.anteile or p.grund for p in kosten.positionen)


def anders_gezaehlt(gezaehlt: list[Posten], dokument: baum.Dokument) -> Iterator[baum.Summenhinweis]:
    oben = [p for p in gezaehlt if p.position.grenze_schluessel in (Grenze.HOECHSTENS, Grenze.SPANNE)]
    if oben:
        yield _mit_stellen(
            [_stelle(p) for p in oben],
            "Höchstbetrag oder Spanne zählt mit der Obergrenze",
            "Höchstbeträge und Spannen zählen mit der Obergrenze",
        )
    unten = [p for p in gezaehlt if p.position.grenze_schluessel == Grenze.MINDESTENS]
    if unten:
        yield _mit_stellen(
            [_stelle(p) for p in unten],
            "Mindestbetrag zählt mit dem, was genannt ist; es kann mehr werden",
            "Mindestbeträge zählen mit dem, was genannt ist; es kann mehr werden",
        )
    gespart = [p for p in gezaehlt if any(a.betrag < 0 for a in p.position.anteile)]
    if gespart:
        zusammen = _je_sicht(gespart, dokument, -1)
        satz = f"Einsparungen und Einnahmen von zusammen {zusammen} sind abgezogen"
        yield _mit_satz(satz, [_stelle(p) for p in gespart])
    spaeter = [p for p in gezaehlt if p.massnahme.stand_schluessel == Umsetzungsstand.ZURUECKGESTELLT]
    if spaeter:
        massnahmen = {p.massnahme.anker: p.massnahme for p in spaeter}.values()
        satz = _zahlwort(len(massnahmen), "zurückgestellte Maßnahme zählt", "zurückgestellte Maßnahmen zählen")
        stellen = [baum.Verweis(anker=m.anker, nummer=m.kennung, titel=f"„{m.kurz or m.titel}“") for m in massnahmen]
        yield _mit_satz(f"{satz} mit {_je_sicht(spaeter, dokument)} mit", stellen)
    gekuerzt = [p for p in gezaehlt if p.position.gekuerzt]
    if gekuerzt:
        was = f"mit den Jahren vor {dokument.gueltig_ab} nicht, weil ihre Maßnahme schon vor dem Konzept begann"
        satz = _zahlwort(len(gekuerzt), f"Position zählt {was}", f"Positionen zählen {was}")
        yield baum.Summenhinweis(satz=f"{satz}.")
    ohne_haushalt = sum(not p.position.haushalt_schluessel for p in gezaehlt)
    if len(gezaehlt) > ohne_haushalt > 0:
        ein, mehr = "Position nennt keinen Haushalt und zählt", "Positionen nennen keinen Haushalt und zählen"
        satz = _zahlwort(ohne_haushalt, ein, mehr)
        yield baum.Summenhinweis(satz=f"{satz} im Ergebnis- und im Finanzhaushalt.")


def _je_sicht(posten: list[Posten], dokument: baum.Dokument, vorzeichen: int = 1) -> str:
    """What these positions come to, with `vorzeichen` -1 what they save; where any of them names a view of the budget,
    in each view."""

    def zusammen(haushalt: str) -> str:
        anteile = [a.betrag for p in posten if in_sicht(p.position, haushalt) for a in p.position.anteile]
        summe = sum((betrag for betrag in anteile if vorzeichen > 0 or betrag < 0), Decimal(0))
        return _betrag(vorzeichen * summe, dokument.kommune.waehrung)

    if not any(p.position.haushalt_schluessel for p in posten):
        return zusammen("")
    return " und ".join(f"{zusammen(schluessel)} ({wort})" for schluessel, wort in HAUSHALTE.items())


def _mit_satz(satz: str, stellen: list[baum.Verweis]) -> baum.Summenhinweis:
    return baum.Summenhinweis(
        satz=f"{satz}:",
        stellen=tuple(stellen[:HOECHSTENS_STELLEN]),
        weitere=max(0, len(stellen) - HOECHSTENS_STELLEN),
    )


def _betrag(betrag: Decimal, waehrung: str) -> str:
    """A tree holds plain spaces; what must not part on paper is held together where it prints."""
    return betrag_in(betrag, waehrung).replace("\u00a0", " ")


def _zahlwort(anzahl: int, ein: str, mehr: str) -> str:
    return f"1 {ein}" if anzahl == 1 else f"{anzahl} {mehr}"
