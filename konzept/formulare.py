"""What the forms of all apps share: rows, several short names in one field, and the list of errors of a page.

Knows Django's forms and nothing of the apps; the templates in `templates/kern/` are its other half.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME, BaseFormSet
from django.forms.utils import ErrorDict


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


class Fehler(NamedTuple):
    """One line of the error summary; `ziel` is the id of the field to jump to, or empty."""

    ziel: str
    bezeichnung: str
    text: str


def sammle_fehler(*formulare: forms.BaseForm | BaseFormSet) -> list[Fehler]:
    """All errors of the forms and formsets in page order, leaving out rows that are marked for deletion."""
    return [fehler for formular in formulare for fehler in _fehler(formular)]


def _fehler(formular) -> Iterator[Fehler]:
    if not formular.is_bound:
        return
    if not isinstance(formular, BaseFormSet):
        yield from _formularfehler(formular)
        return
    for text in formular.non_form_errors():
        yield Fehler(zeilen_id(formular), "", text)
    einzahl = getattr(formular, "einzahl", Zeilen.einzahl)
    for nummer, zeile in enumerate(sichtbare_zeilen(formular), start=1):
        yield from _formularfehler(zeile, f"{einzahl} {nummer}")


def _formularfehler(formular, zeile: str = "") -> Iterator[Fehler]:
    erstes = next((feld_ziel(feld) for feld in formular.visible_fields()), "")
    for text in formular.non_field_errors():
        yield Fehler(erstes if zeile else "", zeile, text)
    for feld in formular:
        name = ", ".join(str(teil) for teil in (zeile, feld.label) if teil)
        for text in feld.errors:
            yield Fehler("" if feld.is_hidden else feld_ziel(feld), name, text)


def feld_ziel(feld: BoundField) -> str:
    """Id of the element that takes the focus for a field; for a group of choices its first option."""
    return feld.id_for_label or (f"{feld.auto_id}_0" if feld.auto_id else "")


def zeilen_id(formset: BaseFormSet) -> str:
    """Id of the section in which `kern/zeilen.html` renders a formset."""
    return f"zeilen-{formset.prefix}"


def ohne_pruefung(*formulare: forms.BaseForm | BaseFormSet) -> None:
    """Shows bound forms and formsets again as typed but without errors, as after adding a row.

    The forms count as checked afterwards, so never save them.
    """
    for formular in formulare:
        if isinstance(formular, BaseFormSet):
            formular._errors = [ErrorDict() for _ in formular.forms]
            formular._non_form_errors = formular.error_class()
            ohne_pruefung(*formular.forms)
        else:
            formular._errors = ErrorDict()


class NamenEingabe(forms.TextInput):
    """Text field for several short names, separated by commas.

    With JavaScript it becomes a list of chips with suggestions out of the `<datalist>` whose id is `liste`
    (`kern/namensliste.html`). What is submitted stays the plain text either way.
    """

    def __init__(self, attrs=None, liste="akteure"):
        super().__init__({"autocomplete": "off", "data-auswahl": liste, **(attrs or {})})


class NamenFeld(forms.CharField):
    """Several short names in one text field; cleans to a list of them, in order and each only once.

    Commas and semicolons separate names, so a name cannot hold one.
    """

    widget = NamenEingabe

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        return namen_aus(super().to_python(value))

    def has_changed(self, initial, data):
        return namen_aus(self.prepare_value(initial) or "") != namen_aus(data or "")


def namen_aus(text: str) -> list[str]:
    """The names in a text such as "Ehrenamtsbörse, 32", without repetitions."""
    teile = (" ".join(teil.split()) for teil in re.split(r"[,;]", text))
    return list(dict.fromkeys(teil for teil in teile if teil))
