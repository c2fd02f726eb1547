"""Template tags of the sheet of a Vorlage."""

import re

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

LANG = 18
"""Letters of a word up to which it never breaks in a table: so many has the longest one that a column is usually called
by, and columns side by side have room for them. Wide letters count twice."""
BREIT = frozenset("MWmw%@—…")


@register.filter
def lange_woerter(text: str) -> str:
    """A text for a cell in which words stay whole; of longer ones the style sheet may break what does not fit."""
    return format_html_join("", "{}", ((_wort(wort),) for wort in re.split(r"(\s+)", text)))


def _wort(wort: str) -> str:
    return format_html('<span class="vorlage-langwort">{}</span>', wort) if _breite(wort) > LANG else wort


def _breite(wort: str) -> int:
    return len(wort) + sum(zeichen in BREIT for zeichen in wort)
