"""The document as a tree of frozen values: what a reader sees, and nothing of Django.

Each element carries an `anker` ("massnahme-12"), stable as long as its row lives, and each block that can be spoken
about a Randnummer `rn`, counted from 1 in reading order. Numbers, wordings and headings are final strings, so that a
tree prints the same whatever the rows do later. Where code compares a word, its key stands beside it
(`stand_schluessel`): words may change. `als_json` writes a tree for ever, and `formate.lies` reads it back unchanged.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from konzept.fliesstext.bloecke import Absatz, Knoten, Liste, Text, Texttabelle, Zwischentitel
from konzept.fliesstext.bloecke import Lauf as Lauf

FORMAT = 3
"""Raised whenever the name, the type or the default of any field changes (see `konzept.dokument.formate`)."""
SCHLUESSEL = frozenset({"stand_schluessel", "finanzierung_schluessel"})
"""Fields with the key of a word."""
NICHT_GELESEN = SCHLUESSEL | {"anker", "slug", "wappen", "akzentfarbe", "ziel", "zaehlung"}
"""Fields whose strings are no words of the document."""


class Verweis(Knoten, kw_only=True):
    """Points to another element of the same document."""

    anker: str
    nummer: str = ""
    titel: str = ""


class Fragengruppe(Knoten, kw_only=True):
    gremium: str = ""
    fragen: tuple[str, ...]


class Leitlinie(Knoten, kw_only=True):
    anker: str
    rn: int
    nummer: str
    titel: str
    text: Text = ()
    status: str = ""
    fragen: tuple[Fragengruppe, ...] = ()


class Leitlinien(Knoten, kw_only=True, tag="leitlinien"):
    eintraege: tuple[Leitlinie, ...]


class Prozessschritt(Knoten, kw_only=True):
    anker: str
    rn: int
    art: str
    titel: str
    termine: tuple[str, ...] = ()
    teilnehmende: int | None = None
    gruppen: tuple[str, ...] = ()
    text: Text = ()


class Prozessliste(Knoten, kw_only=True, tag="prozessliste"):
    schritte: tuple[Prozessschritt, ...]


class Mitglied(Knoten, kw_only=True):
    name: str
    funktion: str = ""


class Gremium(Knoten, kw_only=True):
    anker: str
    rn: int
    name: str
    art: str
    takt: str = ""
    aufgabe: Text = ()
    mitglieder: tuple[Mitglied, ...] = ()
    tandem: tuple[str, ...] = ()
    felder: tuple[Verweis, ...] = ()


class Gremienliste(Knoten, kw_only=True, tag="gremienliste"):
    gremien: tuple[Gremium, ...]


class Gremienzeile(Knoten, kw_only=True, tag="gremienzeile"):
    """The bodies and networks that work in a Handlungsfeld, named at its head."""

    namen: tuple[str, ...]


class Matrixzelle(Knoten, kw_only=True):
    betrifft: bool
    text: str = ""


class Matrixzeile(Knoten, kw_only=True):
    anker: str
    rn: int
    nummer: str
    titel: str
    text: Text = ()
    zellen: tuple[Matrixzelle, ...]


class Matrix(Knoten, kw_only=True, tag="matrix"):
    """Querschnittsaufgaben (rows) × Handlungsfelder (columns)."""

    spalten: tuple[Verweis, ...]
    zeilen: tuple[Matrixzeile, ...]


class Messwert(Knoten, kw_only=True):
    jahr: int
    wert: Decimal | None = None
    anmerkung: str = ""
    bruch: bool = False


class Indikator(Knoten, kw_only=True):
    anker: str
    titel: str
    definition: str = ""
    einheit: str = ""
    quelle: str = ""
    ausgangswert: Decimal | None = None
    ausgangsjahr: int | None = None
    zielwert: Decimal | None = None
    zieljahr: int | None = None
    feld: Verweis | None = None
    messwerte: tuple[Messwert, ...] = ()


class Indikatorentabelle(Knoten, kw_only=True, tag="indikatorentabelle"):
    """Context indicators with their series; those of goals and measures stand at these."""

    indikatoren: tuple[Indikator, ...]


class Handlungsziel(Knoten, kw_only=True):
    anker: str
    rn: int
    nummer: str
    titel: str
    text: Text = ()
    indikatoren: tuple[Indikator, ...] = ()


class Leitziel(Knoten, kw_only=True):
    anker: str
    rn: int
    nummer: str
    titel: str
    text: Text = ()
    indikatoren: tuple[Indikator, ...] = ()
    handlungsziele: tuple[Handlungsziel, ...] = ()


class Zielbaum(Knoten, kw_only=True, tag="zielbaum"):
    """The goals of one field; `handlungsziele` are those without a Leitziel."""

    leitziele: tuple[Leitziel, ...] = ()
    handlungsziele: tuple[Handlungsziel, ...] = ()


class Beteiligter(Knoten, kw_only=True):
    """An Akteur as the table names it: its Kürzel, in the order given."""

    kurz: str
    federfuehrend: bool = False


class Schritt(Knoten, kw_only=True):
    anker: str
    nummer: int
    text: str
    zeitraum: str = ""
    beteiligte: tuple[Beteiligter, ...] = ()


class Kostenposition(Knoten, kw_only=True):
    """`angabe` is the printed wording; amounts in EUR; `jahre` are the years it counts for, () where unknown."""

    angabe: str
    betrag: Decimal | None = None
    jaehrlich: Decimal | None = None
    """EUR per year of `jahre`; for a single amount the amount itself."""
    jahre: tuple[int, ...] = ()
    zeit: str = ""
    art: str = ""
    stellenanteil: Decimal | None = None
    finanzierung: str = ""
    finanzierung_schluessel: str = ""
    programm: str = ""
    produkt: str = ""


class Kosten(Knoten, kw_only=True):
    offen: bool = False
    wortlaut: str = ""
    positionen: tuple[Kostenposition, ...] = ()

    @property
    def leer(self) -> bool:
        return not (self.offen or self.wortlaut or self.positionen)


class Sachstand(Knoten, kw_only=True):
    datum: dt.date
    text: Text
    von: str = ""


class Massnahme(Knoten, kw_only=True):
    anker: str
    rn: int
    nummer: str
    """The running number in the field's table; `kennung` names it in the whole document ("4.2-1")."""
    kennung: str
    titel: str
    text: Text = ()
    stand: str = ""
    stand_schluessel: str = ""
    begruendung: str = ""
    prioritaet: str = ""
    zeitraum: str = ""
    von: dt.date | None = None
    bis: dt.date | None = None
    kosten: Kosten = Kosten()
    beteiligte: tuple[Beteiligter, ...] = ()
    schritte: tuple[Schritt, ...] = ()
    ziel: Verweis | None = None
    zielgruppen: tuple[str, ...] = ()
    leitlinien: tuple[Verweis, ...] = ()
    indikatoren: tuple[Indikator, ...] = ()
    sachstaende: tuple[Sachstand, ...] = ()

    @property
    def hat_schrittbeteiligte(self) -> bool:
        return any(schritt.beteiligte for schritt in self.schritte)


