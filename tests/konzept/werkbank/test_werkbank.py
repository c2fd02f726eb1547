"""Editing every kind of element: what is typed is saved where it belongs, refused with a sentence, moved, deleted."""

from copy import deepcopy
from datetime import date
from itertools import count

import pytest

from handlungsfelder.models import Handlungsfeld
from konzept.austausch.grosses_beispiel import erzeuge
from konzept.models import Abschnitt, Konzept, Leitlinie
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.models import Angebot, Indikator, Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    kommunen_adresse,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    nach_id,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

IM_KONZEPT = [art for art, element in ELEMENTE.items() if element.form and not element.kommunal]
DER_KOMMUNE = [art for art, element in ELEMENTE.items() if element.kommunal]


@pytest.fixture(scope="module")
def bestand(bleibend):
    with bleibend():
        konzept = mache_konzept()
        mache_fuelle(konzept, 2)
        yield konzept


@pytest.fixture
def konzept(bestand) -> Konzept:
    return deepcopy(bestand)


@pytest.fixture
def redaktion(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "redaktion", name="Rita Redaktion"))
    return client


def ort(konzept, art, *weiter) -> str:
    if ELEMENTE[art].kommunal:
        return kommunen_adresse(konzept.kommune, art, *weiter)
    return adresse(konzept, art, *weiter)


def erstes(art):
    return ELEMENTE[art].modell.objects.first()


@pytest.mark.parametrize("art", [*IM_KONZEPT, *DER_KOMMUNE])
def test_a_form_that_is_saved_as_shown_changes_nothing(art, redaktion, konzept):
    objekt = erstes(art)
    pfad = ort(konzept, art, str(objekt.pk), "bearbeiten")
    seite = redaktion.get(pfad)
    assert seite.status_code == 200
    vorher = Aenderung.objects.count()
    antwort = redaktion.post(pfad, eingaben(seite) | {"_speichern": "1"})
    assert antwort.status_code == 302, text(seite_von(antwort))
    assert Aenderung.objects.count() == vorher + 1  # The state before the first change, and no change.


@pytest.mark.parametrize("art", [*IM_KONZEPT, *DER_KOMMUNE])
def test_what_is_typed_is_saved_and_told_in_the_history(art, redaktion, konzept):
    objekt = erstes(art)
    pfad = ort(konzept, art, str(objekt.pk), "bearbeiten")
    feld = next(f for f in ("titel", "name", "kurz", "takt") if hasattr(objekt, f))
    redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {feld: "Ein neuer Wortlaut"})
    objekt.refresh_from_db()
    assert (getattr(objekt, feld), objekt.version) == ("Ein neuer Wortlaut", 2)
    assert str(objekt.geaendert_von) == "Rita Redaktion"
    verlauf = text(seite_von(redaktion.get(ort(konzept, art, str(objekt.pk), "verlauf"))))
    assert "geändert von Rita Redaktion" in verlauf
    assert "Ein neuer Wortlaut" in verlauf


@pytest.mark.parametrize("art", [*IM_KONZEPT, *DER_KOMMUNE])
def test_an_empty_form_is_refused_at_the_field_and_keeps_the_row(art, redaktion, konzept):
    objekt = erstes(art)
    vorher = type(objekt).objects.values().get(pk=objekt.pk)
    antwort = redaktion.post(ort(konzept, art, str(objekt.pk), "bearbeiten"), {"_version": "1"})
    assert antwort.status_code == 422
    assert type(objekt).objects.values().get(pk=objekt.pk) == vorher


@pytest.mark.parametrize("art", [*IM_KONZEPT, *DER_KOMMUNE])
def test_a_second_person_sees_both_versions(art, redaktion, konzept):
    objekt = erstes(art)
    pfad = ort(konzept, art, str(objekt.pk), "bearbeiten")
    feld = next(f for f in ("titel", "name", "kurz", "takt") if hasattr(objekt, f))
    alt = eingaben(redaktion.get(pfad))
    redaktion.post(pfad, alt | {feld: "Von der Kollegin"})
    antwort = redaktion.post(pfad, alt | {feld: "Von mir"})
    assert antwort.status_code == 409
    seite = text(seite_von(antwort))
    assert "Von der Kollegin" in seite
    assert eingaben(antwort)[feld] == ["Von mir"]


