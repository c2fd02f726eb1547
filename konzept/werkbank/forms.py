"""Forms of the workbench that belong to no single kind of element."""

from django import forms
from django.utils.text import slugify

from konzept.forms import MitGueltigkeit
from konzept.formularbau.elemente import ElementForm
from konzept.models import Konzept
from konzept.verlauf.aufzeichnung import anker
from konzept.vorgaenge.ort import eltern, eltern_anker
from massnahmen.models import Massnahme

from . import ordnung
from .muster import MUSTER


class TitelForm(ElementForm):
    """A new measure begins with its title; everything else follows on its own page."""

    class Meta:
        model = Massnahme
        fields = ["titel"]
        widgets = {"titel": forms.TextInput}
        error_messages = {"titel": {"required": "Geben Sie der Maßnahme einen Titel. Er steht in der Tabelle."}}


class KonzeptAnlegenForm(MitGueltigkeit):
    """A new concept: from an outline, or carrying on one of the Kommune's concepts.

    The address is made from the title; where it is taken, a number follows.
    """

    beginnt_mit = forms.ChoiceField(label="Beginnt mit", widget=forms.RadioSelect)

    class Meta:
        model = Konzept
        fields = ["titel", "gueltig_ab", "gueltig_bis"]
        widgets = {"titel": forms.TextInput}
        error_messages = {"titel": {"required": "Geben Sie dem Konzept einen Titel. Er steht auf dem Titelblatt."}}

    field_order = ["titel", "beginnt_mit", "gueltig_ab", "gueltig_bis"]

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune = self.instance.kommune = kommune
        self.fruehere = {f"konzept-{k.pk}": k for k in kommune.konzepte.neuestes_zuerst()}
        gliederungen = [(schluessel, f"{v.name}: {v.beschreibung}") for schluessel, v in MUSTER.items()]
        auswahl = [("Einer Gliederung", gliederungen)]
        if self.fruehere:
            fort = [(schluessel, f"Fortschreibung von „{k}“") for schluessel, k in self.fruehere.items()]
            auswahl.insert(0, ("Einem Konzept der Kommune, mit allem was darin steht", fort))
        self.fields["beginnt_mit"].choices = auswahl
        self.fields["beginnt_mit"].error_messages["required"] = "Wählen Sie, womit das Konzept beginnt."

    def save(self, commit=True):
        konzept = self.instance
        konzept.vorgaenger = self.fruehere.get(self.cleaned_data["beginnt_mit"])
        konzept.slug = self._freie_adresse()
        if konzept.vorgaenger:
            konzept.tabellenabschnitte = konzept.vorgaenger.tabellenabschnitte
            konzept.untertitel, konzept.herausgeber = konzept.vorgaenger.untertitel, konzept.vorgaenger.herausgeber
        return super().save(commit)

    def _freie_adresse(self) -> str:
        stamm = slugify(self.cleaned_data["titel"].translate(_UMLAUTE))[:70].strip("-") or "konzept"
        vergeben = set(self.kommune.konzepte.filter(slug__startswith=stamm).values_list("slug", flat=True))
        namen = (stamm, *(f"{stamm}-{nummer}" for nummer in range(2, len(vergeben) + 3)))
        return next(name for name in namen if name not in vergeben)


_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss", "–": "-"})


class VerschiebenForm(forms.Form):
    """Where an element shall stand: below what (`in`), and after which of its siblings there (`nach`).

    Cleans to rows of the concept; `nach` None means first.
    """

    def __init__(self, *args, objekt, konzept, **kwargs):
        super().__init__(*args, **kwargs)
        self.objekt = objekt
        self.orte = {anker(ort): ort for ort in ordnung.orte(objekt, konzept)}
        self.fields["in"] = forms.ChoiceField(
            label="Steht unter",
            choices=[(schluessel, f"{ort._meta.verbose_name}: {ort}") for schluessel, ort in self.orte.items()],
            initial=eltern_anker(objekt),
            error_messages={"invalid_choice": "Diesen Ort gibt es im Konzept nicht mehr. Wählen Sie einen anderen."},
        )
        self.geschwister = self._alle_geschwister()
        self.fields["nach"] = forms.ChoiceField(
            label="Nach",
            required=False,
            choices=[("", "– ganz nach vorn –"), *((s, str(z)) for s, z in self.geschwister.items())],
            initial=self._davor(),
            help_text="Gilt für den gewählten Ort; steht das Gewählte woanders, kommt das Element ans Ende.",
            error_messages={"invalid_choice": "Das gibt es im Konzept nicht mehr. Wählen Sie etwas anderes."},
        )

    def clean(self):
        daten = super().clean()
        if "in" in daten:
            daten["in"] = self.orte[daten["in"]]
            nach = self.geschwister.get(daten.get("nach") or "")
            if nach is not None and eltern(nach) != daten["in"]:
                nach = self._letztes_unter(daten["in"])
            daten["nach"] = nach
        return daten

    def _letztes_unter(self, ort):
        dort = [zeile for zeile in self.geschwister.values() if eltern(zeile) == ort]
        return dort[-1] if dort else None

    def _alle_geschwister(self) -> dict:
        modell = type(self.objekt)
        zeilen = modell._base_manager.exclude(pk=self.objekt.pk).order_by("reihenfolge", "pk")
        if hasattr(modell, "konzept_id"):
            zeilen = zeilen.filter(konzept=self.objekt.konzept_id)
        else:
            zeilen = zeilen.filter(handlungsfeld__konzept=self.objekt.konzept)
        return {anker(zeile): zeile for zeile in zeilen.select_related(*modell.STEHT_UNTER)}

    def _davor(self) -> str:
        """Somebody may have moved it elsewhere, or deleted it, since it was read: then first of all."""
        davor = ""
        for zeile in self.objekt.geschwister():
            if zeile.pk == self.objekt.pk:
                return davor
            davor = anker(zeile)
        return ""
