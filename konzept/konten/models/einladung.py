"""An invitation by mail into a Kommune."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from konzept.mauern import Mauer
from konzept.rechte import LEITUNG_BESTIMMEN, Rolle, darf
from konzept.textfelder import Mailadresse, Textzeile

from .benutzer import Benutzer
from .mitgliedschaft import akteur_passt_zur_rolle, pruefe_akteur

GUELTIG = timedelta(days=14)


def _bis():
    return timezone.now() + GUELTIG


def fingerabdruck(schluessel: str) -> str:
    return hashlib.sha256(schluessel.encode()).hexdigest()


class EinladungQuerySet(models.QuerySet):
    def wartende(self):
        """Neither accepted nor taken back; they may have expired."""
        return self.filter(angenommen_am=None, widerrufen_am=None)

    def offene(self):
        """The invitations whose link still works."""
        return self.wartende().filter(gueltig_bis__gt=timezone.now())

    def mit_schluessel(self, schluessel: str):
        return self.filter(fingerabdruck=fingerabdruck(schluessel))


class Einladung(models.Model):
    """Offers one role in a Kommune to an e-mail address, once and for 14 days.

    Only the fingerprint of its key is stored: whoever reads the database cannot accept it.
    """

    kommune = models.ForeignKey(
        "konzept.Kommune", models.CASCADE, related_name="einladungen", verbose_name="Kommune"
    )
    email = Mailadresse("E-Mail-Adresse")
    name = Textzeile("Name", max_length=200, blank=True)
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle.choices)
    akteur = models.ForeignKey(
        "massnahmen.Akteur", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Akteur"
    )
    fingerabdruck = models.CharField(max_length=64, unique=True, editable=False)
    eingeladen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="eingeladen von"
    )
    eingeladen_am = models.DateTimeField("eingeladen am", default=timezone.now, editable=False)
    gueltig_bis = models.DateTimeField("gültig bis", default=_bis)
    angenommen_am = models.DateTimeField("angenommen am", null=True, blank=True)
    widerrufen_am = models.DateTimeField("widerrufen am", null=True, blank=True)

    objects = EinladungQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-eingeladen_am", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rolle__in=Rolle.values), name="einladung_rolle_gueltig"
            ),
            akteur_passt_zur_rolle("einladung_akteur_nur_mitwirkung"),
        ]

    def __str__(self):
        return f"{self.email}: {self.get_rolle_display()} in {self.kommune}"

    def clean(self):
        pruefe_akteur(self)

    def neuer_schluessel(self) -> str:
        """A key for the link in the mail; keeps its fingerprint and starts the 14 days anew. Not saved yet."""
        schluessel = secrets.token_urlsafe(32)
        self.fingerabdruck, self.gueltig_bis = fingerabdruck(schluessel), _bis()
        return schluessel

    def gilt_fuer(self, benutzer: Benutzer) -> bool:
        """Whether the account has the invited address, in whatever spelling; and not because whoever invited has taken
        that address meanwhile, to give themself what only a Leitung could."""
        if self.eingeladen_von_id == benutzer.pk and not darf(benutzer, LEITUNG_BESTIMMEN, self.kommune):
            return False
        return Benutzer.normalize_username(self.email) == benutzer.email

    @property
    def offen(self) -> bool:
        return not self.angenommen_am and not self.widerrufen_am and self.gueltig_bis > timezone.now()


Mauer(Einladung, "kommune", "akteur__kommune", ersatz=False)
