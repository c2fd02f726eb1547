"""Trees as a reader sees them: two spellings of what looks the same are no change."""

from typing import TypeVar

from msgspec import Struct, structs

from konzept.dokument import baum
from konzept.schreibweise import wie_gesehen

Knoten = TypeVar("Knoten", bound=Struct)


def gesehen(dokument: baum.Dokument) -> baum.Dokument:
    """The same tree with every text that is read `wie_gesehen`. What is frozen in another spelling, such as before
    texts were stored in one, is compared in it too."""
    return _gesehener_knoten(dokument)


def _gesehen(wert: object) -> object:
    if isinstance(wert, str):
        return wie_gesehen(wert)
    if isinstance(wert, tuple):
        neue = tuple([_gesehen(teil) for teil in wert])
        return neue if any(a is not b for a, b in zip(neue, wert, strict=True)) else wert
    return _gesehener_knoten(wert) if isinstance(wert, Struct) else wert


def _gesehener_knoten(knoten: Knoten) -> Knoten:
    """A node whose texts stay is itself again."""
    geaendert = {}
    for name in knoten.__struct_fields__:
        vorher = getattr(knoten, name)
        if not (name in baum.NICHT_GELESEN and isinstance(vorher, str)):
            nachher = _gesehen(vorher)
            if nachher is not vorher:
                geaendert[name] = nachher
    return structs.replace(knoten, **geaendert) if geaendert else knoten
