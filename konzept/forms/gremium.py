"""The forms of a Gremium with its members, and of what it does for a concept."""

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm, ElementZeilen, Zeilenform, zeilen_von
from konzept.formularbau.zeilen import sichtbare_zeilen
from konzept.models import Beteiligung, Gremium, Mitglied

TANDEM = 2


class GremiumForm(ElementForm):
    class Meta:
        model = Gremium
        fields = ["name", "art"]
        error_messages = {"name": {"required": "Geben Sie dem Gremium einen Namen, z. B. Integrationsrat."}}


class MitgliedForm(Zeilenform):
    class Meta:
        model = Mitglied
        fields = ["name", "funktion"]
        error_messages = {"name": {"required": "Nennen Sie die Person oder Stelle, oder entfernen Sie die Zeile."}}


class MitgliederZeilen(ElementZeilen):
    ueberschrift, einzahl = "Mitglieder", "Mitglied"
    spalten = {"name": 8, "funktion": 4}

    def clean(self):
        super().clean()
        tandem = [
            zeile
            for zeile in sichtbare_zeilen(self)
            if getattr(zeile, "cleaned_data", {}).get("funktion") == Mitglied.Funktion.NETZWERKMANAGEMENT
        ]
        for zeile in tandem[TANDEM:]:
            zeile.add_error("funktion", "Das Netzwerkmanagement ist ein Tandem: höchstens zwei Personen.")


MitgliedFormSet = zeilen_von(Gremium, Mitglied, MitgliedForm, MitgliederZeilen)


class BeteiligungForm(ElementForm):
    """Which Gremium takes part in the concept, and as what. A new Gremium is made with the Kommune's own form."""

    class Meta:
        model = Beteiligung
        fields = ["gremium", "aufgabe", "takt"]
        error_messages = {"gremium": {"required": "Wählen Sie ein Gremium der Kommune."}}
        widgets = {"aufgabe": FliesstextEingabe(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vergeben = self.konzept.beteiligungen.exclude(pk=self.instance.pk).values("gremium")
        self.fields["gremium"].queryset = self.konzept.kommune.gremien.exclude(pk__in=vergeben)
