"""One point in time, as it is written: a day, a month, a half of a year and what else has a begin and an end."""

import re
from calendar import monthrange
from datetime import date
from functools import partial

from .werte import MONATSNAMEN, Genauigkeit, Zeitpunkt, ZeitraumFehler
from .woerter import MONAT

Spanne = tuple[Zeitpunkt, Zeitpunkt]


def einzeln(text: str) -> partial[Spanne] | None:
    """Recognise one point in time; calling the result gives its first and last point.

    Only that call raises ZeitraumFehler or `Unklar`, so that a sentence with a wrong date in it stays a sentence.
    """
    if " bis " in text or not text[-1:].isalnum():
        return None
    if m := _JAHR_UND_ZAHL.fullmatch(text):
        jahr = int(m["jahr"])
        # 2017-03 and 2010-09 are months, but 2010-11 may be two years and is taken for them.
        if volles_jahr(m["monat"], jahr) <= jahr:
            return partial(_baue_jahr_monat, m, jahr)
        if _monat_oder_jahre(m) != m[0]:
            return partial(_frage, m, jahr)
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
    """The text can mean several things: "1/2018" a month, a quarter or a half.

    ``texte`` are those to read instead, one for each, where they are not those of `deutungen`; they say whether it goes
    on, too.
    """

    def __init__(self, *texte: str) -> None:
        super().__init__(*texte)
        self.texte = texte


def _frage(m: re.Match[str], jahr: int) -> Spanne:
    raise Unklar


_JAHR_DAHINTER = r" ?/ ?([0-9]{4}|1[3-9]|[2-6][0-9])(?![0-9])"
_UNKLAR = re.compile(rf"(?<![0-9a-z./])([1-4]|i{{1,3}}|iv){_JAHR_DAHINTER}")
_JAHR_DAVOR = re.compile(r"(?<![0-9])([0-9]{4}) ?/ ?([1-4]|i{1,3}|iv)(?![0-9a-z.])")
_EIN_TAG = re.compile(
    r"(?<![0-9.])(?P<tag>[0-9]{1,2})\. ?(?P<monat>[0-9]{1,2})\. ?[0-9]{2}"
    r"|(?<![0-9])[0-9]{4}-(?P<iso_monat>[0-9]{2})-(?P<iso_tag>[0-9]{2})"
)
_QUARTALSGRENZEN = {(1, 1), (31, 3), (1, 4), (30, 6), (1, 7), (30, 9), (1, 10), (31, 12)}
_MONATSZAHL = re.compile(rf"(?<![0-9./])([0-9]{{1,2}}){_JAHR_DAHINTER}")


def deutungen(text: str) -> tuple[str, ...]:
    """A text that is `Unklar`, written out as each of what it can mean: months, quarters, halves; a month, years."""
    if (monat := _JAHR_UND_ZAHL.sub(_monat_oder_jahre, text)) != text:
        return monat, _JAHR_UND_ZAHL.sub(partial(_monat_oder_jahre, jahre=True), text)
    text = _JAHR_DAVOR.sub(r"\2/\1", text)
    monate = _ausgeschrieben(_MONATSZAHL, "{}.{}", text)
    teile = tuple(_ausgeschrieben(_UNKLAR, f"{{}}. {art} {{}}", text) for art in ("quartal", "halbjahr"))
    if _UNKLAR.search(monate):
        return teile  # a Roman number is no month
    # Beside "6/2018", "Juni 2018" or "05.06.2018" a "1/2018" is a month, too.
    neben_monat = _EIN_MONAT.search(_UNKLAR.sub("", text)) or _mitten_im_quartal(text)
    return (monate,) if neben_monat else (monate, *teile)


def _mitten_im_quartal(text: str) -> bool:
    """Whether there is a day in it with which no quarter begins or ends."""
    tage = (m.group("tag", "monat") if m["tag"] else m.group("iso_tag", "iso_monat") for m in _EIN_TAG.finditer(text))
    return any((int(tag), int(monat)) not in _QUARTALSGRENZEN for tag, monat in tage)


def _monat_oder_jahre(m: re.Match[str], *, jahre: bool = False) -> str:
    """ "2010-12" as the month or as the years from 2010 to 2012; unchanged what is not both."""
    jahr, zahl = int(m["jahr"]), int(m["monat"])
    if not jahr % 100 + 1 < zahl <= 12:
        return m[0]
    return f"{jahr} bis {jahr - jahr % 100 + zahl}" if jahre else f"{zahl}.{jahr}"


def _ausgeschrieben(muster: re.Pattern[str], form: str, text: str) -> str:
    return muster.sub(lambda m: form.format(m[1], volles_jahr(m[2])), text)


