"""Leitziele and Handlungsziele; a level may be skipped."""

from django.db import models

from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import KeinRing, Mauer
from konzept.models.basis import TEXT_HILFE, Fortgeschrieben, Geordnet, Versioniert
from konzept.models.verbund import Verbund, gemeinsam_mit
from konzept.textfelder import Textzeile

from .handlungsfeld import Handlungsfeld


class Ziel(Geordnet, Versioniert, Fortgeschrieben):
    """What goals of both levels have in common: they stand in a field, in an order, with a sentence of their own."""

    handlungsfeld = models.ForeignKey(
        Handlungsfeld, models.CASCADE, related_name="%(class)se", verbose_name="Handlungsfeld"
    )
    nummer = Textzeile("Gezeigte Nummer", max_length=20, blank=True)
    titel = Textzeile("Ziel", max_length=500)
    kurztitel = Textzeile("Kurzer Titel für die Gliederung", max_length=80, blank=True)
    text = Fliesstext("Erläuterung", blank=True, help_text=TEXT_HILFE)

    class Meta(Geordnet.Meta):
        abstract = True
        constraints = [gemeinsam_mit("handlungsfeld", "%(class)s_mit_feld")]

    def __str__(self):
        return self.titel

    @property
    def konzept(self):
        return self.handlungsfeld.konzept


class Leitziel(Ziel):
    STEHT_UNTER = ("handlungsfeld",)

    class Meta(Ziel.Meta):
        verbose_name = "Leitziel"
        verbose_name_plural = "Leitziele"


class Handlungsziel(Ziel):
    """A goal below a Leitziel, or directly in its field where the concept has no Leitziele."""

    STEHT_UNTER = ("leitziel", "handlungsfeld")

    leitziel = models.ForeignKey(
        Leitziel, models.SET_NULL, null=True, blank=True, related_name="handlungsziele", verbose_name="Leitziel"
    )

    class Meta(Ziel.Meta):
        verbose_name = "Handlungsziel"
        verbose_name_plural = "Handlungsziele"
        constraints = [
            *Ziel.Meta.constraints,
            Verbund(
                gemeinsam="handlungsfeld",
                verweis="leitziel",
                name="handlungsziel_im_feld_des_leitziels",
                violation_error_message="Dieses Leitziel gehört zu einem anderen Handlungsfeld.",
            ),
        ]


for _ziel in (Leitziel, Handlungsziel):
    Mauer(_ziel, "handlungsfeld__konzept__kommune", "vorgaenger__handlungsfeld__konzept__kommune")
    KeinRing(_ziel, "vorgaenger", schloss="handlungsfeld__konzept__kommune")
