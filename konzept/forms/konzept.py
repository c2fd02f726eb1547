"""The form of the concept itself: what stands on its title page."""

from django import forms

from konzept.formularbau.elemente import ElementForm
from konzept.formularbau.felder import Datumsfeld, Jahresfeld
from konzept.models import Konzept


class MitGueltigkeit(ElementForm):
    """The years for which a concept is valid: both may be open, and they do not run backwards."""

    gueltig_ab = Jahresfeld(label="Gültig ab (Jahr)", required=False)
    gueltig_bis = Jahresfeld(label="Gültig bis (Jahr)", required=False)

    def clean(self):
        daten = super().clean()
        ab, bis = daten.get("gueltig_ab"), daten.get("gueltig_bis")
        if ab and bis and bis < ab:
            self.add_error("gueltig_bis", f"Das letzte Jahr ({bis}) liegt vor dem ersten ({ab}).")
        return daten


class KonzeptForm(MitGueltigkeit):
    stand = Datumsfeld(label="Stand", required=False)

    class Meta:
        model = Konzept
        fields = [
            "titel",
            "untertitel",
            "anlass",
            "herausgeber",
            "stand",
            "gueltig_ab",
            "gueltig_bis",
            "tabellenabschnitte",
        ]
        error_messages = {"titel": {"required": "Geben Sie dem Konzept einen Titel. Er steht auf dem Titelblatt."}}
        widgets = {"titel": forms.TextInput}
