"""What was changed and what was deleted. Both keep whole states, so that any of them can be brought back."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from konzept.mauern import Mauer
from konzept.models import Kommune, Konzept
from konzept.models.basis import nur_aus
from konzept.textfelder import Textzeile
from konzept.unveraenderlich import NurAnhaengen, NurAnhaengenQuerySet


class AenderungArt(models.TextChoices):
    AUSGANG = "ausgang", "Ausgangsstand"
    ANGELEGT = "angelegt", "angelegt"
    GEAENDERT = "geaendert", "geändert"
    VERSCHOBEN = "verschoben", "verschoben"
    GELOESCHT = "geloescht", "gelöscht"
    WIEDERHERGESTELLT = "wiederhergestellt", "wiederhergestellt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    FREIGABE_GENOMMEN = "freigabe_genommen", "Freigabe zurückgenommen"


class AenderungQuerySet(NurAnhaengenQuerySet):
    def von(self, kommune_id: int, konzept_id: int | None, anker: str):
        """The changes of one element, the newest first, with who made them. One query."""
        zeilen = self.filter(kommune=kommune_id, konzept=konzept_id, anker=anker)
        return zeilen.select_related("benutzer").order_by("-pk")


class Aenderung(NurAnhaengen):
    """The state of one element after a change (before it, where it was deleted); see `konzept.verlauf.stand`.

    Outlives what it tells of: neither the element nor its concept need still exist. `konzept` is None for what belongs
    to the whole Kommune, such as an Akteur. `grund` says why, where somebody changed the words of another.
    """

    Art = AenderungArt

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="+", verbose_name="Kommune")
    konzept = models.ForeignKey(
        Konzept, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name="Konzept"
    )
    anker = models.CharField("Anker", max_length=60)
    titel = Textzeile("Titel", max_length=500)
    art = models.CharField("Art", max_length=20, choices=Art.choices)
    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="wer"
    )
    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now)
    stand = models.JSONField("Stand", encoder=DjangoJSONEncoder)
    grund = Textzeile("Grund", max_length=500, blank=True)

    objects = AenderungQuerySet.as_manager()

    class Meta:
        verbose_name = "Änderung"
        verbose_name_plural = "Änderungen"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kommune", "konzept", "anker"], name="aenderung_anker")]
        constraints = [nur_aus("art", AenderungArt, "aenderung_art_gueltig")]

    def __str__(self):
        return f"{self.titel}: {self.get_art_display()}"


Mauer(Aenderung, "konzept__kommune", "kommune")


class Geloeschtes(models.Model):
    """Something in the Papierkorb: an element with everything that hung on it, ready to come back.

    `zeilen` are the rows as Django's serializer writes them, parents first; `verweise` are the references that were
    emptied, as [model, pk, field, value]; `umfang` counts the rows by their kind's name.
    """

    kommune = models.ForeignKey(Kommune, models.CASCADE, related_name="papierkorb", verbose_name="Kommune")
    konzept = models.ForeignKey(
        Konzept, models.CASCADE, null=True, related_name="papierkorb", verbose_name="Konzept"
    )
    anker = models.CharField("Anker", max_length=60)
    titel = Textzeile("Titel", max_length=500)
    geloescht_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gelöscht von"
    )
    geloescht_am = models.DateTimeField("gelöscht am", default=timezone.now)
    umfang = models.JSONField("Umfang")
    zeilen = models.JSONField("Zeilen", encoder=DjangoJSONEncoder)
    verweise = models.JSONField("Verweise", encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "Gelöschtes"
        verbose_name_plural = "Papierkorb"
        ordering = ["-geloescht_am", "-pk"]

    def __str__(self):
        return self.titel


Mauer(Geloeschtes, "konzept__kommune", "kommune")
