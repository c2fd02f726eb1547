"""A version laid before Gremien and persons until a day; who sits where; what each has read."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils import timezone

from konzept.fassungen.models import Fassung
from konzept.heute import am, heute
from konzept.mauern import Mauer, bleibt
from konzept.models import Gremium
from konzept.models.basis import Versioniert, nur_aus
from konzept.textfelder import Text, Textzeile


class Sitz(models.Model):
    """An account that belongs to a member of a Gremium: what is laid before the Gremium is laid before it."""

    gremium = models.ForeignKey(Gremium, models.CASCADE, related_name="sitze", verbose_name="Gremium")
    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sitze", verbose_name="Benutzerkonto"
    )

    class Meta:
        verbose_name = "Sitz"
        verbose_name_plural = "Sitze"
        ordering = ["gremium", "pk"]
        constraints = [models.UniqueConstraint(fields=["gremium", "benutzer"], name="sitz_einmal")]

    def __str__(self):
        return f"{self.benutzer} ({self.gremium})"


class Sichtbarkeit(models.TextChoices):
    """Who reads the Anmerkungen while the Runde lasts; at its end the administration reads all but private ones."""

    OFFEN = "offen", "für alle Beteiligten und die Verwaltung"
    INTERN = "intern", "bis zum Ende nur unter den Mitgliedern"


class RundeQuerySet(models.QuerySet):
    def mit_fassung(self):
        """With the version (without its tree), concept and Kommune."""
        return self.select_related("fassung__konzept__kommune").defer("fassung__inhalt")

    def fuer_teilnehmende(self, benutzer):
        """The Runden in which an account takes part, in person or by a seat, in Kommunen where it has a role.

        The list that belongs to `Runde.nimmt_teil`.
        """
        dabei = self.model.objects.filter(Q(personen=benutzer) | Q(gremien__sitze__benutzer=benutzer))
        return self.filter(pk__in=dabei.values("pk"), fassung__konzept__kommune__in=list(benutzer.alle_rollen))

    def mit_anzahl(self, benutzer):
        """With `beteiligt`, and with `anzahl` of what is said to the others in it; None where the account may not know
        it yet."""
        dabei = Exists(self.model.objects.fuer_teilnehmende(benutzer).filter(pk=OuterRef("pk")))
        vorbei = Q(ende__lt=heute()) | Q(geschlossen_am__isnull=False)
        darf = Q(sichtbarkeit=Sichtbarkeit.OFFEN) | Q(beteiligt=True) | vorbei
        gesagt = Q(anmerkungen__privat=False, anmerkungen__zurueckgezogen_am=None)
        zeilen = self.annotate(beteiligt=dabei, zahl=Count("anmerkungen", filter=gesagt))
        return zeilen.annotate(anzahl=Case(When(darf, then="zahl"), default=None, output_field=models.IntegerField()))

    def nicht_beendete(self):
        """Those that last or have not begun; the list that belongs to `Runde.beendet`."""
        return self.filter(ende__gte=heute(), geschlossen_am=None)

    def laufende(self, tag: dt.date | None = None):
        tag = tag or heute()
        return self.filter(beginn__lte=tag, ende__gte=tag, geschlossen_am=None)


class Runde(Versioniert):
    """A Fassung laid before Gremien or invited persons, from one day to another, both included (Europe/Berlin)."""

    Sichtbarkeit = Sichtbarkeit

    fassung = models.ForeignKey(Fassung, models.PROTECT, related_name="runden", verbose_name="Fassung")
    anlass = Textzeile(
        "Anlass",
        max_length=300,
        blank=True,
        help_text="Steht über der Fassung, z. B. „zur Sitzung des Integrationsrats am 22.11.2016“.",
    )
    hinweis = Text(
        "Hinweis an die Beteiligten", blank=True, help_text="Steht in der Einladung und auf der Seite der Runde."
    )
    gremien = models.ManyToManyField(Gremium, blank=True, related_name="runden", verbose_name="Gremien")
    personen = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="runden", verbose_name="Einzelne Personen"
    )
    sichtbarkeit = models.CharField(
        "Anmerkungen sind sichtbar", max_length=10, choices=Sichtbarkeit.choices, default=Sichtbarkeit.OFFEN
    )
    beginn = models.DateField("Beginn", default=heute)
    ende = models.DateField("Anmerkungen bis", help_text="Der letzte Tag, an dem angemerkt werden kann.")
    eroeffnet_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="eröffnet von",
    )
    eroeffnet_am = models.DateTimeField("eröffnet am", default=timezone.now, editable=False)
    geschlossen_am = models.DateTimeField("vorzeitig beendet am", null=True, editable=False)
    geschlossen_grund = Textzeile("Grund des vorzeitigen Endes", max_length=500, blank=True, editable=False)
    erinnert_am = models.DateField("zuletzt erinnert am", null=True, editable=False)
    zusammengefasst_am = models.DateField("zusammengefasst am", null=True, editable=False)

    objects = RundeQuerySet.as_manager()

    class Meta:
        verbose_name = "Runde"
        verbose_name_plural = "Runden"
        ordering = ["-beginn", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ende__gte=F("beginn")),
                name="runde_vorwaerts",
                violation_error_message="Das Ende der Runde liegt vor ihrem Beginn.",
            ),
            nur_aus("sichtbarkeit", Sichtbarkeit, "runde_sichtbarkeit_gueltig"),
        ]

    def __str__(self):
        return f"{self.fassung}: {self.anlass or f'Anmerkungen bis {am(self.ende)}'}"

    @property
    def konzept(self):
        return self.fassung.konzept

    def laeuft(self, tag: dt.date | None = None) -> bool:
        """Whether one may comment on that day (today)."""
        return self.geschlossen_am is None and self.beginn <= (tag or heute()) <= self.ende

    def beendet(self, tag: dt.date | None = None) -> bool:
        return self.geschlossen_am is not None or (tag or heute()) > self.ende

    @property
    def verlaengerbar(self) -> bool:
        """What the administration has read of an internal Runde at its end cannot be hidden again."""
        return not self.beendet() or self.sichtbarkeit == Sichtbarkeit.OFFEN

    @property
    def verschlossen(self) -> bool:
        """Whether only those who take part read what is said: the Runde is internal and not over."""
        return self.sichtbarkeit == Sichtbarkeit.INTERN and not self.beendet()

    @property
    def letzter_tag(self) -> dt.date:
        """The day on which it ended or will end."""
        return heute(self.geschlossen_am) if self.geschlossen_am else self.ende

    @property
    def tage_noch(self) -> int:
        """How many days are left after today; 0 on the last one."""
        return (self.ende - heute()).days

    def nimmt_teil(self, benutzer) -> bool:
        """Whether the Fassung was laid before this account. One query beyond the roles of the account."""
        return Runde.objects.fuer_teilnehmende(benutzer).filter(pk=self.pk).exists()


bleibt(Runde, "fassung")
Mauer(Runde.gremien.through, "runde__fassung__konzept__kommune", "gremium__kommune", ersatz=False)


class Verlaengerung(models.Model):
    """A Runde was given more time, and why."""

    runde = models.ForeignKey(Runde, models.CASCADE, related_name="verlaengerungen", verbose_name="Runde")
    bisher = models.DateField("bisheriges Ende")
    bis = models.DateField("neues Ende")
    grund = Textzeile("Grund", max_length=500)
    verlaengert_am = models.DateTimeField("verlängert am", default=timezone.now, editable=False)
    verlaengert_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="verlängert von"
    )

    class Meta:
        verbose_name = "Verlängerung"
        verbose_name_plural = "Verlängerungen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bis__gt=F("bisher")),
                name="verlaengerung_spaeter",
                violation_error_message="Das neue Ende liegt nicht nach dem bisherigen.",
            )
        ]

    def __str__(self):
        return f"bis {am(self.bis)}: {self.grund}"


class Beteiligtenwechsel(models.Model):
    """Somebody came into a Runde, or went out of it, after it was opened; shown to everybody who takes part."""

    runde = models.ForeignKey(Runde, models.CASCADE, related_name="wechsel", verbose_name="Runde")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="wer")
    kam = models.BooleanField("kam dazu")
    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now, editable=False)
    durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="durch"
    )

    class Meta:
        verbose_name = "Wechsel der Beteiligten"
        verbose_name_plural = "Wechsel der Beteiligten"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.person} {'kam dazu' if self.kam else 'ist nicht mehr dabei'}"


class Lesestand(models.Model):
    """Until when an account has seen the Anmerkungen of a Runde."""

    runde = models.ForeignKey(Runde, models.CASCADE, related_name="lesestaende", verbose_name="Runde")
    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lesestaende", verbose_name="Benutzerkonto"
    )
    gelesen_bis = models.DateTimeField("gelesen bis")

    class Meta:
        verbose_name = "Lesestand"
        verbose_name_plural = "Lesestände"
        constraints = [models.UniqueConstraint(fields=["runde", "benutzer"], name="lesestand_einmal")]

    def __str__(self):
        return f"{self.benutzer}: {self.runde}"
