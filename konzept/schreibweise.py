"""How a text is spelled: what is equal to the eye is equal to the program.

Four answers to "are these the same?", from the strictest to the loosest:

- `normalform` is what is stored: one spelling for what looks the same ("ü" in one sign or two, "ﬁ" or "fi"), without
  signs of no width that nobody typed on purpose. `zeilenform` is the same for names and titles.
- `wie_gesehen` is what a reader can tell apart: soft hyphens and no-break spaces count as nothing and as a space.
- `namensschluessel` is by what a name is known, so that nobody makes the same a second time: "Caritas" and "caritas",
  "Bücherei" and "Buecherei".
- `gefaltet` is by what words are found: "Mädchen" by "madchen".

`ordnung` is where a name stands in a list, as in a German dictionary. What a database is asked for, it answers with the
same tables: see `konzept.namensordnung` and `massnahmen.liste.suche`.
"""

import re
import string
import unicodedata
from typing import Final, Literal

HOECHSTENS_AKZENTE = 30
"""So many accents may follow each other; no language comes near it, and Unicode's own Stream-Safe Text Format stops
there, too."""
_TEIL = 24  # with the accents of the letter before it still below
_FUGE = "\N{COMBINING GRAPHEME JOINER}"
_HALBE = "\uff9e\uff9f"
"""Marks of Japanese that become accents in NFKC and NFKD alone."""
_DOPPELTE = {"\u0344": "\u0308\u0301", "\u0f73": "\u0f71\u0f72", "\u0f75": "\u0f71\u0f74", "\u0f81": "\u0f71\u0f80"}
"""One sign that becomes two accents in every form."""
AKZENTE = "".join(filter(unicodedata.combining, map(chr, range(0x1F000)))) + _HALBE + "".join(_DOPPELTE)
"""All that normalising has to put in order: accents, vowel signs and points of every script."""
_ZU_VIELE = re.compile(f"[{AKZENTE}]{{{HOECHSTENS_AKZENTE + 1},}}")


def normalisiert(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """`unicodedata.normalize`, at a cost that grows with the length of the text alone.

    Accents that follow each other are sorted one by one, by Python and by PostgreSQL alike: ten thousand of them take
    a second. So many are divided here by a sign that is not to be seen, over which nothing is sorted; what has been
    through here is divided for whoever normalises it later.
    """
    if text.isascii():
        return text
    if _ist_geordnet(text):
        return text if form == "NFC" else unicodedata.normalize(form, text)
    for zeichen, akzente in _DOPPELTE.items():
        text = text.replace(zeichen, akzente)
    return unicodedata.normalize(form, _ZU_VIELE.sub(_teile, text))


def _ist_geordnet(text: str) -> bool:
    """Whether nothing is left to be sorted; found out at once for nearly every text."""
    return not any(zeichen in text for zeichen in _HALBE) and unicodedata.is_normalized("NFC", text)


def _teile(folge: re.Match[str]) -> str:
    akzente = folge[0]
    return _FUGE.join(akzente[i : i + _TEIL] for i in range(0, len(akzente), _TEIL))


def zu_viele_akzente(text: str) -> str:
    """A sentence about more accents behind one letter than `normalisiert` leaves together; "" where there are none."""
    if text.isascii() or _ist_geordnet(text) or not (folge := _ZU_VIELE.search(text)):
        return ""
    davor = " ".join(text[max(0, folge.start() - 20) : folge.start()].split())
    wo = f"hinter „{davor}“" if hat_sichtbares(davor) else "am Anfang"
    return (
        f"Im Text stehen {wo} {len(folge[0])} Akzente oder ähnliche Zeichen hintereinander; höchstens "
        f"{HOECHSTENS_AKZENTE} sind möglich. Löschen Sie diese Stelle, und schreiben Sie sie neu."
    )


WEICHES_TRENNZEICHEN = "\N{SOFT HYPHEN}"
# Signs that join others, as in "👩‍🚒" and in Persian, and those that turn the direction, are to be seen: they stay.
_OHNE_BREITE = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"), "")
_LIGATUREN = {zeichen: normalisiert("NFKC", chr(zeichen)) for zeichen in range(0xFB00, 0xFB07)}
_NORMAL = _OHNE_BREITE | _LIGATUREN
_GESEHEN = _NORMAL | {ord(WEICHES_TRENNZEICHEN): "", 0xA0: " ", 0x202F: " "}
_SELTENES = re.compile(f"[{re.escape(''.join(map(chr, _GESEHEN)))}]")
_LEERE_BUCHSTABEN = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
"""Letters and signs by their class of which there is nothing to see: fillers of Hangul, Braille without a dot, and the
skin tones of pictures, which the print leaves out."""

_UNZERLEGT = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
_STRICHE = dict(zip("ıøłđØŁĐ", "iolDOLD", strict=True))
# Of Latin, Greek and Cyrillic, of Hebrew, Arabic and Japanese.
_AKZENTE = (
    *range(0x300, 0x370), *range(0x591, 0x5C8), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x3099, 0x309A
)  # fmt: skip
_WEGLASSEN = [
    *(zeichen for zeichen in map(chr, _AKZENTE) if unicodedata.combining(zeichen)),  # signs of their own after NFKD
    *map(chr, (0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF)),
    *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))),
]

