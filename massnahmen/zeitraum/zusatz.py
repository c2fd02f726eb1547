"""What stands beside the time: how often something comes again, that it has no end, and words that change nothing."""

import re
from typing import NamedTuple

from .werte import Wiederkehr, Zeitpunkt
from .woerter import DES_VORHABENS, MONAT, VORHABEN, WOCHENTAG


class Zusatz(NamedTuple):
    """How often; that it goes on ("laufend", which may end all the same); that it has a begin and no end ("2018 ff.",
    "2018 - laufend"); that it comes once; that it has an end, which must be said, too."""

    wiederkehr: Wiederkehr | None = None
    fortlaufend: bool = False
    ohne_ende: bool = False
    einmalig: bool = False
    befristet: bool = False

    def passt_zu(self, beginn: Zeitpunkt | None, ende: Zeitpunkt | None, *, offen: bool) -> bool:
        """Whether it does not contradict a period; "befristet 31.12.2018" is more than that day."""
        return not (self.einmalig and offen) and not (self.befristet and (offen or beginn == ende))


_ALLE = {
    "tag": {1: Wiederkehr.TAEGLICH, 7: Wiederkehr.WOECHENTLICH, 14: Wiederkehr.ALLE_ZWEI_WOCHEN},
    "woche": {1: Wiederkehr.WOECHENTLICH, 2: Wiederkehr.ALLE_ZWEI_WOCHEN},
    "monat": {
        1: Wiederkehr.MONATLICH,
        2: Wiederkehr.ALLE_ZWEI_MONATE,
        3: Wiederkehr.VIERTELJAEHRLICH,
        4: Wiederkehr.DREIMAL_JAEHRLICH,
        6: Wiederkehr.HALBJAEHRLICH,
        12: Wiederkehr.JAEHRLICH,
    },
    "quartal": {1: Wiederkehr.VIERTELJAEHRLICH, 2: Wiederkehr.HALBJAEHRLICH},
    "vierteljahr": {1: Wiederkehr.VIERTELJAEHRLICH},
    "halbjahr": {1: Wiederkehr.HALBJAEHRLICH, 2: Wiederkehr.JAEHRLICH},
    "jahr": {
        1: Wiederkehr.JAEHRLICH,
        2: Wiederkehr.ALLE_ZWEI_JAHRE,
        3: Wiederkehr.ALLE_DREI_JAHRE,
        4: Wiederkehr.ALLE_VIER_JAHRE,
        5: Wiederkehr.ALLE_FUENF_JAHRE,
    },
}
"""Once in so many of them; what is not here is `REGELMAESSIG`."""
_MAL_IM_JAHR = {12 // monate: turnus for monate, turnus in _ALLE["monat"].items()}
_LICH = {
    "jährlich": "jahr",
    "alljährlich": "jahr",
    "halbjährlich": "halbjahr",
    "vierteljährlich": "quartal",
    "quartalsweise": "quartal",
    "monatlich": "monat",
    "wöchentlich": "woche",
    "täglich": "tag",
    "jährl.": "jahr",
    "halbjährl.": "halbjahr",
    "vierteljährl.": "quartal",
    "monatl.": "monat",
    "mtl.": "monat",
    "wöchentl.": "woche",
}
_ZWEI_LICH = {
    "zweijährlich": "jahr",
    "zweimonatlich": "monat",
    "zweiwöchentlich": "woche",
    "vierzehntägig": "woche",
    "vierzehntäglich": "woche",
    "14-tägig": "woche",
    "14-täglich": "woche",
    "14tägig": "woche",
}
_ZAHLEN = {"ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zwölf": 12}
_WIEVIELTE = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5}

