"""What the forms of all apps share: rows, several short names in one field, and the list of errors of a page.

Knows Django's forms and nothing of the apps; the templates in `templates/kern/` are its other half.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME, BaseFormSet
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property

from konzept.druckzeichen import fehlende, satz
from konzept.fliesstext import zu_lang, zu_viel
from konzept.grenzen import FLIESSTEXT, LEERE_ZEILEN, NAMEN, NAMENLISTE, ZEILEN_JE_ART
from konzept.namen import als_text, namen_aus
from konzept.schreibweise import zeilenform
from konzept.textfelder import Zeilenfeld


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
    return satz(fehlende(text)) if len(text) <= FLIESSTEXT else ""  # what is longer is refused, and not read


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
    """Text field for several short names, as `konzept.namen` parts them.

    With JavaScript it becomes a list of chips with suggestions out of the `<datalist>` whose id is `liste`
    (`kern/namensliste.html`). What is submitted stays the plain text either way.
    """

    def __init__(self, attrs=None, liste="akteure"):
        super().__init__({"autocomplete": "off", "data-auswahl": liste, **(attrs or {})})


class NamenFeld(Zeilenfeld):
    """Several short names in one text field; cleans to a list of them, in order and each only once.

    What parts them says `konzept.namen`: commas, semicolons and line ends, but not within brackets.
    """

    widget = NamenEingabe

    def prepare_value(self, value):
        return als_text(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        text = super().to_python(value)
        if len(text) > NAMENLISTE:
            raise ValidationError(zu_lang(len(text), NAMENLISTE), code="max_length")
        if (anzahl := len(namen := namen_aus(text))) > NAMEN:
            raise ValidationError(zu_viel(anzahl, NAMEN, "Namen", "Genannt sind"), code="max_length")
        return namen

    def has_changed(self, initial, data):
        vorher, jetzt = (zeilenform(text or "") for text in (self.prepare_value(initial), data))
        return len(jetzt) > NAMENLISTE or namen_aus(vorher) != namen_aus(jetzt)


class Mehrfachauswahl(forms.ModelMultipleChoiceField):
    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as fehler:  # SQLite cannot even compare with a number beyond 64 bits
            raise ValidationError("Diese Auswahl gibt es nicht.", code="invalid_choice") from fehler


class Ganzzahlfeld(forms.CharField):
    """A whole number without sign as people write it, "1.250" included; cleans to int or None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 12})
    hinweis = "Schreiben Sie eine ganze Zahl, z. B. 120."

    def to_python(self, value):
        text = super().to_python(value)
        return self.lies(text) if text else None

    def lies(self, text: str) -> int:
        ziffern = text.replace(".", "") if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", text) else text
        if not re.fullmatch(r"[0-9]{1,9}", ziffern):
            raise ValidationError(self.hinweis, code="zahl")
        return int(ziffern)

    def validate(self, value):
        super().validate("" if value is None else str(value))

    def run_validators(self, value):
        super().run_validators("" if value is None else str(value))

    def has_changed(self, initial, data):
        return ("" if initial is None else str(initial)) != (data or "").strip()


class Jahresfeld(Ganzzahlfeld):
    """A year with four digits, or None."""

    hinweis = "Schreiben Sie das Jahr mit vier Ziffern, z. B. 2027."

    def lies(self, text):
        if not (re.fullmatch(r"[0-9]{4}", text) and 1900 <= int(text) <= 2199):
            raise ValidationError(self.hinweis, code="jahr")
        return int(text)

    @classmethod
    def aus(cls, wert) -> int | None:
        """The year of what stands in such a field; None where it is none."""
        try:
            return cls(required=False).clean(str(wert or ""))
        except ValidationError:
            return None


class Dezimalfeld(forms.DecimalField):
    """A decimal number as people write it in German: "1.250,5", "12,5"; "5.10" is understood too. None where empty."""

    def __init__(self, **kwargs):
        super().__init__(localize=True, **kwargs)
        self.error_messages["invalid"] = "Schreiben Sie eine Zahl, z. B. 1.250 oder 12,5."

    def to_python(self, value):
        if isinstance(value, str):
            text = value.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
            tausender = re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", text)
            value = text.replace(".", "") if tausender else text
        return super().to_python(value)


