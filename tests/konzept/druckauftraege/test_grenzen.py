"""Prints are bounded: only what there is becomes a job, and only so many jobs wait or run at once."""

import pytest

from konzept import grenzen
from konzept.druckauftraege.auftraege import Voll, Wunsch, beauftrage, lege_an
from konzept.druckauftraege.models import Druckauftrag, Wartender
from konzept.fassungen.vorgaenge import veroeffentliche
from konzept.hintergrund import pacht
from konzept.hintergrund.arten import art
from tests.fabrik import (
    adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_kommune,
    mache_konzept,
    nach_id,
    seite_von,
    text,
)
from tests.konzept.druckauftraege.conftest import FAELLE
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ZU_VIELE_EIGENE = "Für Sie werden gerade schon so viele PDFs hergestellt"
ZU_VIELE = "Hier werden gerade sehr viele PDFs hergestellt"


def drucke_verschiedenes(client, fall, anzahl: int) -> list:
    """Answers to as many prints, of which no two are the same."""
    antworten = []
    for nummer in range(anzahl):
        fall.konzept.abschnitte.update(text=f"Stand {nummer} für {client.session['_auth_user_id']}.")
        antworten.append(client.get(fall.ort))
    return antworten


# What is a job


def test_a_chapter_that_is_not_there_is_not_found_and_nothing_is_started(als, druckerei):
    fall = FAELLE["synopse"]()
    browser = als(fall.konto)
    for nummer in range(14):
        assert browser.get(f"{fall.ort}&kapitel=beliebig-{nummer}").status_code == 404
    assert druckerei.wartend == []
    abschnitt = fall.konzept.abschnitte.get()
    assert browser.get(f"{fall.ort}&kapitel=abschnitt-{abschnitt.pk}").status_code == 302
    assert browser.get(f"{fall.ort}&kapitel=titelseite").status_code == 302


def test_what_an_address_says_beside_makes_no_other_print(fall, browser, druckerei):
    zeichen = "&" if "?" in fall.ort else "?"
    for zusatz in ("", "x=1", "x=2&y=3", "art=anders", "_=17", "seite=4"):
        browser.get(f"{fall.ort}{zeichen}{zusatz}")
    assert len(druckerei.wartend) == 1


def test_order_and_repetition_make_no_other_synopse(als, druckerei):
    fall = FAELLE["synopse"]()
    browser, ort = als(fall.konto), fall.ort.partition("?")[0]
    for frage in (
        "alt=1&neu=stand&wandel=neu&wandel=entfallen",
        "wandel=entfallen&neu=stand&wandel=neu&alt=1",
        "alt=9&alt=1&neu=stand&wandel=neu&wandel=neu&wandel=entfallen&wandel=nichts",
    ):
        browser.get(f"{ort}?{frage}")
    assert len(druckerei.wartend) == 1
    alle = "&".join(f"wandel={art}" for art in ("neu", "geaendert", "verschoben", "umnummeriert", "entfallen"))
    for frage in ("alt=1&neu=stand", f"alt=1&neu=stand&{alle}"):
        browser.get(f"{ort}?{frage}")
    assert len(druckerei.wartend) == 2


# How many


def test_one_account_has_only_so_many_under_way(als, druckerei):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    *erste, letzte = drucke_verschiedenes(browser, fall, grenzen.DRUCKE_JE_KONTO + 1)
    assert {antwort.status_code for antwort in erste} == {302}
    assert (letzte.status_code, letzte["Retry-After"]) == (429, "30")
    assert "no-store" in letzte["Cache-Control"]
    seite = seite_von(letzte)
    assert ZU_VIELE_EIGENE in text(seite)
    assert "Noch einmal versuchen" in text(seite)
    verweise = [a.get("href") for a in seite.iter("a") if "auftrag=" in a.get("href", "")]
    assert verweise == [antwort.url for antwort in erste]
    assert {browser.get(ort).status_code for ort in verweise} == {202}
    assert len(druckerei.wartend) == grenzen.DRUCKE_JE_KONTO
    druckerei.arbeite()
    fall.aendere()
    assert browser.get(fall.ort).status_code == 302
    druckerei.arbeite()
    assert browser.get(fall.ort).content.startswith(b"%PDF")


def test_one_that_runs_counts_as_one_that_waits(als, druckerei):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    drucke_verschiedenes(browser, fall, grenzen.DRUCKE_JE_KONTO)
    druckerei.beginne()
    fall.aendere()
    assert browser.get(fall.ort).status_code == 429


