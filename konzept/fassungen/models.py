"""Frozen states of a concept, the files made of them, and which of them everybody may read."""

import hashlib
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from konzept import rechte
from konzept.dokument import baum, formate
from konzept.dokument.fruehere_drucke import satz_von_heute
from konzept.heute import am
from konzept.mauern import bleibt
from konzept.models import Konzept
from konzept.models.basis import nur_aus
from konzept.textfelder import Text, Textzeile
from konzept.unveraenderlich import NurAnhaengen, NurAnhaengenQuerySet


class FassungArt(models.TextChoices):
    ENTWURF = "entwurf", "Entwurf"
    BESCHLUSS = "beschluss", "Beschlussfassung"


class FassungQuerySet(NurAnhaengenQuerySet):
    def fuer_liste(self):
        """Without the tree itself (up to some MB), with its author, whether it is published, and its decision."""
        return self.ohne_inhalt().select_related("festgeschrieben_von", "veroeffentlichung").mit_beschluss()

    def mit_beschluss(self):
        """With the decision that it claims and the sitting that took it."""
        lang = (f"beschluss__station__vorlage__{name}" for name in ("sachverhalt", "begruendung", "finanzen"))
        return self.select_related("beschluss__station__gremium", "beschluss__station__vorlage").defer(*lang)

    def ohne_inhalt(self):
        return self.defer("inhalt", "wappen")

    def sichtbar_fuer(self, benutzer):
        """The versions that an account may read: all of a concept whose Arbeitsstand it reads, else those that were
        laid before it (in person or in a Gremium where it has a seat). The list that belongs to `Fassung.sieht`."""
        if benutzer.is_superuser:
            return self
        lesend = [k for k, rollen in benutzer.alle_rollen.items() if rollen & rechte.rollen_mit(rechte.LESEN)]
        dabei = Q(runden__personen=benutzer) | Q(runden__gremien__sitze__benutzer=benutzer)
        eigene = Q(konzept__kommune__in=list(benutzer.alle_rollen)) & dabei
        pks = self.model.objects.filter(Q(konzept__kommune__in=lesend) | eigene).values("pk")
        return self.filter(pk__in=pks)


class Fassung(NurAnhaengen):
    """The whole document as it stood at one moment; neither code nor database changes it afterwards.

    `inhalt` is the JSON of `baum.als_json` in the format of its day, which `dokument` lifts, and `pruefsumme` its
    SHA-256; `nummer` counts from 1 in the concept. `titel` is that of the tree, for lists; `wappen` the picture that
    the tree names, b"" where it names none or was frozen without it.
    """

    Art = FassungArt
    ZEITFELD = "festgeschrieben_am"

    konzept = models.ForeignKey(Konzept, models.PROTECT, related_name="fassungen", verbose_name="Konzept")
    nummer = models.PositiveIntegerField("Nummer")
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.ENTWURF)
    notiz = Text(
        "Notiz", blank=True, help_text="Was diese Fassung von der letzten unterscheidet, oder wofür sie ist."
    )
    titel = Textzeile("Titel", max_length=300, editable=False)
    inhalt = models.TextField("Inhalt", editable=False)
    wappen = models.BinaryField("Wappen", default=b"", editable=False)
    pruefsumme = models.CharField("Prüfsumme", max_length=64, editable=False)
    festgeschrieben_am = models.DateTimeField("festgeschrieben am", default=timezone.now, editable=False)
    festgeschrieben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="festgeschrieben von",
    )

    objects = FassungQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        ordering = ["konzept", "-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["konzept", "nummer"], name="fassung_nummer_je_konzept"),
            nur_aus("art", FassungArt, "fassung_art_gueltig"),
        ]

    def __str__(self):
        return f"{self.get_art_display()} {self.nummer}"

    @property
    def bezeichnung(self) -> str:
        """ "Entwurf 3 vom 03.11.2016"."""
        return f"{self} vom {am(self.festgeschrieben_am)}"

    @property
    def ist_veroeffentlicht(self) -> bool:
        return hasattr(self, "veroeffentlichung")

    @property
    def ist_beschlossen(self) -> bool:
        """Whether it names a decision that holds: without one no page and no print says that it was adopted."""
        return self.art == FassungArt.BESCHLUSS and hasattr(self, "beschluss") and self.beschluss.gilt

    @cached_property
    def dokument(self) -> baum.Dokument:
        """The tree, in the format of today. One query where `inhalt` was deferred, else none."""
        return formate.lies(self.inhalt.encode())

    @cached_property
    def ohne_wappen(self) -> bool:
        """Whether it was frozen without the Wappen that its tree names."""
        return bool(self.dokument.kommune.wappen) and Fassung.objects.filter(pk=self.pk, wappen=b"").exists()

    def sieht(self, benutzer) -> bool:
        """Whether an account may read this version (see `FassungQuerySet.sichtbar_fuer`). At most two queries."""
        return Fassung.objects.sichtbar_fuer(benutzer).filter(pk=self.pk).exists()