@pytest.mark.parametrize("art", [a for a in IM_KONZEPT if a not in {"leitziele", "handlungsziele", "beteiligungen"}])
def test_a_new_element_stands_at_the_end(art, redaktion, konzept):
    pfad = ort(konzept, art, "neu")
    daten = eingaben(redaktion.get(pfad)) | {"titel": "Ganz neu"}
    if art == "indikatoren":
        daten["art"] = "kontext"
    antwort = redaktion.post(pfad, daten)
    assert antwort.status_code == 302, text(seite_von(antwort))
    objekt = ELEMENTE[art].modell.objects.get(titel="Ganz neu")
    assert objekt.konzept == konzept
    assert antwort.url.endswith(f"#{objekt._meta.model_name}-{objekt.pk}")
    hoechste = max(z.reihenfolge for z in ELEMENTE[art].modell.objects.all())
    assert objekt.reihenfolge == hoechste
    assert Aenderung.objects.get(anker=f"{objekt._meta.model_name}-{objekt.pk}").art == "angelegt"


def test_a_new_body_takes_part_once(redaktion, konzept):
    gremium = konzept.kommune.gremien.create(name="Jugendforum")
    pfad = ort(konzept, "beteiligungen", "neu")
    daten = eingaben(redaktion.get(pfad)) | {"gremium": str(gremium.pk), "takt": "monatlich"}
    assert redaktion.post(pfad, daten).status_code == 302
    noch_einmal = eingaben(redaktion.get(pfad)) | {"gremium": str(gremium.pk), "takt": "jährlich"}
    assert redaktion.post(pfad, noch_einmal).status_code == 422
    assert konzept.beteiligungen.filter(gremium=gremium).count() == 1


def test_new_goals_and_measures_stand_where_they_were_inserted(redaktion):
    konzept = mache_konzept(slug="leer", kommune=mache_kommune("leerstadt"))
    redaktion.force_login(mache_benutzer(konzept.kommune, "leitung"))
    feld = mache_feld(konzept)

    nummern = count(1)

    def neu(art, **ort_):
        frage = "?" + "&".join(f"{k}={v}" for k, v in ort_.items())
        pfad = adresse(konzept, art, "neu") + frage
        return redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"titel": f"{art} {next(nummern)}"})

    neu("leitziele", **{"in": f"handlungsfeld-{feld.pk}"})
    leitziel = feld.leitziele.get()
    neu("handlungsziele", **{"in": f"leitziel-{leitziel.pk}"})
    ziel = feld.handlungsziele.get()
    assert (ziel.leitziel, ziel.handlungsfeld) == (leitziel, feld)
    antwort = neu("massnahmen", **{"in": f"handlungsziel-{ziel.pk}"})
    massnahme = feld.massnahmen.get()
    assert (massnahme.handlungsziel, massnahme.handlungsfeld) == (ziel, feld)
    assert antwort.url == adresse(konzept, "massnahmen", str(massnahme.pk), "bearbeiten")
    neu("massnahmen", **{"in": f"handlungsziel-{ziel.pk}", "nach": f"massnahme-{massnahme.pk}"})
    neu("massnahmen", **{"in": f"handlungsziel-{ziel.pk}"})
    neu("massnahmen", **{"in": f"handlungsziel-{ziel.pk}", "nach": f"massnahme-{massnahme.pk}"})
    *folge, letzte = ziel.massnahmen.order_by("pk")
    # After the one that was named, and without that behind all.
    assert list(ziel.massnahmen.order_by("reihenfolge")) == [massnahme, letzte, *folge[1:]]


@pytest.mark.parametrize(
    ("art", "wo"),
    [("leitziele", ""), ("massnahmen", "abschnitt"), ("abschnitte", "massnahme"), ("leitziele", "unsinn-7")],
)
def test_what_cannot_stand_there_is_not_offered(art, wo, redaktion, konzept):
    zeile = {"abschnitt": Abschnitt, "massnahme": Massnahme}.get(wo)
    anker = f"{wo}-{zeile.objects.first().pk}" if zeile else wo
    assert redaktion.get(f"{ort(konzept, art, 'neu')}?in={anker}").status_code == 404


@pytest.mark.parametrize("art", IM_KONZEPT)
def test_a_new_element_has_a_form_or_no_place_below_any_other(redaktion, konzept, art):
    for anderes in IM_KONZEPT:
        unter = f"{ELEMENTE[anderes].modell._meta.model_name}-{erstes(anderes).pk}"
        assert redaktion.get(ort(konzept, art, "neu"), {"in": unter}).status_code in {200, 404}, unter


