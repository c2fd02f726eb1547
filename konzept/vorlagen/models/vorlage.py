"""The Vorlage: the paper that the administration lays before the council, and everything written on it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q

from konzept import rechte
from konzept.fassungen.models import Fassung
from konzept.fliesstextfeld import Fliesstext
from konzept.mauern import Mauer
from konzept.models import Konzept
from konzept.models.basis import TEXT_HILFE, Geordnet, Versioniert, nur_aus
from konzept.models.bedingungen import Bedingung
from konzept.textfelder import Textzeile


class VorlageArt(models.TextChoices):
    BESCHLUSS = "beschluss", "Beschlussvorlage"
    INFORMATION = "information", "Informationsvorlage"
    MITTEILUNG = "mitteilung", "Mitteilungsvorlage"
    SITZUNG = "sitzung", "Sitzungsvorlage"
    VERWALTUNG = "verwaltung", "Verwaltungsvorlage"
    DRUCKSACHE = "drucksache", "Beschlussdrucksache"
    BERICHT = "bericht", "Bericht"
    ANTRAG = "antrag", "Antrag"
    ANFRAGE = "anfrage", "Anfrage"


class VorlageQuerySet(models.QuerySet):
    def mit_konzept(self):
        """With the concept, its Kommune, the Fassung (without its tree) and who saved last."""
        bezuege = self.select_related("konzept__kommune", "fassung", "geaendert_von")
        return bezuege.defer("fassung__inhalt", "fassung__notiz")

    def sichtbar_fuer(self, benutzer, konzept: Konzept):
        """The Vorlagen of a concept that an account may see which reads the concept.  The list that belongs to
        `nichtoeffentlich`."""
        alle = self.filter(konzept=konzept)
        return alle if rechte.darf(benutzer, rechte.NICHTOEFFENTLICHES, konzept) else alle.filter(oeffentlich=True)

    def fuer_liste(self):
        """Ready for the list, the newest first. Three queries."""
        folge = self.mit_konzept().prefetch_related("stationen__gremium")
        return folge.order_by(models.F("datum").desc(nulls_first=True), "-pk")

    def fuer_blatt(self):
        """With everything that prints. Nine queries: one for each kind of part, and one for the Gremien."""
        return self.mit_konzept().prefetch_related(
            "beschlusspunkte",
            "abschnitte",
            Prefetch("weitere_anlagen", WeitereAnlage.objects.mit_bezug()),
            "vorgaenge",
            "unterschriften",
            "stationen__gremium",
            "stationen__punktergebnisse",
        )


class Vorlage(Versioniert):
    """Lays a concept before the Gremien of the Beratungsfolge.

    Anlage 1 is the concept: the `fassung`, or without one the Arbeitsstand of the moment. Texts are in the dialect of
    `konzept.fliesstext`; what each section is called, and in which order they print, is the Kommune's Vorlagenkopf.
    """

    Art = VorlageArt
    TEILE = ("beschlusspunkte", "abschnitte", "weitere_anlagen", "vorgaenge", "unterschriften", "stationen")

    konzept = models.ForeignKey(Konzept, models.CASCADE, related_name="vorlagen", verbose_name="Konzept")
    fassung = models.ForeignKey(
        Fassung,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vorlagen",
        verbose_name="Anlage 1: Fassung des Konzepts",
        help_text="Ohne Fassung wird der Arbeitsstand angehängt und als solcher gekennzeichnet.",
    )
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.BESCHLUSS)
    nummer = Textzeile(
        "Drucksachennummer",
        max_length=60,
        blank=True,
        help_text="So, wie das Ratsbüro sie vergibt, z. B. FB2/0357/2016.",
    )
    datum = models.DateField("Datum", null=True, blank=True)
    oeffentlich = models.BooleanField("öffentlich", default=True)
    federfuehrend = Textzeile("Federführende Stelle", max_length=200, blank=True)
    berichterstattung = Textzeile("Berichterstattung", max_length=200, blank=True)
    aktenzeichen = Textzeile("Aktenzeichen", max_length=100, blank=True)
    betreff = Textzeile("Betreff", max_length=300)
    sachverhalt = Fliesstext("Sachverhalt", blank=True, help_text=TEXT_HILFE)
    begruendung = Fliesstext("Begründung", blank=True, help_text=TEXT_HILFE)
    finanzen = Fliesstext("Finanzielle Auswirkungen", blank=True, help_text=TEXT_HILFE)
    konzeptkosten = models.BooleanField(
        "Kosten des Konzepts als Übersicht drucken",
        default=True,
        help_text="Die Summen stammen aus den Maßnahmen der Anlage 1.",
    )
    stellenanteile = models.DecimalField(
        "Stellenanteile",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="In Vollzeitstellen, z. B. 1,5.",
    )

    objects = VorlageQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorlage"
        verbose_name_plural = "Vorlagen"
        ordering = ["konzept", "-datum", "-pk"]
        constraints = [
            nur_aus("art", VorlageArt, "vorlage_art_gueltig"),
            models.CheckConstraint(
                condition=Q(stellenanteile__isnull=True) | Q(stellenanteile__gte=0),
                name="vorlage_stellenanteile_positiv",
                violation_error_message="Ein Stellenanteil ist nicht negativ.",
            ),
        ]

    def __str__(self):
        return f"{self.nummer}: {self.betreff}" if self.nummer else self.betreff

    def clean(self):
        if self.fassung_id and self.fassung.konzept_id != self.konzept_id:
            raise ValidationError({"fassung": "Diese Fassung gehört zu einem anderen Konzept."})

    @property
    def status(self) -> str:
        return "nichtöffentlich" if self.nichtoeffentlich else "öffentlich"

    @property
    def nichtoeffentlich(self) -> bool:
        """Whether seeing it is a right of its own (see `konzept.zugriff.hole`)."""
        return not self.oeffentlich

    @property
    def entscheidung(self):
        """The last Station that decides, or None. No queries where the Stationen were read."""
        return next((s for s in reversed(self.stationen.all()) if s.rolle == s.Rolle.ENTSCHEIDUNG), None)


Mauer(Vorlage, "konzept", "fassung__konzept")


class Beschlusspunkt(Geordnet):
    """One point of the Beschlussvorschlag; points are numbered as they stand, a single one is not."""

    vorlage = models.ForeignKey(Vorlage, models.CASCADE, related_name="beschlusspunkte", verbose_name="Vorlage")
    text = Fliesstext("Wortlaut", help_text=TEXT_HILFE)

    class Meta(Geordnet.Meta):
        verbose_name = "Beschlusspunkt"
        verbose_name_plural = "Beschlussvorschlag"

    def __str__(self):
        return " ".join(self.text.split())[:80]


class Vorlagenabschnitt(Geordnet):
    """A section of the Vorlage's own, such as "Auswirkungen auf das Klima"; without text it does not print."""

    vorlage = models.ForeignKey(Vorlage, models.CASCADE, related_name="abschnitte", verbose_name="Vorlage")
    titel = Textzeile("Überschrift", max_length=200, blank=True)
    text = Fliesstext("Text", blank=True, help_text=TEXT_HILFE)

    class Meta(Geordnet.Meta):
        verbose_name = "Abschnitt der Vorlage"
        verbose_name_plural = "Weitere Abschnitte"

    def __str__(self):
        return self.titel or " ".join(self.text.split())[:80]


