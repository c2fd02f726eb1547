"""Template tags of the tables of the document (templates/dokument/teile/)."""

from django import template
from django.utils.html import format_html

from konzept.dokument.druckbild import umfang
from konzept.dokument.tafeln.angebote import angebotstafel
from konzept.dokument.tafeln.matrix import matrixtafel
from konzept.dokument.tafeln.spaltenbreiten import LANGE_ZEILE, PLATZ, PLATZ_GROSS, anteile
from konzept.dokument.tafeln.zeitplan import laufjahre, zeitplantafeln
from konzept.dokument.zahlen import nachkommastellen

register = template.Library()
register.simple_tag(matrixtafel)
register.simple_tag(angebotstafel)
register.filter("laufjahre", laufjahre)


@register.simple_tag(takes_context=True, name="zeitplantafeln")
def zeitplan_in_teilen(context, plan):
    return list(zeitplantafeln(plan, in_teilen=bool(context.get("im_druck"))))


@register.simple_tag
def mitwirkendenbreiten(eintraege) -> tuple[int, ...]:
    """The percentages of Kürzel, Name and Art."""
    zeilen = ((e.kurz, e.name or e.kurz, e.art) for e in eintraege)
    return anteile([("Kürzel", "Name", "Art"), *zeilen], einzeilig=(2,))


@register.simple_tag
def betroffene(matrix, zeile) -> list[tuple]:
    """The Handlungsfelder that a row of the matrix concerns, each with its cell."""
    return [paar for paar in zip(matrix.spalten, zeile.zellen, strict=True) if paar[1].betrifft or paar[1].text]


@register.filter
def stellen(messwerte) -> int:
    """How many digits behind the comma the values of a series have, for all to have as many."""
    return max((nachkommastellen(m.wert) for m in messwerte), default=0)


KURZES_GREMIUM = 8
"""Lines of its tasks and its members up to which a body stands on one page as a whole."""


@register.simple_tag(takes_context=True)
def bleibt_ganz(context, gremium) -> bool:
    """Whether the entry of a body is too short in print to break across pages."""
    namen = (*gremium.tandem, *(m.name + m.funktion for m in gremium.mitglieder), *(f.titel for f in gremium.felder))
    zeichen = umfang(gremium.aufgabe) + sum(len(name) + 3 for name in namen)
    platz = PLATZ_GROSS if context.get("gross") else PLATZ
    return bool(context.get("im_druck")) and zeichen <= KURZES_GREMIUM * platz


@register.simple_tag
def gesprochen(zeichen: str, worte: str) -> str:
    """A sign that the eye reads, and the words that are heard in its place, on the screen and in the PDF."""
    return format_html(
        '<span class="dok-zeichen" data-gesprochen="{1}"><span aria-hidden="true">{0}</span>'
        '<span class="dok-nur-vorgelesen">{1}</span></span>',
        zeichen,
        worte,
    )


@register.filter
def lange_tafelzeile(schritt) -> bool:
    """Whether the row of a Prozessschritt may break across pages: its text stands in a good half of the width."""
    beteiligte = len(schritt.gruppen) + 1
    return umfang(schritt.text) > LANGE_ZEILE * PLATZ * 0.5 or beteiligte > LANGE_ZEILE
