"""Small trees of which parts are printed: a Handlungsfeld with a measure as in the design, and with hard ones."""

import datetime as dt
from decimal import Decimal

from konzept.dokument import baum
from konzept.teildrucke.teildruck import Quelle

TAG = dt.date(2026, 12, 15)
SATZ = "Die Verwaltung prüft gemeinsam mit den Trägern, wie das Angebot erreichbar bleibt. "
NAMEN = {
    "FMI": "Fachstelle Migration und Integration",
    "33": "Bürgerservice",
    "JMD": "Jugendmigrationsdienst",
    "Caritas": "Caritasverband Musterstadt",
    "10": "Hauptamt",
    "Unbeteiligt": "Verein ohne Aufgabe",
}
ZIEL = baum.Verweis(anker="handlungsziel-1", nummer="2.1", titel="Ab 2029 gibt es eine Anlaufstelle ohne Termin.")


def akteure(*namen: str, fuehrt: int = 1) -> tuple[baum.Beteiligter, ...]:
    """The first so many are in charge."""
    return tuple(baum.Beteiligter(kurz=name, federfuehrend=i < fuehrt) for i, name in enumerate(namen))


def absaetze(*texte: str) -> tuple[baum.Absatz, ...]:
    return tuple(baum.Absatz(laeufe=(baum.Lauf(text=text),)) for text in texte)


def anteile(betrag: int, von: int, bis: int) -> tuple[baum.Kostenanteil, ...]:
    return tuple(baum.Kostenanteil(jahr=jahr, betrag=Decimal(betrag)) for jahr in range(von, bis + 1))


def position(angabe: str = "", **werte) -> baum.Kostenposition:
    return baum.Kostenposition(angabe=angabe, **werte)


def kosten(*positionen: baum.Kostenposition, **werte) -> baum.Kosten:
    return baum.Kosten(positionen=positionen, **werte)


SACHKOSTEN = position(
    "18.000 €",
    betrag=Decimal(18000),
    anteile=anteile(18000, 2028, 2028),
    zeit="2028",
    art="Sachkosten",
    finanzierung="Eigenmittel",
    produkt="05.03.01",
)
PERSONAL = position(
    "36.500 € jährlich",
    betrag=Decimal(36500),
    anteile=anteile(36500, 2029, 2032),
    zeit="2029–2032",
    art="Personalkosten",
    stellenanteil=Decimal("0.5"),
    stellenjahre=(2029, 2030, 2031, 2032),
)


def massnahme(nummer: int, **werte) -> baum.Massnahme:
    return baum.Massnahme(
        **{
            "anker": f"massnahme-{nummer}",
            "rn": nummer,
            "nummer": str(nummer),
            "kennung": f"4.1-{nummer}",
            "titel": f"Titel {nummer}",
            **werte,
        }
    )


BUERO = massnahme(
    6,
    titel="Willkommensbüro im Rathaus einrichten",
    text=absaetze(SATZ * 3, SATZ),
    stand="geplant",
    stand_schluessel="geplant",
    prioritaet="hoch",
    zeitraum="2. Halbjahr 2027 bis Ende 2032",
    beteiligte=akteure("FMI", "33", "Caritas", "JMD"),
    schritte=(
        baum.Schritt(
            anker="umsetzungsschritt-1",
            nummer=1,
            text="Raumkonzept abstimmen",
            zeitraum="2027",
            beteiligte=akteure("10", "FMI"),
        ),
        baum.Schritt(anker="umsetzungsschritt-2", nummer=2, text="Betrieb auswerten", zeitraum="1. Quartal 2030"),
    ),
    kosten=kosten(SACHKOSTEN, PERSONAL),
    ziel=ZIEL,
    zielgruppen=("Neuzugewanderte", "Geflüchtete Menschen"),
    leitlinien=(
        baum.Verweis(anker="leitlinie-2", nummer="2", titel="Integration ist ein wechselseitiger Prozess."),
        baum.Verweis(anker="leitlinie-7", nummer="7", titel="Verwaltung ist für alle da."),
    ),
    indikatoren=(baum.Indikator(anker="indikator-1", titel="Erstgespräche", zielwert=Decimal(900), zieljahr=2030),),
    sachstaende=(baum.Sachstand(datum=dt.date(2026, 10, 6), text=absaetze("Der Raum ist gefunden."), von="FMI"),),
)
KARG = massnahme(7, titel="Nichts als ein Titel")
LANG = massnahme(
    8,
    kennung="Teil C.IV-12.b-118",
    titel="Migrantenselbstorganisationsförderungskoordinierungsstelle mit " + "weiteren Aufgaben und " * 8 + "Wegen",
    text=absaetze(*[SATZ * 4] * 6),
    stand="zurückgestellt",
    stand_schluessel="zurueckgestellt",
    begruendung="Der Kreis entscheidet 2028.",
    beteiligte=akteure("FMI", "33", fuehrt=2),
    schritte=tuple(
        baum.Schritt(anker=f"umsetzungsschritt-{i}", nummer=i, text=f"Schritt der Nummer {i}. {SATZ}", zeitraum="2028")
        for i in range(10, 40)
    ),
    kosten=kosten(*[SACHKOSTEN] * 12),
)


def dokument(*massnahmen: baum.Massnahme) -> baum.Dokument:
    """A chapter with a Handlungsfeld in which these measures stand, and a list of who takes part behind it."""
    ziel = baum.Handlungsziel(anker=ZIEL.anker, rn=2, nummer=ZIEL.nummer, titel=ZIEL.titel)
    leitziel = baum.Leitziel(anker="leitziel-1", rn=1, nummer="2", titel="Ankommen", handlungsziele=(ziel,))
    verweise = baum.Absatz(
        laeufe=(
            baum.Lauf(text="Siehe "),
            baum.Lauf(text="die Maßnahme 6", ziel="#massnahme-6"),
            baum.Lauf(text=" und "),
            baum.Lauf(text="den Anhang", ziel="#abschnitt-9"),
        )
    )
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=massnahmen),))
    feld = baum.Kapitel(
        anker="handlungsfeld-1",
        art="handlungsfeld",
        nummer="4.1",
        titel="Ankommen und Sprache",
        kurz="Ankommen",
        teile=(verweise,),
        kapitel=(
            baum.Kapitel(
                anker="handlungsfeld-1-ziele", art="teil", nummer="a", titel="Ziele",
                teile=(baum.Zielbaum(leitziele=(leitziel,)),),
            ),
            baum.Kapitel(
                anker="handlungsfeld-1-massnahmen", art="teil", nummer="b", titel="Maßnahmen", teile=(tabelle,)
            ),
        ),
    )  # fmt: skip
    genannte = tuple(baum.Mitwirkender(kurz=kurz, name=name) for kurz, name in NAMEN.items())
    return baum.Dokument(
        kommune=baum.Kommune(slug="musterstadt", name="Stadt Musterstadt", kurzname="Musterstadt", art="stadt"),
        slug="konzept",
        titel="Integrationskonzept",
        stand=TAG,
        gueltig_ab=2027,
        gueltig_bis=2032,
        kapitel=(
            baum.Kapitel(anker="abschnitt-4", nummer="4", titel="Handlungsfelder", kapitel=(feld,)),
            baum.Kapitel(
                anker="abschnitt-9", nummer="9", titel="Anhang", teile=(baum.Mitwirkende(eintraege=genannte),)
            ),
        ),
    )


def quelle(*massnahmen: baum.Massnahme) -> Quelle:
    return Quelle(dokument(*massnahmen), TAG, "Arbeitsstand vom 15.12.2026", {})