class AnlageArt(models.TextChoices):
    """A paper of its own, or a print of the product that is bound in."""

    GESONDERT = "gesondert", "Eigenes Papier, liegt gesondert bei"
    SYNOPSE = "synopse", "Synopse"
    ABWAEGUNG = "abwaegung", "Abwägungstabelle"


def _leer(*namen: str) -> dict[str, bool]:
    return {f"{name}__isnull": True for name in namen}


class AnlageQuerySet(models.QuerySet):
    def mit_bezug(self):
        """With what they are made of, without trees. One query."""
        gross = (f"{name}__{feld}" for name in ("alt", "neu", "runde__fassung") for feld in ("inhalt", "wappen"))
        return self.select_related("alt__konzept", "neu", "runde__fassung").defer(*gross)


class WeitereAnlage(Geordnet):
    """An annex behind the concept; they count from Anlage 2.

    A Synopse goes from the Fassung `alt` to `neu`, which without one is Anlage 1. `titel` may be empty where the
    product prints it: see `anlagen.titel`.
    """

    Art = AnlageArt

    vorlage = models.ForeignKey(Vorlage, models.CASCADE, related_name="weitere_anlagen", verbose_name="Vorlage")
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.GESONDERT)
    titel = Textzeile("Bezeichnung", max_length=300, blank=True)
    alt = models.ForeignKey(
        Fassung, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Früherer Stand"
    )
    neu = models.ForeignKey(
        Fassung,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Späterer Stand",
        help_text="Nur bei einer Synopse.",
    )
    runde = models.ForeignKey(
        "beratung.Runde", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Runde"
    )

    objects = AnlageQuerySet.as_manager()

    class Meta(Geordnet.Meta):
        verbose_name = "Anlage"
        verbose_name_plural = "Weitere Anlagen"
        constraints = [
            nur_aus("art", AnlageArt, "anlage_art_gueltig"),
            Bedingung(
                condition=Q(art=AnlageArt.GESONDERT, titel__gt="", **_leer("alt", "neu", "runde"))
                | Q(art=AnlageArt.SYNOPSE, alt__isnull=False, **_leer("runde"))
                | Q(art=AnlageArt.ABWAEGUNG, runde__isnull=False, **_leer("alt", "neu")),
                name="anlage_art_und_bezug",
                violation_error_message="Eine Synopse nennt einen früheren Stand, eine Abwägungstabelle eine Runde, "
                "ein eigenes Papier seine Bezeichnung; anderes nennen sie nicht.",
            ),
            Bedingung(
                condition=Q(neu__isnull=True) | ~Q(neu=F("alt")),
                name="anlage_zwei_staende",
                violation_error_message="Das ist derselbe Stand. Wählen Sie einen anderen als den früheren.",
            ),
        ]

    def __str__(self):
        return self.titel or self.get_art_display()

    def clean(self):
        konzept = getattr(getattr(self, "vorlage", None), "konzept", None)
        if konzept is None:
            return
        if self.alt_id and self.alt.konzept.kommune_id != konzept.kommune_id:
            raise ValidationError({"alt": "Diese Fassung gehört zu einer anderen Kommune."})
        if self.neu_id and self.neu.konzept_id != konzept.pk:
            raise ValidationError({"neu": "Diese Fassung gehört zu einem anderen Konzept."})
        if self.runde_id and self.runde.fassung.konzept_id != konzept.pk:
            raise ValidationError({"runde": "Diese Runde gehört zu einem anderen Konzept."})


