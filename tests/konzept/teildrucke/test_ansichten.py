"""Handing out parts: who gets what, under which name, from which state; and where one finds them."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from konzept import grenzen
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen.vorgaenge import veroeffentliche
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab
from konzept.models import Konzept
from konzept.teildrucke.blaetter import dateiname
from massnahmen.liste.tabelle import Tabelle
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    seite_von,
    setze_zustaendig,
    text,
)
from tests.satz import leeres_pdf, ohne_satz

pytestmark = pytest.mark.django_db


@pytest.fixture
def gesetzt():
    """The HTML of what is printed meanwhile."""
    htmls: list[str] = []

    def setze(html, *_, **__) -> bytes:
        htmls.append(html)
        return leeres_pdf()

    with ohne_satz(setze):
        yield htmls


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Ein Absatz.")
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=1)
    return konzept


@pytest.fixture
def feld(konzept):
    return mache_feld(konzept, "Übergänge & Straßen")


@pytest.fixture
def massnahmen(feld):
    return [
        mache_massnahme(feld, titel, umsetzungsstand=stand, reihenfolge=i)
        for i, (titel, stand) in enumerate([("Sprachcafé", "laufend"), ("Lotsen", "geplant"), ("Büro", "geplant")])
    ]


@pytest.fixture
def leser(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    return client


@pytest.fixture
def leitung(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    return client


def ort(konzept, name: str, **teile) -> str:
    return reverse(name, kwargs={"kommune": konzept.kommune.slug, "konzept": konzept.slug} | teile)


def name_der_datei(antwort) -> str:
    assert antwort.status_code == 200, antwort
    return re.search(r'filename="(.*)"', antwort["Content-Disposition"])[1]


def blaetter(html: str) -> list[str]:
    """The titles of the sheets."""
    return re.findall(r'<section class="sb-blatt".*?dok-titeltext">(.*?)</span>', html, re.DOTALL)


# What comes


def test_a_section_under_a_readable_name(leser, konzept, feld, massnahmen, gesetzt):
    antwort = leser.get(ort(konzept, "teildrucke:kapitel", anker=f"handlungsfeld-{feld.pk}"))
    assert name_der_datei(antwort) == f"{konzept.kommune.slug}-{konzept.slug}-uebergaenge-strassen.pdf"
    (html,) = gesetzt
    assert "Übergänge &amp; Straßen" in html
    assert "Sprachcafé" in html
    assert "Einführung" not in html


def test_the_sheets_of_a_field(leser, konzept, feld, massnahmen, gesetzt):
    mache_massnahme(mache_feld(konzept, "Wohnen", reihenfolge=9), "Woanders")
    antwort = leser.get(ort(konzept, "teildrucke:kapitelblaetter", anker=f"handlungsfeld-{feld.pk}"))
    assert name_der_datei(antwort).endswith("-steckbriefe-uebergaenge-strassen.pdf")
    assert blaetter(gesetzt[0]) == ["Sprachcafé", "Lotsen", "Büro"]


def test_a_section_without_measures_has_no_sheets_and_says_so(leser, konzept):
    abschnitt = konzept.abschnitte.first()
    antwort = leser.get(ort(konzept, "teildrucke:kapitelblaetter", anker=f"abschnitt-{abschnitt.pk}"))
    assert antwort.url == ort(konzept, "konzept:kapitel", anker=f"abschnitt-{abschnitt.pk}")
    assert [str(m) for m in get_messages(antwort.wsgi_request)] == [
        "Von diesen Maßnahmen steht keine im Konzept. Es gibt nichts zu drucken."
    ]


def test_one_measure(leser, konzept, massnahmen, gesetzt):
    antwort = leser.get(ort(konzept, "teildrucke:massnahme", pk=massnahmen[1].pk))
    assert name_der_datei(antwort).endswith("-steckbrief-lotsen.pdf")
    assert blaetter(gesetzt[0]) == ["Lotsen"]


def test_chosen_ones_come_in_the_order_of_the_concept(leser, konzept, massnahmen, gesetzt):
    frage = f"?m={massnahmen[2].pk}&m={massnahmen[0].pk}&m=unsinn&m="
    antwort = leser.get(ort(konzept, "teildrucke:steckbriefe") + frage)
    assert name_der_datei(antwort).endswith("-steckbriefe.pdf")
    assert blaetter(gesetzt[0]) == ["Sprachcafé", "Büro"]


def test_the_list_as_it_is_filtered(leser, konzept, massnahmen, gesetzt):
    mache_massnahme(massnahmen[0].handlungsfeld, "Vierte", umsetzungsstand="geplant")
    mache_massnahme(massnahmen[0].handlungsfeld, "Fünfte", umsetzungsstand="geplant")
    leser.get(ort(konzept, "teildrucke:steckbriefe") + "?stand=geplant&sort=-titel&je=50")
    assert set(blaetter(gesetzt[0])) == {"Lotsen", "Büro", "Vierte", "Fünfte"}
    assert re.search(r"Auswahl</span> .*geplant", gesetzt[0])
    leser.get(ort(konzept, "teildrucke:steckbriefe"))
    assert len(blaetter(gesetzt[1])) == 5
    assert "Auswahl</span>" not in gesetzt[1]


def test_too_many_lead_back_to_the_list_with_a_sentence(leser, konzept, massnahmen, monkeypatch):
    monkeypatch.setattr(grenzen, "STECKBRIEFE", 1)
    antwort = leser.get(ort(konzept, "teildrucke:steckbriefe") + "?stand=geplant&seite=1")
    assert antwort.url == ort(konzept, "massnahmen:liste") + "?stand=geplant"
    (satz,) = get_messages(antwort.wsgi_request)
    assert "mehr als 1 Maßnahmen" in str(satz)
    gewaehlt = "&".join(f"m={m.pk}" for m in massnahmen)
    assert leser.get(f"{ort(konzept, 'teildrucke:steckbriefe')}?{gewaehlt}").url == ort(konzept, "massnahmen:liste")


def test_so_does_a_chapter_that_is_too_long(leser, konzept, feld, massnahmen, monkeypatch):
    monkeypatch.setattr(grenzen, "KAPITELDRUCK", 50)
    anker = f"handlungsfeld-{feld.pk}"
    antwort = leser.get(ort(konzept, "teildrucke:kapitel", anker=anker))
    assert antwort.url == ort(konzept, "konzept:kapitel", anker=anker)
    assert "zu lang" in str(*get_messages(antwort.wsgi_request))


@pytest.mark.parametrize(
    ("name", "teile"),
    [
        ("kapitel", {"anker": "handlungsfeld-{feld}"}),
        ("kapitelblaetter", {"anker": "handlungsfeld-{feld}"}),
        ("massnahme", {"pk": "{massnahme}"}),
    ],
)
def test_what_stands_in_another_concept_is_not_here(name, teile, leser, konzept):
    anderes = mache_konzept(mache_kommune("nachbar"))
    m = mache_massnahme(mache_feld(anderes))
    werte = {"feld": m.handlungsfeld_id, "massnahme": m.pk}
    teile = {schluessel: wert.format(**werte) for schluessel, wert in teile.items()}
    assert leser.get(ort(konzept, f"teildrucke:{name}", **teile)).status_code == 404
    assert leser.get(ort(anderes, f"teildrucke:{name}", **teile)).status_code == 404


def test_of_another_concept_nothing_is_chosen(leser, konzept, massnahmen, gesetzt):
    fremde = mache_massnahme(mache_feld(mache_konzept(mache_kommune("nachbar"))), "Fremde")
    leser.get(f"{ort(konzept, 'teildrucke:steckbriefe')}?m={massnahmen[0].pk}&m={fremde.pk}")
    assert blaetter(gesetzt[0]) == ["Sprachcafé"]
    assert "Eine gewählte Maßnahme steht nicht (mehr) im Konzept" in gesetzt[0]
    assert "Fremde" not in gesetzt[0]


def test_a_fassung_is_printed_as_it_was_frozen(leser, konzept, feld, massnahmen, gesetzt):
    fassung = mache_beschlussfassung(konzept)
    massnahmen[0].titel = "Inzwischen anders"
    massnahmen[0].save()
    Konzept.objects.update(titel="Inzwischen anders")
    for name in ("kapitel", "kapitelblaetter"):
        teile = {"nummer": fassung.nummer, "anker": f"handlungsfeld-{feld.pk}"}
        antwort = leser.get(ort(konzept, f"teildrucke:fassung_{name}", **teile))
        assert "-beschlussfassung-1-" in name_der_datei(antwort)
    for html in gesetzt:
        assert "Sprachcafé" in html
        assert "Inzwischen anders" not in html
        assert fassung.bezeichnung in html
        assert "Arbeitsstand" not in html
    assert {a.titel for a in Druckauftrag.objects.all()} == {
        f"Integrationskonzept, {fassung}: {was}Übergänge & Straßen als PDF" for was in ("", "Steckbriefe ")
    }


def test_names_of_files():
    konzept = mache_konzept(mache_kommune("st-ingbert"))
    assert dateiname(konzept, "Größe, Maß & Ölße") == "st-ingbert-konzept-groesse-mass-oelsse"
    assert dateiname(konzept, "中文") == "st-ingbert-konzept"
    lang = dateiname(konzept, "Entwurf 3", "viele Worte " * 20)
    assert lang == "st-ingbert-konzept-entwurf-3-" + "viele-worte-" * 4 + "viele-worte"


# Gone meanwhile


@pytest.mark.parametrize("was", ["massnahme", "handlungsfeld", "abschnitt", "akteur"])
def test_who_waits_for_what_is_deleted_meanwhile_may_leave_it(was, leser, konzept, feld, massnahmen, settings):
    settings.DRUCK_IM_HINTERGRUND = True
    zeile = {
        "massnahme": massnahmen[0],
        "handlungsfeld": feld,
        "abschnitt": konzept.abschnitte.first(),
        "akteur": mache_akteur(konzept.kommune, "VHS"),
    }[was]
    name = {"abschnitt": "kapitel", "handlungsfeld": "kapitelblaetter"}.get(was, was)
    teile = {"pk": zeile.pk} if name == was else {"anker": f"{was}-{zeile.pk}"}
    adresse = ort(konzept, f"teildrucke:{name}", **teile)
    leser.head(adresse)
    wartend = f"{adresse}?auftrag={Druckauftrag.objects.get().pk}"
    Massnahme.objects.all().delete()
    zeile.delete()
    antwort = leser.get(wartend)
    assert (antwort.status_code, "Nicht mehr drucken" in antwort.content.decode()) == (202, True)
    zurueck = leser.post(wartend, {"_beenden": ""}).url
    assert leser.get(zurueck).status_code == 200
    assert "Diesen Druck gibt es nicht mehr" in leser.get(wartend).content.decode()
    assert leser.get(adresse).status_code == 404


def test_what_is_deleted_meanwhile_is_still_handed_out_as_it_was(leser, konzept, massnahmen, settings):
    settings.DRUCK_IM_HINTERGRUND = True
    adresse = ort(konzept, "teildrucke:massnahme", pk=massnahmen[0].pk)
    leser.head(adresse)
    Massnahme.objects.all().delete()
    with ohne_satz():
        arbeite_ab(art("druck"))
    fertig = leser.get(f"{adresse}?auftrag={Druckauftrag.objects.get().pk}")
    assert (fertig.status_code, fertig.context["veraltet"], fertig.context["neu"]) == (200, True, "")


# From the list to the sheets


def waehle(client, konzept, **daten):
    return client.post(ort(konzept, "teildrucke:auswahl"), daten)


def test_from_the_bar_to_what_was_chosen(leitung, konzept, massnahmen):
    a, b, c = (m.pk for m in massnahmen)
    wohin = ort(konzept, "teildrucke:steckbriefe")
    assert waehle(leitung, konzept, m=[a, c]).url == f"{wohin}?m={a}&m={c}"
    assert waehle(leitung, konzept, umfang="seite", liste="stand=geplant").url == f"{wohin}?m={b}&m={c}"
    assert waehle(leitung, konzept, umfang="alle", liste="stand=geplant&sort=titel").url == (
        f"{wohin}?stand=geplant&sort=titel"
    )
    nichts = waehle(leitung, konzept, liste="stand=geplant")
    assert nichts.url == ort(konzept, "massnahmen:liste") + "?stand=geplant"
    assert "keine Maßnahme gewählt" in str(*get_messages(nichts.wsgi_request))


def test_all_found_are_those_that_the_bar_counts(client, konzept, massnahmen, gesetzt):
    akteur = mache_akteur(konzept.kommune, "51", name="Jugendamt")
    weitere = [mache_massnahme(massnahmen[0].handlungsfeld, titel, reihenfolge=9) for titel in ("Werkstatt", "Zirkel")]
    for m in (massnahmen[0], massnahmen[2], *weitere):
        setze_zustaendig(m, akteur)
    konto = mache_benutzer()
    konto.mitgliedschaften.create(kommune=konzept.kommune, rolle="mitwirkung", akteur=akteur)
    client.force_login(konto)
    assert Tabelle(konto, konzept, QueryDict("")).aenderbar_gesamt == 4
    Massnahme.objects.update(zeitraum="2028", beginn_am="2028-01-01", ende_am="2028-12-31")
    wohin = waehle(client, konzept, umfang="alle", liste="von=2020&je=50&meine=").url
    assert waehle(client, konzept, umfang="alle", liste="").url == ort(konzept, "teildrucke:steckbriefe") + "?meine=on"
    client.get(wohin)
    assert blaetter(gesetzt[0]) == ["Sprachcafé", "Büro", "Werkstatt", "Zirkel"]
    assert re.search(r"Auswahl</span> Maßnahmen von 51 – Jugendamt.*Zeitraum: ab 2020<", gesetzt[0])


def test_who_may_edit_nothing_has_no_bar_and_chooses_nothing_by_it(leser, konzept, massnahmen):
    for umfang in ("alle", "seite"):
        assert waehle(leser, konzept, umfang=umfang, liste="").url == ort(konzept, "massnahmen:liste")


@pytest.mark.parametrize(
    ("frage", "zurueck", "satz"),
    [
        ("m=", "", "Es ist keine Maßnahme gewählt."),
        ("m=unsinn&stand=geplant", "", "Es ist keine Maßnahme gewählt."),
        ("q=Nichts", "?q=Nichts", "Zu dieser Auswahl gibt es keine Maßnahmen."),
    ],
)
def test_where_nothing_is_chosen_or_found_nothing_is_printed(frage, zurueck, satz, leser, konzept, massnahmen):
    antwort = leser.get(f"{ort(konzept, 'teildrucke:steckbriefe')}?{frage}")
    assert antwort.url == ort(konzept, "massnahmen:liste") + zurueck
    assert str(*get_messages(antwort.wsgi_request)).startswith(satz)


# Where one finds them


def links(client, adresse: str) -> set[str]:
    antwort = client.get(adresse)
    assert antwort.status_code == 200
    return set(re.findall(r'href="([^"]*/druck/[^"]*)"', antwort.content.decode()))


def test_the_pages_lead_there(leitung, konzept, feld, massnahmen):
    abschnitt = konzept.abschnitte.first()
    anker, einfuehrung = f"handlungsfeld-{feld.pk}", f"abschnitt-{abschnitt.pk}"
    kapitel = {name: ort(konzept, f"teildrucke:{name}", anker=anker) for name in ("kapitel", "kapitelblaetter")}
    assert links(leitung, ort(konzept, "konzept:kapitel", anker=anker)) == set(kapitel.values())
    eines = ort(konzept, "teildrucke:kapitel", anker=einfuehrung)
    assert links(leitung, ort(konzept, "konzept:kapitel", anker=einfuehrung)) == {eines}
    form = ort(konzept, "werkbank:bearbeiten", art="handlungsfelder", pk=feld.pk)
    assert links(leitung, form) == {kapitel["kapitel"]}
    m = massnahmen[0].pk
    assert links(leitung, ort(konzept, "massnahmen:bearbeiten", pk=m)) == {ort(konzept, "teildrucke:massnahme", pk=m)}
    liste = leitung.get(ort(konzept, "massnahmen:liste") + "?stand=geplant").content.decode()
    assert f'href="{ort(konzept, "teildrucke:steckbriefe")}?stand=geplant">Diese 2 Maßnahmen als Steckbriefe' in liste
    assert f'formaction="{ort(konzept, "teildrucke:auswahl")}"' in liste


def test_a_link_to_a_print_says_by_itself_what_comes(leser, konzept, feld, massnahmen):
    def worte(adresse):
        (druckwege,) = (nav for nav in seite_von(leser.get(adresse)).iter("nav") if "druckwege" in nav.get("class", ""))
        assert "·" not in text(druckwege)  # which would stand alone where a line ends
        return [text(a) for a in druckwege.iter("a")]

    hier = "2.1 Übergänge & Straßen, PDF"
    assert worte(ort(konzept, "konzept:kapitel", anker=f"handlungsfeld-{feld.pk}")) == [
        f"Handlungsfeld: {hier}", f"Maßnahmen als Steckbriefe: {hier}"
    ]  # fmt: skip
    assert worte(ort(konzept, "massnahmen:liste")) == ["Diese Liste, PDF", "Diese 3 Maßnahmen als Steckbriefe, PDF"]


def test_who_may_not_edit_a_measure_finds_its_sheet_where_it_reads_it(client, konzept, feld, massnahmen):
    akteur = mache_akteur(konzept.kommune, "51")
    setze_zustaendig(massnahmen[1], akteur)
    mitwirkend = mache_benutzer()
    mitwirkend.mitgliedschaften.create(kommune=konzept.kommune, rolle="mitwirkung", akteur=akteur)
    for konto, fremde in ((mache_benutzer(konzept.kommune, "lesen"), massnahmen), (mitwirkend, massnahmen[::2])):
        client.force_login(konto)
        seite = seite_von(client.get(ort(konzept, "konzept:kapitel", anker=f"handlungsfeld-{feld.pk}")))
        wege = [a for a in seite.iter("a") if "/druck/massnahme/" in a.get("href", "")]
        assert [(a.get("href"), a.get("aria-label")) for a in wege] == [
            (ort(konzept, "teildrucke:massnahme", pk=m.pk), f"Steckbrief, PDF: {m.titel}") for m in fremde
        ]


def test_pages_of_a_fassung_lead_to_its_parts_and_public_ones_to_none(leser, client, konzept, feld, massnahmen):
    fassung = mache_beschlussfassung(konzept)
    teile = {"nummer": fassung.nummer, "anker": f"handlungsfeld-{feld.pk}"}
    assert links(leser, ort(konzept, "fassungen:lesen", **teile)) == {
        ort(konzept, f"teildrucke:fassung_{name}", **teile) for name in ("kapitel", "kapitelblaetter")
    }
    veroeffentliche(fassung=fassung, konto=None)
    assert links(leser, ort(konzept, "oeffentlich:lesen", **teile)) == set()


# Queries


@pytest.mark.parametrize("anzahl", [1, 3])
def test_queries(leser, anzahl, konzept, gesetzt):
    konzept.abschnitte.all().delete()
    m = mache_fuelle(konzept, anzahl)
    fassung = mache_beschlussfassung(konzept)
    feld = f"handlungsfeld-{m.handlungsfeld_id}"
    zahlen = {}
    for name, teile in {
        "kapitel": {"anker": feld},
        "kapitelblaetter": {"anker": feld},
        "massnahme": {"pk": m.pk},
        "steckbriefe": {},
        "fassung_kapitel": {"nummer": fassung.nummer, "anker": feld},
        "fassung_kapitelblaetter": {"nummer": fassung.nummer, "anker": feld},
    }.items():
        adresse = ort(konzept, f"teildrucke:{name}", **teile)
        leser.get(adresse)  # makes it; from now on it is there
        with CaptureQueriesContext(connection) as abfragen:
            assert leser.head(adresse).status_code == 200
        zahlen[name] = len(abfragen)
    # session, account, roles, concept, what is printed of it, and what it takes to find the job; 26 for the tree, of
    # the list 8 more; of a Fassung the tree and the Wappen
    assert zahlen == {
        "kapitel": 38,
        "kapitelblaetter": 38,
        "massnahme": 38,
        "steckbriefe": 45,
        "fassung_kapitel": 13,
        "fassung_kapitelblaetter": 13,
    }
