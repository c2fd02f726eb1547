"""Which signs at the beginnings of lines make lists, and which are words of a sentence.

"- " always makes a list, and so does "3) ". "3. " does where the numbers count on over at least two lines, whatever
lists stand between them, or where more than a paragraph stands indented behind it; otherwise it is an ordinal
("2. Sachstandsbericht"), and before the name of a month or another number ("3. - 4. Klasse") always. "a) " and "i) " do
likewise, or where they begin with the first; "z) " alone is text. A number of three digits and more makes no list by
itself, and one with a zero before it none at all.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from .zaehlung import lesarten

MONAT = re.compile(
    r"(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|(?:jan|feb|mär|mrz|apr|jun|jul|aug|sept?|okt|nov|dez)\.)(?!\w)",
    re.IGNORECASE,
)
VIELSTELLIG = 100
"""From this number on a line by itself is no item: "2016) Das war"."""
_VOR_DEM_WORT = "*_[\\"
_SPANNE = re.compile(r" *[-+*] +\d")
_MIT_NULL = re.compile(r"0\d")
_MARKE = re.compile(r" *(?:[-+*]|(?P<zahl>\d{1,9})(?P<ende>[.)])|(?P<buchstaben>[a-zA-Z]{1,15})\))(?= |$)", re.ASCII)


class Marke(NamedTuple):
    """A sign that may begin an item: where it stands in the text, what it may mean (see `zaehlung.lesarten`), and what
    ends it ("" for a bullet)."""

    zeile: int
    platz: int
    anfang: int
    ende: int
    lesarten: dict[str, int]
    schluss: str

    def __hash__(self) -> int:
        return hash((self.zeile, self.platz))

    @property
    def aus_buchstaben(self) -> bool:
        return bool(self.lesarten) and "" not in self.lesarten


class Folge(NamedTuple):
    """Items of an ordered list that count on."""

    zaehlung: str
    start: int
    punkte: list[SyntaxTreeNode]


def folgen(punkte: Iterable[SyntaxTreeNode]) -> Iterator[Folge]:
    """The items of an ordered list, cut where they do not count on by one."""
    gruppe: list[SyntaxTreeNode] = []
    moeglich: dict[str, int] = {}
    for punkt in punkte:
        lesarten = punkt.meta["marke"].lesarten
        weiter = {art: start for art, start in moeglich.items() if lesarten.get(art) == start + len(gruppe)}
        if gruppe and not weiter:
            yield Folge(*next(iter(moeglich.items())), gruppe)
            gruppe = []
        moeglich = weiter or lesarten
        gruppe.append(punkt)
    if gruppe:
        yield Folge(*next(iter(moeglich.items())), gruppe)


class Marken:
    """The signs at the beginnings of the lines of a text, and what is known of them so far.

    The parser knows no letters that count: they stand as digits of the same width in the Markdown that it gets, and
    what it did not take for a list gets its letters back. A number that is a word gets a backslash. Both show only when
    the whole is parsed, so it is parsed until nothing new is found.
    """

    def __init__(self, text: str) -> None:
        self.zeilen = text.split("\n")
        self._marken = {
            nummer: marken for nummer, zeile in enumerate(self.zeilen) if (marken := _marken(nummer, zeile))
        }
        self._bis: dict[int, int] = {}
        self._fuer_sich: set[int] = set()
        self._verwirf_gewisse()

    def markdown(self) -> str:
        """With an empty line before each line that is none of the list above it, and would else go on in its last
        item."""
        zeilen: list[str] = []
        self._nummern: list[int] = []
        for nummer, zeile in enumerate(self.zeilen):
            if nummer in self._fuer_sich:
                zeilen.append("")
                self._nummern.append(nummer)
            marken = self._marken.get(nummer, [])
            zeilen.append(_zeile(zeile, marken, self._bis.get(nummer, len(marken))))
            self._nummern.append(nummer)
        return "\n".join(zeilen)

    def quelle(self) -> list[str]:
        """The lines as they were typed, in the places that they have in the last `markdown`."""
        return [self.zeilen[nummer] for nummer in self._nummern]

    def benenne(self, zeichen: Iterable[Token]) -> None:
        """Give each item that the parser found its `marke`, as `meta`."""
        self._genommen: Counter[int] = Counter()
        for teil in zeichen:
            if teil.type == "list_item_open":
                if teil.map is None:
                    raise TypeError("The parser does not say in which line an item of a list stands.")
                nummer = self._nummern[teil.map[0]]
                teil.meta = {"marke": self._marken[nummer][self._genommen[nummer]]}
                self._genommen[nummer] += 1

    def lerne(self, wurzel: SyntaxTreeNode) -> bool:
        """Whether some of the signs turn out to be words, so that the text wants to be parsed again; `wurzel` is the
        tree of what was named last."""
        vorher = dict(self._bis)
        for nummer, marken in self._marken.items():
            for marke in marken[self._genommen[nummer] :]:
                if marke.aus_buchstaben:
                    self._verwirf(marke)
        worte: set[Marke] = set()
        weiter = _weiter(wurzel)
        listen = [knoten for knoten in wurzel.walk() if knoten.type == "ordered_list"]
        # Inner lists come first, since the outer ones ask what was decided of them.
        for liste in reversed(listen):
            for folge in folgen(liste.children):
                if folge.punkte[0].meta["marke"] not in weiter:
                    worte |= {punkt.meta["marke"] for punkt in folge.punkte if _ist_wort(punkt, folge, worte)}
        for liste in listen:
            davor = liste.previous_sibling
            for punkt in liste.children:
                if punkt.meta["marke"] in worte and davor and _endet_als_punkt(davor, worte):
                    self._fuer_sich.add(punkt.meta["marke"].zeile)
                davor = punkt
        for marke in worte:
            self._verwirf(marke)
        return self._bis != vorher

    def nimm_zahlen(self) -> None:
        """From now on every number makes a list but those that never do, and no letter does."""
        self._bis = {
            nummer: next((m.platz for m in marken if m.aus_buchstaben), len(marken))
            for nummer, marken in self._marken.items()
        }
        self._verwirf_gewisse()

    def _verwirf(self, marke: Marke) -> None:
        self._bis[marke.zeile] = min(self._bis.get(marke.zeile, marke.platz), marke.platz)

    def _verwirf_gewisse(self) -> None:
        """Those of which it shows in their line that they are words."""
        for nummer, marken in self._marken.items():
            for marke in marken:
                if _ist_gewiss_wort(marke, self.zeilen[nummer]):
                    self._verwirf(marke)
                    punkte = self._marken.get(nummer - 1, [])[: self._bis.get(nummer - 1)]
                    if marke.platz == 0 and punkte and marke.anfang <= punkte[-1].ende:
                        self._fuer_sich.add(nummer)
                    break


def _ist_gewiss_wort(marke: Marke, zeile: str) -> bool:
    if "" not in marke.lesarten:
        return False
    danach = zeile[marke.ende :]
    ist_datum = marke.schluss == "." and (_SPANNE.match(danach) or beginnt_mit_monat(danach.strip()))
    return bool(ist_datum or _MIT_NULL.match(zeile, marke.anfang))


def beginnt_mit_wort(zeile: str) -> bool:
    """Whether the number at the beginning of a line makes no list, whatever stands around it."""
    marken = _marken(0, zeile)
    return bool(marken) and _ist_gewiss_wort(marken[0], zeile)


def _weiter(wurzel: SyntaxTreeNode) -> set[Marke]:
    """The items of lists that count on over lists between them: "1. Ziel", some bullets, "2. Ziel"."""
    gefunden: set[Marke] = set()
    for oben in wurzel.walk():
        letzte: dict[str, Folge] = {}
        for kind in oben.children:
            if kind.type not in ("ordered_list", "bullet_list"):
                letzte = {}
            for folge in folgen(kind.children) if kind.type == "ordered_list" else ():
                davor = letzte.get(folge.zaehlung)
                if davor and folge.start == davor.start + len(davor.punkte):
                    gefunden |= {punkt.meta["marke"] for punkt in (*davor.punkte, *folge.punkte)}
                letzte[folge.zaehlung] = folge
    return gefunden


def _endet_als_punkt(block: SyntaxTreeNode, worte: set[Marke]) -> bool:
    """Whether a list, or an item, before a line ends in an item that stays one."""
    if block.type in ("ordered_list", "bullet_list"):
        return _endet_als_punkt(block.children[-1], worte)
    return block.type == "list_item" and block.meta["marke"] not in worte


def _marken(nummer: int, zeile: str) -> list[Marke]:
    marken: list[Marke] = []
    stelle = 0
    while treffer := _MARKE.match(zeile, stelle):
        moeglich = {"": int(treffer["zahl"])} if treffer["zahl"] else lesarten(treffer["buchstaben"] or "")
        if treffer["buchstaben"] and not moeglich:
            break
        anfang = max(treffer.start("zahl"), treffer.start("buchstaben"))
        schluss = treffer["ende"] or (")" if treffer["buchstaben"] else "")
        marken.append(Marke(nummer, len(marken), anfang, treffer.end(), moeglich, schluss))
        stelle = treffer.end()
    return marken


def _zeile(zeile: str, marken: list[Marke], bis: int) -> str:
    for marke in marken[:bis]:
        if marke.aus_buchstaben:
            # Only a list that begins with 1 may follow a paragraph in the next line.
            ziffer = "1" if 1 in marke.lesarten.values() else "2"
            anfang, ende = marke.anfang, marke.ende - 1
            zeile = zeile[:anfang] + ziffer * (ende - anfang) + zeile[ende:]
    if bis < len(marken) and "" in (marke := marken[bis]).lesarten:
        zeile = f"{zeile[: marke.ende - 1]}\\{zeile[marke.ende - 1 :]}"
    return zeile


def _ist_wort(punkt: SyntaxTreeNode, folge: Folge, worte: set[Marke]) -> bool:
    """`worte` are those of the lists inside."""
    mit_punkt = punkt.meta["marke"].schluss == "."
    if len(folge.punkte) > 1 or len(punkt.children) > 1 or any(not _ist_zeile(teil, worte) for teil in punkt.children):
        return False
    return folge.start != 1 if folge.zaehlung else mit_punkt or folge.start >= VIELSTELLIG


def _ist_zeile(block: SyntaxTreeNode, worte: set[Marke]) -> bool:
    """Whether a block is a paragraph, or will be one once the `worte` are none but words."""
    if block.type == "ordered_list":
        return all(punkt.meta["marke"] in worte for punkt in block.children)
    return block.type == "paragraph" or (block.type == "heading" and not block.children[0].content.strip())


def beginnt_mit_monat(text: str) -> bool:
    """Whether a number with a full stop before it is a date, whatever emphasis the month has."""
    return bool(MONAT.match(text.lstrip(_VOR_DEM_WORT)))
