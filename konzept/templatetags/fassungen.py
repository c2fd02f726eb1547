"""Template tags of the pages of the Fassungen."""

from django import template

from konzept.heute import heute
from konzept.werkbank.offen import offene_punkte

register = template.Library()


@register.simple_tag
def offene_angaben(konzept) -> int:
    """How many things are missing in the Arbeitsstand, as the page "Was noch fehlt" counts them. 25 queries."""
    return sum(gruppe.anzahl for gruppe in offene_punkte(konzept, heute()))
