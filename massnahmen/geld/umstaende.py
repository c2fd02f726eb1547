"""What is said around an amount: how often, in which years, at most or at least, about, saved or spent.

Each is a word or two at one end of the wording. They are taken away one by one, so that their order does not matter;
what is said twice is not understood.
"""

import re
from dataclasses import dataclass

from .gruende import EINHEIT
from .werte import Grenze, Turnus
from .zahlen import WAEHRUNG

_J = "(?:19|20|21)[0-9]{2}"
_JE = "(?:pro|je|per|in jedem|in jeder|jede[sn]?|/) ?"
_ZEIT = {
    Turnus.HALBJAEHRLICH: "halbjahr",
    Turnus.VIERTELJAEHRLICH: "quartal|vierteljahr",
    Turnus.JAEHRLICH: (
        "(?:hhj|(?:haushalts|kalender|wirtschafts|rechnungs|förder|schul|kita-?|kindergarten)?jahr)"
        rf"(?! {_J}(?![0-9., ]*(?:{WAEHRUNG})))"
    ),
    Turnus.MONATLICH: "monat",
    Turnus.WOECHENTLICH: "woche",
}
_ART = {
    Turnus.HALBJAEHRLICH: r"halbjährl(?:ich|\.)|alle (?:6|sechs) monate",
    Turnus.VIERTELJAEHRLICH: r"vierteljährl(?:ich|\.)|quartalsweise|quartalsmäßig|alle (?:3|drei) monate",
    Turnus.ALLE_ZWEI_JAHRE: (
        r"alle (?:2|zwei) jahre|(?:2|zwei)-?jährlich|jedes (?:2\.|zweite) jahr"
        "|im (?:2-|zwei)jahres(?:takt|turnus|rhythmus)"
    ),
    Turnus.JAEHRLICH: r"(?:all)?jährl(?:ich|\.)|p\.? ?a\.?|pro anno|per annum|/ ?[aj]\.?",
    Turnus.MONATLICH: r"(?:all)?monatl(?:ich|\.)|mo?n?tl\.|(?:/|pro|je) ?mon\.|p\. ?m\.?",
    Turnus.WOECHENTLICH: r"(?:all)?wöchentl(?:ich|\.)|/ ?wo\.",
    Turnus.EINMALIG: "einmalig|einmal|1 ?x",
}


def _turnusmuster() -> str:
    muster = []
    for turnus, art in _ART.items():
        je = f"|{_JE}(?:{_ZEIT[turnus]})|i[mn] (?:der )?(?:{_ZEIT[turnus]})" if turnus in _ZEIT else ""
        muster.append(rf"(?P<{turnus.name}>(?:(?:/ ?)?(?:{art})(?:e[nrs]?)?(?: wiederkehrend)?){je})")
    return "|".join(muster)


_ZAHLWORTE = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()  # noqa: SIM905
_OFT = (
    rf"(?<![0-9.,])(?P<mal>[1-9][0-9]{{0,2}}|{'|'.join(_ZAHLWORTE)})(?:[ -]?mal| ?x) (?:{_JE}|i[mn] (?:der )?)?(?:"
    + "|".join(f"(?P<oft_{turnus.name}>{zeit}|{turnus})" for turnus, zeit in _ZEIT.items())
    + ")"
)
_WIE_OFT = {2: Turnus.HALBJAEHRLICH, 4: Turnus.VIERTELJAEHRLICH, 12: Turnus.MONATLICH}