class Tabellenabschnitt(Knoten, kw_only=True):
    titel: str
    massnahmen: tuple[Massnahme, ...]


class Massnahmentabelle(Knoten, kw_only=True, tag="massnahmentabelle"):
    abschnitte: tuple[Tabellenabschnitt, ...]


class Foerderung(Knoten, kw_only=True):
    geber: str
    programm: str = ""
    angabe: str = ""


class Angebot(Knoten, kw_only=True):
    anker: str
    rn: int
    titel: str
    text: Text = ()
    seit: str = ""
    anbieter: tuple[str, ...] = ()
    zielgruppen: tuple[str, ...] = ()
    feld: Verweis | None = None
    foerderungen: tuple[Foerderung, ...] = ()


class Angebotsliste(Knoten, kw_only=True, tag="angebotsliste"):
    angebote: tuple[Angebot, ...]


class Mitwirkender(Knoten, kw_only=True):
    kurz: str
    name: str = ""
    art: str = ""


class Mitwirkende(Knoten, kw_only=True, tag="mitwirkende"):
    eintraege: tuple[Mitwirkender, ...]


class Kostenzeile(Knoten, kw_only=True):
    titel: str
    nummer: str = ""
    anker: str = ""
    betraege: tuple[Decimal, ...]
    ohne_jahr: Decimal = Decimal(0)
    summe: Decimal


class Kostenuebersicht(Knoten, kw_only=True, tag="kostenuebersicht"):
    """Sums in EUR by year (columns) and Handlungsfeld, and by source of money; both with the same total row."""

    jahre: tuple[int, ...]
    felder: tuple[Kostenzeile, ...]
    mittel: tuple[Kostenzeile, ...]
    summe: Kostenzeile
    ohne_betrag: int = 0
    """Measures that name no amount that could be summed."""


