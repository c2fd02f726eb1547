"""What an amount of money is, and how it is shown. Imports nothing of this package."""

from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from enum import StrEnum

_CENT = Decimal("0.01")
_GRENZE = Decimal(10**12)
_MINUS = "\u2212"
ZU_VIELE_STELLEN = "Ein Betrag hat höchstens zwei Stellen nach dem Komma. Schreiben Sie z. B. {}."


class GeldFehler(ValueError):
    """An amount that cannot be, or that can be read in several ways; its text is a German sentence for the person who
    typed it. ``lesarten`` are wordings that ``lies`` reads without a doubt, one for each meaning, in the order in which
    to offer them."""

    def __init__(self, satz: str, lesarten: tuple[str, ...] = ()) -> None:
        super().__init__(satz)
        self.lesarten = tuple(lesarten)


class Turnus(StrEnum):
    """How often an amount falls due; the value is the German word."""

    EINMALIG = "einmalig"
    WOECHENTLICH = "wöchentlich"
    MONATLICH = "monatlich"
    VIERTELJAEHRLICH = "vierteljährlich"
    HALBJAEHRLICH = "halbjährlich"
    JAEHRLICH = "jährlich"
    ALLE_ZWEI_JAHRE = "alle zwei Jahre"


class Grenze(StrEnum):
    """What an amount that is not exact stands for; the value is the German word."""

    HOECHSTENS = "höchstens"
    MINDESTENS = "mindestens"
    SPANNE = "Spanne"


@dataclass(frozen=True, slots=True)
class Geld:
    """An amount with the wording that the person typed. Empty (``Geld()``) it is falsy; "0 €" is not.

    ``betrag`` has two places and lies below 10**12 on either side of nought; below nought it is a saving. None when
    nothing was understood: ``grund`` then says why, where there is more to say than that. Of a range ("5.000 bis
    8.000 €") it is the upper end, and ``untergrenze`` the lower one; of "höchstens" and "mindestens" it is the bound.
    Bounds are meant as numbers: a saving of at most 5,000 is at least -5,000. ``mal`` is how often a single amount was
    taken; ``betrag`` is the product.

    ``turnus`` is None where nothing is said about it. ``waehrung`` is "" where none is named, else the code of
    ISO 4217: whoever sums decides what counts. ``jahr`` and ``bis_jahr`` are the years that the wording itself names,
    both the same for a single one; ``offen`` says that they have a begin and no end. An amount that falls due once and
    has several years falls into one of them.

    Two values are equal when wording and all the rest are. Raises GeldFehler for what cannot be, and for any of the
    rest without an amount.
    """

    betrag: Decimal | None = None
    turnus: Turnus | None = None
    ungefaehr: bool = False
    wortlaut: str = ""
    _: KW_ONLY
    untergrenze: Decimal | None = None
    grenze: Grenze | None = None
    mal: int = 1
    waehrung: str = ""
    jahr: int | None = None
    bis_jahr: int | None = None
    offen: bool = False
    grund: str = ""

    def __post_init__(self) -> None:
        if self.betrag is None:
            zum_betrag = (self.turnus, self.ungefaehr, self.untergrenze, self.grenze, self.waehrung)
            if any((*zum_betrag, self.jahr, self.bis_jahr, self.offen)) or self.mal != 1:
                raise GeldFehler("Es fehlt der Betrag. Schreiben Sie z. B. 1.250 €.")
            return
        object.__setattr__(self, "betrag", geprueft(self.betrag, self.waehrung))
        if self.untergrenze is not None:
            object.__setattr__(self, "untergrenze", geprueft(self.untergrenze, self.waehrung))
        if (self.untergrenze is None) == (self.grenze is Grenze.SPANNE):
            raise GeldFehler("Zu einer Spanne gehören zwei Beträge. Schreiben Sie z. B. 5.000 bis 8.000 €.")
        if self.untergrenze is not None and self.untergrenze >= self.betrag:
            falsch = f"Das Ende ({self._in(self.betrag)}) liegt nicht über dem Anfang ({self._in(self.untergrenze)})."
            raise GeldFehler(f"{falsch} Schreiben Sie z. B. 5.000 bis 8.000 €.")
        if self.mal < 1 or self.betrag % (self.mal * _CENT):
            falsch = f"{self._in(self.betrag)} sind nicht {self.mal} gleiche Beträge."
            raise GeldFehler(f"{falsch} Schreiben Sie z. B. 12 x 500 €.")
        self._pruefe_jahre()

    def _pruefe_jahre(self) -> None:
        for jahr in filter(None, (self.jahr, self.bis_jahr)):
            if not 1900 <= jahr <= 2199:
                falsch = f"Das Jahr {jahr} kann nicht stimmen."
                raise GeldFehler(f"{falsch} Schreiben Sie ein Jahr von 1900 bis 2199, z. B. 2017.")
        if self.jahr and self.bis_jahr and self.bis_jahr < self.jahr:
            falsch = f"Das letzte Jahr ({self.bis_jahr}) liegt vor dem ersten ({self.jahr})."
            raise GeldFehler(f"{falsch} Schreiben Sie z. B. {self.bis_jahr} bis {self.jahr}.")
        if self.offen != (self.jahr is not None and self.bis_jahr is None):
            raise GeldFehler("Es fehlt, ab wann oder bis wann. Schreiben Sie z. B. ab 2027 oder 2027 bis 2030.")

    @property
    def struktur(self) -> tuple[Decimal | None, Turnus | None, bool]:
        """The amount without bounds, currency and years: betrag, turnus, ungefaehr."""
        return self.betrag, self.turnus, self.ungefaehr

    @property
    def verstanden(self) -> bool:
        """Whether there is an amount; False for the empty value too."""
        return self.betrag is not None

    @property
    def beziffert(self) -> Decimal:
        """``betrag`` where there has to be one. Raises TypeError where nothing was understood."""
        if self.betrag is None:
            raise TypeError(f"There is no amount in {self.wortlaut!r}.")
        return self.betrag

    @property
    def einzelbetrag(self) -> Decimal:
        """The amount that was taken ``mal`` times. Raises TypeError where nothing was understood."""
        return self.beziffert / self.mal

    def __bool__(self) -> bool:
        return bool(self.wortlaut) or self.verstanden

    def __str__(self) -> str:
        if self.wortlaut or self.betrag is None:
            return self.wortlaut
        if self.untergrenze is not None:
            return self.geschrieben(spanne_in(self.untergrenze, self.betrag, self.waehrung or "EUR"))
        return self.geschrieben(self._in(self.einzelbetrag))

    def geschrieben(self, betrag: str) -> str:
        """The value as ``lies`` reads it without a doubt, with these words for its single amount or its range."""
        oft, grenze = self.turnus or "", "" if self.grenze in (None, Grenze.SPANNE) else self.grenze
        if self.turnus is Turnus.EINMALIG and self.jahr != self.bis_jahr:
            oft = "insgesamt"
        if self.mal > 1 and self.turnus in UNTERJAEHRIG:
            oft = f"{self.mal}x {self.turnus}"
        elif self.mal > 1:
            betrag = f"{self.mal} x {betrag}"
        text = " ".join(filter(None, (grenze, "ca." if self.ungefaehr else "", betrag, oft)))
        return f"{text}, {jahre}" if (jahre := jahre_in_worten(self)) else text

    def _in(self, betrag: Decimal) -> str:
        return betrag_in(betrag, self.waehrung or "EUR")