_WANN = (
    r"(?:(?P<wann>ab|seit|bis|von|in|im|für|i\.|haushalt|hhj?\.?|(?:haushalts|hh-?)plan|(?:haushalts|kalender)?jahre?) "
    r"(?:(?:einschließlich|anfang|ende) )?(?:(?:de[mnrs]|das|die) )?"
    r"(?:(?:(?:haushalts|kalender|wirtschafts)?jahr(?:e[ns]?)?|haushalt|hhj?\.?|(?:haushalts|hh-?)plan) )?)?"
)
_JAHRE = (
    rf"(?<![0-9.,])(?P<jahre>{_J}(?:(?:, ?| und | u\. | sowie ){_J})+"
    rf"|{_J}(?:(?: ?[-/] ?| bis (?:einschließlich |ende )?)(?:{_J}|[0-9]{{2}}))?)(?P<ff> ?ff\.?)?"
)
EINNAHME = "(?:mehr)?(?:einnahmen?|erlöse?|erträge?|ertrag|einzahlung(?:en)?)"
_VON = r"(?::| von| in höhe von| i\. ?h\. ?v\.)?"
_MUSTER = {
    "oft": _OFT,
    "jahre": _WANN + _JAHRE,
    "turnus": _turnusmuster(),
    "hoechstens": r"max\.?|maximal|höchstens|bis zu|bis maximal|bis max\.|nicht mehr als|weniger als|bis|unter|<|≤",
    "mindestens": r"mind\.?|mindestens|wenigstens|mehr als|nicht unter|ab|min\.|>|≥",
    "ungefaehr": (
        r"ca\.?|circa|zirka|rund|rd\.|etwa|ungefähr|knapp|~|≈"
        "|schätzungsweise|geschätzte?|schätzung|voraussichtlich"
    ),
    "weniger": (
        "(?:einsparung(?:en)?|ersparnis(?:se)?|minder(?:kosten|ausgaben?|aufwand|aufwendungen|auszahlung(?:en)?)"
        f"|{EINNAHME}){_VON}"
    ),
    "mehr": (
        f"(?:(?!minder|{EINHEIT})[a-zäöüß-]{{0,30}}kosten|(?:mehr|gesamt)?(?:ausgaben?|aufwand|aufwendungen)|investition(?:en)?"
        f"|anschaffung(?:en)?|minder(?:einnahmen?|erträge?|ertrag|erlöse?)|auszahlung(?:en)?){_VON}"
    ),
    "insgesamt": r"insgesamt|insg\.?|gesamt|zusammen|in (?:der )?summe|summe",
    "je": "jeweils|je",
    "laufend": "(?:fort)?laufend|dauerhaft|wiederkehrend",
    "hoehe": r"in höhe von|i\. ?h\. ?v\.",
    "ansatz": "(?:(?:haushalts|plan|hh-?)?ansatz|pauschale?|pauschalbetrag)(?: von)?",
    "brutto": r"brutto|(?:inkl\.|inklusive|incl\.) (?:mwst|ust|mehrwertsteuer)\.?",
}
_GRENZE = {"hoechstens": Grenze.HOECHSTENS, "mindestens": Grenze.MINDESTENS}
_SORTE = {"oft": "turnus", "mindestens": "hoechstens", "mehr": "weniger"}
"""What excludes each other."""
_VORN = {
    art: re.compile(rf"(?P<wort>{muster})(?: ?[:=] ?|,? |(?<=[a-zäöüß.~≈<>≤≥])(?=[0-9€$£]))")
    for art, muster in _MUSTER.items()
}
_HINTEN = {
    art: re.compile(rf"(?:[,;] ?| |(?=/)|(?<=[€$£])|^)(?P<wort>{muster})$") for art, muster in _MUSTER.items()
}
_NUR_VORN = re.compile(r"bis(?: zu| max\.| maximal)?|unter|ab|nicht .+|.+ als|[<>≤≥]")
_OHNE_WAEHRUNG = re.compile(r"bis|unter|ab|min\.")
_IN_EINEM_JAHR = re.compile(r"i[mn] (?:dem )?\S*jahr$|(?:schul|kita-?|kindergarten)jahr$")
_EINNAHME = re.compile(EINNAHME)
_SCHULJAHR = re.compile("schul|kita|kindergarten")
_KEIN_JAHR = re.compile(rf" ?(?:(?:{WAEHRUNG}|t ?eur|[tk] ?€)(?! ?[0-9])|mio|mrd|tsd|tausend|bis |x |×|\*|mal |und |-)")


