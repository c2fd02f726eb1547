"""Rows that break a rule from before it was one are put right by the migrations, and their history says so."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from konzept import trigger
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.models.basis import anker
from konzept.verlauf.models import Aenderung
from massnahmen.models import Indikator, Massnahme
from tests.fabrik import mache_fuelle, mache_konzept, mache_leitziel

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

SCHRITTE = (
    ("konzept.migrations.0005_berichtige_gliederung", "loese_fremdes"),
    ("handlungsfelder.migrations.0006_berichtige_felder", "berichtige_alles"),
    ("massnahmen.migrations.0004_berichtige_felder", "berichtige_alles"),
)


def berichtige() -> None:
    """What the migrations do, over the models as they stand in migrations."""
    apps = MigrationLoader(connection).project_state().apps
    for modul, name in SCHRITTE:
        getattr(import_module(modul), name)(apps, None)


def setze(zeile, **werte) -> None:
    type(zeile)._base_manager.filter(pk=zeile.pk).update(**werte)


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_fuelle(konzept, 2)
    trigger.reisse_ein()
    return konzept


@pytest.fixture
def fremd(konzept):
    fremd = mache_konzept(konzept.kommune, "fremd")
    ziel = mache_leitziel(fremd.handlungsfelder.create(titel="Fremd"))
    return {"konzept": fremd, "feld": ziel.handlungsfeld, "leitziel": ziel, "abschnitt": fremd.abschnitte.create()}


def gruende(zeile) -> list[str]:
    return list(Aenderung.objects.filter(anker=anker(zeile)).order_by("pk").values_list("grund", flat=True))


def test_a_measure_follows_its_goal_and_that_its_leitziel(konzept):
    eins, zwei = konzept.handlungsfelder.all()
    massnahme = Massnahme.objects.filter(handlungsziel__isnull=False).get()
    ziel = massnahme.handlungsziel
    setze(ziel, handlungsfeld=zwei)
    setze(ziel.leitziel, handlungsfeld=zwei)
    setze(ziel, handlungsfeld=eins)
    setze(massnahme, handlungsfeld=zwei if ziel.handlungsfeld == eins else eins)
    setze(massnahme, handlungsfeld=eins)
    berichtige()
    connection.check_constraints()
    massnahme.refresh_from_db()
    assert massnahme.handlungsfeld == zwei
    assert massnahme.handlungsziel.handlungsfeld == zwei
    assert gruende(massnahme.handlungsziel)[0] == ""
    assert "ist ihm gefolgt" in gruende(massnahme.handlungsziel)[1]


def test_what_led_to_another_concept_is_let_go_and_the_history_keeps_what_was(konzept, fremd):
    massnahme, angebot = Massnahme.objects.last(), konzept.angebote.first()
    ziel = konzept.handlungsfelder.first().handlungsziele.first()
    unten, leitlinie = konzept.abschnitte.last(), konzept.leitlinien.first()
    aufgabe = konzept.querschnittsaufgaben.first()
    indikator = konzept.indikatoren.filter(art="kontext").first()
    setze(massnahme, leitziel=fremd["leitziel"], handlungsziel=None)
    setze(ziel, leitziel=fremd["leitziel"])
    setze(angebot, handlungsfeld=fremd["feld"])
    setze(indikator, handlungsfeld=fremd["feld"])
    setze(unten, oberabschnitt=fremd["abschnitt"])
    setze(leitlinie, abschnitt=fremd["abschnitt"])
    setze(aufgabe.bezuege.first(), handlungsfeld=fremd["feld"], text="Nur hier stehende Worte")
    berichtige()
    connection.check_constraints()
    for zeile, feld in (
        (massnahme, "leitziel"),
        (ziel, "leitziel"),
        (angebot, "handlungsfeld"),
        (indikator, "handlungsfeld"),
        (unten, "oberabschnitt"),
        (leitlinie, "abschnitt"),
    ):
        zeile.refresh_from_db()
        assert getattr(zeile, feld) is None, zeile
        zeile.full_clean()
        davor, danach = Aenderung.objects.filter(anker=anker(zeile)).order_by("pk")
        assert davor.stand["felder"][feld]["pk"]
        assert (danach.stand["felder"][feld], danach.art, danach.benutzer) == (None, "geaendert", None)
        assert danach.grund.startswith("Beim Umstellen berichtigt: ")
        assert zeile.version == 2
    davor, danach = Aenderung.objects.filter(anker=anker(aufgabe)).order_by("pk")
    assert "Nur hier stehende Worte" in str(davor.stand)
    assert "Nur hier stehende Worte" not in str(danach.stand)
    assert stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))


def test_an_indicator_goes_to_the_concept_of_what_it_measures(konzept, fremd):
    indikator = Indikator.objects.filter(handlungsziel__isnull=False).first()
    setze(indikator, konzept=fremd["konzept"])
    berichtige()
    connection.check_constraints()
    indikator.refresh_from_db()
    assert indikator.konzept == konzept
    assert "misst" in gruende(indikator)[-1]


def test_what_was_right_has_no_entry(konzept):
    berichtige()
    assert not Aenderung.objects.exists()