_ZAHL = rf"(?:{'|'.join(_ZAHLEN)}|[0-9]{{1,2}})"
_EINHEIT = r"(?:tag|woche|monat|quartal|(?:viertel|halb|kalender|haushalts|schul|kita-?)?jahr)"
_IN_EINER = rf"(?:(?: ?/ ?| (?:im|in der|am|pro|je) )(?P<je>{_EINHEIT})| p\. ?a\.)"
# "Einmal im Jahr 2018" is once, in that year.
_NICHT_DIESES = rf"(?! (?:[0-9]{{4}}|{MONAT}))"
_OFT = "|".join(
    (
        rf"(?:(?P<bis_zu>{_ZAHL}(?: ?-|-? bis) ?))?(?P<mal>{_ZAHL})(?:[ -]?mal| ?[x×])"
        rf"(?: (?P<mal_lich>(?:jähr|monat|wöchent)l(?:ich|\.)|täglich)|{_IN_EINER}{_NICHT_DIESES})",
        rf"alle (?P<alle>{_ZAHL}) (?P<alle_einheit>tage|wochen|monate|(?:halb)?jahre|quartale)",
        rf"(?:in einem|im) (?:rhythmus|abstand|turnus) von (?P<abstand>{_ZAHL}) "
        r"(?P<abstand_einheit>tagen|wochen|monaten|jahren)",
        rf"jede[nsr]? (?:(?P<wievielte>{'|'.join(_WIEVIELTE)})[nsr]? )?(?P<jede_einheit>{_EINHEIT})",
        rf"(?P<jeden_mai>jede[nrs]? (?:{MONAT}|frühjahr|frühling|sommer|herbst|winter))",
        rf"(?P<montags>jede[nr]? (?:{WOCHENTAG})|(?:{WOCHENTAG})s)",
        rf"(?:im )?(?P<lich>{'|'.join(map(re.escape, _LICH))})(?:en (?:turnus|rhythmus|abstand))?",
        rf"(?P<zwei_lich>{'|'.join(_ZWEI_LICH)})",
        r"(?P<irgendwie>(?:regelm(?:ä|ae)(?:ß|ss)ig|turnusm(?:ä|ae)(?:ß|ss)ig|periodisch)(?: wiederkehrend)?"
        r"|wiederkehrend|in regelm(?:ä|ae)(?:ß|ss)igen abständen"
        r"|(?:mehrmals|mehrfach) (?:jährlich|monatlich|wöchentlich|täglich"
        rf"|(?:im|in der|am|pro|je) {_EINHEIT}{_NICHT_DIESES}))",
    )
)
_ETWA = r"(?:mindestens|mind\.|wenigstens|ca\.|etwa|in der regel|i\. ?d\. ?r\.|meist)"
_OFFEN = (
    r"(?:bereits |schon )?(?:fort)?laufend|lfd\.?|fortl\.|läuft(?: bereits)?|dauerhaft|auf dauer|(?:fort|an)?dauernd"
    r"|(?:be)?ständig|kontinuierlich|permanent|durchgehend|durchgängig|(?:zeitlich )?un(?:befristet|begrenzt)"
    r"|bis auf weiteres|ohne (?:ende|befristung)|open end|ab (?:sofort|jetzt)"
    r"|daueraufgaben?|(?:(?:fort)?laufende|(?:be)?ständige|dauerhafte) aufgabe"
)
_FRIST = r"(?:kurz|mittel|lang)(?:(?:-|fristig) ?(?:bis|und|oder|/) ?(?:mittel|lang))?fristig"
_UNGEFAEHR = r"voraussichtlich|vorauss(?:ichtl)?\.|vsl\.|ca\.|circa|etwa|geplant(?: für)?"
_STUFE = r"(?:prioritäts?(?:stufe)?|stufe|phase) (?:[0-9]|i{1,3}|iv|v|[a-c])(?=:| ?\()"
_ZUSATZ = (
    rf"(?P<oft>(?P<etwa>{_ETWA} )?(?:{_OFT}))|(?P<offen>{_OFFEN})|(?P<einmalig>einmalig)"
    r"|(?P<befristet>(?:(?:zeitlich|zunächst|vorerst) )?befristet(?: auf)?)"
    rf"|(?P<nichts>{_FRIST}|{_UNGEFAEHR}|{_STUFE})"
)
_VORN = re.compile(rf"(?:{_ZUSATZ})(?:(?:[,;:]| -| /)? |/(?! )|(?=\()|$)")
_HINTEN = re.compile(rf"(?:[,;]| -)? \(?(?:{_ZUSATZ})\)?$")
_OHNE_ENDE = re.compile(
    rf"(?<=[0-9])(?:(?: bis | ?- ?|[,;]? (?:projekt)?ende:? )(?:{_OFFEN}|heute|jetzt|dato|offen|auf weiteres)| ?ff\.?"
    r"| (?:und|u\.) (?:folgende(?: jahre)?|folgejahre|später|danach|darüber hinaus|weiter|(?:fort)?laufend))$"
)
_KLAMMER = re.compile(r"(?:\(([^()]*)\)|\[([^\[\]]*)\])[.,;]?")
# "In der Laufzeit fortlaufend" ends, but nobody wrote when.
_LAUFZEIT = re.compile(
    r"(?:(?:im|in der|während der|für d(?:en|ie)|über die) )?(?:gesamte[nr]? )?(?:eu-)?"
    rf"{VORHABEN}?(?:laufzeit|zeitraum|periode|dauer){DES_VORHABENS}?(?:: ?| - | )(?!des )(?=.*[0-9]{{2}})"
)


