"""The decision that a Fassung claims: which Gremium adopted it, and when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from konzept.fassungen.models import Fassung, FassungArt
from konzept.heute import am
from konzept.mauern import Mauer, NurBei, bleibt
from konzept.models.bedingungen import Bedingung
from konzept.textfelder import Textzeile

from .folge import Station


class Beschluss(models.Model):
    """By whom a Beschlussfassung was adopted: the Station of a Vorlage, or words where the Vorlage is not kept here.

    A Beschlussfassung without one claims nothing; nor does one whose Station says by now that it resolved otherwise.
    """

    fassung = models.OneToOneField(Fassung, models.PROTECT, related_name="beschluss", verbose_name="Fassung")
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="beschluesse", verbose_name="Sitzung"
    )
    gremium = Textzeile("Gremium", max_length=200, blank=True)
    datum = models.DateField("Sitzung am", null=True, blank=True)
    drucksache = Textzeile("Drucksache oder Beschluss", max_length=100, blank=True)
    eingetragen_am = models.DateTimeField("eingetragen am", default=timezone.now, editable=False)
    eingetragen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="eingetragen von",
    )

    class Meta:
        verbose_name = "Beschluss"
        verbose_name_plural = "Beschlüsse"
        ordering = ["fassung"]
        constraints = [
            Bedingung(
                condition=Q(station__isnull=False, gremium="", datum__isnull=True, drucksache="")
                | Q(station__isnull=True, gremium__gt="", datum__isnull=False),
                name="beschluss_vorlage_oder_worte",
                violation_error_message="Nennen Sie eine Sitzung der Beratungsfolge, oder Gremium und Datum in Worten.",
            ),
        ]

    def __str__(self):
        """ "Rat der Stadt am 15.12.2026"."""
        name = self.station.gremium.name if self.station else self.gremium
        return f"{name} am {self.tag}" if self.tag else name

    def clean(self):
        if self.fassung_id and self.fassung.art != FassungArt.BESCHLUSS:
            raise ValidationError({"fassung": "Ein Entwurf ist nicht beschlossen."})
        if self.fassung_id and self.station_id and self.fassung.konzept_id != self.station.vorlage.konzept_id:
            raise ValidationError({"station": "Diese Sitzung gehört zu einem anderen Konzept."})

    @property
    def tag(self) -> str:
        """ "15.12.2026"; "" where the Station has lost its day."""
        tag = self.station.datum if self.station else self.datum
        return am(tag) if tag else ""

    @property
    def gilt(self) -> bool:
        """Whether it still says that the concept was adopted. No queries where the Station was read."""
        return self.station is None or self.station.beschliesst

    @property
    def nummer(self) -> str:
        """Of the Drucksache, as everybody may read it; "" where the Vorlage is not public, or there is none."""
        if self.station is None:
            return self.drucksache
        return self.station.vorlage.nummer if self.station.vorlage.oeffentlich else ""

    @property
    def worte(self) -> str:
        """ "Rat der Stadt am 15.12.2026 (Drucksache 18/2026)"."""
        return f"{self} (Drucksache {self.nummer})" if self.nummer else str(self)


Mauer(Beschluss, "fassung__konzept", "station__vorlage__konzept")
NurBei(Beschluss, "fassung", "art", FassungArt.BESCHLUSS.value)
bleibt(Beschluss, "fassung")
