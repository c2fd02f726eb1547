"""Page numbers as text: written onto finished pages with the font of a page that was typeset with all their signs.

So no page has to be typeset for its number, and a piece of a print depends neither on its place nor on how many pages
there are.
"""

from typing import NamedTuple

from pikepdf import Array, Object, Page, Pdf, String, parse_content_stream

MUSTER = "Seite 0123456789 von"
"""What the sample pages have in the place of their number: every sign that one needs."""


class Schrift(NamedTuple):
    """How numbers stand on a page: `glyphen` and their `breiten` (of 1000) by sign, `groesse` and places in points; the
    text ends at `rechts`, measured from the right edge of the page, on the line `unten`."""

    font: Object
    glyphen: dict[str, bytes]
    breiten: dict[str, float]
    groesse: float
    farbe: tuple[float, ...]
    rechts: float
    unten: float

    def strom(self, text: str, breite: float, name: str) -> bytes:
        """Draws a text on a page of this width, with the font that the page's resources call `name`."""
        links = breite - self.rechts - self.weite(text)
        farbe = " ".join(f"{anteil:.4f}" for anteil in self.farbe)
        zeichen = b"".join(self.glyphen[z] for z in text).hex()
        return (
            f"q BT {farbe} rg {name} {self.groesse:.4f} Tf 1 0 0 1 {links:.3f} {self.unten:.3f} Tm <{zeichen}> Tj ET Q"
        ).encode("ascii")

    def weite(self, text: str) -> float:
        """In points."""
        return sum(self.breiten[z] for z in text) / 1000 * self.groesse


def schriften(muster: Pdf) -> list[Schrift | None]:
    """That of each sample page; None where a page bears no number."""
    return [_schrift(seite) for seite in muster.pages]


def _schrift(seite: Page) -> Schrift | None:
    """WeasyPrint writes a text with one matrix for its place, in units of CSS, and with two bytes for each glyph."""
    zahlen, namen, roh = {}, {}, b""
    for operanden, operator in parse_content_stream(seite, "cm rg Tm Tf TJ"):
        name = str(operator)
        if name == "TJ":
            roh += b"".join(bytes(teil) for teil in operanden[0] if isinstance(teil, String))
        elif name == "Tf":
            namen["Tf"], zahlen["Tf"] = operanden[0], [float(operanden[1])]
        else:
            zahlen[name] = [float(zahl) for zahl in operanden]
    if not roh:
        return None
    font = seite.resources.Font[namen["Tf"]]
    glyphen = {zeichen: roh[2 * i : 2 * i + 2] for i, zeichen in enumerate(MUSTER)}
    if roh.removesuffix(glyphen[" "]) != b"".join(glyphen[zeichen] for zeichen in MUSTER):  # a line ends with a space
        raise ValueError("A sample page bears other text than its number.")
    weiten = _weiten(font)
    breiten = {zeichen: weiten[int.from_bytes(glyphe)] for zeichen, glyphe in glyphen.items()}
    punkte = zahlen["cm"][0]  # a unit of CSS in points
    _, _, breite, hoehe = map(float, seite.mediabox)
    links, unten = (punkte * zahl for zahl in zahlen["Tm"][4:])
    ohne_ort = Schrift(font, glyphen, breiten, zahlen["Tf"][0] * punkte, tuple(zahlen["rg"]), 0, hoehe - unten)
    return ohne_ort._replace(rechts=breite - links - ohne_ort.weite(MUSTER))


def _weiten(font: Object) -> dict[int, float]:
    """Widths by glyph out of the /W of a font: runs "first [w w w]" and ranges "first last w"."""
    weiten, rest = {}, list(font.DescendantFonts[0].W)
    while rest:
        erste = int(rest.pop(0))
        if isinstance(rest[0], Array):
            weiten |= {erste + i: float(weite) for i, weite in enumerate(rest.pop(0))}
        else:
            letzte, weite = int(rest.pop(0)), float(rest.pop(0))
            weiten |= dict.fromkeys(range(erste, letzte + 1), weite)
    return weiten
