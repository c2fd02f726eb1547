"""The form of an Angebot with its Förderungen."""

from django import forms

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm, ElementZeilen, Zeilenform, zeilen_von
from konzept.formularbau.felder import Mehrfachauswahl, NamenFeld

from ..leserahmen import MitLeserahmen
from ..models import Anbieter, Angebot, Foerderung
from ..zustaendigkeiten import AkteureDerKommune
from .akteure import TRENNEN, MitAkteuren, NeueAkteureFeld


class AngebotForm(MitAkteuren, MitLeserahmen, ElementForm):
    leer = {"handlungsfeld": "– keines –"}

    anbieter = NamenFeld(label="Anbieter", required=False, help_text=TRENNEN)
    neue_akteure = NeueAkteureFeld()

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
        kuerzel = self.lies_akteure("anbieter", daten.get("anbieter") or [])
        if "anbieter" in daten:
            daten["anbieter"] = kuerzel
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


class FoerderungForm(MitLeserahmen, Zeilenform):
    class Meta:
        model = Foerderung
        fields = ["geber", "programm", "angabe"]
        help_texts = {"angabe": "z. B. 30.000 € jährlich"}
        error_messages = {"geber": {"required": "Nennen Sie den Geber, oder entfernen Sie die Zeile."}}


class FoerderungZeilen(ElementZeilen):
    ueberschrift, einzahl = "Förderungen", "Förderung"
    spalten = {"geber": 4, "programm": 4, "angabe": 4}


FoerderungFormSet = zeilen_von(Angebot, Foerderung, FoerderungForm, FoerderungZeilen)
