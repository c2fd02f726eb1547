"""What the council will ask about a measure and is not there yet. Hints never block saving or printing."""

from typing import NamedTuple


class Hinweis(NamedTuple):
    """A sentence, and the id of the form field in which the answer goes."""

    text: str
    ziel: str


def an_massnahme(massnahme, *, zustaendig: bool, kosten: bool) -> list[Hinweis]:
    """The hints on a measure, from its own columns and from what the caller knows: whether anybody is responsible for
    it or one of its steps, and whether it names any Kosten besides the words. No queries."""
    hinweise = []
    if not zustaendig:
        hinweise.append(Hinweis("Niemand ist zuständig", "id_federfuehrung"))
    if not massnahme.zeitraum:
        hinweise.append(Hinweis("Kein Zeitraum", "id_zeitraum"))
    if not (massnahme.kosten_offen or massnahme.kosten_wortlaut or kosten):
        hinweise.append(Hinweis("Keine Kosten und kein bewusstes „offen“", "id_kosten_wortlaut"))
    if not massnahme.umsetzungsstand:
        hinweise.append(Hinweis("Kein Umsetzungsstand", "id_umsetzungsstand"))
    return hinweise
