"""What is compared, and what of it is shown: both are sent with GET and stand in the address."""

from crispy_forms.helper import FormHelper
from django import forms

from .staende import Auswahl

NICHT_DA = "Diesen Stand gibt es nicht, oder er liegt Ihnen nicht vor. Wählen Sie einen aus der Liste."


class StaendeForm(forms.Form):
    """Two states of a concept; cleans to two `Stand`."""

    alt = forms.ChoiceField(label="Früherer Stand", error_messages={"invalid_choice": NICHT_DA})
    neu = forms.ChoiceField(label="Späterer Stand", error_messages={"invalid_choice": NICHT_DA})

    def __init__(self, daten, *, auswahl: Auswahl, alt: str = "", neu: str = ""):
        """`alt` and `neu` are the keys of states that are chosen beforehand, where they are some."""
        super().__init__(daten, initial=auswahl.vorschlag(alt, neu))
        self.auswahl = auswahl
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        gruppen = [
            ("Dieses Konzept", [(stand.schluessel, stand.titel) for stand in auswahl.eigene]),
            ("Andere Konzepte der Kommune", [(stand.schluessel, stand.titel) for stand in auswahl.andere]),
        ]
        for name, was in (("alt", "früheren"), ("neu", "späteren")):
            self.fields[name].choices = [gruppe for gruppe in gruppen if gruppe[1]]
            self.fields[name].error_messages["required"] = f"Wählen Sie den {was} Stand."

    def clean(self):
        werte = super().clean()
        if "alt" in werte and werte["alt"] == werte.get("neu"):
            self.add_error("neu", "Das ist derselbe Stand. Wählen Sie einen anderen als den früheren.")
        return {name: self.auswahl.stand(wert) for name, wert in werte.items()}
