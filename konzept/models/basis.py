"""What several models share: an order among siblings, a version for concurrent editing, checks on choices."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone

TEXT_HILFE = (
    "Absätze trennt eine Leerzeile. Zeilen mit „- “ oder „1. “ werden Listen, **fett**, _kursiv_, "
    "[Text](https://…) wird ein Link, „#### “ eine Zwischenüberschrift."
)


class NurAus(models.CheckConstraint):
    """A CheckConstraint on choices that Python checks as well as the database could, without a query."""

    def validate(self, model, instance, exclude=None, using=None):
        ((feld, werte),) = self.condition.children
        feld = feld.removesuffix("__in")
        if feld not in (exclude or ()) and getattr(instance, feld) not in werte:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def nur_aus(feld: str, auswahl: type[models.Choices], name: str, *, leer: bool = False) -> NurAus:
    """A database constraint: `feld` holds one of the choices (or "" where `leer` is set)."""
    werte = [*auswahl.values, *([""] if leer else [])]
    return NurAus(condition=models.Q(**{f"{feld}__in": werte}), name=name)


class Geordnet(models.Model):
    """Has a place among its siblings. Equal places are allowed and fall back to the order of creation."""

    reihenfolge = models.PositiveIntegerField("Reihenfolge", default=0)

    class Meta:
        abstract = True
        ordering = ["reihenfolge", "pk"]


class Fortschreibung(models.TextChoices):
    """What became of an element of the earlier concept; empty as long as nobody has looked at it."""

    UEBERNOMMEN = "uebernommen", "übernommen"
    GEAENDERT = "geaendert", "geändert"
    ERLEDIGT = "erledigt", "erledigt"
    ENTFALLEN = "entfallen", "entfallen"


class Fortgeschrieben(models.Model):
    """Carries an element of an earlier concept on; the two are matched when concepts are compared."""

    vorgaenger = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nachfolger",
        verbose_name="fortgeschrieben aus",
    )
    fortschreibung = models.CharField(
        "Fortschreibung",
        max_length=20,
        choices=Fortschreibung.choices,
        blank=True,
        help_text="Was aus dem Element des früheren Konzepts geworden ist. Es druckt weiter, bis Sie es löschen.",
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        konzept = getattr(self, "konzept", None)
        if konzept and self.vorgaenger_id and self.vorgaenger.konzept.kommune_id != konzept.kommune_id:
            raise ValidationError({"vorgaenger": "Der Vorgänger gehört zu einer anderen Kommune."})


class VersionVeraltet(Exception):
    """Somebody else saved the row since it was read."""


class Versioniert(models.Model):
    """A row that several people edit: every save through a form claims the next version first.

    It is an element with its own form and history. `TEILE` names the reverse relations whose rows are parts of it,
    edited and recorded with it; parts name their own parts in the same way.
    """

    TEILE: tuple[str, ...] = ()

    version = models.PositiveIntegerField("Version", default=1, editable=False)
    geaendert_am = models.DateTimeField("geändert am", default=timezone.now, editable=False)
    geaendert_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="geändert von",
    )

    class Meta:
        abstract = True

    def beanspruche_version(self, gelesen: int, benutzer) -> None:
        """Claim the version after `gelesen` for this row; call inside a transaction, before saving.

        Raises VersionVeraltet, and changes nothing, when the row has moved on meanwhile. One query.
        """
        jetzt = timezone.now()
        getroffen = (
            type(self)
            ._base_manager.filter(pk=self.pk, version=gelesen)
            .update(version=F("version") + 1, geaendert_am=jetzt, geaendert_von=benutzer)
        )
        if not getroffen:
            raise VersionVeraltet
        self.version, self.geaendert_am, self.geaendert_von = gelesen + 1, jetzt, benutzer
