"""The use cases that write more than one row of a concept: one function each, with keyword arguments.

    verschiebe            another place, with all that hangs on it
    loesche               into the Papierkorb
    hole_zurueck          out of the Papierkorb
    stelle_wieder_her     the contents of an earlier state (stelle_alle_wieder_her: of several elements)
    markiere              what became of an element of the earlier concept
    schreibe_fort         the whole concept once more

Each does the same in the same order: it asks for the permission of `konto`, begins a transaction and locks the concept
(`vorgang.vorgang`), reads afresh what it is about, takes along what hangs on it with its versions, writes the history
and, where the log of the Kommune tells of it, the log. `konto` None is the product itself, which asks nobody.

Saving a form is not among them; it locks the concept in the same way (`konzept.bearbeitung`), so that nobody who
writes waits for two others at once.
"""

from .fortschreiben import markiere, schreibe_fort
from .loeschen import loesche
from .ort import PasstNicht
from .verschieben import verschiebe
from .wiederherstellen import Rueckkehr, stelle_alle_wieder_her, stelle_wieder_her
from .zurueckholen import hole_zurueck

__all__ = [
    "PasstNicht",
    "Rueckkehr",
    "hole_zurueck",
    "loesche",
    "markiere",
    "schreibe_fort",
    "stelle_alle_wieder_her",
    "stelle_wieder_her",
    "verschiebe",
]
