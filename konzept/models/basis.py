"""What several models share: an order among siblings, a version for concurrent editing, checks on choices."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

TEXT_HILFE = (
    "Absätze trennt eine Leerzeile. Zeilen mit „- “ oder „1. “ werden Listen, **fett**, _kursiv_, "
    "[Text](https://…) wird ein Link, „#### “ eine Zwischenüberschrift."
)


def nur_aus(
    feld: str, auswahl: type[models.Choices], name: str, *, leer: bool = False
) -> models.CheckConstraint:
    """A database constraint: `feld` holds one of the choices (or "" where `leer` is set)."""
    werte = [*auswahl.values, *([""] if leer else [])]
    return models.CheckConstraint(condition=models.Q(**{f"{feld}__in": werte}), name=name)


class Geordnet(models.Model):
    """Has a place among its siblings. Equal places are allowed and fall back to the order of creation."""

    reihenfolge = models.PositiveIntegerField("Reihenfolge", default=0)

    class Meta:
        abstract = True
        ordering = ["reihenfolge", "pk"]


class VersionVeraltet(Exception):
    """Somebody else saved the row since it was read."""


class Versioniert(models.Model):
    """A row that several people edit: every save through a form claims the next version first."""

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
