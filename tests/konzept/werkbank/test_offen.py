"""What is still missing: every gap that the council asks about is named, and leads to the field in which it goes."""

import datetime

import pytest

from konzept.models import Konzept
from konzept.werkbank.offen import offene_punkte
from massnahmen.models import Indikator
from tests.fabrik import (
    adresse,
    baum,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    setze_zustaendig,
    text,
)

pytestmark = pytest.mark.django_db

HEUTE = datetime.date(2026, 11, 21)


@pytest.fixture
def konzept():
    konzept = mache_konzept(stand=HEUTE, gueltig_ab=2027)
    mache_abschnitt(konzept, inhalt="handlungsfelder")
    return konzept


@pytest.fixture
def feld(konzept):
    return mache_feld(konzept, "Sprache")


def punkte(konzept, **weiter) -> set[str]:
    gruppen = offene_punkte(konzept, HEUTE, **weiter)
    return {satz for gruppe in gruppen for eintrag in gruppe.eintraege for satz, _ in eintrag.punkte}


def fertig(massnahme):
    massnahme.zeitraum, massnahme.kosten_offen, massnahme.umsetzungsstand = "2027", True, "geplant"
    massnahme.save()
    setze_zustaendig(massnahme, mache_akteur(massnahme.konzept.kommune, "51"))
    return massnahme


def test_a_concept_without_gaps_has_no_hints(konzept, feld):
    ziel = mache_handlungsziel(feld)
    fertig(mache_massnahme(feld, handlungsziel=ziel))
    assert punkte(konzept) == set()


def test_the_gaps_of_a_measure(konzept, feld):
    mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld))
    assert punkte(konzept) == {
        "Niemand ist zuständig",
        "Kein Zeitraum",
        "Keine Kosten und kein bewusstes „offen“",
        "Kein Umsetzungsstand",
    }


def test_a_responsible_step_and_an_amount_are_enough(konzept, feld):
    massnahme = mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld), zeitraum="2027", umsetzungsstand="idee")
    setze_zustaendig(mache_schritt(massnahme, "Anfangen"), mache_akteur(konzept.kommune, "51"))
    mache_kosten(massnahme, "1.000 €")
    assert punkte(konzept) == set()


def test_a_dropped_measure_needs_nothing(konzept, feld):
    mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld), umsetzungsstand="entfallen", stand_begruendung="so")
    assert punkte(konzept) == set()


def test_fields_and_goals_without_what_belongs_to_them(konzept, feld):
    assert punkte(konzept) == {"Noch kein Ziel", "Noch keine Maßnahme"}
    leitziel = mache_leitziel(feld)
    mache_handlungsziel(feld, leitziel=leitziel)
    assert punkte(konzept) == {"Noch keine Maßnahme", "Noch keine Maßnahme zu diesem Ziel"}


def test_a_leitziel_is_served_by_the_measures_of_its_goals(konzept, feld):
    leitziel = mache_leitziel(feld)
    fertig(mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld, leitziel=leitziel)))
    assert punkte(konzept) == set()


def test_an_indicator_without_target_and_a_guideline_still_proposed(konzept, feld):
    mache_abschnitt(konzept, inhalt="leitlinien")
    massnahme = fertig(mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld)))
    Indikator.objects.create(konzept=konzept, art="wirkung", massnahme=massnahme, titel="Zahl")
    konzept.leitlinien.create(titel="Satz", status="vorschlag")
    assert punkte(konzept) == {"Kein Zielwert", "Noch ein Vorschlag, nicht beschlossen"}


@pytest.mark.parametrize(
    ("stand", "alt"),
    [(datetime.date(2023, 11, 21), True), (datetime.date(2023, 11, 22), False), (datetime.date(2024, 2, 29), False)],
)
def test_three_years_are_the_limit(stand, alt, konzept):
    Konzept.objects.filter(pk=konzept.pk).update(stand=stand)
    konzept.refresh_from_db()
    assert any("älter als drei Jahre" in satz for satz in punkte(konzept)) is alt


def test_what_no_section_shows_is_said(konzept, feld):
    konzept.leitlinien.create(titel="Satz")
    assert "Kein Abschnitt zeigt sie; sie drucken nicht" in punkte(konzept)


def test_each_hint_leads_to_its_field(client, konzept, feld):
    massnahme = mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld))
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = baum(client.get(adresse(konzept, "offen")))
    ziele = {a.get("href") for a in seite.iter("a") if "#id_" in (a.get("href") or "")}
    assert f"{adresse(konzept, 'massnahmen', str(massnahme.pk), 'bearbeiten')}#id_zeitraum" in ziele
    for ziel in ziele:
        pfad, _, kennung = ziel.partition("#")
        assert f'id="{kennung}"' in client.get(pfad).content.decode(), ziel


def test_one_field_alone(client, konzept, feld):
    anderes = mache_feld(konzept, "Wohnen")
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = text(baum(client.get(f"{adresse(konzept, 'offen')}?feld={anderes.pk}")))
    assert "Wohnen" in seite
    assert "Sprache" not in seite


def test_the_page_costs_the_same_for_any_size(client, django_assert_max_num_queries):
    zahlen = []
    for anzahl in (1, 3):
        konzept = mache_konzept(mache_kommune(f"stadt-{anzahl}"))
        mache_fuelle(konzept, anzahl)
        client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
        client.get(adresse(konzept, "offen"))
        with django_assert_max_num_queries(40) as gezaehlt:
            client.get(adresse(konzept, "offen"))
        zahlen.append(len(gezaehlt))
    assert zahlen[0] == zahlen[1]