_GESONDERT = {"art": AnlageArt.GESONDERT.value, "neu": None}
Mauer(WeitereAnlage, "vorlage__konzept__kommune", "alt__konzept__kommune", dann=_GESONDERT)
Mauer(WeitereAnlage, "vorlage__konzept", "neu__konzept")
Mauer(WeitereAnlage, "vorlage__konzept", "runde__fassung__konzept", dann=_GESONDERT)


class Vorgang(Geordnet):
    """An earlier paper or decision on the same matter, such as "§ 8782 (M 132)"."""

    vorlage = models.ForeignKey(Vorlage, models.CASCADE, related_name="vorgaenge", verbose_name="Vorlage")
    nummer = Textzeile("Drucksache oder Beschluss", max_length=100)
    datum = models.DateField("Datum", null=True, blank=True)
    text = Textzeile("Worum es ging", max_length=300, blank=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Vorgang"
        verbose_name_plural = "Bisherige Vorgänge"

    def __str__(self):
        return self.nummer


class Unterschrift(Geordnet):
    """Who signs; several stand side by side."""

    vorlage = models.ForeignKey(Vorlage, models.CASCADE, related_name="unterschriften", verbose_name="Vorlage")
    zusatz = Textzeile("Zusatz", max_length=60, blank=True, help_text="z. B. In Vertretung")
    gezeichnet = models.BooleanField("gez.", default=True)
    name = Textzeile("Name", max_length=200)
    funktion = Textzeile("Funktion", max_length=200, blank=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Unterschrift"
        verbose_name_plural = "Unterschriften"

    def __str__(self):
        return self.name