def test_the_matrix_is_edited_as_a_row(redaktion, konzept):
    aufgabe = erstes("querschnittsaufgaben")
    feld, anderes = konzept.handlungsfelder.all()
    pfad = ort(konzept, "querschnittsaufgaben", str(aufgabe.pk), "bearbeiten")
    daten = eingaben(redaktion.get(pfad))
    daten |= {f"betrifft-{feld.pk}": "on", f"text-{feld.pk}": "Kurse abends"}
    daten.pop(f"betrifft-{anderes.pk}", None)
    daten[f"text-{anderes.pk}"] = ""
    redaktion.post(pfad, daten)
    assert list(aufgabe.bezuege.values_list("handlungsfeld", "text")) == [(feld.pk, "Kurse abends")]
    antwort = redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {f"text-{anderes.pk}": "ohne Kreuz"})
    assert antwort.status_code == 422
    assert "Kreuzen Sie" in text(seite_von(antwort))


def test_an_indicator_belongs_to_one_thing_or_to_the_context(redaktion, konzept):
    pfad = ort(konzept, "indikatoren", "neu")
    daten = eingaben(redaktion.get(pfad)) | {"titel": "Quote", "art": "wirkung"}
    assert "Wählen Sie das Ziel" in text(seite_von(redaktion.post(pfad, daten)))
    massnahme = Massnahme.objects.first()
    daten |= {"bezug": f"massnahme-{massnahme.pk}", "zielwert": "1.250,5", "zieljahr": "2030"}
    assert redaktion.post(pfad, daten).status_code == 302
    indikator = Indikator.objects.get(titel="Quote")
    assert (indikator.massnahme, float(indikator.zielwert), indikator.zieljahr) == (massnahme, 1250.5, 2030)
    daten |= {"art": "kontext", "titel": "Lage", "_einmal": eingaben(redaktion.get(pfad))["_einmal"]}
    assert "gehört zu keinem Ziel" in text(seite_von(redaktion.post(pfad, daten)))
    assert not Indikator.objects.filter(titel="Lage").exists()


def test_an_offer_names_its_providers(redaktion, konzept):
    angebot = Angebot.objects.first()
    pfad = ort(konzept, "angebote", str(angebot.pk), "bearbeiten")
    daten = eingaben(redaktion.get(pfad)) | {"anbieter": "Neue Stelle"}
    assert "kein Akteur der Kommune" in text(seite_von(redaktion.post(pfad, daten)))
    redaktion.post(pfad, daten | {"neue_akteure": "on"})
    assert [a.akteur.kurz for a in angebot.anbieter.all()] == ["Neue Stelle"]


def test_deleting_asks_says_what_goes_along_and_can_be_undone(redaktion, konzept):
    feld = Handlungsfeld.objects.filter(massnahmen__isnull=False).first()
    pfad = ort(konzept, "handlungsfelder", str(feld.pk), "loeschen")
    frage = text(seite_von(redaktion.get(pfad)))
    assert "Maßnahme" in frage
    assert Handlungsfeld.objects.filter(pk=feld.pk).exists()
    redaktion.post(pfad)
    assert not Handlungsfeld.objects.filter(pk=feld.pk).exists()
    korb = redaktion.get(adresse(konzept, "papierkorb"))
    assert feld.titel in text(seite_von(korb))
    eintrag = Geloeschtes.objects.get()
    redaktion.post(adresse(konzept, "papierkorb", str(eintrag.pk), "zurueckholen"))
    assert Handlungsfeld.objects.filter(pk=feld.pk).exists()


@pytest.mark.parametrize(("art", "feld"), [("akteure", "kurz"), ("gremien", "name"), ("zielgruppen", "name")])
def test_what_belongs_to_the_kommune_is_made_changed_back_and_deleted(art, feld, redaktion, konzept):
    def sende(pfad, **werte):
        assert redaktion.post(pfad, eingaben(redaktion.get(pfad)) | werte).status_code == 302

    sende(ort(konzept, art, "neu"), **{feld: "Jugendhaus"})
    objekt = ELEMENTE[art].modell.objects.get(**{feld: "Jugendhaus"})
    sende(ort(konzept, art, str(objekt.pk), "bearbeiten"), **{feld: "Jugendzentrum"})
    ausgang = Aenderung.objects.filter(anker=f"{objekt._meta.model_name}-{objekt.pk}").last()
    sende(ort(konzept, art, str(objekt.pk), "verlauf", str(ausgang.pk)))
    objekt.refresh_from_db()
    assert getattr(objekt, feld) == "Jugendhaus"
    assert redaktion.post(ort(konzept, art, str(objekt.pk), "loeschen")).status_code == 302
    assert not ELEMENTE[art].modell.objects.filter(pk=objekt.pk).exists()
    assert Geloeschtes.objects.filter(kommune=konzept.kommune).count() == 1


