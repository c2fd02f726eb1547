"""Out of the Papierkorb.

A place is a matter of now: what comes back stands where its goal or Abschnitt stands by now, not where that stood when
it was deleted; and what has found another place meanwhile is not torn from there. What it was joined to and lies in
the Papierkorb itself waits there for the join, and comes back with it.
"""

from collections import defaultdict
from typing import NamedTuple

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models.basis import Versioniert, platz_danach
from konzept.models.bedingungen import Bedingung
from konzept.models.verbund import Verbund, verbunde
from konzept.verlauf.aufzeichnung import anker, schreibe_alle_mit, schreibe_mit
from konzept.verlauf.models import AenderungArt, Geloeschtes
from konzept.verlauf.stand import als_zeile

from .ort import eltern
from .papierkorb import Papierkorb, bezuege
from .vorgang import vorgang

HOECHSTENS_GENANNT = 10


class Zurueckgeholt(NamedTuple):
    """The element, and German sentences about what is not as it was."""

    element: models.Model
    anders: list[str]


def hole_zurueck(*, eintrag: Geloeschtes, konto) -> Zurueckgeholt:
    """Bring an element back whole: its rows under their old keys, and the references to them.

    Raises ValidationError with a German sentence where it cannot be; then nothing changed.
    """
    try:
        with vorgang(konto=konto, bei=eintrag):
            if not Geloeschtes.objects.filter(pk=eintrag.pk).delete()[0]:
                raise ValidationError(f"„{eintrag.titel}“ ist schon zurückgeholt.")
            rueckkehr = _Rueckholung(eintrag)
            rueckkehr.setze_ein(konto)
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


