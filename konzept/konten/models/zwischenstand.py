"""What somebody is typing and has not saved yet, kept on the server while they type."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from konzept.grenzen import ADRESSE_ZEICHEN, EINGABEN_ZEICHEN
from konzept.heute import am, um
from konzept.textfelder import Text


class Zwischenstand(models.Model):
    """The fields of one form, as its account last typed them: URL-encoded, by the form's address with its query.

    Only ever shown to that account, in that form, whose own page decides whether it may still be opened.
    """

    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="zwischenstaende", verbose_name="Benutzerkonto"
    )
    adresse = models.CharField("Adresse", max_length=ADRESSE_ZEICHEN)
    daten = Text("Eingaben", max_length=EINGABEN_ZEICHEN)
    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now)

    class Meta:
        verbose_name = "Zwischenstand"
        verbose_name_plural = "Zwischenstände"
        constraints = [models.UniqueConstraint(fields=["benutzer", "adresse"], name="zwischenstand_je_formular")]

    def __str__(self):
        return f"{self.adresse} ({am(self.zeitpunkt)} {um(self.zeitpunkt)})"
