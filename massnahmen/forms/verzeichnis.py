"""The forms of Akteure and Zielgruppen, which belong to the whole Kommune."""

from konzept.formulare import ElementForm

from ..models import Akteur, Zielgruppe


class AkteurForm(ElementForm):
    class Meta:
        model = Akteur
        fields = ["kurz", "name", "art"]
        error_messages = {"kurz": {"required": "Geben Sie ein Kürzel an, z. B. 51 oder Caritas."}}


class ZielgruppeForm(ElementForm):
    class Meta:
        model = Zielgruppe
        fields = ["name"]
        error_messages = {"name": {"required": "Geben Sie der Zielgruppe einen Namen, z. B. Eltern."}}
