"""The words that stand behind the glyphs of a text, in the content of a PDF's pages as WeasyPrint writes them."""

import re
from contextlib import contextmanager
from functools import wraps

import pydyf

from konzept.schriftbereiche import bereiche

_INDISCH = ("Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Sinh", "Taml", "Telu")
FORMENREICH = re.compile(f"[{bereiche(*_INDISCH, 'Khmr', 'Laoo', 'Mymr', 'Thai')}]")
"""Signs of scripts in which a glyph is often no letter. None that runs to the left: poppler, and what is built on it,
takes such words for written backwards."""
_LETZTES_ZEICHEN = re.compile(rb"(\[.*?)([0-9a-f]{4}>[-.0-9]*\] TJ)")


def mit_wortlaut(markiere):
    """Wrap what marks the content of a box, so that what is copied and read aloud is what was written: a text in whose
    script a glyph is no letter (joined, reordered, made of parts) also carries its words, and a hyphen that layout has
    set says that it is none of the text (ISO 32000-1, 14.8.2.2.3)."""

    @wraps(markiere)
    def huelle(strom, box, tag):
        text = getattr(box, "text", "")
        if not text.isascii() and FORMENREICH.search(text):
            return mit_text(strom, box, tag)
        return mit_trennung(strom, box, tag) if text and _ist_getrennt(box) else markiere(strom, box, tag)

    @contextmanager
    def mit_text(strom, box, tag):
        with markiere(strom, box, tag):
            if isinstance(strom.stream[-2], pydyf.Dictionary):
                worte = box.pango_layout.text
                strom.stream[-2]["ActualText"] = pydyf.String(worte[:-1] if _ist_getrennt(box) else worte)
            yield

    @contextmanager
    def mit_trennung(strom, box, tag):
        with markiere(strom, box, tag):
            anfang = len(strom.stream)
            yield
            _merke_trennstrich(strom.stream, anfang)

    return huelle


def _ist_getrennt(box) -> bool:
    """Whether a text ends with a hyphen of layout's own, see `zeilenende.mit_merkmal`."""
    return getattr(box.pango_layout, "getrennt", False)


def _merke_trennstrich(strom: list, anfang: int) -> None:
    """Divide `[<01230456>] TJ`, with which a text ends, before its last glyph, which reads as a soft hyphen."""
    for stelle in range(len(strom) - 1, anfang - 1, -1):
        if isinstance(strom[stelle], bytes) and (teile := _LETZTES_ZEICHEN.fullmatch(strom[stelle])):
            weich = pydyf.Dictionary({"ActualText": pydyf.String("\u00ad")})
            davor, strich = teile.groups()
            strom[stelle : stelle + 1] = [davor + b">] TJ", b"/Span", weich, b"BDC", b"[<" + strich, b"EMC"]
            return
