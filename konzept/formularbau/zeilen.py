"""Rows: formsets that `templates/kern/zeilen.html` renders."""

import re

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME, BaseFormSet


class _Rang(forms.IntegerField):
    """Place of an unsaved row. Having one does not make the row a filled-in one."""

    def has_changed(self, initial, data):
        return False


class Zeilen:
    """Mixin of formsets that `kern/zeilen.html` renders; use it with `can_order`, `can_delete` and `extra=0`.

    `ueberschrift` heads the section, `einzahl` names one row in buttons and errors ("Schritt 2 entfernen").
    `spalten` maps field names to their share of a row in twelfths; when they add up to more than twelve,
    the row wraps and each field shows its label. A row that was added and left empty is ignored on saving.
    """

    ueberschrift = "Zeilen"
    einzahl = "Zeile"
    spalten: dict[str, int] = {}
    ordering_widget = forms.HiddenInput
    deletion_widget = forms.HiddenInput

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if ORDERING_FIELD_NAME in form.fields and (index is None or index >= self.initial_form_count()):
            form.fields[ORDERING_FIELD_NAME] = _Rang(required=False, widget=self.get_ordering_widget())


def ist_entfernt(zeile: forms.BaseForm) -> bool:
    """Whether a row of a formset is marked for deletion."""
    feld = zeile.fields.get(DELETION_FIELD_NAME)
    return feld is not None and bool(feld.to_python(zeile[DELETION_FIELD_NAME].value()))


def sichtbare_zeilen(formset: BaseFormSet) -> list[forms.BaseForm]:
    """The rows that are not marked for deletion, in the order the person gave them."""

    def rang(zeile):
        wert = str(zeile[ORDERING_FIELD_NAME].value() or "") if ORDERING_FIELD_NAME in zeile.fields else ""
        return int(wert) if re.fullmatch(r"[0-9]{1,6}", wert) else float("inf")

    return sorted((zeile for zeile in formset.forms if not ist_entfernt(zeile)), key=rang)


def zeilen_id(formset: BaseFormSet) -> str:
    """Id of the section in which `kern/zeilen.html` renders a formset."""
    return f"zeilen-{formset.prefix}"
