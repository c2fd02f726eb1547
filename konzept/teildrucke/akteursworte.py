"""The sentences that count where a concept names somebody.

Who it is stands in the accusative, so that they are right of "die Volkshochschule" and "Schulen" alike.
"""

from collections.abc import Iterable, Mapping

from konzept.dokument.nennungen import Nennungsrolle

BEI_MASSNAHMEN = {
    Nennungsrolle.FEDERFUEHRUNG: "als federführend",
    Nennungsrolle.BETEILIGUNG: "als beteiligt",
    Nennungsrolle.SCHRITT: "mit einzelnen Schritten",
}
WEITERE = {
    Nennungsrolle.ANGEBOT: ("1 Angebot", "{} Angeboten"),
    Nennungsrolle.FOERDERUNG: ("1 geförderten Angebot", "{} geförderten Angeboten"),
    Nennungsrolle.GREMIUM: ("1 Gremium", "{} Gremien"),
    Nennungsrolle.PROZESS: ("1 Schritt des Prozesses", "{} Schritten des Prozesses"),
    Nennungsrolle.ZAHLEN: ("1 Indikator", "{} Indikatoren"),
}


def eingang(wer: str, zahlen: Mapping[Nennungsrolle, int], schritte: int) -> str:
    """ "Das Konzept nennt „VHS“ bei 5 Maßnahmen: als federführend bei 3, als beteiligt bei 2." `zahlen` counts elements
    by role, each measure once; `schritte` are those that name it themselves."""
    bei = {wort: zahlen[rolle] for rolle, wort in BEI_MASSNAHMEN.items() if zahlen.get(rolle)}
    weitere = [anzahl(zahlen[rolle], *worte) for rolle, worte in WEITERE.items() if zahlen.get(rolle)]
    if not bei:
        return f"Das Konzept nennt {wer} bei {aufgezaehlt(weitere)}." if weitere else f"Das Konzept nennt {wer} nicht."
    satz = f"Das Konzept nennt {wer} bei {anzahl(sum(bei.values()), '1 Maßnahme', '{} Maßnahmen')}"
    if len(bei) == 1:
        satz = f"{satz} {next(iter(bei))}."
    else:
        satz = f"{satz}: {aufgezaehlt(f'{wort} bei {zahl}' for wort, zahl in bei.items())}."
    eigens = [anzahl(schritte, "1 Schritt", "{} Schritten")] * bool(schritte) + weitere
    return f"{satz} Eigens genannt ist der Name bei {aufgezaehlt(eigens)}." if eigens else satz


def auslassung(gekuerzt: bool, ohne_berichte: bool) -> str:
    """What stands in the concept alone; "" where nothing does."""
    worte = ["längere Beschreibungen in voller Länge"] * gekuerzt
    worte += ["die Indikatoren und Sachstände der Maßnahmen"] * ohne_berichte
    return f"Nur im Konzept selbst stehen {aufgezaehlt(worte)}." if worte else ""


def anzahl(zahl: int, einer: str, mehrere: str) -> str:
    return einer if zahl == 1 else mehrere.format(zahl)


def aufgezaehlt(worte: Iterable[str]) -> str:
    """ "a, b und c"."""
    *davor, letztes = [*worte] or [""]
    return f"{', '.join(davor)} und {letztes}" if davor else letztes
