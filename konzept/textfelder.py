"""Text fields with a bound that says by how much it is passed: of a model and of a form.

A plain TextField holds `max_length` in forms alone; here `full_clean` asks for it too, so that whatever checks a row
before it writes it keeps the bound. The database does not know it, and no migration tells it: another bound is another
number in `konzept.grenzen`.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from konzept import grenzen
from konzept.fliesstext import zu_lang


class Hoechstlaenge(MaxLengthValidator):
    def __call__(self, value):
        if (laenge := self.clean(value)) > self.limit_value:
            raise ValidationError(zu_lang(laenge, self.limit_value), code=self.code)


class Textfeld(forms.CharField):
    """A text of at most `max_length` signs. No browser cuts what is pasted into it."""

    def __init__(self, *, max_length: int | None = grenzen.SCHLICHTTEXT, **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length or grenzen.SCHLICHTTEXT
        self.validators.append(Hoechstlaenge(self.max_length))


class Text(models.TextField):
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
