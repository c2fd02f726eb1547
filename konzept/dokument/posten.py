"""The positions that a document names, the views of the budget in which they count, and the sources of money."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from massnahmen import geld
from massnahmen.kosten import noch_keine_position
from massnahmen.models import Kostenposition, Umsetzungsstand

from . import baum

OHNE_ANGABE = "Ohne Angabe zur Finanzierung"
REIHENFOLGE = tuple(Kostenposition.Finanzierung.values)
HAUSHALTE = dict(Kostenposition.Haushalt.choices)


class Posten(NamedTuple):
    """A position with the measure and the Handlungsfeld in which it stands."""

    feld: baum.Kapitel
    massnahme: baum.Massnahme
    position: baum.Kostenposition


def handlungsfelder(dokument: baum.Dokument) -> list[baum.Kapitel]:
    return [kapitel for _, kapitel in dokument.alle_kapitel() if kapitel.art == "handlungsfeld"]


def massnahmen_in(feld: baum.Kapitel) -> Iterator[baum.Massnahme]:
    """The measures of a Handlungsfeld in reading order."""
    for teil in feld.teile:
        if isinstance(teil, baum.Massnahmentabelle):
            for abschnitt in teil.abschnitte:
                yield from abschnitt.massnahmen
    for kapitel in feld.kapitel:
        yield from massnahmen_in(kapitel)


def nur_in_worten(kosten: baum.Kosten) -> tuple[str, ...]:
    """The amounts in "Kosten in Worten" that no position holds."""
    return noch_keine_position(geld.erwaehnt(kosten.wortlaut), [p.angabe for p in kosten.positionen])


def in_sicht(position: baum.Kostenposition, haushalt: str) -> bool:
    """Whether a position counts in the view with this key: one that names no Haushalt counts in each."""
    return not haushalt or position.haushalt_schluessel in ("", haushalt)


def zaehlt(m: baum.Massnahme) -> bool:
    return m.stand_schluessel != Umsetzungsstand.ENTFALLEN


def mittel(genannt: Iterable[str]) -> tuple[str, ...]:
    """The keys of sources of money in their order, also such as can no longer be chosen; at the end none."""
    frueher = sorted({*genannt} - {*REIHENFOLGE, ""})
    return (*REIHENFOLGE, *frueher, "")
