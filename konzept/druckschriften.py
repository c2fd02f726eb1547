"""Which signs the fonts of the print have, and what is printed in place of the others.

A PDF/A must carry a glyph for every sign. A sign that none of the fonts has would come out as an empty box, or from
whatever font the machine happens to have: it is found before printing and replaced by U+FFFD.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from fontTools import unicodedata as schriftdaten
from fontTools.ttLib import TTFont

from konzept.betrieb.statische_dateien import finde
from konzept.schreibweise import normalisiert

FAMILIEN = (
    tuple(f"kern/fonts/fira-sans/FiraSans-{s}.woff2" for s in ("Regular", "Italic", "SemiBold", "SemiBoldItalic")),
    tuple(f"ersatzschrift/dejavu-sans-latin-{s}-normal.woff" for s in (400, 700)),
)
"""Static names of the fonts that static/css/druck.css declares, the text font first, then its substitute."""
FAMILIENNAMEN = ("Fira Sans", "Ersatzschrift")

WEITERE = {
    "Arab": "ibm-plex-sans-arabic",
    "Beng": "noto-sans-bengali",
    "Deva": "noto-sans-devanagari",
    "Ethi": "noto-sans-ethiopic",
    "Gujr": "noto-sans-gujarati",
    "Guru": "noto-sans-gurmukhi",
    "Khmr": "noto-sans-khmer",
    "Knda": "noto-sans-kannada",
    "Mlym": "noto-sans-malayalam",
    "Mymr": "noto-sans-myanmar",
    "Sinh": "noto-sans-sinhala",
    "Syrc": "noto-sans-syriac",
    "Taml": "noto-sans-tamil",
    "Telu": "noto-sans-telugu",
    "Thai": "noto-sans-thai",
}
"""Scripts (ISO 15924) that have a font of their own, by its package; a print declares those that it needs. The Arabic
one is not Noto's, which makes letters of parts: they could not be copied out of the PDF."""

STAERKEN = (400, 600)
ERSATZ = "\ufffd"

# Bullets, boxes, arrows and faces that Word takes from its symbol fonts arrive in the private use area.
AUS_WORD = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑", "\uf0fc": "✓", "\uf0fb": "✗",
    "\uf0d8": "➢", "\uf076": "❖", "\uf0e0": "→", "\uf0e8": "→", "\uf0df": "←", "\uf02d": "–", "\uf0be": "–",
    "\uf0e7": "⇐", "\uf0f3": "⇔", "\uf04a": "☺", "\uf04c": "☹", "\uf06c": "●", "\uf06e": "■", "\uf06d": "❍",
    "\uf071": "❑", "\uf072": "❒", "\uf0fd": "☒", "\uf0ab": "★",
}  # fmt: skip
# Breaks of other systems become "\n"; selectors of a picture variant, joiners of pictures and byte order marks have no
# sign. In the scripts of Asia a joiner decides on the form of a letter.
VERBINDER = "(?<![\u0600-\u1fff])\u200d"
UMBRUECHE = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
OHNE_ZEICHEN = re.compile(
    f"{VERBINDER}|[\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_TABELLE = str.maketrans(AUS_WORD | UMBRUECHE)
# One picture made of several signs: joined, with skin tone, a flag.
BILD = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    f"|.(?:[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|{VERBINDER}.)+",
    re.DOTALL,
)
ERLAUBT = frozenset("\n\t\r")


@lru_cache(maxsize=1)
def vorrat() -> frozenset[str]:
    """Every sign that one of the families has in all of its styles."""
    return grundvorrat().union(*map(zeichen_der_schrift, WEITERE))


@cache
def zeichen_der_schrift(schrift: str) -> frozenset[str]:
    """The signs of a script, and those that it shares with others, which its own font has."""
    return frozenset(z for z in _in_allen(dateien(schrift)) if schrift in schriftdaten.script_extension(z))


def dateien(schrift: str) -> tuple[str, str]:
    """Static names of the two weights of a font of WEITERE."""
    paket = WEITERE[schrift]
    teil = paket.rpartition("-")[2]
    duenn, fett = (f"schriften/{paket}/files/{paket}-{teil}-{staerke}-normal.woff2" for staerke in STAERKEN)
    return duenn, fett


def schriftregeln(text: str) -> str:
    """The CSS that declares the fonts of WEITERE which a text needs, between those of druck.css; "" without any. Each
    is a family of its own: of two fonts with one name and weight, WeasyPrint 70 embeds one."""
    schriften = gebrauchte(text)
    if not schriften:
        return ""
    regeln = [
        f'@font-face {{ font-family: "Schrift {schrift}"; font-weight: {staerke}; src: url("static:{name}"); }}'
        for schrift in schriften
        for staerke, name in zip(STAERKEN, dateien(schrift), strict=True)
    ]
    erste, letzte = FAMILIENNAMEN
    familien = ", ".join(f'"{name}"' for name in (erste, *(f"Schrift {s}" for s in schriften), letzte))
    return "\n".join([*regeln, f"@page {{ font-family: {familien} }}", f"html {{ font-family: {familien} }}"])


