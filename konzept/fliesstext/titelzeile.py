"""The title of a table, as people type it: a paragraph "[Tabelle: Einwohner nach Stadtteilen]" right above it.

No text has such a line by accident. Where no table follows, it is a paragraph like any other.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from .bloecke import Absatz, Block, Lauf, Texttabelle, klartext, verschmolzen, zeilen_von

_ANFANG, _ENDE = "[Tabelle: ", "]"
_ZEILE = re.compile(r"\[Tabelle:[ \u00a0](?P<titel>[^\n]*\S[^\n]*)\]")


def titelzeile(titel: tuple[Lauf, ...]) -> tuple[Lauf, ...]:
    """The paragraph for a title."""
    return verschmolzen((Lauf(text=_ANFANG), *titel, Lauf(text=_ENDE)))


def mit_titeln(bloecke: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, each table with the title that stands above it."""
    davor = None
    for block in bloecke:
        ohne_titel = isinstance(block, Texttabelle) and not block.titel
        if ohne_titel and isinstance(davor, Absatz) and (titel := _titel(davor.laeufe)):
            davor, block = None, structs.replace(block, titel=titel)
        if davor is not None:
            yield davor
        davor = block
    if davor is not None:
        yield davor


def _titel(laeufe: tuple[Lauf, ...]) -> tuple[Lauf, ...]:
    """The title in such a line; () for any other."""
    treffer = _ZEILE.fullmatch(klartext(laeufe))
    if not treffer:
        return ()
    von, bis = treffer.span("titel")
    zeichen = [structs.replace(lauf, text=eins) for lauf in laeufe for eins in lauf.text]
    (zeile,) = zeilen_von(verschmolzen(zeichen[von:bis]))
    return zeile
