"""Periods of time as people in a German administration write them.

A ``Zeitraum`` keeps the exact wording, which is what prints, and beside it the structure understood in it.
``lies(text)`` makes one from a text. Case, kind of dash, white space and no-break spaces do not matter.

=============================================  ================================  ===========================
spelling                                       read as                           source
=============================================  ================================  ===========================
22.11.2016 · 21.11.16 · 2016-11-22             that day                          Monheim am Rhein 2016
zum 01.05.16 · Mai 2017 · einmal jährlich      day; month; recurring             Rheine 2017
im Jahr 2011 · 9. Februar 2016 · seit 2010     year; day; open from 2010         Meerbusch 2016
fortlaufend · laufend · dauerhaft              open, begin not said              Rheine 2017 (fortlaufend)
bis 30.06.2015                                 ends on that day                  Kreis Mettmann 2015
bis 2022 · 2023 bis 2027 · ab 2028             ends; from to; open               Lengerich ISEK, priorities
2. Halbjahr 2017 · 2. HJ 2017 · II. Halbjahr   half year                         usual in administration, as
1. Quartal 2018 · Q1/2018 · III. Quartal 2017  quarter                           all that follow
03/2017 · 03.2017 · 03/17 · 2017-03            month
2017-2019 · 2017–19 · von 2017 bis 2019        first year to last year
2017/2018 · 2017/18 · Mai und Juni 2017        two neighbours, first to last
Mai bis Juli 2016 · 1. bis 3. Quartal 2018     the begin takes from the end what it lacks
Anfang, Mitte, Ende 2017                       Jan.–March; June–July; Oct.–Dec.
Anfang, Mitte, Ende März 2017                  days 1–10; 11–20; 21–31
Frühjahr, Sommer, Herbst 2017                  March–May; June–Aug.; Sept.–Nov.
Schuljahr 2017/2018 · Kita-Jahr 2017/18        August 2017 to July 2018          Hamburger Abkommen, § 1
ab 2018 jährlich · jährlich ab 2018            open, recurring or not
=============================================  ================================  ===========================

``2017-03`` is March, but ``2010/11`` and ``2010-11`` are two years. Kept as wording: "im Abstand von zwei bis
drei Monaten" (Monheim am Rhein 2016), "seit Jahren" (Meerbusch 2016), "nach Bedarf", a date in a sentence.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial

from konzept.grenzen import ANGABE
from konzept.schreibweise import normalisiert

MONATSNAMEN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905


class ZeitraumFehler(ValueError):
    """A period that cannot be; its text is a German sentence for the person who typed it."""


class Genauigkeit(StrEnum):
    JAHR = "Jahr"
    HALBJAHR = "Halbjahr"
    QUARTAL = "Quartal"
    MONAT = "Monat"
    TAG = "Tag"


class Wiederkehr(StrEnum):
    """How often something comes again; the value is the German word."""

    JAEHRLICH = "jährlich"
    HALBJAEHRLICH = "halbjährlich"
    VIERTELJAEHRLICH = "vierteljährlich"
    MONATLICH = "monatlich"
    WOECHENTLICH = "wöchentlich"
    ALLE_ZWEI_JAHRE = "alle zwei Jahre"


_MONATE_JE_TEIL = dict(zip(Genauigkeit, (12, 6, 3, 1), strict=False))
_KEIN_TEIL = {
    Genauigkeit.HALBJAHR: ("Ein {}. Halbjahr", "z. B. 1. Halbjahr 2017 oder 2. Halbjahr 2017"),
    Genauigkeit.QUARTAL: ("Ein {}. Quartal", "z. B. 1. Quartal 2017 oder 4. Quartal 2017"),
    Genauigkeit.MONAT: ("Monat {}", "z. B. 03/2017, 2. Halbjahr 2017 oder 2017"),
}


@dataclass(frozen=True, slots=True)
class Zeitpunkt:
    """A year, a half, a quarter, a month or a day.

    ``teil`` is the half (1–2), the quarter (1–4) or the month (1–12, also for a day), ``tag`` the day of the
    month; both are None where the precision has no use for them. Raises ZeitraumFehler for what is not in the
    calendar, and for years before 1900 or after 2199.
    """

    jahr: int
    genauigkeit: Genauigkeit = Genauigkeit.JAHR
    teil: int | None = None
    tag: int | None = None

    def __post_init__(self) -> None:
        art, teil = self.genauigkeit, self.teil
        if not 1900 <= self.jahr <= 2199:
            falsch = f"Das Jahr {self.jahr} kann nicht stimmen."
            raise ZeitraumFehler(f"{falsch} Schreiben Sie ein Jahr von 1900 bis 2199, z. B. 2017.")
        if (teil is None) != (art is Genauigkeit.JAHR) or (self.tag is None) != (art is not Genauigkeit.TAG):
            raise ZeitraumFehler(f"Die Angaben passen nicht zur Genauigkeit {art}. Schreiben Sie z. B. 2017.")
        if teil is None:
            return
        if not 1 <= teil <= 12 // _MONATE_JE_TEIL.get(art, 1):
            falsch, richtig = _KEIN_TEIL.get(art, _KEIN_TEIL[Genauigkeit.MONAT])
            raise ZeitraumFehler(f"{falsch.format(teil)} gibt es nicht. Schreiben Sie {richtig}.")
        if self.tag is not None and not 1 <= self.tag <= (tage := monthrange(self.jahr, teil)[1]):
            raise ZeitraumFehler(
                f"Den {self.tag:02}.{teil:02}.{self.jahr} gibt es nicht. Der {MONATSNAMEN[teil - 1]} "
                f"{self.jahr} hat {tage} Tage; schreiben Sie z. B. {tage:02}.{teil:02}.{self.jahr}."
            )

    @property
    def erster_tag(self) -> date:
        if self.genauigkeit is Genauigkeit.TAG:
            return date(self.jahr, self.teil, self.tag)
        return date(self.jahr, ((self.teil or 1) - 1) * _MONATE_JE_TEIL[self.genauigkeit] + 1, 1)

    @property
    def letzter_tag(self) -> date:
        if self.genauigkeit is Genauigkeit.TAG:
            return self.erster_tag
        monat = (self.teil or 1) * _MONATE_JE_TEIL[self.genauigkeit]
        return date(self.jahr, monat, monthrange(self.jahr, monat)[1])

    def __str__(self) -> str:
        if self.genauigkeit is Genauigkeit.TAG:
            return f"{self.tag:02}.{self.teil:02}.{self.jahr}"
        if self.genauigkeit is Genauigkeit.MONAT:
            return f"{MONATSNAMEN[self.teil - 1]} {self.jahr}"
        return f"{self.teil}. {self.genauigkeit} {self.jahr}" if self.teil else str(self.jahr)


@dataclass(frozen=True, slots=True)
class Zeitraum:
    """A period with the wording that the person typed. Empty (``Zeitraum()``) it is falsy.

    A single point has the same ``beginn`` and ``ende``; "bis 2020" has only an ``ende``; ``offen`` says that
    there is no end ("ab 2018"), without a ``beginn`` it stands for "fortlaufend". Two values are equal when
    wording and structure are; compare ``struktur`` to leave the wording out. Raises ZeitraumFehler when the
    end lies before the begin, an open period has an end, or a begin has neither an end nor ``offen``.
    """

    beginn: Zeitpunkt | None = None
    ende: Zeitpunkt | None = None
    offen: bool = False
    wiederkehr: Wiederkehr | None = None
    wortlaut: str = ""

    def __post_init__(self) -> None:
        beginn, ende = self.beginn, self.ende
        if self.offen and ende:
            raise ZeitraumFehler(f"Ein offener Zeitraum hat kein Ende. Schreiben Sie z. B. bis {ende}.")
        if beginn and not (ende or self.offen):
            raise ZeitraumFehler(f"Es fehlt das Ende. Schreiben Sie z. B. ab {beginn}.")
        if beginn and ende and beginn is not ende and ende.letzter_tag < beginn.erster_tag:
            falsch = f"Das Ende ({ende}) liegt vor dem Beginn ({beginn})."
            raise ZeitraumFehler(f"{falsch} Schreiben Sie z. B. {ende} bis {beginn}.")

    @property
    def struktur(self) -> tuple[Zeitpunkt | None, Zeitpunkt | None, bool, Wiederkehr | None]:
        """Everything but the wording: beginn, ende, offen, wiederkehr."""
        return self.beginn, self.ende, self.offen, self.wiederkehr

    @property
    def verstanden(self) -> bool:
        """Whether there is any structure; False for the empty period too."""
        return self.offen or self.beginn is not None or self.ende is not None or self.wiederkehr is not None

    @property
    def erster_tag(self) -> date | None:
        return self.beginn and self.beginn.erster_tag

    @property
    def letzter_tag(self) -> date | None:
        """The last day; None when the period is open or nothing is said."""
        return self.ende and self.ende.letzter_tag

    def __bool__(self) -> bool:
        return bool(self.wortlaut) or self.verstanden

    def __str__(self) -> str:
        if self.wortlaut:
            return self.wortlaut
        if self.offen:
            zeit = f"ab {self.beginn}" if self.beginn else "fortlaufend"
        elif self.beginn == self.ende:
            zeit = str(self.ende or "")
        else:
            zeit = f"{self.beginn} bis {self.ende}" if self.beginn else f"bis {self.ende}"
        return " ".join(filter(None, (zeit, self.wiederkehr)))



def lies(text: str) -> Zeitraum:
    """Read a period; any text is kept as wording (without its outer white space), understood or not.

    Raises ZeitraumFehler when the text as a whole is a period that cannot be ("13/2017", "2018 bis 2016").
    """
    wortlaut = text.strip()
    return Zeitraum(wortlaut=wortlaut) if len(wortlaut) > ANGABE else _lies(wortlaut)


_ZEICHEN = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def geglaettet(text: str) -> str:
    """The text as patterns want it: lower case, composed umlauts, ``-`` for any dash, single plain spaces."""
    return " ".join(normalisiert("NFC", text).translate(_ZEICHEN).lower().split())


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
    zeit = _zeit(rest)
    # "2017 laufend" may mean "throughout 2017" or "from 2017 on".
    if zeit is None or (fortlaufend and zeit[0] is not None and zeit[0] == zeit[1]):
        return Zeitraum(wortlaut=wortlaut)
    return Zeitraum(*zeit, wiederkehr=wiederkehr, wortlaut=wortlaut)


def _zeit(text: str) -> tuple[Zeitpunkt | None, Zeitpunkt | None, bool] | None:
    """Begin, end and whether it is open; None when the text is not understood."""
    einleitung = _EINLEITUNG.match(text)
    art = einleitung[1] if einleitung else ""
    rest = text[einleitung.end() :] if einleitung else text
    plan = _einzeln(rest)
    if spanne := plan() if plan else _nachbarn(rest):
        if art in ("ab", "seit"):
            return spanne[0], None, True
        if art == "bis":
            return None, spanne[1], False
        return None if art in ("von", "vom") else (*spanne, False)
    if art != "bis" and (spanne := _von_bis(rest)):
        return *spanne, False
    # Refuses a "5. Quartal"; a "4. Quartal" of no year stays wording.
    if (plan := _einzeln(f"{rest} 2000")) and plan.func is _baue_teil:
        plan()
    return None


_Spanne = tuple[Zeitpunkt, Zeitpunkt]


def _einzeln(text: str) -> partial[_Spanne] | None:
    """Recognise one point in time; calling the result gives its first and last point.

    Only that call raises ZeitraumFehler, so that a sentence with a wrong date in it stays a sentence.
    """
    if " bis " in text or not text[-1:].isdigit():
        return None
    for muster, baue in _REGELN:
        if m := muster.fullmatch(text):
            return partial(baue, m, _volles_jahr(m["jahr"]))
    return None


def _von_bis(text: str) -> _Spanne | None:
    if not (paar := _paar(text, " bis ", " - ", "-")):
        return None
    (beginn, _), (_, ende), geliehen = paar
    # "Oktober bis März 2018" begins in a year that nobody wrote.
    return None if geliehen and ende.letzter_tag < beginn.erster_tag else (beginn, ende)


def _nachbarn(text: str) -> _Spanne | None:
    """Two points of which one follows the other ("2017/2018", "Mai und Juni 2017"); others are a list."""
    if " bis " in text or not (paar := _paar(text, " und ", "/")):
        return None
    (beginn, davor), (danach, ende), _ = paar
    return (beginn, ende) if davor.letzter_tag + timedelta(days=1) == danach.erster_tag else None


def _paar(text: str, *trenner: str) -> tuple[_Spanne, _Spanne, bool] | None:
    """Both sides of the first separator that occurs, each completed from the other.

    The third value says that the left side took its year from the right. None when a side is not understood.
    """
    if not (zeichen := next((t for t in trenner if t in text), "")):
        return None
    links, _, rechts = (teil.strip() for teil in text.partition(zeichen))
    rechts = _ENDWORT.sub("", rechts, count=1)
    if _VIER_ZIFFERN.fullmatch(links) and _ZWEI_ZIFFERN.fullmatch(rechts):
        rechts = str(_volles_jahr(rechts, int(links)))
    # "05/06/2017" may be a day or two months.
    elif _NUMMER.fullmatch(links) and (m := _NUMMER.match(rechts)) and text.count("/") < 2:
        links += rechts[m.end() :]
    plan_links, plan_rechts, geliehen = _einzeln(links), _einzeln(rechts), False
    if not plan_links and (m := _LETZTE_ZAHL.search(rechts)):
        plan_links, geliehen = _einzeln(f"{links} {m[0]}"), True
    return (plan_links(), plan_rechts(), geliehen) if plan_links and plan_rechts else None


def _volles_jahr(ziffern: str, nahe: int = 2020) -> int:
    """Four digits as they are; of two digits the year that lies nearest, so that "1999/00" ends in 2000."""
    return int(ziffern) if len(ziffern) == 4 else nahe - 50 + (int(ziffern) - nahe + 50) % 100


def _punkt(jahr: int, genauigkeit: Genauigkeit = Genauigkeit.JAHR, *teile: int) -> _Spanne:
    return (punkt := Zeitpunkt(jahr, genauigkeit, *teile)), punkt


def _monate(jahr: int, erster: int, letzter: int) -> _Spanne:
    """Months from first to last; a last one before the first lies in the next year."""
    ende = Zeitpunkt(jahr + (letzter < erster), Genauigkeit.MONAT, letzter)
    return Zeitpunkt(jahr, Genauigkeit.MONAT, erster), ende


_MONATE = {name[:3].lower(): nummer for nummer, name in enumerate(MONATSNAMEN, 1)} | {"mrz": 3, "mae": 3}
_ZEITEN = {"anfang": (1, 3), "mitte": (6, 7), "ende": (10, 12)}
_ZEITEN |= {"frühjahr": (3, 5), "frühling": (3, 5), "sommer": (6, 8), "herbst": (9, 11)}
_NUMMERN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "ers": 1, "zwe": 2, "dri": 3, "vie": 4}


def _monat(m: re.Match) -> int:
    return _MONATE.get(m["monat"][:3]) or int(m["monat"])


def _baue_monat(m: re.Match, jahr: int) -> _Spanne:
    return _punkt(jahr, Genauigkeit.MONAT, _monat(m))


def _baue_tag(m: re.Match, jahr: int) -> _Spanne:
    return _punkt(jahr, Genauigkeit.TAG, _monat(m), int(m["tag"]))


def _baue_teil(m: re.Match, jahr: int) -> _Spanne:
    nummer = m["nummer"].rstrip(".")
    art = Genauigkeit.QUARTAL if m["art"][0] == "q" else Genauigkeit.HALBJAHR
    return _punkt(jahr, art, _NUMMERN.get(nummer[:3]) or int(nummer))


def _baue_lage(m: re.Match, jahr: int) -> _Spanne:
    monat = _monat(m)
    tage = {"anfang": (1, 10), "mitte": (11, 20), "ende": (21, monthrange(jahr, monat)[1])}[m["lage"]]
    return tuple(Zeitpunkt(jahr, Genauigkeit.TAG, monat, tag) for tag in tage)


def _baue_schuljahr(m: re.Match, jahr: int) -> _Spanne:
    if (folge := _volles_jahr(m["folge"], jahr)) != jahr + 1:
        falsch, richtig = f"Schuljahr {jahr}/{folge}", f"Schuljahr {jahr}/{jahr + 1}"
        raise ZeitraumFehler(f"Ein {falsch} gibt es nicht. Schreiben Sie z. B. {richtig}.")
    return _monate(jahr, 8, 7)


_ORDNUNG = r"[0-9]{1,2}\.?|(?:i{1,3}|iv|vi?)\.?|erste[ns]?|zweite[ns]?|dritte[ns]?|vierte[ns]?"
_NUMMER = re.compile(rf"(?:{_ORDNUNG})(?![0-9a-z])")
_VIER_ZIFFERN, _ZWEI_ZIFFERN, _LETZTE_ZAHL = map(re.compile, ("[0-9]{4}", "[0-9]{2}", "[0-9]+$"))
_NAME = (
    r"(?P<monat>jan(?:uar|\.)?|feb(?:ruar|r?\.)?|märz|maerz|mär\.?|mrz\.?|apr(?:il|\.)?|mai|ju[nl](?:i|\.)?"
    r"|aug(?:ust|\.)?|sep(?:tember|t?\.|t)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?)"
)
_SCHULJAHR = r"(?:schul|kita-?|kindergarten)jahr (?P<jahr>[0-9]{4}) ?[/-] ?(?P<folge>[0-9]{4}|[0-9]{2})"
_IM_JAHR = r" ?[ /] ?(?:(?:des |im )?jahr(?:es)? )?(?P<jahr>[0-9]{4})"

_REGELN = tuple(
    (re.compile(muster), baue)
    for muster, baue in (
        (r"(?:(?:haushalts|kalender)?jahr )?(?P<jahr>[0-9]{4})", lambda _, jahr: _punkt(jahr)),
        (r"(?P<tag>[0-9]{1,2})\. ?(?P<monat>[0-9]{1,2})\. ?(?P<jahr>[0-9]{4}|[0-9]{2})", _baue_tag),
        (r"(?P<monat>[0-9]{1,2}) ?[/.] ?(?P<jahr>[0-9]{4})", _baue_monat),
        (rf"{_NAME}{_IM_JAHR}", _baue_monat),
        (rf"(?P<nummer>{_ORDNUNG}) ?(?P<art>halbjahr|hj\.?|quartal|qu?\.?){_IM_JAHR}", _baue_teil),
        (rf"(?P<art>halbjahr|hj|h|quartal|q) ?(?P<nummer>[0-9]|i{{1,3}}|iv){_IM_JAHR}", _baue_teil),
        (rf"(?P<zeit>{'|'.join(_ZEITEN)}){_IM_JAHR}", lambda m, jahr: _monate(jahr, *_ZEITEN[m["zeit"]])),
        (rf"(?P<lage>anfang|mitte|ende) {_NAME}{_IM_JAHR}", _baue_lage),
        (rf"(?P<tag>[0-9]{{1,2}})\. ?{_NAME}{_IM_JAHR}", _baue_tag),
        (_SCHULJAHR, _baue_schuljahr),
        (r"(?P<jahr>[0-9]{4})-(?P<monat>[0-9]{2})-(?P<tag>[0-9]{2})", _baue_tag),
        (r"(?P<monat>0[1-9]|1[0-2])/(?P<jahr>1[3-9]|[2-6][0-9])", _baue_monat),
        # From 2012 on no month can be taken for a later year: 2017-03, but 2010-11 is a range.
        (r"(?P<jahr>20(?:1[2-9]|[2-9][0-9]))[/-](?P<monat>0[1-9]|1[0-2])", _baue_monat),
    )
)  # fmt: skip
