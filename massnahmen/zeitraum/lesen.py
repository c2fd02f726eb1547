"""From a wording to the period that it means."""

import re
from datetime import timedelta
from functools import lru_cache

from konzept.grenzen import ANGABE

from .punkt import NUMMER, Spanne, Unklar, baue_teil, deutungen, einzeln, volles_jahr
from .schrift import geglaettet
from .werte import Wiederkehr, Zeitpunkt, Zeitraum, ZeitraumFehler


def lies(text: str) -> Zeitraum:
    """Read a period; any text is kept as wording (without its outer white space), understood or not.

    Raises ZeitraumFehler when the text as a whole is a period that cannot be ("13/2017", "2018 bis 2016"), and with
    ``lesarten`` when it can mean several ("1/2018").
    """
    wortlaut = text.strip()
    return Zeitraum(wortlaut=wortlaut) if len(wortlaut) > ANGABE else _lies(wortlaut)


_EIN, _ZWEI, _VIER = (rf"(?:(?:{z})[ -]?mal|[{z[0]}] ?x)" for z in ("1|ein", "2|zwei", "4|vier"))
_ZUSATZ = "|".join(
    (
        rf"(?P<JAEHRLICH>(?:{_EIN} )?jährlich|{_EIN} (?:im|pro) jahr|jedes jahr)",
        rf"(?P<HALBJAEHRLICH>halbjährlich|{_ZWEI} (?:jährlich|(?:im|pro) jahr))",
        rf"(?P<VIERTELJAEHRLICH>vierteljährlich|quartalsweise|{_VIER} (?:jährlich|(?:im|pro) jahr))",
        rf"(?P<MONATLICH>(?:{_EIN} )?monatlich|{_EIN} (?:im|pro) monat|jeden monat)",
        rf"(?P<WOECHENTLICH>(?:{_EIN} )?wöchentlich|{_EIN} (?:in der|pro) woche|jede woche)",
        r"(?P<ALLE_ZWEI_JAHRE>alle (?:2|zwei) jahre|zweijährlich|in einem rhythmus von zwei jahren)",
        "(?P<OFFEN>fortlaufend|laufend|dauerhaft|ständig|kontinuierlich|unbefristet|bis auf weiteres)",
    )
)
_ZUSATZ_VORN = re.compile(rf"(?:{_ZUSATZ})(?:[,;:]? |$)")
_ZUSATZ_HINTEN = re.compile(rf"[,;]? \(?(?:{_ZUSATZ})\)?$")

_EINLEITUNG = re.compile(r"(ab|seit|bis|vo[nm]|i[mn]|am|zum)(?: (?:zum|dem|der|einschließlich))? ")
_VIER_ZIFFERN, _ZWEI_ZIFFERN, _LETZTE_ZAHL = map(re.compile, ("[0-9]{4}", "[0-9]{2}", "[0-9]+$"))
_ENDWORT = re.compile(r"(?:zum|einschließlich) ")


@lru_cache(maxsize=1024)
def _lies(wortlaut: str) -> Zeitraum:
    rest, wiederkehr, fortlaufend = geglaettet(wortlaut), None, False
    while m := _ZUSATZ_VORN.match(rest) or (not rest[-1:].isdigit() and _ZUSATZ_HINTEN.search(rest)):
        if m.lastgroup == "OFFEN":
            fortlaufend = True
        elif wiederkehr is None:
            wiederkehr = Wiederkehr[m.lastgroup]
        else:
            return Zeitraum(wortlaut=wortlaut)
        rest = rest[m.end() :] if m.start() == 0 else rest[: m.start()]
    if not rest:
        return Zeitraum(offen=fortlaufend, wiederkehr=wiederkehr, wortlaut=wortlaut)
    try:
        struktur = _struktur(rest, wiederkehr, fortlaufend)
    except Unklar:
        struktur = _frage(deutungen(rest), wiederkehr, fortlaufend)
    return Zeitraum(*struktur, wortlaut=wortlaut) if struktur else Zeitraum(wortlaut=wortlaut)


_Struktur = tuple[Zeitpunkt | None, Zeitpunkt | None, bool, Wiederkehr | None]


