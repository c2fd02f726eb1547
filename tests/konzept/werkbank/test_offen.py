"""What is still missing: every gap that the council asks about is named, and leads to the field in which it goes."""

import datetime

import pytest

from konzept.dokument import baum as dokumentbaum
from konzept.dokument.verweise import tote_verweise
from konzept.models import Konzept
from konzept.werkbank.offen import offene_punkte
from massnahmen.models import Indikator
from tests.fabrik import (
    adresse,
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
    seite_von,
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


def eintraege(konzept) -> dict[str, set[str]]:
    alle = [eintrag for gruppe in offene_punkte(konzept, HEUTE) for eintrag in gruppe.eintraege]
    return {eintrag.titel: {satz for satz, _ in eintrag.punkte} for eintrag in alle}


def fertig(massnahme):
    massnahme.zeitraum, massnahme.kosten_offen, massnahme.umsetzungsstand = "2027", True, "geplant"
    massnahme.save()
    kommune = massnahme.konzept.kommune
    setze_zustaendig(massnahme, kommune.akteure.first() or mache_akteur(kommune, "51"))
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


def test_what_counts_in_no_sum_is_named_by_position_and_leads_to_it(konzept, feld):
    massnahme = mache_massnahme(feld, "Café", kosten_wortlaut="dazu 6.200 € aus Eigenmitteln")
    fertig(massnahme)
    for i, (angabe, jahre) in enumerate(
        {"215.342 €": (2027,), "nach Aufwand": (2027,), "9 €": (2027, 2029), "7 € jährlich": (2029,)}.items(), start=1
    ):
        mache_kosten(massnahme, angabe, reihenfolge=i, **dict(zip(("jahr", "bis_jahr"), jahre, strict=False)))
    (eintrag,) = [e for g in offene_punkte(konzept, HEUTE) for e in g.eintraege if "Café" in e.titel]
    assert [(satz, url.partition("#")[2]) for satz, url in eintrag.punkte] == [
        ("„nach Aufwand“ ist nicht beziffert und zählt in keiner Summe", "id_kosten-1-angabe"),
        ("„9 €“ zählt in keiner Summe: insgesamt oder in jedem Jahr?", "id_kosten-2-angabe"),
        ("„9 €“: Die Jahre 2028 und 2029 liegen außerhalb des Zeitraums der Maßnahme (2027)", "id_kosten-2-angabe"),
        ("„7 € jährlich“: Das Jahr 2029 liegt außerhalb des Zeitraums der Maßnahme (2027)", "id_kosten-3-angabe"),
        ("„6.200 €“ steht nur in „Kosten in Worten“ und zählt in keiner Summe", "id_kosten_wortlaut"),
    ]


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


def test_chapters_without_content_are_named_with_what_prints_in_their_place(konzept, feld):
    fertig(mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld)))
    oben = mache_abschnitt(konzept, titel="Oben")
    mache_abschnitt(konzept, titel="Voll", text="Ein Satz.", oberabschnitt=oben)
    assert punkte(konzept) == set()
    mache_abschnitt(konzept, titel="Leer", text=" ", oberabschnitt=oben)
    mache_abschnitt(konzept, titel="Leitlinien", text="Sie gelten für alle.", inhalt="leitlinien")
    mache_abschnitt(konzept, titel="Prozess", inhalt="prozess")
    assert eintraege(konzept) == {
        "Abschnitt „2.2 Leer“": {
            "Das Kapitel ist leer; im Druck steht nur: „Zu diesem Abschnitt liegt noch kein Text vor.“"
        },
        "Abschnitt „3 Leitlinien“": {
            "Der gewählte Inhalt ist leer; im Druck steht nur: „Leitlinien sind noch nicht festgelegt.“"
        },
        "Abschnitt „4 Prozess“": {
            "Das Kapitel ist leer; im Druck steht nur: „Prozessschritte sind noch nicht erfasst.“"
        },
    }


