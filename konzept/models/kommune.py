"""The municipality that owns everything else."""

from django.core.validators import RegexValidator
from django.db import models

from konzept.namensordnung import NachNamen
from konzept.textfelder import Textzeile

from .basis import Versioniert, nur_aus

AGS = RegexValidator(
    r"^(\d{5}|\d{8})$",
    "Der amtliche Gemeindeschlüssel hat 8 Ziffern (Gemeinde) oder 5 Ziffern (Kreis), z. B. 05158026.",
)
FARBE = RegexValidator(
    r"^#[0-9a-fA-F]{6}$",
    "Schreiben Sie die Farbe als # mit sechs Ziffern oder Buchstaben a–f, z. B. #1f4a86.",
)


class KommuneArt(models.TextChoices):
    STADT = "stadt", "Stadt"
    GEMEINDE = "gemeinde", "Gemeinde"
    KREIS = "kreis", "Kreis"
    SONSTIGE = "sonstige", "Sonstige Körperschaft"


class KommuneWaehrung(models.TextChoices):
    """ISO 4217."""

    EUR = "EUR", "Euro (€)"
    CHF = "CHF", "Schweizer Franken (CHF)"


class Kommune(Versioniert):
    """A Stadt, Gemeinde or Kreis. Nothing that belongs to one is visible to another."""

    Art = KommuneArt

    Waehrung = KommuneWaehrung

    name = Textzeile(
        "Amtliche Bezeichnung", max_length=200, help_text="z. B. Stadt Rheine, Kreis Mettmann"
    )
    kurzname = Textzeile("Kurzer Name", max_length=100, help_text="z. B. Rheine")
    slug = models.SlugField("Adresse", max_length=80, unique=True)
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.STADT)
    ags = models.CharField(
        "Amtlicher Gemeindeschlüssel", max_length=8, blank=True, null=True, unique=True, validators=[AGS]
    )
    land = Textzeile("Land", max_length=80, blank=True)
    wappen = models.ImageField("Wappen", upload_to="wappen/", blank=True)
    wappen_beschreibung = Textzeile(
        "Beschreibung des Wappens",
        max_length=300,
        blank=True,
        help_text="Wird vorgelesen, wo das Bild nicht gesehen werden kann.",
    )
    akzentfarbe = models.CharField(
        "Akzentfarbe im Druck", max_length=7, default="#1f4a86", validators=[FARBE]
    )
    waehrung = models.CharField(
        "Währung",
        max_length=3,
        choices=Waehrung.choices,
        default=Waehrung.EUR,
        help_text="In ihr wird gerechnet. Beträge in einer anderen Währung zählen in keiner Summe.",
    )
    fiktiv = models.BooleanField("erfundenes Beispiel", default=False)
    zweiter_faktor = models.BooleanField(
        "Zweiter Faktor ist Pflicht",
        default=False,
        help_text="Wer in der Kommune Leitung oder Verwaltung ist, muss sich dann mit einem zweiten Faktor anmelden.",
    )
    impressum_url = models.URLField("Impressum", blank=True, help_text="Adresse einer Seite der Kommune")
    datenschutz_url = models.URLField("Datenschutzerklärung", blank=True, help_text="Adresse einer Seite der Kommune")

    objects = NachNamen.nach("kurzname")

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"
        ordering = ["kurzname"]
        constraints = [
            nur_aus("art", KommuneArt, "kommune_art_gueltig"),
            nur_aus("waehrung", KommuneWaehrung, "kommune_waehrung_gueltig"),
        ]

    def __str__(self):
        return self.name
