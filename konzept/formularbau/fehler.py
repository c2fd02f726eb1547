"""The list of errors of a page, and where each of them stands."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict

from .zeilen import Zeilen, sichtbare_zeilen, zeilen_id


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
