"""A comparison as its print shows it: by chapter what only went elsewhere or has another number, what changed in two
columns, and what is new or was dropped across the width."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from msgspec import structs

from konzept.fliesstext.bloecke import Lauf, klartext

from . import aenderungsmarken
from .ansichten import WORTE, Gegenueber, Zeile
from .vergleich import Feldaenderung, Vergleichsseite, Wandel
from .vergleichsstellen import ABSATZ

LANG = 1500
"""Signs of a field that fill about a quarter of a page: its row may go over a page break."""
UEBER_BEIDE = 160
"""Signs of a field from which on it stands across both columns where the other one would be empty."""
KURZ, STICHWORT = 90, 50
"""Signs up to which a field shares its line with others, and a line of a field with the others of that field."""
ABSAETZE = {
    "absatz": ("Absatz", "Absätze"),
    "liste": ("Liste", "Listen"),
    "zwischentitel": ("Zwischentitel", "Zwischentitel"),
    "texttabelle": ("Tabelle", "Tabellen"),
    "gremienzeile": ("Zeile mit Gremien", "Zeilen mit Gremien"),
    "hinweis": ("Hinweis", "Hinweise"),
}
"""One and several of each kind without a name (`stellen.ABSATZ`)."""

Laeufe = tuple[Lauf, ...]


class Angabe(NamedTuple):
    """`name` is "" for text without one, and for all lines of a field but the first."""

    name: str
    laeufe: Laeufe

    @property
    def trenner(self) -> str:
        """What stands between it and the next one of its paragraph."""
        return " " if klartext(self.laeufe).rstrip().endswith((".", "!", "?")) else "; "


class Absatz(NamedTuple):
    """`ist_titel` says that it stands above what follows."""

    angaben: tuple[Angabe, ...]
    ist_titel: bool = False


class Ganz(NamedTuple):
    """What is new, or was dropped, as a whole: a named element, or paragraphs that follow one another."""

    name: str
    wandel: Wandel
    rn: str
    absaetze: tuple[Absatz, ...]

    @property
    def wort(self) -> str:
        return WORTE[self.wandel]


class Feldzeile(NamedTuple):
    """A field that changed. A line is None where lines that did not change are left out. `nur` says that all of it is
    new or was dropped, and too long to stand beside an empty column."""

    name: str
    alt: tuple[Laeufe | None, ...]
    neu: tuple[Laeufe | None, ...]
    nur: str
    lang: bool


class Geaendert(NamedTuple):
    zeile: Zeile
    felder: tuple[Feldzeile, ...]


class Tafel(NamedTuple):
    """Elements that changed, one after another."""

    elemente: tuple[Geaendert, ...]


class Abschnitt(NamedTuple):
    """What stands below one heading; `ort` is "" where that is said already."""

    ort: str
    bloecke: tuple[Ganz | Tafel, ...]


class Kapitel(NamedTuple):
    """`wort` says that all of it is new or was dropped; `umnummeriert` and `verschoben` hold what changed in nothing
    else. `anker` is "" for the title page."""

    anker: str
    titel: str
    wort: str
    umnummeriert: tuple[Zeile, ...]
    verschoben: tuple[Zeile, ...]
    abschnitte: tuple[Abschnitt, ...]


def kapitel(gegenueber: Gegenueber) -> list[Kapitel]:
    """All that is to be shown of a comparison, nothing twice."""
    return [_kapitel(seite, gegenueber) for seite in gegenueber.gezeigt.seiten]


def _kapitel(seite: Vergleichsseite, gegenueber: Gegenueber) -> Kapitel:
    wort, umnummeriert, verschoben, rest = WORTE[Wandel.ENTFALLEN] if seite.entfallen else "", [], [], []
    for zeile in (Zeile(aenderung, seite, gegenueber) for aenderung in seite.aenderungen):
        a = zeile.aenderung
        selbst = _ist_kapitel(zeile) and seite.anker in (a.anker, a.anker_alt)
        if zeile.ganz and selbst and not zeile.ausser_titel:
            # The word stands beside the title of the chapter, since all of the chapter was added or left out.
            wort = zeile.wandel
        elif zeile.ganz or a.felder:
            rest.append(zeile)
        else:
            (verschoben if Wandel.VERSCHOBEN in a.wandel else umnummeriert).append(zeile)
    return Kapitel(
        anker=seite.anker,
        titel=seite.titel,
        wort=wort,
        umnummeriert=tuple(umnummeriert),
        verschoben=tuple(verschoben),
        abschnitte=tuple(_abschnitte(rest, seite)),
    )


def _ist_kapitel(zeile: Zeile) -> bool:
    return zeile.aenderung.art in ("kapitel", "handlungsfeld")


def _abschnitte(zeilen: list[Zeile], seite: Vergleichsseite) -> Iterator[Abschnitt]:
    hier = seite.anker
    abschnitte: list[tuple[str, list[Zeile]]] = []
    for zeile in zeilen:
        a = zeile.aenderung
        if _ist_kapitel(zeile):
            # A chapter prints its own title above what is in it.
            abschnitte.append(("", [zeile]))
            hier = a.anker or a.anker_alt
        elif a.ort_anker != hier:
            abschnitte.append((zeile.ort or seite.titel, [zeile]))
            hier = a.ort_anker
        elif abschnitte:
            abschnitte[-1][1].append(zeile)
        else:
            abschnitte.append(("", [zeile]))
    for ort, hiesige in abschnitte:
        yield Abschnitt(ort, tuple(_bloecke(hiesige)))


def _bloecke(zeilen: list[Zeile]) -> Iterator[Ganz | Tafel]:
    def art(zeile: Zeile):
        a = zeile.aenderung
        return (a.wandel, a.art in ABSATZ or a) if zeile.ganz else None

    for schluessel, gruppe in groupby(zeilen, art):
        hiesige = list(gruppe)
        if schluessel is None:
            yield Tafel(tuple(Geaendert(z, tuple(map(_feldzeile, z.aenderung.felder))) for z in hiesige))
        else:
            absaetze = tuple(absatz for zeile in hiesige for absatz in _absaetze(zeile))
            ((wandel,), _) = schluessel
            yield Ganz(_name(hiesige), wandel, _randnummern(hiesige), absaetze)


def _name(zeilen: list[Zeile]) -> str:
    """ "Maßnahme 4 „Sprachcafé“", "Absatz", "3 Absätze, 1 Liste"."""
    arten = Counter(z.aenderung.art for z in zeilen)
    if len(zeilen) == 1:
        (art,) = arten
        return ABSAETZE[art][0] if art in ABSAETZE else zeilen[0].name
    return ", ".join(f"{n}\u00a0{ABSAETZE[art][n > 1]}" for art, n in arten.items())


def _randnummern(zeilen: list[Zeile]) -> str:
    worte = [z.rn for z in zeilen if z.rn]
    if not worte or worte[0] == worte[-1]:
        return worte[0] if worte else ""
    return f"{worte[0]} bis\u00a0{worte[-1].rpartition(' ')[2]}".replace("Randnummer ", "Randnummern\u00a0")


def _absaetze(zeile: Zeile) -> Iterator[Absatz]:
    """The fields of an element that is new or was dropped: short ones share a paragraph."""
    kurze: list[Angabe] = []
    ist_titel = zeile.aenderung.art == "zwischentitel"
    for feld in zeile.ausser_titel:
        zeilen = [_ohne_marken(laeufe, fett=ist_titel) for laeufe in feld.zeilen]
        if feld.name and all(map(_ist_stichwort, map(klartext, zeilen))):
            zeilen = [_verbunden(zeilen)]
        if feld.name and len(zeilen) == 1 and len(klartext(zeilen[0])) <= KURZ:
            kurze.append(Angabe(feld.name, zeilen[0]))
            continue
        if kurze:
            yield Absatz(tuple(kurze))
            kurze = []
        for platz, laeufe in enumerate(zeilen):
            yield Absatz((Angabe("" if platz else feld.name, laeufe),), ist_titel)
    if kurze:
        yield Absatz(tuple(kurze))


_KEIN_STICHWORT = re.compile(r"^(?:[–(]|\d+\.)|;|[.!?:]$")
"""Items of a list, and sentences."""


def _ist_stichwort(text: str) -> bool:
    return len(text) <= STICHWORT and not _KEIN_STICHWORT.search(text)


def _verbunden(zeilen: list[Laeufe]) -> Laeufe:
    trenner = Lauf(text=" · ")
    return tuple(lauf for zeile in zeilen for lauf in (trenner, *zeile))[1:]


def _feldzeile(feld: Feldaenderung) -> Feldzeile:
    alt, neu = (tuple(_seite(feld, nur)) for nur in (aenderungsmarken.nur_alt, aenderungsmarken.nur_neu))
    umfang = sum(len(aenderungsmarken.ohne_marken(klartext(laeufe))) for laeufe in feld.zeilen)
    nur = WORTE[Wandel.ENTFALLEN] if not neu else WORTE[Wandel.NEU] if not alt else ""
    if nur and umfang > UEBER_BEIDE:
        alt, neu = (tuple(_ohne_marken(laeufe) for laeufe in seite) for seite in (alt, neu))
    else:
        nur = ""
    return Feldzeile(feld.name, alt, neu, nur, umfang > LANG)


def _seite(feld: Feldaenderung, nur) -> Iterator[Laeufe | None]:
    """One side of a field; what is new or was removed keeps its marks."""
    for luecke, zeile in feld.mit_luecken:
        if luecke:
            yield None
        laeufe = tuple(structs.replace(lauf, text=nur(lauf.text)) for lauf in zeile)
        if klartext(laeufe).strip():
            yield laeufe


def _ohne_marken(laeufe: Laeufe, *, fett: bool = False) -> Laeufe:
    return tuple(
        structs.replace(lauf, text=aenderungsmarken.ohne_marken(lauf.text), fett=fett or lauf.fett) for lauf in laeufe
    )
