"""Taking a proposed wording over: the normal form of the element opens with the wording in its place, unsaved."""

from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from konzept.bearbeitung import als_eingaben
from konzept.fliesstext import Absatz, Lauf, klartext, lies_text, schreibe
from konzept.konten.wiedervorlage import lege_bereit
from konzept.werkbank.elemente import NACH_MODELL, finde
from massnahmen.forms import massnahme_formulare
from massnahmen.gliederung import lade_gliederung
from massnahmen.models import Massnahme
from massnahmen.rahmen import formular_adresse

from .models import Anmerkung, Ergebnis, Stellungnahme
from .stellen import Stelle


class Uebernahme(NamedTuple):
    """Where the form of the element is, None where the element is gone; and whether the wording stands in it."""

    formular: str | None
    eingesetzt: bool


def bereite_vor(request, anmerkung: Anmerkung, stelle: Stelle) -> Uebernahme:
    """Put the proposed wording of an Anmerkung into the form of the element, in place of the paragraph that it is
    about. Nothing is saved. Not possible where the paragraph reads differently today, or where text waits there."""
    konzept = anmerkung.konzept
    element = finde(konzept, stelle.anker)
    formular = element and formular_adresse(konzept, stelle.anker)
    if not formular:
        return Uebernahme(None, False)
    daten = als_eingaben(formulare := _formulare(konzept, element), element.version)
    for feld in formulare["form"]:
        if isinstance(feld.value(), str) and (neu := _ersetzt(feld.value(), stelle, anmerkung.vorschlag)):
            daten[feld.html_name] = neu
            grund = f"Der Vorschlag aus der Beratung zu Randnummer {stelle.rn} ist eingesetzt."
            return Uebernahme(formular, lege_bereit(request, formular, daten, grund))
    return Uebernahme(formular, False)


def _formulare(konzept, element) -> dict:
    if isinstance(element, Massnahme):
        zeile = Massnahme.objects.fuer_formular().get(pk=element.pk)
        return massnahme_formulare(zeile, lade_gliederung(konzept, zeile.handlungsfeld)[0], None)
    return NACH_MODELL[element._meta.model_name].formulare(element, None)


def _ersetzt(text: str, stelle: Stelle, vorschlag: str) -> str | None:
    """A rich text with the one paragraph replaced that reads as the place does; None where there is no such."""
    bloecke = lies_text(text)
    treffer = [i for i, b in enumerate(bloecke) if isinstance(b, Absatz) and klartext(b.laeufe) == stelle.text]
    if not stelle.ist_text or len(treffer) != 1:
        return None
    neue = tuple(
        Absatz(laeufe=(Lauf(text="\n".join(zeilen)),))
        for absatz in vorschlag.replace("\r\n", "\n").split("\n\n")
        if (zeilen := [zeile.strip() for zeile in absatz.split("\n") if zeile.strip()])
    )
    return schreibe((*bloecke[: treffer[0]], *neue, *bloecke[treffer[0] + 1 :]))


def vermerke_eingearbeitet(aenderung) -> None:
    """After a change of an element was recorded: the answers whose proposed wording stands in it now are worked in.
    One query, and one where there is something to note."""
    offene = Stellungnahme.objects.filter(
        ~Q(anmerkung__vorschlag=""),
        anmerkung__runde__fassung__konzept=aenderung.konzept_id,
        anmerkung__anker=aenderung.anker,
        ergebnis__in=[Ergebnis.UEBERNOMMEN, Ergebnis.TEILWEISE],
        eingearbeitet_am=None,
    ).values_list("pk", "anmerkung__vorschlag")
    texte = [_schlicht(wert) for wert in aenderung.stand["felder"].values() if isinstance(wert, str)]
    fertig = [pk for pk, vorschlag in offene if any(_schlicht(vorschlag) in text for text in texte)]
    if fertig:
        Stellungnahme.objects.filter(pk__in=fertig).update(eingearbeitet_am=timezone.now())


def _schlicht(text: str) -> str:
    """Without the marks of the dialect and with single spaces, so that wordings can be compared."""
    return " ".join("".join(zeichen for zeichen in text if zeichen not in "\\*_`").split())
