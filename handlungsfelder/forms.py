"""The forms of Handlungsfelder, goals and cross-cutting tasks."""

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.core.exceptions import ValidationError

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm
from konzept.formularbau.felder import Mehrfachauswahl
from konzept.textfelder import Textfeld

from .models import Handlungsfeld, Handlungsziel, Leitziel, Querschnittsaufgabe, Querschnittsbezug


class HandlungsfeldForm(ElementForm):
    class Meta:
        model = Handlungsfeld
        fields = [
            "titel",
            "kurztitel",
            "text",
            "staerken",
            "potentiale",
            "ressourcen_personal",
            "ressourcen_mittel",
            "ressourcen_stand",
            "indikatoren_stand",
            "gremien",
            "zaehlung",
            "nummer",
            "fortschreibung",
        ]
        error_messages = {"titel": {"required": "Geben Sie dem Handlungsfeld einen Titel."}}
        field_classes = {"gremien": Mehrfachauswahl}
        widgets = {
            "text": FliesstextEingabe(attrs={"rows": 12}),
            "staerken": FliesstextEingabe(attrs={"rows": 6}),
            "potentiale": FliesstextEingabe(attrs={"rows": 6}),
            "ressourcen_personal": FliesstextEingabe(attrs={"rows": 3}),
            "ressourcen_mittel": FliesstextEingabe(attrs={"rows": 3}),
            "gremien": forms.CheckboxSelectMultiple,
        }
        help_texts = dict.fromkeys(["staerken", "potentiale", "ressourcen_personal", "ressourcen_mittel"], "")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gremien"].queryset = self.konzept.kommune.gremien.all()


class ZielForm(ElementForm):
    class Meta:
        fields = ["titel", "text", "kurztitel", "nummer", "fortschreibung"]
        error_messages = {"titel": {"required": "Schreiben Sie das Ziel in einem Satz."}}
        widgets = {"titel": forms.Textarea(attrs={"rows": 2}), "text": FliesstextEingabe(attrs={"rows": 6})}


class LeitzielForm(ZielForm):
    class Meta(ZielForm.Meta):
        model = Leitziel


class HandlungszielForm(ZielForm):
    class Meta(ZielForm.Meta):
        model = Handlungsziel
        fields = ["titel", "text", "leitziel", "kurztitel", "nummer", "fortschreibung"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leitziel"].queryset = self.instance.handlungsfeld.leitziele.all()
        self.fields["leitziel"].empty_label = "– direkt zum Handlungsfeld –"


class QuerschnittsaufgabeForm(ElementForm):
    """A task and its row of the matrix: for each Handlungsfeld whether it is concerned, and in which words."""

    class Meta:
        model = Querschnittsaufgabe
        fields = ["titel", "text", "zaehlung", "nummer"]
        error_messages = {"titel": {"required": "Geben Sie der Querschnittsaufgabe einen Titel."}}
        widgets = {"text": FliesstextEingabe(attrs={"rows": 8})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.felder = list(self.konzept.handlungsfelder.all())
        bezuege = {b.handlungsfeld_id: b for b in self.instance.bezuege.all()} if self.instance.pk else {}
        for feld in self.felder:
            bezug = bezuege.get(feld.pk)
            self.fields[f"betrifft-{feld.pk}"] = forms.BooleanField(
                label=feld.kurz, required=False, initial=bezug is not None
            )
            self.fields[f"text-{feld.pk}"] = Textfeld(
                label=f"Text für {feld.kurz}", required=False, initial=bezug.text if bezug else ""
            )

    def gliedere(self, layout):
        zeilen = [
            Div(f"betrifft-{feld.pk}", f"text-{feld.pk}", css_class="matrixzeile") for feld in self.felder
        ]
        layout.fields = [
            "titel",
            "text",
            Fieldset("Betroffene Handlungsfelder", *zeilen, css_class="matrixfeld"),
            "zaehlung",
            "nummer",
        ]

    def clean(self):
        daten = super().clean()
        for feld in self.felder:
            if daten.get(f"text-{feld.pk}") and not daten.get(f"betrifft-{feld.pk}"):
                fehler = f"Kreuzen Sie „{feld.kurz}“ an, oder leeren Sie den Text dazu."
                self.add_error(f"betrifft-{feld.pk}", ValidationError(fehler, code="ohne_kreuz"))
        return daten

    def save(self, commit=True):
        aufgabe = super().save(commit)
        gewaehlt = [feld for feld in self.felder if self.cleaned_data.get(f"betrifft-{feld.pk}")]
        aufgabe.bezuege.exclude(handlungsfeld__in=gewaehlt).delete()
        Querschnittsbezug.objects.bulk_create(
            [
                Querschnittsbezug(
                    konzept=self.konzept,
                    querschnittsaufgabe=aufgabe,
                    handlungsfeld=feld,
                    text=self.cleaned_data.get(f"text-{feld.pk}") or "",
                )
                for feld in gewaehlt
            ],
            update_conflicts=True,
            unique_fields=["querschnittsaufgabe", "handlungsfeld"],
            update_fields=["text"],
        )
        return aufgabe
