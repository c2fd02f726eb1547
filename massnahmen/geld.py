"""Amounts of money in euros as people in a German administration write them.

A ``Geld`` keeps the exact wording, which is what prints, and beside it the amount that was understood in it.
``lies(text)`` makes one from a text. Case, white space, no-break spaces and the kind of dash do not matter.

===============================================  ==============================  ===========================
spelling                                         read as                         source
===============================================  ==============================  ===========================
30.000 € jährlich                                30000, every year               Meerbusch 2016
1,777 Mio. €                                     1777000                         Schleswig-Holstein 18/5400
1,6 Mio. €                                       1600000                         Aachen, Integrationskonzept
185.504,- € · 185.504,-- EUR · € 185.504         185504                          usual in administration, as
4500 · 4.500,5 · 4500,50 Euro · 4 500 € · 4'500  4500 or 4500.50                 all that follow
1.250                                            1250, the dot groups thousands
19 TEUR · 19 T€ · 19 Tsd. € · 19 k€              19000
pro Jahr · je Jahr · im Jahr · /Jahr · p. a.     every year
200 € monatlich · mtl. · pro Monat · /Monat      every month
einmalig 5.000 € · 5.000 € (einmalig)            once
ca. · rund · etwa · circa · ungefähr 5.000 €     approximate
===============================================  ==============================  ===========================

Kept as wording: "abhängig von der Umsetzung", "kostenneutral", "noch zu beziffern", "5.000 bis 8.000 €", and
"Bisher 1,777 Mio. €" (Schleswig-Holstein, Drucksache 18/5400).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from konzept.grenzen import ANGABE
from massnahmen.zeitraum import geglaettet

_CENT = Decimal("0.01")
_GRENZE = Decimal(10**12)
_ZU_VIELE_STELLEN = "Ein Betrag hat höchstens zwei Stellen nach dem Komma. Schreiben Sie z. B. {}."


class GeldFehler(ValueError):
    """An amount that cannot be; its text is a German sentence for the person who typed it."""


class Turnus(StrEnum):
    """How often an amount falls due; the value is the German word."""

    EINMALIG = "einmalig"
    MONATLICH = "monatlich"
    HALBJAEHRLICH = "halbjährlich"
    JAEHRLICH = "jährlich"


@dataclass(frozen=True, slots=True)
class Geld:
    """An amount with the wording that the person typed. Empty (``Geld()``) it is falsy; "0 €" is not.

    ``betrag`` is in euros, always with two places, from 0 to below 10**12; None when nothing was understood.
    ``turnus`` is None where nothing is said about it. Two values are equal when wording and structure are;
    compare ``struktur`` to leave the wording out. Raises GeldFehler for other amounts, and for a ``turnus``
    or an ``ungefaehr`` without an amount.
    """

    betrag: Decimal | None = None
    turnus: Turnus | None = None
    ungefaehr: bool = False
    wortlaut: str = ""

    def __post_init__(self) -> None:
        if self.betrag is not None:
            object.__setattr__(self, "betrag", _geprueft(self.betrag))
        elif self.turnus or self.ungefaehr:
            raise GeldFehler("Es fehlt der Betrag. Schreiben Sie z. B. 1.250 €.")

    @property
    def struktur(self) -> tuple[Decimal | None, Turnus | None, bool]:
        """Everything but the wording: betrag, turnus, ungefaehr."""
        return self.betrag, self.turnus, self.ungefaehr

    @property
    def verstanden(self) -> bool:
        """Whether there is an amount; False for the empty value too."""
        return self.betrag is not None

    def __bool__(self) -> bool:
        return bool(self.wortlaut) or self.verstanden

    def __str__(self) -> str:
        if self.wortlaut or self.betrag is None:
            return self.wortlaut
        return " ".join(filter(None, ("ca." if self.ungefaehr else "", euro(self.betrag), self.turnus)))


def euro(betrag: Decimal) -> str:
    """German display of an amount: "1.250 €", "1.250,50 €"; cents only when there are any.

    Between number and sign stands a no-break space (U+00A0), so that a narrow column never parts them;
    ``lies`` reads it back. The text of a PDF holds it as a plain or a no-break space: a program that looks
    for an amount there looks for the number alone, or lets any white space match.
    """
    ganze, cent = f"{betrag:,.2f}".split(".")
    return ganze.replace(",", ".") + ("" if cent == "00" else f",{cent}") + "\u00a0€"


def lies(text: str) -> Geld:
    """Read an amount; any text is kept as wording (without its outer white space), understood or not.

    Raises GeldFehler when the text as a whole is an amount that cannot be ("-5 €", "1.23.456 €", "12.50 €").
    """
    wortlaut = text.strip()
    return Geld(wortlaut=wortlaut) if len(wortlaut) > ANGABE else _lies(wortlaut)


_TURNUS = "|".join(
    (
        r"(?P<EINMALIG>einmalige?)",
        r"(?P<MONATLICH>monatlich|mtl\.|(?:pro|je|im) monat|/ ?monat)",
        r"(?P<HALBJAEHRLICH>halbjährlich|(?:pro|je|im) halbjahr|/ ?halbjahr)",
        r"(?P<JAEHRLICH>jährlich|jährl\.|(?:pro|je|im) jahr|/ ?jahr|p\. ?a\.|pro anno|per annum)",
    )
)
_TURNUS_VORN = re.compile(rf"(?:{_TURNUS})[,:]? ")
_TURNUS_HINTEN = re.compile(rf"[,;]? ?\(?(?:{_TURNUS})\)?$")
_UNGEFAEHR = re.compile(r"(?:ca\.?|circa|zirka|rund|rd\.|etwa|ungefähr) ?")
_BETRAG = re.compile(
    r"(?P<vorn>€|eur|euro)? ?(?P<minus>- ?|minus )?(?P<zahl>[0-9](?:[0-9.,'’ ]*[0-9])?)(?:, ?--?)?"
    r"(?: ?(?P<stufe>mio\.?|million(?:en)?|tsd\.?|tausend|t(?= ?€|eur)|k(?=€|eur)))?"
    r" ?(?P<hinten>€|eur|euro)?"
)
_STUFEN = {"m": Decimal(10**6), "t": Decimal(1000), "k": Decimal(1000)}

_GRUPPEN = r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+|(?:['’][0-9]{3})+)"
_DEUTSCH = re.compile(rf"(?:[0-9]+|{_GRUPPEN})(?:,(?P<nachkomma>[0-9]+))?")
_ENGLISCH = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]{1,2}|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_VERTAUSCHT = str.maketrans(".,", ",.")
_TRENNER = str.maketrans("", "", ".' ’")


@lru_cache(maxsize=1024)
def _lies(wortlaut: str) -> Geld:
    rest, turnus = geglaettet(wortlaut), None
    if m := _TURNUS_VORN.match(rest):
        turnus, rest = Turnus[m.lastgroup], rest[m.end() :]
    elif m := _TURNUS_HINTEN.search(rest):
        turnus, rest = Turnus[m.lastgroup], rest[: m.start()]
    if ungefaehr := _UNGEFAEHR.match(rest):
        rest = rest[ungefaehr.end() :]
    m = _BETRAG.fullmatch(rest)
    if not m or (m["vorn"] and m["hinten"]):
        return Geld(wortlaut=wortlaut)
    if (betrag := _betrag(m)) is None:
        return Geld(wortlaut=wortlaut)
    return Geld(betrag, turnus, ungefaehr is not None, wortlaut)


def _betrag(m: re.Match) -> Decimal | None:
    """The amount in a match of _BETRAG; None when it looks like something else, such as a date."""
    zahl, stufe, waehrung = m["zahl"], m["stufe"], m["vorn"] or m["hinten"]
    if deutsch := _DEUTSCH.fullmatch(zahl):
        betrag = Decimal(zahl.translate(_TRENNER).replace(",", "."))
        if not stufe and len(deutsch["nachkomma"] or "") > 2:
            gemeint = zahl.replace(",", ".")
            oder = f" oder {gemeint} €" if _DEUTSCH.fullmatch(gemeint) else ""
            raise GeldFehler(_ZU_VIELE_STELLEN.format(euro(betrag) + oder))
        betrag *= _STUFEN[stufe[0]] if stufe else 1
        return _geprueft(-betrag if m["minus"] else betrag)
    if _ENGLISCH.fullmatch(zahl):
        einheit = {"m": "Mio. €", "t": "Tsd. €", "k": "Tsd. €"}.get((stufe or "-")[0], "€")
        richtig = f"{zahl.translate(_VERTAUSCHT)} {einheit}"
        raise GeldFehler(f"{zahl} ist nicht deutsch geschrieben. Schreiben Sie {richtig}.")
    if stufe or waehrung:
        falsch = f"In {zahl} stehen Punkt, Komma oder Leerzeichen falsch."
        raise GeldFehler(f"{falsch} Schreiben Sie z. B. 1.250 € oder 1.250,50 €.")
    return None


def _geprueft(betrag: Decimal) -> Decimal:
    """The amount with two places, when it may be one."""
    if not betrag.is_finite() or betrag >= _GRENZE:
        raise GeldFehler("Der Betrag ist zu groß. Schreiben Sie höchstens zwölf Ziffern vor dem Komma.")
    if betrag < 0:
        raise GeldFehler(f"Ein Betrag kann nicht negativ sein. Schreiben Sie {euro(-betrag)}.")
    gerundet = abs(betrag.quantize(_CENT))
    if gerundet != betrag:
        raise GeldFehler(_ZU_VIELE_STELLEN.format(euro(gerundet)))
    return gerundet
