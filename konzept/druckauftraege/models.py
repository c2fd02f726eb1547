"""The job of a print: what it is made from, how far it is, what came of it; who waits for it; what is to be printed
before anybody does; and the pieces of prints that are kept for the next one."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from konzept.heute import am, heute, um
from konzept.hintergrund.models import OFFEN, Auftrag, AuftragQuerySet, Status
from konzept.models import Konzept
from konzept.textfelder import Text

VORAB = -1
"""The `prio` of a print for which nobody has asked yet."""


class DruckauftragQuerySet(AuftragQuerySet):
    def gewuenschte(self):
        """What somebody has asked for."""
        return self.filter(prio__gt=VORAB)

    def vorab(self):
        """What is made ahead, or was, and nobody has asked for it since (see `vorab`)."""
        return self.filter(prio__lte=VORAB)

    def faellige(self, jetzt):
        """What only those wait for who have something in print already comes last, so that one who asks for much does
        not keep all others waiting."""
        gedruckt = Wartender.objects.filter(auftrag__status=Status.LAEUFT).values("konto")
        wartende = Wartender.objects.filter(auftrag=OuterRef("pk"))
        nachrangig = Q(Exists(wartende)) & ~Q(Exists(wartende.exclude(konto__in=gedruckt)))
        rang = Case(When(nachrangig, then=1), default=0, output_field=models.SmallIntegerField())
        return super().faellige(jetzt).order_by(rang, "-prio", "ab", "pk")

    def ohne_inhalt(self):
        """Without the Aufnahme and the PDF, which may have some MB."""
        return self.defer("aufnahme", "datei")


class Druckauftrag(Auftrag):
    """A print, from being asked for to the finished PDF, kept for a few days so that nobody waits twice for the same.

    `aufnahme` is all that flows into it, as it was at `angelegt_am` (see `aufnahme.Aufnahme`), until it is finished;
    `schluessel` stands for that and for the program: whoever asks for the same gets the same job. `gegenstand` names
    what of the concept it is, for those who ask after it (see `auftraege.hole`); `titel` says it in words, and `ort` is
    the address at which one asks. `fertige` of `teile` are typeset.
    """

    konzept = models.ForeignKey(
        Konzept, models.CASCADE, editable=False, related_name="druckauftraege", verbose_name="Konzept"
    )
    art = models.CharField("Art", max_length=30, editable=False)
    gegenstand = models.CharField("Gegenstand", max_length=300, editable=False)
    titel = Text("Was", blank=True, editable=False)
    ort = Text("Adresse", blank=True, editable=False)
    schluessel = models.CharField("Schlüssel", max_length=64, editable=False)
    aufnahme = models.BinaryField("Aufnahme")
    datei = models.BinaryField("Datei", null=True)
    fertige = models.PositiveIntegerField("gesetzte Teile", default=0, editable=False)
    teile = models.PositiveIntegerField("Teile", default=0, editable=False)

    objects = DruckauftragQuerySet.as_manager()

    class Meta(Auftrag.Meta):
        verbose_name = "Druckauftrag"
        verbose_name_plural = "Druckaufträge"
        ordering = ["-angelegt_am", "-pk"]
        constraints = [
            *Auftrag.Meta.constraints,
            models.UniqueConstraint(
                fields=["konzept", "schluessel"],
                condition=Q(status__in=[*OFFEN, Status.FERTIG]),
                name="druckauftrag_einmal",
                violation_error_message="Diesen Druckauftrag gibt es bereits.",
            ),
        ]

    def __str__(self):
        return self.titel or f"{self.art} {self.gegenstand}"

    @property
    def ist_vorab(self) -> bool:
        return self.prio <= VORAB

    @property
    def stand(self) -> str:
        """ "14:03 Uhr", on another day with its date: of when what it prints is."""
        tag = "" if heute(self.angelegt_am) == heute() else f"{am(self.angelegt_am)}, "
        return f"{tag}{um(self.angelegt_am)} Uhr"

    @property
    def sekunden(self) -> int:
        """How long somebody has been at work; 0 where nobody is."""
        laeuft = self.status == Status.LAEUFT and self.begonnen_am
        return max(0, round((timezone.now() - self.begonnen_am).total_seconds())) if laeuft else 0


class Wartender(models.Model):
    """An account that waits for a print, or has got it. The job ends when the last one leaves."""

    auftrag = models.ForeignKey(Druckauftrag, models.CASCADE, related_name="wartende", verbose_name="Druckauftrag")
    konto = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Konto")
    seit = models.DateTimeField("seit", default=timezone.now)

    class Meta:
        verbose_name = "Wartender"
        verbose_name_plural = "Wartende"
        ordering = ["auftrag", "seit"]
        constraints = [models.UniqueConstraint(fields=["auftrag", "konto"], name="wartender_einmal")]

    def __str__(self):
        return f"{self.konto} wartet auf {self.auftrag}"


class Satzstueck(models.Model):
    """A piece of a print of a concept, typeset (see `konzept.satz.stueck`): kept for a few days, so that a print after
    an edit sets anew what has changed. `schluessel` stands for all that it was made from."""

    konzept = models.ForeignKey(
        Konzept, models.CASCADE, editable=False, related_name="satzstuecke", verbose_name="Konzept"
    )
    schluessel = models.CharField("Schlüssel", max_length=64, editable=False)
    groesse = models.PositiveIntegerField("Größe", editable=False)
    benutzt_am = models.DateTimeField("benutzt am", editable=False, db_index=True)
    inhalt = models.BinaryField("Inhalt")

    class Meta:
        verbose_name = "Satzstück"
        verbose_name_plural = "Satzstücke"
        ordering = ["konzept", "-benutzt_am"]
        constraints = [models.UniqueConstraint(fields=["konzept", "schluessel"], name="satzstueck_einmal")]

    def __str__(self):
        return f"{self.schluessel[:12]} ({self.groesse} Bytes)"


class VormerkungQuerySet(AuftragQuerySet):
    def faellige(self, jetzt):
        ruht_oder_ueberfaellig = Q(ab__lte=jetzt) | Q(spaetestens__lte=jetzt)
        return self.filter(ruht_oder_ueberfaellig, status=Status.WARTET).order_by("spaetestens", "pk")


class Vormerkung(Auftrag):
    """A concept that was changed, so that its print is to be made ahead: once it has rested until `ab`, which every
    change moves, or at `spaetestens`, which the first one set. Gone when that is begun and nothing changed meanwhile.
    """

    konzept = models.OneToOneField(
        Konzept, models.CASCADE, editable=False, related_name="vormerkung", verbose_name="Konzept"
    )
    spaetestens = models.DateTimeField("spätestens", editable=False)

    objects = VormerkungQuerySet.as_manager()

    class Meta(Auftrag.Meta):
        verbose_name = "Vormerkung"
        verbose_name_plural = "Vormerkungen"
        ordering = ["spaetestens", "pk"]

    def __str__(self):
        return f"Vormerkung {self.konzept_id}"
