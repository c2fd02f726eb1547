"""What a Kommune calls the parts of its Vorlagen, in which order they print, and which it leaves out."""

from typing import NamedTuple

from django.db import models

from konzept.models import Kommune
from konzept.models.basis import Geordnet, Versioniert, nur_aus
from konzept.textfelder import Textzeile


class Bereich(models.TextChoices):
    """Where a part stands; the order counts within each of them."""

    KOPF = "kopf", "Angaben im Kopf"
    FOLGE = "folge", "Spalten der Beratungsfolge"
    ABSCHNITTE = "abschnitte", "Abschnitte"


class Vorlagenteil(models.TextChoices):
    DRUCKSACHE = "drucksache", "Drucksachennummer"
    DATUM = "datum", "Datum"
    STATUS = "status", "Öffentlich oder nichtöffentlich"
    ART = "art", "Art der Vorlage"
    FEDERFUEHREND = "federfuehrend", "Federführende Stelle"
    BERICHTERSTATTUNG = "berichterstattung", "Berichterstattung"
    AKTENZEICHEN = "aktenzeichen", "Aktenzeichen"
    GREMIUM = "gremium", "Gremium"
    SITZUNG = "sitzung", "Tag der Sitzung"
    TOP = "top", "Tagesordnungspunkt"
    ROLLE = "rolle", "Zuständigkeit"
    ERGEBNIS = "ergebnis", "Ergebnis"
    STIMMEN = "stimmen", "Stimmen"
    BERATUNGSFOLGE = "beratungsfolge", "Beratungsfolge"
    BETREFF = "betreff", "Betreff"
    BESCHLUSS = "beschluss", "Beschlussvorschlag"
    SACHVERHALT = "sachverhalt", "Sachverhalt"
    BEGRUENDUNG = "begruendung", "Begründung"
    WEITERE = "weitere", "Weitere Abschnitte"
    FINANZEN = "finanzen", "Finanzielle Auswirkungen"
    VORGAENGE = "vorgaenge", "Bisherige Vorgänge"
    UNTERSCHRIFTEN = "unterschriften", "Unterschriften"
    ANLAGEN = "anlagen", "Anlagen"


class Vorgabe(NamedTuple):
    """A part as it is until a Kommune says otherwise; `ueblich` are the labels found in Vorlagen of other councils."""

    teil: Vorlagenteil
    bereich: Bereich
    bezeichnung: str
    ueblich: tuple[str, ...] = ()
    gezeigt: bool = True


