"""Forms of the elements of a concept, and of the rows that are parts of one."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.functional import cached_property

from konzept.grenzen import LEERE_ZEILEN, ZEILEN_JE_ART

from .zeilen import Zeilen, sichtbare_zeilen


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
        """Let a field choose from `zeilen`, which are read once for all rows of the page."""
        feld = self.fields[name]
        feld.queryset = zeilen
        speicher = self.konzept.__dict__.setdefault("_auswahl", {})
        if name not in speicher:
            # A list of the choices themselves would first have the database count them.
            speicher[name] = list(iter(feld.choices))
        feld.choices = speicher[name]


class _GeleseneZeile(forms.Field):
    """Which of the rows that were read a form edits. Django's own field would read each of them anew."""

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
