"""Two columns that must agree, held by the database: a measure and its goal stand in one field.

A foreign key says only that a goal exists. A `Verbund` is a second foreign key over the reference *and* the column that
both rows share, so that no writer whatever can let them differ; when the row referred to gets another value there,
those that refer to it follow (ON UPDATE CASCADE).
"""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models


class Verbund(models.BaseConstraint):
    """`Verbund(gemeinsam="handlungsfeld", verweis="leitziel")`: the row and its Leitziel have the same Handlungsfeld.

    The model referred to has to say that it can be found by both: `gemeinsam_mit("handlungsfeld")` among its
    constraints. As in every foreign key, an empty reference is not checked, nor is one with `gemeinsam` empty. The
    check waits for the end of the transaction.
    """

    def __init__(self, *, gemeinsam: str, verweis: str, name: str, violation_error_message=None):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.gemeinsam, self.verweis = gemeinsam, verweis

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"gemeinsam": self.gemeinsam, "verweis": self.verweis}

    def __eq__(self, other):
        return isinstance(other, Verbund) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash((self.name, self.gemeinsam, self.verweis))

    def soll(self, zeile: models.Model):
        """The key that `gemeinsam` has to be by the row referred to; None without one. It is read where it was not
        loaded."""
        partner = getattr(zeile, self.verweis)
        return partner and getattr(partner, partner._meta.get_field(self.gemeinsam).attname)

    def richte_aus(self, zeile: models.Model) -> bool:
        """Let a row follow the one it refers to, without saving; whether that changed anything."""
        attribut, soll = zeile._meta.get_field(self.gemeinsam).attname, self.soll(zeile)
        if soll is None or getattr(zeile, attribut) == soll:
            return False
        setattr(zeile, attribut, soll)
        return True

    def validate(self, model, instance, exclude=None, using=None):
        if self.verweis in (exclude or ()):
            return
        ist, soll = getattr(instance, instance._meta.get_field(self.gemeinsam).attname), self.soll(instance)
        if None not in (ist, soll) and ist != soll:
            fehler = ValidationError(self.get_violation_error_message(), code="verbund")
            raise ValidationError({self.verweis: fehler})

    def constraint_sql(self, model, schema_editor):
        zitiert = schema_editor.quote_name
        gemeinsam, verweis = model._meta.get_field(self.gemeinsam), model._meta.get_field(self.verweis)
        partner = verweis.related_model
        dort = partner._meta.get_field(self.gemeinsam)
        # SQLite rebuilds a table under a name for the time being; a table that refers to itself keeps its own.
        tabelle = partner._meta.db_table.removeprefix("new__")
        return (
            f"CONSTRAINT {zitiert(self.name)} FOREIGN KEY ({zitiert(gemeinsam.column)}, {zitiert(verweis.column)}) "
            f"REFERENCES {zitiert(tabelle)} ({zitiert(dort.column)}, {zitiert(partner._meta.pk.column)}) "
            "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model, schema_editor):
        tabelle = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {tabelle} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model, schema_editor):
        tabelle, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
        return f"ALTER TABLE {tabelle} DROP CONSTRAINT {name}"


def gemeinsam_mit(feld: str, name: str) -> models.UniqueConstraint:
    """Constraint of a model to which a `Verbund` over `feld` refers, so that the database finds a row by both."""
    return models.UniqueConstraint(fields=[feld, "id"], name=name)


def verbunde(modell: type[models.Model]) -> Iterator[Verbund]:
    """All of a model."""
    return (regel for regel in modell._meta.constraints if isinstance(regel, Verbund))
