"""Leitziele and Handlungsziele; a level may be skipped."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.models.basis import TEXT_HILFE, Geordnet

from .handlungsfeld import Handlungsfeld


class Leitziel(Geordnet):
    handlungsfeld = models.ForeignKey(
        Handlungsfeld, models.CASCADE, related_name="leitziele", verbose_name="Handlungsfeld"
    )
    nummer = models.CharField("Gezeigte Nummer", max_length=20, blank=True)
    titel = models.CharField("Leitziel", max_length=500)
    kurztitel = models.CharField("Kurzer Titel für die Gliederung", max_length=80, blank=True)
    text = models.TextField("Erläuterung", blank=True, help_text=TEXT_HILFE)
    vorgaenger = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nachfolger",
        verbose_name="fortgeschrieben aus",
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Leitziel"
        verbose_name_plural = "Leitziele"

    def __str__(self):
        return self.titel


class Handlungsziel(Geordnet):
    """A goal below a Leitziel, or directly in its field where the concept has no Leitziele."""

    handlungsfeld = models.ForeignKey(
        Handlungsfeld, models.CASCADE, related_name="handlungsziele", verbose_name="Handlungsfeld"
    )
    leitziel = models.ForeignKey(
        Leitziel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="handlungsziele",
        verbose_name="Leitziel",
    )
    nummer = models.CharField("Gezeigte Nummer", max_length=20, blank=True)
    titel = models.CharField("Handlungsziel", max_length=500)
    kurztitel = models.CharField("Kurzer Titel für die Gliederung", max_length=80, blank=True)
    text = models.TextField("Erläuterung", blank=True, help_text=TEXT_HILFE)
    vorgaenger = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nachfolger",
        verbose_name="fortgeschrieben aus",
    )

    class Meta(Geordnet.Meta):
        verbose_name = "Handlungsziel"
        verbose_name_plural = "Handlungsziele"

    def __str__(self):
        return self.titel

    def clean(self):
        if self.leitziel_id and self.leitziel.handlungsfeld_id != self.handlungsfeld_id:
            raise ValidationError({"leitziel": "Dieses Leitziel gehört zu einem anderen Handlungsfeld."})
