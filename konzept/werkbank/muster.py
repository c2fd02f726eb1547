"""Outlines to begin a concept with, after those of five municipalities. The texts are written by whoever begins."""

from typing import NamedTuple

from konzept.models import Abschnitt, Zaehlung

Inhalt = Abschnitt.Inhalt


class Kapitel(NamedTuple):
    titel: str
    inhalt: str = ""
    kapitel: tuple["Kapitel", ...] = ()
    zaehlung: str = Zaehlung.DEZIMAL


class Muster(NamedTuple):
    name: str
    beschreibung: str
    kapitel: tuple[Kapitel, ...]


ANHANG = Kapitel("Anhang", zaehlung=Zaehlung.OHNE, kapitel=(Kapitel("Mitwirkende", Inhalt.MITWIRKENDE),))

MUSTER = {
    "kapitel": Muster(
        "Nach Kapiteln",
        "Vorwort, Einführung, Leitlinien, Handlungsfelder mit Maßnahmentabellen (wie Monheim am Rhein 2016)",
        (
            Kapitel("Vorwort"),
            Kapitel("Einführung", kapitel=(Kapitel("Prozessschritte", Inhalt.PROZESS), Kapitel("Ausgangslage"))),
            Kapitel(
                "Integrationsverständnis und Leitlinien",
                kapitel=(Kapitel("Unser Integrationsverständnis"), Kapitel("Leitlinien", Inhalt.LEITLINIEN)),
            ),
            Kapitel("Handlungsfelder, Ziele und Maßnahmen", Inhalt.HANDLUNGSFELDER),
            Kapitel("Kosten und Finanzierung", Inhalt.KOSTEN),
            Kapitel("Ausblick"),
            ANHANG,
        ),
    ),
    "teile": Muster(
        "Teil A und Teil B",
        "Grundlagen und Strukturen in Teil A, Handlungsfelder in Teil B (wie Rheine 2017)",
        (
            Kapitel(
                "Grundlagen",
                zaehlung=Zaehlung.TEIL,
                kapitel=(
                    Kapitel("Grundsätze", Inhalt.LEITLINIEN),
                    Kapitel("Übergreifende Themen", Inhalt.QUERSCHNITT),
                    Kapitel("Gremien und Netzwerke", Inhalt.GREMIEN),
                ),
            ),
            Kapitel("Handlungsfelder", Inhalt.HANDLUNGSFELDER, zaehlung=Zaehlung.TEIL),
        ),
    ),
    "leitlinien": Muster(
        "Leitlinien zuerst",
        "Vorgehen, Ziele und Leitlinien zur Beratung, die Handlungsfelder folgen (wie Emmerich am Rhein 2016)",
        (
            Kapitel("Nächste Schritte", Inhalt.PROZESS),
            Kapitel("Ziele"),
            Kapitel("Voraussetzungen", Inhalt.GREMIEN),
            Kapitel("Funktion der Leitlinien"),
            Kapitel("Vorschläge für Leitlinien", Inhalt.LEITLINIEN),
            Kapitel("Handlungsfelder", Inhalt.HANDLUNGSFELDER),
        ),
    ),
    "bestandsaufnahme": Muster(
        "Bestandsaufnahme",
        "Was es schon gibt, von wem und seit wann; Ziele folgen später (wie Meerbusch 2016)",
        (
            Kapitel("Bestandsaufnahme", Inhalt.ANGEBOTE),
            Kapitel("Vorgeschichte", Inhalt.PROZESS),
            Kapitel("Lage in Zahlen", Inhalt.INDIKATOREN),
            Kapitel("Nötige Strukturen", Inhalt.GREMIEN),
            Kapitel("Aufwand und Personal"),
        ),
    ),
    "leer": Muster("Leer", "Ohne Gliederung beginnen", ()),
}


def lege_gliederung_an(konzept, muster: str) -> None:
    """Create the sections of an outline in a concept that has none."""

    def lege_an(kapitel, oben):
        for stelle, k in enumerate(kapitel, start=1):
            abschnitt = Abschnitt.objects.create(
                konzept=konzept,
                oberabschnitt=oben,
                titel=k.titel,
                inhalt=k.inhalt,
                zaehlung=k.zaehlung,
                reihenfolge=stelle,
            )
            lege_an(k.kapitel, abschnitt)

    lege_an(MUSTER[muster].kapitel, None)