class AusgabeArt(models.TextChoices):
    DRUCK = "druck", "PDF"
    RANDNUMMERN = "randnummern", "PDF mit Randnummern"
    BERICHTIGT = "berichtigt", "Berichtigtes PDF"
    BERICHTIGT_RANDNUMMERN = "berichtigt-randnummern", "Berichtigtes PDF mit Randnummern"


VON_SELBST = (AusgabeArt.DRUCK, AusgabeArt.RANDNUMMERN)
"""The PDFs that every Fassung gets."""
BERICHTIGT = {AusgabeArt.DRUCK: AusgabeArt.BERICHTIGT, AusgabeArt.RANDNUMMERN: AusgabeArt.BERICHTIGT_RANDNUMMERN}
"""By the PDF that an earlier program printed otherwise than the tree says: the one that is made beside it on demand."""


class AusgabeQuerySet(NurAnhaengenQuerySet):
    def ohne_datei(self):
        return self.defer("datei")


class Ausgabe(NurAnhaengen):
    """A PDF of a Fassung, frozen with it: made once, in the background, and then always the same bytes. `satz` is the
    `fruehere_drucke.SATZ` of the program that made it."""

    Art = AusgabeArt
    ZEITFELD = "erstellt_am"

    fassung = models.ForeignKey(Fassung, models.PROTECT, related_name="ausgaben", verbose_name="Fassung")
    art = models.CharField("Art", max_length=30, choices=Art.choices)
    satz = models.PositiveSmallIntegerField("Satz", default=satz_von_heute, editable=False)
    datei = models.BinaryField("Datei")
    pruefsumme = models.CharField("Prüfsumme", max_length=64)
    seiten = models.PositiveIntegerField("Seiten")
    erstellt_am = models.DateTimeField("erstellt am", default=timezone.now)

    objects = AusgabeQuerySet.as_manager()

    class Meta:
        verbose_name = "Ausgabe"
        verbose_name_plural = "Ausgaben"
        ordering = ["fassung", "art"]
        constraints = [
            models.UniqueConstraint(fields=["fassung", "art"], name="ausgabe_einmal"),
            nur_aus("art", AusgabeArt, "ausgabe_art_gueltig"),
        ]

    def __str__(self):
        return f"{self.fassung}, {self.get_art_display()}"

    def save(self, *args, **kwargs):
        self.pruefsumme = hashlib.sha256(self.datei).hexdigest()
        super().save(*args, **kwargs)


class Veroeffentlichung(models.Model):
    """Makes an adopted Fassung readable for everybody, without login; deleting the row takes it back."""

    fassung = models.OneToOneField(Fassung, models.PROTECT, related_name="veroeffentlichung", verbose_name="Fassung")
    veroeffentlicht_am = models.DateTimeField("veröffentlicht am", default=timezone.now)
    veroeffentlicht_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="veröffentlicht von"
    )

    class Meta:
        verbose_name = "Veröffentlichung"
        verbose_name_plural = "Veröffentlichungen"
        ordering = ["-veroeffentlicht_am"]

    def __str__(self):
        return str(self.fassung)


bleibt(Veroeffentlichung, "fassung")