def trenne(text: str) -> tuple[str, Zusatz] | None:
    """What is left of a smoothed text without its additions, and what they say; None where they contradict."""
    oft, fortlaufend, ohne_ende, einmalig, befristet = set(), False, False, False, False
    while True:
        if m := _KLAMMER.fullmatch(text):
            text = (m[1] or m[2] or "").strip()
        elif m := _LAUFZEIT.match(text):
            text = text[m.end() :]
        elif m := _OHNE_ENDE.search(text):
            text, ohne_ende = text[: m.start()], True
        elif m := _VORN.match(text) or (None if text[-1:].isdigit() else _HINTEN.search(text)):
            if m[0].count("(") != m[0].count(")"):
                return None
            if m["oft"]:
                oft.add(_wiederkehr(m))
            fortlaufend |= bool(m["offen"])
            einmalig |= bool(m["einmalig"])
            befristet |= bool(m["befristet"])
            text = text[m.end() :] if m.start() == 0 else text[: m.start()]
        else:
            break
    # "Regelmäßig (monatlich)" is monthly.
    oft = oft - {Wiederkehr.REGELMAESSIG} or oft
    if len(oft) > 1 or None in oft or (einmalig and (oft or fortlaufend or ohne_ende)):
        return None
    return text, Zusatz(next(iter(oft), None), fortlaufend, ohne_ende, einmalig, befristet)


def _wiederkehr(m: re.Match[str]) -> Wiederkehr | None:
    """How often; None for "0x"."""
    if m["mal"] and not (mal := _zahl(m["mal"])):
        return None
    if m["etwa"] or m["bis_zu"] or m["irgendwie"]:
        return Wiederkehr.REGELMAESSIG
    if m["jeden_mai"]:
        return Wiederkehr.JAEHRLICH
    if m["montags"]:
        return Wiederkehr.WOECHENTLICH
    if m["mal"]:
        einheit = _LICH[m["mal_lich"]] if m["mal_lich"] else _einheit(m["je"] or "jahr")
        turnus = _MAL_IM_JAHR if einheit == "jahr" else {1: _ALLE[einheit][1]}
        return turnus.get(mal, Wiederkehr.REGELMAESSIG)
    if m["lich"]:
        return _ALLE[_LICH[m["lich"]]][1]
    if m["zwei_lich"]:
        return _ALLE[_ZWEI_LICH[m["zwei_lich"]]][2]
    zahl = _WIEVIELTE[m["wievielte"]] if m["wievielte"] else _zahl(m["alle"] or m["abstand"] or "1")
    einheit = _einheit(m["alle_einheit"] or m["abstand_einheit"] or m["jede_einheit"])
    return _ALLE[einheit].get(zahl, Wiederkehr.REGELMAESSIG) if zahl else None


def _zahl(text: str) -> int:
    return _ZAHLEN.get(text) or int(text)


def _einheit(wort: str) -> str:
    """ "jahr" of "schuljahr", "monat" of "monaten"."""
    return next(einheit for einheit in _ALLE if einheit in wort)