class Zeitplanzeile(Knoten, kw_only=True):
    """A measure, its wording, and for each year of the plan whether it runs."""

    massnahme: Verweis
    zeitraum: str = ""
    laeuft: tuple[bool, ...]


class Zeitplanfeld(Knoten, kw_only=True):
    feld: Verweis
    zeilen: tuple[Zeitplanzeile, ...]


class Zeitplan(Knoten, kw_only=True, tag="zeitplan"):
    """The measures of each Handlungsfeld over the years."""

    jahre: tuple[int, ...]
    felder: tuple[Zeitplanfeld, ...]


class Hinweis(Knoten, kw_only=True, tag="hinweis"):
    """Says that something is open; never invented content."""

    text: str


Teil = (
    Absatz
    | Liste
    | Zwischentitel
    | Texttabelle
    | Leitlinien
    | Prozessliste
    | Gremienliste
    | Gremienzeile
    | Matrix
    | Indikatorentabelle
    | Zielbaum
    | Massnahmentabelle
    | Angebotsliste
    | Mitwirkende
    | Kostenuebersicht
    | Zeitplan
    | Hinweis
)


class Kapitel(Knoten, kw_only=True):
    """A section at any depth: parts first, then sub-sections. `art`: abschnitt, handlungsfeld, or teil (a, b, c)."""

    anker: str
    art: str = "abschnitt"
    nummer: str = ""
    titel: str
    kurz: str = ""
    teile: tuple[Teil, ...] = ()
    kapitel: tuple["Kapitel", ...] = ()

    @property
    def ueberschrift(self) -> str:
        return f"{self.nummer} {self.titel}".strip()


class Kommune(Knoten, kw_only=True):
    slug: str
    name: str
    kurzname: str
    art: str
    ags: str = ""
    wappen: str = ""
    """Name of the file in the media storage."""
    wappen_beschreibung: str = ""
    akzentfarbe: str = "#1f4a86"


class Dokument(Knoten, kw_only=True):
    format: int = FORMAT
    kommune: Kommune
    slug: str
    titel: str
    untertitel: str = ""
    anlass: str = ""
    herausgeber: str = ""
    stand: dt.date | None = None
    gueltig_ab: int | None = None
    gueltig_bis: int | None = None
    kapitel: tuple[Kapitel, ...] = ()

    @property
    def gueltigkeit(self) -> str:
        """ "2027–2032", "ab 2027", "bis 2032" or ""."""
        if self.gueltig_ab and self.gueltig_bis:
            return (
                str(self.gueltig_ab)
                if self.gueltig_ab == self.gueltig_bis
                else f"{self.gueltig_ab}–{self.gueltig_bis}"
            )
        return (
            f"ab {self.gueltig_ab}"
            if self.gueltig_ab
            else f"bis {self.gueltig_bis}"
            if self.gueltig_bis
            else ""
        )

    def alle_kapitel(self) -> Iterator[tuple[int, Kapitel]]:
        """Every Kapitel with its depth (1 for chapters), in reading order."""

        def steige(kapitel, ebene):
            for k in kapitel:
                yield ebene, k
                yield from steige(k.kapitel, ebene + 1)

        return steige(self.kapitel, 1)

    def massnahmen(self) -> Iterator[Massnahme]:
        """Every measure in reading order."""
        for _, kapitel in self.alle_kapitel():
            for teil in kapitel.teile:
                if isinstance(teil, Massnahmentabelle):
                    for abschnitt in teil.abschnitte:
                        yield from abschnitt.massnahmen


_schreiber = msgspec.json.Encoder(order="sorted", decimal_format="string")


def als_json(dokument: Dokument) -> bytes:
    """UTF-8 JSON with every field; the same tree gives the same bytes. `formate.lies` reads it."""
    return _schreiber.encode(dokument)


def pruefsumme(dokument: Dokument) -> str:
    """SHA-256 of the JSON, in hexadecimal: equal for equal content, whatever day it is."""
    return hashlib.sha256(als_json(dokument)).hexdigest()


def texte(knoten) -> Iterator[str]:
    """Every non-empty string of a tree or part that a reader sees, in order; without NICHT_GELESEN."""
    if isinstance(knoten, Knoten):
        for feld in knoten.__struct_fields__:
            wert = getattr(knoten, feld)
            if not (feld in NICHT_GELESEN and isinstance(wert, str)):
                yield from texte(wert)
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from texte(teil)
    elif isinstance(knoten, str) and knoten:
        yield knoten