def _struktur(text: str, wiederkehr: Wiederkehr | None, fortlaufend: bool) -> _Struktur | None:
    zeit = _zeit(text)
    # "2017 laufend" may mean "throughout 2017" or "from 2017 on".
    if zeit is None or (fortlaufend and zeit[0] is not None and zeit[0] == zeit[1]):
        return None
    return Zeitraum(*zeit, wiederkehr=wiederkehr).struktur


def _frage(texte: tuple[str, ...], wiederkehr: Wiederkehr | None, fortlaufend: bool) -> _Struktur | None:
    """The structure if the texts have only one between them; else the question which one is meant."""
    gelesen, falsch = {}, None
    for text in texte:
        try:
            if struktur := _struktur(text, wiederkehr, fortlaufend):
                gelesen[str(Zeitraum(*struktur))] = struktur
        except ZeitraumFehler as fehler:
            falsch = falsch or fehler
    if len(gelesen) > 1:
        *erste, letzte = gelesen
        frage = f"Meinen Sie {', '.join(erste)} oder {letzte}? Bitte schreiben Sie es aus."
        raise ZeitraumFehler(frage, tuple(gelesen))
    if falsch and not gelesen:
        raise falsch
    return next(iter(gelesen.values()), None)


def _zeit(text: str) -> tuple[Zeitpunkt | None, Zeitpunkt | None, bool] | None:
    """Begin, end and whether it is open; None when the text is not understood."""
    einleitung = _EINLEITUNG.match(text)
    art = einleitung[1] if einleitung else ""
    rest = text[einleitung.end() :] if einleitung else text
    plan = einzeln(rest)
    if spanne := plan() if plan else _nachbarn(rest):
        if art in ("ab", "seit"):
            return spanne[0], None, True
        if art == "bis":
            return None, spanne[1], False
        return None if art in ("von", "vom") else (*spanne, False)
    if art != "bis" and (spanne := _von_bis(rest)):
        return *spanne, False
    # Refuses a "5. Quartal"; a "4. Quartal" of no year stays wording.
    if (plan := einzeln(f"{rest} 2000")) and plan.func is baue_teil:
        plan()
    return None


def _von_bis(text: str) -> Spanne | None:
    if not (paar := _paar(text, " bis ", " - ", "-")):
        return None
    (beginn, _), (_, ende), geliehen = paar
    # "Oktober bis März 2018" begins in a year that nobody wrote.
    return None if geliehen and ende.letzter_tag < beginn.erster_tag else (beginn, ende)


def _nachbarn(text: str) -> Spanne | None:
    """Two points of which one follows the other ("2017/2018", "Mai und Juni 2017"); others are a list."""
    if " bis " in text or not (paar := _paar(text, " und ", "/")):
        return None
    (beginn, davor), (danach, ende), _ = paar
    return (beginn, ende) if davor.letzter_tag + timedelta(days=1) == danach.erster_tag else None


def _paar(text: str, *trenner: str) -> tuple[Spanne, Spanne, bool] | None:
    """Both sides of the first separator that occurs, each completed from the other.

    The third value says that the left side took its year from the right. None when a side is not understood.
    """
    if not (zeichen := next((t for t in trenner if t in text), "")):
        return None
    links, _, rechts = (teil.strip() for teil in text.partition(zeichen))
    rechts = _ENDWORT.sub("", rechts, count=1)
    if _VIER_ZIFFERN.fullmatch(links) and _ZWEI_ZIFFERN.fullmatch(rechts):
        rechts = str(volles_jahr(rechts, int(links)))
    # "05/06/2017" may be a day or two months.
    elif NUMMER.fullmatch(links) and (m := NUMMER.match(rechts)) and text.count("/") < 2:
        links += rechts[m.end() :]
    plan_links, plan_rechts, geliehen = einzeln(links), einzeln(rechts), False
    if not plan_links and (m := _LETZTE_ZAHL.search(rechts)):
        plan_links, geliehen = einzeln(f"{links} {m[0]}"), True
    return (plan_links(), plan_rechts(), geliehen) if plan_links and plan_rechts else None
