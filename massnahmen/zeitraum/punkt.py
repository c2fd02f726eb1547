"""One point in time, as it is written: a day, a month, a half of a year and what else has a begin and an end."""

import re
from calendar import monthrange
from functools import partial

from .werte import MONATSNAMEN, Genauigkeit, Zeitpunkt, ZeitraumFehler

Spanne = tuple[Zeitpunkt, Zeitpunkt]

def einzeln(text: str) -> partial[Spanne] | None:
    """Recognise one point in time; calling the result gives its first and last point.

    Only that call raises ZeitraumFehler or `Unklar`, so that a sentence with a wrong date in it stays a sentence.
    """
    if " bis " in text or not text[-1:].isdigit():
        return None
    for muster, baue in _REGELN:
        if m := muster.fullmatch(text):
            return partial(baue, m, volles_jahr(m["jahr"]))
    return None


def volles_jahr(ziffern: str, nahe: int = 2020) -> int:
    """Four digits as they are; of two digits the year that lies nearest, so that "1999/00" ends in 2000."""
    return int(ziffern) if len(ziffern) == 4 else nahe - 50 + (int(ziffern) - nahe + 50) % 100


def _punkt(jahr: int, genauigkeit: Genauigkeit = Genauigkeit.JAHR, *teile: int) -> Spanne:
    return (punkt := Zeitpunkt(jahr, genauigkeit, *teile)), punkt


def _monate(jahr: int, erster: int, letzter: int) -> Spanne:
    """Months from first to last; a last one before the first lies in the next year."""
    ende = Zeitpunkt(jahr + (letzter < erster), Genauigkeit.MONAT, letzter)
    return Zeitpunkt(jahr, Genauigkeit.MONAT, erster), ende


_MONATE = {name[:3].lower(): nummer for nummer, name in enumerate(MONATSNAMEN, 1)} | {"mrz": 3, "mae": 3}
_ZEITEN = {"anfang": (1, 3), "mitte": (6, 7), "ende": (10, 12)}
_ZEITEN |= {"frühjahr": (3, 5), "frühling": (3, 5), "sommer": (6, 8), "herbst": (9, 11)}
_NUMMERN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "ers": 1, "zwe": 2, "dri": 3, "vie": 4}


class Unklar(Exception):
    """The text can mean several things: "1/2018" a month, a quarter or a half."""


def _frage(m: re.Match, jahr: int) -> Spanne:
    raise Unklar


_JAHR_DAHINTER = r" ?/ ?([0-9]{4}|1[3-9]|[2-6][0-9])(?![0-9])"
_UNKLAR = re.compile(rf"(?<![0-9./])([1-4]){_JAHR_DAHINTER}")
_MONATSZAHL = re.compile(rf"(?<![0-9./])([0-9]{{1,2}}){_JAHR_DAHINTER}")


def deutungen(text: str) -> tuple[str, ...]:
    """A text that is `Unklar`, written out as each of what it can mean: months, quarters, halves."""
    monate = _ausgeschrieben(_MONATSZAHL, "{}.{}", text)
    # Beside "6/2018" or "Juni 2018" a "1/2018" is a month, too.
    if _EIN_MONAT.search(_UNKLAR.sub("", text)):
        return (monate,)
    return monate, *(_ausgeschrieben(_UNKLAR, f"{{}}. {art} {{}}", text) for art in ("quartal", "halbjahr"))


def _ausgeschrieben(muster: re.Pattern, form: str, text: str) -> str:
    return muster.sub(lambda m: form.format(m[1], volles_jahr(m[2])), text)


def _monat(m: re.Match) -> int:
    return _MONATE.get(m["monat"][:3]) or int(m["monat"])


def _baue_monat(m: re.Match, jahr: int) -> Spanne:
    return _punkt(jahr, Genauigkeit.MONAT, _monat(m))


def _baue_tag(m: re.Match, jahr: int) -> Spanne:
    return _punkt(jahr, Genauigkeit.TAG, _monat(m), int(m["tag"]))


def baue_teil(m: re.Match, jahr: int) -> Spanne:
    nummer = m["nummer"].rstrip(".")
    art = Genauigkeit.QUARTAL if m["art"][0] == "q" else Genauigkeit.HALBJAHR
    return _punkt(jahr, art, _NUMMERN.get(nummer[:3]) or int(nummer))


def _baue_lage(m: re.Match, jahr: int) -> Spanne:
    monat = _monat(m)
    tage = {"anfang": (1, 10), "mitte": (11, 20), "ende": (21, monthrange(jahr, monat)[1])}[m["lage"]]
    return tuple(Zeitpunkt(jahr, Genauigkeit.TAG, monat, tag) for tag in tage)


def _baue_schuljahr(m: re.Match, jahr: int) -> Spanne:
    if (folge := volles_jahr(m["folge"], jahr)) != jahr + 1:
        falsch, richtig = f"Schuljahr {jahr}/{folge}", f"Schuljahr {jahr}/{jahr + 1}"
        raise ZeitraumFehler(f"Ein {falsch} gibt es nicht. Schreiben Sie z. B. {richtig}.")
    return _monate(jahr, 8, 7)


_ORDNUNG = r"[0-9]{1,2}\.?|(?:i{1,3}|iv|vi?)\.?|erste[ns]?|zweite[ns]?|dritte[ns]?|vierte[ns]?"
NUMMER = re.compile(rf"(?:{_ORDNUNG})(?![0-9a-z])")
_NAME = (
    r"(?P<monat>jan(?:uar|\.)?|feb(?:ruar|r?\.)?|märz|maerz|mär\.?|mrz\.?|apr(?:il|\.)?|mai|ju[nl](?:i|\.)?"
    r"|aug(?:ust|\.)?|sep(?:tember|t?\.|t)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?)"
)
_EIN_MONAT = re.compile(rf"{_NAME}|[0-9]{{1,2}} ?[/.] ?[0-9]{{2,4}}")
_SCHULJAHR = r"(?:schul|kita-?|kindergarten)jahr (?P<jahr>[0-9]{4}) ?[/-] ?(?P<folge>[0-9]{4}|[0-9]{2})"
_IM_JAHR = r" ?[ /] ?(?:(?:des |im )?jahr(?:es)? )?(?P<jahr>[0-9]{4})"

_REGELN = tuple(
    (re.compile(muster), baue)
    for muster, baue in (
        (r"(?:(?:haushalts|kalender)?jahr )?(?P<jahr>[0-9]{4})", lambda _, jahr: _punkt(jahr)),
        (r"(?P<tag>[0-9]{1,2})\. ?(?P<monat>[0-9]{1,2})\. ?(?P<jahr>[0-9]{4}|[0-9]{2})", _baue_tag),
        (r"[1-4] ?/ ?(?P<jahr>[0-9]{4}|1[3-9]|[2-6][0-9])", _frage),
        (r"(?P<monat>[0-9]{1,2}) ?[/.] ?(?P<jahr>[0-9]{4})", _baue_monat),
        (rf"{_NAME}{_IM_JAHR}", _baue_monat),
        (rf"(?P<nummer>{_ORDNUNG}) ?(?P<art>halbjahr|hj\.?|quartal|qu?\.?){_IM_JAHR}", baue_teil),
        (rf"(?P<art>halbjahr|hj|h|quartal|q) ?(?P<nummer>[0-9]|i{{1,3}}|iv){_IM_JAHR}", baue_teil),
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
