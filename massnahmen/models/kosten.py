"""What a measure costs and who pays."""

from django.db import models
from django.db.models import F, Q

from konzept.models.basis import Geordnet, nur_aus
from konzept.models.bedingungen import Bedingung
from konzept.textfelder import Textzeile

from ..felder import GeldField
from .massnahme import Massnahme


class KostenpositionArt(models.TextChoices):
    SACHKOSTEN = "sachkosten", "Sachkosten"
    PERSONALKOSTEN = "personalkosten", "Personalkosten"


class KostenpositionFinanzierung(models.TextChoices):
    EIGENMITTEL = "eigenmittel", "Eigenmittel"
    FOERDERMITTEL = "foerdermittel", "Fördermittel"
    DRITTMITTEL = "drittmittel", "Drittmittel"


class KostenpositionHaushalt(models.TextChoices):
    ERGEBNISHAUSHALT = "ergebnishaushalt", "Ergebnishaushalt"
    FINANZHAUSHALT = "finanzhaushalt", "Finanzhaushalt"


class Kostenposition(Geordnet):
    """One amount of a measure. `angabe` is the wording that prints, and a Geld; `massnahmen.kosten` has the rule in
    which years it counts. Ergebnis- and Finanzhaushalt are two views of one budget: what names a `haushalt` counts in
    that one alone, what names none in both.
    """

    Art = KostenpositionArt

    Finanzierung = KostenpositionFinanzierung

    Haushalt = KostenpositionHaushalt

    massnahme = models.ForeignKey(
        Massnahme, models.CASCADE, related_name="kostenpositionen", verbose_name="Maßnahme"
    )
    angabe = GeldField("Betrag", help_text="z. B. 30.000 € jährlich, 1,2 Mio. € oder 19 TEUR")
    jahr = models.PositiveSmallIntegerField("Jahr", null=True, blank=True)
    bis_jahr = models.PositiveSmallIntegerField("bis Jahr", null=True, blank=True)
    art = models.CharField("Art", max_length=20, choices=Art.choices, blank=True)
    stellenanteil = models.DecimalField(
        "Stellenanteil (VZÄ)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    finanzierung = models.CharField("Finanzierung", max_length=20, choices=Finanzierung.choices, blank=True)
    programm = Textzeile("Förderprogramm oder Geber", max_length=200, blank=True)
    produkt = Textzeile("Produkt / Haushaltsstelle", max_length=80, blank=True)
    haushalt = models.CharField(
        "Haushalt",
        max_length=20,
        choices=Haushalt.choices,
        blank=True,
        help_text="Nur wenn der Betrag allein im Ergebnis- oder allein im Finanzhaushalt steht.",
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Kostenposition"
        verbose_name_plural = "Kostenpositionen"
        constraints = [
            Bedingung(
                condition=~Q(angabe="") | Q(stellenanteil__isnull=False),
                name="kostenposition_nicht_leer",
                violation_error_message="Geben Sie einen Betrag oder einen Stellenanteil an.",
            ),
            Bedingung(
                condition=Q(bis_jahr__isnull=True) | Q(jahr__isnull=False, bis_jahr__gte=F("jahr")),
                name="kostenposition_jahre_vorwaerts",
                violation_error_message="„bis Jahr“ braucht ein früheres oder gleiches „Jahr“.",
            ),
            Bedingung(
                condition=Q(stellenanteil__isnull=True) | Q(stellenanteil__gte=0),
                name="kostenposition_stellenanteil_positiv",
                violation_error_message="Der Stellenanteil kann nicht negativ sein.",
            ),
            nur_aus("art", KostenpositionArt, "kostenposition_art_gueltig", leer=True),
            nur_aus(
                "finanzierung", KostenpositionFinanzierung, "kostenposition_finanzierung_gueltig", leer=True
            ),
            nur_aus("haushalt", KostenpositionHaushalt, "kostenposition_haushalt_gueltig", leer=True),
        ]

    def __str__(self):
        return str(self.angabe) or f"{self.stellenanteil} VZÄ"