UNTERJAEHRIG = (Turnus.WOECHENTLICH, Turnus.MONATLICH, Turnus.VIERTELJAEHRLICH, Turnus.HALBJAEHRLICH)


def betrag_in(betrag: Decimal, waehrung: str = "EUR") -> str:
    """German display of an amount: "1.250 €", "1.250,50 €", "−10.000 €", "1.250 CHF"; cents only when there are any.

    Between number and sign stands a no-break space (U+00A0), so that a narrow column never parts them; ``lies`` reads
    it back. The text of a PDF holds it as a plain or a no-break space: a program that looks for an amount there looks
    for the number alone, or lets any white space match.
    """
    return f"{_zahl(betrag)}\u00a0{_zeichen(waehrung)}"


def euro(betrag: Decimal) -> str:
    """German display of an amount in euros, as ``betrag_in`` has it."""
    return betrag_in(betrag)


def spanne_in(von: Decimal, bis: Decimal, waehrung: str = "EUR") -> str:
    """German display of a range: "5.000 bis 8.000 €", but "5 € bis 8.000 €", which else might be meant in thousands."""
    kurz = 0 < von < 1000 and von * 1000 < bis
    return f"{betrag_in(von, waehrung) if kurz else _zahl(von)} bis {betrag_in(bis, waehrung)}"


def jahre_in_worten(g: Geld) -> str:
    """The years that the wording names: "2027", "2027 bis 2030", "ab 2018", "bis 2030"; "" where it names none."""
    if g.offen:
        return f"ab {g.jahr}"
    if g.jahr == g.bis_jahr:
        return str(g.jahr or "")
    return f"{g.jahr} bis {g.bis_jahr}" if g.jahr else f"bis {g.bis_jahr}"


def _zahl(betrag: Decimal) -> str:
    ganze, cent = f"{abs(betrag):,.2f}".split(".")
    zahl = ganze.replace(",", ".") + ("" if cent == "00" else f",{cent}")
    return _MINUS + zahl if betrag < 0 else zahl


def _zeichen(waehrung: str) -> str:
    return "€" if waehrung == "EUR" else waehrung


def geprueft(betrag: Decimal, waehrung: str = "") -> Decimal:
    """The amount with two places, when it may be one."""
    if not betrag.is_finite() or abs(betrag) >= _GRENZE:
        raise GeldFehler("Der Betrag ist zu groß. Schreiben Sie höchstens zwölf Ziffern vor dem Komma.")
    gerundet = betrag.quantize(_CENT)
    if gerundet != betrag:
        raise GeldFehler(ZU_VIELE_STELLEN.format(betrag_in(gerundet, waehrung or "EUR")))
    return abs(gerundet) if gerundet == 0 else gerundet
