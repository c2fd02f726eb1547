"""Prints of what still changes, kept for a few days so that nobody waits twice for the same one."""

from django.db import models
from django.utils import timezone

from konzept.models import Konzept


class Ausdruck(models.Model):
    """A finished PDF. `schluessel` stands for everything that it was made from (see `vorhaben.Vorhaben`): what has
    changed since has another one, and an outdated print is never found again."""

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="ausdrucke", verbose_name="Konzept")
    schluessel = models.CharField("Schlüssel", max_length=64)
    datei = models.BinaryField("Datei")
    erstellt_am = models.DateTimeField("erstellt am", default=timezone.now)

    class Meta:
        verbose_name = "Ausdruck"
        verbose_name_plural = "Ausdrucke"
        ordering = ["konzept", "-erstellt_am"]
        constraints = [models.UniqueConstraint(fields=["konzept", "schluessel"], name="ausdruck_einmal")]

    def __str__(self):
        return f"Ausdruck {self.schluessel[:8]}"
