"""The Integrationskonzept of a Kommune."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from konzept.mauern import KeinRing, Mauer
from konzept.textfelder import Textzeile

from .basis import Versioniert, nur_aus
from .kommune import Kommune

_NEUESTES_ZUERST = (F("stand").desc(nulls_last=True), F("gueltig_ab").desc(nulls_last=True), "-pk")


class KonzeptQuerySet(models.QuerySet):
    def neuestes_zuerst(self):
        """By Stand, then validity; concepts without either come last."""
        return self.order_by(*_NEUESTES_ZUERST)

    def mit_kommune(self):
        return self.select_related("kommune")


class KonzeptTabellenabschnitte(models.TextChoices):
    STAND = "stand", "nach Umsetzungsstand"
    ZIEL = "ziel", "nach Handlungsziel"


class Konzept(Versioniert):
    """One concept, for one period. A later one that carries it on names it as `vorgaenger`."""

    Tabellenabschnitte = KonzeptTabellenabschnitte

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="konzepte", verbose_name="Kommune")
    slug = models.SlugField("Adresse", max_length=80)
    titel = Textzeile("Titel", max_length=300)
    untertitel = Textzeile("Untertitel", max_length=300, blank=True)
    anlass = Textzeile(
        "Anlass",
        max_length=300,
        blank=True,
        help_text="Steht auf dem Titelblatt, z. B. „Präsentation in der Sitzung des Integrationsrats am 22.11.2016“.",
    )
    herausgeber = Textzeile("Herausgegeben von", max_length=200, blank=True)
    stand = models.DateField("Stand", null=True, blank=True)
    gueltig_ab = models.PositiveSmallIntegerField("Gültig ab (Jahr)", null=True, blank=True)
    gueltig_bis = models.PositiveSmallIntegerField("Gültig bis (Jahr)", null=True, blank=True)
    vorgaenger = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fortschreibungen",
        verbose_name="Fortschreibung von",
    )
    tabellenabschnitte = models.CharField(
        "Maßnahmentabellen gliedern",
        max_length=10,
        choices=Tabellenabschnitte.choices,
        default=Tabellenabschnitte.STAND,
    )

    objects = KonzeptQuerySet.as_manager()

    class Meta:
        verbose_name = "Konzept"
        verbose_name_plural = "Konzepte"
        ordering = ["kommune", "-stand", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "slug"],
                name="konzept_adresse_je_kommune",
                violation_error_message="Diese Adresse hat schon ein anderes Konzept der Kommune.",
            ),
            models.CheckConstraint(
                condition=Q(gueltig_ab__isnull=True)
                | Q(gueltig_bis__isnull=True)
                | Q(gueltig_bis__gte=F("gueltig_ab")),
                name="konzept_gueltigkeit_vorwaerts",
                violation_error_message="Das Ende der Gültigkeit liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(vorgaenger__isnull=True) | ~Q(vorgaenger=F("pk")),
                name="konzept_nicht_eigener_vorgaenger",
                violation_error_message="Ein Konzept kann nicht die Fortschreibung von sich selbst sein.",
            ),
            nur_aus("tabellenabschnitte", KonzeptTabellenabschnitte, "konzept_tabellenabschnitte_gueltig"),
        ]

    def __str__(self):
        return self.titel

    def clean(self):
        if self.vorgaenger_id and self.vorgaenger.kommune_id != self.kommune_id:
            raise ValidationError({"vorgaenger": "Der Vorgänger gehört zu einer anderen Kommune."})


Mauer(Konzept, "kommune", "vorgaenger__kommune", ersatz=False)
KeinRing(Konzept, "vorgaenger", schloss="kommune")
