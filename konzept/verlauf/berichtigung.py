"""Before a rule of `konzept.mauern` is held by the database for the first time: what breaks it is mended.

Runs after `migrate`, with the code of the day, so that the history of what it mends is written as everywhere else.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from konzept import trigger
from konzept.konten.models import Ereignis
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.mauern import KeinRing, Mauer, Regel, felder_auf
from konzept.models.basis import Versioniert
from konzept.unveraenderlich import NurAnhaengen

from .aufzeichnung import schreibe_alle_mit
from .models import AenderungArt

log = logging.getLogger(__name__)


def nach_migrate(*, using: str = "default", **_) -> None:
    """Signal receiver of post_migrate: mend what breaks a rule that is new, and let the database hold all of them.

    While migrations are missing it does nothing; the next `migrate` comes back to it.
    """
    neue = trigger.fehlende(using)
    if neue and not trigger.ist_migriert(using):
        return
    with transaction.atomic(using):
        for regel in neue:
            berichtige(regel)
        trigger.stelle_auf(using)


def vor_migrate(*, plan, using: str = "default", **_) -> None:
    """Signal receiver of pre_migrate."""
    if plan:
        trigger.reisse_ein(using)


def berichtige(regel: Regel) -> None:
    """Mend every row that breaks a rule, each with an entry in the history of its element.

    History itself is never changed: what breaks a wall there stays, and stands in the server's log.
    """
    match regel:
        case Mauer() if issubclass(regel.modell, NurAnhaengen):
            for pk in trigger.kaputte(regel):
                log.warning("%s %s: %s", regel.modell._meta.label, pk, regel.satz)
        case Mauer():
            for zeile in regel.modell._base_manager.filter(pk__in=trigger.kaputte(regel)).order_by("pk"):
                _stelle_zurecht(regel, zeile)
        case KeinRing():
            while kaputte := trigger.kaputte(regel):
                zeile = regel.modell._base_manager.get(pk=kaputte[0])
                with _im_verlauf(zeile, f"{_name(zeile, regel.feld)} führte im Kreis."):
                    _setze(zeile, {regel.feld: None})


def _stelle_zurecht(regel: Mauer, zeile: models.Model) -> None:
    feld, *weiter = felder_auf(regel.modell, regel.weg_gegenueber)
    element, dort = _element(zeile, regel.weg), _ende(zeile, regel.weg)
    grund = f"{_name(zeile, feld.name)} gehörte {_WOHIN[regel.ende._meta.model_name]}."
    with _im_verlauf(element, grund):
        if not weiter:
            _setze(zeile, {feld.name: dort})
        elif regel.ersatz and (name := _name_je_kommune(feld.related_model)):
            _ersetze(zeile, feld, name, dort, grund)
        elif not feld.null or not _setze(zeile, {feld.name: None} | regel.dann):
            type(zeile)._base_manager.filter(pk=zeile.pk).delete()
    if regel.modell._meta.app_label == "konten":
        text = f"{_GRUND} {grund}"
        wechsel = Zugangsaenderung(Ereignis.ROLLE_ENTZOGEN, getattr(zeile, "benutzer", None), text)
        halte_zugang_fest(element, None, [wechsel])


_GRUND = "Beim Umstellen berichtigt:"
_WOHIN = {
    "kommune": "zu einer anderen Kommune",
    "konzept": "zu einem anderen Konzept",
    "vorlage": "zu einer anderen Vorlage",
}


def _name(zeile: models.Model, feld: str) -> str:
    bezug = zeile._meta.get_field(feld)
    return f"„{bezug.related_model._meta.verbose_name if zeile._meta.auto_created else bezug.verbose_name}“"


def _ende(zeile: models.Model, weg: str) -> int:
    return type(zeile)._base_manager.values_list(weg, flat=True).get(pk=zeile.pk)


def _element(zeile: models.Model, weg: str) -> models.Model:
    """The element to whose form and history a row belongs: itself, or the first one on its way home."""
    for feld in felder_auf(type(zeile), weg):
        if isinstance(zeile, Versioniert):
            break
        zeile = getattr(zeile, feld.name)
    return zeile


@contextmanager
def _im_verlauf(element: models.Model, grund: str) -> Iterator[None]:
    """What happens inside is a change of this element, made by nobody; the state before is kept too."""
    log.warning("%s %s: %s %s", element._meta.label, element.pk, _GRUND, grund)
    if not isinstance(element, Versioniert) or not element.hat_verlauf:
        yield
        return
    schreibe_alle_mit([element], None, None)
    yield
    type(element)._base_manager.filter(pk=element.pk).update(version=F("version") + 1, geaendert_am=timezone.now())
    schreibe_alle_mit([element], None, AenderungArt.GEAENDERT, grund=f"{_GRUND} {grund}")


def _setze(zeile: models.Model, felder: dict) -> bool:
    """Whether the row could become so; not where there is one like that already."""
    werte = {zeile._meta.get_field(name).attname: wert for name, wert in felder.items()}
    try:
        with transaction.atomic():
            type(zeile)._base_manager.filter(pk=zeile.pk).update(**werte)
    except IntegrityError:
        return False
    return True


def _name_je_kommune(modell: type[models.Model]) -> str:
    """The field by which rows of a model are told apart within their Kommune; "" where they are not."""
    eindeutig = (c.fields for c in modell._meta.constraints if isinstance(c, models.UniqueConstraint))
    return next((felder[1] for felder in eindeutig if felder[0] == "kommune" and len(felder) == 2), "")


def _ersetze(zeile: models.Model, feld: models.ForeignKey, name: str, kommune: int, grund: str) -> None:
    """Let a row refer to what bears the same name in its own Kommune, made where it is missing.

    Where the element has that one already, a row that only refers is gone, and one with texts of its own refers to
    "Name (2)".
    """
    fremd = getattr(zeile, feld.name)
    for nummer in count(1):
        if _setze(zeile, {feld.name: _gleichnamig(fremd, name, kommune, nummer, grund).pk}):
            return
        if not isinstance(zeile, Versioniert):
            type(zeile)._base_manager.filter(pk=zeile.pk).delete()
            return


def _gleichnamig(fremd: models.Model, name: str, kommune: int, nummer: int, grund: str) -> models.Model:
    modell, zusatz = type(fremd), f" ({nummer})" if nummer > 1 else ""
    heisst = getattr(fremd, name)[: modell._meta.get_field(name).max_length - len(zusatz)] + zusatz
    if eigene := modell._base_manager.filter(**{"kommune": kommune, name: heisst}).first():
        return eigene
    ausser = {"kommune", name, *(f.name for f in Versioniert._meta.fields)}
    werte = {f.attname: getattr(fremd, f.attname) for f in modell._meta.concrete_fields if f.name not in ausser}
    werte.pop(modell._meta.pk.attname)
    neu = modell._base_manager.create(**werte | {"kommune_id": kommune, name: heisst})
    schreibe_alle_mit([neu], None, AenderungArt.ANGELEGT, grund=f"{_GRUND} {grund}")
    return neu
