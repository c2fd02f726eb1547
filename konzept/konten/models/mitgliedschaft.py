"""Who is what in which Kommune."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from konzept.mauern import Mauer
from konzept.rechte import NIEMAND, Rolle

from .benutzer import Benutzer


def akteur_passt_zur_rolle(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(akteur__isnull=True) | Q(rolle=Rolle.MITWIRKUNG),
        name=name,
        violation_error_message="Nur zur Rolle Mitwirkung gehört ein Akteur.",
    )


def pruefe_akteur(zeile) -> None:
    """Of a Mitgliedschaft or Einladung: its Akteur belongs to its Kommune and is somebody, or ValidationError."""
    if not (zeile.akteur_id and zeile.kommune_id):
        return
    if zeile.akteur.kommune_id != zeile.kommune_id:
        raise ValidationError({"akteur": "Dieser Akteur gehört zu einer anderen Kommune."})
    if zeile.akteur.art == NIEMAND:
        raise ValidationError({"akteur": FUER_NIEMANDEN})


FUER_NIEMANDEN = "Dieser Akteur steht für niemand Bestimmtes: für ihn kann niemand Maßnahmen bearbeiten."
SCHON_DA = "Diese Person hat diese Rolle in dieser Kommune schon."


class Herkunft(models.TextChoices):
    HAND = "hand", "von Hand"
    ANMELDEDIENST = "anmeldedienst", "aus dem Anmeldedienst"


class Mitgliedschaft(models.Model):
    """One role of one account in one Kommune; an account may hold several.

    With Mitwirkung goes the Akteur for whom the person takes part; for several of them, several rows.
    """

    Herkunft = Herkunft

    benutzer = models.ForeignKey(
        Benutzer, models.CASCADE, related_name="mitgliedschaften", verbose_name="Benutzerkonto"
    )
    kommune = models.ForeignKey(
        "konzept.Kommune", models.CASCADE, related_name="mitgliedschaften", verbose_name="Kommune"
    )
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle.choices)
    akteur = models.ForeignKey(
        "massnahmen.Akteur",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mitgliedschaften",
        verbose_name="Akteur",
        help_text="Nur bei Mitwirkung: Die Person bearbeitet die Maßnahmen, für die dieser Akteur zuständig ist.",
    )
    herkunft = models.CharField("Herkunft", max_length=20, choices=Herkunft.choices, default=Herkunft.HAND)

    class Meta:
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        ordering = ["kommune", "benutzer", "rolle"]
        constraints = [
            models.UniqueConstraint(
                fields=["benutzer", "kommune", "rolle"],
                condition=Q(akteur__isnull=True),
                name="mitgliedschaft_einmal",
                violation_error_message=SCHON_DA,
            ),
            models.UniqueConstraint(
                fields=["benutzer", "kommune", "rolle", "akteur"],
                condition=Q(akteur__isnull=False),
                name="mitgliedschaft_einmal_je_akteur",
                violation_error_message=SCHON_DA,
            ),
            akteur_passt_zur_rolle("mitgliedschaft_akteur_nur_mitwirkung"),
            models.CheckConstraint(
                condition=Q(rolle__in=Rolle.values), name="mitgliedschaft_rolle_gueltig"
            ),
        ]

    def __str__(self):
        return f"{self.benutzer}: {self.get_rolle_display()} in {self.kommune}"

    def clean(self):
        pruefe_akteur(self)


Mauer(Mitgliedschaft, "kommune", "akteur__kommune", ersatz=False)