def test_double_numbers_name_the_other_element(client, konzept, feld):
    ziel = mache_handlungsziel(feld)
    eine, andere = (
        fertig(mache_massnahme(feld, titel=titel, handlungsziel=ziel, nummer="7a")) for titel in ("A", "B")
    )
    mache_abschnitt(konzept, inhalt="leitlinien")
    satz, wort = (konzept.leitlinien.create(titel=titel, nummer="1") for titel in ("Satz", "Wort"))
    alle = [e for gruppe in offene_punkte(konzept, HEUTE) for e in gruppe.eintraege]
    assert {e.titel: (e.punkte[0][0], [name for name, _ in e.siehe]) for e in alle} == {
        "Maßnahme 1.1-7a „A“": ("Die Nummer 1.1-7a ist doppelt", ["Maßnahme „B“"]),
        "Maßnahme 1.1-7a „B“": ("Die Nummer 1.1-7a ist doppelt", ["Maßnahme „A“"]),
        "Leitlinie „Satz“": ("Die Nummer 1 ist doppelt", ["Leitlinie „Wort“"]),
        "Leitlinie „Wort“": ("Die Nummer 1 ist doppelt", ["Leitlinie „Satz“"]),
    }
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = seite_von(client.get(adresse(konzept, "offen")))
    for name, zeile in (("massnahmen", eine), ("massnahmen", andere), ("leitlinien", satz), ("leitlinien", wort)):
        ziel = f"{adresse(konzept, name, str(zeile.pk), 'bearbeiten')}#id_nummer"
        assert len(seite.xpath(f"//dl[@class='offen__liste']//a[@href='{ziel}']")) == 2, ziel
        assert 'id="id_nummer"' in client.get(ziel).content.decode()


@pytest.mark.parametrize(
    ("link", "satz"),
    [
        ("#_ftn1", "„#_ftn1“ gibt es in diesem Konzept nicht"),
        ("#massnahme-987654", "„#massnahme-987654“ gibt es in diesem Konzept nicht"),
        ("#", "„#“ gibt es in diesem Konzept nicht"),
        ("http://", "In „http://“ fehlt der Name der Website"),
        ("https:///seite", "In „https:///seite“ fehlt der Name der Website"),
        ("mailto:", "Hinter „mailto:“ steht keine E-Mail-Adresse"),
        ("mailto:@stadt.example", "Hinter „mailto:“ steht keine E-Mail-Adresse"),
        ("https://stadt.example/a?b#c", ""),
        ("http://intranet", ""),
        ("mailto:amt@stadt.example?subject=Hallo", ""),
    ],
)
def test_links_that_lead_nowhere(link, satz, konzept, feld):
    fertig(mache_massnahme(feld, titel="A", handlungsziel=mache_handlungsziel(feld), text=f"Siehe [das da]({link})."))
    erwartet = {"Maßnahme 1.1-1 „A“": {f"Der Link „das da“ führt ins Leere: {satz}"}} if satz else {}
    assert eintraege(konzept) == erwartet


def test_an_address_that_cannot_be_read_is_none():
    lauf = dokumentbaum.Lauf(text="da", ziel="http://[1")
    kapitel = dokumentbaum.Kapitel(anker="abschnitt-1", titel="Eins", teile=(dokumentbaum.Absatz(laeufe=(lauf,)),))
    kommune = dokumentbaum.Kommune(slug="s", name="Stadt", kurzname="Stadt", art="stadt")
    dokument = dokumentbaum.Dokument(kommune=kommune, slug="k", titel="K", kapitel=(kapitel,))
    satz = "Der Link „da“ führt ins Leere: „http://[1“ ist keine Adresse"
    assert tote_verweise(dokument) == [("abschnitt-1", "Eins", satz)]


def test_a_link_to_what_was_left_out_meanwhile_is_dead(konzept, feld):
    ziel = mache_handlungsziel(feld)
    eine, andere = (fertig(mache_massnahme(feld, titel=titel, handlungsziel=ziel)) for titel in ("A", "B"))
    konzept.abschnitte.update(text=f"Siehe [B](#massnahme-{andere.pk}) und [Sprache](#handlungsfeld-{feld.pk}).")
    mache_kosten(andere, "1.000 €")
    mache_abschnitt(konzept, inhalt="kosten")
    mache_abschnitt(konzept, inhalt="zeitplan")
    assert eintraege(konzept) == {}
    type(andere).objects.filter(pk=andere.pk).update(fortschreibung="entfallen", vorgaenger=eine)
    mache_kosten(eine, "1.000 €")
    (saetze,) = [saetze for titel, saetze in eintraege(konzept).items() if titel.startswith("Abschnitt „")]
    assert saetze == {f"Der Link „B“ führt ins Leere: „#massnahme-{andere.pk}“ gibt es in diesem Konzept nicht"}


def test_each_hint_leads_to_its_field(client, konzept, feld):
    massnahme = mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld))
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = seite_von(client.get(adresse(konzept, "offen")))
    ziele = {a.get("href") for a in seite.iter("a") if "#id_" in (a.get("href") or "")}
    assert f"{adresse(konzept, 'massnahmen', str(massnahme.pk), 'bearbeiten')}#id_zeitraum" in ziele
    for ziel in ziele:
        pfad, _, kennung = ziel.partition("#")
        assert f'id="{kennung}"' in client.get(pfad).content.decode(), ziel


def test_one_field_alone(client, konzept, feld):
    anderes = mache_feld(konzept, "Wohnen")
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = text(seite_von(client.get(f"{adresse(konzept, 'offen')}?feld={anderes.pk}")))
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
