"""Use cases: a new Vorlage with what can be suggested, the results of a sitting, the labels of a Kommune."""

from konzept.fassungen.models import Fassung, FassungArt
from konzept.heute import beginn_von
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest

from .models import Bereich, Kopfzeile, Vorlage, Vorlagenkopf

OHNE_BESCHLUSS = frozenset({Vorlage.Art.INFORMATION, Vorlage.Art.MITTEILUNG, Vorlage.Art.BERICHT})
WEITERE_ABSCHNITTE = {Vorlage.Art.ANFRAGE: ("Fragen", "Antwort der Verwaltung"), Vorlage.Art.ANTRAG: ("Antrag",)}


def schlage_vor(vorlage: Vorlage) -> None:
    """Give a new, saved Vorlage the Beschlussvorschlag and the sections that its kind usually has."""
    konzept = vorlage.konzept
    zeitraum = f" {konzept.gueltig_ab}–{konzept.gueltig_bis}" if konzept.gueltig_ab and konzept.gueltig_bis else ""
    if vorlage.art in OHNE_BESCHLUSS:
        punkte = [f"„{konzept.titel}“ (Anlage 1) wird zur Kenntnis genommen."]
    elif vorlage.art in WEITERE_ABSCHNITTE:
        punkte = []
    else:
        punkte = [
            f"„{konzept.titel}“{zeitraum if zeitraum not in konzept.titel else ''} (Anlage 1) wird beschlossen.",
            "Die Verwaltung wird beauftragt, die Maßnahmen umzusetzen und über den Stand der Umsetzung zu berichten.",
        ]
    for platz, text in enumerate(punkte, start=1):
        vorlage.beschlusspunkte.create(text=text, reihenfolge=platz)
    for platz, titel in enumerate(WEITERE_ABSCHNITTE.get(vorlage.art, ()), start=1):
        vorlage.abschnitte.create(titel=titel, reihenfolge=platz)


def halte_fest_wer_sie_sieht(vorlage: Vorlage, war_oeffentlich: bool, benutzer) -> None:
    """Log that a saved Vorlage became öffentlich or nichtöffentlich; nothing where it stayed what it was."""
    if vorlage.oeffentlich != war_oeffentlich:
        text = f"jetzt {vorlage.status}: {vorlage}"
        halte_fest(Ereignis.VORLAGE, kommune=vorlage.konzept.kommune, benutzer=benutzer, text=text)


def speichere_ergebnis(formulare: dict) -> None:
    """Write the checked forms of `forms.ergebnis_formulare`; the Vorlage itself stays as it is."""
    for name, formular in formulare.items():
        if name != "form":
            formular.save()


def beschlussfassung(vorlage: Vorlage) -> Fassung | None:
    """The newest Fassung that names a sitting of a Vorlage as its decision, which holds. One query."""
    alle = vorlage.konzept.fassungen.fuer_liste().filter(beschluss__station__vorlage=vorlage)
    return next((f for f in alle.order_by("-nummer") if f.ist_beschlossen), None)


def moegliche_beschlussfassung(vorlage: Vorlage) -> Fassung | None:
    """The newest Beschlussfassung that names no sitting, though it may be what was frozen once a Vorlage was decided:
    later than the Fassung that it laid before the council, and where that was the Arbeitsstand, not before the day of
    the decision. One query."""
    alle = vorlage.konzept.fassungen.fuer_liste().filter(beschluss__station=None, art=FassungArt.BESCHLUSS)
    if vorlage.fassung:
        alle = alle.filter(nummer__gte=vorlage.fassung.nummer)
    elif vorlage.entscheidung.datum:
        alle = alle.filter(festgeschrieben_am__gte=beginn_von(vorlage.entscheidung.datum))
    return alle.order_by("-nummer").first()


def setze_kopf(kopf: Vorlagenkopf, zeilen: dict[Bereich, list[tuple[str, str, bool]]]) -> None:
    """Write (part, label, whether it prints) of every part, in order; makes the Vorlagenkopf where it is new."""
    if kopf._state.adding:
        # The version of one that does not exist yet counts as 0, so that of two who create it the second one is told.
        kopf.version = 1
        kopf.save()
    Kopfzeile.objects.bulk_create(
        [
            Kopfzeile(kopf=kopf, teil=teil, bezeichnung=bezeichnung, gezeigt=gezeigt, reihenfolge=platz)
            for folge in zeilen.values()
            for platz, (teil, bezeichnung, gezeigt) in enumerate(folge, start=1)
        ],
        update_conflicts=True,
        unique_fields=["kopf", "teil"],
        update_fields=["bezeichnung", "gezeigt", "reihenfolge"],
    )
