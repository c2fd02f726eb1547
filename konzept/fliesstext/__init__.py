"""Rich text: blocks, the small dialect in which they are stored, and the HTML of the editor.

Knows nothing of Django. `lies_text` reads the dialect and `schreibe` writes it, `html_von` and `lies_html` do the same
for the editor; `dialekt_aus_html` is what a form needs. What comes from a request is measured first, by `zu_viel_text`
and `zu_viel_html`.
"""

from .bloecke import Absatz, Block, Knoten, Lauf, Liste, Punkt, Text, Texttabelle, Zwischentitel, klartext
from .html import dialekt_aus_html, html_von, lies_html
from .lesen import TIEFSTE_EBENE, lies_text
from .schreiben import schreibe
from .umfang import ZU_VIELE_ZEICHEN, lesekosten, worte_aus_html, zu_lang, zu_viel, zu_viel_html, zu_viel_text

__all__ = [
    "TIEFSTE_EBENE",
    "ZU_VIELE_ZEICHEN",
    "Absatz",
    "Block",
    "Knoten",
    "Lauf",
    "Liste",
    "Punkt",
    "Text",
    "Texttabelle",
    "Zwischentitel",
    "dialekt_aus_html",
    "html_von",
    "klartext",
    "lesekosten",
    "lies_html",
    "lies_text",
    "schreibe",
    "worte_aus_html",
    "zu_lang",
    "zu_viel",
    "zu_viel_html",
    "zu_viel_text",
]
