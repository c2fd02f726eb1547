"""The shape of an example file in fixtures/: one Kommune with its concepts, as a person writes it in YAML.

Every key that is not named here is an error, and every error names its place ("$.konzepte[0].titel").
Wherever a list names something (`federfuehrung: [51]`, `gremien: [AG Sprache]`, `leitlinien: [...]`), it
does so by the Kürzel, name or title that stands in the same file. Every scalar is taken as it is
written: `51` needs no quotes, `2.10` stays "2.10", true and false are the only spellings of a switch.
Dates are ISO (2016-11-22); Zeitraum and Betrag are the printed wording.

A Konzept that carries another on names it by its slug (`vorgaenger: integrationskonzept-2021-2026`), and its
Leitlinien, Handlungsfelder, goals and measures each name by its title what they carry on of it.
"""

import datetime as dt
from decimal import Decimal

from msgspec import Struct


class Eintrag(Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class Fortgeschrieben(Eintrag, kw_only=True):
    vorgaenger: str = ""
    """Title of the element of the same kind in the earlier Konzept."""


class Akteur(Eintrag):
    kurz: str
    name: str = ""
    art: str = ""
    """Without it "unbestimmt" where the Kürzel says so ("N.N."), else "sonstige"."""


class Mitglied(Eintrag):
    name: str
    funktion: str = "mitglied"


class Gremium(Eintrag):
    name: str
    art: str = "sonstiges"
    mitglieder: list[Mitglied] = []


class Kommune(Eintrag):
    slug: str
    name: str
    kurzname: str
    art: str
    ags: str | None = None
    land: str = ""
    waehrung: str = ""
    """Of its amounts; the euro where nothing is said."""
    akzentfarbe: str = "#1f4a86"
    wappen: str = ""
    """File name in fixtures/wappen/."""
    wappen_beschreibung: str = ""
    fiktiv: bool = False
    akteure: list[Akteur] = []
    zielgruppen: list[str] = []
    gremien: list[Gremium] = []


class Leitfrage(Eintrag):
    text: str
    gremium: str = ""


class Leitlinie(Fortgeschrieben):
    titel: str
    nummer: str = ""
    text: str = ""
    status: str = ""
    leitfragen: list[Leitfrage] = []


class Abschnitt(Eintrag):
    titel: str
    kurztitel: str = ""
    nummer: str = ""
    zaehlung: str = "dezimal"
    text: str = ""
    inhalt: str = ""
    leitlinien: list[Leitlinie] = []
    """Leitlinien of this very Abschnitt; those of the whole concept stand at the concept."""
    abschnitte: list["Abschnitt"] = []


class Prozessschritt(Eintrag):
    titel: str
    art: str = "sonstiges"
    text: str = ""
    teilnehmende: int | None = None
    termine: list[str] = []
    """Days (2016-07-05), or a wording such as "August 2016"."""
    gruppen: list[str] = []


class Beteiligung(Eintrag):
    gremium: str
    aufgabe: str = ""
    takt: str = ""


class Messwert(Eintrag):
    jahr: int
    wert: Decimal | None = None
    anmerkung: str = ""
    bruch: bool = False


class Indikator(Eintrag):
    titel: str
    definition: str = ""
    einheit: str = ""
    quelle: str = ""
    ausgangswert: Decimal | None = None
    ausgangsjahr: int | None = None
    zielwert: Decimal | None = None
    zieljahr: int | None = None
    messwerte: list[Messwert] = []


class Kontextindikator(Indikator):
    handlungsfeld: str = ""


class Kostenposition(Eintrag):
    betrag: str = ""
    jahr: int | None = None
    bis_jahr: int | None = None
    art: str = ""
    stellenanteil: Decimal | None = None
    finanzierung: str = ""
    programm: str = ""
    produkt: str = ""
    haushalt: str = ""


class Schritt(Eintrag):
    text: str
    zeitraum: str = ""
    federfuehrung: list[str] = []
    mitwirkung: list[str] = []


class Sachstand(Eintrag):
    datum: dt.date
    text: str
    von: str = ""


class Massnahme(Fortgeschrieben):
    titel: str
    kurztitel: str = ""
    nummer: str = ""
    text: str = ""
    stand: str = ""
    begruendung: str = ""
    prioritaet: str = ""
    zeitraum: str = ""
    kosten: str = ""
    """The wording ("kostenneutral"); amounts are `kostenpositionen`."""
    kosten_offen: bool = False
    kostenpositionen: list[Kostenposition] = []
    federfuehrung: list[str] = []
    mitwirkung: list[str] = []
    schritte: list[Schritt] = []
    zielgruppen: list[str] = []
    leitlinien: list[str] = []
    sachstaende: list[Sachstand] = []
    indikatoren: list[Indikator] = []


class Handlungsziel(Fortgeschrieben):
    titel: str
    kurztitel: str = ""
    nummer: str = ""
    text: str = ""
    indikatoren: list[Indikator] = []
    massnahmen: list[Massnahme] = []


class Leitziel(Fortgeschrieben):
    titel: str
    kurztitel: str = ""
    nummer: str = ""
    text: str = ""
    indikatoren: list[Indikator] = []
    handlungsziele: list[Handlungsziel] = []
    massnahmen: list[Massnahme] = []


class Handlungsfeld(Fortgeschrieben):
    titel: str
    kurztitel: str = ""
    nummer: str = ""
    zaehlung: str = "dezimal"
    text: str = ""
    staerken: str = ""
    potentiale: str = ""
    ressourcen_personal: str = ""
    ressourcen_mittel: str = ""
    ressourcen_stand: str = ""
    indikatoren_stand: str = ""
    gremien: list[str] = []
    leitziele: list[Leitziel] = []
    handlungsziele: list[Handlungsziel] = []
    massnahmen: list[Massnahme] = []


class Querschnittsaufgabe(Eintrag):
    titel: str
    nummer: str = ""
    zaehlung: str = "dezimal"
    text: str = ""
    felder: dict[str, str] = {}
    """Title of each Handlungsfeld concerned, with the text of the cell (may be "")."""


class Foerderung(Eintrag):
    geber: str
    programm: str = ""
    betrag: str = ""


class Angebot(Eintrag):
    titel: str
    text: str = ""
    seit: str = ""
    handlungsfeld: str = ""
    anbieter: list[str] = []
    zielgruppen: list[str] = []
    foerderungen: list[Foerderung] = []


class Konzept(Eintrag):
    slug: str
    titel: str
    untertitel: str = ""
    anlass: str = ""
    herausgeber: str = ""
    stand: dt.date | None = None
    gueltig_ab: int | None = None
    gueltig_bis: int | None = None
    vorgaenger: str = ""
    tabellenabschnitte: str = "stand"
    gliederung: list[Abschnitt] = []
    leitlinien: list[Leitlinie] = []
    prozess: list[Prozessschritt] = []
    beteiligung: list[Beteiligung] = []
    handlungsfelder: list[Handlungsfeld] = []
    querschnittsaufgaben: list[Querschnittsaufgabe] = []
    angebote: list[Angebot] = []
    kontextindikatoren: list[Kontextindikator] = []


class Datei(Eintrag):
    kommune: Kommune
    konzepte: list[Konzept]
