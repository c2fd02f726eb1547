"""What is said about valid input: signs that its print replaces, and what was taken otherwise than it was typed."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet

from konzept.druckschriften import fehlende, satz
from konzept.grenzen import FLIESSTEXT

from .zeilen import sichtbare_zeilen

GEDRUCKT = {"konzept", "handlungsfelder", "massnahmen", "vorlagen", "beratung"}
"""Apps whose rows stand in prints: of a concept, a Vorlage, an Abwägungstabelle."""


def wird_gedruckt(feld: BoundField) -> bool:
    """Whether what people type into a field stands in a print: any text of a row of GEDRUCKT, or of a form that says
    `druckt = True`, but for those that the form names in `druckt_nicht`."""
    form = feld.form
    ist_eingabe = isinstance(feld.field.widget, forms.TextInput | forms.Textarea)
    if not (ist_eingabe and isinstance(feld.field, forms.CharField)) or feld.name in getattr(form, "druckt_nicht", ()):
        return False
    modell = getattr(getattr(form, "_meta", None), "model", None)
    return getattr(form, "druckt", False) or (modell is not None and modell._meta.app_label in GEDRUCKT)


def ohne_schrift(feld: BoundField) -> str:
    """The sentence about signs in a field that its print replaces; "" where there is none."""
    text = str(feld.value() or "") if wird_gedruckt(feld) else ""
    # A longer text is refused anyway, and searching it would take long.
    return satz(fehlende(text)) if len(text) <= FLIESSTEXT else ""


def sammle_zeichen(*formulare: forms.BaseForm | BaseFormSet) -> str:
    """The sentence about such signs in all that was sent and is valid; "" where there is none."""
    zeilen = [z for f in formulare for z in (sichtbare_zeilen(f) if isinstance(f, BaseFormSet) else [f])]
    felder = [feld for zeile in zeilen for feld in zeile if wird_gedruckt(feld)]
    texte = (feld.form.cleaned_data.get(feld.name) or "" for feld in felder)
    return satz(fehlende("\n".join(map(str, texte))))


def sammle_verstandenes(*formulare: forms.BaseForm | BaseFormSet) -> list[str]:
    """What checked forms took otherwise than it was typed, as sentences; each form says it with `verstanden`."""
    zeilen = [z for f in formulare for z in (sichtbare_zeilen(f) if isinstance(f, BaseFormSet) else [f])]
    return [satz for zeile in zeilen for satz in getattr(zeile, "verstanden", ())]
