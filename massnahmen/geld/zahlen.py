"""A single amount as it is written: digits, thousands and millions, currency. What stands around it is read
elsewhere."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from .werte import ZU_VIELE_STELLEN, GeldFehler, betrag_in

_WAEHRUNGEN = {
    "EUR": r"€|euros?|eur\.?",
    "CHF": r"chf|s?fr\.|sfr|(?:schweizer )?franken",
    "USD": r"us-?dollar|us ?\$|usd|\$|dollar",
    "GBP": r"£|gbp|(?:britische )?pfund",
    "DEM": r"dem|dm|d-mark|deutsche mark",
} | {code: code.lower() for code in ("CZK", "DKK", "HUF", "NOK", "PLN", "SEK")}
WAEHRUNG = "|".join(_WAEHRUNGEN.values())
_IRGENDEINE = re.compile(rf"(?<![^\W\d])[tk]?(?:{WAEHRUNG})(?![^\W\d])", re.IGNORECASE)
_CODES = {code: re.compile(muster) for code, muster in _WAEHRUNGEN.items()}

_STUFEN = {"Mrd": Decimal(10**9), "Mio": Decimal(10**6), "Tsd": Decimal(1000)}
_STUFE = (
    r"(?P<Mrd>mrd\.?|milliarden?)|(?P<Mio>mio\.?|mill\.|million(?:en)?|m(?=€|eur))"
    rf"|(?P<Tsd>tsd\.?|tausend|(?(vorn)[tk]\.?|[tk]\.?(?= ?(?:{WAEHRUNG}))))"
)
_MUSTER = re.compile(
    rf"(?P<plus>\+ ?)?(?P<minus>- ?|minus |\./\. ?)?"
    rf"(?:(?P<tausend>[tk]\.? ?(?={WAEHRUNG}))?(?P<vorn>{WAEHRUNG}) ?(?P<nachgestellt>- ?)?)?"
    rf"(?P<zahl>[0-9](?:[0-9.,'’ ]*[0-9])?)(?P<strich>[.,] ?(?:--?|=))?"
    rf"(?: ?(?:{_STUFE}))? ?(?P<dahinter>- ?)?(?P<hinten>{WAEHRUNG})?(?P<zuletzt>-)?"
)

_GRUPPEN = r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+|(?:['’][0-9]{3})+)"
_DEUTSCH = re.compile(rf"(?P<ganze>[0-9]+|{_GRUPPEN})(?:,(?P<nachkomma>[0-9]+))?")
_SCHWEIZ = re.compile(r"(?P<ganze>[1-9][0-9]{0,2}(?:['’][0-9]{3})+)\.(?P<nachkomma>[0-9]{2})")
_FRANKEN = re.compile(r"(?P<ganze>[0-9]+)\.(?P<nachkomma>[0-9]{2})")
_ENGLISCH = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.[0-9]{1,2}|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_EIN_PUNKT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_VERTAUSCHT = str.maketrans(".,", ",.")
_TRENNER = str.maketrans("", "", ".' ’")
_JAHR = re.compile(r"(?:19|20|21)[0-9]{2}")
_DATUM = re.compile(r"(?<![0-9.])[0-9]{1,2}\. ?[0-9]{1,2}\. ?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_NUMMER = re.compile("0[0-9]")


@dataclass(frozen=True, slots=True)
class Betrag:
    """One reading of an amount. ``worte`` is a wording of it that cannot be read in another way; ``zweifel`` is what to
    ask where this is not certain. ``bezeichnet`` says that something marks it as money: a currency, millions, or
    "5.000,-"."""

    wert: Decimal
    worte: str
    waehrung: str
    zahl: str
    stufe: str
    bezeichnet: bool
    zweifel: str = ""

    @property
    def einheit(self) -> str:
        """Thousands and currency, as they may be written behind another number."""
        return " ".join(filter(None, (self.stufe and f"{self.stufe}.", self.waehrung or "EUR"))).lower()

    @property
    def gruppiert(self) -> bool:
        """Whether it has more than digits."""
        return not self.zahl.isdigit()

    @property
    def wie_ein_jahr(self) -> bool:
        return not self.bezeichnet and bool(_JAHR.fullmatch(self.zahl))


def lies_betrag(text: str) -> tuple[Betrag, ...]:
    """The readings of a smoothed text that is one amount and nothing else; () for any other text.

    Raises GeldFehler for an amount with a fraction of a cent.
    """
    m = _MUSTER.fullmatch(text)
    if not m or (m["vorn"] and m["hinten"]) or (m["plus"] and m["minus"]) or (m["tausend"] and _stufe(m, "")):
        return ()
    if m["dahinter"] or m["zuletzt"]:
        return _strich_dahinter(text, m)
    zahl, waehrung, stufe = m["zahl"], _code(m["vorn"] or m["hinten"]), _stufe(m)
    bezeichnet = bool(waehrung or stufe or m["strich"])
    minus = "−" if m["minus"] or m["nachgestellt"] else ""

    def lesart(gemeint: str, stufe: str = stufe, zweifel: str = "") -> Betrag:
        wert = Decimal(gemeint.translate(_TRENNER).replace(",", ".")) * _STUFEN.get(stufe, 1)
        einheit = "€" if waehrung in ("", "EUR") else waehrung
        worte = f"{minus}{gemeint} {stufe}. {einheit}" if stufe else f"{minus}{gemeint} {einheit}"
        return Betrag(-wert if minus else wert, worte, waehrung, zahl, stufe, bezeichnet, zweifel)

    if not bezeichnet and (m["plus"] or _NUMMER.match(zahl)):
        return ()  # a telephone or a product: "+49 216 125 345", "0216125345", "05.03"
    if schweiz := _SCHWEIZ.fullmatch(zahl) or (waehrung == "CHF" and _FRANKEN.fullmatch(zahl)):
        return (lesart(f"{schweiz['ganze']},{schweiz['nachkomma']}"),)
    if not (deutsch := _DEUTSCH.fullmatch(zahl)):
        if not _ENGLISCH.fullmatch(zahl):
            return ()
        return (lesart(zahl.translate(_VERTAUSCHT), zweifel=f"{zahl} ist nicht deutsch geschrieben."),)
    if stufe in ("Mio", "Mrd") and _EIN_PUNKT.fullmatch(zahl):
        zweifel = f"{zahl} {stufe}. ist nicht eindeutig."
        return tuple(lesart(zahl.replace(".", ","), s, zweifel) for s in dict.fromkeys((stufe, "Mrd")))
    if not stufe and len(deutsch["nachkomma"] or "") > 2:
        return _zu_viele_stellen(zahl, waehrung, lesart)
    if bezeichnet:
        return (lesart(zahl),)
    return _ohne_zeichen(zahl, deutsch["nachkomma"] or "", lesart)


def _strich_dahinter(text: str, m: re.Match[str]) -> tuple[Betrag, ...]:
    """A dash behind an amount may be the one of "5.000,-" or, as in a list from a program, a minus."""
    art = "dahinter" if m["dahinter"] else "zuletzt"
    if m["minus"] or m["nachgestellt"] or m["strich"] or (m["dahinter"] and m["zuletzt"]) or m["zahl"].isdigit():
        return ()
    zweifel = f"Ist der Strich hinter {m['zahl']} ein Minus?"
    ohne = lies_betrag(text[: m.start(art)] + text[m.end(art) :])
    gezaehlt = [replace(b, zweifel=b.zweifel or zweifel) for b in ohne]
    return (*gezaehlt, *(replace(b, wert=-b.wert, worte=f"−{b.worte}") for b in gezaehlt))


class _Lesart(Protocol):
    def __call__(self, gemeint: str, stufe: str = ..., zweifel: str = ...) -> Betrag: ...


def _zu_viele_stellen(zahl: str, waehrung: str, lesart: _Lesart) -> tuple[Betrag, ...]:
    """Three places may be thousands ("1,250 €"); other fractions of a cent are none of money."""
    gemeint = zahl.replace(",", ".")
    if not _DEUTSCH.fullmatch(gemeint):
        gerundet = Decimal(zahl.translate(_TRENNER).replace(",", ".")).quantize(Decimal("0.01"))
        raise GeldFehler(ZU_VIELE_STELLEN.format(betrag_in(gerundet, waehrung or "EUR")))
    zweifel = ZU_VIELE_STELLEN.partition(" Schreiben")[0]
    tausende = lesart(gemeint, zweifel=zweifel)
    return (lesart(zahl[:-1], zweifel=zweifel), tausende) if zahl.endswith("0") else (tausende,)


def _ohne_zeichen(zahl: str, nachkomma: str, lesart: _Lesart) -> tuple[Betrag, ...]:
    """A bare number is an amount, unless it is as likely something else: it then asks."""
    if _JAHR.fullmatch(zahl):
        jahr = f"Ist {zahl} ein Jahr? Dann gehört es in das Feld „Jahr“. Ist es ein Betrag?"
        return (lesart(f"{zahl[0]}.{zahl[1:]}", zweifel=jahr),)
    if zahl.isdigit() and 8 <= len(zahl) <= 12:
        nummer = f"Ist {zahl} eine Nummer, etwa ein Produktkonto? Dann gehört sie in das Feld „Produkt“."
        return (lesart(f"{int(zahl):,}".replace(",", "."), zweifel=f"{nummer} Ist es ein Betrag?"),)
    wert = Decimal(zahl.translate(_TRENNER).replace(",", "."))
    if 0 < wert < 100 or (len(nachkomma) == 1 and "." not in zahl):
        stelle = f"Ist {zahl} ein Stellenanteil? Dann gehört er in das Feld „Stellenanteil“."
        zweifel = f"{stelle} Eine Zahl von Stunden oder ein Amt gehört nicht hierher. Ist es ein Betrag?"
        return (lesart(f"{zahl}0" if len(nachkomma) == 1 else zahl, zweifel=zweifel),)
    return (lesart(zahl),)


def nennt_waehrung(text: str) -> bool:
    return bool(_IRGENDEINE.search(text))


def pruefe_schreibweise(text: str) -> None:
    """Raises GeldFehler where a text is one amount whose digits are grouped as none is, and no date is among them."""
    m = _MUSTER.fullmatch(text)
    if not m or _DATUM.search(m["zahl"]) or (m["vorn"] and m["hinten"]):
        return
    if m["vorn"] or m["hinten"] or _stufe(m):
        falsch = f"In {m['zahl']} stehen Punkt, Komma oder Leerzeichen falsch."
        raise GeldFehler(f"{falsch} Schreiben Sie z. B. 1.250 € oder 1.250,50 €.")


def _code(waehrung: str | None) -> str:
    return next((code for code, muster in _CODES.items() if waehrung and muster.fullmatch(waehrung)), "")


def _stufe(m: re.Match[str], tausend: str = "Tsd") -> str:
    """The name of what the number is multiplied with, "" for nothing; ``tausend`` is that of "TEUR" in front."""
    return next((name for name in _STUFEN if m[name]), tausend if m["tausend"] else "")