@dataclass(slots=True)
class Umstaende:
    """All that is said around an amount. ``oft`` is how many times within a ``turnus``; ``jahre`` are those that are
    written, in their order, ``wann`` is the word in front of them, and ``jahr_davor`` says that they stand in front of
    the amount. ``nur_mit_waehrung`` says that without a
    currency this may be something else: "ab 5.000 €" is a bound, "ab 5.000" need not be one."""

    turnus: Turnus | None = None
    oft: int = 1
    grenze: Grenze | None = None
    nur_mit_waehrung: bool = False
    ungefaehr: bool = False
    gespart: bool = False
    ausgegeben: bool = False
    eingenommen: bool = False
    je: bool = False
    laufend: bool = False
    insgesamt: bool = False
    im_schuljahr: bool = False
    jahr_davor: bool = False
    jahre: tuple[int, ...] = ()
    wann: str = ""
    gesagt: frozenset[str] = frozenset()

    @property
    def ohne_ende(self) -> bool:
        """Whether a year is named from which on the amount falls due, and none up to which."""
        return len(self.jahre) == 1 and self.wann in ("ab", "seit")

    def nimm(self, text: str) -> str | None:
        """What is left of a smoothed text when one thing that is said at its end, or else at its begin, is taken away;
        None where nothing is."""
        if text.endswith(")") and "(" in text:
            davor, _, innen = text.removesuffix(")").rpartition("(")
            while innen and (rest := self._hinten(innen)) is not None:
                innen = rest
            return None if innen else davor.rstrip()
        rest = self._hinten(text)
        return self._vorn(text) if rest is None else rest

    def _hinten(self, text: str) -> str | None:
        for art, muster in _HINTEN.items():
            m = muster.search(text)
            nur_vorn = m and art in _GRENZE and _NUR_VORN.fullmatch(m["wort"])
            if m and not nur_vorn and (art != "jahre" or _ist_jahr_hinten(text, m)) and self._merkt(art, m):
                return text[: m.start()].rstrip()
        return None

    def _vorn(self, text: str) -> str | None:
        for art, muster in _VORN.items():
            m = muster.match(text)
            if m and (art != "jahre" or _ist_jahr_vorn(text, m)) and self._merkt(art, m):
                self.jahr_davor |= art == "jahre"
                return text[m.end() :].lstrip()
        return None

    def _merkt(self, art: str, m: re.Match[str]) -> bool:
        """Whether this was not said before; it then is."""
        sorte = _SORTE.get(art, art)
        doppelt = sorte in self.gesagt and not (art == "ungefaehr" or self.grenze == _GRENZE.get(art, ""))
        if doppelt or (art == "jahre" and not (jahre := _jahre(m["jahre"]))):
            return False
        self.gesagt |= {sorte}
        if art == "jahre":
            self.jahre, self.wann = jahre, "ab" if m["ff"] else m["wann"] or ""
            # "2161 25345" is a telephone.
            geteilt = m[0].rstrip()[-1] in ":=" or not m.string[m.end() : m.end() + 1].isdigit()
            self.nur_mit_waehrung |= not self.wann and not geteilt
        elif art == "oft":
            mal = int(m["mal"]) if m["mal"].isdigit() else _ZAHLWORTE.index(m["mal"]) + 1
            self.turnus, self.oft = next(turnus for turnus in _ZEIT if m[f"oft_{turnus.name}"]), mal
            if self.turnus is Turnus.JAEHRLICH and mal in _WIE_OFT:
                self.turnus, self.oft = _WIE_OFT[mal], 1
        elif art == "turnus":
            self.turnus = next(turnus for turnus in _ART if m[turnus.name])
            self.im_schuljahr = bool(_SCHULJAHR.search(m["wort"]))
        elif sorte == "hoechstens":
            self.grenze = _GRENZE[art]
            self.nur_mit_waehrung |= bool(_OHNE_WAEHRUNG.fullmatch(m["wort"]))
        elif sorte == "weniger":
            self.gespart, self.ausgegeben = art == "weniger", art == "mehr"
            self.eingenommen = bool(_EINNAHME.match(m["wort"]))
        elif art not in ("brutto", "hoehe", "ansatz"):
            setattr(self, art, True)
        return True


def _ist_jahr_hinten(text: str, m: re.Match[str]) -> bool:
    """Whether a year behind an amount is one: not in "4 500 2000", and a "Schuljahr 2027/28" is no two years."""
    davor = text[: m.start()]
    return bool(m["wann"]) or not (davor[-1:].isdigit() or (m[0][0] == " " and _IN_EINEM_JAHR.search(davor)))


def _ist_jahr_vorn(text: str, m: re.Match[str]) -> bool:
    """Whether a year in front of an amount is one: not in "2000 bis 3000 €" and "ab 2000 €"."""
    return bool(m["ff"]) or m[0].rstrip()[-1] in ",:=" or not _KEIN_JAHR.match(text, m.end("jahre"))


def _jahre(text: str) -> tuple[int, ...]:
    """The years in a match of _JAHRE; () where they do not run forward. The last one may have two digits."""
    zahlen = re.findall("[0-9]+", text)
    jahre = [int(zahl) if len(zahl) == 4 else int(zahlen[0][:2] + zahl) for zahl in zahlen]
    if jahre != sorted(set(jahre)):
        return ()
    return tuple(jahre) if re.search(r",|u\.|und|sowie", text) else tuple(range(jahre[0], jahre[-1] + 1))