T, B = Vorlagenteil, Bereich
VORGABEN = (
    Vorgabe(T.DRUCKSACHE, B.KOPF, "Drucksache", ("Drucksachen-Nr.", "Drs.Nr.", "GRDrs", "Vorlage", "Vorlagen-Nr.")),
    Vorgabe(T.DATUM, B.KOPF, "Datum", ("vom", "Erstellt am")),
    Vorgabe(T.STATUS, B.KOPF, "Status", ("Sitzungsart", "Öffentlichkeit"), False),
    Vorgabe(T.ART, B.KOPF, "Vorlageart", ("Art", "Vorlage-Art"), False),
    Vorgabe(T.FEDERFUEHREND, B.KOPF, "Federführend", ("Federführende Stelle", "Amt", "Fachbereich", "Dezernat")),
    Vorgabe(
        T.BERICHTERSTATTUNG,
        B.KOPF,
        "Berichterstattung",
        ("Berichterstatter/in", "Verantwortlich", "Dezernent", "Bearbeiter/in", "Bearbeitung"),
    ),
    Vorgabe(T.AKTENZEICHEN, B.KOPF, "Aktenzeichen", ("Az.", "Gz")),
    Vorgabe(T.GREMIUM, B.FOLGE, "Gremium", ("Vorlage an", "Ausschuss")),
    Vorgabe(T.SITZUNG, B.FOLGE, "Sitzungstermin", ("Datum", "Sitzung")),
    Vorgabe(T.TOP, B.FOLGE, "TOP", ("Tagesordnungspunkt",)),
    Vorgabe(T.ROLLE, B.FOLGE, "Zuständigkeit", ("zur", "Aufgabe")),
    Vorgabe(T.ERGEBNIS, B.FOLGE, "Ergebnis", ("Beschluss", "Beratungsergebnis")),
    Vorgabe(T.STIMMEN, B.FOLGE, "Abstimmung", ("Stimmen", "Stimmenverhältnis")),
    Vorgabe(T.BERATUNGSFOLGE, B.ABSCHNITTE, "Beratungsfolge", ("Beratung", "Vorlage an")),
    Vorgabe(T.BETREFF, B.ABSCHNITTE, "Betreff", ("Betreff:", "Gegenstand", "Thema")),
    Vorgabe(
        T.BESCHLUSS,
        B.ABSCHNITTE,
        "Beschlussvorschlag",
        ("Beschlussentwurf", "Beschlußantrag", "Beschlussantrag", "Beschlussempfehlung"),
    ),
    Vorgabe(T.SACHVERHALT, B.ABSCHNITTE, "Sachverhalt", ("Sachdarstellung", "Anlass", "Sach- und Rechtslage")),
    Vorgabe(T.BEGRUENDUNG, B.ABSCHNITTE, "Begründung", ("Begründung:", "Erläuterung")),
    Vorgabe(T.WEITERE, B.ABSCHNITTE, ""),
    Vorgabe(
        T.FINANZEN,
        B.ABSCHNITTE,
        "Finanzielle Auswirkungen",
        ("Kosten und Finanzierung", "Auswirkungen auf den Haushalt"),
    ),
    Vorgabe(T.VORGAENGE, B.ABSCHNITTE, "Bisherige Vorgänge", ("Vorgang", "Frühere Beschlüsse", "Bezug")),
    Vorgabe(T.UNTERSCHRIFTEN, B.ABSCHNITTE, "", ("gezeichnet:", "Unterschrift", "Mitzeichnung")),
    Vorgabe(T.ANLAGEN, B.ABSCHNITTE, "Anlagen", ("Anlage/n", "Anlagenverzeichnis")),
)
del T, B
JE_TEIL = {vorgabe.teil: vorgabe for vorgabe in VORGABEN}


class Vorlagenkopf(Versioniert):
    """The labels of one Kommune; without one it uses those of `VORGABEN`."""

    TEILE = ("zeilen",)

    kommune = models.OneToOneField(
        Kommune, models.CASCADE, related_name="vorlagenkopf", editable=False, verbose_name="Kommune"
    )

    class Meta:
        verbose_name = "Vorlagenkopf"
        verbose_name_plural = "Vorlagenköpfe"

    def __str__(self):
        return f"Vorlagenkopf: {self.kommune}"


class Kopfzeile(Geordnet):
    """One part: what it is called (may be empty: then it has no heading), and whether it prints."""

    kopf = models.ForeignKey(Vorlagenkopf, models.CASCADE, related_name="zeilen", verbose_name="Vorlagenkopf")
    teil = models.CharField("Teil", max_length=20, choices=Vorlagenteil.choices)
    bezeichnung = Textzeile("Bezeichnung", max_length=80, blank=True)
    gezeigt = models.BooleanField("drucken", default=True)

    class Meta(Geordnet.Meta):
        verbose_name = "Teil der Vorlage"
        verbose_name_plural = "Teile der Vorlage"
        constraints = [
            models.UniqueConstraint(fields=["kopf", "teil"], name="kopfzeile_einmal"),
            nur_aus("teil", Vorlagenteil, "kopfzeile_teil_gueltig"),
        ]

    def __str__(self):
        return self.get_teil_display()

    @property
    def bereich(self) -> Bereich:
        return JE_TEIL[self.teil].bereich


def zeilen_fuer(kommune: Kommune) -> dict[Bereich, list[Kopfzeile]]:
    """Every part in its order, those that the Kommune has not named as unsaved rows behind the others. One query."""
    gespeichert = {zeile.teil: zeile for zeile in Kopfzeile.objects.filter(kopf__kommune=kommune)}
    alle: dict[Bereich, list[Kopfzeile]] = {bereich: [] for bereich in Bereich}
    fehlt = [vorgabe for vorgabe in VORGABEN if vorgabe.teil not in gespeichert]
    for zeile in gespeichert.values():
        alle[zeile.bereich].append(zeile)
    for vorgabe in fehlt:
        zeile = Kopfzeile(teil=vorgabe.teil, bezeichnung=vorgabe.bezeichnung, gezeigt=vorgabe.gezeigt)
        alle[vorgabe.bereich].append(zeile)
    return alle
