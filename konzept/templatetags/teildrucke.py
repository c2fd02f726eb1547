"""Template tags of the prints of parts (templates/teildrucke/)."""

from django import template
from django.utils.safestring import mark_safe

from konzept.dokument import baum, druckbild

register = template.Library()


@register.simple_tag
def steckbriefregeln(dokument: baum.Dokument) -> str:
    """CSS rules of sheets that depend on the document: the Kommune's colours."""
    f = druckbild.farben(dokument.kommune.akzentfarbe)
    regel = f".sb-kacheln tr > * {{ background: {f.hell}; border-left-color: {f.text} }}"
    return mark_safe(regel)  # noqa: S308 - colours are formatted from numbers
