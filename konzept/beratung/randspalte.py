"""Weaves into the HTML of a chapter what stands in its margin: the Randnummern as links, and the notes to each block.

The part templates mark every block that has a Randnummer with `data-rn`; they know nothing of a Beratung. In a table
the notes become a row of their own below the row they are about, or below the last where it is a group of rows,
elsewhere an element after the block.
"""

from collections.abc import Callable
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

LEER = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
"""Elements without an end tag."""


def mit_rand(html: str, nummer: Callable[[int], str], notizen: Callable[[int], str]) -> SafeString:
    """`html` with `nummer(rn)` at the beginning of each block and `notizen(rn)` after it; both give safe HTML.

    `html` is what the part templates made: well formed, every element closed.
    """
    weber = _Weber(nummer, notizen)
    weber.feed(html)
    weber.close()
    return mark_safe("".join(weber.stuecke))  # noqa: S308 - made of safe pieces only


class _Weber(HTMLParser):
    def __init__(self, nummer, notizen):
        super().__init__(convert_charrefs=False)
        self.nummer, self.notizen = nummer, notizen
        self.stuecke: list[str] = []
        self.offen: list[tuple[str, int, int]] = []
        """Open elements: tag, Randnummer (0 for none), cells of a row so far."""
        self.zeile: int | None = None
        """The Randnummer of a table row whose first cell has not come yet."""

    def handle_starttag(self, tag, attrs):
        self.stuecke.append(self.get_starttag_text())
        if tag in LEER:
            return
        if tag in {"td", "th"}:
            self._zaehle_zelle(int(dict(attrs).get("colspan") or 1))
            if self.zeile is not None:
                self.stuecke.append(self.nummer(self.zeile))
                self.zeile = None
        wert = dict(attrs).get("data-rn") or ""
        rn = int(wert) if wert.isdecimal() else 0
        self.offen.append((tag, rn, 0))
        if rn and tag in {"tr", "tbody"}:
            self.zeile = rn
        elif rn:
            self.stuecke.append(self.nummer(rn))

    def _zaehle_zelle(self, breite: int):
        for stelle in range(len(self.offen) - 1, -1, -1):
            tag, rn, zellen = self.offen[stelle]
            if tag == "tr":
                self.offen[stelle] = (tag, rn, zellen + breite)
                return

    def handle_endtag(self, tag):
        ende = f"</{tag}>"
        _, rn, zellen = self.offen.pop() if self.offen else (tag, 0, 0)
        if tag == "tr" and self.offen:
            # The group has as many columns as its rows, since notes below it have to span them.
            gruppe, deren_rn, _ = self.offen[-1]
            self.offen[-1] = (gruppe, deren_rn, zellen)
        notizen = self.notizen(rn) if rn else ""
        if not notizen:
            self.stuecke.append(ende)
        elif tag in {"tr", "tbody"}:
            zeile = f'<tr class="rand-zeile"><td colspan="{max(zellen, 1)}">{notizen}</td></tr>'
            self.stuecke += [ende, zeile] if tag == "tr" else [zeile, ende]
        elif tag == "li":
            # HTML allows nothing but items in a list, so that the notes stand inside the item.
            self.stuecke += [notizen, ende]
        else:
            self.stuecke += [ende, notizen]

    def handle_startendtag(self, tag, attrs):
        self.stuecke.append(self.get_starttag_text())

    def handle_data(self, data):
        self.stuecke.append(data)

    def handle_entityref(self, name):
        self.stuecke.append(f"&{name};")

    def handle_charref(self, name):
        self.stuecke.append(f"&#{name};")

    def handle_comment(self, data):
        self.stuecke.append(f"<!--{data}-->")
