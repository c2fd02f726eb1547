"""What stands on the paper, in whose words and in which order."""

import datetime as dt

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from konzept.austausch.einlesen import lade
from konzept.dokument.baum import Kostenuebersicht
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.vorlagen.blatt import stelle_blatt_zusammen
from konzept.vorlagen.druck import anlage_1
from konzept.vorlagen.models import Bereich, Kopfzeile, Vorlage, Vorlagenkopf, zeilen_fuer
from konzept.vorlagen.vorgaenge import setze_kopf
from tests.fabrik import mache_feld, mache_kosten, mache_massnahme, mache_vorlage, mache_vorlagenkopf, seite_von, text

pytestmark = pytest.mark.django_db


def blatt_von(vorlage: Vorlage):
    frisch = Vorlage.objects.fuer_blatt().get(pk=vorlage.pk)
    return stelle_blatt_zusammen(frisch, anlage_1(frisch)[0])


def ueberschriften(vorlage) -> list[str]:
    return [a.titel for a in blatt_von(vorlage).abschnitte]


def folge(vorlage):
    (abschnitt,) = (a for a in blatt_von(vorlage).abschnitte if a.art == "beratungsfolge")
    return [spalte.titel for spalte in abschnitt.folge.spalten], abschnitt.folge.zeilen


def gezeigt(vorlage, klasse: str) -> str:
    seite = seite_von(render_to_string("vorlagen/blatt.html", {"blatt": blatt_von(vorlage)}))
    (abschnitt,) = (k for k in seite.iter("section") if klasse in k.get("class"))
    return text(abschnitt)


def test_only_what_is_filled_in_prints(konzept):
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="Integrationskonzept")
    assert ueberschriften(vorlage) == ["Betreff", "Anlagen"]
    vorlage.abschnitte.create(titel="Noch leer")
    vorlage.sachverhalt = "Der Rat hat es so gewollt."
    vorlage.save()
    assert ueberschriften(vorlage) == ["Betreff", "Sachverhalt", "Anlagen"]


def test_labels_and_order_are_those_of_the_kommune(konzept, rat):
    vorlage = mache_vorlage(konzept, rat, sachverhalt="Text", nummer="GRDrs 12/2027")
    mache_vorlagenkopf(konzept.kommune)
    Kopfzeile.objects.filter(teil="beschluss").update(bezeichnung="Beschlußantrag", reihenfolge=0)
    Kopfzeile.objects.filter(teil="vorgaenge").update(gezeigt=False)
    Kopfzeile.objects.filter(teil="drucksache").update(bezeichnung="GRDrs")
    Kopfzeile.objects.filter(teil="stimmen").update(gezeigt=False)
    assert ueberschriften(vorlage) == [
        "Beschlußantrag", "Beratungsfolge", "Betreff", "Sachverhalt", "Abschnitt 1", "", "Anlagen",
    ]  # fmt: skip
    assert [(a.bezeichnung, a.text) for a in blatt_von(vorlage).angaben] == [("GRDrs", "GRDrs 12/2027")]
    assert folge(vorlage)[0] == ["Gremium", "Zuständigkeit", "Ergebnis"]


def test_the_betreff_stands_on_every_paper(konzept):
    vorlage = mache_vorlage(konzept, betreff="Integrationskonzept der Stadt")
    mache_vorlagenkopf(konzept.kommune)
    Kopfzeile.objects.filter(teil="betreff").update(gezeigt=False)
    assert "Integrationskonzept der Stadt" in gezeigt(vorlage, "vorlage-betreff")


def test_a_part_that_came_later_stands_behind_the_others(konzept):
    zeilen = zeilen_fuer(konzept.kommune)
    werte = {b: [(z.teil, z.bezeichnung, z.gezeigt) for z in zeilen[b]] for b in Bereich}
    del werte[Bereich.ABSCHNITTE][0]
    setze_kopf(Vorlagenkopf(kommune=konzept.kommune), werte)
    assert zeilen_fuer(konzept.kommune)[Bereich.ABSCHNITTE][-1].teil == "beratungsfolge"


def test_points_are_numbered_but_a_single_one_is_not(konzept):
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="x")
    vorlage.beschlusspunkte.create(text="Der Rat beschließt **alles**.", reihenfolge=1)
    html = render_to_string("vorlagen/blatt.html", {"blatt": blatt_von(vorlage)})
    assert "<ol" not in html
    assert "<strong>alles</strong>" in html
    vorlage.beschlusspunkte.create(text="Die Verwaltung berichtet.", reihenfolge=2)
    html = render_to_string("vorlagen/blatt.html", {"blatt": blatt_von(vorlage)})
    punkte = [text(li) for li in seite_von(html).iter("li")]
    assert punkte[:2] == ["Der Rat beschließt alles.", "Die Verwaltung berichtet."]