def _monat(m: re.Match[str]) -> int:
    return _MONATE.get(m["monat"][:3]) or int(m["monat"])


def _baue_monat(m: re.Match[str], jahr: int) -> Spanne:
    return _punkt(jahr, Genauigkeit.MONAT, _monat(m))


def _baue_tag(m: re.Match[str], jahr: int) -> Spanne:
    return _punkt(jahr, Genauigkeit.TAG, _monat(m), int(m["tag"]))


def _nummer(m: re.Match[str]) -> int:
    nummer = m["nummer"].rstrip(".")
    return _NUMMERN.get(nummer[:3]) or int(nummer)


def baue_teil(m: re.Match[str], jahr: int) -> Spanne:
    art = Genauigkeit.QUARTAL if m["art"][0] in "qv" else Genauigkeit.HALBJAHR
    return _punkt(jahr, art, _nummer(m))


def _baue_lage(m: re.Match[str], jahr: int) -> Spanne:
    monat = _monat(m)
    von, bis = {"anfang": (1, 10), "mitte": (11, 20), "ende": (21, monthrange(jahr, monat)[1])}[m["lage"]]
    return Zeitpunkt(jahr, Genauigkeit.TAG, monat, von), Zeitpunkt(jahr, Genauigkeit.TAG, monat, bis)


def _baue_jahr_monat(m: re.Match[str], jahr: int) -> Spanne:
    if 1 <= (monat := int(m["monat"])) <= 12:
        return _punkt(jahr, Genauigkeit.MONAT, monat)
    folge = volles_jahr(m["monat"], jahr)
    falsch = f"Monat {monat} gibt es nicht, und das Jahr {folge} liegt nicht nach {jahr}."
    beispiel = f" oder {folge} bis {jahr}" if folge < jahr else ""
    raise ZeitraumFehler(f"{falsch} Schreiben Sie z. B. 12/{jahr}{beispiel}.")


def _baue_doppeljahr(m: re.Match[str], jahr: int) -> Spanne:
    """A part of the year that reaches over New Year; a Schulhalbjahr is a part of one."""
    wort = next(name for name in _DOPPELJAHRE if m["wort"].startswith(name))
    name, erster, letzter = _DOPPELJAHRE[wort]
    if (folge := volles_jahr(m["folge"], jahr)) != jahr + 1:
        falsch, richtig = f"{name} {jahr}/{folge}", f"{name.split()[-1]} {jahr}/{jahr + 1}"
        raise ZeitraumFehler(f"{falsch} gibt es nicht. Schreiben Sie z. B. {richtig}.")
    return _monate(jahr, erster, letzter)


def _baue_schulhalbjahr(m: re.Match[str], jahr: int) -> Spanne:
    beginn, ende = _baue_doppeljahr(m, jahr)
    if not (haelfte := _nummer(m)) or haelfte > 2:
        raise ZeitraumFehler(
            f"Ein {haelfte}. Schulhalbjahr gibt es nicht. Schreiben Sie z. B. 2. Schulhalbjahr {jahr}/{jahr + 1}."
        )
    if haelfte == 1:
        return beginn, Zeitpunkt(jahr + 1, Genauigkeit.MONAT, 1)
    return Zeitpunkt(jahr + 1, Genauigkeit.MONAT, 2), ende


def _baue_woche(m: re.Match[str], jahr: int) -> Spanne:
    """A week of the year as in ISO 8601, from Monday to Sunday."""
    Zeitpunkt(jahr)
    woche = int(m["nummer"])
    try:
        montag, sonntag = date.fromisocalendar(jahr, woche, 1), date.fromisocalendar(jahr, woche, 7)
    except ValueError:
        falsch = f"Eine Kalenderwoche {woche} gibt es im Jahr {jahr} nicht."
        raise ZeitraumFehler(f"{falsch} Schreiben Sie z. B. KW 12/{jahr}.") from None
    return _tag(montag), _tag(sonntag)


def _tag(tag: date) -> Zeitpunkt:
    return Zeitpunkt(tag.year, Genauigkeit.TAG, tag.month, tag.day)


