"""What has to hold between rows beyond a single foreign key, declared beside the models and held by the database.

`Mauer`: two ways from a row lead to the same Kommune, or to the same concept. `Bleibt`: where a row belongs never
changes. `KeinRing`: whoever follows a reference of a model to itself does not come back. `NurBei`: a reference leads to
rows of one kind only.

`konzept.trigger` makes triggers of them; a broken rule is an IntegrityError. A reference to a row that is not there is
the matter of its foreign key. Forms say the same before, as a sentence at a field, in `clean`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models.signals import m2m_changed

from .unveraenderlich import NurAnhaengen

_ERKLAERT: list["Regel"] = []
_ANDERSWO = {"kommune": "einer anderen Kommune", "konzept": "einem anderen Konzept", "vorlage": "einer anderen Vorlage"}


@dataclass(frozen=True)
class Regel(ABC):
    """A rule about every row of a table, in the form that `konzept.trigger` asks for."""

    modell: type[models.Model]

    def erklaere(self) -> None:
        _ERKLAERT.append(self)

    @property
    @abstractmethod
    def wege(self) -> tuple[str, ...]:
        """The ways that it follows from a row, as Django writes lookups."""

    def spalten(self) -> list[str]:
        """The columns of the row itself at which these ways begin: without one of them there is nothing to ask."""
        return list(dict.fromkeys(self.modell._meta.get_field(weg.split("__")[0]).column for weg in self.wege))

    @abstractmethod
    def bricht(self, zeile: str, vorher: str = "") -> str:
        """The SQL condition under which `zeile` (an alias, or NEW) breaks the rule; `vorher` is the row before."""

    @property
    @abstractmethod
    def satz(self) -> str:
        """What the database answers, in a log or a traceback."""


@dataclass(frozen=True)
class Mauer(Regel):
    """`weg`, by which a row is at home somewhere, and `weg_gegenueber`, which begins with a reference, end at one row.

    `modell` may be the rows behind a many-to-many list; then adding to the list raises ValidationError already, from
    whichever side, and `weg` begins at the side that has the list. A reference that is found broken before the wall
    stands leads to the row of the same name instead (`ersatz`: not where that would give somebody a right), or is
    emptied; `dann` is what else becomes of such a row.
    """

    weg: str
    weg_gegenueber: str
    ersatz: bool = True
    dann: dict = field(default_factory=dict, hash=False)

    def __post_init__(self):
        self.erklaere()
        if self.modell._meta.auto_created:
            m2m_changed.connect(self._pruefe_liste, sender=self.modell, weak=False)

    @property
    def wege(self):
        return self.weg, self.weg_gegenueber

    def bricht(self, zeile, vorher=""):
        return f"{wert(zeile, self.modell, self.weg)} <> {wert(zeile, self.modell, self.weg_gegenueber)}"

    @property
    def satz(self):
        return f"{self.modell._meta.db_table}: {self.weg} and {self.weg_gegenueber} differ"

    @property
    def ende(self) -> type[models.Model]:
        """The model of the row at which both ways end."""
        return felder_auf(self.modell, self.weg)[-1].related_model

    def _pruefe_liste(self, sender, instance, action, reverse, model, pk_set, **_):
        if action != "pre_add" or not pk_set:
            return
        wege = [weg.split("__", 1)[1] for weg in self.wege]
        hier, dort = reversed(wege) if reverse else wege
        eigene = type(instance)._base_manager.filter(pk=instance.pk).values(hier)
        if model._base_manager.filter(pk__in=pk_set).exclude(**{f"{dort}__in": eigene}).exists():
            anderswo = _ANDERSWO[self.ende._meta.model_name]
            raise ValidationError(f"{model._meta.verbose_name_plural}: Etwas davon gehört zu {anderswo}.")


@dataclass(frozen=True)
class Bleibt(Regel):
    """Where `weg` leads from a row never changes once it leads somewhere: the row stays in its concept.

    Holds without being declared for every reference named `kommune` or `konzept`, and for what a Mauer relies on.
    """

    weg: str

    @property
    def wege(self):
        return (self.weg,)

    def bricht(self, zeile, vorher=""):
        return f"{wert(vorher, self.modell, self.weg)} <> {wert(zeile, self.modell, self.weg)}"

    @property
    def satz(self):
        return f"{self.modell._meta.db_table}: {self.weg} never changes"


@dataclass(frozen=True)
class KeinRing(Regel):
    """Whoever follows `feld`, which leads to the same model, never comes back to the row.

    Rows that could make a ring together lie behind one row, the end of `schloss`; PostgreSQL locks it, so that changes
    at the same moment see each other.
    """

    feld: str
    schloss: str

    def __post_init__(self):
        self.erklaere()

    @property
    def wege(self):
        return (self.feld,)

    def bricht(self, zeile, vorher=""):
        tabelle, pk = self.modell._meta.db_table, self.modell._meta.pk.column
        (oben,) = self.spalten()
        return (
            f"EXISTS (WITH RECURSIVE davor(nr) AS (SELECT {zeile}.{oben} "  # noqa: S608
            f"UNION SELECT t.{oben} FROM {tabelle} t JOIN davor ON t.{pk} = davor.nr) "
            f"SELECT 1 FROM davor WHERE nr = {zeile}.{pk})"
        )

    @property
    def satz(self):
        return f"{self.modell._meta.db_table}: {self.feld} would lead round in a ring"


@dataclass(frozen=True)
class NurBei(Regel):
    """`verweis` leads only to rows that have the value `wert` in `feld`, which never changes there."""

    verweis: str
    feld: str
    wert: str

    def __post_init__(self):
        self.erklaere()

    @property
    def wege(self):
        return (self.verweis,)

    def bricht(self, zeile, vorher=""):
        (spalte,) = self.spalten()
        meta = self.modell._meta.get_field(self.verweis).related_model._meta
        dort = meta.get_field(self.feld).column
        return (
            f"(SELECT w.{dort} FROM {meta.db_table} w "  # noqa: S608
            f"WHERE w.{meta.pk.column} = {zeile}.{spalte}) <> '{self.wert}'"
        )

    @property
    def satz(self):
        return f"{self.modell._meta.db_table}: {self.verweis} is not of the kind {self.wert}"


def bleibt(modell: type[models.Model], weg: str) -> None:
    """Declare a `Bleibt`."""
    Bleibt(modell, weg).erklaere()


def regeln() -> list[Regel]:
    """All rules, the declared ones first; of ways that never change only the shortest. No queries."""
    erklaerte = [regel for regel in _ERKLAERT if not isinstance(regel, Bleibt)]
    fest = {(regel.modell, regel.weg): regel for regel in _ERKLAERT if isinstance(regel, Bleibt)}
    for modell, weg in (*_zu_hause(), *(ort for regel in erklaerte for ort in _unterwegs(regel))):
        fest.setdefault((modell, weg), Bleibt(modell, weg))
    kuerzeste = [
        regel
        for (modell, weg), regel in fest.items()
        if not any(m is modell and weg.startswith(f"{kurz}__") for m, kurz in fest)
    ]
    return [*erklaerte, *(regel for regel in kuerzeste if not issubclass(regel.modell, NurAnhaengen))]


def gebrochen(fehler: IntegrityError) -> Regel | None:
    """The rule that the database named when it refused a row; None where it refused for another reason."""
    return next((regel for regel in regeln() if regel.satz in str(fehler)), None)


def feste_felder(modell: type[models.Model]) -> set[str]:
    """The references of a model that cannot freely change once they are saved."""
    return {regel.weg.split("__")[0] for regel in regeln() if isinstance(regel, Bleibt) and regel.modell is modell}


def _zu_hause() -> Iterator[tuple[type[models.Model], str]]:
    """Every reference that says by its name where a row is at home."""
    for modell in apps.get_models():
        for feld in modell._meta.concrete_fields:
            if feld.is_relation and feld.name == feld.related_model._meta.model_name and feld.name in _ZUHAUSE:
                yield modell, feld.name


_ZUHAUSE = frozenset({"kommune", "konzept"})


def _unterwegs(regel: Regel) -> Iterator[tuple[type[models.Model], str]]:
    """What must not move so that a wall holds, which is asked at its own end only."""
    for weg in regel.wege:
        felder = felder_auf(regel.modell, weg)
        for stelle, feld in enumerate(felder[:-1], start=1):
            yield feld.related_model, "__".join(f.name for f in felder[stelle:])


def felder_auf(modell: type[models.Model], weg: str) -> list[models.ForeignKey]:
    """The foreign keys along a way."""
    felder = []
    for name in weg.split("__"):
        felder.append(modell._meta.get_field(name))
        modell = felder[-1].related_model
    return felder


def wert(zeile: str, modell: type[models.Model], weg: str) -> str:
    """The SQL of what a way leads to from a row, a primary key or NULL: one look-up within the other.

    As a join of all tables on the way PostgreSQL might begin at the wrong end, as it does when it made its plan while
    these were all but empty.
    """
    erstes, *weitere = felder_auf(modell, weg)
    stelle = f"{zeile}.{erstes.column}"
    for feld in weitere:
        meta = feld.model._meta
        stelle = f"(SELECT w.{feld.column} FROM {meta.db_table} w WHERE w.{meta.pk.column} = {stelle})"  # noqa: S608
    return stelle
