"""Indicators and their measured values."""

from django.db import models
from django.db.models import Q

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.models import Konzept
from konzept.models.basis import Geordnet, Versioniert, nur_aus
from konzept.models.bedingungen import Bedingung
from konzept.models.verbund import Verbund, verbunde
from konzept.textfelder import Text, Textzeile

from .massnahme import Massnahme

EIN_BEZUG = (
    Q(leitziel__isnull=False, handlungsziel__isnull=True, massnahme__isnull=True)
    | Q(leitziel__isnull=True, handlungsziel__isnull=False, massnahme__isnull=True)
    | Q(leitziel__isnull=True, handlungsziel__isnull=True, massnahme__isnull=False)
)
KEIN_BEZUG = Q(leitziel__isnull=True, handlungsziel__isnull=True, massnahme__isnull=True)


class IndikatorArt(models.TextChoices):
    WIRKUNG = "wirkung", "Indikator eines Ziels oder einer Maßnahme"
    KONTEXT = "kontext", "Kontextindikator"


def mit_dem_feld(sammler, feld, indikatoren, using) -> None:
    """on_delete: an indicator of the context goes on without its field; one of a goal or measure goes with that."""
    models.SET_NULL(sammler, feld, indikatoren.filter(art=IndikatorArt.KONTEXT), using)


class Indikator(Geordnet, Versioniert):
    """An indicator of a goal or measure (Wirkung), or of the context (Kontext); the two are never mixed.

    KGSt and the Länder's monitoring both warn that context indicators show the state of society, not the effect of
    measures, so a context indicator may name a Handlungsfeld but no goal and no measure. The Handlungsfeld of an
    indicator of the other kind is always that of its goal or measure.
    """

    Art = IndikatorArt
    TEILE = ("messwerte",)
    STEHT_UNTER = ("konzept",)
    BEZUEGE = ("leitziel", "handlungsziel", "massnahme")

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="indikatoren", verbose_name="Konzept")
    art = models.CharField("Art", max_length=10, choices=Art.choices)
    handlungsfeld = models.ForeignKey(
        Handlungsfeld,
        mit_dem_feld,
        null=True,
        blank=True,
        related_name="indikatoren",
        verbose_name="Handlungsfeld",
    )
    leitziel = models.ForeignKey(
        Leitziel, models.CASCADE, null=True, blank=True, related_name="indikatoren", verbose_name="Leitziel"
    )
    handlungsziel = models.ForeignKey(
        Handlungsziel,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indikatoren",
        verbose_name="Handlungsziel",
    )
    massnahme = models.ForeignKey(
        Massnahme, models.CASCADE, null=True, blank=True, related_name="indikatoren", verbose_name="Maßnahme"
    )
    titel = Textzeile("Indikator", max_length=300)
    definition = Text("Definition", blank=True)
    einheit = Textzeile(
        "Einheit", max_length=60, blank=True, help_text="z. B. %, Personen, Veranstaltungen"
    )
    quelle = Textzeile("Quelle", max_length=300, blank=True)
    ausgangswert = models.DecimalField("Ausgangswert", max_digits=14, decimal_places=2, null=True, blank=True)
    ausgangsjahr = models.PositiveSmallIntegerField("Ausgangsjahr", null=True, blank=True)
    zielwert = models.DecimalField("Zielwert", max_digits=14, decimal_places=2, null=True, blank=True)
    zieljahr = models.PositiveSmallIntegerField("Zieljahr", null=True, blank=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Indikator"
        verbose_name_plural = "Indikatoren"
        constraints = [
            models.CheckConstraint(
                condition=(Q(art="wirkung") & EIN_BEZUG) | (Q(art="kontext") & KEIN_BEZUG),
                name="indikator_art_und_bezug",
                violation_error_message=(
                    "Ein Indikator gehört zu genau einem Leitziel, Handlungsziel oder einer Maßnahme; "
                    "ein Kontextindikator zu keinem davon."
                ),
            ),
            nur_aus("art", IndikatorArt, "indikator_art_gueltig"),
            Bedingung(
                condition=Q(art="kontext") | Q(handlungsfeld__isnull=False), name="indikator_wirkt_in_einem_feld"
            ),
            Verbund(
                gemeinsam="konzept",
                verweis="handlungsfeld",
                name="indikator_zum_eigenen_feld",
                violation_error_message="Dieses Handlungsfeld gehört zu einem anderen Konzept.",
            ),
            *(
                Verbund(
                    gemeinsam="handlungsfeld",
                    verweis=bezug,
                    name=f"indikator_im_feld_von_{bezug}",
                    violation_error_message="Der Indikator und sein Bezug gehören zu verschiedenen Handlungsfeldern.",
                )
                for bezug in ("leitziel", "handlungsziel", "massnahme")
            ),
        ]

    def __str__(self):
        return self.titel

    def folge_dem_bezug(self) -> None:
        """Stand in the field of the goal or measure, where there is one. Does not save."""
        for regel in verbunde(type(self)):
            if regel.verweis in self.BEZUEGE:
                regel.richte_aus(self)

    def clean(self):
        super().clean()
        self.folge_dem_bezug()

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.folge_dem_bezug()
        super().save(*args, **kwargs)


class Messwert(models.Model):
    """A value of one year; empty where the series has a gap. `bruch`: not comparable with the years before."""

    indikator = models.ForeignKey(
        Indikator, models.CASCADE, related_name="messwerte", verbose_name="Indikator"
    )
    jahr = models.PositiveSmallIntegerField("Jahr")
    wert = models.DecimalField("Wert", max_digits=14, decimal_places=2, null=True, blank=True)
    anmerkung = Textzeile("Anmerkung", max_length=300, blank=True)
    bruch = models.BooleanField("Bruch in der Zeitreihe", default=False)

    class Meta:
        verbose_name = "Messwert"
        verbose_name_plural = "Messwerte"
        ordering = ["jahr"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "jahr"],
                name="messwert_je_jahr",
                violation_error_message="Für dieses Jahr gibt es schon einen Wert.",
            )
        ]

    def __str__(self):
        return f"{self.jahr}: {self.wert if self.wert is not None else '–'}"
