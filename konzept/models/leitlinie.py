"""Leitlinien: the Integrationsverständnis in single sentences, with questions for the working groups."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.fliesstextfeld import Fliesstext

from .abschnitt import Abschnitt
from .basis import TEXT_HILFE, Fortgeschrieben, Geordnet, Versioniert, nur_aus
from .gremium import Gremium
from .konzept import Konzept


class LeitlinieStatus(models.TextChoices):
    VORSCHLAG = "vorschlag", "Vorschlag"
    BESCHLOSSEN = "beschlossen", "beschlossen"


class Leitlinie(Geordnet, Versioniert, Fortgeschrieben):
    """A guiding sentence. `abschnitt` says in which list it stands where a concept has several (Emmerich 2016)."""

    Status = LeitlinieStatus
    TEILE = ("leitfragen",)

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="leitlinien", verbose_name="Konzept")
    abschnitt = models.ForeignKey(
        Abschnitt,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leitlinien",
        verbose_name="steht in",
        help_text="Leer lassen, wenn das Konzept nur eine Liste von Leitlinien hat.",
    )
    nummer = models.CharField("Gezeigte Nummer", max_length=20, blank=True)
    titel = models.CharField("Leitlinie", max_length=500)
    text = Fliesstext("Erläuterung", blank=True, help_text=TEXT_HILFE)
    status = models.CharField("Status", max_length=20, choices=Status.choices, blank=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Leitlinie"
        verbose_name_plural = "Leitlinien"
        constraints = [nur_aus("status", LeitlinieStatus, "leitlinie_status_gueltig", leer=True)]

    def __str__(self):
        return self.titel

    def clean(self):
        super().clean()
        if self.abschnitt_id and self.abschnitt.konzept_id != self.konzept_id:
            raise ValidationError({"abschnitt": "Dieser Abschnitt gehört zu einem anderen Konzept."})


class Leitfrage(Geordnet):
    """A question that a Leitlinie puts to a working group (Emmerich 2016: AG Sprache)."""

    leitlinie = models.ForeignKey(
        Leitlinie, models.CASCADE, related_name="leitfragen", verbose_name="Leitlinie"
    )
    gremium = models.ForeignKey(
        Gremium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leitfragen",
        verbose_name="für die Arbeitsgruppe",
    )
    text = models.CharField("Frage", max_length=500)

    class Meta(Geordnet.Meta):
        verbose_name = "Leitfrage"
        verbose_name_plural = "Leitfragen"

    def __str__(self):
        return self.text

    def clean(self):
        konzept = getattr(getattr(self, "leitlinie", None), "konzept", None)
        if self.gremium_id and konzept and self.gremium.kommune_id != konzept.kommune_id:
            raise ValidationError({"gremium": "Dieses Gremium gehört zu einer anderen Kommune."})
