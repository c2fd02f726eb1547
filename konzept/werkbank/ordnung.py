"""The order of the elements of a concept as the workbench shows it: one step further, and what may stand where."""

from django.db import models

from handlungsfelder.models import Handlungsziel, Leitziel
from konzept.models import Abschnitt, Konzept, Leitlinie
from konzept.vorgaenge import verschiebe
from konzept.vorgaenge.ort import eltern
from konzept.vorgaenge.vorgang import vorgang
from massnahmen.models import Massnahme

RICHTUNGEN = ("auf", "ab", "ein", "aus")


def schritt(objekt: models.Model, richtung: str, benutzer) -> bool:
    """One step: "auf" or "ab" among the siblings, "ein" below the one before, "aus" behind its parent.

    False where there is no such place, and nothing changed.
    """
    # The place is read inside the lock, so that nobody changes it before the element is moved.
    with vorgang(konto=benutzer, bei=objekt):
        objekt = type(objekt)._base_manager.filter(pk=objekt.pk).first()
        platz = objekt and _platz(objekt, richtung)
        if platz is None:
            return False
        unter, nach = platz
        verschiebe(element=objekt, unter=unter, nach=nach, konto=benutzer)
    return True


def _platz(objekt: models.Model, richtung: str) -> tuple[models.Model, models.Model | None] | None:
    """Below what and after what an element stands one step further."""
    folge = list(objekt.geschwister())
    stelle = next(i for i, zeile in enumerate(folge) if zeile.pk == objekt.pk)
    oben = eltern(objekt)
    match richtung:
        case "auf" if stelle > 0:
            return oben, folge[stelle - 2] if stelle > 1 else None
        case "ab" if stelle + 1 < len(folge):
            return oben, folge[stelle + 1]
        case "ein" if stelle > 0 and isinstance(objekt, Abschnitt):
            neue = folge[stelle - 1]
            return neue, neue.unterabschnitte.order_by("reihenfolge", "pk").last()
        case "aus" if isinstance(objekt, Abschnitt) and isinstance(oben, Abschnitt):
            return eltern(oben), oben
    return None


def orte(objekt: models.Model, konzept: Konzept) -> list[models.Model]:
    """Below what an element may stand, in the order of the outline. At most three queries."""
    abschnitte = konzept.abschnitte.all()
    match objekt:
        case Abschnitt():
            darunter = objekt.mit_unterabschnitten()
            return [konzept, *(a for a in abschnitte.defer("text") if a.pk not in darunter)]
        case Leitlinie():
            return [konzept, *abschnitte.filter(inhalt=Abschnitt.Inhalt.LEITLINIEN)]
        case Leitziel():
            return list(konzept.handlungsfelder.all())
        case Handlungsziel() | Massnahme():
            return _felder_und_ziele(konzept, mit_handlungszielen=isinstance(objekt, Massnahme))
    return [konzept]


def _felder_und_ziele(konzept, mit_handlungszielen: bool) -> list[models.Model]:
    ziele: dict[int, list[models.Model]] = {}
    for modell in (Leitziel, Handlungsziel) if mit_handlungszielen else (Leitziel,):
        for ziel in modell.objects.filter(handlungsfeld__konzept=konzept):
            ziele.setdefault(ziel.handlungsfeld_id, []).append(ziel)
    folge: list[models.Model] = []
    for feld in konzept.handlungsfelder.all():
        folge += [feld, *ziele.get(feld.pk, [])]
    return folge
