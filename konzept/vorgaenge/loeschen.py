"""Into the Papierkorb."""

from django.db import models
from django.db.models import ProtectedError

from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models.basis import Versioniert, anker
from konzept.verlauf.aufzeichnung import lies_orte, merke_ausgang, ort, schreibe_alle_mit, schreibe_mit
from konzept.verlauf.graph import eltern_zuerst, nach_art, sammle
from konzept.verlauf.models import AenderungArt, Geloeschtes
from konzept.verlauf.stand import als_zeile

from .ort import lies_neu
from .vorgang import vorgang


def loesche(*, element: models.Model, konto) -> Geloeschtes:
    """Put an element with everything that hangs on it into the Papierkorb.

    What stays and only referred to it (the measures of a goal) loses the reference, gets the next version and an entry
    in its history. Raises ProtectedError, and changes nothing, where something that stays needs it; PasstNicht where it
    is gone already.
    """
    with vorgang(konto=konto, bei=element):
        element = lies_neu(element)
        merke_ausgang(element)
        sammler = sammle(element)
        if sammler.protected:
            raise ProtectedError("Something else needs this row.", set(sammler.protected))
        gehen = [zeile for _, gruppe in eltern_zuerst(sammler) for zeile in gruppe]
        gelockert = [(zeile, feld) for zeile, feld in _gelockerte(sammler) if zeile not in sammler.data[type(zeile)]]
        bleiben = _elemente_desselben_konzepts(element, gelockert)
        for zeilen in bleiben.values():
            schreibe_alle_mit(zeilen, None, None)
        schreibe_mit(element, konto, AenderungArt.GELOESCHT)
        kommune, konzept = ort(element)
        eintrag = Geloeschtes.objects.create(
            kommune_id=kommune,
            konzept_id=konzept,
            anker=anker(element),
            titel=str(element)[:500],
            geloescht_von=konto,
            umfang=nach_art(zeile for zeile in gehen if zeile != element),
            zeilen=[als_zeile(zeile) for zeile in gehen],
            verweise=[[z._meta.label_lower, z.pk, feld.name, getattr(z, feld.attname)] for z, feld in gelockert],
        )
        titel = f"{element._meta.verbose_name}: {element}"
        wo = element.konzept.kommune if konzept else element.kommune
        type(element)._base_manager.filter(pk=element.pk).delete()
        for modell, zeilen in bleiben.items():
            modell.beanspruche_alle(zeilen, konto)
            schreibe_alle_mit(zeilen, konto, AenderungArt.VERSCHOBEN)
        halte_fest(Ereignis.GELOESCHT, kommune=wo, benutzer=konto, text=titel)
    return eintrag


def _gelockerte(sammler) -> list[tuple[models.Model, models.Field]]:
    """The rows that stay and lose a reference, each with its field."""
    return [
        (zeile, feld)
        for (feld, _), gruppen in sammler.field_updates.items()
        for teil in gruppen
        for zeile in (teil if isinstance(teil, models.QuerySet | list) else [teil])
    ]


def _elemente_desselben_konzepts(element, gelockert) -> dict[type[models.Model], list[models.Model]]:
    """The elements of the locked concept whose place changes; in other concepts only the origin of a row is lost."""
    gefunden: dict[type[models.Model], dict[int, models.Model]] = {}
    for zeile, feld in gelockert:
        if isinstance(zeile, Versioniert) and feld.name in getattr(zeile, "STEHT_UNTER", ()):
            gefunden.setdefault(type(zeile), {})[zeile.pk] = zeile
    hier = {}
    for modell, nach_pk in gefunden.items():
        lies_orte(zeilen := list(nach_pk.values()))
        hier[modell] = [zeile for zeile in zeilen if ort(zeile) == ort(element)]
    return hier
