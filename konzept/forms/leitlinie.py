"""The form of a Leitlinie with its questions."""

from django import forms

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm, ElementZeilen, Zeilenform, zeilen_von
from konzept.models import Abschnitt, Leitfrage, Leitlinie


class LeitlinieForm(ElementForm):
    leer = ElementForm.leer | {"abschnitt": "– in der einzigen Liste –"}

    class Meta:
        model = Leitlinie
        fields = ["titel", "text", "status", "abschnitt", "nummer", "fortschreibung"]
        error_messages = {"titel": {"required": "Schreiben Sie die Leitlinie in einem Satz."}}
        widgets = {"titel": forms.Textarea(attrs={"rows": 2}), "text": FliesstextEingabe(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        listen = self.konzept.abschnitte.filter(inhalt=Abschnitt.Inhalt.LEITLINIEN)
        self.fields["abschnitt"].queryset = listen


class LeitfrageForm(Zeilenform):
    leer = {"gremium": "– keine bestimmte –"}

    class Meta:
        model = Leitfrage
        fields = ["text", "gremium"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": "Schreiben Sie die Frage, oder entfernen Sie die Zeile."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.waehle_aus("gremium", self.konzept.kommune.gremien.all())


class LeitfragenZeilen(ElementZeilen):
    ueberschrift, einzahl = "Leitfragen", "Frage"
    spalten = {"text": 8, "gremium": 4}


LeitfrageFormSet = zeilen_von(Leitlinie, Leitfrage, LeitfrageForm, LeitfragenZeilen)
