"""Musterstadt shows everything that a concept can hold: complete, understood, and with sums that agree."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from django.conf import settings
from PIL import Image

from konzept.austausch import beispieldatei
from konzept.austausch.einlesen import lade, lies
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.vergleich.staende import vorgaenger
from konzept.fassungen.vergleich.vergleich import Wandel, vergleiche
from konzept.models import Abschnitt, Gremium, Kommune, Konzept, Prozessschritt
from massnahmen import geld, zeitraum
from massnahmen.models import Akteur, Indikator, Kostenposition, Massnahme, Umsetzungsstand, Zustaendigkeit
from tests.musterstadt import kuerze

DATEI = settings.BASE_DIR / "fixtures" / "musterstadt.yaml"
EINTRAEGE = [
    klasse
    for klasse in vars(beispieldatei).values()
    if isinstance(klasse, type) and issubclass(klasse, beispieldatei.Eintrag)
]


def eintraege(wert):
    """Every entry at or below a value, in the order of the file."""
    if isinstance(wert, beispieldatei.Eintrag):
        yield wert
        for name in wert.__struct_fields__:
            yield from eintraege(getattr(wert, name))
    elif isinstance(wert, list):
        for teil in wert:
            yield from eintraege(teil)


def alle(wert, klasse) -> list:
    return [eintrag for eintrag in eintraege(wert) if type(eintrag) is klasse]


@pytest.fixture(scope="module")
def datei():
    return lies(DATEI)


@pytest.fixture(scope="module")
def konzept(datei):
    return next(k for k in datei.konzepte if k.slug == "integrationskonzept-2027-2032")


@pytest.fixture(scope="module")
def massnahmen(konzept):
    return alle(konzept, beispieldatei.Massnahme)


# Complete


@pytest.mark.parametrize("klasse", EINTRAEGE, ids=lambda klasse: klasse.__name__)
def test_every_field_that_a_file_can_hold_is_used(datei, klasse):
    vorhanden = [eintrag for eintrag in eintraege(datei) if isinstance(eintrag, klasse)]
    assert vorhanden
    for feld in msgspec.structs.fields(klasse):
        assert any(getattr(e, feld.name) not in (feld.default, [], {}) for e in vorhanden), feld.name


@pytest.mark.parametrize(
    ("klasse", "name", "auswahl"),
    [
        (beispieldatei.Abschnitt, "inhalt", Abschnitt.Inhalt),
        (beispieldatei.Akteur, "art", Akteur.Art),
        (beispieldatei.Gremium, "art", Gremium.Art),
        (beispieldatei.Prozessschritt, "art", Prozessschritt.Art),
        (beispieldatei.Massnahme, "stand", Umsetzungsstand),
        (beispieldatei.Massnahme, "prioritaet", Massnahme.Prioritaet),
        (beispieldatei.Kostenposition, "art", Kostenposition.Art),
        (beispieldatei.Kostenposition, "finanzierung", Kostenposition.Finanzierung),
        (beispieldatei.Konzept, "tabellenabschnitte", Konzept.Tabellenabschnitte),
    ],
)
def test_every_choice_occurs(datei, klasse, name, auswahl):
    assert {getattr(eintrag, name) for eintrag in alle(datei, klasse)} >= set(auswahl.values)


def test_about_forty_measures_in_six_fields(konzept, massnahmen):
    assert len(konzept.handlungsfelder) == 6
    assert 38 <= len(massnahmen) <= 44
    assert all(5 <= len(alle(feld, beispieldatei.Massnahme)) <= 9 for feld in konzept.handlungsfelder)


def test_every_field_has_all_its_parts(konzept):
    for feld in konzept.handlungsfelder:
        assert 2 <= len(feld.text.strip().split("\n\n")) <= 3
        assert feld.staerken.count("\n- ") >= 2
        assert feld.potentiale.count("\n- ") >= 2
        assert feld.ressourcen_personal
        assert feld.ressourcen_mittel
        assert feld.gremien
        assert 1 <= len(feld.leitziele) <= 2


def test_goals_have_measures_and_say_how_they_are_measured(konzept):
    for leitziel in alle(konzept, beispieldatei.Leitziel):
        assert leitziel.handlungsziele
        assert alle(leitziel, beispieldatei.Massnahme)
    for ziel in alle(konzept, beispieldatei.Handlungsziel):
        assert ziel.massnahmen, ziel.titel
        assert any(zeichen.isdigit() for zeichen in ziel.titel), ziel.titel


def test_a_level_may_be_skipped(konzept):
    assert any(feld.massnahmen for feld in konzept.handlungsfelder)
    assert any(feld.handlungsziele for feld in konzept.handlungsfelder)
    assert any(leitziel.massnahmen for leitziel in alle(konzept, beispieldatei.Leitziel))


def test_every_measure_is_worked_out(massnahmen):
    for m in massnahmen:
        assert m.text, m.titel
        assert m.prioritaet, m.titel
        assert m.zeitraum, m.titel
        assert m.federfuehrung, m.titel
        assert m.zielgruppen, m.titel
        assert m.leitlinien, m.titel
        assert m.kosten or m.kosten_offen or m.kostenpositionen, m.titel
        assert m.sachstaende or m.stand != Umsetzungsstand.LAUFEND, m.titel
    mit_schritten = [m.schritte for m in massnahmen if m.schritte]
    assert len(mit_schritten) > len(massnahmen) / 2
    assert all(2 <= len(schritte) <= 4 for schritte in mit_schritten)
    assert all(schritt.federfuehrung and schritt.zeitraum for schritte in mit_schritten for schritt in schritte)


def test_some_costs_are_neutral_and_some_deliberately_open(massnahmen):
    assert sum("kostenneutral" in m.kosten for m in massnahmen) >= 3
    assert sum(m.kosten_offen for m in massnahmen) in (2, 3)


def test_context_indicators_show_a_gap_and_a_break(konzept):
    messwerte = alle(konzept.kontextindikatoren, beispieldatei.Messwert)
    assert any(m.wert is None and m.anmerkung for m in messwerte)
    assert any(m.bruch and m.anmerkung for m in messwerte)


def test_no_sentence_stands_twice(konzept):
    texte = [
        getattr(eintrag, name)
        for eintrag in eintraege(konzept)
        for name in ("text", "aufgabe", "staerken", "potentiale")
        if getattr(eintrag, name, "")
    ]
    saetze = [satz for text in texte for satz in text.replace("\n", ". ").split(". ") if len(satz) > 40]
    # The two rows of dashes below a table head are no sentences.
    saetze = [satz for satz in saetze if not satz.startswith("|")]
    assert len(saetze) > 300
    assert len(saetze) == len(set(saetze)), {satz for satz in saetze if saetze.count(satz) > 1}


# Understood


def test_every_period_is_understood(datei, massnahmen):
    angaben = {m.zeitraum for m in massnahmen} | {s.zeitraum for m in massnahmen for s in m.schritte}
    assert len(angaben) > 60
    angaben |= {angebot.seit for angebot in alle(datei, beispieldatei.Angebot)}
    assert not [angabe for angabe in angaben if not zeitraum.lies(angabe).verstanden]


def test_every_amount_is_understood(datei):
    posten = [*alle(datei, beispieldatei.Kostenposition), *alle(datei, beispieldatei.Foerderung)]
    angaben = {p.betrag for p in posten if p.betrag}
    assert len(angaben) > 30
    assert not [angabe for angabe in angaben if not geld.lies(angabe).verstanden]


def test_every_actor_has_something_to_do(datei):
    genannt = {
        kurz
        for eintrag in eintraege(datei)
        for liste in ("federfuehrung", "mitwirkung", "anbieter")
        for kurz in getattr(eintrag, liste, [])
    }
    assert genannt == {akteur.kurz for akteur in datei.kommune.akteure}
    assert all(akteur.name for akteur in datei.kommune.akteure)


def test_wappen_is_a_picture_with_a_transparent_ground(datei):
    with Image.open(DATEI.parent / "wappen" / datei.kommune.wappen) as bild:
        assert bild.width >= 400
        assert bild.mode == "RGBA"
        assert bild.getpixel((0, bild.height - 1))[3] == 0
    assert datei.kommune.wappen_beschreibung


# Loaded


@pytest.mark.django_db
def test_loaded_it_is_a_fictitious_town_that_carries_on_its_earlier_concept():
    frueher, konzept = lade(DATEI).neu
    assert Kommune.objects.get().fiktiv
    assert konzept.vorgaenger == frueher
    assert (konzept.gueltig_ab, konzept.gueltig_bis, konzept.stand) == (2027, 2032, date(2026, 11, 3))
    massnahmen = Massnahme.objects.fuer_konzept(konzept)
    begleitung = massnahmen.get(kurztitel="Ausbildungsbegleitung")
    assert (begleitung.beginn_am, begleitung.ende_am) == (date(2028, 8, 1), date(2031, 7, 31))
    assert set(Indikator.objects.filter(konzept=konzept).values_list("art", flat=True)) == {"kontext", "wirkung"}
    assert Zustaendigkeit.objects.filter(massnahme__in=massnahmen, rolle="federfuehrung").count() >= 38


@pytest.mark.django_db
def test_beside_the_earlier_concept_everything_that_can_happen_has_happened():
    frueher, konzept = lade(DATEI).neu
    alles = vergleiche(stelle_zusammen(frueher), stelle_zusammen(konzept), vorgaenger(frueher, konzept))
    massnahmen = [a for a in alles.aenderungen if a.art == "massnahme"]
    assert {w for a in massnahmen for w in a.wandel} == set(Wandel)
    assert [a.titel for a in massnahmen if Wandel.ENTFALLEN in a.wandel] == [
        "Sprachtandems an der Volkshochschule vermitteln",
        "Bewerbungswerkstatt im Bürgerhaus betreiben",
        "Interkulturelles Stadtfest als eigene Veranstaltung",
    ]
    assert sum(Wandel.GEAENDERT in a.wandel for a in massnahmen) == 13
    assert sum(Wandel.VERSCHOBEN in a.wandel for a in massnahmen) >= 4
    assert {Wandel.NEU, Wandel.GEAENDERT, Wandel.ENTFALLEN} <= {
        w for a in alles.aenderungen if a.art == "leitlinie" for w in a.wandel
    }


def gefuellt(teil) -> set[str]:
    """The fields at or below a part of a document in which something stands, as "Class.field"."""
    if isinstance(teil, tuple):
        return set().union(*map(gefuellt, teil))
    if not isinstance(teil, msgspec.Struct):
        return set()
    werte = {name: getattr(teil, name) for name in teil.__struct_fields__}
    return {f"{type(teil).__name__}.{name}" for name, wert in werte.items() if wert}.union(
        *map(gefuellt, werte.values())
    )


@pytest.mark.django_db
def test_shortened_it_still_shows_everything():
    konzept = lade(DATEI).neu[-1]
    vorher = stelle_zusammen(konzept)
    kuerze(konzept)
    nachher = stelle_zusammen(konzept)
    assert gefuellt(nachher) == gefuellt(vorher)
    assert len(gefuellt(nachher)) > 150
    assert len(list(nachher.massnahmen())) < 0.6 * len(list(vorher.massnahmen()))


@pytest.mark.django_db
def test_the_costs_in_the_text_are_those_of_the_measures():
    konzept = lade(DATEI).neu[-1]
    (uebersicht,) = kostenuebersicht(stelle_zusammen(konzept)).sichten
    text = konzept.abschnitte.get(inhalt="kosten").text.replace(" ", "\u00a0")
    assert Decimal(900_000) <= uebersicht.summe.summe <= Decimal(1_400_000)
    personal = sum(
        posten.angabe.betrag * (posten.bis_jahr - posten.jahr + 1)
        for posten in Kostenposition.objects.filter(massnahme__handlungsfeld__konzept=konzept, art="personalkosten")
        if posten.angabe.verstanden
    )
    assert personal > uebersicht.summe.summe / 2
    for betrag in (uebersicht.summe.summe, personal, *(zeile.summe for zeile in uebersicht.mittel)):
        assert geld.euro(betrag) in text
