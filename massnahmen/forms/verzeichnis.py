"""The forms of Akteure and Zielgruppen, which belong to the whole Kommune."""

from konzept.formularbau.elemente import ElementForm

from ..models import Akteur, Zielgruppe

WIRKT_MIT = (
    "Für diesen Akteur bearbeitet jemand Maßnahmen. Für niemand Bestimmtes geht das nicht: Nehmen Sie den Akteur erst "
    "bei den Mitgliedern heraus."
)


class AkteurForm(ElementForm):
    class Meta:
        model = Akteur
        fields = ["kurz", "name", "art"]
        error_messages = {"kurz": {"required": "Geben Sie ein Kürzel an, z. B. 51 oder Caritas."}}

    def clean(self):
        """A new one that is named like nobody in particular is so, until somebody says otherwise."""
        daten = super().clean()
        if not self.instance.pk and "art" not in self.changed_data and daten.get("kurz"):
            daten["art"] = Akteur.art_fuer(daten["kurz"])
        elif daten.get("art") == Akteur.Art.UNBESTIMMT and self._wirkt_jemand_mit():
            self.add_error("art", WIRKT_MIT)
        return daten

    def _wirkt_jemand_mit(self) -> bool:
        return "art" in self.changed_data and self.instance.pk and self.instance.mitgliedschaften.exists()


class ZielgruppeForm(ElementForm):
    class Meta:
        model = Zielgruppe
        fields = ["name"]
        error_messages = {"name": {"required": "Geben Sie der Zielgruppe einen Namen, z. B. Eltern."}}
