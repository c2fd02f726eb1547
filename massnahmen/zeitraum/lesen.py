"""From a wording to the period that it means."""

import re
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from konzept.grenzen import ANGABE

from .punkt import NUMMER, Spanne, Unklar, baue_teil, deutungen, einzeln, volles_jahr
from .schrift import geglaettet, umschrieben, wochentage
from .werte import WOCHENTAGSNAMEN, Genauigkeit, Wiederkehr, Zeitpunkt, Zeitraum, ZeitraumFehler
from .woerter import MONAT
from .zusatz import Zusatz, trenne

_Zeit = tuple[Zeitpunkt | None, Zeitpunkt | None, bool]
_Struktur = tuple[Zeitpunkt | None, Zeitpunkt | None, bool, Wiederkehr | None]


def lies(text: str) -> Zeitraum:
    """Read a period; any text is kept as wording (without its outer white space), understood or not.

    Raises ZeitraumFehler when the text as a whole is a period that cannot be ("13/2017", "2018 bis 2016"), and with
    ``lesarten`` when it can mean several ("1/2018").
    """
    wortlaut = text.strip()
    return Zeitraum(wortlaut=wortlaut) if len(wortlaut) > ANGABE else _lies(wortlaut)


@lru_cache(maxsize=1024)
def _lies(wortlaut: str) -> Zeitraum:
    struktur, glatt = None, geglaettet(wortlaut)
    if getrennt := trenne(glatt):
        text, zusatz = umschrieben(getrennt[0]), getrennt[1]
        try:
            struktur = _struktur(text, zusatz)
        except Unklar as unklar:
            struktur = _frage(unklar.texte or deutungen(text), _zusatz_nach(unklar, zusatz))
    if struktur:
        _pruefe_wochentage(glatt, struktur)
    return Zeitraum(*struktur, wortlaut=wortlaut) if struktur else Zeitraum(wortlaut=wortlaut)


def _pruefe_wochentage(text: str, struktur: _Struktur) -> None:
    """Refuse "Do, 27.09.2027", which is a Monday: nobody but the writer knows which of the two is wrong."""
    tage = [punkt for punkt in struktur[:2] if punkt and punkt.genauigkeit is Genauigkeit.TAG]
    for wochentag, nummer in wochentage(text):
        gemeint = [punkt for punkt in tage if punkt.tag == nummer]
        if gemeint and all(punkt.erster_tag.weekday() != wochentag for punkt in gemeint):
            ist, soll = WOCHENTAGSNAMEN[gemeint[0].erster_tag.weekday()], WOCHENTAGSNAMEN[wochentag]
            raise ZeitraumFehler(
                f"Der {gemeint[0]} ist ein {ist}, kein {soll}. Bitte prüfen Sie das Datum; "
                f"schreiben Sie z. B. {ist}, {gemeint[0]}."
            )


def _zusatz_nach(unklar: Unklar, zusatz: Zusatz) -> Zusatz:
    """What stands beside the texts to read instead."""
    return zusatz._replace(fortlaufend=False) if unklar.texte else zusatz


def _frage(texte: tuple[str, ...], zusatz: Zusatz) -> _Struktur | None:
    """The structure if the texts have only one between them; else the question which one is meant."""
    gelesen, falsch, zu_lesen = {}, None, [(text, zusatz) for text in texte]
    for text, dazu in zu_lesen:
        try:
            if struktur := _struktur(text, dazu):
                gelesen[str(Zeitraum(*struktur))] = struktur
            elif text == texte[0]:
                return None  # "4/2018 und 1/2019" are two quarters in a row, but they may be two months
        except ZeitraumFehler as fehler:
            falsch = falsch or fehler
        except Unklar as unklar:  # "1/2018 laufend" is two questions; in "1/ bis 2018" no year stands behind the 1
            zu_lesen += [(weiterer, _zusatz_nach(unklar, dazu)) for weiterer in unklar.texte]
    if len(gelesen) > 1:
        *erste, letzte = gelesen
        frage = f"Meinen Sie {', '.join(erste)} oder {letzte}? Bitte schreiben Sie es aus."
        raise ZeitraumFehler(frage, tuple(gelesen))
    if falsch and not gelesen:
        raise falsch
    return next(iter(gelesen.values()), None)


def _struktur(text: str, zusatz: Zusatz) -> _Struktur | None:
    struktur = _mit_wiederkehr(text, zusatz)
    return struktur if struktur and zusatz.passt_zu(*struktur[:2], offen=struktur[2]) else None


