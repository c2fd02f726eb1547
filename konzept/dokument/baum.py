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
from typing import Protocol

import msgspec

from konzept.fliesstext.bloecke import Absatz as Absatz
from konzept.fliesstext.bloecke import Knoten as Knoten
from konzept.fliesstext.bloecke import Lauf as Lauf
from konzept.fliesstext.bloecke import Liste as Liste
from konzept.fliesstext.bloecke import Text as Text
from konzept.fliesstext.bloecke import Texttabelle as Texttabelle
from konzept.fliesstext.bloecke import Zwischentitel as Zwischentitel

FORMAT = 5
"""Raised whenever the name, the type or the default of any field changes (see `konzept.dokument.formate`)."""
SCHLUESSEL = frozenset(
    {"stand_schluessel", "finanzierung_schluessel", "haushalt_schluessel", "grenze_schluessel", "grund"}
)
"""Fields with the key of a word."""
NICHT_GELESEN = SCHLUESSEL | {
    *("anker", "slug", "wappen", "akzentfarbe", "ziel", "zaehlung", "waehrung", "hinweis", "ausrichtung"),
}
"""Fields whose strings are no words of the document."""


class MitAnker(Protocol):
    @property
    def anker(self) -> str: ...


class Verweis(Knoten, kw_only=True):
    """Points to another element of the same document; without an Anker it only names one that has no place in it."""

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


class Kostenanteil(Knoten, kw_only=True):
    """What of an amount counts in one year; in none of its own where `jahr` is None."""

    jahr: int | None = None
    betrag: Decimal


class Kostenposition(Knoten, kw_only=True):
    """`angabe` is the printed wording, `zeit` the years beside it. It counts with its `anteile`, in the currency of the
    Kommune; without any, `grund` is the key of why it does not (`massnahmen.kosten.Grund`), "" where it names no
    amount."""

    angabe: str
    betrag: Decimal | None = None
    anteile: tuple[Kostenanteil, ...] = ()
    grund: str = ""
    gekuerzt: bool = False
    """Whether years before the validity are left out of `anteile`."""
    hinweis: str = ""
    """What does not go together, though it counts; for who edits, and not printed."""
    grenze_schluessel: str = ""
    """`massnahmen.geld.Grenze`: of a range or an upper bound, `betrag` is the upper end."""
    zeit: str = ""
    art: str = ""
    stellenanteil: Decimal | None = None
    stellenjahre: tuple[int, ...] = ()
    """In which years the Stellenanteil is there; () where that is not known."""
    finanzierung: str = ""
    finanzierung_schluessel: str = ""
    programm: str = ""
    produkt: str = ""
    haushalt: str = ""
    haushalt_schluessel: str = ""


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
    kurz: str = ""
    text: Text = ()
    stand: str = ""
    stand_schluessel: str = ""
    begruendung: str = ""
    prioritaet: str = ""
    zeitraum: str = ""
    von: dt.date | None = None
    bis: dt.date | None = None
    offen: bool = False
    """Whether it goes on without an end; without `von` too: "fortlaufend"."""
    wiederkehr: str = ""
    """How often it comes again, as `massnahmen.zeitraum.Wiederkehr` has it."""
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
    """`satz` is the goal by which a section is called: "Handlungsziel 1.2" is its title."""

    titel: str
    satz: str = ""
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
    """A row of sums: `betraege` by column, and all of them together."""

    titel: str
    nummer: str = ""
    anker: str = ""
    betraege: tuple[Decimal, ...]
    summe: Decimal


class Kostensicht(Knoten, kw_only=True):
    """One view of the costs, by Handlungsfeld and by source of money, both with the same total row. `haushalt` is "" or
    "Ergebnishaushalt" and "Finanzhaushalt", which are never added to each other."""

    haushalt: str = ""
    haushalt_schluessel: str = ""
    felder: tuple[Kostenzeile, ...] = ()
    mittel: tuple[Kostenzeile, ...] = ()
    summe: Kostenzeile


class Stellenzeile(Knoten, kw_only=True):
    """Stellenanteile (VZÄ) by year, and the highest that stands in one year."""

    titel: str
    anteile: tuple[Decimal, ...]
    hoechstens: Decimal


class Stellen(Knoten, kw_only=True):
    jahre: tuple[str, ...]
    zeilen: tuple[Stellenzeile, ...]
    summe: Stellenzeile
    satz: str


class Summenhinweis(Knoten, kw_only=True):
    """A sentence about the sums; `stellen` are the measures it is about, each with the wording in question."""

    satz: str
    stellen: tuple[Verweis, ...] = ()
    weitere: int = 0
    """How many more there are."""


class Kostenuebersicht(Knoten, kw_only=True, tag="kostenuebersicht"):
    """Sums by year in `waehrung`; `spalten` are the heads of the columns ("2027", "nach 2032", "ohne Jahr"). What does
    not count, and what counts in another way than it seems, is said in `hinweise`."""

    waehrung: str = "EUR"
    spalten: tuple[str, ...]
    sichten: tuple[Kostensicht, ...]
    kurz: str = ""
    """The rule, and what is not in the sums, in one line, to stand below each table."""
    hinweise: tuple[Summenhinweis, ...] = ()
    stellen: Stellen | None = None


class Zeitplanzeile(Knoten, kw_only=True):
    """A measure, its wording, and for each year of the plan whether it runs; `vermerk` says in words why it does not
    ("zurückgestellt", "ab 2035")."""

    massnahme: Verweis
    zeitraum: str = ""
    laeuft: tuple[bool, ...]
    vermerk: str = ""


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
    waehrung: str = "EUR"
    """ISO 4217: of every amount that is counted."""


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

        def steige(kapitel: tuple[Kapitel, ...], ebene: int) -> Iterator[tuple[int, Kapitel]]:
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


def texte(knoten: object) -> Iterator[str]:
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
