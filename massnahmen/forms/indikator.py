"""The form of an Indikator with its Messwerte."""

from django import forms

from konzept.formularbau.elemente import ElementForm, ElementZeilen, Zeilenform, zeilen_von
from konzept.formularbau.felder import Dezimalfeld, Jahresfeld
from konzept.formularbau.zeilen import sichtbare_zeilen

from ..models import Indikator, Messwert

BEZUEGE = {"leitziel": "Leitziel", "handlungsziel": "Handlungsziel", "massnahme": "Maßnahme"}


class IndikatorForm(ElementForm):
    """An indicator and what it belongs to: one choice over goals and measures instead of three columns."""

    leer = {"handlungsfeld": "– keines –"}

    bezug = forms.ChoiceField(
        label="Gehört zu",
        required=False,
        help_text="Nur bei Indikatoren eines Ziels oder einer Maßnahme; ein Kontextindikator gehört zu keinem.",
        error_messages={"invalid_choice": "Das gibt es im Konzept nicht mehr. Wählen Sie etwas anderes."},
    )
    ausgangswert = Dezimalfeld(label="Ausgangswert", required=False, max_digits=14, decimal_places=2)
    zielwert = Dezimalfeld(label="Zielwert", required=False, max_digits=14, decimal_places=2)
    ausgangsjahr = Jahresfeld(label="Ausgangsjahr", required=False)
    zieljahr = Jahresfeld(label="Zieljahr", required=False)

    class Meta:
        model = Indikator
        fields = [
            "titel",
            "art",
            "handlungsfeld",
            "definition",
            "einheit",
            "quelle",
            "ausgangswert",
            "ausgangsjahr",
            "zielwert",
            "zieljahr",
        ]
        help_texts = {"handlungsfeld": "Gehört er zu einem Ziel oder einer Maßnahme, gilt deren Handlungsfeld."}
        error_messages = {
            "titel": {"required": "Geben Sie dem Indikator einen Namen, z. B. Anteil der Kinder in Kitas."},
            "art": {"required": "Wählen Sie, ob er zu einem Ziel oder einer Maßnahme gehört oder die Lage beschreibt."},
        }
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}

    field_order = ["titel", "art", "bezug", "handlungsfeld"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handlungsfeld"].queryset = self.konzept.handlungsfelder.all()
        self.bezuege = {}
        gruppen = [("", "– keinem –")]
        for name, art in BEZUEGE.items():
            modell = Indikator._meta.get_field(name).related_model
            zeilen = modell.objects.filter(handlungsfeld__konzept=self.konzept).only("titel")
            eintraege = {f"{name}-{zeile.pk}": zeile for zeile in zeilen}
            self.bezuege |= eintraege
            if eintraege:
                gruppen.append((art, [(schluessel, zeile.titel[:120]) for schluessel, zeile in eintraege.items()]))
        self.fields["bezug"].choices = gruppen
        jetzt = next((name for name in BEZUEGE if getattr(self.instance, f"{name}_id")), None)
        self.initial["bezug"] = f"{jetzt}-{getattr(self.instance, f'{jetzt}_id')}" if jetzt else ""

    def clean(self):
        daten = super().clean()
        gewaehlt = daten.get("bezug") or ""
        for name in BEZUEGE:
            zeile = self.bezuege.get(gewaehlt) if gewaehlt.startswith(f"{name}-") else None
            setattr(self.instance, name, zeile)
        match daten.get("art"):
            case Indikator.Art.WIRKUNG if not gewaehlt and "bezug" not in self.errors:
                self.add_error("bezug", "Wählen Sie das Ziel oder die Maßnahme, zu der er gehört.")
            case Indikator.Art.KONTEXT if gewaehlt:
                self.add_error(
                    "bezug",
                    "Ein Kontextindikator beschreibt die Lage und gehört zu keinem Ziel. "
                    "Wählen Sie „keinem“ oder die andere Art.",
                )
        return daten


class MesswertForm(Zeilenform):
    wert = Dezimalfeld(label="Wert", required=False, max_digits=14, decimal_places=2)
    jahr = Jahresfeld(label="Jahr", error_messages={"required": "Geben Sie das Jahr an, z. B. 2026."})

    class Meta:
        model = Messwert
        fields = ["jahr", "wert", "bruch", "anmerkung"]
        labels = {"bruch": "Bruch"}


class MesswertZeilen(ElementZeilen):
    ueberschrift, einzahl = "Messwerte", "Messwert"
    spalten = {"jahr": 2, "wert": 3, "bruch": 2, "anmerkung": 5}

    def clean(self):
        """Django compares the rows of a request with each other, not with saved ones that are missing in it."""
        super().clean()
        genannt = {form.instance.pk for form in self.initial_forms}
        belegt = {messwert.jahr for messwert in self.get_queryset() if messwert.pk not in genannt}
        for zeile in sichtbare_zeilen(self):
            if getattr(zeile, "cleaned_data", {}).get("jahr") in belegt:
                zeile.add_error("jahr", "Für dieses Jahr gibt es schon einen Wert.")

    def save(self, commit=True):
        # Two rows that swap their years would have the same one while only one of them is saved. Therefore they are
        # written anew.
        for zeile in sichtbare_zeilen(self):
            if zeile.instance.pk and "jahr" in zeile.changed_data:
                zeile.instance.delete()
        super().save(commit)


MesswertFormSet = zeilen_von(Indikator, Messwert, MesswertForm, MesswertZeilen, sortiert=False)
