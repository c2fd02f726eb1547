"""Who got the mail of a day."""

from django.conf import settings
from django.db import models

from konzept.heute import am


class Tagespost(models.Model):
    """The one mail that `erinnere` sends an account on a day; the row is what keeps a second one from going out."""

    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tagespost", verbose_name="Benutzerkonto"
    )
    tag = models.DateField("Tag")

    class Meta:
        verbose_name = "Tagespost"
        verbose_name_plural = "Tagespost"
        ordering = ["-tag", "pk"]
        constraints = [models.UniqueConstraint(fields=["benutzer", "tag"], name="tagespost_einmal_am_tag")]

    def __str__(self):
        return f"{self.benutzer}, {am(self.tag)}"
