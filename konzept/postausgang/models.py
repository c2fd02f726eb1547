"""A mail to one recipient, from the moment it was written until its proof is not needed any more."""

from django.db import models
from django.db.models import Q

from konzept.heute import am
from konzept.hintergrund.models import OFFEN, Auftrag


class Anlass(models.TextChoices):
    KENNWORT = "kennwort", "neues Kennwort"
    KONTO = "konto", "Konto und Anmeldung"
    EINLADUNG = "einladung", "Einladung"
    ZUGANG = "zugang", "Änderung am Zugang"
    RUNDE = "runde", "Runde der Beratung"
    TAGESPOST = "tagespost", "Tagespost"
    FEHLER = "fehler", "Fehlerbericht"
    SONSTIGES = "sonstiges", "Sonstiges"


VORRANG = {Anlass.KENNWORT: 20, Anlass.KONTO: 20, Anlass.EINLADUNG: 10, Anlass.TAGESPOST: -10}
"""Who waits in front of the screen comes first, what nobody waits for last."""


class Sendung(Auftrag):
    """`inhalt` holds the words of the mail (see `brief`), or what `verfasser` needs to find them; it is empty as soon
    as the mail has gone out or was given up. Whom it went to, when, and what about stays for a while as proof.

    `schluessel` keeps a second row of the same from being written. `anlaeufe` counts how often the mail server was
    asked to take it and answered about it, `nachricht_id` is the same each time, so that a mail program can tell a mail
    that came twice.
    """

    NACH_DEM_ENDE = {"inhalt": ""}

    anlass = models.CharField("Anlass", max_length=20, choices=Anlass.choices, editable=False)
    empfaenger = models.CharField("An", max_length=320, editable=False)
    schluessel = models.CharField("Schlüssel", max_length=400, blank=True, editable=False)
    nachricht_id = models.CharField("Message-ID", max_length=255, editable=False)
    verfasser = models.CharField("Verfasser", max_length=50, blank=True, editable=False)
    inhalt = models.TextField("Inhalt", blank=True, editable=False)
    anlaeufe = models.PositiveSmallIntegerField("Anläufe", default=0, editable=False)

    class Meta(Auftrag.Meta):
        verbose_name = "Sendung"
        verbose_name_plural = "Sendungen"
        ordering = ["-angelegt_am", "-pk"]
        constraints = [
            *Auftrag.Meta.constraints,
            models.CheckConstraint(condition=Q(anlass__in=Anlass.values), name="sendung_anlass_gueltig"),
            models.CheckConstraint(
                condition=(Q(status__in=OFFEN) & ~Q(inhalt="")) | (~Q(status__in=OFFEN) & Q(inhalt="")),
                name="sendung_inhalt_bis_zum_ende",
            ),
            models.UniqueConstraint(fields=["schluessel"], condition=~Q(schluessel=""), name="sendung_einmal"),
        ]
        indexes = [
            *Auftrag.Meta.indexes,
            models.Index(fields=["empfaenger", "angelegt_am"], name="sendung_empfaenger"),
        ]

    def __str__(self):
        return f"{self.get_anlass_display()} vom {am(self.angelegt_am)}"
