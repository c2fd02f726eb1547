"""The order of the elements of a concept: what may stand where, and moving it there.

A place is a parent (the Konzept itself, an Abschnitt, a Handlungsfeld, a goal) and the sibling after which an element
stands (None: first). Moving an element takes along what hangs on it, and numbers its siblings anew.
"""

from django.db import models, transaction
from django.db.models import Q

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.models import Abschnitt, Kommune, Konzept, Leitlinie
from konzept.verlauf.models import AenderungArt
from konzept.verlauf.regeln import merke_ausgang, schreibe_mit
from massnahmen.models import Massnahme


class PasstNicht(Exception):
    """An element cannot stand there; the text is a German sentence for the person."""


_STEHT_UNTER = {
    Abschnitt: ("oberabschnitt", "konzept"),
    Leitlinie: ("abschnitt", "konzept"),
    Leitziel: ("handlungsfeld",),
    Handlungsziel: ("leitziel", "handlungsfeld"),
    Massnahme: ("handlungsziel", "leitziel", "handlungsfeld"),
}
"""By what fields an element knows its place, the nearest first; all others stand below the Konzept."""


def eltern_felder(modell: type[models.Model]) -> tuple[str, ...]:
    """The fields of a kind of element that say below what it stands, the nearest first."""
    return _STEHT_UNTER.get(modell, ("konzept",))


def _eltern_feld(objekt: models.Model) -> models.ForeignKey:
    name = next(name for name in eltern_felder(type(objekt)) if getattr(objekt, f"{name}_id"))
    return objekt._meta.get_field(name)


def eltern(objekt: models.Model) -> models.Model:
    """Below what an element stands now."""
    return getattr(objekt, _eltern_feld(objekt).name)


def eltern_anker(objekt: models.Model) -> str:
    """The Anker of `eltern(objekt)`; no queries."""
    feld = _eltern_feld(objekt)
    return f"{feld.related_model._meta.model_name}-{getattr(objekt, feld.attname)}"


def setze_unter(objekt: models.Model, oben: models.Model) -> None:
    """Give an element another parent, without saving. Raises PasstNicht."""
    match objekt, oben:
        case (Abschnitt(), Abschnitt()) if objekt.konzept_id == oben.konzept_id:
            if _steht_unter(oben, objekt):
                raise PasstNicht("Ein Abschnitt kann nicht unter sich selbst stehen.")
            objekt.oberabschnitt = oben
        case (Abschnitt(), Konzept()) if objekt.konzept_id == oben.pk:
            objekt.oberabschnitt = None
        case (Leitlinie(), Abschnitt()) if objekt.konzept_id == oben.konzept_id:
            if oben.inhalt != Abschnitt.Inhalt.LEITLINIEN:
                raise PasstNicht("In diesem Abschnitt stehen keine Leitlinien.")
            objekt.abschnitt = oben
        case (Leitlinie(), Konzept()) if objekt.konzept_id == oben.pk:
            objekt.abschnitt = None
        case (Leitziel(), Handlungsfeld()) if _gleiches_konzept(objekt, oben):
            objekt.handlungsfeld = oben
        case (Handlungsziel(), Leitziel() | Handlungsfeld()) if _gleiches_konzept(objekt, oben):
            objekt.leitziel = oben if isinstance(oben, Leitziel) else None
            objekt.handlungsfeld = _feld(oben)
        case (Massnahme(), Handlungsziel() | Leitziel() | Handlungsfeld()) if _gleiches_konzept(objekt, oben):
            objekt.handlungsziel = oben if isinstance(oben, Handlungsziel) else None
            objekt.leitziel = oben if isinstance(oben, Leitziel) else None
            objekt.handlungsfeld = _feld(oben)
        case (_, Konzept()) if getattr(objekt, "konzept_id", None) == oben.pk:
            pass
        case _:
            name, ort = objekt._meta.verbose_name, oben._meta.verbose_name
            raise PasstNicht(f"Hier kann „{objekt}“ nicht stehen: {name} gehört nicht unter {ort}.")


def entwurf(modell: type[models.Model], oben: models.Model) -> models.Model:
    """A new element of a kind below `oben`, not saved. Raises PasstNicht."""
    if isinstance(oben, Kommune):
        return modell(kommune=oben)
    objekt = modell()
    if issubclass(modell, Leitziel | Handlungsziel | Massnahme):
        if not isinstance(oben, Handlungsfeld | Leitziel | Handlungsziel):
            raise PasstNicht(f"{modell._meta.verbose_name} gehört in ein Handlungsfeld.")
        objekt.handlungsfeld = _feld(oben)
    else:
        objekt.konzept = oben if isinstance(oben, Konzept) else oben.konzept
    setze_unter(objekt, oben)
    return objekt


