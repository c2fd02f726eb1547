"""Bringing an earlier state of an element back: what is checked, and what is written."""

from django.db import models

from konzept.models.basis import Geordnet
from konzept.models.verbund import verbunde

from .stand import inhaltsfelder, nimm_auf, teilarten, verbindungen


class Bezuege:
    """The rows to which states refer, as far as they still exist. Asks for each only once."""

    def __init__(self):
        self._bekannt: dict[type[models.Model], dict[int, models.Model | None]] = {}

    def hole(self, modell: type[models.Model], verweise: list[dict]) -> list[models.Model | None]:
        """The row of each reference, None where it is gone."""
        bekannt = self._bekannt.setdefault(modell, {})
        if neue := {v["pk"] for v in verweise} - bekannt.keys():
            bekannt |= dict.fromkeys(neue) | modell._base_manager.in_bulk(neue)
        return [bekannt[v["pk"]] for v in verweise]


class Wiederherstellung:
    """Gives a row that `lade` has read, and its parts, the contents of an earlier state; it stays where it stands
    now (`STEHT_UNTER`), and parts keep their primary keys. With `auch_den_ort` it goes back to where it stood, as far
    as that is still there: to its goal, in whatever field that stands now.

    What the state refers to and no longer exists is left out, and named in `fehlend`. Making one checks the
    state and writes nothing: raises ValidationError where it is no longer allowed. `schreibe` writes what differs from
    the present state; call it inside a transaction.
    """

    def __init__(self, objekt: models.Model, stand: dict, bezuege: Bezuege, *, auch_den_ort: bool = False):
        self.objekt, self.stand = objekt, stand
        self.fehlend: list[str] = []
        self._bezuege = bezuege
        self.jetzt = nimm_auf(objekt)
        self._bleibt = getattr(objekt, "STEHT_UNTER", ())
        if auch_den_ort and self._ort_ist_noch_da():
            self._bleibt = ()
        self._setze_felder(objekt, stand, self.jetzt, None)
        if not self._bleibt:
            for regel in verbunde(type(objekt)):
                regel.richte_aus(objekt)
        inhalt = inhaltsfelder(type(objekt))
        ausser = {feld.name for feld in objekt._meta.fields} - {feld.name for feld in inhalt}
        objekt.clean_fields(exclude=ausser | {feld.name for feld in inhalt if feld.is_relation})
        objekt.clean()
        # Kommune and concept are no content that is brought back, but a name has to be unique within them.
        objekt.validate_unique(exclude=ausser - {"kommune", "konzept"})
        objekt.validate_constraints(exclude=ausser - {"kommune", "konzept"})

    def _ort_ist_noch_da(self) -> bool:
        name = self.objekt.STEHT_UNTER[-1]
        oben = self.stand["felder"].get(name)
        return bool(oben and self._vorhandene(self.objekt._meta.get_field(name).related_model, [oben]))

    def schreibe(self) -> None:
        if self.stand["felder"] != self.jetzt["felder"]:
            self.objekt.save()
        self._schreibe_anhang(self.objekt, self.stand, self.jetzt)

    def _schreibe_anhang(self, objekt, stand, jetzt):
        for feld in verbindungen(type(objekt)):
            soll = stand["viele"].get(feld.name, [])
            if soll != jetzt["viele"][feld.name]:
                getattr(objekt, feld.name).set(self._vorhandene(feld.related_model, soll))
        for name, feld in teilarten(type(objekt)):
            soll = stand["teile"].get(name, [])
            if soll != jetzt["teile"][name]:
                self._schreibe_teile(objekt, name, feld, soll, jetzt["teile"][name])

    def _schreibe_teile(self, objekt, name, feld, soll, ist):
        zeilen = {zeile.pk: zeile for zeile in getattr(objekt, name).all()} if ist else {}
        bisher = {teil["pk"]: teil for teil in ist}
        if weg := bisher.keys() - {teil["pk"] for teil in soll}:
            feld.model._base_manager.filter(pk__in=weg).delete()
        for platz, teil in enumerate(soll, start=1):
            pk = teil["pk"]
            zeile = zeilen.get(pk) or feld.model(pk=pk, **{feld.name: objekt})
            davor = bisher.get(pk) or _leer(feld.model)
            if not self._setze_felder(zeile, teil, davor, feld):
                continue
            verschoben = isinstance(zeile, Geordnet) and zeile.reihenfolge != platz
            if verschoben:
                zeile.reihenfolge = platz
            if verschoben or pk not in bisher or teil["felder"] != davor["felder"]:
                zeile.save()
            self._schreibe_anhang(zeile, teil, davor)

    def _setze_felder(self, objekt, stand, jetzt, als_teil_von) -> bool:
        """Whether the row is whole: without a reference that it needs, it cannot be there."""
        bleibt = self._bleibt if als_teil_von is None else ()
        for feld in inhaltsfelder(type(objekt), als_teil_von):
            if feld.name not in stand["felder"] or feld.name in bleibt:
                continue
            wert = stand["felder"][feld.name]
            if feld.name in jetzt["felder"] and wert == jetzt["felder"][feld.name]:
                continue
            if feld.is_relation and wert:
                vorhanden = self._vorhandene(feld.related_model, [wert])
                if not vorhanden and not feld.null:
                    return False
                setattr(objekt, feld.name, vorhanden[0] if vorhanden else None)
            else:
                setattr(objekt, feld.attname, None if wert is None else feld.to_python(wert))
        return True

    def _vorhandene(self, modell, verweise) -> list[models.Model]:
        zeilen = self._bezuege.hole(modell, verweise)
        self.fehlend += [v["name"] for v, zeile in zip(verweise, zeilen, strict=True) if zeile is None]
        return [zeile for zeile in zeilen if zeile is not None]


def _leer(modell: type[models.Model]) -> dict:
    """The state of a part that is not there yet."""
    viele = {feld.name: [] for feld in verbindungen(modell)}
    return {"felder": {}, "viele": viele, "teile": {name: [] for name, _ in teilarten(modell)}}