def test_leaving_one_makes_room(als, druckerei):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    erste, *_ = drucke_verschiedenes(browser, fall, grenzen.DRUCKE_JE_KONTO)
    browser.post(erste.url, {"_beenden": "1"})
    fall.aendere()
    assert browser.get(fall.ort).status_code == 302


def test_nobody_else_waits_for_that(als, druckerei):
    fall = FAELLE["konzept"]()
    drucke_verschiedenes(als(fall.konto), fall, grenzen.DRUCKE_JE_KONTO + 1)
    andere = mache_benutzer(fall.konzept.kommune, "redaktion")
    assert als(andere).get(fall.ort).status_code == 302
    # Of the first account one is in print, so that the next is that of the other.
    assert [druckerei.beginne()[0].wartende.get().konto for _ in range(2)] == [fall.konto, andere]


def test_nobody_is_pushed_back_by_who_joins_them(als, druckerei):
    """Somebody with a print under way asks for the same as another."""
    fall = FAELLE["konzept"]()
    viel = als(fall.konto)
    drucke_verschiedenes(viel, fall, 2)
    druckerei.beginne()
    fall.aendere()
    erster = mache_benutzer(fall.konzept.kommune, "redaktion")
    gemeinsamer = als(erster).get(fall.ort).url
    viel.get(fall.ort)
    (genommen,) = druckerei.beginne()
    assert gemeinsamer.endswith(f"={genommen.pk}")