def _mit_wiederkehr(text: str, zusatz: Zusatz) -> _Struktur | None:
    wiederkehr, fortlaufend = zusatz.wiederkehr, zusatz.fortlaufend
    if not text:
        return (None, None, fortlaufend, wiederkehr) if wiederkehr or fortlaufend else None
    if zeit := _zeit(text, zusatz):
        return Zeitraum(*zeit, wiederkehr=wiederkehr).struktur
    if wiederkehr in _JEDES_JAHR:
        # "Jährlich im Mai ab 2027": the month is in the wording.
        teil, *jahre = _VOR_DEN_JAHREN.split(text, maxsplit=1)
        if _ist_teil_des_jahres(teil) and jahre and (zeit := _zeit(jahre[0], zusatz)):
            return Zeitraum(*zeit, wiederkehr=wiederkehr).struktur
        if _ist_teil_des_jahres(text):
            return None, None, fortlaufend, wiederkehr
    teile = _UND.split(text) if "/" not in text else text.split("/")
    if wiederkehr and len(teile) == _TEILE_IM_JAHR.get(wiederkehr) and all(map(_ist_teil_des_jahres, teile)):
        return None, None, fortlaufend, wiederkehr
    return None


_EINLEITUNG = re.compile(
    r"(?:(?P<bis>(?:bis )?(?:spätestens|längstens)(?: bis)?|bis)"
    r"|(?P<ab>ab frühestens|frühestens(?: ab)?|ab|seit|beginnend (?:ab|mit))"
    r"|(?P<beginn>beginn)"
    r"|(?P<zum>zu[mr])"
    r"|(?P<von>(?:(?:in der zeit|im zeitraum) )?vo[nm])"
    r"|(?P<im>im laufe|(?:im )?zeitraum:?|während|für|i[mn]|am|zu)) "
    r"(?:(?:zu[mr]|d(?:e[mnrs]|as|ie)|i[mn]|am|einschließlich|einschl\.|voraussichtlich|vsl\.|ca\.|etwa) ){0,2}"
)
_EIN_PUNKT = {"beginn", "zum"}
"""A "Beginn 2027-2029" lies somewhere in them."""
_ENDWORT = re.compile(
    r"(?:(?:zu[mr]|spätestens|längstens|einschließlich|einschl\.|voraussichtlich|vsl\.|ca\.|etwa) ){1,2}"
)


def _zeit(text: str, zusatz: Zusatz = Zusatz()) -> _Zeit | None:  # noqa: B008  it is a tuple
    """Begin, end and whether it is open; None when the text is not understood."""
    einleitung = _EINLEITUNG.match(text)
    art = (einleitung.lastgroup or "") if einleitung else ""
    rest = text[einleitung.end() :] if einleitung else text
    plan = einzeln(rest)
    if spanne := plan() if plan else _reihe(rest):
        if zusatz.ohne_ende:
            return (spanne[0], None, True) if art != "bis" else None
        if art == "von" or (art in _EIN_PUNKT and not plan):
            return None
        if plan and zusatz.fortlaufend and art in ("", "im"):
            # "2017 laufend" may mean "throughout 2017" or "from 2017 on".
            raise Unklar(rest, f"ab {rest}")
        return _gerichtet(art, rest, spanne)
    if not zusatz.ohne_ende and art not in ("bis", "beginn") and (spanne := _von_bis(rest)):
        return *spanne, False
    # Refuses a "5. Quartal"; a "4. Quartal" of no year stays wording.
    if (plan := einzeln(f"{rest} 2000")) and plan.func is baue_teil:
        plan()
    return None


def _gerichtet(art: str, text: str, spanne: Spanne) -> _Zeit:
    """A point or its neighbours, as the words before it want them: from there on, until then, or just then."""
    beginn, ende = spanne
    if art == "zum" and not text.startswith(("mitte", "ende")):
        if ende.genauigkeit is Genauigkeit.TAG and (ende.letzter_tag + timedelta(days=1)).day == 1:
            # What happens "zum 30.06.2018" is as a rule done by then.
            raise Unklar(f"ab {text}", f"bis {text}")
        art = "ab"
    if art in ("ab", "beginn"):
        return beginn, None, True
    return (None, ende, False) if art == "bis" else (beginn, ende, False)


_JEDES_JAHR = {
    Wiederkehr.JAEHRLICH,
    Wiederkehr.ALLE_ZWEI_JAHRE,
    Wiederkehr.ALLE_DREI_JAHRE,
    Wiederkehr.ALLE_VIER_JAHRE,
    Wiederkehr.ALLE_FUENF_JAHRE,
}
_TEILE_IM_JAHR = {
    Wiederkehr.HALBJAEHRLICH: 2,
    Wiederkehr.DREIMAL_JAEHRLICH: 3,
    Wiederkehr.VIERTELJAEHRLICH: 4,
}
"""So many months stand beside it: "zweimal jährlich im Mai und Oktober"."""
_TEIL_DES_JAHRES = re.compile(
    rf"\b{MONAT}|quartal|halbjahr|frühjahr|frühling|sommer|herbst|anfang|mitte|ende|[0-9]\. ?[0-9]{{1,2}}\.$"
)
_VOR_DEN_JAHREN = re.compile(r",? (?=(?:ab|seit|bis|vo[nm]) )|, (?=[0-9]{4})")
_JEWEILS = re.compile(r"jeweils (?=i[mn]|am|zu)|zu[mr] ")
_WINTER = re.compile(r"(?:jeweils )?(?:im )?winter")