NORMALISIERT: Final = "NFKD"
"""What `gefaltet` and `ordnung` do first."""
ERSETZT = _UNZERLEGT
"""What they replace then."""
GEFALTET = dict.fromkeys(string.punctuation + "–—„“”‚‘’«»…⁄", " ") | _STRICHE
"""What `gefaltet` puts for a sign then, always one for one; capital letters become small."""
_GROSSE = map(chr, (*range(0x41, 0x5B), *range(0x391, 0x3AA), *range(0x410, 0x430)))  # Latin, Greek, Cyrillic
GEORDNET = {zeichen: _STRICHE.get(zeichen, zeichen).lower() for zeichen in (*_GROSSE, *_STRICHE)}
"""What `ordnung` puts for a sign then."""
OHNE = "".join(_WEGLASSEN)
"""What both leave out."""
ANFUEHRUNG = "\"'„“”‚‘’«»"
"""What `ordnung` leaves out besides."""
STELLEN = 12
"""A number in a name has its place by its last so many digits."""
DANACH = "\x01"
"""Stands in `ordnung` between what counts first and the name itself, which decides where that is the same."""

_FALTEN = str.maketrans(GEFALTET | dict.fromkeys(OHNE, ""))
_ORDNEN = str.maketrans(GEORDNET | dict.fromkeys(OHNE + ANFUEHRUNG, ""))


def normalform(text: str) -> str:
    """A text as it is stored: NFC, ligatures in letters, no spaces without width, line ends of one sign. Nothing to be
    seen changes.

    Soft hyphens stay: they say where the print may break a word, and nothing that compares or finds minds them.
    """
    return _in_form(text, _NORMAL)


def _in_form(text: str, tabelle: dict[int, str]) -> str:
    """A text that has its form already comes back as it is, and without going through its signs one by one."""
    if "\r" in text:  # a browser sends two signs at the end of a line
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    if _SELTENES.search(text):
        text = text.translate(tabelle)
    return normalisiert("NFC", text)


def zeilenform(text: str) -> str:
    """A name or title as it is stored: the `normalform` without soft hyphens. It is typed again from memory and must be
    unique, and a soft hyphen in it is but left over from where it was copied."""
    return normalform(text.replace(WEICHES_TRENNZEICHEN, ""))


def normales_html(html: str) -> str:
    """HTML whose texts are in `normalform`; no sign of a text joins with the tag beside it."""
    return html if html.isascii() else re.sub(r"[^<>]+", lambda treffer: normalform(treffer[0]), html)


def schlichte_zeile(text: str) -> str:
    """A text from outside on one line: the `zeilenform` without control and formatting characters, such as those that
    turn the reading direction round, and without halves of characters, which no database takes; "" where nothing of it
    is to be seen."""
    zeile = "".join(zeichen for zeichen in " ".join(text.split()) if unicodedata.category(zeichen) not in _STEUERUNG)
    return zeilenform(zeile) if hat_sichtbares(zeile) else ""


def hat_sichtbares(text: str) -> bool:
    """Whether there is anything to see of a text: a letter, digit or sign, and not only spaces and accents."""
    return any(
        zeichen not in _LEERE_BUCHSTABEN and unicodedata.category(zeichen) not in _UNSICHTBAR for zeichen in text
    )


_STEUERUNG = {"Cc", "Cf", "Cs"}
_UNSICHTBAR = _STEUERUNG | {"Zs", "Zl", "Zp", "Mn", "Me"}


