"""Template tags of the pages of the Fassungen."""

from collections import defaultdict

from django import template

from konzept.dokument.schriften import fehlende_zeichen
from konzept.druckzeichen import aufgezaehlt
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
def offene_angaben(konzept) -> int:
    """How many things are missing in the Arbeitsstand, as the page "Was noch fehlt" counts them. 25 queries."""
    return sum(gruppe.anzahl for gruppe in offene_punkte(konzept, heute()))
