"""A Beschlussfassung names the decision that it claims; where none holds, no page and no print says "beschlossen"."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from konzept.dokument.html import druck_html
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen import ausgaben, vorgaenge
from konzept.fassungen.beschluesse import Beschlussangabe, Hinfaellig
from konzept.fassungen.models import Fassung, FassungArt, Veroeffentlichung
from konzept.fassungen.vorgaenge import festschreiben, trage_beschluss_ein, veroeffentliche
from konzept.heute import heute
from konzept.konten.models import Protokolleintrag
from konzept.models import Konzept
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorgaenge import loesche, stelle_wieder_her
from konzept.vorlagen.beschluesse import biete_an, was_nicht_mehr_gilt
from konzept.vorlagen.models import Beschluss, Station, Vorlage
from konzept.vorlagen.vorgaenge import beschlussfassung
from tests.fabrik import (
    RATSBESCHLUSS,
    eingaben,
    fehler_am_feld,
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_konzept,
    mache_vorlage,
    nach_id,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db

WAHL = "id_beschluss_0"
WORTE = "Rat am 28.01.2026 (Drucksache 7/2026)"


@pytest.fixture
def station(konzept, rat) -> Station:
    """The Rat has adopted the concept."""
    vorlage = mache_vorlage(konzept, nummer="7/2026")
    return vorlage.stationen.create(
        gremium=rat, rolle="entscheidung", ergebnis="mehrheitlich", datum=date(2026, 1, 28)
    )


@pytest.fixture
def leitung(konzept):
    return mache_benutzer(konzept.kommune, "leitung")


@pytest.fixture
def client(leitung):
    client = Client()
    client.force_login(leitung)
    return client


def schreibe_fest(konzept, station, **weitere) -> Fassung:
    beschluss = Beschlussangabe(str(station.pk))
    fassung = festschreiben(konzept=konzept, art=FassungArt.BESCHLUSS, konto=None, beschluss=beschluss, **weitere)
    return Fassung.objects.fuer_liste().get(pk=fassung.pk)


def ohne_beschluss(konzept) -> Fassung:
    """As they were frozen before decisions were asked for."""
    fassung = mache_beschlussfassung(konzept)
    fassung.beschluss.delete()
    return Fassung.objects.get(pk=fassung.pk)


def frisch(fassung) -> Fassung:
    return Fassung.objects.fuer_liste().get(pk=fassung.pk)


def ort(konzept, name, **weitere) -> str:
    return reverse(name, kwargs={"kommune": konzept.kommune.slug, "konzept": konzept.slug} | weitere)


# Freezing


def test_without_a_decision_nothing_is_frozen_as_adopted(konzept):
    with pytest.raises(vorgaenge.OhneBeschluss):
        festschreiben(konzept=konzept, art=FassungArt.BESCHLUSS, konto=None)
    assert not Fassung.objects.exists()


def test_it_names_the_sitting(konzept, station):
    fassung = schreibe_fest(konzept, station)
    assert fassung.ist_beschlossen
    assert fassung.beschluss.worte == WORTE
    assert Protokolleintrag.objects.get(ereignis="festgeschrieben").text.endswith(f", beschlossen: {WORTE}")


def test_an_entwurf_is_never_adopted(konzept, station):
    entwurf = festschreiben(konzept=konzept, art="entwurf", konto=None)
    with pytest.raises(ValueError, match="An Entwurf"):
        trage_beschluss_ein(fassung=entwurf, angabe=RATSBESCHLUSS, konto=None)
    with pytest.raises(ValidationError, match="Ein Entwurf ist nicht beschlossen"):
        Beschluss(fassung=entwurf, station=station).full_clean()


@pytest.mark.parametrize(
    "anders",
    [
        {"ergebnis": "abgelehnt"},
        {"ergebnis": "vertagt"},
        {"ergebnis": ""},
        {"rolle": "empfehlung"},
        {"datum": None},
        {"datum": date(2999, 1, 1)},
        {"datum": date(1926, 1, 28)},
    ],
    ids=str,
)
def test_what_is_no_decision_cannot_be_named(konzept, station, anders):
    Station.objects.filter(pk=station.pk).update(**anders)
    with pytest.raises(Hinfaellig):
        schreibe_fest(konzept, station)
    assert not Fassung.objects.exists()


def test_the_decision_on_another_concept_cannot_be_named(konzept, station):
    with pytest.raises(Hinfaellig):
        schreibe_fest(mache_konzept(konzept.kommune, "anderes"), station)


# What is offered


def test_the_accepted_decisions_are_offered_the_newest_first(konzept, rat, station, leitung):
    neuer = mache_vorlage(konzept, betreff="Neuer", datum=date(2026, 3, 1))
    neuer.stationen.create(gremium=rat, rolle="empfehlung", ergebnis="einstimmig", datum=date(2026, 3, 2))
    zweite = neuer.stationen.create(gremium=rat, rolle="entscheidung", ergebnis="geaendert", datum=date(2026, 3, 4))
    for ergebnis in ("abgelehnt", "kenntnis", ""):
        mache_vorlage(konzept).stationen.create(gremium=rat, rolle="entscheidung", ergebnis=ergebnis)
    Vorlage.objects.filter(pk=station.vorlage_id).update(datum=date(2026, 1, 1))
    angebote = biete_an(leitung, konzept)
    assert [a.schluessel for a in angebote] == [str(zweite.pk), str(station.pk)]
    assert angebote[0].text == "Rat (04.03.2026): geändert beschlossen – Neuer"


def test_what_cannot_be_named_yet_says_why_and_where_that_is_mended(client, konzept, station):
    for tag, satz in (
        (None, "fehlt der Tag der Sitzung"),
        (heute() + timedelta(days=1), "war noch nicht"),
        (date(1026, 1, 28), "kann der Tag der Sitzung nicht stimmen: 28.01.1026"),
    ):
        Station.objects.update(datum=tag)
        for wo in (ort(konzept, "fassungen:neu"), ort(konzept, "vorlagen:detail", pk=station.vorlage_id)):
            seite = seite_von(client.get(wo))
            assert satz in text(seite), wo
            ziel = ort(konzept, "vorlagen:ergebnis", pk=station.vorlage_id, station=station.pk)
            assert ziel in {a.get("href") for a in seite.iter("a") if text(a) == "Ergebnis der Sitzung ergänzen"}
        assert "beschluss" not in eingaben(client.get(ort(konzept, "fassungen:neu")), mit="notiz")


def test_offering_costs_the_same_for_any_number(konzept, rat, station, leitung, django_assert_num_queries):
    leitung.alle_rollen  # noqa: B018 - read once for a request
    for anzahl in (1, 4):
        for _ in range(anzahl - 1):
            mache_vorlage(konzept).stationen.create(
                gremium=rat, rolle="entscheidung", ergebnis="einstimmig", datum=date(2026, 1, 28)
            )
        with django_assert_num_queries(3):
            assert len(biete_an(leitung, konzept)) == anzahl


# The form


def fuelle(client, konzept, **daten):
    wo = ort(konzept, "fassungen:neu")
    leer = {"gremium": "", "datum": "", "drucksache": ""}
    return client.post(wo, eingaben(client.get(wo), mit="notiz") | leer | {"art": "beschluss"} | daten)


def test_a_decision_can_be_written_down(client, konzept):
    assert fuelle(client, konzept, gremium="Kreistag", datum="06.03.2013", drucksache="19/13").status_code == 302
    (fassung,) = Fassung.objects.fuer_liste()
    assert fassung.beschluss.worte == "Kreistag am 06.03.2013 (Drucksache 19/13)"
    assert fassung.beschluss.station is None


def test_a_decision_can_be_written_down_beside_the_offers(client, konzept, station):
    assert fuelle(client, konzept, beschluss="selbst", gremium="Kreistag", datum="6.3.2013").status_code == 302
    assert Fassung.objects.get().beschluss.worte == "Kreistag am 06.03.2013"


@pytest.mark.parametrize(
    ("daten", "feld", "satz"),
    [
        ({}, WAHL, "Wählen Sie den Beschluss"),
        ({"beschluss": "selbst"}, "id_gremium", "Nennen Sie das Gremium"),
        ({"gremium": "Rat"}, "id_datum", "Nennen Sie den Tag"),
        ({"datum": "28.1.2026"}, "id_gremium", "Nennen Sie das Gremium"),
        ({"gremium": "\u200e", "datum": "28.1.2026"}, "id_gremium", "Davon ist nichts zu sehen"),
        ({"gremium": "Rat", "datum": "31.2.2026"}, "id_datum", "Tag.Monat.Jahr"),
        ({"gremium": "Rat", "datum": "1.1.2999"}, "id_datum", "kommt erst noch"),
        ({"gremium": "Rat", "datum": "28.1.1026"}, "id_datum", "Stimmt das Jahr 1026?"),
        ({"gremium": "Rat", "datum": "31.12.1989"}, "id_datum", "Stimmt das Jahr 1989?"),
        ({"gremium": "Rat", "datum": "1.1.0001"}, "id_datum", "Stimmt das Jahr 1?"),
        ({"beschluss": "STATION", "drucksache": "7"}, WAHL, "beides zugleich geht nicht"),
        ({"beschluss": "987654"}, WAHL, "gibt es so nicht mehr"),
        ({"art": "entwurf", "gremium": "Rat"}, "id_gremium", "Ein Entwurf ist noch nicht beschlossen"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client, konzept, station, daten, feld, satz):
    daten = {name: wert.replace("STATION", str(station.pk)) for name, wert in daten.items()}
    antwort = fuelle(client, konzept, notiz="bleibt", **daten)
    assert antwort.status_code == 422
    if feld == WAHL:  # a group is described as a whole
        assert satz in text(nach_id(seite_von(antwort), "div_id_beschluss"))
        assert f"#{WAHL}" in {a.get("href") for a in nach_id(seite_von(antwort), "fehler").iter("a")}
    else:
        assert satz in fehler_am_feld(antwort, feld)
    danach = eingaben(antwort, mit="notiz")
    assert danach["notiz"] == ["bleibt"]
    assert all(danach[name] == [daten[name]] for name in ("gremium", "datum") if name in daten)
    assert not Fassung.objects.exists()


@pytest.mark.parametrize(
    ("worte", "anders", "satz"),
    [
        ({}, {"ergebnis": "vertagt"}, "Rat (28.01.2026): vertagt."),
        ({"gremium": "  RAT "}, {"ergebnis": ""}, "Rat (28.01.2026): noch kein Ergebnis."),
        ({}, {"rolle": "empfehlung"}, "Rat (28.01.2026): Empfehlung, mehrheitlich beschlossen."),
        ({"gremium": "Kreistag", "drucksache": "7/2026"}, {"ergebnis": "abgelehnt"}, "Rat (28.01.2026): abgelehnt."),
        ({"datum": "06.03.2013", "drucksache": "7/2026"}, {"datum": None, "ergebnis": ""}, "Rat: noch kein Ergebnis."),
        ({"drucksache": "7/2026"}, {}, ""),
        ({"gremium": "Kreistag"}, {"ergebnis": "vertagt"}, ""),
        ({"datum": "06.03.2013"}, {"ergebnis": "vertagt"}, ""),
        ({"datum": "06.03.2013", "drucksache": "8/2026"}, {"ergebnis": "vertagt"}, ""),
    ],
)
def test_words_do_not_overrule_what_the_vorlage_says(client, konzept, rat, station, worte, anders, satz):
    Station.objects.filter(pk=station.pk).update(**anders)
    mache_vorlage(konzept).stationen.create(gremium=rat, rolle="kenntnis")
    daten = {"beschluss": "selbst", "gremium": "Rat", "datum": "28.01.2026", "notiz": "bleibt"} | worte
    antwort = fuelle(client, konzept, **daten)
    assert antwort.status_code == (422 if satz else 302)
    assert Fassung.objects.exists() == (not satz)
    if satz:
        fehler = fehler_am_feld(antwort, "id_gremium")
        assert f"In der Vorlage „7/2026: Integrationskonzept“ steht zur Sitzung {satz}" in fehler
        assert eingaben(antwort, mit="notiz")["notiz"] == ["bleibt"]
        ohne_beschluss(konzept)
        for wo in ("beschluss", "veroeffentlichen"):
            antwort = client.post(ort(konzept, f"fassungen:{wo}", nummer=1), daten)
            assert satz in fehler_am_feld(antwort, "id_gremium")
            assert not Beschluss.objects.exists()


def test_of_two_papers_in_one_sitting_the_one_that_was_adopted_counts_unless_the_number_says_which(
    client, konzept, rat, station
):
    mache_vorlage(konzept, nummer="8/2026").stationen.create(
        gremium=rat, rolle="entscheidung", ergebnis="vertagt", datum=date(2026, 1, 28)
    )
    worte = {"beschluss": "selbst", "gremium": "Rat", "datum": "28.01.2026"}
    assert fuelle(client, konzept, **worte, drucksache="8/2026").status_code == 422
    assert fuelle(client, konzept, **worte).status_code == 302


def test_what_is_wrong_is_said_first(client, konzept, station):
    mache_abschnitt(konzept, "Leer")
    seite = seite_von(fuelle(client, konzept))
    (titel,) = seite.iter("h1")
    assert WAHL in {a.get("href", "")[1:] for a in titel.getnext().iter("a")}


def test_an_entwurf_needs_no_decision(client, konzept, station):
    assert fuelle(client, konzept, art="entwurf", beschluss=str(station.pk)).status_code == 302
    assert not Beschluss.objects.exists()


def test_a_form_that_waited_takes_the_decision_for_which_one_comes_back(client, konzept, station):
    Station.objects.update(datum=None)
    wo = f"{ort(konzept, 'fassungen:neu')}?art=beschluss&beschluss={station.pk}"
    daten = eingaben(client.get(wo), mit="notiz") | {"notiz": "getippt"}
    assert client.post(wo, daten).status_code == 422
    Station.objects.update(datum=date(2026, 1, 28))
    danach = eingaben(client.get(wo), mit="notiz")
    assert (danach["notiz"], danach["beschluss"]) == (["getippt"], [str(station.pk)])


def test_the_page_shows_first_what_is_missing(client, konzept):
    mache_abschnitt(konzept, "Leer")
    for art, offen in (("beschluss", True), ("entwurf", False)):
        seite = seite_von(client.get(f"{ort(konzept, 'fassungen:neu')}?art={art}"))
        (liste,) = seite.xpath("//details[contains(@class, 'luecken')]")
        assert "Das Kapitel ist leer" in text(liste)
        assert ("open" in liste.attrib) == offen
        assert len(liste.xpath("following::form//button[. = 'Festschreiben']")) == 1


@pytest.mark.parametrize(
    ("anlass", "nur"),
    [
        ("Entwurf zur Sitzung am 25.11.2026", "einem Entwurf"),
        ("Beschlossen vom Rat am 28.10.2020", "einer Beschlussfassung"),
        ("Zehn Jahre Integrationsrat", ""),
    ],
)
def test_words_on_the_cover_that_fit_one_kind_only_are_named(client, konzept, anlass, nur):
    Konzept.objects.update(anlass=anlass)
    inhalt = text(seite_von(client.get(ort(konzept, "fassungen:neu"))))
    assert (f"Das stimmt nur in {nur}." in inhalt) == bool(nur)
    assert ("Das stimmt nur" in inhalt) == bool(nur)


@pytest.mark.parametrize(
    ("anlass", "art", "satz"),
    [
        ("Entwurf zur Sitzung am 28.01.2026", "beschluss", "Das stimmt nur in einem Entwurf."),
        ("Beschlossen vom Rat am 28.10.2020", "entwurf", "Das stimmt nur in einer Beschlussfassung."),
        ("Beschlossen vom Rat am 28.10.2020", "beschluss", "Der Beschluss der Fassung ist aber vom 28.01.2026."),
        ("Beschlossen vom Rat am 28.01.2026", "beschluss", ""),
        ("Beschlossen vom Rat", "beschluss", ""),
        ("Entwurf zur Sitzung am 28.10.2020", "entwurf", ""),
        ("Zehn Jahre Integrationsrat, 28.10.2020", "beschluss", ""),
    ],
)
@pytest.mark.parametrize("in_worten", [False, True])
def test_a_cover_that_contradicts_what_is_frozen_is_asked_about(
    client, konzept, station, anlass, art, satz, in_worten
):
    Konzept.objects.update(anlass=anlass)
    daten = {"art": art}
    if art == "beschluss" and in_worten:
        daten |= {"beschluss": "selbst", "gremium": "Rat", "datum": "28.01.2026"}
    elif art == "beschluss":
        daten |= {"beschluss": str(station.pk)}
    assert "anlass_bleibt" not in client.get(ort(konzept, "fassungen:neu")).content.decode()
    antwort = fuelle(client, konzept, **daten)
    assert antwort.status_code == (422 if satz else 302)
    if satz:
        fehler = fehler_am_feld(antwort, "id_anlass_bleibt")
        assert f"„{anlass}“. {satz}" in fehler
        assert "Ändern Sie den Anlass" in fehler
        assert not Fassung.objects.exists()
        assert client.post(antwort.wsgi_request.path, eingaben(antwort, mit="notiz") | {"anlass_bleibt": "on"}).url
    fassung = Fassung.objects.fuer_liste().get()
    if art == "beschluss":
        seite = text(seite_von(client.get(ort(konzept, "fassungen:veroeffentlichen", nummer=fassung.nummer))))
        assert (satz in seite) if satz else ("Auf dem Deckblatt" not in seite)


# "beschlossen" stands only where a result says so


def seiten_von(fassung, leitung) -> dict[str, str]:
    """What every page and print of a Fassung says, by their names."""
    angemeldet, alle, k = Client(), Client(), fassung.konzept
    angemeldet.force_login(leitung)
    wege = {
        "liste": ort(k, "fassungen:liste"),
        "detail": ort(k, "fassungen:detail", nummer=fassung.nummer),
        "veroeffentlichen": ort(k, "fassungen:veroeffentlichen", nummer=fassung.nummer),
        "gesamt": ort(k, "fassungen:gesamt", nummer=fassung.nummer),
    }
    seiten = {name: text(seite_von(angemeldet.get(wo))) for name, wo in wege.items()}
    seiten["oeffentlich"] = text(seite_von(alle.get(ort(k, "oeffentlich:fassung", nummer=fassung.nummer))))
    fassung = frisch(fassung)
    druck = druck_html(fassung.dokument, ausfertigung=ausgaben.ausfertigung(fassung, "druck"))
    return seiten | {"druck": re.sub(r"<[^>]+>|\s+", " ", druck)}


NENNEN = {"liste", "detail", "veroeffentlichen", "oeffentlich", "druck"}
BEHAUPTET = re.compile(r"Fassung ist beschlossen|\d beschlossen\b|[Bb]eschlossen:")


def test_every_page_and_print_names_the_decision_that_holds(konzept, station, leitung):
    fassung = schreibe_fest(konzept, station)
    veroeffentliche(fassung=fassung, konto=None)
    seiten = seiten_von(fassung, leitung)
    assert {name for name, inhalt in seiten.items() if WORTE in inhalt} == NENNEN
    assert "Diese Fassung ist beschlossen" not in seiten["detail"]  # published, so that the card says something else
    assert BEHAUPTET.search(seiten["liste"])
    assert BEHAUPTET.search(seiten["druck"])


@pytest.mark.parametrize("wie", ["never named", "result corrected", "no longer the deciding sitting"])
def test_no_page_and_no_print_claims_a_decision_that_does_not_hold(konzept, station, leitung, wie):
    fassung = schreibe_fest(konzept, station)
    veroeffentliche(fassung=fassung, konto=None)
    if wie == "never named":
        fassung.beschluss.delete()
    elif wie == "result corrected":
        Station.objects.update(ergebnis="abgelehnt")
    else:
        Station.objects.update(rolle="empfehlung")
    assert not frisch(fassung).ist_beschlossen
    seiten = seiten_von(fassung, leitung)
    assert {name: treffer for name, inhalt in seiten.items() if (treffer := BEHAUPTET.search(inhalt))} == {}
    assert WORTE not in seiten["oeffentlich"]
    fehlt = wie == "never named"
    assert ("Beschluss fehlt" in seiten["liste"], "Beschluss gilt nicht mehr" in seiten["liste"]) == (fehlt, not fehlt)
    was = {"never named": "nicht eingetragen", "result corrected": "das Ergebnis lautet jetzt „abgelehnt“"}
    assert was.get(wie, "nicht mehr die entscheidende Sitzung") in seiten["detail"]
    if wie != "never named":
        assert "öffentlich ist sie noch" in seiten["detail"]


def test_who_changes_the_result_is_told_what_no_longer_holds(client, konzept, station):
    fassung = schreibe_fest(konzept, station)
    veroeffentliche(fassung=fassung, konto=None)
    assert was_nicht_mehr_gilt(station.pk) == []
    wo = ort(konzept, "vorlagen:ergebnis", pk=station.vorlage_id, station=station.pk)
    antwort = client.post(wo, eingaben(client.get(wo)) | {"ergebnis": "abgelehnt"}, follow=True)
    satz = "Beschlussfassung 1 nennt diese Sitzung als ihren Beschluss und gilt damit nicht mehr als beschlossen"
    assert f"{satz}; sie ist noch veröffentlicht." in text(seite_von(antwort))


def test_the_day_that_stands_on_the_cover_anyway_is_not_repeated(konzept, station):
    Konzept.objects.update(anlass="Beschlossen vom Rat am 28.01.2026")
    assert ausgaben.ausfertigung(schreibe_fest(konzept, station), "druck").beschluss == ""
    Konzept.objects.update(anlass="Beschlossen vom Rat")
    assert ausgaben.ausfertigung(schreibe_fest(konzept, station), "druck").beschluss == WORTE


@pytest.mark.parametrize(
    ("anlass", "genannt"),
    [
        ("Beschlossen vom Rat am 28. Januar 2026", True),
        ("Am 28.1.2026 im Rat verabschiedet", True),
        ("Entwurf zur Sitzung des Rats am 28.01.2026", False),
        ("Sitzung des Rats am 28.01.2026", False),
        ("Am 28.01.2026 noch nicht beschlossen", False),
        ("Beschlossen vom Rat am 28.01.2020", False),
        ("Beschlossen vom Rat am 31.02.2026", False),
        ("", False),
    ],
)
def test_the_cover_leaves_the_decision_out_only_where_the_anlass_says_it(konzept, station, anlass, genannt):
    Konzept.objects.update(anlass=anlass)
    fassung = schreibe_fest(konzept, station)
    assert ausgaben.ausfertigung(fassung, "druck").beschluss == ("" if genannt else WORTE)
    Station.objects.update(datum=None)
    assert ausgaben.ausfertigung(frisch(fassung), "druck").beschluss == "Rat (Drucksache 7/2026)"


def test_the_number_of_a_paper_that_is_not_public_stays_inside(konzept, station, leitung):
    fassung = schreibe_fest(konzept, station)
    veroeffentliche(fassung=fassung, konto=None)
    Vorlage.objects.update(oeffentlich=False)
    seiten = seiten_von(fassung, leitung)
    assert {name for name, inhalt in seiten.items() if "7/2026" in inhalt} == {"detail"}  # to which it links
    assert {name for name, inhalt in seiten.items() if "Rat am 28.01.2026" in inhalt} == NENNEN
    detail = ort(konzept, "fassungen:detail", nummer=1)
    vorlage = ort(konzept, "vorlagen:detail", pk=station.vorlage_id)
    for rolle, sieht in (("redaktion", True), ("lesen", False)):
        konto = Client()
        konto.force_login(mache_benutzer(konzept.kommune, rolle))
        assert (vorlage in {a.get("href") for a in seite_von(konto.get(detail)).iter("a")}) == sieht


def test_reading_a_list_of_them_asks_once(konzept, station, django_assert_num_queries):
    for _ in range(3):
        schreibe_fest(konzept, station)
    mache_beschlussfassung(konzept)
    with django_assert_num_queries(1):
        assert [f.beschluss.worte for f in Fassung.objects.fuer_liste() if f.ist_beschlossen][1:] == [WORTE] * 3


# Publishing, and what was frozen before


def test_publishing_asks_for_the_decision_that_it_claims(client, konzept, leitung):
    fassung = ohne_beschluss(konzept)
    with pytest.raises(vorgaenge.NichtBeschlossen):
        veroeffentliche(fassung=fassung, konto=leitung)
    wo = ort(konzept, "fassungen:veroeffentlichen", nummer=1)
    seite = client.get(wo)
    assert "kein Beschluss eingetragen" in text(seite_von(seite))
    antwort = client.post(wo, eingaben(seite, mit="gremium"))
    assert antwort.status_code == 422
    assert "Nennen Sie das Gremium" in fehler_am_feld(antwort, "id_gremium")
    assert not Veroeffentlichung.objects.exists()
    daten = eingaben(seite, mit="gremium") | {"gremium": "Rat der Stadt", "datum": "28.10.2020"}
    assert client.post(wo, daten).status_code == 302
    assert (frisch(fassung).ist_beschlossen, frisch(fassung).ist_veroeffentlicht) == (True, True)
    assert list(Protokolleintrag.objects.order_by("pk").values_list("ereignis", flat=True))[-2:] == [
        "beschluss", "veroeffentlicht",
    ]  # fmt: skip


def test_publishing_shows_what_is_missing_in_what_is_frozen(client, konzept):
    mache_abschnitt(konzept, "Leer")
    mache_beschlussfassung(konzept)
    konzept.abschnitte.update(text="Inzwischen voll.")
    seite = seite_von(client.get(ort(konzept, "fassungen:veroeffentlichen", nummer=1)))
    (liste,) = seite.xpath("//details[contains(@class, 'luecken')]")
    assert "Das Kapitel ist leer" in text(liste)
    assert len(liste.xpath("following::form//button[. = 'Veröffentlichen']")) == 1


def test_a_result_that_changes_while_one_publishes_is_asked_about(client, konzept, station, monkeypatch):
    schreibe_fest(konzept, station)
    wo = ort(konzept, "fassungen:veroeffentlichen", nummer=1)
    eigentlich = vorgaenge.veroeffentliche

    def dazwischen(**was):
        Station.objects.update(ergebnis="abgelehnt")
        eigentlich(**was)

    monkeypatch.setattr(vorgaenge, "veroeffentliche", dazwischen)
    antwort = client.post(wo)
    assert antwort.status_code == 422
    assert "gilt nicht mehr" in text(seite_von(antwort))
    assert not Veroeffentlichung.objects.exists()
    assert "gremium" in eingaben(antwort, mit="gremium")


def test_a_decision_is_entered_later_and_corrected_by_the_leitung_and_both_are_logged(client, konzept, station):
    fassung = ohne_beschluss(konzept)
    wo = ort(konzept, "fassungen:beschluss", nummer=1)
    daten = eingaben(client.get(wo), mit="gremium") | {"gremium": "Rat", "datum": "28.10.2025"}
    assert client.post(wo, daten).status_code == 302
    daten = eingaben(client.get(wo), mit="gremium")
    assert (daten["gremium"], daten["datum"], daten["beschluss"]) == (["Rat"], ["28.10.2025"], ["selbst"])
    assert client.post(wo, daten | {"beschluss": str(station.pk), "gremium": "Kreistag"}).status_code == 422
    client.post(wo, {"_verwerfen": "1"})
    assert client.post(wo, daten | {"beschluss": str(station.pk)}).status_code == 302
    assert frisch(fassung).beschluss.worte == WORTE
    texte = Protokolleintrag.objects.filter(ereignis="beschluss").order_by("pk").values_list("text", flat=True)
    assert [t.partition("Beschlussfassung 1, ")[2] for t in texte] == [
        "Rat am 28.10.2025", f"{WORTE} (vorher: Rat am 28.10.2025)",
    ]  # fmt: skip
    redaktion = mache_benutzer(konzept.kommune, "redaktion")
    with pytest.raises(PermissionDenied):
        trage_beschluss_ein(fassung=fassung, angabe=RATSBESCHLUSS, konto=redaktion)


@pytest.mark.parametrize(("wie", "verb"), [("never named", "eintragen"), ("corrected", "berichtigen")])
def test_who_cannot_mend_it_reads_who_can(client, konzept, station, wie, verb):
    fassung = schreibe_fest(konzept, station)
    wo = ort(konzept, "fassungen:detail", nummer=1)
    redaktion = Client()
    redaktion.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    assert "Das kann die Leitung" not in text(seite_von(redaktion.get(wo)))
    if wie == "corrected":
        Station.objects.update(ergebnis="abgelehnt")
    else:
        fassung.beschluss.delete()
    assert f"Das kann die Leitung {verb}." in text(seite_von(redaktion.get(wo)))
    assert "Das kann die Leitung" not in text(seite_von(client.get(wo)))


def test_after_a_correction_the_page_says_what_the_pdfs_of_before_name(client, konzept, station):
    fassung = schreibe_fest(konzept, station)
    wo, satz = ort(konzept, "fassungen:detail", nummer=1), "PDFs, die vorher fertig waren, ändern sich nicht"
    for art in ("druck", "randnummern"):
        fassung.ausgaben.create(art=art, datei=b"%PDF", seiten=1)
    assert satz not in text(seite_von(client.get(wo)))
    trage_beschluss_ein(fassung=fassung, angabe=RATSBESCHLUSS, konto=None)
    assert satz in text(seite_von(client.get(wo)))
    fassung.beschluss.delete()
    assert satz not in text(seite_von(client.get(wo)))


# The Vorlage on which it was taken


def test_what_a_fassung_relies_on_is_neither_deleted_nor_taken_from_the_beratungsfolge(client, konzept, station):
    schreibe_fest(konzept, station)
    with pytest.raises(ProtectedError):
        loesche(element=station.vorlage, konto=None)
    loeschen = ort(konzept, "werkbank:loeschen", art="vorlagen", pk=station.vorlage_id)
    assert "1 Beschluss" in text(seite_von(client.get(loeschen)))
    wo = ort(konzept, "vorlagen:bearbeiten", pk=station.vorlage_id)
    antwort = client.post(wo, eingaben(client.get(wo)) | {"stationen-0-DELETE": "on"})
    assert antwort.status_code == 422
    assert "„Rat (28.01.2026)“ lässt sich nicht entfernen: Beschlussfassung 1 nennt" in text(seite_von(antwort))
    assert Station.objects.filter(pk=station.pk).exists()


def test_the_vorlage_knows_its_own_beschlussfassung(konzept, rat, station):
    andere = mache_vorlage(konzept).stationen.create(
        gremium=rat, rolle="entscheidung", ergebnis="einstimmig", datum=date(2026, 1, 28)
    )
    fassung = schreibe_fest(konzept, station)
    assert beschlussfassung(Vorlage.objects.fuer_blatt().get(pk=station.vorlage_id)) == fassung
    assert beschlussfassung(Vorlage.objects.fuer_blatt().get(pk=andere.vorlage_id)) is None


@pytest.mark.parametrize("mit_worten", [True, False])
def test_a_fassung_that_names_no_sitting_is_only_mentioned_at_the_vorlage(client, konzept, station, mit_worten):
    fassung = mache_beschlussfassung(konzept) if mit_worten else ohne_beschluss(konzept)
    wo = ort(konzept, "vorlagen:detail", pk=station.vorlage_id)
    eintragen = ort(konzept, "fassungen:beschluss", nummer=fassung.nummer)
    festschreiben = f"{ort(konzept, 'fassungen:neu')}?art=beschluss&beschluss={station.pk}"

    def ziele(konto) -> set:
        return {a.get("href") for a in seite_von(konto.get(wo)).iter("a")}

    assert beschlussfassung(station.vorlage) is None
    assert {eintragen, festschreiben} <= ziele(client)
    assert "Beschlussfassung 1 nennt keine Sitzung einer Vorlage." in text(seite_von(client.get(wo)))
    redaktion = Client()
    redaktion.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    assert {eintragen, festschreiben} & ziele(redaktion) == {festschreiben}
    assert "kann die Leitung ihn dort eintragen" in text(seite_von(redaktion.get(wo)))
    trage_beschluss_ein(fassung=fassung, angabe=Beschlussangabe(str(station.pk)), konto=None)
    assert beschlussfassung(station.vorlage) == fassung
    assert not {eintragen, festschreiben} & ziele(client)


def test_what_names_a_sitting_that_decides_no_more_is_not_its_beschlussfassung(konzept, station):
    schreibe_fest(konzept, station)
    Station.objects.update(rolle="empfehlung")
    assert beschlussfassung(station.vorlage) is None


def test_the_decision_is_no_part_of_the_frozen_tree(konzept, station):
    fassung = schreibe_fest(konzept, station)
    assert vorgaenge.sagt_dasselbe(fassung, stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk)))


def test_an_earlier_state_of_the_vorlage_does_not_take_the_sitting_away(konzept, rat):
    vorlage = mache_vorlage(konzept)
    ohne = schreibe_mit(vorlage, None, AenderungArt.GEAENDERT)
    station = vorlage.stationen.create(
        gremium=rat, rolle="entscheidung", ergebnis="einstimmig", datum=date(2026, 1, 28)
    )
    schreibe_fest(konzept, station)
    with pytest.raises(ValidationError, match="bezieht"):
        stelle_wieder_her(element=vorlage, aenderung=ohne, gelesen=vorlage.version, konto=None)
    assert Station.objects.filter(pk=station.pk).exists()
