"""An indicator in one sentence, as it stands at a goal or a measure."""

from . import baum
from .zahlen import zahl


def in_worten(i: baum.Indikator) -> str:
    """ "Teilnehmende (Personen); Ausgangswert 2026: 40; Zielwert 2030: 120; gemessen: 2027: 55. Quelle: Statistik"."""
    teile = [f"{i.titel} ({i.einheit})" if i.einheit else i.titel]
    for name, wert, jahr in (
        ("Ausgangswert", i.ausgangswert, i.ausgangsjahr),
        ("Zielwert", i.zielwert, i.zieljahr),
    ):
        if wert is not None:
            teile.append(f"{name} {jahr}:\u00a0{zahl(wert)}" if jahr else f"{name}:\u00a0{zahl(wert)}")
    if i.messwerte:
        teile.append(f"gemessen: {', '.join(map(_gemessen, i.messwerte))}")
    satz = "; ".join(teile)
    if i.definition:
        satz += f". {i.definition}"
    punkt = "" if satz.endswith(".") else "."
    return f"{satz}{punkt} Quelle: {i.quelle}" if i.quelle else satz


def _gemessen(m: baum.Messwert) -> str:
    return f"{m.jahr}:\u00a0{zahl(m.wert)}" + (f" ({m.anmerkung})" if m.anmerkung else "")
