"""What every job has, and the signs of life of those who do them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from konzept.textfelder import Text

from .weckruf import rufe


class Status(models.TextChoices):
    WARTET = "wartet", "wartet"
    LAEUFT = "laeuft", "läuft"
    FERTIG = "fertig", "fertig"
    GESCHEITERT = "gescheitert", "gescheitert"
    ABGEBROCHEN = "abgebrochen", "abgebrochen"


OFFEN = (Status.WARTET, Status.LAEUFT)


class AuftragQuerySet(models.QuerySet):
    def offene(self):
        return self.filter(status__in=OFFEN)

    def faellige(self, jetzt):
        """What may be begun at the moment `jetzt`, in the order in which it is begun."""
        return self.filter(status=Status.WARTET, ab__lte=jetzt).order_by("-prio", "ab", "pk")


class Auftrag(models.Model):
    """A row that a worker does. It waits until `ab`; among those that may begin, the highest `prio` comes first.

    `pacht` names the lease of who is at work on it, until `pacht_bis` (see `konzept.hintergrund.pacht`); `rechner` is
    who had it last. `versuche` counts how often it was begun, `fehler` is a sentence about the last failure. What
    belongs to a state is held by the database: only what runs has a lease, and all that ended says when.

    What is not needed once it has ended, however it did, is emptied by `NACH_DEM_ENDE`: fields with their values.
    """

    Status = Status
    NACH_DEM_ENDE: ClassVar[dict] = {}

    status = models.CharField("Status", max_length=20, choices=Status.choices, default=Status.WARTET, editable=False)
    prio = models.SmallIntegerField("Vorrang", default=0, editable=False)
    ab = models.DateTimeField("nicht vor", default=timezone.now, editable=False)
    versuche = models.PositiveIntegerField("Versuche", default=0, editable=False)
    pacht = models.UUIDField("Pacht", null=True, editable=False)
    pacht_bis = models.DateTimeField("Pacht bis", null=True, editable=False)
    rechner = models.CharField("Rechner", max_length=100, blank=True, editable=False)
    fehler = Text("Fehler", blank=True, editable=False)
    angelegt_am = models.DateTimeField("angelegt am", default=timezone.now, editable=False)
    begonnen_am = models.DateTimeField("begonnen am", null=True, editable=False)
    beendet_am = models.DateTimeField("beendet am", null=True, editable=False)

    objects = AuftragQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="%(class)s_status_gueltig",
                violation_error_message="Einen solchen Status gibt es nicht.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.LAEUFT, pacht__isnull=False, pacht_bis__isnull=False)
                | (~Q(status=Status.LAEUFT) & Q(pacht__isnull=True, pacht_bis__isnull=True)),
                name="%(class)s_pacht_gehoert_zum_lauf",
                violation_error_message="Eine Pacht hat, was läuft, und nichts anderes.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OFFEN, beendet_am__isnull=True)
                | (~Q(status__in=OFFEN) & Q(beendet_am__isnull=False)),
                name="%(class)s_ende_gehoert_zum_status",
                violation_error_message="Ein Ende hat, was nicht mehr wartet oder läuft, und nichts anderes.",
            ),
        ]
        indexes = [
            models.Index(fields=["-prio", "ab", "id"], name="%(class)s_wartet", condition=Q(status=Status.WARTET)),
            models.Index(fields=["pacht"], name="%(class)s_laeuft", condition=Q(status=Status.LAEUFT)),
            models.Index(fields=["status", "beendet_am"], name="%(class)s_beendet"),
        ]

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.status == Status.WARTET:
            rufe()

    @property
    def ist_offen(self) -> bool:
        return self.status in OFFEN


class Arbeiter(models.Model):
    """A worker that lives: it renews `gesehen_am` (see `zustand.TAKT`), and takes its row away when it ends."""

    name = models.CharField("Name", max_length=150, unique=True)
    rechner = models.CharField("Rechner", max_length=100)
    begonnen_am = models.DateTimeField("begonnen am")
    gesehen_am = models.DateTimeField("gesehen am")

    class Meta:
        verbose_name = "Hintergrunddienst"
        verbose_name_plural = "Hintergrunddienste"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Termin(Auftrag):
    """Work that comes back by the calendar (see `termine`): waits until its next day and hour, and then again.

    `gelungen_am` is when it last came to a good end; `fehler` says what was wrong at the last time, or nothing.
    """

    name = models.CharField("Name", max_length=50, unique=True, editable=False)
    gelungen_am = models.DateTimeField("zuletzt gelungen am", null=True, editable=False)

    class Meta(Auftrag.Meta):
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["name"]

    def __str__(self):
        return self.name
