"""Out of the Papierkorb.

A place is a matter of now: what comes back stands where its goal or Abschnitt stands by now, not where that stood when
it was deleted; and what has found another place meanwhile is not torn from there.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models.basis import Versioniert, anker
from konzept.models.bedingungen import Bedingung
from konzept.models.verbund import Verbund, verbunde
from konzept.verlauf.models import AenderungArt, Geloeschtes
from konzept.verlauf.regeln import schreibe_alle_mit, schreibe_mit

from .rahmen import vorgang

HOECHSTENS_GENANNT = 10


class Zurueckgeholt(NamedTuple):
    """The element, and German sentences about what is not as it was."""

    element: models.Model
    anders: list[str]


def hole_zurueck(*, eintrag: Geloeschtes, konto) -> Zurueckgeholt:
    """Bring an element back whole: its rows under their old keys, and the references to them.

    Raises ValidationError with a German sentence where it cannot be; then nothing changed. A few queries for each kind
    of row, and one for each reference to it.
    """
    try:
        with vorgang(konto=konto, bei=eintrag):
            if not Geloeschtes.objects.filter(pk=eintrag.pk).delete()[0]:
                raise ValidationError(f"„{eintrag.titel}“ ist schon zurückgeholt.")
            rueckkehr = _Rueckkehr(eintrag)
            rueckkehr.setze_ein()
            rueckkehr.verbinde(konto)
            element = rueckkehr.element
            schreibe_mit(element, konto, AenderungArt.WIEDERHERGESTELLT)
            titel = f"{element._meta.verbose_name}: {eintrag.titel}"
            halte_fest(Ereignis.ZURUECKGEHOLT, kommune=eintrag.kommune, benutzer=konto, text=titel)
    except IntegrityError as fehler:
        raise ValidationError(
            f"„{eintrag.titel}“ kann nicht zurückkommen: Sein Platz ist inzwischen besetzt. Ändern Sie, was jetzt an "
            "seiner Stelle steht."
        ) from fehler
    return Zurueckgeholt(element, rueckkehr.anders())


class _Rueckkehr:
    def __init__(self, eintrag: Geloeschtes):
        self.eintrag = eintrag
        self.zeilen = [zeile.object for zeile in serializers.deserialize("python", eintrag.zeilen)]
        self.element = next(zeile for zeile in self.zeilen if anker(zeile) == eintrag.anker)
        self._nach_schluessel = {(type(zeile), zeile.pk): zeile for zeile in self.zeilen}
        self._bekannt: dict[type[models.Model], dict[int, models.Model]] = defaultdict(dict)
        self._saetze: list[str] = []
        self._fehlend = 0

    def setze_ein(self) -> None:
        """Insert the rows, those of a kind together."""
        self._lies_gegenueber()
        kommen: dict[type[models.Model], list[models.Model]] = {}
        for zeile in self.zeilen:
            if self._loese_tote_bezuege(zeile):
                self._folge(zeile)
                kommen.setdefault(type(zeile), []).append(zeile)
        self._pruefe_platz()
        for modell, zeilen in kommen.items():
            modell._base_manager.bulk_create(zeilen)

    def verbinde(self, konto) -> None:
        """Let what stayed refer to it again, where it has not found another place meanwhile."""
        wieder: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for label, pk, name, wert in self.eintrag.verweise:
            modell = apps.get_model(label)
            feld = modell._meta.get_field(name)
            zeile = modell._base_manager.filter(pk=pk, **{f"{name}__isnull": True}).first()
            if zeile is None or (feld.related_model, wert) not in self._nach_schluessel:
                continue
            setattr(zeile, name, self._nach_schluessel[feld.related_model, wert])
            if not _geht(zeile, name):
                self._saetze.append(f"„{zeile}“ gehörte dazu und steht inzwischen woanders; dort bleibt es.")
                continue
            wieder[type(zeile)].append(zeile)
            if name in getattr(zeile, "STEHT_UNTER", ()):
                schreibe_alle_mit([zeile], None, None)
                modell.beanspruche_alle([zeile], konto)
            modell._base_manager.filter(pk=pk).update(**{name: wert})
        for zeilen in wieder.values():
            orte = [zeile for zeile in zeilen if isinstance(zeile, Versioniert) and getattr(zeile, "STEHT_UNTER", ())]
            schreibe_alle_mit(orte, konto, AenderungArt.VERSCHOBEN)

    def anders(self) -> list[str]:
        """What is not as it was, for the person."""
        saetze = list(dict.fromkeys(self._saetze))
        if len(saetze) > HOECHSTENS_GENANNT:
            saetze[HOECHSTENS_GENANNT:] = [f"Und {len(saetze) - HOECHSTENS_GENANNT} weitere."]
        if self._fehlend:
            wie_viele = "Eine Verknüpfung fehlt" if self._fehlend == 1 else f"{self._fehlend} Verknüpfungen fehlen"
            saetze.append(f"{wie_viele}, weil es nicht mehr gibt, womit es verknüpft war.")
        return saetze

    def _lies_gegenueber(self) -> None:
        """The rows outside to which these refer, as far as they exist: one query for each kind."""
        gesucht: dict[type[models.Model], set[int]] = defaultdict(set)
        for zeile in self.zeilen:
            for feld, wert in _bezuege(zeile):
                if (feld.related_model, wert) not in self._nach_schluessel:
                    gesucht[feld.related_model].add(wert)
        for modell, pks in gesucht.items():
            self._bekannt[modell] = modell._base_manager.in_bulk(pks)

    def _gegenueber(self, modell, wert) -> models.Model | None:
        return self._nach_schluessel.get((modell, wert)) or self._bekannt[modell].get(wert)

    def _loese_tote_bezuege(self, zeile: models.Model) -> bool:
        """Empty what a row refers to and is gone. False where a mere join has lost one of its ends and stays away."""
        for feld, wert in _bezuege(zeile):
            if self._gegenueber(feld.related_model, wert) is not None:
                continue
            if zeile._meta.auto_created:
                self._fehlend += 1
                return False
            if not feld.null:
                raise ValidationError(self._kein_platz(feld, wert))
            setattr(zeile, feld.attname, None)
            if feld.name in getattr(zeile, "STEHT_UNTER", ()):
                self._saetze.append(
                    f"Das {feld.related_model._meta.verbose_name}, zu dem „{zeile}“ gehörte, gibt es nicht mehr."
                    if feld.related_model._meta.model_name != "abschnitt"
                    else f"Den Abschnitt, in dem „{zeile}“ stand, gibt es nicht mehr."
                )
            else:
                self._fehlend += 1
        return True

    def _kein_platz(self, feld: models.ForeignKey, wert: int) -> str:
        art = feld.related_model._meta
        satz = f"„{self.eintrag.titel}“ kann nicht zurückkommen: "
        oben = Geloeschtes.objects.filter(
            kommune=self.eintrag.kommune_id, anker=f"{art.model_name}-{wert}"
        ).first()
        if oben:
            return f"{satz}Es gehörte zu „{oben.titel}“ ({art.verbose_name}). Holen Sie zuerst zurück, wozu es gehörte."
        return f"{satz}Was dazu nötig ist ({art.verbose_name}), gibt es nicht mehr."

    def _folge(self, zeile: models.Model) -> None:
        """Stand where what it hangs on stands now."""
        for regel in verbunde(type(zeile)):
            verweis, gemeinsam = zeile._meta.get_field(regel.verweis), zeile._meta.get_field(regel.gemeinsam)
            if (wert := getattr(zeile, verweis.attname)) is None:
                continue
            oben = self._gegenueber(verweis.related_model, wert)
            soll, ist = getattr(oben, gemeinsam.attname), getattr(zeile, gemeinsam.attname)
            if soll == ist:
                continue
            setattr(zeile, gemeinsam.attname, soll)
            if regel.gemeinsam in getattr(zeile, "STEHT_UNTER", ()) and ist is not None:
                zeile.version += 1
                self._saetze.append(f"„{zeile}“ steht jetzt dort, wohin „{oben}“ inzwischen verschoben ist.")

    def _pruefe_platz(self) -> None:
        """What the element itself must not share with another, such as being the place of the Handlungsfelder."""
        try:
            self.element.validate_unique()
            self.element.validate_constraints()
        except ValidationError as fehler:
            raise ValidationError(
                f"„{self.eintrag.titel}“ kann nicht zurückkommen: Sein Platz ist inzwischen besetzt. "
                + " ".join(fehler.messages)
            ) from fehler


def _bezuege(zeile: models.Model) -> Iterable[tuple[models.ForeignKey, int]]:
    for feld in zeile._meta.concrete_fields:
        if feld.is_relation and (wert := getattr(zeile, feld.attname)) is not None:
            yield feld, wert


def _geht(zeile: models.Model, name: str) -> bool:
    """Whether a row may refer to what came back, as it stands now; the rules that have to do with `name` say so."""
    for regel in zeile._meta.constraints:
        try:
            if (isinstance(regel, Verbund) and regel.verweis == name) or isinstance(regel, Bedingung):
                regel.validate(type(zeile), zeile)
        except ValidationError:
            return False
    return True
