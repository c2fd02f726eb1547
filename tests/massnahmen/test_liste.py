"""The list of measures: filters, and whatever else stands in the address."""

from urllib.parse import urljoin

import pytest

from tests.fabrik import (
    adresse,
    mache_akteur,
    mache_benutzer,
    mache_feld,
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
from tests.massnahmen.listenseite import links, titel

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


# Filters


def test_by_field_and_goal(konzept, zeige):
    sprache, arbeit = mache_feld(konzept, "Sprache", reihenfolge=1), mache_feld(konzept, "Arbeit", reihenfolge=2)
    oben = mache_leitziel(sprache)
    darunter = mache_handlungsziel(sprache, leitziel=oben)
    mache_massnahme(sprache, "am Leitziel", leitziel=oben)
    mache_massnahme(sprache, "am Handlungsziel", handlungsziel=darunter)
    mache_massnahme(sprache, "ohne Ziel")
    mache_massnahme(arbeit, "woanders")
    assert zeige() == ["am Leitziel", "am Handlungsziel", "ohne Ziel", "woanders"]
    assert zeige(feld=arbeit.pk) == ["woanders"]
    assert zeige(ziel=f"leitziel-{oben.pk}") == ["am Leitziel", "am Handlungsziel"]
    assert zeige(ziel=f"handlungsziel-{darunter.pk}") == ["am Handlungsziel"]
    assert zeige(feld=arbeit.pk, ziel=f"leitziel-{oben.pk}") == []


def test_by_akteur_in_whatever_role_and_of_steps_too(konzept, feld, zeige):
    amt, verein = mache_akteur(konzept.kommune, "51"), mache_akteur(konzept.kommune, "SKFM")
    zeilen = {name: mache_massnahme(feld, name) for name in ("führt", "wirkt mit", "am Schritt", "nicht dabei")}
    setze_zustaendig(zeilen["führt"], amt, rolle="federfuehrung")
    setze_zustaendig(zeilen["wirkt mit"], verein, amt)
    setze_zustaendig(mache_schritt(zeilen["am Schritt"], "Eins"), amt)
    setze_zustaendig(mache_schritt(zeilen["am Schritt"], "Zwei"), amt)
    setze_zustaendig(zeilen["nicht dabei"], verein)
    assert zeige(akteur=amt.pk) == ["führt", "wirkt mit", "am Schritt"]


def test_by_state_and_priority_several_at_once(feld, zeige):
    for stand in ("idee", "geplant", "laufend", ""):
        mache_massnahme(feld, stand or "nichts", umsetzungsstand=stand, prioritaet="hoch" if stand == "idee" else "")
    assert zeige(stand=["idee", "geplant"]) == ["geplant", "idee"]
    assert zeige(stand=["ohne", "laufend"]) == ["laufend", "nichts"]
    assert zeige(prioritaet="hoch") == ["idee"]
    assert zeige(prioritaet="ohne", stand="laufend") == ["laufend"]


@pytest.mark.parametrize(
    ("zeitraum", "jahre"),
    [
        ("2027", {2027}),
        ("2. Halbjahr 2026 bis März 2028", {2026, 2027, 2028}),
        ("ab 2027", {2027, 2028}),
        ("bis 2026", {2025, 2026}),
        ("fortlaufend", {2025, 2026, 2027, 2028}),
        ("", set()),
    ],
)
def test_by_period(zeitraum, jahre, feld, zeige):
    mache_massnahme(feld, "M", zeitraum=zeitraum)
    assert {jahr for jahr in range(2025, 2029) if zeige(von=jahr, bis=jahr)} == jahre
    assert bool(zeige(von=2028)) == (2028 in jahre)
    assert bool(zeige(bis=2025)) == (2025 in jahre)


def test_by_target_group_and_leitlinie(konzept, feld, zeige):
    gruppe, leitlinie = konzept.kommune.zielgruppen.create(name="Eltern"), konzept.leitlinien.create(titel="Teilhabe")
    mit, ohne = mache_massnahme(feld, "mit"), mache_massnahme(feld, "ohne")
    mit.zielgruppen.add(gruppe)
    ohne.leitlinien.add(leitlinie)
    assert zeige(zielgruppe=gruppe.pk) == ["mit"]
    assert zeige(leitlinie=leitlinie.pk) == ["ohne"]


def test_what_is_missing(konzept, feld, zeige):
    amt, ziel = mache_akteur(konzept.kommune, "51"), mache_leitziel(feld)
    ganz = {"zeitraum": "2027", "umsetzungsstand": "idee", "leitziel": ziel, "kosten_offen": True}
    vollstaendig = mache_massnahme(feld, "vollständig", **ganz)
    mache_massnahme(feld, "niemand", **ganz)
    lage = {
        "zeitraum": mache_massnahme(feld, "kein Zeitraum", **ganz | {"zeitraum": ""}),
        "kosten": mache_massnahme(feld, "keine Kosten", **ganz | {"kosten_offen": False}),
        "stand": mache_massnahme(feld, "kein Stand", **ganz | {"umsetzungsstand": ""}),
        "ziel": mache_massnahme(feld, "kein Ziel", **ganz | {"leitziel": None}),
    }
    beziffert = mache_massnahme(feld, "beziffert", **ganz | {"kosten_offen": False})
    mache_kosten(beziffert, "100 €")
    in_worten = mache_massnahme(feld, "in Worten", **ganz | {"kosten_offen": False, "kosten_wortlaut": "kostenneutral"})
    am_schritt = mache_massnahme(feld, "am Schritt zuständig", **ganz)
    for zeile in (vollstaendig, *lage.values(), beziffert, in_worten, mache_schritt(am_schritt, "Eins")):
        setze_zustaendig(zeile, amt)
    assert zeige(fehlt="zustaendig") == ["niemand"]
    for was, massnahme in lage.items():
        assert zeige(fehlt=was) == [massnahme.titel]
    assert set(zeige(fehlt="irgendetwas")) == {"niemand", *(m.titel for m in lage.values())}


def test_my_measures_are_those_that_i_may_edit(client, konzept, feld):
    amt = mache_akteur(konzept.kommune, "51")
    meine, schritt = mache_massnahme(feld, "meine"), mache_massnahme(feld, "mein Schritt")
    mache_massnahme(feld, "fremd")
    setze_zustaendig(meine, amt)
    setze_zustaendig(mache_schritt(schritt, "Eins"), amt)
    konto = mache_benutzer()
    konto.mitgliedschaften.create(kommune=konzept.kommune, rolle="mitwirkung", akteur=amt)
    client.force_login(konto)
    alle, nur = (client.get(adresse(konzept, "massnahmen") + frage) for frage in ("", "?meine=on"))
    assert (titel(alle), titel(nur)) == (["meine", "mein Schritt", "fremd"], ["meine", "mein Schritt"])
    assert {k.get("value") for k in seite_von(alle).iter("input") if k.get("name") == "m"} == {
        str(meine.pk),
        str(schritt.pk),
    }
    hier = adresse(konzept, "massnahmen")
    bearbeiten = {urljoin(hier, a.get("href")) for a in seite_von(alle).iter("a") if text(a) == "Bearbeiten"}
    assert bearbeiten == {adresse(m, "massnahmen", str(m.pk), "bearbeiten") for m in (meine, schritt)}


def test_who_only_reads_sees_all_and_changes_nothing(client, konzept, massnahme):
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    antwort = client.get(adresse(konzept, "massnahmen"))
    assert titel(antwort) == ["Sprachcafé"]
    assert "Bearbeiten" not in links(antwort)
    assert not [k for k in seite_von(antwort).iter("input") if k.get("type") == "checkbox" and k.get("name") == "m"]
    assert "Meine Maßnahmen" not in antwort.content.decode()


def test_search_goes_with_the_other_filters_and_knows_printed_numbers(konzept, feld, zeige):
    mache_massnahme(feld, "Sprachkurs", umsetzungsstand="idee")
    mache_massnahme(feld, "Sprachkurse", umsetzungsstand="geplant")
    mache_massnahme(feld, "Treff", umsetzungsstand="geplant")
    assert zeige(q="Sprachkurse") == ["Sprachkurse", "Sprachkurs"]
    assert zeige(q="Sprachkurse", stand="idee") == ["Sprachkurs"]
    assert zeige(q="1.1-3") == ["Treff"]


def test_nothing_of_other_concepts_is_found_or_offered(konzept, feld, oeffne):
    mache_massnahme(feld, "Unsere")
    for fremdes in (mache_konzept(konzept.kommune, "zweites"), mache_konzept(mache_kommune("nachbarstadt"))):
        mache_leitziel(mache_feld(fremdes, "Fremdes Feld"), "Fremdes Ziel")
        mache_massnahme(mache_feld(fremdes, "Fremdes Feld"), "Fremde")
        fremdes.leitlinien.create(titel="Fremde Leitlinie")
    mache_akteur(fremdes.kommune, "Fremder Akteur")
    antwort = oeffne(feld=fremdes.handlungsfelder.first().pk)
    assert titel(antwort) == ["Unsere"]
    assert "Fremde" not in antwort.content.decode()


# Whatever stands in the address


@pytest.mark.parametrize(
    ("frage", "feld_mit_fehler"),
    [
        ("feld=999999", "feld"),
        ("feld=" + "9" * 5000, "feld"),
        ("feld=1%00", "feld"),
        ("ziel=leitziel-", "ziel"),
        ("akteur=x", "akteur"),
        ("stand=fertig&stand=idee", "stand"),
        ("von=27", "von"),
        ("von=99999999999999999999", "von"),
        ("von=2020&bis=2010", "bis"),
        ("q=%00", "q"),
        ("q=" + "x" * 300, "q"),
        ("q=" + "-a%20" * 40, "q"),
        ("sort=geheim", "sort"),
        ("je=1000000", "je"),
        ("spalte=kennwort", "spalte"),
        ("fehlt=alles", "fehlt"),
        ("zielgruppe=-1", "zielgruppe"),
        ("leitlinie=%F0%9F%98%80", "leitlinie"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_left_out(frage, feld_mit_fehler, leitung, massnahme):
    antwort = leitung.get(f"{adresse(massnahme, 'massnahmen')}?{frage}")
    assert titel(antwort) == ["Sprachcafé"]
    form = antwort.context["form"]
    assert set(form.errors) == {feld_mit_fehler}
    assert f'id="{form[feld_mit_fehler].auto_id}_error"' in antwort.content.decode()


@pytest.mark.parametrize(
    "frage", ["seite=0", "seite=-1", "seite=x", "seite=%00", "seite=" + "9" * 5000, "unbekannt=1", "meine=on"]
)
def test_what_is_not_known_is_ignored(frage, leitung, massnahme):
    antwort = leitung.get(f"{adresse(massnahme, 'massnahmen')}?{frage}")
    assert titel(antwort) == ["Sprachcafé"]
    assert not antwort.context["form"].errors


def test_a_concept_without_measures_says_where_to_begin(oeffne):
    assert "Das Konzept hat noch keine Maßnahmen" in oeffne().content.decode()


def test_an_outline_that_places_no_fields_has_no_page_to_read(client):
    konzept = mache_konzept()
    mache_massnahme(mache_feld(konzept), "Ohne Kapitel")
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    antwort = client.get(adresse(konzept, "massnahmen"))
    assert titel(antwort) == ["Ohne Kapitel"]
    assert "Ohne Kapitel" not in links(antwort)
