"""Constraints of the database that Python checks as well, without asking it once for each row that a form saves."""

import operator
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from konzept.schreibweise import namensschluessel

_VERGLEICHE = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": lambda ist, werte: ist in werte,
    "lt": operator.lt,
    "lte": operator.le,
}


class Bedingung(models.CheckConstraint):
    """A CheckConstraint over columns of its own row, with the lookups of `_VERGLEICHE` and `isnull`.

    Like in SQL, a comparison with NULL is neither true nor false, and what is not false is allowed. A condition over a
    field that a form leaves out is not checked, as in Django.
    """

    def validate(self, model, instance, exclude=None, using=None):
        if not _felder(self.condition) & set(exclude or ()) and _gilt(self.condition, instance) is False:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


class EinName(models.UniqueConstraint):
    """A name that is unique among rows that belong to the same: `fields` are what they belong to, and the name.

    The database knows it to the letter. `full_clean` refuses a new name also where only its spelling is another, since
    nobody could tell the two apart; a row that bears such a name already may keep it.
    """

    def validate(self, model, instance, exclude=None, using=None):
        super().validate(model, instance, exclude, using)
        *ort, feld = self.fields
        name = getattr(instance, feld)
        neu = instance._state.adding or feld in instance.geaenderte_felder()
        if not neu or not name or set(self.fields) & set(exclude or ()):
            return
        hier = {stelle: getattr(instance, stelle) for stelle in ort}
        andere = model._base_manager.filter(**hier).exclude(pk=instance.pk).values_list(feld, flat=True)
        if gleicher := finde_gleichen(name, andere):
            raise ValidationError({feld: SCHON_DA.format(gleicher)})

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return "django.db.models.UniqueConstraint", args, kwargs


SCHON_DA = "„{}“ gibt es schon. Meinen Sie das? Wenn nicht, ergänzen Sie, was die beiden unterscheidet."


def finde_gleichen(name: str, andere: Iterable[str]) -> str | None:
    """The first name that is this one in whatever spelling."""
    gesucht = namensschluessel(name)
    return next((anderer for anderer in andere if namensschluessel(anderer) == gesucht), None)


def _felder(bedingung: Q) -> set[str]:
    namen = set()
    for teil in bedingung.children:
        if isinstance(teil, Q):
            namen |= _felder(teil)
        else:
            lookup, wert = teil
            namen |= {lookup.partition("__")[0], *([wert.name] if isinstance(wert, F) else [])}
    return namen


def _gilt(bedingung: Q, zeile: models.Model) -> bool | None:
    teile = [_gilt(teil, zeile) if isinstance(teil, Q) else _vergleiche(*teil, zeile) for teil in bedingung.children]
    entscheidend = bedingung.connector == Q.OR
    if None in teile and entscheidend not in teile:
        return None
    return ((entscheidend in teile) == entscheidend) != bedingung.negated


def _vergleiche(lookup: str, wert, zeile: models.Model) -> bool | None:
    name, _, art = lookup.partition("__")
    feld, ist = zeile._meta.get_field(name), _wert(zeile, name)
    if art == "isnull":
        return (ist is None) == wert
    if isinstance(wert, F):
        wert = _wert(zeile, wert.name)
    elif art == "in":
        wert = [feld.get_prep_value(w) for w in wert]
    else:
        wert = feld.get_prep_value(wert)
    return None if ist is None or wert is None else _VERGLEICHE[art or "exact"](ist, wert)


def _wert(zeile: models.Model, name: str):
    """A value as it goes to the database."""
    feld = zeile._meta.get_field(name)
    return feld.get_prep_value(getattr(zeile, feld.attname))
