"""Template tags of the tables of the document (templates/dokument/teile/)."""

from django import template
from django.utils.html import format_html

from konzept.dokument.druckbild import umfang
from konzept.dokument.tafeln.angebote import angebotstafel
from konzept.dokument.tafeln.matrix import matrixtafel
from konzept.dokument.tafeln.spaltenbreiten import LANGE_ZEILE, PLATZ, anteile
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
