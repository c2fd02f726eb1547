"""How an amount was read, in words for the person who typed it."""

import re

from .umstaende import EINNAHME
from .werte import Geld, Grenze, Turnus, betrag_in, jahre_in_worten, spanne_in

NICHT_BEZIFFERT = "nicht beziffert"
ZAEHLT_NICHT = "zählt nicht in die Summe"

_EINNAHME = re.compile(rf"\b{EINNAHME}\b")
_WIE_OFT = {
    Turnus.EINMALIG: "einmal",
    Turnus.WOECHENTLICH: "jede Woche",
    Turnus.MONATLICH: "jeden Monat",
    Turnus.VIERTELJAEHRLICH: "viermal im Jahr",
    Turnus.HALBJAEHRLICH: "zweimal im Jahr",
    Turnus.JAEHRLICH: "jedes Jahr",
    Turnus.ALLE_ZWEI_JAHRE: "alle zwei Jahre",
}
_UMGEKEHRT = {Grenze.HOECHSTENS: Grenze.MINDESTENS, Grenze.MINDESTENS: Grenze.HOECHSTENS}


def in_worten(g: Geld, waehrung: str = "EUR", *, zaehlt: bool = True) -> str:
    """How an amount was read: "5.000 €, viermal im Jahr", "höchstens 5.000 €, es zählt die Obergrenze", "Einsparung von
    10.000 €, wird abgezogen". Where nothing was understood, it says that the wording does not count, and so it does of
    an amount in another currency than ``waehrung``. "" for the empty value. Years are those of the wording itself.
    ``zaehlt`` is False where the amount counts in no sum for a reason that the caller knows: how it would is then not
    said."""
    if not g:
        return ""
    if g.betrag is None:
        return f"{g.grund or NICHT_BEZIFFERT}, {ZAEHLT_NICHT}"
    fremd = f"in anderer Währung: {ZAEHLT_NICHT}" if g.waehrung not in ("", waehrung) else ""
    oft = _WIE_OFT[g.turnus] if g.turnus else ""
    was_zaehlt = fremd or (_was_zaehlt(g) if zaehlt else "")
    return ", ".join(filter(None, (_betrag(g, g.waehrung or waehrung), oft, jahre_in_worten(g), was_zaehlt)))


def _was_zaehlt(g: Geld) -> str:
    if _ist_gespart(g):
        return "der kleinere Betrag wird abgezogen" if g.grenze is Grenze.SPANNE else "wird abgezogen"
    return "es zählt die Obergrenze" if g.grenze in (Grenze.HOECHSTENS, Grenze.SPANNE) else ""


def _ist_gespart(g: Geld) -> bool:
    return g.beziffert < 0 and (g.untergrenze or 0) <= 0


def _betrag(g: Geld, waehrung: str) -> str:
    gespart = _ist_gespart(g)
    vorzeichen = -1 if gespart else 1
    if g.untergrenze is not None:
        unten, oben = sorted((vorzeichen * g.untergrenze, vorzeichen * g.beziffert))
        betrag = spanne_in(unten, oben, waehrung)
    elif g.mal > 1:
        einzeln, zusammen = (betrag_in(vorzeichen * b, waehrung) for b in (g.einzelbetrag, g.beziffert))
        sind = ", zusammen" if g.turnus in (None, Turnus.EINMALIG) else " ="
        betrag = f"{g.mal} mal {einzeln}{sind} {zusammen}"
    else:
        betrag = betrag_in(vorzeichen * g.beziffert, waehrung)
    grenze = _UMGEKEHRT.get(g.grenze) if gespart and g.grenze else g.grenze
    weniger = "Einnahme von" if _EINNAHME.search(g.wortlaut.lower()) else "Einsparung von"
    worte = (weniger if gespart else "", grenze if grenze in _UMGEKEHRT else "", "ca." if g.ungefaehr else "")
    return " ".join(filter(None, (*worte, betrag)))
