"""The labels of a Kommune: one row for each part, in the order in which they print."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from konzept.formularbau.elemente import ElementForm
from konzept.formularbau.zeilen import Zeilen, sichtbare_zeilen
from konzept.textfelder import Zeilenfeld

from ..models import Bereich, Vorlagenkopf, Vorlagenteil, zeilen_fuer
from ..models.kopf import JE_TEIL


class KopfForm(ElementForm):
    class Meta:
        model = Vorlagenkopf
        fields = []


class KopfzeileForm(forms.Form):
    """One part; its label is called as the part is."""

    druckt = True

    teil = forms.ChoiceField(choices=Vorlagenteil.choices, widget=forms.HiddenInput)
    bezeichnung = Zeilenfeld(label="Bezeichnung", required=False, max_length=80)
    gezeigt = forms.BooleanField(label="drucken", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        teil = self["teil"].value()
        if vorgabe := JE_TEIL.get(teil):
            feld = self.fields["bezeichnung"]
            feld.label = Vorlagenteil(teil).label
            if teil == Vorlagenteil.WEITERE:
                feld.disabled, feld.help_text = True, "Jeder Abschnitt hat seine eigene Überschrift."
            if vorgabe.ueblich:
                feld.widget.attrs["list"] = f"ueblich-{teil}"


class Kopfzeilen(Zeilen, forms.BaseFormSet):
    """The parts of one Bereich, all of them and each once."""

    einzahl = "Teil"
    spalten = {"bezeichnung": 9, "gezeigt": 4}
    fest = True
    bereich: Bereich

    @property
    def ueberschrift(self):
        return self.bereich.label

    def clean(self):
        genannt = sorted(zeile.cleaned_data.get("teil", "") for zeile in self.forms if hasattr(zeile, "cleaned_data"))
        if genannt != sorted(teil for teil, v in JE_TEIL.items() if v.bereich == self.bereich):
            raise ValidationError("Die Liste ist nicht vollständig. Bitte laden Sie die Seite neu.")

    def werte(self) -> list[tuple[str, str, bool]]:
        """(part, label, whether it prints) of the checked rows in order."""
        zeilen = (zeile.cleaned_data for zeile in sichtbare_zeilen(self))
        return [(d["teil"], d["bezeichnung"], d["gezeigt"]) for d in zeilen]


TEILE = 30
_FORMSET = forms.formset_factory(
    KopfzeileForm, formset=Kopfzeilen, extra=0, can_order=True, max_num=TEILE, absolute_max=TEILE
)
FORMSETS = {bereich: type(f"Kopfzeilen_{bereich.value}", (_FORMSET,), {"bereich": bereich}) for bereich in Bereich}


def kopf_formulare(kopf: Vorlagenkopf, daten: QueryDict | None) -> dict:
    """The forms of the page, by context name: "form" and one formset for each Bereich. One query."""
    alle = {"form": KopfForm(daten, instance=kopf)}
    for bereich, zeilen in zeilen_fuer(kopf.kommune).items():
        initial = [{"teil": z.teil, "bezeichnung": z.bezeichnung, "gezeigt": z.gezeigt} for z in zeilen]
        alle[bereich.value] = FORMSETS[bereich](daten, initial=initial, prefix=bereich.value)
    return alle
