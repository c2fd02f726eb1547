"""The values: a point in time, a period, and why one cannot be."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONATSNAMEN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905

WOCHENTAGSNAMEN = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()  # noqa: SIM905


class ZeitraumFehler(ValueError):
    """A period that cannot be, or that can mean several; its text is a German sentence for the person who typed it.

    ``lesarten`` has a wording for each meaning, in the order in which to offer them; ``lies`` reads all of them without
    a question. The sentence then is one.
    """

    def __init__(self, satz: str, lesarten: Sequence[str] = ()) -> None:
        super().__init__(satz)
        self.lesarten = tuple(lesarten)


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
    DREIMAL_JAEHRLICH = "dreimal jährlich"
    VIERTELJAEHRLICH = "vierteljährlich"
    ALLE_ZWEI_MONATE = "alle zwei Monate"
    MONATLICH = "monatlich"
    ALLE_ZWEI_WOCHEN = "alle zwei Wochen"
    WOECHENTLICH = "wöchentlich"
    TAEGLICH = "täglich"
    ALLE_ZWEI_JAHRE = "alle zwei Jahre"
    ALLE_DREI_JAHRE = "alle drei Jahre"
    ALLE_VIER_JAHRE = "alle vier Jahre"
    ALLE_FUENF_JAHRE = "alle fünf Jahre"
    REGELMAESSIG = "regelmäßig"
    """How often is not said, or is none of the others."""


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
        if self.teil is not None and self.tag is not None:
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
        if self.teil and self.genauigkeit is Genauigkeit.MONAT:
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
        return self.beginn.erster_tag if self.beginn else None

    @property
    def letzter_tag(self) -> date | None:
        """The last day; None when the period is open or nothing is said."""
        return self.ende.letzter_tag if self.ende else None

    def __bool__(self) -> bool:
        return bool(self.wortlaut) or self.verstanden

    def __str__(self) -> str:
        if self.wortlaut:
            return self.wortlaut
        if self.offen:
            zeit = f"ab {self.beginn}" if self.beginn else "fortlaufend"
        elif self.beginn == self.ende:
            zeit = str(self.ende or "")
        elif self.beginn and self.ende:
            zeit = f"{_vor_dem_ende(self.beginn, self.ende)} bis {self.ende}"
        else:
            zeit = f"bis {self.ende}"
        return " ".join(filter(None, (zeit, self.wiederkehr)))


def _vor_dem_ende(beginn: Zeitpunkt, ende: Zeitpunkt) -> str:
    """The begin without what it shares with the end: "Januar bis Februar 2018", "1. bis 2. Quartal 2018"."""
    text = str(beginn)
    if beginn.teil is None or beginn.tag or (beginn.jahr, beginn.genauigkeit) != (ende.jahr, ende.genauigkeit):
        return text
    return text.split()[0]
