"""Fields of action and the tasks that cut across them."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import KeinRing, Mauer
from konzept.models import Gremium, Konzept, Zaehlung
from konzept.models.basis import TEXT_HILFE, Fortgeschrieben, Geordnet, Versioniert, nur_aus
from konzept.models.verbund import Verbund, gemeinsam_mit
from konzept.textfelder import Text, Textzeile


class HandlungsfeldStand(models.TextChoices):
    OFFEN = "offen", "wird noch erarbeitet"


class Handlungsfeld(Geordnet, Versioniert, Fortgeschrieben):
    """A field of action with its strengths, potentials and resources, and the bodies that work in it."""

    Stand = HandlungsfeldStand
    STEHT_UNTER = ("konzept",)

    konzept = models.ForeignKey(
        Konzept, models.CASCADE, related_name="handlungsfelder", verbose_name="Konzept"
    )
    titel = Textzeile("Titel", max_length=300)
    kurztitel = Textzeile("Kurzer Titel für Gliederung und Matrix", max_length=80, blank=True)
    zaehlung = models.CharField("Zählung", max_length=10, choices=Zaehlung.choices, default=Zaehlung.DEZIMAL)
    nummer = Textzeile(
        "Gezeigte Nummer", max_length=20, blank=True, help_text="Leer lassen, dann wird gezählt."
    )
    text = Fliesstext("Text", blank=True, help_text=TEXT_HILFE)
    staerken = Fliesstext("Stärken", blank=True, help_text=TEXT_HILFE)
    potentiale = Fliesstext("Entwicklungspotentiale", blank=True, help_text=TEXT_HILFE)
    ressourcen_personal = Fliesstext("Ressourcen: Personal", blank=True, help_text=TEXT_HILFE)
    ressourcen_mittel = Fliesstext("Ressourcen: Mittel", blank=True, help_text=TEXT_HILFE)
    ressourcen_stand = models.CharField(
        "Stand der Ressourcen", max_length=10, choices=Stand.choices, blank=True
    )
    indikatoren_stand = models.CharField(
        "Stand der Indikatoren", max_length=10, choices=Stand.choices, blank=True
    )
    gremien = models.ManyToManyField(
        Gremium, blank=True, related_name="handlungsfelder", verbose_name="Gremien und Netzwerke"
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Handlungsfeld"
        verbose_name_plural = "Handlungsfelder"
        constraints = [
            gemeinsam_mit("konzept", "handlungsfeld_mit_konzept"),
            nur_aus("zaehlung", Zaehlung, "handlungsfeld_zaehlung_gueltig"),
            nur_aus("ressourcen_stand", HandlungsfeldStand, "handlungsfeld_ressourcen_gueltig", leer=True),
            nur_aus("indikatoren_stand", HandlungsfeldStand, "handlungsfeld_indikatoren_gueltig", leer=True),
        ]

    def __str__(self):
        return self.titel

    @property
    def kurz(self) -> str:
        return self.kurztitel or self.titel


Mauer(Handlungsfeld, "konzept__kommune", "vorgaenger__konzept__kommune")
KeinRing(Handlungsfeld, "vorgaenger", schloss="konzept__kommune")
Mauer(Handlungsfeld.gremien.through, "handlungsfeld__konzept__kommune", "gremium__kommune")


class Querschnittsaufgabe(Geordnet, Versioniert):
    """A task or theme that concerns several fields (übergreifendes Thema)."""

    TEILE = ("bezuege",)
    STEHT_UNTER = ("konzept",)

    konzept = models.ForeignKey(
        Konzept, models.CASCADE, related_name="querschnittsaufgaben", verbose_name="Konzept"
    )
    titel = Textzeile("Titel", max_length=300)
    zaehlung = models.CharField("Zählung", max_length=10, choices=Zaehlung.choices, default=Zaehlung.DEZIMAL)
    nummer = Textzeile("Gezeigte Nummer", max_length=20, blank=True)
    text = Fliesstext("Text", blank=True, help_text=TEXT_HILFE)
    handlungsfelder = models.ManyToManyField(
        Handlungsfeld, through="Querschnittsbezug", related_name="querschnittsaufgaben"
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Querschnittsaufgabe"
        verbose_name_plural = "Querschnittsaufgaben"
        constraints = [
            gemeinsam_mit("konzept", "querschnittsaufgabe_mit_konzept"),
            nur_aus("zaehlung", Zaehlung, "querschnitt_zaehlung_gueltig"),
        ]

    def __str__(self):
        return self.titel


class Querschnittsbezug(models.Model):
    """A cell of the matrix: this task concerns this field, with optional text. `konzept` is that of both."""

    konzept = models.ForeignKey(
        Konzept, models.CASCADE, editable=False, related_name="+", verbose_name="Konzept"
    )
    querschnittsaufgabe = models.ForeignKey(
        Querschnittsaufgabe, models.CASCADE, related_name="bezuege", verbose_name="Querschnittsaufgabe"
    )
    handlungsfeld = models.ForeignKey(
        Handlungsfeld, models.CASCADE, related_name="bezuege", verbose_name="Handlungsfeld"
    )
    text = Text("Text", blank=True)

    class Meta:
        verbose_name = "Zelle der Matrix"
        verbose_name_plural = "Zellen der Matrix"
        ordering = ["querschnittsaufgabe", "handlungsfeld"]
        constraints = [
            models.UniqueConstraint(
                fields=["querschnittsaufgabe", "handlungsfeld"],
                name="querschnittsbezug_einmal",
                violation_error_message="Diese Zelle der Matrix gibt es schon.",
            ),
            Verbund(gemeinsam="konzept", verweis="querschnittsaufgabe", name="querschnittsbezug_im_konzept"),
            Verbund(gemeinsam="konzept", verweis="handlungsfeld", name="querschnittsbezug_zum_eigenen_feld"),
        ]

    def __str__(self):
        return f"{self.querschnittsaufgabe} × {self.handlungsfeld}"

    def save(self, *args, **kwargs):
        """Sets `konzept`, which nobody gives: it is that of the Querschnittsaufgabe."""
        self.konzept_id = self.querschnittsaufgabe.konzept_id
        super().save(*args, **kwargs)

    def clean(self):
        aufgabe, feld = getattr(self, "querschnittsaufgabe", None), getattr(self, "handlungsfeld", None)
        if aufgabe and feld and aufgabe.konzept_id != feld.konzept_id:
            raise ValidationError({"handlungsfeld": "Dieses Handlungsfeld gehört zu einem anderen Konzept."})
