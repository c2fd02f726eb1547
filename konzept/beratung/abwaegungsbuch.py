"""The Abwägungstabellen for the Vorlagen whose annex they are (see `konzept.vorlagen.abwaegungen`)."""

from django.db.models import Exists, OuterRef

from konzept.heute import am, heute
from konzept.models import Konzept
from konzept.vorlagen.abwaegungen import Abwaegungsangebot, Abwaegungsbuch

from .abwaegungstabelle import Zeile, als_html, zeilen
from .models import Anmerkung, Runde
from .seitenrahmen import runden_adresse


def biete_an(konzept: Konzept) -> list[Abwaegungsangebot]:
    """The Abwägungstabelle of each Runde of the concept, as something to bind into a Vorlage; the newest first. One
    query."""
    frei = Anmerkung.objects.filter(stellungnahme__freigegeben_am__isnull=False)
    gesagt = Anmerkung.objects.filter(runde=OuterRef("pk")).oeffentliche()
    runden = Runde.objects.mit_fassung().filter(fassung__konzept=konzept)
    runden = runden.annotate(offen=Exists(gesagt.exclude(pk__in=frei.values("pk"))))
    return [_angebot(runde) for runde in runden.order_by("-beginn", "-pk")]


def _angebot(runde: Runde) -> Abwaegungsangebot:
    intern = runde.sichtbarkeit == Runde.Sichtbarkeit.INTERN
    return Abwaegungsangebot(runde.pk, str(runde), runden_adresse(runde, "abwaegung"), _hindernis(runde), intern)


def _hindernis(runde: Runde) -> str:
    if not runde.beendet():
        return f"Die Runde endet erst am {am(runde.ende)}."
    return "Noch nicht alle Stellungnahmen sind freigegeben." if runde.offen else ""


def html(runde: int, namen: bool) -> str:
    """What is said to the administration in a Runde, with what was released of the answers. Two queries."""
    gefunden = Runde.objects.mit_fassung().get(pk=runde)
    tabelle = zeilen(Anmerkung.objects.filter(runde=gefunden))
    return als_html(gefunden, tabelle if namen else _ohne_namen(tabelle), heute())


def _ohne_namen(tabelle: list[Zeile]) -> list[Zeile]:
    """The rows with a number in place of each name; the same person has the same number everywhere."""
    nummern: dict[str, int] = {}
    return [zeile._replace(von=f"Nr.\u00a0{nummern.setdefault(zeile.von, len(nummern) + 1)}") for zeile in tabelle]


BUCH = Abwaegungsbuch(biete_an, html)
