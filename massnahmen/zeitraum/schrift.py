"""How a text is smoothed before it is read, and other words for the same."""

import re

from konzept.schreibweise import normalisiert

from .punkt import volles_jahr
from .woerter import DES_VORHABENS, VORHABEN, WOCHENTAG

_ZEICHEN = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def geglaettet(text: str) -> str:
    """The text as patterns want it: lower case, composed umlauts, ``-`` for any dash, single plain spaces."""
    return " ".join(normalisiert("NFC", text).translate(_ZEICHEN).lower().split())


def _jahre(m: re.Match[str]) -> str:
    """The years in "Jahre 2010-12", which by itself may be a month."""
    folge = volles_jahr(m[2], int(m[1]))
    return f"{m[1]} bis {folge}" if folge > int(m[1]) else f"{m[1]}-{m[2]}"


# "Start August 2016" may be all there is to it.
_BEGINN = (
    rf"^(?:{VORHABEN}?beginn{DES_VORHABENS}?[: ]|{VORHABEN}start{DES_VORHABENS}?[: ]|start{DES_VORHABENS}?:) ?"
    r"(?:(?:ab|mit|frühestens) )?"
)
_ENDE = rf"{VORHABEN}?(?:ende|abschluss){DES_VORHABENS}?: ?(?:bis )?"
_TEIL = r"(?:q|h|kw) ?[0-9]{1,2}|(?:[1-4]|i{1,3}|iv)\. ?(?:quartal|halbjahr|hj)"
_NACH_DEM_JAHR = r"(?:(?<=[0-9]{4})|(?<=[/.][0-9]{2})|(?<=(?<!kw)(?<!woche) [0-9]{2}))"
_DOCH_BIS = r"(?:(?:(?:zeitlich|zunächst|vorerst) )?befristet |voraussichtlich |längstens |spätestens )?(bis [^(),;]+)"
_WOCHENTAGE = ["mo", "di", "mi", "do", "fr", "sa", "so"]
_WOCHENTAG_DAVOR = (
    rf"\b(?P<wochentag>{WOCHENTAG}|mo|di|mi|do|fr|sa|so)\.?,? (?:de[nm] )?(?=(?P<tag>[0-9]{{1,2}})\.)"
)


def wochentage(text: str) -> list[tuple[int, int]]:
    """The weekdays that a smoothed text names before a date, from 0 for Monday, each with the day of the month."""
    return [
        (_WOCHENTAGE.index("sa" if m["wochentag"] == "sonnabend" else m["wochentag"][:2]), int(m["tag"]))
        for m in re.finditer(_WOCHENTAG_DAVOR, text)
    ]


_UMSCHREIBUNGEN = tuple(
    (re.compile(muster), ersatz)
    for muster, ersatz in (
        (r"(?<=[0-9]{4})[.,;]$", ""),
        (r"\b(?:zum|zur|ab|seit)(?: dem)? (?:schuljahresbeginn|beginn des schuljahres)(?= )", "ab schuljahr"),
        (r"\bbis(?: zum)? (?:schuljahresende|ende (?:des )?schuljahre?s?)(?= )", "bis schuljahr"),
        (
            r"\b(bis|spätestens)( zum)? ende (?:des )?((?:[1-4]|i{1,3}|iv)\. ?|ersten |zweiten |dritten |vierten )"
            r"(quartal|halbjahr)(?:e?s)?(?= )",
            r"\1\2 \3\4",
        ),
        (_WOCHENTAG_DAVOR, ""),
        (r"\bjahresende\b", "ende"),
        (r"\bjahresmitte\b", "mitte"),
        (r"\bjahres(?:anfang|beginn)\b|(?:(?<=\bzu )|(?<=\bzum ))beginn\b|\bbeginn(?= des jahres\b)", "anfang"),
        (rf"{_BEGINN}([^,;]+[0-9])(?:[,;/]| -| /)? (?:und )?(?:{_ENDE}|(?=ende ))", r"ab \1 bis "),
        (_BEGINN, "beginn "),
        (rf"^{_ENDE}", "bis "),
        (r"\b(schul|kita-?|kindergarten)jahre (?=[0-9])", r"\1jahr "),
        (
            r"(?:(?<=^von )|(?<=^vom )|(?<![\w.-])(?<!\. )(?:(?:haushalts|hh-?|kalender)?jahr(?:e[ns]?)?|hhj\.?) )"
            r"([0-9]{4})-([0-9]{2})$",
            _jahre,
        ),
        (r"(?<![\w.-])(?<!\. )(?:jahren?|(?:haushalts|hh-?|kalender)jahr(?:e[ns]?|s)?|hhj\.?) ?(?=[0-9]{4})", ""),
        (r"(?<= )['‘’](?=[0-9]{2}(?![0-9]))", ""),
        (rf"(?<![0-9])([0-9]{{4}})(?:[/-]| / |,? )({_TEIL})(?! ?/? ?[0-9])", r"\2/\1"),
        (rf"{_NACH_DEM_JAHR},? (?:{_DOCH_BIS}|\({_DOCH_BIS}\))$", r" \1\2"),
        (r"^(?:in der zeit )?zwischen ([^,;]+?) und ", r"von \1 bis "),
        (r"^vo[nm] ([^,;]+) an$", r"ab \1"),
    )
)


def umschrieben(text: str) -> str:
    """A smoothed text in the words that the patterns know: "ende 2018" for "jahresende 2018"."""
    for muster, ersatz in _UMSCHREIBUNGEN:
        text = muster.sub(ersatz, text)
    return text
