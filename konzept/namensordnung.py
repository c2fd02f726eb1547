"""Lists of names in German order, the same on every database: `schreibweise.ordnung` as an expression.

What a database sorts by itself depends on where and how it was set up: "Ä" after "Z", capitals before small letters.
`order_by(nach_namen("kurz"))` asks for our order; `NachNamen.nach("kurz")` is a manager whose rows come in it.
"""

from django.db import models
from django.db.models import Expression, Func, TextField
from django.db.models.expressions import OrderBy

from konzept import schreibweise

FUNKTION = "deutsche_ordnung"
"""Its name on SQLite, where it is Python's own (see `konzept.sqlite`)."""


class Ordnung(Func):
    """The place of a name in a list, to be compared sign by sign."""

    arity = 1
    function = FUNKTION
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **kwargs):
        """PostgreSQL does with its own functions and our tables what `schreibweise.ordnung` does."""
        name, angaben = compiler.compile(self.source_expressions[0])
        sql, werte = f"normalize({name}, {schreibweise.NORMALISIERT})", [*angaben]
        for zeichen, buchstaben in schreibweise.ERSETZT.items():
            sql, werte = f"replace({sql}, %s, %s)", [*werte, zeichen, buchstaben]
        von, nach = "".join(schreibweise.GEORDNET), "".join(schreibweise.GEORDNET.values())
        sql, werte = f"translate({sql}, %s, %s)", [*werte, von + schreibweise.OHNE + schreibweise.ANFUEHRUNG, nach]
        nullen, zahl = "0" * schreibweise.STELLEN, f"[0-9]*([0-9]{{{schreibweise.STELLEN}}})"
        for muster, ersatz in (("([0-9]+)", rf"{nullen}\1"), (zahl, r"\1")):
            sql, werte = f"regexp_replace({sql}, %s, %s, 'g')", [*werte, muster, ersatz]
        return f'(({sql} || %s || {name}) COLLATE "C")', [*werte, schreibweise.DANACH, *angaben]


def nach_namen(feld: str | Expression) -> OrderBy:
    """For `order_by`; what has no name comes first."""
    return Ordnung(feld).asc(nulls_first=True)


class NachNamen(models.Manager):
    """The rows in the order of their names; `nach("kurz")` makes one for the names in that field."""

    feld: str

    @classmethod
    def nach(cls, feld: str) -> "NachNamen":
        return type(cls.__name__, (cls,), {"feld": feld})()  # a related manager is made of the class alone

    def get_queryset(self):
        return super().get_queryset().order_by(nach_namen(self.feld), "pk")
