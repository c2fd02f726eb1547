"""The form of a step of the participation process with its dates and groups."""

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm, ElementZeilen, Zeilenform, zeilen_von
from konzept.formularbau.felder import Datumsfeld, Ganzzahlfeld
from konzept.models import Prozessgruppe, Prozessschritt, Prozesstermin


class ProzessschrittForm(ElementForm):
    teilnehmende = Ganzzahlfeld(label="Zahl der Teilnehmenden", required=False)

    class Meta:
        model = Prozessschritt
        fields = ["art", "titel", "text", "teilnehmende"]
        error_messages = {"titel": {"required": "Geben Sie dem Schritt einen Titel, z. B. Workshop mit Vereinen."}}
        widgets = {"text": FliesstextEingabe(attrs={"rows": 6})}


class TerminForm(Zeilenform):
    tag = Datumsfeld(label="Tag", required=False)

    class Meta:
        model = Prozesstermin
        fields = ["tag", "wortlaut"]

    def clean(self):
        daten = super().clean()
        if not self.errors and not daten.get("tag") and not (daten.get("wortlaut") or "").strip():
            self.add_error("tag", "Geben Sie einen Tag an, z. B. 03.11.2026, oder einen Wortlaut wie August 2026.")
        return daten


class TerminZeilen(ElementZeilen):
    ueberschrift, einzahl = "Termine", "Termin"
    spalten = {"tag": 4, "wortlaut": 8}


class GruppeForm(Zeilenform):
    class Meta:
        model = Prozessgruppe
        fields = ["name"]
        error_messages = {"name": {"required": "Nennen Sie die Gruppe, oder entfernen Sie die Zeile."}}


class GruppenZeilen(ElementZeilen):
    ueberschrift, einzahl = "Beteiligte Gruppen", "Gruppe"
    spalten = {"name": 12}


TerminFormSet = zeilen_von(Prozessschritt, Prozesstermin, TerminForm, TerminZeilen)
GruppeFormSet = zeilen_von(Prozessschritt, Prozessgruppe, GruppeForm, GruppenZeilen)
