"""The pages: who may compare what, what they show, and that they stay quick."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from konzept.beratung.models import Runde
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Protokolleintrag
from konzept.vorgaenge import schreibe_fort
from tests.fabrik import (
    fehler_am_feld,
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    k = mache_konzept(titel="Integrationskonzept 2027")
    mache_abschnitt(k, "Einführung", text="Wir sind eine Stadt für alle.")
    mache_abschnitt(k, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=2)
    mache_massnahme(mache_feld(k, "Sprache"), "Sprachcafé")
    return k


@pytest.fixture
def fassungen(konzept):
    """Two drafts: in the second one word is new in a paragraph, and a measure came."""
    erste = festschreiben(konzept=konzept, art="entwurf", konto=None)
    konzept.abschnitte.filter(titel="Einführung").update(text="Wir sind eine offene Stadt für alle.")
    mache_massnahme(konzept.handlungsfelder.get(), "Chor")
    return erste, festschreiben(konzept=konzept, art="entwurf", konto=None)


@pytest.fixture
def leserin(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    return client


def adresse(konzept, name="ansicht"):
    return reverse(f"vergleich:{name}", kwargs={"kommune": konzept.kommune.slug, "konzept": konzept.slug})


def auswahl(antwort, feld: str = "alt") -> list[str]:
    """The values that a page offers."""
    (gefunden,) = (s for s in seite_von(antwort).iter("select") if s.get("name") == feld)
    return [option.get("value") for option in gefunden.iter("option")]


def titel(antwort) -> list[str]:
    return [text(h) for h in seite_von(antwort).iter("h3")]


# What the page shows


@pytest.mark.usefixtures("fassungen")
def test_two_drafts_word_by_word(leserin, konzept):
    antwort = leserin.get(adresse(konzept), {"alt": "1", "neu": "2"})
    seite = seite_von(antwort)
    assert titel(antwort) == ["Absatz (Randnummer 1)", "Maßnahme 2.1-2 „Chor“"]
    assert next(text(ins) for ins in seite.iter("ins")) == "eingefügt: offene (Ende)"
    assert not list(seite.iter("del"))
    links = [a.get("href") for a in seite.iter("a") if "im späteren Stand" in text(a)]
    abschnitt = f"abschnitt-{konzept.abschnitte.first().pk}"
    assert links == [f"/konzepte/musterhausen/konzept/fassungen/2/lesen/{abschnitt}/#rn-1"]


@pytest.mark.usefixtures("fassungen")
def test_the_links_lead_to_the_places(leserin, konzept):
    antwort = leserin.get(adresse(konzept), {"alt": "1", "neu": "2"})
    orte = [a.get("href") for artikel in seite_von(antwort).iter("article") for a in artikel.iter("a")]
    assert len(orte) == 3
    assert {leserin.get(ort, follow=True).status_code for ort in orte} == {200}


@pytest.mark.usefixtures("fassungen")
def test_counts_per_kind_and_chapter_choose_what_is_shown(leserin, konzept):
    antwort = leserin.get(adresse(konzept), {"alt": "1", "neu": "2"})
    (tabelle,) = (t for t in seite_von(antwort).iter("table"))
    zeilen = [[text(zelle) for zelle in zeile] for zeile in tabelle.iter("tr")]
    assert zeilen == [
        ["Kapitel", "neu", "geändert", "verschoben", "umnummeriert", "entfallen"],
        ["1 Einführung", "–", "1", "–", "–", "–"],
        ["2.1 Sprache", "1", "–", "–", "–", "–"],
    ]
    (neu,) = (a.get("href") for a in tabelle.iter("a") if a.get("aria-label") == "1 neu in 2.1 Sprache")
    assert titel(leserin.get(adresse(konzept) + neu)) == ["Maßnahme 2.1-2 „Chor“"]


@pytest.mark.usefixtures("fassungen")
def test_a_filter_without_hits_leads_back(leserin, konzept):
    antwort = leserin.get(adresse(konzept), {"alt": "1", "neu": "2", "wandel": "entfallen"})
    assert titel(antwort) == []
    (zurueck,) = (a.get("href") for a in seite_von(antwort).iter("a") if text(a) == "Alle Änderungen zeigen")
    assert len(titel(leserin.get(adresse(konzept) + zurueck))) == 2


@pytest.mark.parametrize("unsinn", [{"wandel": "rot"}, {"kapitel": "\x00"}, {"seite": "x"}, {"seite": "99999"}])
@pytest.mark.usefixtures("fassungen")
def test_nonsense_in_the_address_does_no_harm(leserin, konzept, unsinn):
    assert leserin.get(adresse(konzept), {"alt": "1", "neu": "2"} | unsinn).status_code == 200


@pytest.mark.usefixtures("fassungen")
def test_equal_states(leserin, konzept):
    antwort = leserin.get(adresse(konzept), {"alt": "2", "neu": "stand"})
    assert "hat sich nichts geändert" in text(seite_von(antwort))


def test_a_long_list_has_pages(leserin, konzept):
    festschreiben(konzept=konzept, art="entwurf", konto=None)
    for i in range(110):
        mache_massnahme(konzept.handlungsfelder.get(), f"Maßnahme Nummer {i}")
    antwort = leserin.get(adresse(konzept), {"alt": "1", "neu": "stand"})
    assert len(titel(antwort)) == 100
    (weiter,) = (a.get("href") for a in seite_von(antwort).iter("a") if a.get("rel") == "next")
    assert len(titel(leserin.get(adresse(konzept) + weiter))) == 10


# What can be chosen


def test_the_choice_offers_the_arbeitsstand_the_versions_and_other_concepts(leserin, konzept, fassungen):
    frueher = mache_konzept(konzept.kommune, "konzept-2021", titel="Integrationskonzept 2021")
    festschreiben(konzept=frueher, art="entwurf", konto=None)
    mache_beschlussfassung(frueher)
    antwort = leserin.get(adresse(konzept, "waehlen"))
    assert auswahl(antwort) == ["stand", "2", "1", "konzept-2021:2", "konzept-2021:stand"]


def test_there_must_be_two_states(leserin, konzept):
    antwort = leserin.get(adresse(konzept, "waehlen"))
    assert "Zum Vergleichen braucht es zwei Stände." in text(seite_von(antwort))
    assert "alt" not in {k.get("name") for k in seite_von(antwort).iter("select")}


@pytest.mark.usefixtures("fassungen")
@pytest.mark.parametrize(
    ("frage", "kennung", "satz"),
    [
        ({"alt": "7", "neu": "2"}, "id_alt", "Diesen Stand gibt es nicht, oder er liegt Ihnen nicht vor."),
        ({"alt": "1"}, "id_neu", "Wählen Sie den späteren Stand."),
        ({"alt": "1", "neu": "1"}, "id_neu", "Das ist derselbe Stand."),
        ({"alt": "fremd:1", "neu": "1"}, "id_alt", "Diesen Stand gibt es nicht"),
    ],
)
@pytest.mark.parametrize("name", ["ansicht", "druck"])
def test_a_wrong_choice_is_said_at_its_field(leserin, konzept, name, frage, kennung, satz):
    antwort = leserin.get(adresse(konzept, name), frage)
    assert antwort.status_code == 422
    assert fehler_am_feld(antwort, kennung).startswith(satz)


# Who may compare what


@pytest.fixture
def mitglied(client, konzept):
    konto = mache_benutzer(konzept.kommune, "gremium")
    client.force_login(konto)
    return konto


def lege_vor(fassung, konto):
    Runde.objects.create(fassung=fassung, ende=timezone.localdate() + timedelta(days=9)).personen.add(konto)


@pytest.mark.parametrize("name", ["waehlen", "ansicht", "druck"])
def test_a_gremium_before_which_nothing_was_laid_finds_nothing(client, mitglied, konzept, fassungen, name):
    assert client.get(adresse(konzept, name), {"alt": "1", "neu": "2"}).status_code == 404


@pytest.mark.parametrize("name", ["ansicht", "druck"])
def test_a_gremium_compares_only_what_was_laid_before_it(client, mitglied, konzept, fassungen, name):
    erste, zweite = fassungen
    lege_vor(zweite, mitglied)
    assert client.get(adresse(konzept, name), {"alt": "1", "neu": "2"}).status_code == 422
    assert client.get(adresse(konzept, name), {"alt": "2", "neu": "stand"}).status_code == 422
    lege_vor(erste, mitglied)
    assert client.get(adresse(konzept, name), {"alt": "1", "neu": "2"}).status_code == 200
    assert auswahl(client.get(adresse(konzept, "waehlen"))) == ["2", "1"]


def test_a_gremium_reads_nothing_of_the_arbeitsstand(client, mitglied, konzept, fassungen):
    for fassung in fassungen:
        lege_vor(fassung, mitglied)
    konzept.titel = "Noch geheimer Titel"
    konzept.save()
    for seite in (adresse(konzept, "waehlen"), f"{adresse(konzept)}?alt=1&neu=2"):
        assert "geheim" not in client.get(seite).content.decode()


def test_another_kommune_cannot_be_compared_with(leserin, konzept, fassungen):
    andere = mache_konzept(mache_kommune("nachbarstadt"), "geheim")
    mache_beschlussfassung(andere)
    for schluessel in ("geheim:1", "geheim:stand"):
        assert leserin.get(adresse(konzept), {"alt": schluessel, "neu": "2"}).status_code == 422
    assert leserin.get(adresse(andere), {"alt": "1", "neu": "stand"}).status_code == 404


# A concept carried on


def test_a_fortschreibung_beside_what_it_carries_on(leserin, konzept):
    mache_beschlussfassung(konzept)
    neu = mache_konzept(konzept.kommune, "konzept-2033", titel="Konzept 2033", vorgaenger=konzept)
    schreibe_fort(alt=konzept, neu=neu, konto=None)
    mache_massnahme(neu.handlungsfelder.get(), "Chor")
    neu.handlungsfelder.get().massnahmen.filter(titel="Sprachcafé").update(titel="Café am Markt")
    for frage in ({"alt": "konzept:1", "neu": "stand"}, {"alt": "konzept:stand", "neu": "stand"}):
        antwort = leserin.get(adresse(neu), frage)
        assert titel(antwort) == ["Titelseite", "Maßnahme 2.1-1 „Café am Markt“", "Maßnahme 2.1-2 „Chor“"]
    rueckwaerts = leserin.get(adresse(neu), {"alt": "stand", "neu": "konzept:1"})
    assert titel(rueckwaerts) == ["Titelseite", "Maßnahme 2.1-1 „Sprachcafé“", "Maßnahme 2.1-2 „Chor“"]


def test_the_pages_of_a_fortschreibung_lead_to_what_has_changed(leserin, konzept):
    neu = mache_konzept(konzept.kommune, "konzept-2033", titel="Konzept 2033", vorgaenger=konzept)
    schreibe_fort(alt=konzept, neu=neu, konto=None)

    def weg(seite, worte):
        return [a.get("href") for a in seite_von(leserin.get(seite)).iter("a") if text(a).startswith(worte)]

    uebersicht = f"/konzepte/musterhausen/{neu.slug}/"
    assert weg(uebersicht, "Was sich geändert hat") == [f"{adresse(neu)}?alt=konzept%3Astand&neu=stand"]
    mache_beschlussfassung(konzept)
    (beschlossen,) = weg(uebersicht, "Was sich geändert hat")
    assert beschlossen == f"{adresse(neu)}?alt=konzept%3A1&neu=stand"
    assert leserin.get(beschlossen).status_code == 200
    for nummer, davor in ((1, "konzept%3A1"), (2, "1")):
        festschreiben(konzept=neu, art="entwurf", konto=None)
        (schritt,) = weg(f"{uebersicht}fassungen/{nummer}/", "Änderungen gegenüber")
        assert schritt == f"{adresse(neu)}?alt={davor}&neu={nummer}"
        assert leserin.get(schritt).status_code == 200
    assert weg(f"/konzepte/musterhausen/{konzept.slug}/", "Was sich geändert hat") == []


def test_what_names_no_decision_that_holds_is_not_what_was_adopted(leserin, konzept):
    mache_beschlussfassung(konzept)
    mache_beschlussfassung(konzept).beschluss.delete()
    neu = mache_konzept(konzept.kommune, "konzept-2033", titel="Konzept 2033", vorgaenger=konzept)
    assert auswahl(leserin.get(adresse(neu, "waehlen"))) == ["stand", "konzept:1", "konzept:stand"]
    wege = {a.get("href") for a in seite_von(leserin.get(f"/konzepte/musterhausen/{neu.slug}/")).iter("a")}
    assert {w for w in wege if "alt=" in (w or "")} == {f"{adresse(neu)}?alt=konzept%3A1&neu=stand"}


@pytest.mark.usefixtures("fassungen")
def test_to_compare_an_earlier_version_the_one_before_it_is_chosen(leserin, konzept):
    festschreiben(konzept=konzept, art="entwurf", konto=None)

    def gewaehlt(antwort):
        return [o.get("value") for o in seite_von(antwort).iter("option") if o.get("selected") is not None]

    for frage, erwartet in (
        ({}, ["3", "stand"]),
        ({"neu": "2"}, ["1", "2"]),
        ({"alt": "1", "neu": "3"}, ["1", "3"]),
        ({"alt": "1"}, ["1", "stand"]),
        ({"neu": "1"}, ["1"]),  # nothing came before it
        ({"alt": "99", "neu": "99"}, ["3", "stand"]),
        ({"alt": "2", "neu": "2"}, ["1", "2"]),
    ):
        assert gewaehlt(leserin.get(adresse(konzept, "waehlen"), frage)) == erwartet, frage


def test_everybody_who_sees_two_versions_finds_the_comparison(client, mitglied, konzept, fassungen):
    liste = f"/konzepte/musterhausen/{konzept.slug}/fassungen/"
    for fassung, erwartet in zip(fassungen, (False, True), strict=True):
        lege_vor(fassung, mitglied)
        ziele = {a.get("href") for a in seite_von(client.get(liste)).iter("a")}
        assert (adresse(konzept, "waehlen") in ziele) == erwartet
    schritte = {a.get("href") for a in seite_von(client.get(f"{liste}2/")).iter("a")}
    assert f"{adresse(konzept)}?alt=1&neu=2" in schritte


# Queries, print, log


@pytest.mark.parametrize(("alt", "neu"), [("1", "2"), ("voll:1", "2"), ("1", "stand")])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client, alt, neu):
    gezaehlt = {}
    for anzahl in (1, 3):
        k = mache_konzept(mache_kommune(f"stadt-{anzahl}"))
        voll = mache_konzept(k.kommune, "voll")
        mache_fuelle(voll, anzahl)
        schreibe_fort(alt=voll, neu=k, konto=None)
        mache_beschlussfassung(voll)
        festschreiben(konzept=k, art="entwurf", konto=None)
        for m in k.handlungsfelder.first().massnahmen.all():
            m.titel += " neu"
            m.save()
        festschreiben(konzept=k, art="entwurf", konto=None)
        client.force_login(mache_benutzer(k.kommune, "lesen"))
        client.get(adresse(k))
        with CaptureQueriesContext(connection) as abfragen:
            assert client.get(adresse(k), {"alt": alt, "neu": neu}).status_code == 200
        gezaehlt[anzahl] = len(abfragen)
    assert gezaehlt[1] == gezaehlt[3]


@pytest.mark.usefixtures("fassungen")
def test_the_synopse_is_a_pdf_and_is_logged(leserin, konzept):
    antwort = leserin.get(adresse(konzept, "druck"), {"alt": "1", "neu": "2"})
    assert antwort["Content-Type"] == "application/pdf"
    assert antwort.content.startswith(b"%PDF-")
    assert "musterhausen-konzept-synopse.pdf" in antwort["Content-Disposition"]
    assert "Synopse Entwurf 1 – Entwurf 2" in Protokolleintrag.objects.latest("pk").text


# Choosing what is printed


def auswahlform(antwort):
    (form,) = (f for f in seite_von(antwort).iter("form") if f.get("aria-label") == "Auswahl der Änderungen")
    return form


@pytest.mark.usefixtures("fassungen")
def test_several_kinds_can_be_chosen_to_be_shown_and_printed(leserin, konzept):
    frage = {"alt": "1", "neu": "2", "wandel": "neu"}
    form = auswahlform(leserin.get(adresse(konzept), frage))
    haken = {f.get("value"): f.get("checked") is not None for f in form.iter("input") if f.get("name") == "wandel"}
    assert haken == {"neu": True, "geaendert": False}
    gesendet = {f.get("name"): f.get("value") for f in form.iter("input") if f.get("type") == "hidden"}
    assert gesendet == {"alt": "1", "neu": "2"}
    wege = [form.get("action"), *(b.get("formaction") for b in form.iter("button") if b.get("formaction"))]
    assert wege == [adresse(konzept), adresse(konzept, "druck")]
    gewaehlt = gesendet | {"wandel": ["neu", "geaendert"], "kapitel": ""}
    assert len(titel(leserin.get(adresse(konzept), gewaehlt))) == len(titel(leserin.get(adresse(konzept), gesendet)))
    assert leserin.get(adresse(konzept, "druck"), gewaehlt)["Content-Type"] == "application/pdf"


@pytest.mark.usefixtures("fassungen")
def test_the_print_shows_what_the_page_shows(leserin, konzept, monkeypatch):
    gedruckt = []
    monkeypatch.setattr("konzept.fassungen.vergleich.druck.setze", lambda html, *_, **__: gedruckt.append(html) or b"")
    frage = {"alt": "1", "neu": "2", "wandel": "geaendert"}
    links = {text(a): a.get("href") for a in seite_von(leserin.get(adresse(konzept), frage)).iter("a")}
    leserin.get(links["Synopse als PDF"])
    assert "offene" in gedruckt[0]
    assert "Chor" not in gedruckt[0]
    assert "Nicht gezeigt: 1\u00a0neu." in gedruckt[0]


@pytest.mark.usefixtures("fassungen")
def test_all_chosen_kinds_are_marked(leserin, konzept):
    antwort = leserin.get(adresse(konzept), {"alt": "1", "neu": "2", "wandel": ["neu", "geaendert"]})
    links = [a for a in seite_von(antwort).iter("a") if a.get("class") == "chip"]
    chips = {text(a).split()[0]: a.get("aria-current") for a in links}
    assert chips == {"alle": None, "neu": "true", "geändert": "true"}
