"""A Kommune in which a planted word stands in everything that somebody may not read, and the table of who may.

`mache_garten` makes it; `DARF` says for each hiding place which persons read it. Whatever stands there must be found by
one of them, and by nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.utils.timezone import localdate, now

from konzept.beratung.models import Anmerkung, Runde
from konzept.entwuerfe.models import Angelegtes, Zwischenstand
from konzept.fassungen.beschluesse import Beschlussangabe
from konzept.fassungen.models import AusgabeArt, Fassung, FassungArt
from konzept.fassungen.vorgaenge import festschreiben, nimm_zurueck, veroeffentliche
from konzept.konten.models import Benutzer, Einladung, Namensaenderung, Protokolleintrag
from konzept.models import Abschnitt, Gremium, Kommune, Konzept
from konzept.models.basis import Versioniert, anker
from konzept.rechte import Rolle
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorgaenge import loesche
from konzept.vorlagen.models import Beschluss
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.models import Akteur
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_anmerkung,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    mache_runde,
    mache_stellungnahme,
    mache_vorlage,
    setze_zustaendig,
)
from tests.konzept.zugriff.personen import BEARBEITENDE, BETEILIGT, LESENDE, PERSONEN, VERWALTENDE, ZUSTAENDIG
from tests.konzept.zugriff.pflanzen import Beet, Pflanze
from tests.konzept.zugriff.wege import WEGE, zeilen

# Who walks

KOLLEGIN = "gremium kollegin"
"""Sits beside BETEILIGT, and has said, noted and taken back what is hidden."""
ANDERES = "anderes gremium"
"""Sits in a Gremium before which another Fassung was laid."""
EINZELN = "gremium einzeln gefragt"
"""Sits in none; a later Fassung was laid before this account in person."""
NACHBARIN = "gremium der nachbarn"
"""Sits in a Gremium of the other Kommune."""

GEHENDE = (*PERSONEN, KOLLEGIN, ANDERES, EINZELN, NACHBARIN)

# Who may read what

DIE_RUNDE = frozenset({BETEILIGT, KOLLEGIN})
GREMIEN = DIE_RUNDE | {ANDERES, EINZELN}
HIESIGE = frozenset({*Rolle.values, ZUSTAENDIG, "superuser"}) | GREMIEN
LEITENDE = frozenset({"leitung", "superuser"})

DARF: dict[str, Iterable[str]] = {
    "Arbeitsstand": LESENDE,
    "anderes Konzept der Kommune": LESENDE,
    "Verlauf": BEARBEITENDE,
    "Papierkorb": BEARBEITENDE,
    # Fassungen, each with its note
    "Fassung 1, niemandem vorgelegt": LESENDE,
    "Fassung 2, einem anderen Gremium vorgelegt": LESENDE | {ANDERES},
    "Fassung 3, der Runde vorgelegt": LESENDE | DIE_RUNDE,
    "Fassung 4, einer Person vorgelegt": LESENDE | {EINZELN},
    "Fassung 5, veröffentlicht": GEHENDE,
    "Notiz der veröffentlichten Fassung": LESENDE,
    "Fassung 6, Veröffentlichung zurückgenommen": LESENDE,
    # Runden
    "Runde": BEARBEITENDE | DIE_RUNDE,
    "interne Runde": BEARBEITENDE | DIE_RUNDE,
    "beendete Runde": BEARBEITENDE | DIE_RUNDE,
    "Runde eines anderen Gremiums": BEARBEITENDE | {ANDERES},
    "Runde mit einer Person": BEARBEITENDE | {EINZELN},
    "Anmerkung": BEARBEITENDE | DIE_RUNDE,
    "Anmerkung in der Runde eines anderen Gremiums": BEARBEITENDE | {ANDERES},
    "Anmerkung in der Runde mit einer Person": BEARBEITENDE | {EINZELN},
    "Anmerkung in einer internen Runde": DIE_RUNDE,
    "Anmerkung in einer beendeten internen Runde": BEARBEITENDE | DIE_RUNDE,
    "private Notiz": {KOLLEGIN},
    "private Notiz in einer internen Runde": {KOLLEGIN},
    "zurückgezogene Anmerkung": {KOLLEGIN},
    "zurückgezogene Anmerkung in einer internen Runde": {KOLLEGIN},
    "Entwurf einer Stellungnahme": BEARBEITENDE,
    "freigegebene Stellungnahme": BEARBEITENDE | DIE_RUNDE,
    "freigegebene Stellungnahme in der Runde eines anderen Gremiums": BEARBEITENDE | {ANDERES},
    # Vorlagen
    "öffentliche Vorlage": LESENDE,
    "Ergebnis einer Sitzung": LESENDE,
    "nichtöffentliche Vorlage": BEARBEITENDE,
    "Ergebnis einer nichtöffentlichen Sitzung": BEARBEITENDE,
    "Vorlagenkopf": LESENDE | VERWALTENDE,
    # The Kommune
    "Name der Kommune": GEHENDE,
    "Kommune": HIESIGE,
    "Gremium der Runde": LESENDE | VERWALTENDE | DIE_RUNDE,
    "anderes Gremium": LESENDE | VERWALTENDE | {ANDERES},
    "drittes Gremium": LESENDE | VERWALTENDE,
    "Akteur": LESENDE | VERWALTENDE,
    "Mitglieder der Gremien": LESENDE | VERWALTENDE,
    "Protokoll": LEITENDE,
    "Einladung": VERWALTENDE,
    "unbeteiligtes Mitglied": BEARBEITENDE | VERWALTENDE,
    "Name eines Mitglieds der Runde": BEARBEITENDE | VERWALTENDE | DIE_RUNDE,
    "Adresse eines Mitglieds der Runde": BEARBEITENDE | VERWALTENDE | {KOLLEGIN},
    "Zwischenstand der Leitung": {"leitung"},
    "Zwischenstand eines Mitglieds der Runde": {KOLLEGIN},
    # The other Kommune
    "Kommune der Nachbarn": {"fremd", NACHBARIN, "superuser"},
    "alles der Nachbarn": {"fremd", "superuser"},
    "Fassung der Nachbarn": {"fremd", NACHBARIN, "superuser"},
    "Runde der Nachbarn": {"fremd", NACHBARIN, "superuser"},
    "private Notiz der Nachbarn": {NACHBARIN},
}
"""Hiding place → who reads what is in it. A private note is for its author alone, whoever else may what."""

FASSUNGEN = tuple(name for name in DARF if name.startswith("Fassung ") and "Nachbarn" not in name)

GEDRUCKT = 3
"""The Fassung whose PDFs are typeset; the files of the others are their trees, which hold the same words."""

DRUCKSACHEN = {"Vorlagenkopf", "Kopfzeile"}
ERGEBNISSE = {"Station", "Punktergebnis"}
KOMMUNAL = {
    "Kommune": "Kommune",
    "Gremium": "drittes Gremium",
    "Mitglied": "Mitglieder der Gremien",
    "Akteur": "Akteur",
}

OHNE_PFLANZE = {
    "konten.Benutzer": "names and addresses are planted one by one: `mache_garten` says who is hidden from whom",
    "fassungen.Fassung": "written once, from what is planted in the Arbeitsstand before; its note is planted",
    "verlauf.Aenderung": "written by the product from what is planted",
    "verlauf.Geloeschtes": "likewise",
    "druckauftraege.Druckauftrag": "written by the product from what is planted, for who asked for it",
    "druckauftraege.Vormerkung": "a concept and two moments, which nothing shows",
    "hintergrund.Arbeiter": "the name of a machine, which nothing shows; test_bereit looks that it is not told",
    "hintergrund.Termin": "belongs to nobody and is shown in the admin alone; test_bereit looks that it is not told",
}
"""Models with texts into which `Beet.bepflanze` puts none, with the reason."""


@dataclass
class Garten:
    """What was planted where, and the rows to which addresses lead."""

    beet: Beet = field(default_factory=Beet)
    konten: dict[str, Benutzer | None] = field(default_factory=dict)
    konzepte: list[Konzept] = field(default_factory=list)
    """The one with the Fassungen, another of the Kommune, that of the neighbours."""
    fassungen: list[Fassung] = field(default_factory=list)
    runden: dict[str, Runde] = field(default_factory=dict)
    ort: set[str] = field(default_factory=set)
    weg: str = ""
    """The Anker of a section that only the first two Fassungen have."""
    unbeteiligt: Benutzer | None = None
    """A member of the Kommune who has nothing to do with any Runde."""

    @property
    def konzept(self) -> Konzept:
        return self.konzepte[0]

    @property
    def kommune(self) -> Kommune:
        return self.konzept.kommune


def mache_garten() -> Garten:
    g = Garten()
    kommune = mache_kommune()
    konzept = mache_konzept(kommune)
    massnahme = mache_fuelle(konzept, 2)
    akteur = mache_akteur(kommune, "Amt 51")
    setze_zustaendig(massnahme, akteur)
    g.konzepte.append(konzept)
    _konten(g, kommune, akteur)
    weg = mache_abschnitt(konzept, "Fällt weg", text="Text", reihenfolge=90)
    g.weg = anker(weg)
    _papierkorb(g, konzept)
    _zweites(g, kommune)
    _fassungen(g, weg)
    _verlauf(g)
    _bepflanze(g, konzept, _versteck_im_arbeitsstand)
    gremien = [kommune.gremien.create(name=name) for name in ("Integrationsrat", "Ausschuss")]
    for gremium, versteck in zip(gremien, ("Gremium der Runde", "anderes Gremium"), strict=True):
        _pflanze(g, gremium, versteck)
    _vorlagen(g)
    _runden(g, *gremien)
    _kommunales(g)
    _nachbarn(g)
    return g


def _konten(g: Garten, kommune: Kommune, akteur: Akteur) -> None:
    for art in ("anonym", "ohne rolle", "fremd", NACHBARIN):
        g.konten[art] = None if art == "anonym" else mache_benutzer()
    g.konten["gesperrt"] = mache_benutzer(kommune, "leitung", is_active=False)
    g.konten["superuser"] = mache_benutzer(is_staff=True, is_superuser=True)
    for rolle in Rolle.values:
        g.konten[rolle] = mache_benutzer(kommune, rolle)
    g.konten[ZUSTAENDIG] = mache_benutzer()
    g.konten[ZUSTAENDIG].mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", akteur=akteur)
    for art in (BETEILIGT, ANDERES, EINZELN):
        g.konten[art] = mache_benutzer(kommune, "gremium", name=art.title())
    g.konten[KOLLEGIN] = mache_benutzer(
        kommune,
        "gremium",
        email=f"{g.beet.wort('Adresse eines Mitglieds der Runde', 'E-Mail-Adresse')}@stadt.example",
        name=g.beet.wort("Name eines Mitglieds der Runde", "Name"),
    )
    versteck = "unbeteiligtes Mitglied"
    g.unbeteiligt = mache_benutzer(
        kommune,
        "lesen",
        email=f"{g.beet.wort(versteck, 'E-Mail-Adresse')}@stadt.example",
        name=g.beet.wort(versteck, "Name"),
    )


# Planting


def _pflanze(g: Garten, zeile: models.Model, versteck: str, **felder) -> dict[str, str]:
    """Plant a row and save it; `felder` stay as they are given."""
    gepflanzt = g.beet.bepflanze(zeile, versteck)
    if versteck == "Kommune":  # something of it is published, under its name
        g.beet.pflanzen[gepflanzt["name"]] = Pflanze("Name der Kommune", "Kommune.name")
    g.beet.vergiss(gepflanzt.pop(name) for name in felder if name in gepflanzt)
    for name, wert in felder.items():
        setattr(zeile, name, wert)
    if isinstance(zeile, Versioniert):
        zeile.version = zeile.version or 1
    zeile.save()
    return gepflanzt


def _inhalte(konzept: Konzept) -> list[models.Model]:
    """The rows that are edited: of a concept, and with the first one of its Kommune."""
    return [
        zeile
        for modell in WEGE
        if modell._meta.app_label in {"konzept", "handlungsfelder", "massnahmen", "vorlagen"}
        for zeile in zeilen(modell, konzept.kommune).order_by("pk")
        if _konzept_von(zeile) in {None, konzept}
    ]


def _konzept_von(zeile: models.Model) -> Konzept | None:
    """The concept to which a row belongs by itself, or by the row of which it is a part."""
    if isinstance(zeile, Konzept | Kommune):
        return zeile if isinstance(zeile, Konzept) else None
    for feld in zeile._meta.fields:
        if isinstance(feld, models.ForeignKey) and feld.name in zeile.__class__.__dict__:
            ziel = getattr(zeile, feld.name)
            if feld.related_model in WEGE and ziel is not None and (gefunden := _konzept_von(ziel)):
                return gefunden
    return None


def _bepflanze(g: Garten, konzept: Konzept, versteck) -> set[str]:
    """Plant everything that is edited in a concept; `versteck(zeile)` None leaves a row out. The new words."""
    woerter: set[str] = set()
    for zeile in _inhalte(konzept):
        if wo := versteck(zeile):
            woerter.update(_pflanze(g, zeile, wo).values())
    return woerter


def _versteck_im_arbeitsstand(zeile: models.Model) -> str | None:
    if zeile._meta.app_label == "vorlagen":
        return "Vorlagenkopf" if type(zeile).__name__ in DRUCKSACHEN else None
    return KOMMUNAL.get(type(zeile).__name__, "Arbeitsstand")


# What is in the garden


def _papierkorb(g: Garten, konzept: Konzept) -> None:
    """The last row of each kind, deleted with everything that hangs on it."""
    wege = [e for e in ELEMENTE.values() if not e.kommunal]
    for element in wege:
        zeile = zeilen(element.modell, konzept.kommune).order_by("pk").last()
        if zeile is None or zeilen(element.modell, konzept.kommune).count() < 2:
            continue
        if isinstance(zeile, Abschnitt):
            zeile = mache_abschnitt(konzept, "Weg", text="Text")
        _pflanze(g, zeile, "Papierkorb")
        loesche(element=zeile, konto=g.konten["leitung"])


def _zweites(g: Garten, kommune: Kommune) -> None:
    versteck = "anderes Konzept der Kommune"
    zweites = mache_konzept(kommune, g.beet.wort(versteck, "Konzept.slug"))
    mache_abschnitt(zweites, "Kapitel", text="Text")
    mache_abschnitt(zweites, "Felder", inhalt="handlungsfelder")
    mache_massnahme(mache_feld(zweites, text="Text"))
    g.konzepte.append(zweites)
    for zeile in _inhalte(zweites):
        if _konzept_von(zeile) == zweites:
            _pflanze(g, zeile, versteck)


def _fassungen(g: Garten, weg: Abschnitt) -> None:
    """Six of them; in each everything bears other words, and a whole section is gone after the second."""
    schreiber = g.konten["redaktion"]
    for nummer, versteck in enumerate(FASSUNGEN, start=1):
        if nummer == 3:
            loesche(element=weg, konto=g.konten["leitung"])
        woerter = _bepflanze(g, g.konzept, lambda zeile, v=versteck: v if zeile._meta.app_label != "vorlagen" else None)
        notiz = "Notiz der veröffentlichten Fassung" if nummer == 5 else versteck
        notiz = g.beet.wort(notiz, "Fassung.notiz")
        art = {"art": FassungArt.ENTWURF}
        if nummer > 4:
            art = {"art": FassungArt.BESCHLUSS, "beschluss": _beschluss(g, versteck)}
        fassung = festschreiben(konzept=g.konzept, notiz=notiz, konto=schreiber, **art)
        g.beet.vergiss(wort for wort in woerter if wort not in fassung.inhalt)
        g.fassungen.append(fassung)
        if nummer != GEDRUCKT:
            for wie in AusgabeArt.values:
                fassung.ausgaben.create(art=wie, datei=fassung.inhalt.encode(), seiten=1)
    for fassung in g.fassungen[4:]:
        veroeffentliche(fassung=fassung, konto=g.konten["leitung"])
    nimm_zurueck(fassung=g.fassungen[5], konto=g.konten["leitung"])


def _beschluss(g: Garten, versteck: str) -> Beschlussangabe:
    """In words, which everybody reads who reads the Fassung."""
    return Beschlussangabe(datum=date(2026, 1, 28), **g.beet.bepflanze(Beschluss(), versteck))


def _verlauf(g: Garten) -> None:
    """A state of one element of each kind that only the history keeps."""
    for element in ELEMENTE.values():
        zeile = next((z for z in _inhalte(g.konzept) if type(z) is element.modell), None)
        if zeile is None or element.liste or not zeile.hat_verlauf:
            continue
        woerter = set(_pflanze(g, zeile, "Verlauf").values())
        stand = str(schreibe_mit(zeile, g.konten["redaktion"], AenderungArt.GEAENDERT).stand)
        g.beet.vergiss(wort for wort in woerter if wort not in stand)


def _vorlagen(g: Garten) -> None:
    gremien = list(g.kommune.gremien.all())[:2]
    alte = set(g.konzept.vorlagen.all())
    geheim = mache_vorlage(g.konzept, *gremien, oeffentlich=False)
    for vorlage in (*alte, geheim):
        art = "öffentliche Vorlage" if vorlage.oeffentlich else "nichtöffentliche Vorlage"
        ergebnis = "Ergebnis einer Sitzung" if vorlage.oeffentlich else "Ergebnis einer nichtöffentlichen Sitzung"
        _pflanze(g, vorlage, art)
        for bezug in vorlage._meta.related_objects:
            for zeile in bezug.related_model._base_manager.filter(**{bezug.field.name: vorlage}):
                _pflanze(g, zeile, ergebnis if type(zeile).__name__ in ERGEBNISSE else art)


def _runden(g: Garten, integrationsrat: Gremium, ausschuss: Gremium) -> None:
    mitglied, kollegin = g.konten[BETEILIGT], g.konten[KOLLEGIN]
    _, zweite, dritte, vierte, *_ = g.fassungen
    bald = {"ende": localdate() + timedelta(days=3), "eroeffnet_von": g.konten["leitung"]}
    vorbei = {"beginn": localdate() - timedelta(days=9), "ende": localdate() - timedelta(days=2)}

    def runde(name: str, fassung: Fassung, *konten, **felder) -> Runde:
        g.runden[name] = eine = mache_runde(fassung, *konten, **bald | felder)
        ende = {} if eine.geschlossen_am else {"geschlossen_grund": ""}
        _pflanze(g, eine, name, **ende)
        _pflanze(g, eine.verlaengerungen.create(bisher=eine.beginn, bis=eine.ende, grund="x"), name)
        return eine

    def sagt(eine: Runde, wer: Benutzer, versteck: str, rn: int | None = 1, **felder) -> Anmerkung:
        anmerkung = mache_anmerkung(eine, wer, rn)
        _pflanze(g, anmerkung, versteck, **{"papier_von": ""} | felder)
        return anmerkung

    def antwortet(anmerkung: Anmerkung, versteck: str, frei: bool) -> None:
        _pflanze(g, mache_stellungnahme(anmerkung, "teilweise", frei=frei, begruendung="x"), versteck)

    offen = runde("Runde", dritte, mitglied, kollegin, gremium=integrationsrat)
    antwortet(sagt(offen, kollegin, "Anmerkung"), "Entwurf einer Stellungnahme", False)
    antwortet(sagt(offen, kollegin, "Anmerkung", None), "freigegebene Stellungnahme", True)
    papier = mache_anmerkung(offen, g.konten["redaktion"], 2)
    _pflanze(g, papier, "Anmerkung")
    sagt(offen, kollegin, "private Notiz", privat=True)
    sagt(offen, kollegin, "zurückgezogene Anmerkung", 2, zurueckgezogen_am=now())
    intern = {"sichtbarkeit": Runde.Sichtbarkeit.INTERN, "gremium": integrationsrat}
    interne = runde("interne Runde", dritte, **intern)
    sagt(interne, kollegin, "Anmerkung in einer internen Runde")
    sagt(interne, kollegin, "Anmerkung in einer internen Runde", None)
    sagt(interne, kollegin, "private Notiz in einer internen Runde", privat=True)
    sagt(interne, kollegin, "zurückgezogene Anmerkung in einer internen Runde", zurueckgezogen_am=now())
    beendete = runde("beendete Runde", dritte, **intern | vorbei, geschlossen_am=now() - timedelta(days=3))
    sagt(beendete, kollegin, "Anmerkung in einer beendeten internen Runde")
    andere = runde("Runde eines anderen Gremiums", zweite, g.konten[ANDERES], gremium=ausschuss)
    versteck = "Anmerkung in der Runde eines anderen Gremiums"
    antwortet(sagt(andere, g.konten[ANDERES], versteck), f"freigegebene Stellungnahme{versteck[9:]}", True)
    einzeln = runde("Runde mit einer Person", vierte, gremium=ausschuss)
    einzeln.gremien.clear()
    einzeln.personen.add(g.konten[EINZELN])
    sagt(einzeln, g.konten[EINZELN], "Anmerkung in der Runde mit einer Person")


def _kommunales(g: Garten) -> None:
    leitung = g.konten["leitung"]
    einladung = Einladung(kommune=g.kommune, rolle="lesen", eingeladen_von=leitung)
    einladung.neuer_schluessel()
    _pflanze(g, einladung, "Einladung")
    text = g.beet.bepflanze(eintrag := Protokolleintrag(kommune=g.kommune, benutzer=g.unbeteiligt), "Protokoll")
    assert text
    eintrag.ereignis = "stammdaten"
    eintrag.save()
    umbenannt = Protokolleintrag.objects.create(
        kommune=g.kommune, benutzer=g.unbeteiligt, person=g.unbeteiligt, ereignis="name_geaendert"
    )
    _pflanze(g, Namensaenderung(benutzer=g.unbeteiligt, zeitpunkt=umbenannt.zeitpunkt), "Protokoll")
    for wer, versteck in (
        ("leitung", "Zwischenstand der Leitung"),
        (KOLLEGIN, "Zwischenstand eines Mitglieds der Runde"),
    ):
        zeile = Zwischenstand(benutzer=g.konten[wer])
        _pflanze(g, zeile, versteck)
        zeile.daten = f"text={zeile.daten}"
        zeile.save()
    angelegtes = Angelegtes(benutzer=g.konten["leitung"])
    _pflanze(g, angelegtes, "Zwischenstand der Leitung")


def _nachbarn(g: Garten) -> None:
    kommune = mache_kommune("nachbarstadt")
    konzept = mache_konzept(kommune)
    mache_fuelle(konzept, 1)
    g.konzepte.append(konzept)
    nachbarin = g.konten[NACHBARIN]
    g.konten["fremd"].mitgliedschaften.create(kommune=kommune, rolle="leitung")
    g.konten["fremd"].mitgliedschaften.create(kommune=kommune, rolle="verwaltung")
    nachbarin.mitgliedschaften.create(kommune=kommune, rolle="gremium")
    woerter = _bepflanze(
        g,
        konzept,
        lambda z: None if z._meta.app_label == "vorlagen" or isinstance(z, Kommune) else "Fassung der Nachbarn",
    )
    notiz = g.beet.wort("Fassung der Nachbarn", "Fassung.notiz")
    fassung = festschreiben(konzept=konzept, art=FassungArt.ENTWURF, notiz=notiz, konto=None)
    g.beet.vergiss(wort for wort in woerter if wort not in fassung.inhalt)
    g.fassungen.append(fassung)
    _bepflanze(g, konzept, lambda z: "Kommune der Nachbarn" if isinstance(z, Kommune) else "alles der Nachbarn")
    runde = mache_runde(fassung, nachbarin, gremium=kommune.gremien.create(name="Beirat"))
    g.runden["Runde der Nachbarn"] = runde
    _pflanze(g, runde, "Runde der Nachbarn", geschlossen_grund="")
    _pflanze(g, mache_stellungnahme(mache_anmerkung(runde, nachbarin), frei=True), "Runde der Nachbarn")
    _pflanze(
        g, mache_anmerkung(runde, nachbarin, papier_von=""), "private Notiz der Nachbarn", privat=True, papier_von=""
    )
    einladung = Einladung(kommune=kommune, rolle="lesen")
    einladung.neuer_schluessel()
    _pflanze(g, einladung, "alles der Nachbarn")
    eintrag = Protokolleintrag(kommune=kommune, benutzer=g.konten["fremd"], ereignis="stammdaten")
    _pflanze(g, eintrag, "alles der Nachbarn")