def gebrauchte(text: str) -> tuple[str, ...]:
    """Scripts of WEITERE whose fonts a text needs: those of its letters, and one for each sign that several share (an
    Indic full stop) and none of the fonts at hand has."""
    zeichen = frozenset(text)
    schriften = {schrift for schrift in map(schriftdaten.script, zeichen) if schrift in WEITERE}
    if schriften or not zeichen <= grundvorrat():
        offen = zeichen - grundvorrat() - frozenset().union(*map(zeichen_der_schrift, schriften))
        for schrift in WEITERE:
            if offen & zeichen_der_schrift(schrift):
                schriften.add(schrift)
                offen -= zeichen_der_schrift(schrift)
    return tuple(schrift for schrift in WEITERE if schrift in schriften)


@lru_cache(maxsize=1)
def grundvorrat() -> frozenset[str]:
    """Every sign of the fonts that each print declares."""
    return frozenset().union(*map(_in_allen, FAMILIEN)) | ERLAUBT


def _in_allen(familie: tuple[str, ...]) -> frozenset[str]:
    return frozenset.intersection(*map(_zeichen, familie))


def _zeichen(name: str) -> frozenset[str]:
    """Without private use and controls, for which fonts have signs of their own making."""
    if (datei := finde(name)) is None:
        raise FileNotFoundError(f"A font of the print is missing: {name}")
    with TTFont(datei, lazy=True) as schrift:
        zeichen = map(chr, schrift.getBestCmap() or ())
        return frozenset(z for z in zeichen if unicodedata.category(z) not in {"Co", "Cc"})


def ersetze(text: str) -> str:
    """The text as it is printed: composed, without what has no sign, U+FFFD for each sign that no font has."""
    if text.isascii() and text.isprintable():
        return text
    text = normalisiert("NFC", text).translate(_TABELLE)
    if set(text) <= vorrat() and not OHNE_ZEICHEN.search(text):
        return text
    text = BILD.sub(lambda bild: bild[0] if bild[0][0] in vorrat() else ERSATZ, text)
    return "".join(z if z in vorrat() else ERSATZ for z in OHNE_ZEICHEN.sub("", text))


def fehlende(text: str) -> tuple[str, ...]:
    """The signs of a text that would be replaced, each once, in their order."""
    return tuple(dict.fromkeys(zeichen for zeichen, _, _ in fehlend(aufbereitet(text))))


GENANNT = 8
"""So many signs are named in a sentence; of the others it says how many there are."""


def satz(zeichen: Sequence[str]) -> str:
    """What happens to these signs in print, for whoever typed them; "" without any."""
    if not zeichen:
        return ""
    welche = "dieses" if len(zeichen) == 1 else "diese"
    return f"Für {welche} Zeichen hat der Druck keine Schrift: {aufgezaehlt(zeichen)}. Im PDF steht dafür {ERSATZ}."


def aufgezaehlt(zeichen: Sequence[str]) -> str:
    """Signs as a person understands them: "„🦊“ und „中文“ (chinesische Schriftzeichen)"; of many the first,
    and how many more there are."""
    gruppen: dict[str, list[str]] = {}
    for z in zeichen[:GENANNT]:
        gruppen.setdefault(SCHRIFTNAMEN.get(schriftdaten.script(z[0]), z), []).append(z)
    namen = [_schriftzeichen(art, zs) if art in SCHRIFTNAMEN.values() else _benannt(art) for art, zs in gruppen.items()]
    if (weitere := len(zeichen) - GENANNT) > 0:
        namen.append("ein weiteres" if weitere == 1 else f"{weitere} weitere")
    return f"{', '.join(namen[:-1])} und {namen[-1]}" if len(namen) > 1 else namen[0]


SCHRIFTNAMEN = {"Hani": "chinesische", "Hira": "japanische", "Kana": "japanische", "Hang": "koreanische"}


def _schriftzeichen(art: str, zeichen: list[str]) -> str:
    return f"„{''.join(zeichen)}“ ({art}{'s' if len(zeichen) == 1 else ''} Schriftzeichen)"


def _benannt(zeichen: str) -> str:
    erstes = zeichen[0]
    art = unicodedata.category(erstes)
    if art == "Co":
        return f"ein Zeichen aus einer Symbolschrift (U+{ord(erstes):04X})"
    if art in {"Cc", "Cf", "Cn", "Cs"}:
        return f"ein unsichtbares Zeichen (U+{ord(erstes):04X})"
    return f"„{zeichen}“"


def aufbereitet(text: str) -> str:
    """Composed, and with the signs of Word's symbol fonts as those that they show."""
    if text.isascii() and text.isprintable():
        return text
    return normalisiert("NFC", text).translate(_TABELLE)


def fehlend(text: str) -> Iterator[tuple[str, int, int]]:
    """Each sign of an `aufbereitet` text that no font has, or picture of several, with its place."""
    if set(text) <= vorrat():
        return
    bilder = {bild.start(): bild[0] for bild in BILD.finditer(text)}
    ende = 0
    for i, zeichen in enumerate(text):
        if i < ende or zeichen in vorrat() or OHNE_ZEICHEN.match(zeichen):
            continue
        ganzes = bilder.get(i, zeichen)
        ende = i + len(ganzes)
        yield ganzes, i, ende


def ohne_namen(zeichen: str) -> str:
    """What a sign is that Unicode has no name for."""
    return {"Co": "PRIVATE USE", "Cc": "CONTROL"}.get(unicodedata.category(zeichen), "UNASSIGNED")
