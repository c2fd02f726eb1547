"""Model and form fields for the two values that people write in words: Zeitraum and Geld.

The database keeps the wording; the value is read from it each time, so that a better reader understands old rows too.
Columns that the database filters or sums by (`Abgeleitet…`) follow the wording at every save, `bulk_create` included.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import models

from konzept.schreibweise import zeilenform
from konzept.textfelder import Normal, Zeilenfeld, pruefe_akzente

from . import geld, zeitraum

log = logging.getLogger(__name__)


def _nachsichtig(modul, wert, fehler, klasse):
    """Read a stored wording; one that a stricter reader now refuses stays as plain wording, and so does one on which it
    chokes: a single row would fail every page on which it is read."""
    try:
        return modul.lies(wert)
    except fehler:
        return klasse(wortlaut=wert)
    except Exception:
        log.exception("%s cannot read a stored wording of %s signs", modul.__name__, len(wert))
        return klasse(wortlaut=wert)


class WortlautFormField(Zeilenfeld):
    """A text field whose cleaned value is a Zeitraum or Geld; an error is the reader's own German sentence."""

    def __init__(self, *, modul, fehler, **kwargs):
        self.modul, self.fehler = modul, fehler
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return self.modul.lies(text)
        except self.fehler as fehler:
            raise ValidationError(str(fehler), code="unlesbar") from fehler

    def run_validators(self, value):
        super().run_validators(str(value))

    def validate(self, value):
        super().validate(str(value))

    def prepare_value(self, value):
        return str(value) if value is not None else ""

    def has_changed(self, initial, data):
        return self.form_der_schrift(str(initial or "")) != self.form_der_schrift(data or "").strip()


class WortlautField(Normal, models.CharField):
    """Base of ZeitraumField and GeldField: a wording in the database, a value in Python."""

    modul = fehler = klasse = None
    form_der_schrift = staticmethod(zeilenform)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return value if value is None else _nachsichtig(self.modul, value, self.fehler, self.klasse)

    def to_python(self, value):
        if value is None or isinstance(value, self.klasse):
            return value
        try:
            return self.modul.lies(self._normal(value))
        except self.fehler as fehler:
            raise ValidationError(str(fehler), code="unlesbar") from fehler

    def get_prep_value(self, value):
        return value if value is None else self._normal(str(value))

    def value_to_string(self, obj):
        return str(self.value_from_object(obj) or "")

    def run_validators(self, value):
        super().run_validators(str(value))

    def clean(self, value, model_instance):
        pruefe_akzente(value)
        wert = self.to_python(value)
        self.validate(str(wert), model_instance)
        self.run_validators(wert)
        return wert

    def formfield(self, **kwargs):
        vorgaben = {"modul": self.modul, "fehler": self.fehler, "form_class": WortlautFormField}
        return super().formfield(**(vorgaben | kwargs))


class ZeitraumField(WortlautField):
    modul, fehler, klasse = zeitraum, zeitraum.ZeitraumFehler, zeitraum.Zeitraum


class GeldField(WortlautField):
    modul, fehler, klasse = geld, geld.GeldFehler, geld.Geld


class _Abgeleitet:
    """A column that holds one attribute of a wording field of the same row."""

    def __init__(self, *args, aus="", attribut="", **kwargs):
        self.aus, self.attribut = aus, attribut
        kwargs.update(editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"aus": self.aus, "attribut": self.attribut}

    def pre_save(self, model_instance, add):
        quelle = model_instance._meta.get_field(self.aus)
        wert = getattr(quelle.to_python(getattr(model_instance, self.aus)), self.attribut, None)
        wert = getattr(wert, "value", wert)
        setattr(model_instance, self.attname, "" if wert is None and not self.null else wert)
        return getattr(model_instance, self.attname)


class AbgeleitetesDatum(_Abgeleitet, models.DateField):
    pass


class AbgeleiteterBetrag(_Abgeleitet, models.DecimalField):
    pass


class AbgeleitetesWort(_Abgeleitet, models.CharField):
    pass
