"""The measure, its steps, and who carries them out."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept import rechte
from konzept.fliesstextfeld import Fliesstext
from konzept.heute import am
from konzept.mauern import KeinRing, Mauer
from konzept.models import Leitlinie
from konzept.models.basis import TEXT_HILFE, Fortgeschrieben, Geordnet, Versioniert, nur_aus
from konzept.models.bedingungen import Bedingung
from konzept.models.verbund import Verbund, gemeinsam_mit
from konzept.textfelder import Text, Textzeile

from ..felder import AbgeleitetesDatum, ZeitraumField
from .akteur import Akteur, Zielgruppe


class Umsetzungsstand(models.TextChoices):
    IDEE = "idee", "Idee"
    GEPLANT = "geplant", "geplant"
    LAUFEND = "laufend", "laufend"
    UMGESETZT = "umgesetzt", "umgesetzt"
    ZURUECKGESTELLT = "zurueckgestellt", "zurückgestellt"
    ENTFALLEN = "entfallen", "entfallen"


MIT_BEGRUENDUNG = (Umsetzungsstand.ZURUECKGESTELLT, Umsetzungsstand.ENTFALLEN)


class MassnahmeQuerySet(models.QuerySet):
    def fuer_konzept(self, konzept):
        return self.filter(handlungsfeld__konzept=konzept)

    def fuer_formular(self):
        """The measure with everything that its form shows. Eight queries, whatever the number of steps."""
        zustaendig = Zustaendigkeit.objects.select_related("akteur")
        return self.select_related(
            "handlungsfeld__konzept__kommune", "leitziel", "handlungsziel__leitziel", "geaendert_von"
        ).prefetch_related(
            Prefetch("zustaendigkeiten", zustaendig),
            Prefetch("schritte__zustaendigkeiten", zustaendig),
            "kostenpositionen",
            "sachstaende",
            "zielgruppen",
            "leitlinien",
        )

    def bearbeitbar_fuer(self, benutzer, konzept):
        """The measures of a concept that an account may edit; the list that belongs to the rule for the single one."""
        zeilen = self.fuer_konzept(konzept)
        akteure = rechte.mitwirkend_fuer(benutzer, konzept)
        if akteure is None:
            return zeilen
        if not akteure:
            return zeilen.none()
        schritte = Zustaendigkeit.objects.filter(akteur__in=akteure, schritt__isnull=False)
        direkt = Zustaendigkeit.objects.filter(akteur__in=akteure, massnahme__isnull=False)
        return zeilen.filter(
            Q(pk__in=direkt.values("massnahme")) | Q(pk__in=schritte.values("schritt__massnahme"))
        )


class MassnahmePrioritaet(models.TextChoices):
    HOCH = "hoch", "hoch"
    MITTEL = "mittel", "mittel"
    NIEDRIG = "niedrig", "niedrig"


class Massnahme(Geordnet, Versioniert, Fortgeschrieben):
    """A measure. It hangs at a Handlungsziel, at a Leitziel, or directly at its Handlungsfeld.

    `handlungsfeld` is always set; at most one of `leitziel` and `handlungsziel` is, and belongs to the same field.
    An empty Kosten cell is not the same as `kosten_offen`: the second is a decision and prints as "offen".
    """

    Prioritaet = MassnahmePrioritaet
    TEILE = ("zustaendigkeiten", "schritte", "kostenpositionen", "sachstaende")
    STEHT_UNTER = ("handlungsziel", "leitziel", "handlungsfeld")

    handlungsfeld = models.ForeignKey(
        Handlungsfeld, models.CASCADE, related_name="massnahmen", verbose_name="Handlungsfeld"
    )
    leitziel = models.ForeignKey(
        Leitziel, models.SET_NULL, null=True, blank=True, related_name="massnahmen", verbose_name="Leitziel"
    )
    handlungsziel = models.ForeignKey(
        Handlungsziel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="massnahmen",
        verbose_name="Handlungsziel",
    )
    nummer = Textzeile("Gezeigte Nummer", max_length=20, blank=True)
    titel = Textzeile("Titel", max_length=500)
    kurztitel = Textzeile("Kurzer Titel für die Gliederung", max_length=80, blank=True)
    text = Fliesstext("Beschreibung", blank=True, help_text=TEXT_HILFE)
    umsetzungsstand = models.CharField(
        "Umsetzungsstand", max_length=20, choices=Umsetzungsstand.choices, blank=True
    )
    stand_begruendung = Textzeile(
        "Begründung",
        max_length=500,
        blank=True,
        help_text="Nötig, wenn die Maßnahme zurückgestellt ist oder entfällt.",
    )
    prioritaet = models.CharField("Priorität", max_length=10, choices=Prioritaet.choices, blank=True)
    zeitraum = ZeitraumField(
        "Zeitraum der Umsetzung",
        help_text="z. B. 2. Halbjahr 2017, 03/2017, ab 2018 jährlich oder fortlaufend",
    )
    beginn_am = AbgeleitetesDatum("Beginn", aus="zeitraum", attribut="erster_tag", null=True)
    ende_am = AbgeleitetesDatum("Ende", aus="zeitraum", attribut="letzter_tag", null=True)
    kosten_wortlaut = Textzeile(
        "Kosten in Worten",
        max_length=300,
        blank=True,
        help_text="z. B. kostenneutral oder abhängig von der Umsetzung. Beträge stehen in den Kostenpositionen.",
    )
    kosten_offen = models.BooleanField(
        "Kosten sind bewusst noch offen", default=False, help_text="Druckt „offen“ statt einer leeren Zelle."
    )
    zielgruppen = models.ManyToManyField(
        Zielgruppe, blank=True, related_name="massnahmen", verbose_name="Zielgruppen"
    )
    leitlinien = models.ManyToManyField(
        Leitlinie, blank=True, related_name="massnahmen", verbose_name="dient den Leitlinien"
    )

    objects = MassnahmeQuerySet.as_manager()

    class Meta(Geordnet.Meta):
        verbose_name = "Maßnahme"
        verbose_name_plural = "Maßnahmen"
        constraints = [
            gemeinsam_mit("handlungsfeld", "massnahme_mit_feld"),
            Verbund(
                gemeinsam="handlungsfeld",
                verweis="leitziel",
                name="massnahme_im_feld_des_leitziels",
                violation_error_message="Dieses Leitziel gehört zu einem anderen Handlungsfeld.",
            ),
            Verbund(
                gemeinsam="handlungsfeld",
                verweis="handlungsziel",
                name="massnahme_im_feld_des_handlungsziels",
                violation_error_message="Dieses Handlungsziel gehört zu einem anderen Handlungsfeld.",
            ),
            Bedingung(
                condition=Q(leitziel__isnull=True) | Q(handlungsziel__isnull=True),
                name="massnahme_haengt_an_einem_ziel",
                violation_error_message="Wählen Sie ein Leitziel oder ein Handlungsziel, nicht beides.",
            ),
            Bedingung(
                condition=~Q(umsetzungsstand__in=MIT_BEGRUENDUNG) | ~Q(stand_begruendung=""),
                name="massnahme_stand_begruendet",
                violation_error_message="Bitte begründen Sie, warum die Maßnahme zurückgestellt ist oder entfällt.",
            ),
            nur_aus("umsetzungsstand", Umsetzungsstand, "massnahme_stand_gueltig", leer=True),
            nur_aus("prioritaet", MassnahmePrioritaet, "massnahme_prioritaet_gueltig", leer=True),
        ]

    def __str__(self):
        return self.titel

    @property
    def konzept(self):
        return self.handlungsfeld.konzept

    def zustaendige(self) -> set[int]:
        """The Akteure (pk) who are responsible for it or for one of its steps. No queries where the measure was read
        with `fuer_formular`."""
        zeilen = [*self.zustaendigkeiten.all()]
        for schritt in self.schritte.all():
            zeilen += schritt.zustaendigkeiten.all()
        return {zeile.akteur_id for zeile in zeilen}


Mauer(Massnahme, "handlungsfeld__konzept__kommune", "vorgaenger__handlungsfeld__konzept__kommune")
KeinRing(Massnahme, "vorgaenger", schloss="handlungsfeld__konzept__kommune")
Mauer(Massnahme.zielgruppen.through, "massnahme__handlungsfeld__konzept__kommune", "zielgruppe__kommune")
Mauer(Massnahme.leitlinien.through, "massnahme__handlungsfeld__konzept", "leitlinie__konzept")


class Umsetzungsschritt(Geordnet):
    """A step (1), (2), (3) of a measure."""

    TEILE = ("zustaendigkeiten",)

    massnahme = models.ForeignKey(Massnahme, models.CASCADE, related_name="schritte", verbose_name="Maßnahme")
    text = Text("Schritt")
    zeitraum = ZeitraumField("Zeitraum", help_text="z. B. bis 06/2027")

    class Meta(Geordnet.Meta):
        verbose_name = "Umsetzungsschritt"
        verbose_name_plural = "Umsetzungsschritte"

    def __str__(self):
        return self.text


class ZustaendigkeitRolle(models.TextChoices):
    FEDERFUEHRUNG = "federfuehrung", "Federführung"
    MITWIRKUNG = "mitwirkung", "Mitwirkung"


class Zustaendigkeit(Geordnet):
    """Binds an Akteur to a measure or to one of its steps ("Umsetzung durch"), in the order given."""

    Rolle = ZustaendigkeitRolle

    massnahme = models.ForeignKey(
        Massnahme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="zustaendigkeiten",
        verbose_name="Maßnahme",
    )
    schritt = models.ForeignKey(
        Umsetzungsschritt,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="zustaendigkeiten",
        verbose_name="Umsetzungsschritt",
    )
    akteur = models.ForeignKey(Akteur, models.PROTECT, related_name="zustaendigkeiten", verbose_name="Akteur")
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle.choices, default=Rolle.MITWIRKUNG)

    class Meta(Geordnet.Meta):
        verbose_name = "Zuständigkeit"
        verbose_name_plural = "Zuständigkeiten"
        constraints = [
            Bedingung(
                condition=Q(massnahme__isnull=False, schritt__isnull=True)
                | Q(massnahme__isnull=True, schritt__isnull=False),
                name="zustaendigkeit_massnahme_oder_schritt",
                violation_error_message="Eine Zuständigkeit gehört zu einer Maßnahme oder zu einem Schritt.",
            ),
            models.UniqueConstraint(fields=["massnahme", "akteur"], name="zustaendigkeit_massnahme_einmal"),
            models.UniqueConstraint(fields=["schritt", "akteur"], name="zustaendigkeit_schritt_einmal"),
            nur_aus("rolle", ZustaendigkeitRolle, "zustaendigkeit_rolle_gueltig"),
        ]

    def __str__(self):
        return str(self.akteur)

    def clean(self):
        massnahme = self.massnahme or getattr(self.schritt, "massnahme", None)
        konzept = getattr(massnahme, "konzept", None)
        if konzept and self.akteur_id and self.akteur.kommune_id != konzept.kommune_id:
            raise ValidationError({"akteur": "Dieser Akteur gehört zu einer anderen Kommune."})


Mauer(Zustaendigkeit, "massnahme__handlungsfeld__konzept__kommune", "akteur__kommune")
Mauer(Zustaendigkeit, "schritt__massnahme__handlungsfeld__konzept__kommune", "akteur__kommune")


class Sachstand(models.Model):
    """A dated note on how far a measure has come."""

    massnahme = models.ForeignKey(
        Massnahme, models.CASCADE, related_name="sachstaende", verbose_name="Maßnahme"
    )
    datum = models.DateField("Datum")
    text = Fliesstext("Sachstand", help_text=TEXT_HILFE)
    verfasst_von = Textzeile("Verfasst von", max_length=120, blank=True)

    class Meta:
        verbose_name = "Sachstand"
        verbose_name_plural = "Sachstände"
        ordering = ["-datum", "-pk"]

    def __str__(self):
        return f"Sachstand vom {am(self.datum)}"
