"""Taking a proposed wording over: the normal form of the element opens with the wording in its place, unsaved.

What is meant is found in the frozen text: the place itself or one of its parts, or the quoted words in it. It is
replaced only where today's text has exactly this piece exactly once; else the wording is pinned to the form to copy.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Q
from django.forms import BooleanField, FileField
from django.forms.formsets import BaseFormSet
from django.utils import timezone
from django.utils.text import Truncator
from rapidfuzz import fuzz

from konzept.bearbeitung import als_eingaben
from konzept.dokument.baum import texte
from konzept.entwuerfe.ablage import lege_bereit
from konzept.entwuerfe.zettel import Zettel, hefte_an
from konzept.fassungen.vergleich.wortvergleich import ZuLang
from konzept.fliesstext import lies_text, schreibe
from konzept.formularbau.zeilen import sichtbare_zeilen
from konzept.navigation import formular_adresse
from konzept.schreibweise import wie_gesehen
from konzept.verlauf.models import Aenderung
from konzept.werkbank.elemente import NACH_MODELL, finde
from massnahmen.forms import massnahme_formulare
from massnahmen.gliederung import lade_gliederung
from massnahmen.models import Massnahme

from .models import Abwaegungsergebnis, Anmerkung, Stellungnahme
from .seitenrahmen import runden_adresse
from .stellen import Stelle
from .textstuecke import stuecke

AEHNLICH = 40
"""How alike a wording and what it replaces have to be, of 100, where more than one thing can be meant."""
VORSPRUNG = 10
"""By how much the most alike has to be ahead of the next."""

ANDERS = "die Stelle inzwischen anders lautet oder nicht in diesem Formular steht"
MEHRFACH = "die Stelle hier mehr als einmal steht"
UNKLAR = "nicht sicher ist, welcher Text hier gemeint ist"
PASST_NICHT = "er anders gegliedert ist als die Liste oder Tabelle, die hier steht"
ZU_LANG = "der Text dafür zu lang ist"
WARTET = "hier noch Text von Ihnen wartet, den Sie nicht gespeichert haben"


class Einsatz(NamedTuple):
    """A piece of today's form: how its field is called, its text, the field's value with another wording in it."""

    feld: str
    html_name: str
    text: str
    ersetze: Callable[[str], str | None]


class NichtEindeutig(Exception):
    """The wording cannot be put in by itself; the text says why, as the end of a German sentence."""


def bereite_vor(request, anmerkung: Anmerkung, stelle: Stelle) -> str | None:
    """Put the proposed wording of an Anmerkung into the form of the element, in place of what it is about, and pin to
    the form what was done, or why it was not. Nothing is saved. The address of the form, None where the element is
    gone."""
    konzept = anmerkung.konzept
    element = finde(konzept, stelle.anker)
    formular = element and formular_adresse(konzept, stelle.anker)
    if not formular:
        return None
    formulare = _formulare(konzept, element)
    vorschlag = anmerkung.vorschlag.replace("\r\n", "\n").strip()
    try:
        gemeint, woertlich = _gemeintes(stelle, anmerkung.zitat, vorschlag)
        einsatz = _stelle_im_formular(formulare, gemeint)
        neu = _eingesetzt(einsatz, _mit(einsatz.text, woertlich, vorschlag) if woertlich else vorschlag)
        if neu is None:
            raise NichtEindeutig(PASST_NICHT)
        daten = als_eingaben(formulare, element.version)
        daten[einsatz.html_name] = neu
        alt = Truncator(woertlich or einsatz.text).chars(120)
        satz = (
            f"Der Vorschlag zu Randnummer {stelle.rn} ist eingesetzt: im Feld „{einsatz.feld}“ anstelle von „{alt}“. "
            "Gespeichert wird er erst mit „Speichern“."
        )
        if not lege_bereit(request, formular, daten, satz):
            raise NichtEindeutig(WARTET)
        titel = "Vorschlag eingesetzt"
    except NichtEindeutig as grund:
        satz = (
            f"Der Vorschlag zu Randnummer {stelle.rn} ließ sich nicht von selbst einsetzen, weil {grund}. "
            "Hier können Sie ihn kopieren."
        )
        titel = "Vorschlag zum Kopieren"
    herkunft = runden_adresse(anmerkung.runde, "stellungnahme", anmerkung=anmerkung.pk)
    hefte_an(request, formular, Zettel(titel, satz, vorschlag, herkunft))
    return formular


def _eingesetzt(einsatz: Einsatz, neu: str) -> str | None:
    try:
        return einsatz.ersetze(neu)
    except ZuLang as grund:
        raise NichtEindeutig(ZU_LANG) from grund


def _formulare(konzept, element) -> dict:
    if isinstance(element, Massnahme):
        zeile = Massnahme.objects.fuer_formular().get(pk=element.pk)
        return massnahme_formulare(zeile, lade_gliederung(konzept, zeile.handlungsfeld)[0], None)
    return NACH_MODELL[element._meta.model_name].formulare(element, None)


# What is meant in the frozen text


def _gemeintes(stelle: Stelle, zitat: str, vorschlag: str) -> tuple[str, str]:
    """The piece of the frozen text that a wording is for, and the words in it where only these are to be replaced.

    The most alike wins, whole pieces as well as the quoted words. Of running text the whole is meant, unless something
    smaller is more alike.
    """
    teile, ganz = list(map(wie_gesehen, stelle.teile())), wie_gesehen(stelle.text)
    zitat = " ".join(wie_gesehen(zitat).split())
    mit_zitat = [teil for teil in teile if _findet(zitat, teil)] if zitat else []
    if gleiche := [teil for teil in mit_zitat if _schlicht(teil) == _schlicht(zitat)]:
        return gleiche[0], ""
    moeglich = [(fuzz.ratio(vorschlag, teil), teil, "") for teil in mit_zitat or teile]
    if mit_zitat:
        moeglich.append((fuzz.ratio(vorschlag, zitat), min(mit_zitat, key=len), zitat))
    moeglich.sort(key=lambda eines: -eines[0])
    aehnlich, teil, woertlich = moeglich[0]
    if stelle.ist_text and not woertlich and (teil == ganz or (aehnlich < AEHNLICH and len(teile) == 1)):
        return ganz, ""
    andere = [wert for wert, anderer, _ in moeglich if anderer != teil]
    if andere and (aehnlich < AEHNLICH or aehnlich - max(andere) < VORSPRUNG):
        raise NichtEindeutig(UNKLAR)
    if woertlich and any(teil not in anderer for anderer in mit_zitat):
        raise NichtEindeutig(MEHRFACH)
    return teil, woertlich


def _findet(worte: str, text: str) -> list[re.Match]:
    """Where words stand in a text, whatever white space is between them."""
    return list(re.finditer(r"\s+".join(map(re.escape, worte.split())), text))


def _mit(text: str, worte: str, neu: str) -> str:
    treffer = _findet(worte, text)
    if len(treffer) != 1:
        raise NichtEindeutig(MEHRFACH if treffer else ANDERS)
    return text[: treffer[0].start()] + neu + text[treffer[0].end() :]


# Where it stands in today's form


def _stelle_im_formular(formulare: dict, text: str) -> Einsatz:
    gesucht = wie_gesehen(text).split()
    gefunden = [e for e in _einsaetze(formulare) if wie_gesehen(e.text).split() == gesucht]
    if len(gefunden) != 1:
        raise NichtEindeutig(MEHRFACH if gefunden else ANDERS)
    return gefunden[0]


def _einsaetze(formulare: dict) -> Iterator[Einsatz]:
    for formular in formulare.values():
        if not isinstance(formular, BaseFormSet):
            yield from _einsaetze_in(formular)
            continue
        for nummer, zeile in enumerate(sichtbare_zeilen(formular), start=1):
            yield from _einsaetze_in(zeile, formular.einzahl, f"{formular.einzahl} {nummer}")


def _einsaetze_in(formular, einzahl: str = "", zeile: str = "") -> Iterator[Einsatz]:
    for feld in formular.visible_fields():
        if hasattr(feld.field, "choices") or isinstance(feld.field, BooleanField | FileField):
            continue
        wert = feld.field.widget.format_value(feld.value()) or ""
        name = ", ".join(filter(None, [zeile, str(feld.label) if feld.label != einzahl else ""]))
        if getattr(feld.field.widget, "ist_fliesstext", False):
            for stueck in stuecke(lies_text(wert)):
                yield Einsatz(name, feld.html_name, stueck.text, lambda neu, s=stueck: _geschrieben(s.ersetze(neu)))
        elif wert.strip():
            yield Einsatz(name, feld.html_name, wert.strip(), str)


def _geschrieben(bloecke) -> str | None:
    return None if bloecke is None else schreibe(bloecke)


# Afterwards


def vermerke_eingearbeitet(aenderung: Aenderung) -> None:
    """After a change of an element was recorded: the answers whose proposed wording stands in it now, and did not
    before, are worked in. One query, and two where such wordings are open and one where there is something to note."""
    offene = Stellungnahme.objects.filter(
        ~Q(anmerkung__vorschlag=""),
        anmerkung__runde__fassung__konzept=aenderung.konzept_id,
        anmerkung__anker=aenderung.anker,
        ergebnis__in=[Abwaegungsergebnis.UEBERNOMMEN, Abwaegungsergebnis.TEILWEISE],
        eingearbeitet_am=None,
    ).values_list("pk", "anmerkung__vorschlag")
    if not offene:
        return
    fruehere = Aenderung.objects.von(aenderung.kommune_id, aenderung.konzept_id, aenderung.anker)
    davor = fruehere.filter(pk__lt=aenderung.pk).first()
    jetzt, vorher = (_texte_in(eintrag.stand) if eintrag else [] for eintrag in (aenderung, davor))
    fertig = [
        pk
        for pk, vorschlag in offene
        if (wortlaut := _schlicht(vorschlag))
        and sum(text.count(wortlaut) for text in jetzt) > sum(text.count(wortlaut) for text in vorher)
    ]
    if fertig:
        Stellungnahme.objects.filter(pk__in=fertig).update(eingearbeitet_am=timezone.now())


def _texte_in(stand: dict) -> list[str]:
    """What is written in the state of an element and its parts, without emphasis, links and signs."""
    eigene = [_schlicht("".join(texte(lies_text(wert)))) for wert in stand["felder"].values() if isinstance(wert, str)]
    return eigene + [text for teile in stand["teile"].values() for teil in teile for text in _texte_in(teil)]


def _schlicht(text: str) -> str:
    """Letters and digits only, so that wordings can be compared."""
    return "".join(zeichen for zeichen in wie_gesehen(text) if zeichen.isalnum())
