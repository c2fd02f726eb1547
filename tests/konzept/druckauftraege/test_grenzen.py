"""Prints are bounded: only what there is becomes a job, and only so many jobs wait or run at once."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection

from konzept import grenzen
from konzept.druckauftraege import laeufe
from konzept.druckauftraege.laeufe import ALLE, EIGENE, OEFFENTLICH, Auftrag
from konzept.fassungen.regeln import festschreiben, veroeffentliche
from tests.fabrik import adresse, baum, mache_abschnitt, mache_benutzer, mache_konzept, nach_id, text
from tests.konzept.druckauftraege.conftest import FAELLE

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
    assert browser.get(f"{fall.ort}&kapitel=abschnitt-{abschnitt.pk}").status_code == 202
    assert browser.get(f"{fall.ort}&kapitel=titelseite").status_code == 202


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
    assert {antwort.status_code for antwort in erste} == {202}
    assert (letzte.status_code, letzte["Retry-After"]) == (429, "30")
    assert "no-store" in letzte["Cache-Control"]
    seite = text(baum(letzte))
    assert ZU_VIELE_EIGENE in seite
    assert "Noch einmal versuchen" in seite
    assert len(druckerei.wartend) == grenzen.DRUCKE_JE_KONTO
    druckerei.arbeite()
    fall.aendere()
    assert browser.get(fall.ort).status_code == 202
    druckerei.arbeite()
    assert browser.get(fall.ort).content.startswith(b"%PDF")


def test_nobody_else_waits_for_that(als, druckerei):
    fall = FAELLE["konzept"]()
    drucke_verschiedenes(als(fall.konto), fall, grenzen.DRUCKE_JE_KONTO + 1)
    andere = als(mache_benutzer(fall.konzept.kommune, "redaktion"))
    assert andere.get(fall.ort).status_code == 202


def test_in_all_there_are_only_so_many(als, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 5)
    fall = FAELLE["konzept"]()
    konten = [als(mache_benutzer(fall.konzept.kommune, "lesen")) for _ in range(4)]
    stati = [antwort.status_code for browser in konten for antwort in drucke_verschiedenes(browser, fall, 2)]
    assert stati == [202] * 5 + [503] * 3
    assert len(druckerei.wartend) == 5
    antwort = konten[-1].get(fall.ort)
    assert ZU_VIELE in text(baum(antwort))
    assert antwort["Retry-After"] == "30"
    druckerei.arbeite()
    fall.aendere()
    assert konten[-1].get(fall.ort).status_code == 202


def test_who_is_refused_takes_no_place(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
    assert {antwort.status_code for antwort in drucke_verschiedenes(browser, fall, 5)} == {503}
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 12)
    stati = [antwort.status_code for antwort in drucke_verschiedenes(browser, fall, 3)]
    assert stati == [202] * 3


def test_who_waits_for_what_is_under_way_takes_no_place(als, druckerei):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    for _ in range(10):
        assert browser.get(fall.ort).status_code == 202
    assert [a.status_code for a in drucke_verschiedenes(browser, fall, grenzen.DRUCKE_JE_KONTO - 1)] == [202] * 2


def test_a_finished_print_is_handed_out_however_many_are_under_way(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    browser.get(fall.ort)
    druckerei.arbeite()
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
    assert browser.get(fall.ort).status_code == 200


def test_the_place_of_a_process_that_was_killed_is_free_once_nobody_hears_from_it(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    with monkeypatch.context() as spaeter:
        spaeter.setattr(laeufe, "ANLAUF", -1)  # runs out at once
        drucke_verschiedenes(browser, fall, grenzen.DRUCKE_JE_KONTO)
    assert browser.get(fall.ort).status_code == 202


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_start_only_so_many(druckerei):
    voll = []

    def beauftrage(nummer):
        voll.append(laeufe.beauftrage(Auftrag(f"probe-{nummer}", "probe", ()), "konto-1"))
        connection.close()

    faeden = [threading.Thread(target=beauftrage, args=[nummer]) for nummer in range(10)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert len(druckerei.wartend) == grenzen.DRUCKE_JE_KONTO
    assert sorted(voll) == [""] * 3 + [EIGENE] * 7


# A Fassung


@pytest.fixture
def fassung(druckerei):
    k = mache_konzept()
    mache_abschnitt(k, "Einführung", text="Ein Absatz.")
    f = festschreiben(konzept=k, art="beschluss", konto=None)
    veroeffentliche(fassung=f, konto=mache_benutzer(k.kommune, "leitung"))
    return f


def test_the_page_of_a_fassung_says_that_its_pdfs_wait_and_asks_again(fassung, als, druckerei, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 0)
    # As outside of a test, where nothing surrounds the request.
    monkeypatch.setattr("konzept.fassungen.ausgaben.transaction.on_commit", lambda tue: tue())
    ort = adresse(fassung.konzept, "fassungen", "1")
    browser = als(mache_benutzer(fassung.konzept.kommune, "lesen"))
    seite = baum(browser.get(ort))
    dateien = nach_id(seite, "ausgaben")
    assert ZU_VIELE in text(dateien)
    assert text(dateien).count("wartet") == 2
    assert dateien.get("hx-get")
    antwort = browser.get(f"{ort}druck.pdf")
    assert (antwort.status_code, antwort["Retry-After"]) == (503, "30")
    assert ZU_VIELE in text(baum(antwort))
    assert druckerei.wartend == []
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 12)
    assert text(nach_id(baum(browser.get(dateien.get("hx-get"), headers={"HX-Request": "true"})), "ausgaben")).count(
        "wird hergestellt"
    )
    assert len(druckerei.wartend) == 1


def test_everybody_who_is_not_signed_in_counts_as_one(fassung, client, druckerei, monkeypatch):
    monkeypatch.setattr("konzept.fassungen.ausgaben.transaction.on_commit", lambda tue: tue())
    for nummer in range(grenzen.DRUCKE_OEFFENTLICH):
        assert laeufe.beauftrage(Auftrag(f"andere-{nummer}", "probe", ()), OEFFENTLICH) == ""
    k = fassung.konzept
    antwort = client.get(f"/oeffentlich/{k.kommune.slug}/{k.slug}/fassung-1/druck.pdf")
    assert (antwort.status_code, antwort["Retry-After"]) == (503, "30")
    assert ZU_VIELE in text(baum(antwort))
    assert "Sie können die Fassung hier auf den Seiten lesen" in text(baum(antwort))
    assert not antwort.cookies
    assert "Cookie" not in antwort.get("Vary", "")
    assert laeufe.beauftrage(Auftrag("eigener", "probe", ()), "konto-1") == ""
    assert laeufe.beauftrage(Auftrag("noch-einer", "probe", ()), OEFFENTLICH) == ALLE


def test_looking_at_pages_starts_nothing(fassung, als, druckerei):
    k = fassung.konzept
    browser = als(mache_benutzer(k.kommune, "redaktion"))
    for teile in ((), ("gesamt",), ("fassungen",), ("fassungen", "1", "gesamt"), ("vergleich",), ("vorlagen",)):
        assert browser.get(adresse(k, *teile)).status_code == 200
    assert druckerei.wartend == []
    assert not cache.get("druck-belegt-alle-0")
