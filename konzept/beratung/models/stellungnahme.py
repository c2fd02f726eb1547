"""What the administration answers to an Anmerkung."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from konzept.mauern import bleibt
from konzept.models.basis import Versioniert, nur_aus
from konzept.textfelder import Text

from .anmerkung import Anmerkung


class Abwaegungsergebnis(models.TextChoices):
    UEBERNOMMEN = "uebernommen", "übernommen"
    TEILWEISE = "teilweise", "teilweise übernommen"
    NICHT = "nicht", "nicht übernommen"
    KENNTNIS = "kenntnis", "zur Kenntnis genommen"


class StellungnahmeQuerySet(models.QuerySet):
    def freigegebene(self):
        return self.filter(freigegeben_am__isnull=False)


class Stellungnahme(Versioniert):
    """The administration's answer to one Anmerkung: a draft among the administration until somebody releases it."""

    Ergebnis = Abwaegungsergebnis

    anmerkung = models.OneToOneField(
        Anmerkung, models.PROTECT, related_name="stellungnahme", editable=False, verbose_name="Anmerkung"
    )
    ergebnis = models.CharField("Ergebnis", max_length=20, choices=Ergebnis.choices)
    begruendung = Text("Begründung", blank=True)
    aenderung = Text(
        "Änderung im Konzept",
        blank=True,
        help_text="Was sich im Konzept ändert, so wie es in der Abwägungstabelle stehen soll.",
    )
    entworfen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="entworfen von",
    )
    entworfen_am = models.DateTimeField("entworfen am", default=timezone.now, editable=False)
    freigegeben_am = models.DateTimeField("freigegeben am", null=True, editable=False)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="freigegeben von",
    )
    mitgeteilt_am = models.DateTimeField("mitgeteilt am", null=True, editable=False)
    eingearbeitet_am = models.DateTimeField("eingearbeitet am", null=True, editable=False)

    objects = StellungnahmeQuerySet.as_manager()

    class Meta:
        verbose_name = "Stellungnahme"
        verbose_name_plural = "Stellungnahmen"
        ordering = ["anmerkung"]
        constraints = [
            nur_aus("ergebnis", Abwaegungsergebnis, "stellungnahme_ergebnis_gueltig"),
            models.CheckConstraint(
                condition=~Q(ergebnis__in=["nicht", "teilweise"]) | ~Q(begruendung=""),
                name="stellungnahme_begruendet",
                violation_error_message="Was nicht oder nur teilweise übernommen wird, braucht eine Begründung.",
            ),
        ]

    def __str__(self):
        return f"Stellungnahme: {self.anmerkung}"

    @property
    def konzept(self):
        return self.anmerkung.konzept


bleibt(Stellungnahme, "anmerkung")
