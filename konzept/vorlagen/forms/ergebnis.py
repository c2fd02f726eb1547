"""What a Gremium resolved: on the whole Vorlage, and on its points where it voted on each."""

from datetime import date

from django import forms
from django.http import Http404, QueryDict

from konzept.fassungen.beschluesse import FRUEHESTENS
from konzept.formularbau.elemente import ElementForm
from konzept.formularbau.felder import Datumsfeld, Ganzzahlfeld
from konzept.heute import am, heute

from ..models import Punktergebnis, Sitzungsergebnis, Station, Vorlage

STIMMEN = {"ja": "Ja", "nein": "Nein", "enthaltung": "Enthaltung"}
HOECHSTENS = 999


class _Stimmfeld(Ganzzahlfeld):
    """The number of votes, or None."""

    hinweis = f"Schreiben Sie die Zahl der Stimmen, höchstens {HOECHSTENS}."

    def lies(self, text):
        zahl = super().lies(text)
        if zahl > HOECHSTENS:
            raise forms.ValidationError(self.hinweis, code="zahl")
        return zahl


def einwand(tag: date | None, ergebnis: str) -> str:
    """In a sentence why a sitting on a day cannot have a result; "" where it can. A paper may be taken off the agenda
    before the sitting."""
    if tag is None or not ergebnis:
        return ""
    if tag > heute() and ergebnis != Sitzungsergebnis.ABGESETZT:
        return f"Die Sitzung am {am(tag)} war noch nicht. Tragen Sie das Ergebnis ein, wenn sie gewesen ist."
    return f"Stimmt das Jahr {tag.year}? Nennen Sie den Tag der Sitzung." if tag < FRUEHESTENS else ""


class _MitStimmen(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ergebnis"].choices = [("", "– noch keines –"), *Sitzungsergebnis.choices]
        for name, titel in STIMMEN.items():
            self.fields[name] = _Stimmfeld(label=titel, required=False)


class VorlagenForm(ElementForm):
    """The Vorlage to which the result belongs; nothing of it is edited here but its version."""

    class Meta:
        model = Vorlage
        fields = []


class ErgebnisForm(_MitStimmen):
    class Meta:
        model = Station
        fields = ["datum", "top", "ergebnis", "ja", "nein", "enthaltung", "bemerkung"]
        field_classes = {"datum": Datumsfeld}
        widgets = {"bemerkung": forms.Textarea(attrs={"rows": 3})}

    def clean(self):
        daten = super().clean()
        if grund := einwand(daten.get("datum"), daten.get("ergebnis", "")):
            self.add_error("datum", grund)
        return daten


class PunktForm(_MitStimmen):
    """The result on one point; without a result there is no row. The labels name the point."""

    class Meta:
        model = Punktergebnis
        fields = ["ergebnis", "ja", "nein", "enthaltung"]

    def __init__(self, *args, nummer: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.nummer = nummer
        self.fields["ergebnis"].required = False
        for feld in self.fields.values():
            feld.label = f"{feld.label}, Punkt {nummer}"

    def _get_validation_exclusions(self):
        ohne = super()._get_validation_exclusions()
        return ohne | {"ergebnis"} if not self.cleaned_data.get("ergebnis") else ohne

    def save(self, commit=True):
        if self.cleaned_data["ergebnis"]:
            super().save(commit)
        elif self.instance.pk:
            self.instance.delete()


def ergebnis_formulare(vorlage: Vorlage, pk: int, daten: QueryDict | None) -> dict:
    """The forms of the page of a Station of a Vorlage that was read with `fuer_blatt`: "form", "ergebnis", and
    "punkt-<pk>" for each point where there are several. No queries. Http404 where the Station is gone."""
    station = next((s for s in vorlage.stationen.all() if s.pk == pk), None)
    if station is None:
        raise Http404("The Station is gone.")
    punkte = list(vorlage.beschlusspunkte.all())
    alle = {
        "form": VorlagenForm(daten, instance=vorlage, konzept=vorlage.konzept),
        "ergebnis": ErgebnisForm(daten, instance=station),
    }
    je_punkt = {ergebnis.punkt_id: ergebnis for ergebnis in station.punktergebnisse.all()}
    for nummer, punkt in enumerate(punkte if len(punkte) > 1 else [], start=1):
        zeile = je_punkt.get(punkt.pk) or Punktergebnis(station=station)
        zeile.punkt = punkt
        name = f"punkt-{punkt.pk}"
        alle[name] = PunktForm(daten, instance=zeile, prefix=name, nummer=nummer)
    return alle
