"""Leitlinien: the Integrationsverständnis in single sentences, with questions for the working groups."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import KeinRing, Mauer
from konzept.textfelder import Textzeile

from .abschnitt import Abschnitt
from .basis import TEXT_HILFE, Fortgeschrieben, Geordnet, Versioniert, nur_aus
from .gremium import Gremium
from .konzept import Konzept
from .verbund import Verbund


class LeitlinieStatus(models.TextChoices):
    VORSCHLAG = "vorschlag", "Vorschlag"
    BESCHLOSSEN = "beschlossen", "beschlossen"


class Leitlinie(Geordnet, Versioniert, Fortgeschrieben):
    """A guiding sentence. `abschnitt` says in which list it stands where a concept has several (Emmerich 2016)."""

    Status = LeitlinieStatus
    STEHT_UNTER = ("abschnitt", "konzept")
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
    nummer = Textzeile("Gezeigte Nummer", max_length=20, blank=True)
    titel = Textzeile("Leitlinie", max_length=500)
    text = Fliesstext("Erläuterung", blank=True, help_text=TEXT_HILFE)
    status = models.CharField("Status", max_length=20, choices=Status.choices, blank=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Leitlinie"
        verbose_name_plural = "Leitlinien"
        constraints = [
            nur_aus("status", LeitlinieStatus, "leitlinie_status_gueltig", leer=True),
            Verbund(
                gemeinsam="konzept",
                verweis="abschnitt",
                name="leitlinie_in_eigenem_abschnitt",
                violation_error_message="Dieser Abschnitt gehört zu einem anderen Konzept.",
            ),
        ]

    def __str__(self):
        return self.titel

    def hindernis_unter(self, oben):
        falsch = isinstance(oben, Abschnitt) and oben.inhalt != Abschnitt.Inhalt.LEITLINIEN
        return "In diesem Abschnitt stehen keine Leitlinien." if falsch else ""


Mauer(Leitlinie, "konzept__kommune", "vorgaenger__konzept__kommune")
KeinRing(Leitlinie, "vorgaenger", schloss="konzept__kommune")


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
    text = Textzeile("Frage", max_length=500)

    class Meta(Geordnet.Meta):
        verbose_name = "Leitfrage"
        verbose_name_plural = "Leitfragen"

    def __str__(self):
        return self.text

    def clean(self):
        konzept = getattr(getattr(self, "leitlinie", None), "konzept", None)
        if self.gremium_id and konzept and self.gremium.kommune_id != konzept.kommune_id:
            raise ValidationError({"gremium": "Dieses Gremium gehört zu einer anderen Kommune."})


Mauer(Leitfrage, "leitlinie__konzept__kommune", "gremium__kommune")
