"""What somebody says about a version: to one Randnummer, or to the whole."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from konzept.grenzen import ZITAT
from konzept.mauern import bleibt
from konzept.models.basis import Versioniert
from konzept.textfelder import Text, Textzeile

from .runde import Runde


class AnmerkungQuerySet(models.QuerySet):
    def oeffentliche(self):
        """What is said to the others: neither private nor withdrawn."""
        return self.filter(privat=False, zurueckgezogen_am=None)

    def lesbar_fuer(self, benutzer, runde: Runde, *, beteiligt: bool):
        """What an account reads of a Runde: its own; of the others nothing private, and where the Runde is internal and
        not over only who takes part."""
        eigene = Q(verfasser=benutzer)
        andere = Q(privat=False, zurueckgezogen_am=None)
        if runde.verschlossen and not beteiligt:
            return self.filter(runde=runde).filter(eigene)
        return self.filter(runde=runde).filter(eigene | andere)

    def im_verlauf(self, benutzer, runde: Runde, *, beteiligt: bool):
        """Those of a Runde of which who leads the Beratung sees what became of the words: what came on paper, also when
        it was taken back, and what is answered. As long as an internal Runde lasts only what they may read."""
        papier = Q(runde=runde) & ~Q(papier_von="")
        if runde.verschlossen and not beteiligt:
            papier &= Q(verfasser=benutzer)
        lesbar = self.lesbar_fuer(benutzer, runde, beteiligt=beteiligt).oeffentliche()
        return self.filter(papier | Q(pk__in=lesbar.values("pk")))

    def mit_antwort(self):
        """With author and Stellungnahme, in reading order: on the whole first, then by Randnummer."""
        return self.select_related("verfasser", "stellungnahme").order_by(
            models.F("rn").asc(nulls_first=True), "verfasst_am", "pk"
        )


class Anmerkung(Versioniert):
    """A comment: on a Randnummer of the Fassung, or without one on the whole.

    It stays attached to the frozen Fassung: `anker` names the element that the Randnummer belongs to, `zitat` the
    passage meant, `vorschlag` a proposed wording. What came back on paper carries `papier_von`, the author's name,
    and `verfasser` is then who typed it in. What its author changes or takes back is kept nowhere else; what somebody
    changes in the name of another has a history.
    """

    runde = models.ForeignKey(
        Runde, models.PROTECT, related_name="anmerkungen", editable=False, verbose_name="Runde"
    )
    rn = models.PositiveIntegerField("Randnummer", null=True, blank=True)
    anker = models.CharField("Anker", max_length=60, blank=True, editable=False)
    zitat = Text("Zitat", blank=True, max_length=ZITAT)
    text = Text("Anmerkung")
    vorschlag = Text("Vorschlag für den Wortlaut", blank=True)
    privat = models.BooleanField(
        "nur für mich",
        default=False,
        help_text="Eine private Notiz. Niemand sonst liest sie, auch nicht die Verwaltung.",
    )
    verfasser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="anmerkungen", editable=False, verbose_name="von"
    )
    papier_von = Textzeile("auf Papier von", max_length=200, blank=True)
    verfasst_am = models.DateTimeField("verfasst am", default=timezone.now, editable=False)
    zurueckgezogen_am = models.DateTimeField("zurückgezogen am", null=True, editable=False)

    objects = AnmerkungQuerySet.as_manager()

    class Meta:
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"
        ordering = ["runde", "rn", "pk"]
        indexes = [models.Index(fields=["runde", "rn"], name="anmerkung_rn")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(privat=True) | Q(papier_von=""),
                name="anmerkung_papier_nicht_privat",
                violation_error_message="Was auf Papier eingegangen ist, kann keine private Notiz sein.",
            )
        ]

    def __str__(self):
        return f"Anmerkung zu Randnummer {self.rn}" if self.rn else "Anmerkung zum Ganzen"

    @property
    def hat_verlauf(self) -> bool:
        return bool(self.papier_von)

    @property
    def ort(self) -> str:
        return f"Rn. {self.rn}" if self.rn else "Zum Ganzen"

    @property
    def konzept(self):
        return self.runde.fassung.konzept

    @property
    def von(self) -> str:
        """Who says it, as the others read it."""
        return f"{self.papier_von} (auf Papier)" if self.papier_von else str(self.verfasser)

    @property
    def antwort(self):
        """The released Stellungnahme, or None."""
        stellungnahme = getattr(self, "stellungnahme", None)
        return stellungnahme if stellungnahme and stellungnahme.freigegeben_am else None

    def bearbeitbar_fuer(self, benutzer, *, leitet: bool) -> bool:
        """Whether an account may still change or withdraw it: its own as long as the Runde lasts and nothing is
        answered; a private note always; what came on paper the administration, until it is answered. No queries where
        the Runde and the Stellungnahme were read along."""
        if self.zurueckgezogen_am or self.antwort:
            return False
        if self.papier_von:
            return leitet
        return self.verfasser_id == benutzer.pk and (self.privat or self.runde.laeuft())


bleibt(Anmerkung, "runde")
