"""What somebody has typed and not saved yet, and which forms have made something already."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from konzept.grenzen import ADRESSE_ZEICHEN, EINGABEN_ZEICHEN
from konzept.heute import am, um
from konzept.textfelder import Text

SCHLUESSEL_ZEICHEN = 40


class Zwischenstand(models.Model):
    """The fields of one form, as its account last typed them: URL-encoded, by the form's address with its parameters.

    Only ever shown to that account, in that form, whose own page decides whether it may still be opened.
    """

    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="zwischenstaende", verbose_name="Benutzerkonto"
    )
    adresse = models.CharField("Adresse", max_length=ADRESSE_ZEICHEN)
    daten = Text("Eingaben", max_length=EINGABEN_ZEICHEN)
    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now)
    grund = Text("Grund", blank=True, help_text="Ein Satz; leer, wo getippt und dann nicht gespeichert wurde.")

    class Meta:
        # The table keeps the name that it had when this model belonged to the app of the accounts.
        db_table = "konten_zwischenstand"
        verbose_name = "Zwischenstand"
        verbose_name_plural = "Zwischenstände"
        constraints = [models.UniqueConstraint(fields=["benutzer", "adresse"], name="zwischenstand_je_formular")]

    def __str__(self):
        return f"{self.adresse} ({am(self.zeitpunkt)} {um(self.zeitpunkt)})"


class Angelegtes(models.Model):
    """That an account has made something new with one opening of a form, and what. See `einmal`."""

    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="angelegtes", verbose_name="Benutzerkonto"
    )
    schluessel = models.CharField("Schlüssel", max_length=SCHLUESSEL_ZEICHEN)
    fingerabdruck = models.CharField("Fingerabdruck der Eingaben", max_length=64)
    titel = Text("Titel", blank=True)
    ziel = Text("Ziel", blank=True)
    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now)

    class Meta:
        verbose_name = "Angelegtes"
        verbose_name_plural = "Angelegtes"
        constraints = [models.UniqueConstraint(fields=["benutzer", "schluessel"], name="angelegtes_je_schluessel")]

    def __str__(self):
        return self.titel
