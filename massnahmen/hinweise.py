"""What the council will ask about a measure and is not there yet. Hints never block saving or printing."""

from collections.abc import Iterable
from typing import NamedTuple

from konzept.namen import als_text, ist_geschlossen

from .schrittmarken import am_falschen_ort


class Hinweis(NamedTuple):
    """A sentence, and the id of the form field in which the answer goes."""

    text: str
    ziel: str


def zu_akteuren(akteure: Iterable[tuple[str, bool]], der_massnahme: Iterable[str], schritte: int) -> list[str]:
    """What is wrong with the Akteure of a measure of so many steps: `akteure` are all that it and its steps name, each
    with whether it stands for nobody in particular, `der_massnahme` the Kürzel of its own."""
    akteure = dict(akteure)
    saetze = []
    if all(akteure.values()):
        stehen = "steht" if len(akteure) == 1 else "stehen"
        nur = f": {als_text(f'„{kurz}“' for kurz in akteure)} {stehen} nur als Platzhalter" if akteure else ""
        saetze.append(f"Niemand ist zuständig{nur}")
    saetze += filter(None, (am_falschen_ort(kurz, schritte) for kurz in der_massnahme))
    if halbe := [kurz for kurz in akteure if not ist_geschlossen(kurz)]:
        saetze.append(f"Bei {als_text(f'„{kurz}“' for kurz in halbe)} fehlt zu einer Klammer die andere")
    return saetze


def an_massnahme(massnahme, *, der_massnahme: list, der_schritte: list[list], kosten: bool) -> list[Hinweis]:
    """The hints on a measure, from its own columns and from what the caller knows: the Akteure of the measure, those of
    each of its steps, and whether it names any Kosten besides the words. No queries."""
    akteure = [*der_massnahme, *(akteur for schritt in der_schritte for akteur in schritt)]
    saetze = zu_akteuren(
        ((a.kurz, a.ist_platzhalter) for a in akteure), [a.kurz for a in der_massnahme], len(der_schritte)
    )
    hinweise = [Hinweis(satz, "id_federfuehrung") for satz in saetze]
    if not massnahme.zeitraum:
        hinweise.append(Hinweis("Kein Zeitraum", "id_zeitraum"))
    if not (massnahme.kosten_offen or massnahme.kosten_wortlaut or kosten):
        hinweise.append(Hinweis("Keine Kosten und kein bewusstes „offen“", "id_kosten_wortlaut"))
    if not massnahme.umsetzungsstand:
        hinweise.append(Hinweis("Kein Umsetzungsstand", "id_umsetzungsstand"))
    return hinweise
