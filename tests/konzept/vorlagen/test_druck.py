"""The print of a Vorlage: one file, its pages numbered through, the measures inside as a spreadsheet."""

import datetime as dt
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from konzept.dokument import pdf, zerlegung
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.satz.stueck import OhneSpeicher
from konzept.vorlagen.druck import nimm_auf
from konzept.vorlagen.models import Punktergebnis, Vorlage
from konzept.vorlagen.rechenblatt import massnahmen_als_xlsx
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_beschlussfassung,
    mache_feld,
    mache_kosten,
    mache_massnahme,
    mache_vorlage,
    mache_vorlagenkopf,
)
from tests.feindlich import TEXTE
from tests.konzept.dokument.conftest import Lesen

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]

LANG = "\n\n".join(["Ein langer Absatz, der mit vielen anderen eine Seite füllt. " * 12] * 8)
FORMEL = '=HYPERLINK("http://boese.example";"klick")'


@pytest.fixture
def vorlage(konzept, rat) -> Vorlage:
    """Two chapters that fill pages, a table of measures, and two pages of Vorlage before them."""
    Konzept.objects.update(titel="Konzept der Stadt", stand=dt.date(2026, 11, 3), gueltig_ab=2027, gueltig_bis=2028)
    konzept.refresh_from_db()
    for nummer in (1, 2):
        mache_abschnitt(konzept, f"Kapitel {nummer}", text=LANG, reihenfolge=nummer)
    mache_abschnitt(konzept, "Felder", inhalt="handlungsfelder", reihenfolge=3)
    massnahme = mache_massnahme(mache_feld(konzept), FORMEL)
    mache_kosten(massnahme, "1.200,50 €", jahr=2027)
    felder = {"nummer": "FB2/0357/2016", "betreff": "Konzept für alle ✓ \U000f0000", "art": "information"}
    return mache_vorlage(konzept, rat, sachverhalt=LANG, **felder)


def drucke_sie(vorlage: Vorlage) -> bytes:
    return nimm_auf(vorlage.pk).drucke(lambda *_: None, OhneSpeicher())


@pytest.fixture(scope="module")
def drucke() -> dict[str, Lesen]:
    """The prints of the Vorlage, made by the first test that needs one."""
    return {}


@pytest.fixture(params=["am Stück", "in Stücken"])
def gedruckt(request, drucke, vorlage, frisch, monkeypatch) -> Lesen:
    if request.param not in drucke:
        monkeypatch.setattr(zerlegung, "STUECK", 10 if request.param == "in Stücken" else 10**9)
        drucke[request.param] = Lesen(drucke_sie(vorlage))
    return drucke[request.param]


def test_the_vorlage_comes_first_and_pages_are_numbered_through(gedruckt):
    seiten = gedruckt.seiten("-layout")
    assert "Informationsvorlage" in seiten[0]
    assert "– öffentlich –" in seiten[0]
    assert "FB2/0357/2016" in seiten[0]
    deckblatt = next(i for i, seite in enumerate(seiten) if "Anlage 1 zur Drucksache FB2/0357/2016" in seite)
    assert deckblatt >= 2, "the Vorlage has two pages"
    assert "Arbeitsstand, keine festgeschriebene Fassung" in seiten[deckblatt]
    for nummer, seite in enumerate(seiten, start=1):
        assert (f"Seite {nummer} von {len(seiten)}" in seite) == (nummer != deckblatt + 1)
    assert "Informationsvorlage FB2/0357/2016" in seiten[1].splitlines()[0]


def test_the_table_of_contents_names_the_pages_of_the_whole_file(gedruckt):
    seiten = gedruckt.seiten("-layout")
    verzeichnis = next(seite for seite in seiten if "Inhaltsverzeichnis" in seite)
    (zeile,) = (z for z in verzeichnis.splitlines() if "Kapitel 2" in z)
    nummer = int(zeile.split()[-1])
    assert "Kapitel 2" in seiten[nummer - 1]


def test_the_concept_stands_below_its_anlage_among_the_bookmarks(gedruckt):
    punkte = [(tiefe, titel.replace("\ufffd", "")) for tiefe, titel, _ in gedruckt.lesezeichen()]
    oben = [titel for tiefe, titel in punkte if tiefe == 1]
    assert oben == ["Informationsvorlage FB2/0357/2016: Konzept für alle ✓ ", "Anlage 1 – Konzept der Stadt"]
    assert (2, "Sachverhalt") in punkte
    danach = punkte[punkte.index((1, oben[1])) + 1 :]
    assert next(titel for tiefe, titel in danach if tiefe == 2) == "Inhaltsverzeichnis"
    assert all(tiefe >= 2 for tiefe, _ in danach)


def test_the_measures_lie_inside_as_a_spreadsheet_without_formulas(gedruckt):
    (name,) = gedruckt.pdf.attachments
    datei = gedruckt.pdf.attachments[name]
    assert name == "massnahmen.xlsx"
    assert datei.obj.AFRelationship == "/Data"
    blatt, *_ = openpyxl.load_workbook(io.BytesIO(datei.get_file().read_bytes())).worksheets
    kopf, zeile = blatt.iter_rows()
    werte = {k.value: z for k, z in zip(kopf, zeile, strict=True)}
    assert (werte["Maßnahme"].value, werte["Maßnahme"].data_type) == (FORMEL, "s")
    assert werte["Maßnahme"].quotePrefix
    assert (werte["Handlungsfeld"].value, werte["Summe in Euro"].value) == ("3.1 Sprache", 1200.5)


