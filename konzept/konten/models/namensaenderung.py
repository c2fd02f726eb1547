"""What an account was called before."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from konzept.textfelder import Textzeile


class Namensaenderung(models.Model):
    """An account took another name. Says what the log, which outlives the account, must not say; goes with it.

    Its moment is that of the log entries about it.
    """

    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="namensaenderungen", verbose_name="Benutzerkonto"
    )
    vorher = Textzeile("vorher", max_length=200)
    nachher = Textzeile("nachher", max_length=200)
    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "Namensänderung"
        verbose_name_plural = "Namensänderungen"
        ordering = ["pk"]

    def __str__(self):
        return f"„{self.vorher}“ heißt jetzt „{self.nachher}“"
