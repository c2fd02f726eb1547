"""Text fields of models and forms: what every text has in common at every door.

Each stores one spelling for what looks the same (`konzept.schreibweise`): whatever writes a row, a form, a file, the
identity provider or a command, and whatever looks one up. What must not be empty must hold something to be seen.

`Text` has a bound that says by how much it is passed. A plain TextField holds `max_length` in forms alone; here
`full_clean` asks for it too, so that whatever checks a row before it writes it keeps the bound. The database does not
know it, and no migration tells it: another bound is another number in `konzept.grenzen`.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from konzept import grenzen
from konzept.fliesstext import zu_lang
from konzept.schreibweise import hat_sichtbares, normalform, zeilenform, zu_viele_akzente

UNSICHTBAR = "Davon ist nichts zu sehen. Löschen Sie alles im Feld und schreiben Sie etwas, das man lesen kann."


def pruefe_sichtbares(text: str) -> None:
    """Refuses what is not empty and looks as if it were."""
    if text.strip() and not hat_sichtbares(text):
        raise ValidationError(UNSICHTBAR, code="unsichtbar")


def pruefe_akzente(wert) -> None:
    """Refuses a text with more accents behind one letter than are kept together."""
    if isinstance(wert, str) and (satz := zu_viele_akzente(wert)):
        raise ValidationError(satz, code="akzente")


class Hoechstlaenge(MaxLengthValidator):
    def __call__(self, value):
        if (laenge := self.clean(value)) > self.limit_value:
            raise ValidationError(zu_lang(laenge, self.limit_value), code=self.code)


class _NormalesFeld:
    """Mixin of form fields: cleans to the stored spelling, and takes another spelling for no change."""

    form_der_schrift = staticmethod(normalform)

    def clean(self, value):
        pruefe_akzente(value)
        if self.required and isinstance(value, str):
            pruefe_sichtbares(value)
        return super().clean(value)

    def to_python(self, value):
        return super().to_python(self.form_der_schrift(value) if isinstance(value, str) else value)

    def has_changed(self, initial, data):
        return super().has_changed(self.form_der_schrift(initial) if isinstance(initial, str) else initial, data)


class Zeilenfeld(_NormalesFeld, forms.CharField):
    """A name or title."""

    form_der_schrift = staticmethod(zeilenform)


class Mailfeld(_NormalesFeld, forms.EmailField):
    form_der_schrift = staticmethod(zeilenform)


class Textfeld(_NormalesFeld, forms.CharField):
    """A text of at most `max_length` signs. No browser cuts what is pasted into it."""

    def __init__(self, *, max_length: int | None = grenzen.SCHLICHTTEXT, **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length or grenzen.SCHLICHTTEXT
        self.validators.append(Hoechstlaenge(self.max_length))


class Normal:
    """Mixin of model fields: a text has the stored spelling wherever it comes from, and in lookups too."""

    form_der_schrift = staticmethod(normalform)

    def to_python(self, value):
        return self._normal(super().to_python(value))

    def get_prep_value(self, value):
        return self._normal(super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        """The row in memory has what is stored."""
        wert = self._normal(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, wert)
        return wert

    def clean(self, value, model_instance):
        pruefe_akzente(value)
        if not self.blank and isinstance(value, str):
            pruefe_sichtbares(value)
        return super().clean(value, model_instance)

    def _normal(self, wert):
        return self.form_der_schrift(wert) if isinstance(wert, str) else wert


class Textzeile(Normal, models.CharField):
    """A name, a title, or whatever else stands on one line."""

    form_der_schrift = staticmethod(zeilenform)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": Zeilenfeld} | kwargs))


class Mailadresse(Normal, models.EmailField):
    form_der_schrift = staticmethod(zeilenform)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": Mailfeld} | kwargs))


class Text(Normal, models.TextField):
    """A text without markup."""

    HOECHSTENS = grenzen.SCHLICHTTEXT

    def __init__(self, *args, max_length: int | None = None, **kwargs):
        super().__init__(*args, max_length=max_length or self.HOECHSTENS, **kwargs)
        self.validators.append(Hoechstlaenge(self.max_length))

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, "django.db.models.TextField", args, kwargs

    def clone(self):
        _, _, args, kwargs = self.deconstruct()
        return type(self)(*args, **kwargs, max_length=self.max_length)

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": Textfeld} | kwargs))
