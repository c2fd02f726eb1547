"""The free outline of a concept."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import KeinRing
from konzept.textfelder import Textzeile

from .basis import TEXT_HILFE, Geordnet, Versioniert, nur_aus
from .konzept import Konzept
from .verbund import Verbund, gemeinsam_mit


class Zaehlung(models.TextChoices):
    """How an element is numbered among its siblings when no shown number is set."""

    DEZIMAL = "dezimal", "1, 1.1, 1.1.1"
    TEIL = "teil", "Teil A, Teil B"
    BUCHSTABE = "buchstabe", "a, b, c"
    OHNE = "ohne", "ohne Nummer"


class AbschnittQuerySet(models.QuerySet):
    def fuer_formular(self):
        """One query: the Abschnitt with concept, Kommune and who saved last."""
        return self.select_related("konzept__kommune", "geaendert_von")


class AbschnittInhalt(models.TextChoices):
    LEITLINIEN = "leitlinien", "Leitlinien"
    PROZESS = "prozess", "Prozessschritte"
    HANDLUNGSFELDER = "handlungsfelder", "Handlungsfelder mit Zielen und Maßnahmen"
    QUERSCHNITT = "querschnitt", "Querschnittsaufgaben"
    GREMIEN = "gremien", "Gremien und Beteiligung"
    ANGEBOTE = "angebote", "Angebote"
    INDIKATOREN = "indikatoren", "Indikatoren"
    MITWIRKENDE = "mitwirkende", "Mitwirkende"
    KOSTEN = "kosten", "Kostenübersicht"
    ZEITPLAN = "zeitplan", "Zeitplan der Maßnahmen"


class Abschnitt(Geordnet, Versioniert):
    """A chapter or section: rich text, then at most one structured content, then its own sub-sections."""

    Inhalt = AbschnittInhalt
    STEHT_UNTER = ("oberabschnitt", "konzept")

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="abschnitte", verbose_name="Konzept")
    oberabschnitt = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="unterabschnitte",
        verbose_name="steht unter",
    )
    titel = Textzeile("Titel", max_length=300)
    kurztitel = Textzeile("Kurzer Titel für die Gliederung", max_length=80, blank=True)
    zaehlung = models.CharField("Zählung", max_length=10, choices=Zaehlung.choices, default=Zaehlung.DEZIMAL)
    nummer = Textzeile(
        "Gezeigte Nummer", max_length=20, blank=True, help_text="Leer lassen, dann wird gezählt."
    )
    text = Fliesstext("Text", blank=True, help_text=TEXT_HILFE)
    inhalt = models.CharField("Hier steht außerdem", max_length=20, choices=Inhalt.choices, blank=True)

    objects = AbschnittQuerySet.as_manager()

    class Meta(Geordnet.Meta):
        verbose_name = "Abschnitt"
        verbose_name_plural = "Abschnitte"
        constraints = [
            models.CheckConstraint(
                condition=Q(oberabschnitt__isnull=True) | ~Q(oberabschnitt=F("pk")),
                name="abschnitt_nicht_unter_sich",
                violation_error_message="Ein Abschnitt kann nicht unter sich selbst stehen.",
            ),
            gemeinsam_mit("konzept", "abschnitt_mit_konzept"),
            Verbund(
                gemeinsam="konzept",
                verweis="oberabschnitt",
                name="abschnitt_unter_eigenem",
                violation_error_message="Dieser Abschnitt gehört zu einem anderen Konzept.",
            ),
            models.UniqueConstraint(
                fields=["konzept", "inhalt"],
                condition=Q(inhalt="handlungsfelder"),
                name="handlungsfelder_an_einer_stelle",
                violation_error_message="Die Handlungsfelder stehen schon in einem anderen Abschnitt.",
            ),
            nur_aus("inhalt", AbschnittInhalt, "abschnitt_inhalt_gueltig", leer=True),
            nur_aus("zaehlung", Zaehlung, "abschnitt_zaehlung_gueltig"),
        ]

    def __str__(self):
        return self.titel

    def clean(self):
        """Keep the outline a tree. At most one query."""
        if self.oberabschnitt and (grund := self.hindernis_unter(self.oberabschnitt)):
            raise ValidationError({"oberabschnitt": grund})

    def hindernis_unter(self, oben):
        eltern = dict(Abschnitt.objects.filter(konzept=self.konzept_id).values_list("pk", "oberabschnitt"))
        gesehen, stelle = {self.pk}, oben.pk if isinstance(oben, Abschnitt) else None
        while stelle is not None and stelle not in gesehen:
            gesehen.add(stelle)
            stelle = eltern.get(stelle)
        return "Ein Abschnitt kann nicht unter sich selbst stehen." if stelle is not None else ""

    def mit_unterabschnitten(self) -> set[int]:
        """The keys of this Abschnitt and of all below it, however deep. One query."""
        unter: dict[int | None, list[int]] = {}
        for pk, oben in Abschnitt.objects.filter(konzept=self.konzept_id).values_list("pk", "oberabschnitt"):
            unter.setdefault(oben, []).append(pk)
        gefunden, offen = {self.pk}, [self.pk]
        while offen:
            dazu = [pk for pk in unter.get(offen.pop(), ()) if pk not in gefunden]
            gefunden.update(dazu)
            offen += dazu
        return gefunden


KeinRing(Abschnitt, "oberabschnitt", schloss="konzept")
