"""The form of a Vorlage with everything on it but the results, and the short one with which it begins."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm, ElementZeilen, Zeilenform, zeilen_von
from konzept.formularbau.felder import Datumsfeld, Dezimalfeld
from konzept.formularbau.zeilenknoepfe import gleiche_ids_ab

from ..anlagen import Waehlbar, hindernis
from ..models import (
    AnlageArt,
    Beschluss,
    Beschlusspunkt,
    Station,
    Unterschrift,
    Vorgang,
    Vorlage,
    Vorlagenabschnitt,
    WeitereAnlage,
)
from .ergebnis import einwand

NICHTOEFFENTLICH_HILFE = "Eine nichtöffentliche Vorlage sehen in Konzeptwerk nur Leitung und Redaktion."
NICHT_DA = "Das gibt es hier nicht. Wählen Sie etwas aus der Liste."
BETREFF_FEHLT = "Schreiben Sie, worum es geht, z. B. Integrationskonzept der Stadt."


class Fassungsfeld(forms.ModelChoiceField):
    def label_from_instance(self, fassung):
        return fassung.bezeichnung


class _MitFassung(ElementForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        feld = self.fields["fassung"]
        feld.queryset = self.konzept.fassungen.defer("inhalt")
        feld.empty_label = "– der Arbeitsstand –"
        feld.error_messages["invalid_choice"] = "Diese Fassung gibt es hier nicht. Wählen Sie eine aus der Liste."


class NeueVorlageForm(_MitFassung):
    class Meta:
        model = Vorlage
        fields = ["art", "betreff", "oeffentlich", "fassung"]
        field_classes = {"fassung": Fassungsfeld}
        help_texts = {"oeffentlich": NICHTOEFFENTLICH_HILFE}
        error_messages = {"betreff": {"required": BETREFF_FEHLT}}


class VorlageForm(_MitFassung):
    stellenanteile = Dezimalfeld(
        label="Stellenanteile",
        required=False,
        max_digits=6,
        decimal_places=2,
        min_value=0,
        help_text=Vorlage._meta.get_field("stellenanteile").help_text,
    )

    class Meta:
        model = Vorlage
        fields = [
            "art",
            "nummer",
            "datum",
            "oeffentlich",
            "federfuehrend",
            "berichterstattung",
            "aktenzeichen",
            "betreff",
            "sachverhalt",
            "begruendung",
            "finanzen",
            "konzeptkosten",
            "stellenanteile",
            "fassung",
        ]
        field_classes = {"datum": Datumsfeld, "fassung": Fassungsfeld}
        help_texts = {"oeffentlich": NICHTOEFFENTLICH_HILFE}
        error_messages = {"betreff": {"required": BETREFF_FEHLT}}
        widgets = {
            "sachverhalt": FliesstextEingabe(attrs={"rows": 8}),
            "begruendung": FliesstextEingabe(attrs={"rows": 5}),
            "finanzen": FliesstextEingabe(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stellenanteile"].error_messages["min_value"] = "Ein Stellenanteil ist nicht negativ, z. B. 1,5."


class StationForm(Zeilenform):
    class Meta:
        model = Station
        fields = ["gremium", "rolle", "datum", "top"]
        field_classes = {"datum": Datumsfeld}
        error_messages = {"gremium": {"required": "Wählen Sie das Gremium, oder entfernen Sie die Zeile."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.waehle_aus("gremium", self.konzept.kommune.gremien.all())

    def clean(self):
        daten = super().clean()
        if "datum" in self.changed_data and (grund := einwand(daten.get("datum"), self.instance.ergebnis)):
            self.add_error("datum", grund)
        return daten


class PunktForm(Zeilenform):
    class Meta:
        model = Beschlusspunkt
        fields = ["text"]
        help_texts = {"text": ""}
        widgets = {"text": FliesstextEingabe(attrs={"rows": 2})}
        error_messages = {"text": {"required": "Schreiben Sie den Wortlaut, oder entfernen Sie den Punkt."}}


class AbschnittForm(Zeilenform):
    class Meta:
        model = Vorlagenabschnitt
        fields = ["titel", "text"]
        help_texts = {"text": ""}
        widgets = {"text": FliesstextEingabe(attrs={"rows": 3})}


class VorgangForm(Zeilenform):
    class Meta:
        model = Vorgang
        fields = ["nummer", "datum", "text"]
        field_classes = {"datum": Datumsfeld}
        error_messages = {"nummer": {"required": "Nennen Sie die Nummer, oder entfernen Sie die Zeile."}}


class AnlageForm(Zeilenform):
    """What an annex is and what it is made of are one choice: `was` is "gesondert", or the kind and the number of the
    Fassung or Runde, "synopse-12"."""

    was = forms.ChoiceField(label="Was", initial=AnlageArt.GESONDERT, error_messages={"invalid_choice": NICHT_DA})

    class Meta:
        model = WeitereAnlage
        fields = ["was", "neu", "titel"]
        field_classes = {"neu": Fassungsfeld}
        help_texts = {"neu": "", "titel": "nur bei eigenem Papier nötig"}
        labels = {"neu": "Synopse bis"}

    def __init__(self, *args, waehlbar, **kwargs):
        super().__init__(*args, **kwargs)
        self.waehle_aus("neu", self.konzept.fassungen.defer("inhalt", "wappen"))
        self.waehlbar = waehlbar
        self.fields["was"].choices = waehlbar.gruppen_fuer(self.instance)
        self.fields["neu"].error_messages["invalid_choice"] = NICHT_DA
        anlage = self.instance
        if anlage.alt_id or anlage.runde_id:
            self.initial["was"] = f"{anlage.art}-{anlage.alt_id or anlage.runde_id}"

    leer = {"neu": "– Anlage 1 –"}

    def clean(self):
        daten = super().clean()
        art, _, nummer = daten.get("was", "").partition("-")
        if art != AnlageArt.SYNOPSE and daten.get("neu"):
            self.add_error("neu", "Nur eine Synopse reicht bis zu einem Stand. Wählen Sie „Anlage 1“.")
        if art == AnlageArt.GESONDERT and not daten.get("titel"):
            self.add_error("titel", "Bezeichnen Sie die Anlage, oder entfernen Sie die Zeile.")
        if daten.get("neu") and nummer == str(daten["neu"].pk):
            self.add_error("neu", "Das ist derselbe Stand. Wählen Sie einen anderen als den früheren.")
        if art:
            self.instance.art = art
            self.instance.alt_id = int(nummer) if art == AnlageArt.SYNOPSE else None
            self.instance.runde_id = int(nummer) if art == AnlageArt.ABWAEGUNG else None
        return daten


class UnterschriftForm(Zeilenform):
    class Meta:
        model = Unterschrift
        fields = ["zusatz", "gezeichnet", "name", "funktion"]
        labels = {"zusatz": "Zusatz, z. B. In Vertretung"}
        help_texts = {"zusatz": ""}
        error_messages = {"name": {"required": "Nennen Sie, wer unterschreibt, oder entfernen Sie die Zeile."}}


class Stationen(ElementZeilen):
    ueberschrift, einzahl = "Beratungsfolge", "Station"
    spalten = {"gremium": 5, "rolle": 3, "datum": 2, "top": 2}

    def clean(self):
        """What a Fassung claims as its decision stays."""
        super().clean()
        weg = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        for beschluss in Beschluss.objects.filter(station__in=weg).select_related("fassung", "station__gremium"):
            raise ValidationError(
                f"„{beschluss.station}“ lässt sich nicht entfernen: {beschluss.fassung} nennt diese Sitzung als ihren "
                "Beschluss."
            )


class Punkte(ElementZeilen):
    ueberschrift, einzahl = "Beschlussvorschlag", "Punkt"


class Abschnitte(ElementZeilen):
    ueberschrift, einzahl = "Weitere Abschnitte", "Abschnitt"
    spalten = {"titel": 12, "text": 12}


class Vorgaenge(ElementZeilen):
    ueberschrift, einzahl = "Bisherige Vorgänge", "Vorgang"
    spalten = {"nummer": 4, "datum": 2, "text": 6}


class Anlagen(ElementZeilen):
    ueberschrift, einzahl = "Weitere Anlagen", "Anlage"
    spalten = {"was": 5, "neu": 3, "titel": 4}

    def clean(self):
        """What depends on the Vorlage as it is sent with them: which Fassung is Anlage 1, and who reads it."""
        super().clean()
        for form in self.forms:
            anlage = form.instance
            if form in self.deleted_forms or form.errors or not form.has_changed():
                continue
            if anlage.art == AnlageArt.SYNOPSE and not anlage.neu_id and anlage.alt_id == self.instance.fassung_id:
                form.add_error("was", "Das ist Anlage 1. Wählen Sie einen anderen Stand.")
            elif anlage.art == AnlageArt.ABWAEGUNG:
                grund = hindernis(form.waehlbar.runden[anlage.runde_id], self.instance)
                if grund:
                    form.add_error("was", f"Diese Abwägungstabelle lässt sich nicht beifügen: {grund}")


class Unterschriften(ElementZeilen):
    ueberschrift, einzahl = "Unterschriften", "Unterschrift"
    spalten = {"zusatz": 3, "gezeichnet": 2, "name": 4, "funktion": 3}


ZEILEN = {
    "beschlusspunkte": zeilen_von(Vorlage, Beschlusspunkt, PunktForm, Punkte),
    "abschnitte": zeilen_von(Vorlage, Vorlagenabschnitt, AbschnittForm, Abschnitte),
    "weitere_anlagen": zeilen_von(Vorlage, WeitereAnlage, AnlageForm, Anlagen),
    "vorgaenge": zeilen_von(Vorlage, Vorgang, VorgangForm, Vorgaenge),
    "unterschriften": zeilen_von(Vorlage, Unterschrift, UnterschriftForm, Unterschriften),
    "stationen": zeilen_von(Vorlage, Station, StationForm, Stationen),
}
"""The rows beside the form, by the names of their relations."""


def vorlage_formulare(vorlage: Vorlage, daten: QueryDict | None) -> dict:
    """The forms of the page of a Vorlage that was read with `fuer_blatt`, by context name; bound where `daten` are
    given. Five queries, for what can be chosen, once they are shown."""
    konzept = vorlage.konzept
    waehlbar = Waehlbar(konzept)
    alle = {"form": VorlageForm(daten, instance=vorlage, konzept=konzept)}
    for name, klasse in ZEILEN.items():
        gelesen = list(getattr(vorlage, name).all())
        if daten is not None:
            daten = gleiche_ids_ab(daten, name, {zeile.pk for zeile in gelesen})
        dazu = {"konzept": konzept} | ({"waehlbar": waehlbar} if name == "weitere_anlagen" else {})
        weitere = {"prefix": name, "gelesen": gelesen, "form_kwargs": dazu}
        alle[name] = klasse(daten, instance=vorlage, **weitere)
    return alle