def test_what_the_title_page_says_is_saved(redaktion, konzept):
    pfad = adresse(konzept, "bearbeiten")
    neu = {"untertitel": "Fortgeschrieben", "stand": "03.11.2026", "gueltig_ab": "2027", "gueltig_bis": "2032"}
    assert redaktion.post(pfad, eingaben(redaktion.get(pfad)) | neu).status_code == 302
    konzept.refresh_from_db()
    assert (konzept.untertitel, konzept.stand) == ("Fortgeschrieben", date(2026, 11, 3))
    assert (konzept.gueltig_ab, konzept.gueltig_bis, konzept.version) == (2027, 2032, 2)


def test_the_question_counts_in_good_german(redaktion, konzept):
    feld = Handlungsfeld.objects.filter(massnahmen__isnull=False).first()
    feld.massnahmen.last().delete()
    frage = seite_von(redaktion.get(ort(konzept, "handlungsfelder", str(feld.pk), "loeschen")))
    zeilen = {text(punkt) for punkt in frage.iter("li")}
    assert {"1 Maßnahme", "1 Leitziel", "2 Umsetzungsschritte", "6 Zuständigkeiten", "2 Zellen der Matrix"} <= zeilen
    akteur = Massnahme.objects.filter(zustaendigkeiten__isnull=False).first().zustaendigkeiten.first().akteur
    verboten = seite_von(redaktion.get(ort(konzept, "akteure", str(akteur.pk), "loeschen")))
    assert {"3 Zuständigkeiten", "1 Anbieter"} <= {text(punkt) for punkt in verboten.iter("li")}


def test_an_empty_choice_says_what_it_means(redaktion, konzept):
    for art in [*IM_KONZEPT, *DER_KOMMUNE]:
        seite = redaktion.get(ort(konzept, art, str(erstes(art).pk), "bearbeiten"))
        assert "-----" not in seite.content.decode(), art
        for auswahl in seite_von(seite).iter("select"):
            leere = [text(option) for option in auswahl.iter("option") if not option.get("value")]
            assert all(leere), (art, auswahl.get("name"))


def test_a_new_concept_is_offered_to_who_may_make_one(client, konzept):
    pfad = f"/kommunen/{konzept.kommune.slug}/konzepte/neu/"
    for rolle, darf in (("redaktion", True), ("leitung", True), ("lesen", False), ("verwaltung", False)):
        client.force_login(mache_benutzer(konzept.kommune, rolle))
        for seite in ("/", f"/kommunen/{konzept.kommune.slug}/"):
            verweise = {a.get("href") for a in seite_von(client.get(seite)).iter("a")}
            assert (pfad in verweise) is darf, (rolle, seite)


def test_the_outline_of_a_thousand_measures_stays_small(client):
    konzept = erzeuge(1000)
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    feld = max(konzept.handlungsfelder.all(), key=lambda f: f.massnahmen.count())
    assert feld.massnahmen.count() > 100
    for frage in ("", f"?feld={feld.pk}", "?liste=indikator"):
        antwort = client.get(adresse(konzept, "gliederung") + frage)
        assert len(antwort.content) < 150_000, frage


def test_long_lists_open_one_page_at_a_time(redaktion, konzept):
    for i in range(120):
        konzept.prozessschritte.create(titel=f"Treffen {i}", reihenfolge=100 + i)
    pfad = adresse(konzept, "gliederung")

    def schritte(frage=""):
        anker = [a.get("id") or "" for a in seite_von(redaktion.get(pfad + frage)).iter("a")]
        return [a for a in anker if a.startswith("prozessschritt-")]

    alle = [f"prozessschritt-{s.pk}" for s in konzept.prozessschritte.all()]
    assert schritte() == []
    assert schritte("?liste=prozessschritt") == alle[:100]
    assert schritte(f"?liste={alle[-1]}") == alle[100:]
    letzter = konzept.prozessschritte.last()
    antwort = redaktion.post(adresse(konzept, "schritt"), {"auf": f"prozessschritt-{letzter.pk}"})
    assert f"prozessschritt-{letzter.pk}" in schritte(antwort.url.partition("gliederung/")[2].partition("#")[0])


