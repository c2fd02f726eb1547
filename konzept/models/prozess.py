"""How the concept came about: interviews, workshops, sessions."""

from django.db import models
from django.db.models import Q

from konzept.fliesstextfeld import Fliesstext
from konzept.heute import am
from konzept.textfelder import Textzeile

from .basis import TEXT_HILFE, Geordnet, Versioniert, nur_aus
from .konzept import Konzept


class ProzessschrittArt(models.TextChoices):
    INTERVIEW = "interview", "Interviewstudie"
    WORKSHOP = "workshop", "Workshop"
    SITZUNG = "sitzung", "Sitzung"
    GESPRAECH = "gespraech", "Gespräch"
    ARBEITSGRUPPE = "arbeitsgruppe", "Arbeitsgruppe"
    KONFERENZ = "konferenz", "Konferenz"
    BESTANDSAUFNAHME = "bestandsaufnahme", "Bestandsaufnahme"
    BESCHLUSS = "beschluss", "Beschluss"
    SONSTIGES = "sonstiges", "Sonstiges"


class Prozessschritt(Geordnet, Versioniert):
    """One step of the participation process (Monheim am Rhein 2016: kind, dates, participants, groups)."""

    Art = ProzessschrittArt
    TEILE = ("termine", "gruppen")
    STEHT_UNTER = ("konzept",)

    konzept = models.ForeignKey(
        Konzept, models.CASCADE, related_name="prozessschritte", verbose_name="Konzept"
    )
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.SONSTIGES)
    titel = Textzeile("Titel", max_length=300)
    text = Fliesstext("Text", blank=True, help_text=TEXT_HILFE)
    teilnehmende = models.PositiveIntegerField("Zahl der Teilnehmenden", null=True, blank=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Prozessschritt"
        verbose_name_plural = "Prozessschritte"
        constraints = [nur_aus("art", ProzessschrittArt, "prozessschritt_art_gueltig")]

    def __str__(self):
        return self.titel


class Prozesstermin(Geordnet):
    """A date of a step: the day, or the wording where the source has no day ("August 2016"), or both."""

    schritt = models.ForeignKey(
        Prozessschritt, models.CASCADE, related_name="termine", verbose_name="Prozessschritt"
    )
    tag = models.DateField("Tag", null=True, blank=True)
    wortlaut = Textzeile("Wortlaut", max_length=100, blank=True, help_text="z. B. August 2016")

    class Meta(Geordnet.Meta):
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        constraints = [
            models.CheckConstraint(
                condition=Q(tag__isnull=False) | ~Q(wortlaut=""),
                name="prozesstermin_nicht_leer",
                violation_error_message="Geben Sie einen Tag oder einen Wortlaut an, z. B. August 2016.",
            )
        ]

    def __str__(self):
        return self.wortlaut or f"{am(self.tag)}"


class Prozessgruppe(Geordnet):
    """A group that took part in a step."""

    schritt = models.ForeignKey(
        Prozessschritt, models.CASCADE, related_name="gruppen", verbose_name="Prozessschritt"
    )
    name = Textzeile("Gruppe", max_length=200)

    class Meta(Geordnet.Meta):
        verbose_name = "Gruppe"
        verbose_name_plural = "Gruppen"

    def __str__(self):
        return self.name
