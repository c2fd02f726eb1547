"""Reading a concept: what each page shows, to whom it offers the forms, and what it costs the database."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from konzept.druckauftraege.models import Druckauftrag, Wartender
from konzept.konten.models import Protokolleintrag
from konzept.models import Konzept
from tests.fabrik import (
    adresse,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    nach_id,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db

SCHADCODE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def leitung(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    return client


def verweise(antwort) -> dict[str, str]:
    """Text and address of every link of a page."""
    return {text(a): a.get("href") for a in seite_von(antwort).iter("a")}


def bearbeiten(antwort) -> set[str]:
    """Addresses of the links that open forms."""
    return {a.get("href") for a in seite_von(antwort).iter("a") if "dok-bearbeiten" in (a.get("class") or "").split()}


# Start page


def test_start_lists_the_concepts_of_my_kommunen_newest_first(client):
    a, b, c = (mache_kommune(slug) for slug in ("astadt", "bdorf", "cburg"))
    mache_konzept(b, "alt", titel="Altes", stand="2016-01-01")
    mache_konzept(b, "neu", titel="Neues", stand="2026-01-01")
    mache_konzept(b, "ohne", titel="Ohne Stand")
    mache_konzept(a, titel="Anfang")
    mache_konzept(c, titel="Fremdes")
    konto = mache_benutzer(a, "lesen")
    konto.mitgliedschaften.create(kommune=b, rolle="redaktion")
    konto.mitgliedschaften.create(kommune=c, rolle="gremium")
    client.force_login(konto)
    seite = seite_von(client.get("/"))
    zeilen = [text(a) for a in seite.iter("a") if a.get("href", "").startswith("/konzepte/")]
    assert zeilen == ["Anfang", "Neues", "Altes", "Ohne Stand"]
    assert "Fremdes" not in text(seite)


def test_start_without_any_concept_says_whom_to_ask(client):
    client.force_login(mache_benutzer())
    assert "noch kein Konzept freigegeben" in client.get("/").content.decode()


# Overview


def test_overview_shows_title_validity_and_fields(leitung, konzept):
    Konzept.objects.update(untertitel="Zusammen leben", gueltig_ab=2027, gueltig_bis=2032, stand="2026-11-03")
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    feld = mache_feld(konzept, "Sprache")
    leitziel = mache_leitziel(feld)
    mache_handlungsziel(feld, leitziel=leitziel)
    mache_handlungsziel(feld)
    mache_massnahme(feld)
    seite = seite_von(leitung.get(adresse(konzept)))
    (tabelle,) = seite.iter("table")
    assert [text(zelle) for zelle in tabelle.find("tbody/tr")] == ["1.1 Sprache", "3", "1"]
    for erwartet in ("Zusammen leben", "2027–2032", "03.11.2026"):
        assert erwartet in text(seite)


def test_overview_of_an_empty_concept(leitung, konzept):
    antwort = leitung.get(adresse(konzept))
    assert "Das Konzept hat noch keine Abschnitte." in antwort.content.decode()
    assert "offen" in text(seite_von(antwort))


# Chapters


@pytest.fixture
def inhalt(konzept):
    """Two chapters; in the second a field with a measure that has a step."""
    erstes = mache_abschnitt(konzept, "Einführung", text="Ein Absatz.", reihenfolge=1)
    unter = mache_abschnitt(konzept, "Anlass", oberabschnitt=erstes)
    zweites = mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=2)
    feld = mache_feld(konzept)
    massnahme = mache_massnahme(feld)
    schritt = mache_schritt(massnahme, "Räume suchen")
    return erstes, unter, zweites, feld, massnahme, schritt


def test_chapter_has_neighbours_outline_and_its_own_text(leitung, konzept, inhalt):
    erstes, _, zweites, feld, *_ = inhalt
    antwort = leitung.get(adresse(konzept, "lesen", f"abschnitt-{zweites.pk}"))
    links = verweise(antwort)
    assert links["Zurück 1 Einführung"] == adresse(konzept, "lesen", f"abschnitt-{erstes.pk}")
    assert links["Weiter 2.1 Sprache"] == adresse(konzept, "lesen", f"handlungsfeld-{feld.pk}")
    assert "Sprachcafé" not in text(nach_id(seite_von(antwort), "inhalt"))
    (aktiv,) = (a for a in seite_von(antwort).iter("a") if a.get("aria-current"))
    assert "Handlungsfelder" in text(aktiv)


def test_anchor_of_an_element_leads_to_its_place(leitung, konzept, inhalt):
    erstes, unter, _, feld, massnahme, schritt = inhalt
    for anker, seite in (
        (f"abschnitt-{unter.pk}", f"abschnitt-{erstes.pk}"),
        (f"massnahme-{massnahme.pk}", f"handlungsfeld-{feld.pk}"),
        (f"umsetzungsschritt-{schritt.pk}", f"handlungsfeld-{feld.pk}"),
    ):
        antwort = leitung.get(adresse(konzept, "lesen", anker))
        ziel = adresse(konzept, "lesen", seite)
        assert (antwort.status_code, antwort.url) == (302, f"{ziel}#{anker}")
        nach_id(seite_von(leitung.get(ziel)), anker)


@pytest.mark.parametrize("anker", ["massnahme-999999", "massnahme", "abschnitt-", "-", "gibt-es-nicht", "9" * 40])
def test_unknown_anchor(leitung, konzept, inhalt, anker):
    assert leitung.get(adresse(konzept, "lesen", anker)).status_code == 404


def test_whole_concept_links_only_to_places_on_the_page(leitung, konzept):
    mache_fuelle(konzept, 2)
    seite = seite_von(leitung.get(adresse(konzept, "gesamt")))
    ziele = {a.get("href")[1:] for a in seite.iter("a") if a.get("href", "").startswith("#")}
    kennungen = [k.get("id") for k in seite.iter() if k.get("id")]
    assert ziele <= set(kennungen)
    assert len(kennungen) == len(set(kennungen))
    assert len(ziele) > 10


def test_every_page_of_the_reading_order_opens_and_the_next_link_walks_through_all(leitung, konzept):
    mache_fuelle(konzept, 2)
    pfad, besucht = adresse(konzept, "lesen", f"abschnitt-{konzept.abschnitte.first().pk}"), []
    while pfad:
        antwort = leitung.get(pfad)
        assert antwort.status_code == 200
        besucht.append(pfad)
        pfad = next((a.get("href") for a in seite_von(antwort).iter("a") if a.get("rel") == "next"), None)
    assert len(besucht) == len(set(besucht)) == konzept.abschnitte.filter(oberabschnitt=None).count() + 2


# The way to the forms


def test_links_to_forms_only_for_who_may_edit(client, konzept, inhalt):
    erstes, unter, _, feld, massnahme, _ = inhalt
    seite = adresse(konzept, "lesen", f"abschnitt-{erstes.pk}")
    feldseite = adresse(konzept, "lesen", f"handlungsfeld-{feld.pk}")
    for rolle, darf in (("leitung", True), ("redaktion", True), ("mitwirkung", False), ("lesen", False)):
        client.force_login(mache_benutzer(konzept.kommune, rolle))
        erwartet = {formular_adresse(erstes), formular_adresse(unter)} if darf else set()
        assert bearbeiten(client.get(seite)) == erwartet
        im_feld = {formular_adresse(massnahme), adresse(konzept, "handlungsfelder", str(feld.pk), "bearbeiten")}
        assert bearbeiten(client.get(feldseite)) == (im_feld if darf else set())


def test_every_kind_of_element_leads_to_its_own_form(leitung, konzept):
    mache_fuelle(konzept, 1)
    ziele = bearbeiten(leitung.get(adresse(konzept, "gesamt")))
    assert all(leitung.get(ziel).status_code == 200 for ziel in ziele)
    assert {ziel.split("/")[4] for ziel in ziele} == {
        "abschnitte", "angebote", "beteiligungen", "handlungsfelder", "handlungsziele", "indikatoren", "leitlinien",
        "leitziele", "massnahmen", "prozessschritte", "querschnittsaufgaben",
    }  # fmt: skip


# What people type is text


def test_nothing_that_people_type_becomes_markup(leitung, konzept):
    """Put markup into every text column there is, and look for it on every page."""
    massnahme = mache_fuelle(konzept, 1)
    for modell in apps.get_models():
        if modell._meta.app_label not in ("konzept", "handlungsfelder", "massnahmen"):
            continue
        for feld in modell._meta.fields:
            lang = (feld.max_length or 1000) >= len(SCHADCODE)
            if feld.get_internal_type() in ("CharField", "TextField") and lang and feld.editable and not feld.choices:
                modell.objects.update(**{feld.name: SCHADCODE})
    konzept.kommune.akteure.update(kurz=SCHADCODE)
    seiten = [reverse("konzept:start"), adresse(konzept), adresse(konzept, "gesamt"), formular_adresse(massnahme)]
    seiten += [formular_adresse(a) for a in konzept.abschnitte.all()[:1]]
    seiten += [adresse(konzept, "lesen", f"handlungsfeld-{massnahme.handlungsfeld_id}")]
    for pfad in seiten:
        antwort = leitung.get(pfad)
        assert antwort.status_code == 200, pfad
        for knoten in seite_von(antwort).iter():
            assert not any(name.startswith("on") for name in knoten.attrib), pfad
            assert knoten.tag != "img", pfad
            assert "alert" not in "".join(knoten.itertext()) or knoten.tag != "script", pfad
        assert "alert" in text(seite_von(antwort)), pfad


def test_content_security_policy_allows_nothing_inline(leitung, konzept):
    antwort = leitung.get(adresse(konzept))
    assert "default-src 'none'" in antwort["Content-Security-Policy"]
    assert "unsafe" not in antwort["Content-Security-Policy"]
    for knoten in seite_von(antwort).iter():
        assert "style" not in knoten.attrib
        assert knoten.tag != "style"
        assert knoten.tag != "script" or knoten.get("src") or knoten.get("nonce")


# Queries


def anzahl_abfragen(client, pfad) -> int:
    with CaptureQueriesContext(connection) as abfragen:
        antwort = client.get(pfad)
    assert antwort.status_code == 200
    return len(abfragen)


ZEILEN = (1, 3)


@pytest.mark.parametrize("anzahl", ZEILEN)
def test_queries_of_the_start_page(client, anzahl):
    konto = mache_benutzer()
    for i in range(anzahl):
        kommune = mache_kommune(f"stadt-{i}")
        mache_konzept(kommune)
        konto.mitgliedschaften.create(kommune=kommune, rolle="leitung")
    client.force_login(konto)
    # session, account, roles, concepts, Kommunen, Runden
    assert anzahl_abfragen(client, "/") == 6


@pytest.mark.parametrize("anzahl", ZEILEN)
def test_queries_of_the_reading_pages(leitung, konzept, anzahl):
    massnahme = mache_fuelle(konzept, anzahl)
    # session, account, concept, roles, and 25 for the tree
    for seite in ([], ["gesamt"], ["lesen", f"handlungsfeld-{massnahme.handlungsfeld_id}"]):
        assert anzahl_abfragen(leitung, adresse(konzept, *seite)) == 29


@pytest.mark.parametrize("anzahl", ZEILEN)
def test_queries_of_the_forms(leitung, konzept, anzahl):
    massnahme = mache_fuelle(konzept, anzahl)
    # session and account; measure 8, roles, outline 5, choices 3, what was typed before
    assert anzahl_abfragen(leitung, formular_adresse(massnahme)) == 20
    # session and account; Abschnitt, roles, outline 2, what was typed before
    assert anzahl_abfragen(leitung, formular_adresse(konzept.abschnitte.first())) == 7


# Reading changes nothing


def _alles() -> dict:
    """Every row of every table but the log, which notes each PDF that was handed out, and the jobs of the prints."""
    modelle = [m for m in apps.get_models() if m not in (Protokolleintrag, Druckauftrag, Wartender)]
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in modelle}


def test_no_get_changes_anything(client, konzept, monkeypatch):
    monkeypatch.setattr("konzept.dokument.pdf.drucke", lambda dokument, **_: b"%PDF-")
    massnahme = mache_fuelle(konzept, 2)
    pfade = [reverse("konzept:start"), reverse("account_login"), reverse("account_logout")]
    pfade += [adresse(konzept), adresse(konzept, "gesamt"), adresse(konzept, "druck.pdf")[:-1]]
    pfade += [adresse(konzept, "lesen", f"abschnitt-{a.pk}") for a in konzept.abschnitte.all()]
    pfade += [adresse(konzept, "lesen", f"handlungsfeld-{f.pk}") for f in konzept.handlungsfelder.all()]
    pfade += [adresse(konzept, "lesen", f"massnahme-{massnahme.pk}"), formular_adresse(massnahme)]
    pfade += [formular_adresse(a) for a in konzept.abschnitte.all()]
    absichten = "?_speichern=1&titel=Neu&_version=1&_verwerfen=1&_zeilen=schritte:neu&_wiedervorlage=titel%3Dx"
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    vorher = _alles()
    for pfad in pfade:
        for anfrage in (client.get, client.head):
            for zusatz in ("", absichten):
                assert anfrage(pfad + zusatz).status_code in (200, 302, 405), pfad
    assert _alles() == vorher
