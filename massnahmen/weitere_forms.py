"""The forms of Akteure, Zielgruppen, Angebote and Indikatoren."""

from django import forms

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formulare import (
    Dezimalfeld,
    ElementForm,
    ElementZeilen,
    Jahresfeld,
    Mehrfachauswahl,
    NamenFeld,
    Zeilenform,
    sichtbare_zeilen,
    zeilen_von,
)

from .models import Akteur, Anbieter, Angebot, Foerderung, Indikator, Messwert, Zielgruppe
from .regeln import AkteureDerKommune


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


class AngebotForm(ElementForm):
    anbieter = NamenFeld(label="Anbieter", required=False, help_text="Kürzel der Akteure, mit Kommas getrennt")
    neue_akteure = forms.BooleanField(
        label="Unbekannte Akteure neu anlegen",
        required=False,
        help_text="Ankreuzen, wenn ein genannter Akteur noch nicht in der Liste der Kommune steht.",
    )

    class Meta:
        model = Angebot
        fields = ["titel", "text", "handlungsfeld", "seit", "zielgruppen"]
        error_messages = {"titel": {"required": "Geben Sie dem Angebot einen Titel, z. B. Sprachcafé."}}
        field_classes = {"zielgruppen": Mehrfachauswahl}
        widgets = {"text": FliesstextEingabe(attrs={"rows": 6}), "zielgruppen": forms.CheckboxSelectMultiple}

    field_order = ["titel", "text", "anbieter", "neue_akteure", "seit", "handlungsfeld", "zielgruppen"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kommune = self.konzept.kommune
        self.akteure = AkteureDerKommune(kommune)
        self.fields["handlungsfeld"].queryset = self.konzept.handlungsfelder.all()
        self.fields["zielgruppen"].queryset = kommune.zielgruppen.all()
        if self.instance.pk:
            genannt = self.instance.anbieter.select_related("akteur")
            self.initial["anbieter"] = [a.akteur.kurz for a in genannt]

    def clean(self):
        daten = super().clean()
        self.akteure.neue_erlaubt = bool(daten.get("neue_akteure"))
        for kurz in daten.get("anbieter") or []:
            if fehler := self.akteure.fehler(kurz):
                self.add_error("anbieter", fehler)
        return daten

    def save(self, commit=True):
        angebot = super().save(commit)
        soll = {self.akteure.hole(kurz).pk: platz for platz, kurz in enumerate(self.cleaned_data["anbieter"], 1)}
        angebot.anbieter.exclude(akteur__in=soll).delete()
        Anbieter.objects.bulk_create(
            [Anbieter(angebot=angebot, akteur_id=pk, reihenfolge=platz) for pk, platz in soll.items()],
            update_conflicts=True,
            unique_fields=["angebot", "akteur"],
            update_fields=["reihenfolge"],
        )
        return angebot


class FoerderungForm(Zeilenform):
    class Meta:
        model = Foerderung
        fields = ["geber", "programm", "angabe"]
        labels = {"angabe": "Betrag, z. B. 30.000 € jährlich"}
        help_texts = {"angabe": ""}
        error_messages = {"geber": {"required": "Nennen Sie den Geber, oder entfernen Sie die Zeile."}}


class FoerderungZeilen(ElementZeilen):
    ueberschrift, einzahl = "Förderungen", "Förderung"
    spalten = {"geber": 4, "programm": 4, "angabe": 4}


FoerderungFormSet = zeilen_von(Angebot, Foerderung, FoerderungForm, FoerderungZeilen)


BEZUEGE = {"leitziel": "Leitziel", "handlungsziel": "Handlungsziel", "massnahme": "Maßnahme"}


class IndikatorForm(ElementForm):
    """An indicator and what it belongs to: one choice over goals and measures instead of three columns."""

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
        # Rows that swap their years would collide halfway.
        for zeile in sichtbare_zeilen(self):
            if zeile.instance.pk and "jahr" in zeile.changed_data:
                zeile.instance.delete()
        super().save(commit)


MesswertFormSet = zeilen_von(Indikator, Messwert, MesswertForm, MesswertZeilen, sortiert=False)
