"""What is compared, and what of it is shown or printed: both are sent with GET and stand in the address."""

from crispy_forms.helper import FormHelper
from django import forms

from .ansichten import TITELSEITE, WORTE, Gegenueber
from .staende import Auswahl

NICHT_DA = "Diesen Stand gibt es nicht, oder er liegt Ihnen nicht vor. Wählen Sie einen aus der Liste."


class StaendeForm(forms.Form):
    """Two states of a concept; cleans to two `Stand`."""

    alt = forms.ChoiceField(label="Früherer Stand", error_messages={"invalid_choice": NICHT_DA})
    neu = forms.ChoiceField(label="Späterer Stand", error_messages={"invalid_choice": NICHT_DA})

    def __init__(self, daten, *, auswahl: Auswahl, alt: str = "", neu: str = "") -> None:
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


class AuswahlForm(forms.Form):
    """Kinds of change and a chapter, as they are chosen now; `Filter.aus` reads what it sends."""

    alt = forms.ChoiceField(widget=forms.HiddenInput)
    neu = forms.ChoiceField(widget=forms.HiddenInput)
    wandel = forms.MultipleChoiceField(
        label="Arten der Änderung",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ohne Haken sind alle Arten dabei.",
    )
    kapitel = forms.ChoiceField(label="Kapitel", required=False)

    def __init__(self, gegenueber: Gegenueber) -> None:
        gewaehlt, anzahlen = gegenueber.filter, gegenueber.alles.anzahlen()
        arten = [w for w, anzahl in anzahlen.items() if anzahl or w in gewaehlt.wandel]
        werte = {
            "alt": gegenueber.alt.schluessel,
            "neu": gegenueber.neu.schluessel,
            "wandel": list(gewaehlt.wandel or arten),
            "kapitel": "" if gewaehlt.seite is None else gewaehlt.seite or TITELSEITE,
        }
        super().__init__(initial=werte, auto_id="auswahl_%s")
        self.fields["wandel"].choices = [(str(w), f"{WORTE[w]} ({anzahlen[w]})") for w in arten]
        seiten = [(seite.anker or TITELSEITE, seite.titel) for seite in gegenueber.alles.seiten]
        self.fields["kapitel"].choices = [("", "alle"), *seiten]