_ORDNUNG = r"[0-9]{1,2}\.?|(?:i{1,3}|iv|vi?)\.?|erste[ns]?|zweite[ns]?|dritte[ns]?|vierte[ns]?"
NUMMER = re.compile(rf"(?:{_ORDNUNG})(?![0-9a-z])")
_NAME = rf"(?P<monat>{MONAT})"
_JAHR_UND_ZAHL = re.compile(
    r"(?<![0-9./-])(?P<jahr>[0-9]{4})[/-](?P<monat>[0-9]{2})(?![0-9]|[./-][0-9])"
)
_DOPPELJAHRE = {
    "sj": (_SCHULJAHR := ("Ein Schuljahr", 8, 7)),
    "schul": _SCHULJAHR,
    "kita": _SCHULJAHR,
    "kindergarten": _SCHULJAHR,
    "wintersemester": (_SEMESTER := ("Ein Wintersemester", 10, 3)),
    "wise": _SEMESTER,
    "ws": _SEMESTER,
    "winter": ("Einen Winter", 12, 2),
    "jahreswechsel": ("Einen Jahreswechsel", 12, 1),
}
"""How a wrong one is named, the first month and the last."""
_SCHUL = r"(?P<wort>(?:schul|kita-?|kindergarten)jahr(?:es|s)?|sj)"
_WINTER = r"(?P<wort>wintersemester|wise|ws|winter|jahreswechsel)"
_JAHRE = r" (?P<jahr>[0-9]{4}|[0-9]{2}) ?[/-] ?(?P<folge>[0-9]{4}|[0-9]{2})"
_KURZ = r"1[3-9]|[2-6][0-9]"
_ART = r"halbjahr|(?:jahres)?hälfte|hj\.?|quartal|vierteljahr|qu?\.?"
_IM_JAHR = r" ?[ /] ?(?:(?:(?:des |im )?jahr(?:es)?|in) )?(?P<jahr>[0-9]{4})"
_EIN_MONAT = re.compile(rf"{MONAT}|(?<![0-9.])[0-9]{{1,2}} ?[/.] ?(?:[0-9]{{4}}|{_KURZ})(?![0-9.])")
_IM_JAHR_KURZ = _IM_JAHR.replace("[0-9]{4}", rf"[0-9]{{4}}|(?<=[/ ])(?:{_KURZ})")

_REGELN = tuple(
    (re.compile(muster), baue)
    for muster, baue in (
        (r"(?:(?:haushalts|kalender)?jahr(?:es)? )?(?P<jahr>[0-9]{4})", lambda _, jahr: _punkt(jahr)),
        (r"(?P<tag>[0-9]{1,2})\. ?(?P<monat>[0-9]{1,2})\. ?(?P<jahr>[0-9]{4}|[0-9]{2})", _baue_tag),
        (rf"(?:[1-4]|i{{1,3}}|iv) ?/ ?(?P<jahr>[0-9]{{4}}|{_KURZ})", _frage),
        (r"(?P<jahr>[0-9]{4}) ?/ ?(?:[1-4]|i{1,3}|iv)", _frage),
        (r"(?P<monat>[0-9]{1,2}) ?[/.] ?(?P<jahr>[0-9]{4})", _baue_monat),
        (rf"{_NAME}{_IM_JAHR_KURZ}", _baue_monat),
        (rf"(?P<nummer>{_ORDNUNG}) ?(?P<art>{_ART}){_IM_JAHR_KURZ}", baue_teil),
        (rf"(?P<art>halbjahr|hj|h|quartal|q) ?(?P<nummer>[0-9]|i{{1,3}}|iv){_IM_JAHR_KURZ}", baue_teil),
        (rf"(?P<zeit>{'|'.join(_ZEITEN)}){_IM_JAHR_KURZ}", lambda m, jahr: _monate(jahr, *_ZEITEN[m["zeit"]])),
        (rf"(?P<lage>anfang|mitte|ende) {_NAME}{_IM_JAHR_KURZ}", _baue_lage),
        (rf"(?P<tag>[0-9]{{1,2}})\. ?{_NAME}{_IM_JAHR_KURZ}", _baue_tag),
        (rf"{_SCHUL}{_JAHRE}", _baue_doppeljahr),
        (rf"{_WINTER}{_JAHRE}", _baue_doppeljahr),
        (rf"(?P<nummer>{_ORDNUNG}) ?(?P<wort>schulhalbjahr){_JAHRE}", _baue_schulhalbjahr),
        (rf"(?P<nummer>{_ORDNUNG}) ?(?:halbjahr|hj\.?) (?:des |im )?{_SCHUL}{_JAHRE}", _baue_schulhalbjahr),
        (rf"(?:sommersemester|sose|ss){_IM_JAHR_KURZ}", lambda _, jahr: _monate(jahr, 4, 9)),
        (rf"(?:kw|kalenderwoche) ?(?P<nummer>[0-9]{{1,2}}){_IM_JAHR}", _baue_woche),
        (rf"(?P<nummer>[0-9]{{1,2}})\.? ?(?:kw|kalenderwoche){_IM_JAHR}", _baue_woche),
        (r"(?P<jahr>[0-9]{4})-(?P<monat>[0-9]{2})-(?P<tag>[0-9]{2})", _baue_tag),
        (rf"(?P<monat>0[1-9]|[5-9]|1[0-2])/(?P<jahr>{_KURZ})", _baue_monat),
    )
)  # fmt: skip