@pytest.mark.parametrize(
    "unsinn", ["?feld=x", "?feld=999999", "?liste=unsinn", "?liste=indikator-x", "?feld=" + "9" * 30]
)
def test_strange_addresses_show_the_outline(unsinn, redaktion, konzept):
    assert redaktion.get(adresse(konzept, "gliederung") + unsinn).status_code == 200


@pytest.mark.parametrize(
    "daten", [{}, {"auf": ""}, {"auf": "abschnitt-x"}, {"quer": "abschnitt-1"}, {"auf": "akteur-1"}]
)
def test_a_step_of_nothing_is_refused(daten, redaktion, konzept):
    assert redaktion.post(adresse(konzept, "schritt"), daten).status_code == 404


def test_what_can_be_done_with_an_element_stands_on_one_page(redaktion, konzept):
    for art in (a for a, element in ELEMENTE.items() if not (element.kommunal or element.liste)):
        zeile = erstes(art)
        liste = nach_id(seite_von(redaktion.get(ort(konzept, art, str(zeile.pk), "mehr"))), "mehr")
        ziele = [a.get("href") for a in liste.iter("a")]
        assert all(redaktion.get(ziel).status_code == 200 for ziel in ziele), (art, ziele)
        assert f"{zeile._meta.verbose_name} danach" in text(liste)
        assert {"verschieben", "verlauf", "loeschen"} <= {ziel.strip("/").rpartition("/")[2] for ziel in ziele}


def test_what_is_needed_elsewhere_says_so_instead_of_going(redaktion, konzept):
    akteur = Massnahme.objects.filter(zustaendigkeiten__isnull=False).first().zustaendigkeiten.first().akteur
    pfad = ort(konzept, "akteure", str(akteur.pk), "loeschen")
    assert "Das geht noch nicht" in text(seite_von(redaktion.get(pfad)))
    assert redaktion.post(pfad).status_code == 409
    assert type(akteur).objects.filter(pk=akteur.pk).exists()


def test_an_earlier_state_is_looked_at_and_brought_back(redaktion, konzept):
    leitlinie = Leitlinie.objects.first()
    pfad = ort(konzept, "leitlinien", str(leitlinie.pk), "bearbeiten")
    redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"titel": "Zweite Fassung"})
    ausgang = Aenderung.objects.filter(anker=f"leitlinie-{leitlinie.pk}").last()
    zurueck = ort(konzept, "leitlinien", str(leitlinie.pk), "verlauf", str(ausgang.pk))
    seite = redaktion.get(zurueck)
    assert leitlinie.titel in text(seite_von(seite))
    redaktion.post(zurueck, eingaben(seite))
    leitlinie.refresh_from_db()
    assert leitlinie.titel == "Leitlinie 1"


@pytest.mark.parametrize("seite", ["gliederung", "papierkorb", "akteure", "verlauf", *IM_KONZEPT])
def test_pages_cost_the_same_for_one_row_and_for_three(seite, client, django_assert_max_num_queries):
    def anfragen(anzahl):
        konzept = mache_konzept(mache_kommune(f"stadt-{anzahl}"))
        mache_fuelle(konzept, anzahl)
        client.force_login(mache_benutzer(konzept.kommune, "leitung"))
        pfad = {
            "gliederung": lambda: f"{adresse(konzept, 'gliederung')}?feld={konzept.handlungsfelder.last().pk}",
            "papierkorb": lambda: adresse(konzept, "papierkorb"),
            "akteure": lambda: ort(konzept, "akteure"),
            "verlauf": lambda: ort(konzept, "abschnitte", str(konzept.abschnitte.first().pk), "verlauf"),
        }.get(seite, lambda: ort(konzept, seite, str(_letztes(konzept, seite).pk), "bearbeiten"))()
        client.get(pfad)
        with django_assert_max_num_queries(60) as gezaehlt:
            assert client.get(pfad).status_code == 200
        return len(gezaehlt)

    assert anfragen(1) == anfragen(3)


def _letztes(konzept, art):
    element = ELEMENTE[art]
    return element.alle().filter(**{element.pfad: konzept}).last()


def test_nothing_here_without_the_right(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    for art in IM_KONZEPT:
        pfad = ort(konzept, art, str(erstes(art).pk), "bearbeiten")
        assert client.get(pfad).status_code == 403
