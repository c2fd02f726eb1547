"""Template tags for texts with marks (see `konzept.fassungen.vergleich.marken`)."""

from django import template
from msgspec import structs

from konzept.fassungen.vergleich import html, marken

LANG = 1500
"""Signs of a field that fill about a quarter of a page."""

register = template.Library()
register.filter("marken", html.als_html)
register.filter("druckmarken", html.als_druck_html)
register.simple_tag(html.unterschied_html, name="unterschied")


@register.filter
def nur_alt(laeufe):
    """The old side of marked runs, its removed words still marked."""
    return tuple(structs.replace(lauf, text=marken.nur_alt(lauf.text)) for lauf in laeufe)


@register.filter
def nur_neu(laeufe):
    """The new side of marked runs, its new words still marked."""
    return tuple(structs.replace(lauf, text=marken.nur_neu(lauf.text)) for lauf in laeufe)


@register.filter
def ohne_marken(laeufe):
    """Runs without their marks, where all of it is new or was dropped."""
    return tuple(structs.replace(lauf, text=marken.ohne_marken(lauf.text)) for lauf in laeufe)


@register.filter
def hat_text(laeufe) -> bool:
    """Whether anything is left of one side of a line."""
    return any(lauf.text.strip() for lauf in laeufe)


@register.filter
def lang(feld) -> bool:
    """Whether a row of the Synopse is so long that it may go over a page break."""
    return sum(len(lauf.text) for laeufe in feld.zeilen for lauf in laeufe) > LANG
