"""Reads an amount; the spellings stand at the package."""

import re
from decimal import Decimal
from functools import lru_cache

from konzept.grenzen import ANGABE
from massnahmen.zeitraum import geglaettet

from .werte import ZU_VIELE_STELLEN, Geld, GeldFehler, Turnus, euro


def lies(text: str) -> Geld:
    """Read an amount; any text is kept as wording (without its outer white space), understood or not.

    Raises GeldFehler when the text as a whole is an amount that cannot be ("-5 €", "1.23.456 €", "12.50 €").
    """
    wortlaut = text.strip()
    return Geld(wortlaut=wortlaut) if len(wortlaut) > ANGABE else _lies(wortlaut)


_TURNUS = "|".join(
    (
        r"(?P<EINMALIG>einmalige?|einmal)",
        r"(?P<WOECHENTLICH>wöchentlich|(?:pro|je) woche|/ ?woche)",
        r"(?P<MONATLICH>monatlich|mtl\.|(?:pro|je|im) monat|/ ?monat)",
        r"(?P<VIERTELJAEHRLICH>vierteljährlich|quartalsweise|viermal im jahr|(?:pro|je|im) quartal|/ ?quartal)",
        r"(?P<HALBJAEHRLICH>halbjährlich|zweimal im jahr|(?:pro|je|im) halbjahr|/ ?halbjahr)",
        r"(?P<ALLE_ZWEI_JAHRE>alle (?:zwei|2) jahre|zweijährlich)",
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
_EIN_PUNKT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
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
    waehrung = "EUR" if m["vorn"] or m["hinten"] else ""
    return Geld(betrag, turnus, ungefaehr is not None, wortlaut, waehrung=waehrung)


def _betrag(m: re.Match) -> Decimal | None:
    """The amount in a match of _BETRAG; None when it looks like something else, such as a date."""
    zahl, stufe, waehrung = m["zahl"], m["stufe"], m["vorn"] or m["hinten"]
    if deutsch := _DEUTSCH.fullmatch(zahl):
        betrag = Decimal(zahl.translate(_TRENNER).replace(",", "."))
        if not stufe and len(deutsch["nachkomma"] or "") > 2:
            gemeint = zahl.replace(",", ".")
            oder = f" oder {gemeint} €" if _DEUTSCH.fullmatch(gemeint) else ""
            raise GeldFehler(ZU_VIELE_STELLEN.format(euro(betrag) + oder))
        if stufe and stufe[0] == "m" and _EIN_PUNKT.fullmatch(zahl):
            kleiner = betrag * 1000
            lesarten = tuple(euro(b).replace("\u00a0", " ") for b in (kleiner, kleiner * 1000))
            zweierlei = f"{zahl} Mio. lässt sich auf zwei Arten lesen."
            raise GeldFehler(f"{zweierlei} Schreiben Sie {' oder '.join(lesarten)}.", lesarten)
        betrag *= _STUFEN[stufe[0]] if stufe else 1
        return -betrag if m["minus"] else betrag
    if _ENGLISCH.fullmatch(zahl):
        einheit = {"m": "Mio. €", "t": "Tsd. €", "k": "Tsd. €"}.get((stufe or "-")[0], "€")
        richtig = f"{zahl.translate(_VERTAUSCHT)} {einheit}"
        raise GeldFehler(f"{zahl} ist nicht deutsch geschrieben. Schreiben Sie {richtig}.", (richtig,))
    if stufe or waehrung:
        falsch = f"In {zahl} stehen Punkt, Komma oder Leerzeichen falsch."
        raise GeldFehler(f"{falsch} Schreiben Sie z. B. 1.250 € oder 1.250,50 €.")
    return None

