"""The example Vorlagen: Meerbusch's as it was, and one on its way through four Gremien."""

import datetime as dt
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from konzept.austausch.einlesen import DateiFehler, lade
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.vorlagen.beispiele import lade_vorlagen
from konzept.vorlagen.blatt import stelle_blatt_zusammen
from konzept.vorlagen.models import Vorlage
from tests.fabrik import alle_zeilen

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ORDNER = settings.BASE_DIR / "fixtures"


def geladen(kommune: str) -> Vorlage:
    lade(ORDNER / f"{kommune}.yaml")
    (vorlage,) = lade_vorlagen(ORDNER / "vorlagen" / f"{kommune}.yaml")
    return Vorlage.objects.fuer_blatt().get(pk=vorlage.pk)


def test_meerbusch_looks_as_it_did():
    vorlage = geladen("meerbusch")
    blatt = stelle_blatt_zusammen(vorlage, stelle_zusammen(vorlage.konzept))
    assert (blatt.bezeichnung, blatt.status) == ("Informationsvorlage FB2/0357/2016", "öffentlich")
    assert blatt.betreff == "Integrationskonzept für Meerbusch"
    assert ("Datum", "09.02.2016") in {(a.bezeichnung, a.text) for a in blatt.angaben}
    (folge,) = (a.folge for a in blatt.abschnitte if a.folge)
    assert [spalte.titel for spalte in folge.spalten] == ["Gremium", "Sitzungstermin"]
    assert folge.zeilen == ((("Sozialausschuss",), ("24.02.2016",)),)
    (unterschrift,) = next(a.unterschriften for a in blatt.abschnitte if a.unterschriften)
    assert (unterschrift.zusatz, unterschrift.gezeichnet, unterschrift.name, unterschrift.funktion) == (
        "In Vertretung",
        True,
        "Frank Maatz",
        "Erster Beigeordneter",
    )
    for wort in ("AWO Mütterzentrum", "30.000 €", "AVP e.V.", "08.02.2012", "06.03.2013", "01.08.2013", "Stellenplan"):
        assert wort in vorlage.sachverhalt, wort


def test_musterstadt_comes_before_four_gremien():
    vorlage = geladen("musterstadt")
    assert [(s.gremium.name, s.get_rolle_display(), s.get_ergebnis_display()) for s in vorlage.stationen.all()] == [
        ("Integrationsrat", "Anhörung", "einstimmig beschlossen"),
        ("Jugendhilfeausschuss", "Vorberatung", "geändert beschlossen"),
        ("Sozialausschuss", "Empfehlung", ""),
        ("Rat der Stadt Musterstadt", "Entscheidung", ""),
    ]
    assert vorlage.entscheidung.datum == dt.date(2026, 12, 15)
    assert vorlage.beschlusspunkte.count() == 4


def test_the_command_loads_them_once():
    call_command("beispiele", ORDNER / "meerbusch.yaml", stdout=StringIO())
    Vorlage.objects.update(betreff="Geändert")
    vorher = alle_zeilen()
    call_command("beispiele", ORDNER / "meerbusch.yaml", stdout=StringIO())
    assert Vorlage.objects.count() == 1
    assert alle_zeilen() == vorher


def test_a_mistake_in_a_file_names_the_file(tmp_path):
    lade(ORDNER / "meerbusch.yaml")
    datei = tmp_path / "meerbusch.yaml"
    datei.write_text((ORDNER / "vorlagen" / "meerbusch.yaml").read_text().replace("Sozialausschuss,", "Sozialrat,"))
    with pytest.raises(DateiFehler, match=r"vorlagen/meerbusch.yaml"):
        lade_vorlagen(datei)
    assert not Vorlage.objects.exists()