def test_the_way_through_the_gremien_with_results_point_by_point(konzept, rat):
    beirat = konzept.kommune.gremien.create(name="Beirat")
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="x")
    erster, zweiter = (vorlage.beschlusspunkte.create(text=t, reihenfolge=i) for i, t in enumerate("ab"))
    vorlage.stationen.create(gremium=beirat, rolle="anhoerung", datum=dt.date(2026, 11, 25), reihenfolge=1)
    bemerkung = "Punkt 2 wird gestrichen."
    station = vorlage.stationen.create(
        gremium=rat, rolle="entscheidung", top="8", ergebnis="geaendert", ja=30, nein=4, enthaltung=1,
        bemerkung=bemerkung, reihenfolge=2,
    )  # fmt: skip
    station.punktergebnisse.create(punkt=zweiter, ergebnis="abgelehnt", ja=10, nein=25)
    station.punktergebnisse.create(punkt=erster, ergebnis="einstimmig")
    spalten, (davor, im_rat) = folge(vorlage)
    assert spalten == ["Gremium", "Sitzungstermin", "TOP", "Zuständigkeit", "Ergebnis", "Abstimmung"]
    assert davor == (("Beirat",), ("25.11.2026",), (), ("Anhörung",), (), ())
    assert im_rat == (
        ("Rat",), (), ("8",), ("Entscheidung",),
        ("geändert beschlossen", "zu\u00a01: einstimmig beschlossen", "zu\u00a02: abgelehnt", bemerkung),
        ("30\u00a0Ja, 4\u00a0Nein, 1\u00a0Enthaltung", "zu\u00a02: 10\u00a0Ja, 25\u00a0Nein"),
    )  # fmt: skip


def test_columns_without_any_entry_are_left_out(konzept, rat):
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="x")
    vorlage.stationen.create(gremium=rat, datum=dt.date(2016, 2, 24))
    assert folge(vorlage)[0] == ["Gremium", "Sitzungstermin", "Zuständigkeit"]


def test_anlage_1_is_the_fassung_whatever_becomes_of_the_rows(konzept, schreibe_fest):
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="x", fassung=schreibe_fest(konzept))
    Konzept.objects.update(titel="Ganz anders")
    blatt = blatt_von(vorlage)
    (erste,) = blatt.abschnitte[-1].anlagen
    assert (erste.nummer, erste.titel) == (1, "Integrationskonzept (Entwurf 1)")
    assert blatt.vermerk == ""
    Vorlage.objects.update(fassung=None)
    blatt = blatt_von(vorlage)
    assert [(a.nummer, a.titel) for a in blatt.abschnitte[-1].anlagen] == [(1, "Ganz anders (Arbeitsstand)")]
    assert "Arbeitsstand" in blatt.vermerk


def test_costs_come_from_the_measures_of_the_anlage(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    konzept.abschnitte.create(titel="Felder", inhalt="handlungsfelder")
    mache_kosten(massnahme, "1.200 €", jahr=2027, finanzierung="eigenmittel", stellenanteil="0.5")
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="x", stellenanteile="1.5")
    gedruckt = gezeigt(vorlage, "vorlage-finanzen")
    assert "Eigenmittel" in gedruckt
    assert "nach Finanzierung und Jahren in Euro" in gedruckt
    assert "1.200" in gedruckt
    assert "Neue Stellenanteile durch diese Vorlage: 1,5 VZÄ" in gedruckt
    assert "in den Maßnahmen der Anlage 1: 0,5 VZÄ" in gedruckt
    Vorlage.objects.update(konzeptkosten=False)
    assert "1.200" not in gezeigt(vorlage, "vorlage-finanzen")


def test_the_sums_of_a_vorlage_are_those_of_its_anlage():
    lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml")
    for konzept in Konzept.objects.mit_kommune():
        anlage = stelle_zusammen(konzept)
        vorlage = Vorlage.objects.create(konzept=konzept, betreff="x")
        finanzen = next(a for a in blatt_von(vorlage).abschnitte if a.art == "finanzen")
        assert finanzen.kosten == kostenuebersicht(anlage)
        gedruckt = [teil for _, k in anlage.alle_kapitel() for teil in k.teile if isinstance(teil, Kostenuebersicht)]
        assert all(teil == finanzen.kosten for teil in gedruckt)