def test_the_spreadsheet_takes_every_text(konzept):
    feld = mache_feld(konzept, TEXTE[0])
    konzept.abschnitte.create(titel="Felder", inhalt="handlungsfelder")
    for text in TEXTE:
        mache_massnahme(feld, text)
    Konzept.objects.update(titel="".join(TEXTE)[:300])
    xlsx = massnahmen_als_xlsx(stelle_zusammen(Konzept.objects.mit_kommune().get()))
    (blatt,) = openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets
    zellen = [zelle for zeile in blatt.iter_rows(min_row=2) for zelle in zeile if zelle.value is not None]
    assert len(zellen) >= len(TEXTE) * 3
    assert {zelle.data_type for zelle in zellen} == {"s"}


def test_the_sums_in_the_spreadsheet_are_those_of_the_overview(konzept):
    konzept.abschnitte.create(titel="Felder", inhalt="handlungsfelder")
    m = mache_massnahme(mache_feld(konzept), "Café")
    for angabe, jahr, bis_jahr in (("6.500 €", 2027, None), ("1.200 € jährlich", 2028, 2032)):
        m.kostenpositionen.create(angabe=angabe, jahr=jahr, bis_jahr=bis_jahr)
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get())
    blatt, kosten, _ = openpyxl.load_workbook(io.BytesIO(massnahmen_als_xlsx(dokument))).worksheets
    kopf, zeile = blatt.iter_rows(values_only=True)
    assert dict(zip(kopf, zeile, strict=True))["Summe in Euro"] == 6500 + 5 * 1200
    assert kostenuebersicht(dokument).sichten[0].summe.summe == 6500 + 5 * 1200
    summen = [zeile for zeile in kosten.iter_rows(values_only=True) if zeile[0] == "Summe"]
    assert [zeile[-1] for zeile in summen] == [6500 + 5 * 1200] * 2
    assert (blatt.auto_filter.ref, blatt.print_title_rows) == ("A1:O2", "$1:$1")


def test_without_measures_nothing_lies_inside(konzept, vorlage, frisch):
    konzept.handlungsfelder.all().delete()
    assert not Lesen(drucke_sie(vorlage)).pdf.attachments


def test_the_same_vorlage_gives_the_same_bytes(vorlage, frisch):
    assert drucke_sie(vorlage) == drucke_sie(vorlage)


def test_the_print_of_a_fassung_does_not_change_with_the_rows(vorlage, frisch, schreibe_fest):
    vorlage.fassung = schreibe_fest(vorlage.konzept)
    vorlage.save()
    vorher = drucke_sie(vorlage)
    Konzept.objects.update(titel="Ganz anders")
    assert drucke_sie(vorlage) == vorher
    assert "Arbeitsstand" not in "".join(Lesen(vorher).seiten())


@pytest.mark.java
def test_the_print_is_valid(vorlage, frisch, vera, monkeypatch, tmp_path):
    vorlage.unterschriften.create(name="A", zusatz="In Vertretung", funktion="Beigeordnete", gezeichnet=False)
    dateien = []
    for name, stueck in (("ganz", 10**9), ("stuecke", 10)):
        monkeypatch.setattr(zerlegung, "STUECK", stueck)
        dateien.append(tmp_path / f"{name}.pdf")
        dateien[-1].write_bytes(drucke_sie(vorlage))
    assert {(datei.stem, v): fehler for (datei, v), fehler in vera(*dateien).items() if fehler} == {}


# What a print is known by


def _anderes_wappen(vorlage):
    """Another picture under the same name."""
    Path(vorlage.konzept.kommune.wappen.path).write_bytes(b"ein anderes Bild")


AENDERUNGEN = {
    "sheet": lambda v: Vorlage.objects.update(betreff="Anders"),
    "point": lambda v: v.beschlusspunkte.update(text="Anders"),
    "result": lambda v: v.stationen.update(ergebnis="abgelehnt"),
    "vote on a point": lambda v: Punktergebnis.objects.update(ja=3),
    "label of the Kommune": lambda v: mache_vorlagenkopf(v.konzept.kommune).zeilen.update(bezeichnung="Anders"),
    "concept": lambda v: Massnahme.objects.update(titel="Anders"),
    "coat of arms": _anderes_wappen,
}


@pytest.mark.parametrize("aendere", AENDERUNGEN.values(), ids=AENDERUNGEN)
def test_whatever_stands_in_it_makes_it_another_print(vorlage, frisch, aendere):
    vorlage.konzept.kommune.wappen.save("wappen.png", ContentFile(b"ein Bild"))
    vorher = nimm_auf(vorlage.pk).als_bytes()
    assert nimm_auf(vorlage.pk).als_bytes() == vorher
    aendere(vorlage)
    assert nimm_auf(vorlage.pk).als_bytes() != vorher


def test_a_fassung_is_printed_with_the_coat_of_arms_it_was_frozen_with(vorlage, frisch, monkeypatch):
    kommune = vorlage.konzept.kommune
    puffer = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(puffer, "PNG")
    kommune.wappen.save("altes.png", ContentFile(puffer.getvalue()))
    name = kommune.wappen.name
    vorlage.fassung = mache_beschlussfassung(Konzept.objects.mit_kommune().get())
    vorlage.save()
    kommune.wappen.save("neues.png", ContentFile(b"neues Bild"))
    gedruckt = []
    monkeypatch.setattr(pdf, "drucke", lambda *_, ausfertigung, **__: gedruckt.append(ausfertigung.bilder))
    drucke_sie(vorlage)
    assert gedruckt == [{f"media:{name}": ("image/png", puffer.getvalue())}]