def _ist_teil_des_jahres(text: str) -> bool:
    """Whether it is something that every year has: "im Mai", "am 08.03."."""
    if _WINTER.fullmatch(text):
        return True
    text = _JEWEILS.sub("", text)
    try:
        zeit = _TEIL_DES_JAHRES.search(text) and _zeit(f"{text} 2000")
    except (Unklar, ZeitraumFehler):
        return False
    return bool(zeit and zeit[0] and zeit[1])


def _von_bis(text: str) -> Spanne | None:
    zeichen = next((zeichen for zeichen in (" bis ", " - ", "-") if zeichen in text), None)
    if not zeichen:
        return None
    links, _, rechts = (teil.strip() for teil in text.partition(zeichen))
    links, rechts, geliehen = _ergaenzt(links, _ENDWORT.sub("", rechts, count=1))
    if not ((plan_links := einzeln(links)) and (plan_rechts := einzeln(rechts))):
        return None
    beginn, ende = plan_links()[0], plan_rechts()[1]
    # "Oktober bis März 2018" begins in a year that nobody wrote.
    return None if geliehen and ende.letzter_tag < beginn.erster_tag else (beginn, ende)


_UND = re.compile(r", | und | u\. | sowie | ?[+&] ?")


def _reihe(text: str) -> Spanne | None:
    """Points of which one follows the other ("2017/2018", "Mai, Juni und Juli 2017"); others are a list."""
    if " bis " in text:
        return None
    teile = _UND.split(text)
    if len(teile) == 1:
        teile = text.split("/")
        # "05/06/2017" may be a day or two months.
        if len(teile) != 2 and not all(_VIER_ZIFFERN.fullmatch(teil) for teil in teile):
            return None
    if len(teile) == 1:
        return None
    rechts, plaene = teile.pop().strip(), []
    for teil in reversed(teile):
        links, rechts, _ = _ergaenzt(teil.strip(), rechts)
        plaene.append(einzeln(rechts))
        rechts = links
    plaene.append(einzeln(rechts))
    bekannte = [plan for plan in reversed(plaene) if plan]
    if len(bekannte) < len(plaene):
        return None
    spannen = [plan() for plan in bekannte]
    for (_, davor), (danach, _) in pairwise(spannen):
        # "Dezember 2018 und 2019" is December in both.
        im_jahr = danach.genauigkeit is Genauigkeit.JAHR and davor.genauigkeit is not Genauigkeit.JAHR
        if im_jahr or davor.letzter_tag + timedelta(days=1) != danach.erster_tag:
            return None
    return spannen[0][0], spannen[-1][1]


_VIER_ZIFFERN, _ZWEI_ZIFFERN, _LETZTE_ZAHL = map(re.compile, ("[0-9]{4}", "[0-9]{2}", "[0-9]+$"))
_TAG = re.compile(r"([0-9]{1,2})\.?")
_VOLLER_TAG = re.compile(r"[0-9]{1,2}(\. ?[0-9]{1,2}\. ?(?:[0-9]{4}|[0-9]{2}))")
_WORT_VORN = re.compile(r"(?:kw|kalenderwoche|q|quartal|halbjahr|hj|sj|(?:schul|kita-?|kindergarten)jahr) ?(?=[0-9])")


def _ergaenzt(links: str, rechts: str) -> tuple[str, str, bool]:
    """Both sides with what they share; the third value says that the left one took its year from the right."""
    if _VIER_ZIFFERN.fullmatch(links) and _ZWEI_ZIFFERN.fullmatch(rechts):
        return links, str(volles_jahr(rechts, int(links))), False
    if (tag := _TAG.fullmatch(links)) and (m := _VOLLER_TAG.fullmatch(rechts)):
        return tag[1] + m[1], rechts, False
    if NUMMER.fullmatch(links) and (m := NUMMER.match(rechts)):
        rest = rechts[m.end() :]
        links = (links.rstrip(".") if rest.startswith(".") else links) + rest
    if (m := _WORT_VORN.match(links)) and not (einzeln(links) and einzeln(rechts)) and einzeln(m[0] + rechts):
        rechts = m[0] + rechts
    if not einzeln(links) and (m := _LETZTE_ZAHL.search(rechts)) and einzeln(f"{links} {m[0]}"):
        return f"{links} {m[0]}", rechts, True
    return links, rechts, False
