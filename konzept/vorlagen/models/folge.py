"""The Beratungsfolge: the Gremien before which a Vorlage comes, and what each of them resolved."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.heute import am
from konzept.mauern import Mauer
from konzept.models import Gremium
from konzept.models.basis import Geordnet, nur_aus
from konzept.textfelder import Text, Textzeile

from .vorlage import Beschlusspunkt, Vorlage


class Sitzungsergebnis(models.TextChoices):
    EINSTIMMIG = "einstimmig", "einstimmig beschlossen"
    MEHRHEITLICH = "mehrheitlich", "mehrheitlich beschlossen"
    GEAENDERT = "geaendert", "geändert beschlossen"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    VERTAGT = "vertagt", "vertagt"
    VERWIESEN = "verwiesen", "verwiesen"
    ABGESETZT = "abgesetzt", "von der Tagesordnung abgesetzt"
    KENNTNIS = "kenntnis", "zur Kenntnis genommen"


ANGENOMMEN = frozenset({Sitzungsergebnis.EINSTIMMIG, Sitzungsergebnis.MEHRHEITLICH, Sitzungsergebnis.GEAENDERT})


class Abstimmung(models.Model):
    """A result with its vote; empty as long as nobody has voted, and a vote may be unknown."""

    Ergebnis = Sitzungsergebnis

    ergebnis = models.CharField("Ergebnis", max_length=20, choices=Ergebnis.choices, blank=True)
    ja = models.PositiveSmallIntegerField("Ja", null=True, blank=True)
    nein = models.PositiveSmallIntegerField("Nein", null=True, blank=True)
    enthaltung = models.PositiveSmallIntegerField("Enthaltung", null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self):
        if self.ergebnis == Sitzungsergebnis.EINSTIMMIG and self.nein:
            raise ValidationError(
                {"ergebnis": "Mit Nein-Stimmen ist er nicht einstimmig. Wählen Sie „mehrheitlich beschlossen“."}
            )
        if not self.ergebnis and any(zahl is not None for zahl in (self.ja, self.nein, self.enthaltung)):
            raise ValidationError({"ergebnis": "Wählen Sie zu den Stimmen auch das Ergebnis."})

    @property
    def angenommen(self) -> bool:
        return self.ergebnis in ANGENOMMEN

    @property
    def stimmen(self) -> str:
        """ "32 Ja, 4 Nein, 1 Enthaltung", each with its word on one line; what is not known is left out."""
        worte = ((self.ja, "Ja"), (self.nein, "Nein"), (self.enthaltung, _enthaltungen(self.enthaltung)))
        return ", ".join(f"{zahl}\u00a0{wort}" for zahl, wort in worte if zahl is not None)


def _enthaltungen(zahl) -> str:
    return "Enthaltung" if zahl == 1 else "Enthaltungen"


class StationRolle(models.TextChoices):
    VORBERATUNG = "vorberatung", "Vorberatung"
    ANHOERUNG = "anhoerung", "Anhörung"
    EMPFEHLUNG = "empfehlung", "Empfehlung"
    ENTSCHEIDUNG = "entscheidung", "Entscheidung"
    KENNTNIS = "kenntnis", "Kenntnisnahme"
    BEANTWORTUNG = "beantwortung", "Beantwortung"


class Station(Abstimmung, Geordnet):
    """One Gremium of the Beratungsfolge, its sitting and what it resolved on the whole Vorlage."""

    Rolle = StationRolle
    TEILE = ("punktergebnisse",)

    vorlage = models.ForeignKey(Vorlage, models.CASCADE, related_name="stationen", verbose_name="Vorlage")
    gremium = models.ForeignKey(Gremium, models.PROTECT, related_name="stationen", verbose_name="Gremium")
    rolle = models.CharField("Zuständigkeit", max_length=20, choices=Rolle.choices, default=Rolle.VORBERATUNG)
    datum = models.DateField("Sitzung am", null=True, blank=True)
    top = Textzeile("TOP", max_length=20, blank=True)
    bemerkung = Text(
        "Bemerkung", blank=True, help_text="z. B. der geänderte Wortlaut, oder an wen verwiesen wurde."
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Station"
        verbose_name_plural = "Beratungsfolge"
        constraints = [
            nur_aus("rolle", StationRolle, "station_rolle_gueltig"),
            nur_aus("ergebnis", Sitzungsergebnis, "station_ergebnis_gueltig", leer=True),
        ]

    def __str__(self):
        return f"{self.gremium} ({am(self.datum)})" if self.datum else str(self.gremium)

    @property
    def beschliesst(self) -> bool:
        """Whether the Vorlage is adopted with it."""
        return self.rolle == StationRolle.ENTSCHEIDUNG and self.angenommen

    def clean(self):
        super().clean()
        konzept = getattr(getattr(self, "vorlage", None), "konzept", None)
        if self.gremium_id and konzept and self.gremium.kommune_id != konzept.kommune_id:
            raise ValidationError({"gremium": "Dieses Gremium gehört zu einer anderen Kommune."})


Mauer(Station, "vorlage__konzept__kommune", "gremium__kommune")


class Punktergebnis(Abstimmung):
    """What a Gremium resolved on one point, where it voted on the points one by one."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="punktergebnisse", verbose_name="Station")
    punkt = models.ForeignKey(Beschlusspunkt, models.CASCADE, related_name="ergebnisse", verbose_name="Beschlusspunkt")

    class Meta:
        verbose_name = "Ergebnis zu einem Punkt"
        verbose_name_plural = "Ergebnisse zu den Punkten"
        ordering = ["punkt__reihenfolge", "punkt_id"]
        constraints = [
            models.UniqueConstraint(fields=["station", "punkt"], name="punktergebnis_einmal"),
            nur_aus("ergebnis", Sitzungsergebnis, "punktergebnis_ergebnis_gueltig"),
        ]

    def __str__(self):
        return f"{self.punkt}: {self.get_ergebnis_display()}"

    def clean(self):
        super().clean()
        if self.station_id and self.punkt_id and self.punkt.vorlage_id != self.station.vorlage_id:
            raise ValidationError({"punkt": "Dieser Punkt gehört zu einer anderen Vorlage."})


Mauer(Punktergebnis, "station__vorlage", "punkt__vorlage")
