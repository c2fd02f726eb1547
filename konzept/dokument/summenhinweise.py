"""What is said below the sums: what is not in them, and what is in them otherwise than one would think."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from massnahmen.geld import Grenze, betrag_in
from massnahmen.kosten import WORTE, Grund
from massnahmen.models import Umsetzungsstand

from . import baum
from .posten import Posten

REGEL = (
    "Einmalige Beträge zählen in ihrem Jahr, jährliche in jedem Jahr, in dem die Maßnahme läuft, monatliche, "
    "vierteljährliche und halbjährliche, solange sie läuft. Entfallene Maßnahmen zählen nicht."
)
HOECHSTENS_STELLEN = 12
"""So many places are named below the sums; all of them stand in "Was noch fehlt"."""


class Fehlt(NamedTuple):
    """Something that is not in the sums: in half a line, and as a sentence."""

    kurz: str
    hinweis: baum.Summenhinweis


def nicht_gezaehlt(massnahmen: list[baum.Massnahme], posten: list[Posten]) -> Iterator[Fehlt]:
    for gruende, kurz, ein, mehr in NICHT_GEZAEHLT:
        stellen = [_stelle(p) for p in posten if p.position.grund in gruende]
        if stellen:
            yield Fehlt(_zahlwort(len(stellen), *kurz), _mit_stellen(stellen, ein, mehr))
    in_worten = [_wortstelle(m, betrag) for m in massnahmen for betrag in m.kosten.betraege_im_wortlaut]
    if in_worten:
        yield Fehlt(
            _zahlwort(len(in_worten), "Betrag in Worten", "Beträge in Worten"),
            _mit_stellen(
                in_worten,
                "Betrag steht nur in „Kosten in Worten“ und zählt nicht",
                "Beträge stehen nur in „Kosten in Worten“ und zählen nicht",
            ),
        )
    ohne = [m.kosten for m in massnahmen if not (m.kosten.betraege_im_wortlaut or _nennt_betrag(m.kosten))]
    if ohne:
        kurz = _zahlwort(len(ohne), "Maßnahme ohne Betrag", "Maßnahmen ohne Betrag")
        yield Fehlt(kurz, baum.Summenhinweis(satz=_ohne_betrag(ohne)))


NICHT_GEZAEHLT = (
    (
        {Grund.UNBEZIFFERT},
        ("nicht bezifferte Position", "nicht bezifferte Positionen"),
        "Position ist nicht beziffert und zählt nicht",
        "Positionen sind nicht beziffert und zählen nicht",
    ),
    (
        {Grund.DAUER, Grund.WOCHEN, Grund.VERTEILUNG, Grund.WIDERSPRUCH},
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
)
"""By why a position does not count: half a line and a sentence, each for one and for several."""


def _stelle(p: Posten) -> baum.Verweis:
    angabe = f"„{p.position.angabe}“" + (f" ({p.position.zeit})" if p.position.zeit else "")
    genauer = WORTE[Grund(p.position.grund)].partition(": ")[2]
    titel = f"{angabe}: {genauer}" if genauer else angabe
    return baum.Verweis(anker=p.massnahme.anker, nummer=p.massnahme.kennung, titel=titel)


def _wortstelle(m: baum.Massnahme, betrag: str) -> baum.Verweis:
    return baum.Verweis(anker=m.anker, nummer=m.kennung, titel=f"„{betrag}“")


def _mit_stellen(stellen: list[baum.Verweis], ein: str, mehr: str) -> baum.Summenhinweis:
    return baum.Summenhinweis(
        satz=f"{_zahlwort(len(stellen), ein, mehr)}:",
        stellen=tuple(stellen[:HOECHSTENS_STELLEN]),
        weitere=max(0, len(stellen) - HOECHSTENS_STELLEN),
    )


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


def anders_gezaehlt(gezaehlt: list[Posten], waehrung: str) -> Iterator[baum.Summenhinweis]:
    grenzen = [p.position.grenze_schluessel for p in gezaehlt]
    if oben := grenzen.count(Grenze.HOECHSTENS) + grenzen.count(Grenze.SPANNE):
        satz = _zahlwort(
            oben,
            "Höchstbetrag oder Spanne zählt mit der Obergrenze",
            "Höchstbeträge und Spannen zählen mit der Obergrenze",
        )
        yield baum.Summenhinweis(satz=f"{satz}.")
    if unten := grenzen.count(Grenze.MINDESTENS):
        satz = _zahlwort(unten, "Mindestbetrag zählt", "Mindestbeträge zählen")
        yield baum.Summenhinweis(satz=f"{satz} mit dem, was genannt ist; es kann mehr werden.")
    gespart = sum((a.betrag for p in gezaehlt for a in p.position.anteile if a.betrag < 0), Decimal(0))
    if gespart:
        yield baum.Summenhinweis(satz=f"Einsparungen von zusammen {_betrag(-gespart, waehrung)} sind abgezogen.")
    spaeter = [p for p in gezaehlt if p.massnahme.stand_schluessel == Umsetzungsstand.ZURUECKGESTELLT]
    if spaeter:
        betrag = _betrag(sum((a.betrag for p in spaeter for a in p.position.anteile), Decimal(0)), waehrung)
        mal = len({p.massnahme.anker for p in spaeter})
        satz = _zahlwort(mal, "zurückgestellte Maßnahme zählt", "zurückgestellte Maßnahmen zählen")
        yield baum.Summenhinweis(satz=f"{satz} mit {betrag} mit.")
    ohne_haushalt = sum(not p.position.haushalt_schluessel for p in gezaehlt)
    if len(gezaehlt) > ohne_haushalt > 0:
        satz = _zahlwort(ohne_haushalt, "Position nennt", "Positionen nennen")
        yield baum.Summenhinweis(satz=f"{satz} keinen Haushalt: Sie zählen im Ergebnis- und im Finanzhaushalt.")


def _betrag(betrag: Decimal, waehrung: str) -> str:
    """A tree holds plain spaces; what must not part on paper is held together where it prints."""
    return betrag_in(betrag, waehrung).replace("\u00a0", " ")


def _zahlwort(anzahl: int, ein: str, mehr: str) -> str:
    return f"1 {ein}" if anzahl == 1 else f"{anzahl} {mehr}"