class _Rueckholung:
    def __init__(self, eintrag: Geloeschtes):
        self.eintrag = eintrag
        gelesen = serializers.deserialize("python", eintrag.zeilen, ignorenonexistent=True)
        self.zeilen = [zeile.object for zeile in gelesen]
        self.element = next(zeile for zeile in self.zeilen if anker(zeile) == eintrag.anker)
        self._kommt = {(type(zeile), zeile.pk): zeile for zeile in self.zeilen}
        self._bekannt: dict[type[models.Model], dict[int, models.Model]] = defaultdict(dict)
        self._papierkorb = Papierkorb(eintrag.kommune_id)
        self._verschoben: list[models.Model] = []
        self._saetze: list[str] = []
        self._ganz_weg = 0

    def setze_ein(self, konto) -> None:
        """Insert the rows, those of a kind together."""
        self._lies_gegenueber()
        kommen: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for zeile in self.zeilen:
            if self._ist_vollstaendig(zeile):
                self._folge(zeile)
                kommen[type(zeile)].append(zeile)
            else:
                # What hangs on this row is not brought back either.
                del self._kommt[type(zeile), zeile.pk]
        self._pruefe_platz()
        for modell, zeilen in kommen.items():
            modell._base_manager.bulk_create(zeilen)
        for modell in {type(zeile) for zeile in self._verschoben}:
            mit = [zeile for zeile in self._verschoben if type(zeile) is modell and zeile is not self.element]
            schreibe_alle_mit(mit, konto, AenderungArt.VERSCHOBEN)

    def verbinde(self, konto) -> None:
        """Let what stayed refer to it again, where it has not found another place meanwhile."""
        nach_feld: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for label, pk, name, wert in self.eintrag.verweise:
            nach_feld[label, name][pk] = wert
        for (label, name), ziele in nach_feld.items():
            modell = apps.get_model(label)
            wieder = [z for z in modell._base_manager.filter(pk__in=ziele) if self._verbinde(z, name, ziele[z.pk])]
            ist_ort = name in getattr(modell, "STEHT_UNTER", ())
            if ist_ort:
                schreibe_alle_mit(wieder, None, None)
                modell.beanspruche_alle(wieder, konto)
            modell._base_manager.bulk_update(wieder, [name], batch_size=200)
            if ist_ort:
                schreibe_alle_mit(wieder, konto, AenderungArt.VERSCHOBEN)

    def _verbinde(self, zeile: models.Model, name: str, wert: int) -> bool:
        """Set a reference, without saving; False where it cannot be."""
        feld = zeile._meta.get_field(name)
        ziel = self._kommt.get((feld.related_model, wert))
        if ziel is None or getattr(zeile, feld.attname) == wert:
            return False
        frei = getattr(zeile, feld.attname) is None
        if frei:
            setattr(zeile, name, ziel)
        if frei and _geht(zeile, name):
            return True
        if isinstance(zeile, Versioniert):
            self._saetze.append(f"„{zeile}“ gehörte dazu und steht inzwischen woanders; dort bleibt es.")
        return False

    def anders(self) -> list[str]:
        """German sentences on what could not be brought back as it was."""
        saetze = list(dict.fromkeys(self._saetze))
        if len(saetze) > HOECHSTENS_GENANNT:
            saetze[HOECHSTENS_GENANNT:] = [f"Und {len(saetze) - HOECHSTENS_GENANNT} weitere."]
        if self._ganz_weg:
            wie_viele = "Eine Verknüpfung fehlt" if self._ganz_weg == 1 else f"{self._ganz_weg} Verknüpfungen fehlen"
            saetze.append(f"{wie_viele}, weil es nicht mehr gibt, womit es verknüpft war.")
        return saetze

    def _lies_gegenueber(self) -> None:
        """The rows outside to which these refer, as far as they exist; those of one kind at once."""
        gesucht: dict[type[models.Model], set[int]] = defaultdict(set)
        for zeile in self.zeilen:
            for feld, wert in bezuege(zeile):
                if (feld.related_model, wert) not in self._kommt:
                    gesucht[feld.related_model].add(wert)
        for modell, pks in gesucht.items():
            self._bekannt[modell] = modell._base_manager.in_bulk(pks)

    def _gegenueber(self, modell, wert) -> models.Model | None:
        return self._kommt.get((modell, wert)) or self._bekannt[modell].get(wert)

    def _ist_vollstaendig(self, zeile: models.Model) -> bool:
        """Empty what a row refers to and is gone. False where a part, or a mere join, cannot be without that."""
        for feld, wert in bezuege(zeile):
            if self._gegenueber(feld.related_model, wert) is not None:
                continue
            vorher, geht = als_zeile(zeile), feld.null
            if geht:
                setattr(zeile, feld.attname, None)
                geht = _haelt_die_bedingungen(zeile)
            liegt = self._papierkorb.finde(feld.related_model, wert)
            if not geht and zeile is self.element:
                raise ValidationError(self._kein_platz(feld, liegt))
            if not geht:
                self._lass_aus(vorher, liegt)
                return False
            self._ohne(zeile, feld, wert, liegt)
        return True

    def _ohne(self, zeile, feld: models.ForeignKey, wert: int, liegt: Geloeschtes | None) -> None:
        """A row comes back without one of its references."""
        if not feld.editable:
            # No person fills it in, such as the account that saved the row last.
            return
        if liegt is not None:
            self._papierkorb.merke_verweis(liegt, [zeile._meta.label_lower, zeile.pk, feld.name, wert])
        if feld.name not in getattr(zeile, "STEHT_UNTER", ()):
            self._zaehle(liegt)
            return
        oben = f"„{liegt.titel}“" if liegt else f"{feld.related_model._meta.verbose_name}"
        wo = "liegt noch im Papierkorb und nimmt es beim Zurückholen wieder auf" if liegt else "gibt es nicht mehr"
        self._saetze.append(f"Wozu „{zeile}“ gehörte ({oben}), {wo}.")
        zeile.reihenfolge = platz_danach(zeile.geschwister())

    def _lass_aus(self, vorher: dict, liegt: Geloeschtes | None) -> None:
        if liegt is not None:
            self._papierkorb.lege_dazu(liegt, vorher)
        self._zaehle(liegt)

    def _zaehle(self, liegt: Geloeschtes | None) -> None:
        if liegt is None:
            self._ganz_weg += 1
        else:
            self._saetze.append(f"Was es mit „{liegt.titel}“ verbindet, kommt zurück, wenn Sie auch das zurückholen.")

    def _kein_platz(self, feld: models.ForeignKey, liegt: Geloeschtes | None) -> str:
        satz, art = f"„{self.eintrag.titel}“ kann nicht zurückkommen: ", feld.related_model._meta.verbose_name
        if liegt is not None:
            return f"{satz}Es gehörte zu „{liegt.titel}“ ({art}). Holen Sie zuerst zurück, wozu es gehörte."
        return f"{satz}Was dazu nötig ist ({art}), gibt es nicht mehr."

    def _folge(self, zeile: models.Model) -> None:
        """Stand where what it hangs on stands now, and nowhere where it cannot stand any more."""
        for regel in verbunde(type(zeile)):
            verweis, gemeinsam = zeile._meta.get_field(regel.verweis), zeile._meta.get_field(regel.gemeinsam)
            if (wert := getattr(zeile, verweis.attname)) is None:
                continue
            oben = self._gegenueber(verweis.related_model, wert)
            soll, ist = getattr(oben, gemeinsam.attname), getattr(zeile, gemeinsam.attname)
            if soll == ist:
                continue
            setattr(zeile, gemeinsam.attname, soll)
            if ist is not None and isinstance(zeile, Versioniert):
                zeile.version += 1
                self._verschoben.append(zeile)
                self._saetze.append(f"„{zeile}“ steht jetzt dort, wohin „{oben}“ inzwischen verschoben ist.")
        if zeile is self.element and len(getattr(zeile, "STEHT_UNTER", ())) > 1:
            oben = eltern(zeile)
            if grund := zeile.hindernis_unter(oben):
                setattr(zeile, zeile.STEHT_UNTER[0], None)
                self._saetze.append(f"„{zeile}“ stand in „{oben}“ und kann dort nicht mehr stehen: {grund}")

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


def _haelt_die_bedingungen(zeile: models.Model) -> bool:
    """Whether a row may be as it is by the conditions on its own columns."""
    try:
        for regel in zeile._meta.constraints:
            if isinstance(regel, models.CheckConstraint):
                regel.validate(type(zeile), zeile)
    except ValidationError:
        return False
    return True


def _geht(zeile: models.Model, name: str) -> bool:
    """Whether a row may refer to what came back, as it stands now; the rules that have to do with `name` say so."""
    if name in getattr(zeile, "STEHT_UNTER", ()) and zeile.hindernis_unter(getattr(zeile, name)):
        return False
    for regel in zeile._meta.constraints:
        try:
            if (isinstance(regel, Verbund) and regel.verweis == name) or isinstance(regel, Bedingung):
                regel.validate(type(zeile), zeile)
        except ValidationError:
            return False
    return True