def wie_gesehen(text: str) -> str:
    """What a reader sees of a text. Other letters, other case, other signs are other texts."""
    return _in_form(text, _GESEHEN)


def namensschluessel(name: str) -> str:
    """By what a name is known, whatever its case, accents and spaces. An umlaut is its two letters: "Brüder" and
    "Bruder" are two names, "Brüder" and "Brueder" one. In scripts where such a sign makes another letter it counts:
    "Юрий" and "Юрии", "कुल" and "कल" are two names."""
    if name.isascii() and name.isprintable():
        return " ".join(name.lower().split())
    zu_sehen = "".join(z for z in name if unicodedata.category(z) not in {"Cc", "Cf"} or z.isspace())
    klein = normalisiert("NFKC", zu_sehen.translate(_VARIANTEN)).casefold().translate(_UMLAUTE)
    zerlegt = normalisiert("NFKD", klein).translate(_PUNKTE)
    return " ".join(_BLOSSE_AKZENTE.sub(r"\1", zerlegt).split())


# Choose between pictures or forms of a sign, or keep signs apart.
_VARIANTEN = dict.fromkeys((0x34F, *range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)), "")
# Of Hebrew and Arabic, written or not; not the Hamza, which makes another letter.
_PUNKTE = dict.fromkeys((*range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7), "") | dict.fromkeys(
    (*range(0x610, 0x61B), *range(0x64B, 0x653), *range(0x656, 0x660), 0x670), ""
)
_BLOSSE_AKZENTE = re.compile("(^|[^\u0300-\u036f\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f])[\u0300-\u036f]+")
"""With the letter that bears them, which is not Cyrillic."""


_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def gefaltet(text: str) -> str:
    """A text as it is searched: small letters without accents, words apart. "Mädchen-Café" → "madchen cafe"."""
    if text.isascii():
        return text.translate(_FALTEN).lower()
    for zeichen, buchstaben in _MEHRERE.items():
        text = text.replace(zeichen, buchstaben)
    try:  # Nearly every German text fits into this code page, and bytes are translated twenty times as fast.
        return text.encode("cp1252").translate(_BYTES).decode("cp1252")
    except UnicodeEncodeError:
        return _falte(text)


def _falte(text: str) -> str:
    text = normalisiert(NORMALISIERT, text)
    for zeichen, buchstaben in ERSETZT.items():
        text = text.replace(zeichen, buchstaben)
    return text.translate(_FALTEN).lower()


_CODEPAGE = [zeichen for b in range(256) if (zeichen := bytes([b]).decode("cp1252", "ignore"))]
_MEHRERE = ERSETZT | {
    zeichen: wird
    for zeichen in _CODEPAGE
    if zeichen not in ERSETZT and (len(wird := _falte(zeichen)) != 1 or wird not in _CODEPAGE)
}
"""What does not become one sign of the code page: replaced before bytes are translated."""
_BYTES = bytes(
    (_falte(zeichen)[:1] or " ").encode("cp1252", "replace")[0]
    if (zeichen := bytes([byte]).decode("cp1252", "ignore"))
    else byte
    for byte in range(256)
)


def umlautformen(wort: str) -> list[str]:
    """A word folded, as it stands there and with each umlaut in one letter or two: how a text may spell it."""
    zusammen = normalisiert("NFC", wort).lower()
    ausgeschrieben = zusammen.translate(_UMLAUTE)
    zurueck = re.sub("ae|oe|ue", lambda treffer: treffer[0][0], zusammen)
    return list(dict.fromkeys(map(gefaltet, (wort, ausgeschrieben, zurueck))))


def ordnung(text: str) -> str:
    """Where a name stands in a list, to be compared sign by sign: as in a German dictionary (DIN 5007-1) "Ä" beside "A"
    and "ß" as "ss", whatever the case; numbers by their value, before letters."""
    grund = text
    if not grund.isascii():
        grund = normalisiert(NORMALISIERT, grund)
        for zeichen, buchstaben in ERSETZT.items():
            grund = grund.replace(zeichen, buchstaben)
    grund = grund.translate(_ORDNEN)
    grund = re.sub(r"[0-9]+", lambda zahl: zahl[0].zfill(STELLEN)[-STELLEN:], grund)
    return f"{grund}{DANACH}{text}"
