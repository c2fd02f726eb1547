"""Marks become <ins> and <del>."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from konzept.schreibweise import wie_gesehen

from .aenderungsmarken import EINGEFUEGT, ENTFERNT, MARKEN, ZU_LANG, neuer_text
from .wortvergleich import markiere

TAG_MIT_MARKEN = re.compile("<[^<>\ufdd0-\ufdd4]*[\ufdd0-\ufdd4][^<>]*>")
WEG = r'<del><span class="nur-vorlesen">entfernt: </span>\1<span class="nur-vorlesen"> (Ende) </span></del>'
NEU = r'<ins><span class="nur-vorlesen">eingefügt: </span>\1<span class="nur-vorlesen"> (Ende) </span></ins>'
HINWEIS = (
    '<strong>Dieser Text ist zu lang, um ihn hier Wort für Wort zu vergleichen. Darum steht er einmal '
    "ganz so da, wie er war, und einmal ganz so, wie er jetzt ist. </strong>"
)


def als_html(html: str) -> SafeString:
    """Escaped HTML whose texts hold marks, with <ins> and <del> in their place, and the words that a screen reader
    needs. An attribute holds the new text. What has no Randnummer loses `data-rn`."""
    html = html.replace(' data-rn="0"', "")
    html = TAG_MIT_MARKEN.sub(lambda tag: MARKEN.sub("", neuer_text(tag[0])), html)
    html = EINGEFUEGT.sub(NEU, ENTFERNT.sub(WEG, html)).replace(ZU_LANG, HINWEIS)
    return mark_safe(MARKEN.sub("", html))  # noqa: S308 - the caller's HTML is escaped already


def als_druck_html(html: str) -> SafeString:
    """The same for paper, where columns and underlines tell."""
    html = EINGEFUEGT.sub(r"<ins>\1</ins>", ENTFERNT.sub(r"<del>\1</del>", html)).replace(ZU_LANG, HINWEIS)
    return mark_safe(MARKEN.sub("", html))  # noqa: S308 - likewise


def unterschied_html(alt: str, neu: str) -> SafeString:
    """Two plain texts as one, word by word, such as a paragraph and the wording that somebody proposes."""
    return als_html(escape(markiere(wie_gesehen(alt), wie_gesehen(neu))).replace("\n", "<br>"))