class Datumsfeld(forms.DateField):
    """A day as Tag.Monat.Jahr."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Schreiben Sie das Datum als Tag.Monat.Jahr, z. B. 03.11.2026."


class MitLeererWahl:
    """Mixin of model forms: an empty choice says in words what it means; `leer` has the words for single fields."""

    leer: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, feld in self.fields.items():
            text = self.leer.get(name) or (BITTE_WAEHLEN if feld.required else KEINE_ANGABE)
            if isinstance(feld, forms.ModelChoiceField):
                feld.empty_label = feld.empty_label and text
            elif isinstance(feld, forms.ChoiceField):
                feld.choices = [(wert, text if wort == _STRICHE else wort) for wert, wort in feld.choices]


BITTE_WAEHLEN, KEINE_ANGABE = "– bitte wählen –", "– keine Angabe –"
((_, _STRICHE),) = BLANK_CHOICE_DASH


class MitKonzept(MitLeererWahl):
    """Mixin of forms that know the concept in which their row stands, or will stand."""

    def __init__(self, *args, konzept=None, **kwargs):
        self.konzept = konzept
        super().__init__(*args, **kwargs)


class ElementForm(MitKonzept, forms.ModelForm):
    """The main form of an element. `gliedere(layout)` arranges its fields where their order is not enough.

    What became of an element of the earlier concept is only asked where there is one.
    """

    leer = {"fortschreibung": "– noch nicht angesehen –"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "fortschreibung" in self.fields and not self.instance.vorgaenger_id:
            del self.fields["fortschreibung"]

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True  # the page's own form has the token
        self.gliedere(helper.layout)
        return helper

    def gliedere(self, layout) -> None:
        pass

    def validate_unique(self):
        """Kommune and Konzept are no fields of the form, but part of what must be unique, such as a name in them."""
        super().validate_unique()
        if self.errors:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() - {"kommune", "konzept"})
        except ValidationError as fehler:
            self._update_errors(fehler)


class Zeilenform(MitKonzept, forms.ModelForm):
    """The form of one row; the rows of a page share what they choose from, read once."""

    def waehle_aus(self, name: str, zeilen) -> None:
        """Let a field choose from `zeilen`, in one query for all rows of the page."""
        feld = self.fields[name]
        feld.queryset = zeilen
        speicher = self.konzept.__dict__.setdefault("_auswahl", {})
        if name not in speicher:
            speicher[name] = list(feld.choices)
        feld.choices = speicher[name]


class _GeleseneZeile(forms.Field):
    """Which of the rows that were read a form edits. Django's own field asks the database for each of them."""

    widget = forms.HiddenInput

    def __init__(self, zeilen, **kwargs):
        super().__init__(required=False, **kwargs)
        self.zeilen = {str(zeile.pk): zeile for zeile in zeilen}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if value not in self.zeilen:
            raise ValidationError("Diese Zeile gibt es nicht mehr.", code="invalid_choice")
        return self.zeilen[value]

    def has_changed(self, initial, data):
        return str(initial or "") != (data or "")


class ElementZeilen(Zeilen, forms.BaseInlineFormSet):
    """Rows that are read once, or were together with their element, `gelesen`; Django would ask for each once more."""

    def __init__(self, *args, gelesen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.gelesen = list(super().get_queryset() if gelesen is None else gelesen)

    def get_queryset(self):
        return self.gelesen

    def total_form_count(self):
        """As many rows as the form says that it has, but for more than a few of which nothing was sent: a browser
        sends the fields of every row that it shows."""
        anzahl = super().total_form_count()
        return min(anzahl, self._gesendete_zeilen + LEERE_ZEILEN) if self.is_bound else anzahl

    @cached_property
    def _gesendete_zeilen(self) -> int:
        anfang = f"{self.prefix}-"
        nummern = (name.removeprefix(anfang).partition("-")[0] for name in self.data if name.startswith(anfang))
        return max((int(n) + 1 for n in nummern if n.isascii() and n.isdecimal() and len(n) < 5), default=0)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        schluessel = self.model._meta.pk.name
        form.fields[schluessel] = _GeleseneZeile(self.gelesen, initial=form.fields[schluessel].initial)

    def save(self, commit=True):
        """Write the rows that changed, are new or gone, or stand in another place than before.

        Rows that were added and left empty do not exist.
        """
        for form in self.deleted_forms:
            if form.instance.pk:
                form.instance.delete()
        platz = 0
        for form in sichtbare_zeilen(self):
            if not form.instance.pk and not form.has_changed():
                continue
            platz += 1
            verschoben = self.can_order and form.instance.reihenfolge != platz
            if verschoben:
                form.instance.reihenfolge = platz
            if verschoben or form.has_changed():
                setattr(form.instance, self.fk.name, self.instance)
                form.save()


def zeilen_von(oben, modell, form, formset, *, sortiert: bool = True):
    """The formset class for the rows of one kind that are parts of an element."""
    return forms.inlineformset_factory(
        oben,
        modell,
        form=form,
        formset=formset,
        extra=0,
        can_order=sortiert,
        max_num=ZEILEN_JE_ART,
        absolute_max=ZEILEN_JE_ART,
    )