def _feld(oben) -> Handlungsfeld:
    return oben if isinstance(oben, Handlungsfeld) else oben.handlungsfeld


def _gleiches_konzept(objekt, oben) -> bool:
    return objekt.handlungsfeld.konzept_id == _feld(oben).konzept_id


def _steht_unter(abschnitt: Abschnitt | None, oben: Abschnitt) -> bool:
    while abschnitt:
        if abschnitt.pk == oben.pk:
            return True
        abschnitt = abschnitt.oberabschnitt
    return False


def geschwister(objekt: models.Model) -> models.QuerySet:
    """The elements of the same kind below the same parent, itself included, in order. One query."""
    ort = {name: getattr(objekt, f"{name}_id") for name in eltern_felder(type(objekt))}
    return type(objekt)._base_manager.filter(**ort).order_by("reihenfolge", "pk")


def reihe_ein(objekt: models.Model, nach: models.Model | None) -> None:
    """Put a saved element after a sibling (None: first) and number the siblings anew. At most two queries."""
    folge = [zeile for zeile in geschwister(objekt) if zeile.pk != objekt.pk]
    platz = next((i + 1 for i, zeile in enumerate(folge) if nach and zeile.pk == nach.pk), 0)
    folge.insert(platz, objekt)
    geaendert = []
    for stelle, zeile in enumerate(folge, start=1):
        if zeile.reihenfolge != stelle:
            zeile.reihenfolge = stelle
            geaendert.append(zeile)
    type(objekt)._base_manager.bulk_update(geaendert, ["reihenfolge"])


def ans_ende(objekt: models.Model) -> None:
    """Put a saved element behind its siblings."""
    letzte = geschwister(objekt).exclude(pk=objekt.pk).last()
    reihe_ein(objekt, letzte)


@transaction.atomic
def verschiebe(objekt: models.Model, oben: models.Model, nach: models.Model | None, benutzer) -> models.Model:
    """Move an element below `oben`, after the sibling `nach` (None: first), and return it. Raises PasstNicht.

    Another parent is a change of content: the version goes up, so that an open form does not undo it unseen.
    """
    objekt = type(objekt)._base_manager.select_for_update().get(pk=objekt.pk)
    merke_ausgang(objekt)
    if eltern(objekt) != oben:
        setze_unter(objekt, oben)
        objekt.beanspruche_version(objekt.version, benutzer)
        objekt.save()
        _nimm_mit(objekt)
    reihe_ein(objekt, nach)
    schreibe_mit(objekt, benutzer, AenderungArt.VERSCHOBEN)
    return objekt


def _nimm_mit(objekt) -> None:
    """What hangs on a goal stands in the same Handlungsfeld."""
    match objekt:
        case Leitziel():
            objekt.handlungsziele.update(handlungsfeld=objekt.handlungsfeld_id)
            an_ihm = Q(leitziel=objekt) | Q(handlungsziel__leitziel=objekt)
            Massnahme.objects.filter(an_ihm).update(handlungsfeld=objekt.handlungsfeld_id)
        case Handlungsziel():
            Massnahme.objects.filter(handlungsziel=objekt).update(handlungsfeld=objekt.handlungsfeld_id)


RICHTUNGEN = ("auf", "ab", "ein", "aus")


def schritt(objekt: models.Model, richtung: str, benutzer) -> bool:
    """One step: "auf" or "ab" among the siblings, "ein" below the one before, "aus" behind its parent.

    False where there is no such place, and nothing changed.
    """
    folge = list(geschwister(objekt))
    stelle = next(i for i, zeile in enumerate(folge) if zeile.pk == objekt.pk)
    oben = eltern(objekt)
    match richtung:
        case "auf" if stelle > 0:
            verschiebe(objekt, oben, folge[stelle - 2] if stelle > 1 else None, benutzer)
        case "ab" if stelle + 1 < len(folge):
            verschiebe(objekt, oben, folge[stelle + 1], benutzer)
        case "ein" if stelle > 0 and isinstance(objekt, Abschnitt):
            neue = folge[stelle - 1]
            verschiebe(objekt, neue, neue.unterabschnitte.order_by("reihenfolge", "pk").last(), benutzer)
        case "aus" if isinstance(objekt, Abschnitt) and isinstance(oben, Abschnitt):
            verschiebe(objekt, eltern(oben), oben, benutzer)
        case _:
            return False
    return True


def orte(objekt: models.Model, konzept: Konzept) -> list[models.Model]:
    """Below what an element may stand, in the order of the outline. At most three queries."""
    abschnitte = konzept.abschnitte.all()
    match objekt:
        case Abschnitt():
            return [konzept, *(a for a in abschnitte if not _steht_unter(a, objekt))]
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
