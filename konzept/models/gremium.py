"""Bodies and networks of a Kommune, and what they do for a concept."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import Mauer
from konzept.namensordnung import NachNamen
from konzept.textfelder import Textzeile

from .basis import TEXT_HILFE, Geordnet, Versioniert, nur_aus
from .bedingungen import EinName
from .kommune import Kommune
from .konzept import Konzept


class GremiumArt(models.TextChoices):
    POLITISCH = "politisch", "Politisches Gremium"
    STEUERUNGSGRUPPE = "steuerungsgruppe", "Steuerungsgruppe"
    LENKUNGSGRUPPE = "lenkungsgruppe", "Lenkungsgruppe"
    PROJEKTLEITUNG = "projektleitung", "Projektleitung"
    ARBEITSGRUPPE = "arbeitsgruppe", "Arbeitsgruppe"
    NETZWERK = "netzwerk", "Netzwerk"
    DIALOGFORUM = "dialogforum", "Dialogforum"
    BEAUFTRAGTE = "beauftragte", "Beauftragte"
    SONSTIGES = "sonstiges", "Sonstiges Gremium"


class Gremium(Versioniert):
    """A political body, a steering group, a working group, a network or a commissioner (Beauftragte)."""

    Art = GremiumArt
    TEILE = ("mitglieder",)

    kommune = models.ForeignKey(Kommune, models.CASCADE, related_name="gremien", verbose_name="Kommune")
    name = Textzeile("Name", max_length=200)
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.SONSTIGES)

    objects = NachNamen.nach("name")

    class Meta:
        verbose_name = "Gremium"
        verbose_name_plural = "Gremien"
        ordering = ["name"]
        constraints = [
            EinName(
                fields=["kommune", "name"],
                name="gremium_name_je_kommune",
                violation_error_message="Ein Gremium mit diesem Namen gibt es schon.",
            ),
            nur_aus("art", GremiumArt, "gremium_art_gueltig"),
        ]

    def __str__(self):
        return self.name


class MitgliedFunktion(models.TextChoices):
    VORSITZ = "vorsitz", "Vorsitz"
    MITGLIED = "mitglied", "Mitglied"
    NETZWERKMANAGEMENT = "netzwerkmanagement", "Netzwerkmanagement"


class Mitglied(Geordnet):
    """Who sits in a Gremium: a person, an office or an organisation.

    Members whose function is Netzwerkmanagement form the tandem that runs a network (Rheine 2017): at most two.
    """

    Funktion = MitgliedFunktion

    gremium = models.ForeignKey(Gremium, models.CASCADE, related_name="mitglieder", verbose_name="Gremium")
    name = Textzeile("Name oder Stelle", max_length=200)
    funktion = models.CharField(
        "Funktion", max_length=20, choices=Funktion.choices, default=Funktion.MITGLIED
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Mitglied"
        verbose_name_plural = "Mitglieder"
        constraints = [nur_aus("funktion", MitgliedFunktion, "mitglied_funktion_gueltig")]

    def __str__(self):
        return self.name

    def clean(self):
        if self.funktion == self.Funktion.NETZWERKMANAGEMENT and self.gremium_id:
            andere = self.gremium.mitglieder.filter(funktion=self.funktion).exclude(pk=self.pk)
            if andere.count() >= 2:
                raise ValidationError(
                    {"funktion": "Das Netzwerkmanagement ist ein Tandem: höchstens zwei Personen."}
                )


class Beteiligung(Geordnet, Versioniert):
    """What a Gremium does for one concept, and how often it meets."""

    STEHT_UNTER = ("konzept",)

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="beteiligungen", verbose_name="Konzept")
    gremium = models.ForeignKey(Gremium, models.PROTECT, related_name="beteiligungen", verbose_name="Gremium")
    aufgabe = Fliesstext("Aufgabe", blank=True, help_text=TEXT_HILFE)
    takt = Textzeile("Takt", max_length=100, blank=True, help_text="z. B. einmal jährlich")

    class Meta(Geordnet.Meta):
        verbose_name = "Beteiligung"
        verbose_name_plural = "Beteiligungen"
        constraints = [
            models.UniqueConstraint(
                fields=["konzept", "gremium"],
                name="beteiligung_einmal",
                violation_error_message="Dieses Gremium steht schon im Konzept.",
            )
        ]

    def __str__(self):
        return str(self.gremium) if self.gremium_id else "Beteiligung"

    def clean(self):
        konzept = getattr(self, "konzept", None)
        if self.gremium_id and konzept and self.gremium.kommune_id != konzept.kommune_id:
            raise ValidationError({"gremium": "Dieses Gremium gehört zu einer anderen Kommune."})


Mauer(Beteiligung, "konzept__kommune", "gremium__kommune")
