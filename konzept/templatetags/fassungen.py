"""Template tags of the pages of the Fassungen."""

from collections import defaultdict

from django import template

from konzept.dokument.fehlzeichen import fehlende_zeichen
from konzept.druckschriften import aufgezaehlt
from konzept.fassungen import anlass
from konzept.heute import heute
from konzept.werkbank.offen import offene_punkte

register = template.Library()


@register.simple_tag
def zeichen_ohne_schrift(dokument) -> list[tuple[str, str, str]]:
    """The signs that the print of a document replaces, by element: chapter, the words around the first, and all that
    stand there. No queries."""
    stellen = defaultdict(list)
    for fehlt in fehlende_zeichen(dokument):
        stellen[fehlt.anker].append(fehlt)
    return [(s[0].stelle, s[0].auszug, aufgezaehlt([f.zeichen for f in s])) for s in stellen.values()]


@register.simple_tag
def offene_gruppen(konzept) -> dict:
    """What is missing in the Arbeitsstand, as the page "Was noch fehlt" lists it, and how much that is. 25 queries."""
    gruppen = offene_punkte(konzept, heute())
    return {"gruppen": gruppen, "anzahl": sum(gruppe.anzahl for gruppe in gruppen)}


register.filter(anlass.stimmt_nur_in)
