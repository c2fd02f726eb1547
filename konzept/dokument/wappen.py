"""The Wappen as a print finds it: the only picture that a print takes from the media storage."""

from pathlib import PurePosixPath
from typing import NamedTuple

from konzept.bilder import lesbar

from . import ressourcen


class Wappen(NamedTuple):
    """`inhalt` is b"" where none is named or there is a `mangel`, a sentence that says what is wrong with it."""

    inhalt: bytes = b""
    mangel: str = ""


FEHLT = "Die Datei mit dem Wappen der Kommune ist nicht mehr da."
UNLESBAR = "Die Datei mit dem Wappen der Kommune lässt sich nicht als Bild lesen."


def hole_wappen(name: str) -> Wappen:
    """The picture that a Kommune names in the media storage ("" for none), looked at pixel by pixel: a print of what
    has a `mangel` would leave it out. Up to 30 ms."""
    if not name:
        return Wappen()
    try:
        _, inhalt = ressourcen.inhalt(f"media:{name}")
    except ressourcen.Verweigert:
        return Wappen(mangel=FEHLT if PurePosixPath(name).suffix.lower() in ressourcen.BILDER else UNLESBAR)
    except OSError:
        return Wappen(mangel=UNLESBAR)
    return Wappen(inhalt) if lesbar(inhalt) else Wappen(mangel=UNLESBAR)