def test_a_kommune_has_only_so_many_and_no_other_is_kept_off(als, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_JE_KOMMUNE", 5)
    fall = FAELLE["konzept"]()
    konten = [als(mache_benutzer(fall.konzept.kommune, "lesen")) for _ in range(4)]
    stati = [antwort.status_code for browser in konten for antwort in drucke_verschiedenes(browser, fall, 2)]
    assert stati == [302] * 5 + [503] * 3
    assert len(druckerei.wartend) == 5
    antwort = konten[-1].get(fall.ort)
    assert ZU_VIELE in text(seite_von(antwort))
    assert antwort["Retry-After"] == "30"
    anderswo = mache_konzept(mache_kommune("nachbarstadt"))
    leser = als(mache_benutzer(anderswo.kommune, "lesen"))
    assert leser.get(adresse(anderswo, "druck.pdf")[:-1]).status_code == 302
    druckerei.arbeite()
    fall.aendere()
    assert konten[-1].get(fall.ort).status_code == 302


def test_in_all_there_are_only_so_many(als, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 1)
    fall = FAELLE["konzept"]()
    anderswo = mache_konzept(mache_kommune("nachbarstadt"))
    leser = als(mache_benutzer(anderswo.kommune, "lesen"))
    assert leser.get(adresse(anderswo, "druck.pdf")[:-1]).status_code == 302
    assert als(fall.konto).get(fall.ort).status_code == 503


def test_who_is_refused_takes_no_place(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    with monkeypatch.context() as voll:
        voll.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
        assert {antwort.status_code for antwort in drucke_verschiedenes(browser, fall, 5)} == {503}
    stati = [antwort.status_code for antwort in drucke_verschiedenes(browser, fall, 3)]
    assert stati == [302] * 3


def test_who_waits_for_what_is_under_way_takes_no_place_of_all(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    monkeypatch.setattr(grenzen, "DRUCKE_JE_KOMMUNE", 1)
    for konto in [fall.konto] * 10 + [mache_benutzer(fall.konzept.kommune, "redaktion")]:
        assert als(konto).get(fall.ort).status_code == 302
    assert (len(druckerei.wartend), Wartender.objects.count()) == (1, 2)


def test_a_finished_print_is_handed_out_however_many_are_under_way(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    browser.get(fall.ort)
    druckerei.arbeite()
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
    assert browser.get(fall.ort).status_code == 200


def test_the_place_of_a_worker_that_was_killed_stays_with_the_job(als, druckerei):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    drucke_verschiedenes(browser, fall, grenzen.DRUCKE_JE_KONTO)
    druckerei.stirb()
    fall.aendere()
    assert browser.get(fall.ort).status_code == 429
    assert druckerei.arbeite() == ["fertig"] * grenzen.DRUCKE_JE_KONTO


def wunsch(konzept, nummer: int) -> Wunsch:
    return Wunsch(konzept, "konzept", f"{nummer}".encode(), "konzept")


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_start_only_so_many(druckerei):
    konzept = mache_konzept()
    konto = mache_benutzer(konzept.kommune, "lesen")
    ergebnisse = gleichzeitig(*[lambda n=n: beauftrage(wunsch(konzept, n), konto) for n in range(10)])
    assert ergebnisse.count(Voll.EIGENE) == 10 - grenzen.DRUCKE_JE_KONTO
    assert len(druckerei.wartend) == grenzen.DRUCKE_JE_KONTO


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_for_the_same_at_the_same_moment_get_one_job(druckerei):
    konzept = mache_konzept()
    konten = [mache_benutzer(konzept.kommune, "lesen") for _ in range(10)]
    ergebnisse = gleichzeitig(*[lambda k=k: beauftrage(wunsch(konzept, 1), k) for k in konten * 2])
    assert {auftrag.pk for auftrag in ergebnisse} == {druckerei.wartend[0].pk}
    assert (Druckauftrag.objects.count(), Wartender.objects.count()) == (1, 10)


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_share_what_waits(druckerei):
    konzept = mache_konzept()
    for nummer in range(8):
        lege_an(wunsch(konzept, nummer), f"{nummer}")
    genommen = gleichzeitig(*[lambda: [pacht.nimm(art("druck"), "rechner") for _ in range(2)]] * 4)
    pks = [auftrag.pk for folge in genommen for stapel in folge for auftrag in stapel]
    assert sorted(pks) == [auftrag.pk for auftrag in Druckauftrag.objects.order_by("pk")]


# A Fassung


@pytest.fixture
def fassung(druckerei):
    k = mache_konzept()
    mache_abschnitt(k, "Einführung", text="Ein Absatz.")
    f = mache_beschlussfassung(k)
    veroeffentliche(fassung=f, konto=mache_benutzer(k.kommune, "leitung"))
    return f


def test_the_page_of_a_fassung_says_that_its_pdfs_wait_and_asks_again(fassung, als, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
    ort = adresse(fassung.konzept, "fassungen", "1")
    browser = als(mache_benutzer(fassung.konzept.kommune, "lesen"))
    seite = seite_von(browser.get(ort))
    dateien = nach_id(seite, "ausgaben")
    assert ZU_VIELE in text(dateien)
    assert text(dateien).count("wartet") == 2
    assert dateien.get("hx-get")
    antwort = browser.get(f"{ort}druck.pdf")
    assert (antwort.status_code, antwort["Retry-After"]) == (503, "30")
    assert ZU_VIELE in text(seite_von(antwort))
    assert druckerei.wartend == []
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 12)
    dateien = nach_id(seite_von(browser.get(dateien.get("hx-get"), headers={"HX-Request": "true"})), "ausgaben")
    assert text(dateien).count("wird hergestellt") == 2
    assert len(druckerei.wartend) == 2


def test_freezing_asks_for_both_however_many_are_under_way(als, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
    monkeypatch.setattr("konzept.fassungen.ausgaben.bindung.seitenzahl", lambda pdf: 1)
    konzept = FAELLE["konzept"]().konzept
    browser = als(mache_benutzer(konzept.kommune, "leitung"))
    antwort = browser.post(adresse(konzept, "fassungen", "neu"), {"art": "entwurf", "notiz": "", "_nummer": "1"})
    assert antwort.status_code == 302
    assert [auftrag.gegenstand[-5:] for auftrag in druckerei.wartend] == ["druck", "mmern"]
    assert druckerei.arbeite() == ["fertig"] * 2


def test_a_visitor_who_is_not_signed_in_takes_the_last_place_and_no_more(fassung, client, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_JE_KOMMUNE", 1)
    lege_an(wunsch(fassung.konzept, 1), "eins")
    k = fassung.konzept
    antwort = client.get(f"/oeffentlich/{k.kommune.slug}/{k.slug}/fassung-1/druck.pdf")
    assert (antwort.status_code, antwort["Retry-After"]) == (503, "30")
    assert ZU_VIELE in text(seite_von(antwort))
    assert "Sie können die Fassung hier auf den Seiten lesen" in text(seite_von(antwort))
    assert not antwort.cookies
    assert "Cookie" not in antwort.get("Vary", "")


def test_looking_at_pages_starts_nothing(fassung, als, druckerei):
    k = fassung.konzept
    browser = als(mache_benutzer(k.kommune, "redaktion"))
    for teile in ((), ("gesamt",), ("fassungen",), ("fassungen", "1", "gesamt"), ("vergleich",), ("vorlagen",)):
        assert browser.get(adresse(k, *teile)).status_code == 200
    assert druckerei.wartend == []
