"""The Vorlage with its parts, the Beratungsfolge with its results, and the labels that a Kommune uses."""

from .beschluss import Beschluss
from .folge import Punktergebnis, Sitzungsergebnis, Station
from .kopf import Bereich, Kopfzeile, Vorlagenkopf, Vorlagenteil, zeilen_fuer
from .vorlage import AnlageArt, Beschlusspunkt, Unterschrift, Vorgang, Vorlage, Vorlagenabschnitt, WeitereAnlage

__all__ = [
    "AnlageArt",
    "Bereich",
    "Beschluss",
    "Beschlusspunkt",
    "Kopfzeile",
    "Punktergebnis",
    "Sitzungsergebnis",
    "Station",
    "Unterschrift",
    "Vorgang",
    "Vorlage",
    "Vorlagenabschnitt",
    "Vorlagenkopf",
    "Vorlagenteil",
    "WeitereAnlage",
    "zeilen_fuer",
]
