"""Fields in which people write as they write on paper: several names, whole and decimal numbers, years, days."""

import re

from django import forms
from django.core.exceptions import ValidationError

from konzept.fliesstext import zu_lang, zu_viel
from konzept.grenzen import NAMEN, NAMENLISTE
from konzept.namen import als_text, namen_aus
from konzept.schreibweise import zeilenform
from konzept.textfelder import Zeilenfeld


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
