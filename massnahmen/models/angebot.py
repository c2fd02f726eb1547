"""What already exists: offers with providers and grants, for a Bestandsaufnahme without goals (Meerbusch 2016)."""

from django.core.exceptions import ValidationError
from django.db import models

from handlungsfelder.models import Handlungsfeld
from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import Mauer
from konzept.models import Konzept
from konzept.models.basis import TEXT_HILFE, Geordnet, Versioniert
from konzept.models.verbund import Verbund
from konzept.textfelder import Textzeile

from ..felder import GeldField, ZeitraumField
from .akteur import Akteur, Zielgruppe


class Angebot(Geordnet, Versioniert):
    TEILE = ("anbieter", "foerderungen")
    STEHT_UNTER = ("konzept",)

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="angebote", verbose_name="Konzept")
    handlungsfeld = models.ForeignKey(
        Handlungsfeld,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="angebote",
        verbose_name="Handlungsfeld",
    )
    titel = Textzeile("Angebot", max_length=300)
    text = Fliesstext("Beschreibung", blank=True, help_text=TEXT_HILFE)
    seit = ZeitraumField("Besteht seit", help_text="z. B. seit 2010")
    akteure = models.ManyToManyField(
        Akteur, through="Anbieter", related_name="angebote", verbose_name="Anbieter"
    )
    zielgruppen = models.ManyToManyField(
        Zielgruppe, blank=True, related_name="angebote", verbose_name="Zielgruppen"
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        constraints = [
            Verbund(
                gemeinsam="konzept",
                verweis="handlungsfeld",
                name="angebot_zum_eigenen_feld",
                violation_error_message="Dieses Handlungsfeld gehört zu einem anderen Konzept.",
            )
        ]

    def __str__(self):
        return self.titel


Mauer(Angebot.zielgruppen.through, "angebot__konzept__kommune", "zielgruppe__kommune")


class Anbieter(Geordnet):
    angebot = models.ForeignKey(Angebot, models.CASCADE, related_name="anbieter", verbose_name="Angebot")
    akteur = models.ForeignKey(Akteur, models.PROTECT, related_name="anbieter", verbose_name="Akteur")

    class Meta(Geordnet.Meta):
        verbose_name = "Anbieter"
        verbose_name_plural = "Anbieter"
        constraints = [models.UniqueConstraint(fields=["angebot", "akteur"], name="anbieter_einmal")]

    def __str__(self):
        return str(self.akteur)

    def clean(self):
        konzept = getattr(getattr(self, "angebot", None), "konzept", None)
        if konzept and self.akteur_id and self.akteur.kommune_id != konzept.kommune_id:
            raise ValidationError({"akteur": "Dieser Akteur gehört zu einer anderen Kommune."})


Mauer(Anbieter, "angebot__konzept__kommune", "akteur__kommune")


class Foerderung(Geordnet):
    """A grant or support for an offer; the amount may be unknown."""

    angebot = models.ForeignKey(Angebot, models.CASCADE, related_name="foerderungen", verbose_name="Angebot")
    geber = Textzeile("Geber", max_length=200)
    programm = Textzeile("Programm", max_length=200, blank=True)
    angabe = GeldField("Betrag")

    class Meta(Geordnet.Meta):
        verbose_name = "Förderung"
        verbose_name_plural = "Förderungen"

    def __str__(self):
        return self.geber
