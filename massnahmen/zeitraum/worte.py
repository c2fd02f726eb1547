"""How a period was read, in plain German."""

from datetime import date

from .werte import MONATSNAMEN, Genauigkeit, Wiederkehr, Zeitpunkt, Zeitraum

NICHT_GELESEN = "als Wortlaut, nicht als Zeit gelesen"
_WIE_OFT = {
    Wiederkehr.JAEHRLICH: "jedes Jahr",
    Wiederkehr.HALBJAEHRLICH: "zweimal im Jahr",
    Wiederkehr.DREIMAL_JAEHRLICH: "dreimal im Jahr",
    Wiederkehr.VIERTELJAEHRLICH: "viermal im Jahr",
    Wiederkehr.MONATLICH: "jeden Monat",
    Wiederkehr.WOECHENTLICH: "jede Woche",
    Wiederkehr.TAEGLICH: "jeden Tag",
}


def in_worten(zeitraum: Zeitraum) -> str:
    """How the wording was read: "Juli bis Dezember 2027", "ab 2018, jedes Jahr, ohne Ende"; "" for the empty period.

    `lies` reads the same days from it, as long as there are any.
    """
    if not zeitraum:
        return ""
    if not zeitraum.verstanden:
        return NICHT_GELESEN
    wie_oft = _WIE_OFT.get(zeitraum.wiederkehr, str(zeitraum.wiederkehr)) if zeitraum.wiederkehr else ""
    return ", ".join(filter(None, (_zeit(zeitraum), wie_oft, "ohne Ende" if zeitraum.offen else "")))


def _zeit(zeitraum: Zeitraum) -> str:
    beginn, ende = zeitraum.beginn, zeitraum.ende
    if beginn and ende:
        return _spanne(beginn, ende)
    if beginn:
        return f"ab {_anfang(beginn, _feinheit(beginn))}"
    if not ende:
        return ""
    genau = _feinheit(ende)
    if genau is Genauigkeit.MONAT and ende.letzter_tag.month == 12:
        genau = Genauigkeit.JAHR
    return f"bis {'' if genau is Genauigkeit.TAG else 'Ende '}{_schluss(ende, genau)}"


def _feinheit(*punkte: Zeitpunkt) -> Genauigkeit:
    """Years, months or days: what all the points can be told in."""
    arten = {punkt.genauigkeit for punkt in punkte}
    if Genauigkeit.TAG in arten:
        return Genauigkeit.TAG
    return Genauigkeit.JAHR if arten == {Genauigkeit.JAHR} else Genauigkeit.MONAT


def _anfang(punkt: Zeitpunkt, genau: Genauigkeit) -> str:
    return " ".join(_teile(punkt.erster_tag, genau))


def _schluss(punkt: Zeitpunkt, genau: Genauigkeit) -> str:
    return " ".join(_teile(punkt.letzter_tag, genau))


def _teile(tag: date, genau: Genauigkeit) -> list[str]:
    """From the day to the year, so that what two dates share stands last."""
    teile = [f"{tag.day}.", MONATSNAMEN[tag.month - 1], str(tag.year)]
    return teile[{Genauigkeit.TAG: 0, Genauigkeit.MONAT: 1, Genauigkeit.JAHR: 2}[genau] :]


def _spanne(beginn: Zeitpunkt, ende: Zeitpunkt) -> str:
    genau = _feinheit(beginn, ende)
    links, rechts = _teile(beginn.erster_tag, genau), _teile(ende.letzter_tag, genau)
    if links == rechts:
        return " ".join(rechts)
    while len(links) > 1 and links[-1] == rechts[len(links) - 1]:
        links.pop()
    return f"{' '.join(links)} bis {' '.join(rechts)}"
