"""Prints that are made before anybody asks for them."""

import os
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from konzept import grenzen
from konzept.druckauftraege import arbeitsstand, aufraeumen, auftraege, vorab, vormerken
from konzept.druckauftraege.arbeitsstand import nimm_auf
from konzept.druckauftraege.auftraege import Voll, Wunsch, beauftrage, lege_vorab_an, platz, verlasse
from konzept.druckauftraege.models import Druckauftrag, Vormerkung
from konzept.hintergrund import arten, pacht, zustand
from konzept.hintergrund.lauf import arbeite_ab
from konzept.hintergrund.models import Status
from konzept.models import Konzept
from tests.dienst import dienst, warte
from tests.fabrik import adresse, mache_abschnitt, mache_benutzer, mache_konzept
from tests.konzept.druckauftraege.conftest import FAELLE

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

DRUCK, VORMERKUNG, VORABDRUCK = (arten.art(name) for name in ("druck", "vorab", "vorabdruck"))


@pytest.fixture
def fall(druckerei):
    return FAELLE["konzept"]()


@pytest.fixture
def konzept(fall) -> Konzept:
    return fall.konzept


@pytest.fixture
def browser(als, fall):
    return als(fall.konto)


def merke_vor(konzept: Konzept) -> None:
    """As if it had been changed a while ago."""
    vormerken._gemerkt.konzepte.add(konzept.pk)
    vormerken._schreibe_gemerktes()
    Vormerkung.objects.update(ab=now() - timedelta(seconds=1))


def drucke_vorab(konzept: Konzept) -> Druckauftrag:
    """It was changed, and has rested; what was made of that."""
    merke_vor(konzept)
    assert arbeite_ab(VORMERKUNG, VORABDRUCK) >= 1
    return konzept.druckauftraege.vorab().latest("pk")


def beginne(art=VORABDRUCK) -> Druckauftrag:
    (auftrag,) = pacht.nimm(art, "rechner-1")
    return auftrag


def stelle(konzept: Konzept, text: str) -> None:
    konzept.abschnitte.update(text=text)


# What is made


def test_once_it_rests_its_print_is_there_and_who_clicks_gets_it_at_once(konzept, fall, browser, druckerei):
    auftrag = drucke_vorab(konzept)
    assert (auftrag.status, bytes(auftrag.datei), auftrag.wartende.count()) == ("fertig", b"%PDF-1", 0)
    assert not Vormerkung.objects.exists()
    antwort = browser.get(fall.ort)
    assert (antwort.status_code, antwort.content) == (200, b"%PDF-1")
    auftrag.refresh_from_db()
    assert (auftrag.prio, auftrag.wartende.get().konto) == (0, fall.konto)
    assert (auftrag.titel, auftrag.ort) == (fall.text, fall.ort)
    assert (druckerei.gedruckt, Druckauftrag.objects.count()) == (1, 1)


def test_what_is_there_or_under_way_is_not_made_again(konzept, fall, browser, druckerei):
    browser.get(fall.ort)
    for _ in range(2):
        merke_vor(konzept)
        arbeite_ab(VORMERKUNG)
        assert Druckauftrag.objects.count() == 1
        druckerei.arbeite()
    drucke = drucke_vorab
    stelle(konzept, "Neu.")
    assert drucke(konzept) == drucke(konzept)
    assert druckerei.gedruckt == 2


def test_what_is_changed_while_it_is_read_is_printed_after_a_rest_of_its_own(konzept, monkeypatch):
    def lies_und_aendere(k):
        aufnahme = nimm_auf(k)
        stelle(konzept, "Dazwischen.")
        vormerken._gemerkt.konzepte.add(konzept.pk)
        vormerken._schreibe_gemerktes()
        return aufnahme

    with monkeypatch.context() as stelle_ein:
        stelle_ein.setattr(arbeitsstand, "nimm_auf", lies_und_aendere)
        drucke_vorab(konzept)
    zeile = Vormerkung.objects.get()
    assert (zeile.status, zeile.pacht, zeile.versuche) == ("wartet", None, 0)
    assert zeile.ab > pacht.jetzt()
    assert zeile.spaetestens - zeile.ab > vormerken.HOECHSTENS - vormerken.RUHE - timedelta(seconds=5)
    Vormerkung.objects.update(ab=now() - timedelta(seconds=1))
    arbeite_ab(VORMERKUNG, VORABDRUCK)
    assert not Vormerkung.objects.exists()
    assert konzept.druckauftraege.count() == 1  # the later one, in place of the earlier
    assert beauftrage(_wunsch(konzept), mache_benutzer(konzept.kommune, "lesen")).status == Status.FERTIG


@pytest.mark.parametrize("laeuft", [False, True])
def test_a_later_state_takes_the_place_of_one_that_is_not_printed_yet(laeuft, konzept):
    merke_vor(konzept)
    arbeite_ab(VORMERKUNG)
    frueher = beginne() if laeuft else Druckauftrag.objects.get()
    stelle(konzept, "Neu.")
    merke_vor(konzept)
    arbeite_ab(VORMERKUNG)
    spaeter = Druckauftrag.objects.get()
    assert (spaeter.status, spaeter.pk != frueher.pk) == ("wartet", True)
    assert not pacht.schreibe(frueher, status="fertig")


def test_only_one_at_a_time_and_after_all_that_somebody_waits_for():
    assert (VORABDRUCK.plaetze, VORMERKUNG.plaetze) == (1, 1)
    assert VORABDRUCK.leise
    assert VORMERKUNG.leise
    assert not any(art.leise for art in arten.arten() if art not in (VORABDRUCK, VORMERKUNG))


def test_the_two_kinds_do_not_take_each_others(konzept, fall, browser):
    merke_vor(konzept)
    arbeite_ab(VORMERKUNG)
    assert pacht.nimm(DRUCK, "rechner-1") == []
    stelle(konzept, "Neu.")
    browser.get(fall.ort)
    assert beginne().ist_vorab
    assert pacht.nimm(VORABDRUCK, "rechner-1") == []
    assert not beginne(DRUCK).ist_vorab


# Who asks meanwhile


def _wunsch(konzept: Konzept) -> Wunsch:
    aufnahme = nimm_auf(konzept)
    return Wunsch(konzept, aufnahme.ART, aufnahme.als_bytes(), arbeitsstand.GEGENSTAND)


@pytest.fixture
def wartet(konzept) -> Druckauftrag:
    """One that is to be made ahead."""
    lege_vorab_an(_wunsch(konzept))
    return Druckauftrag.objects.get()


def test_who_asks_for_one_that_waits_makes_it_an_ordinary_one(konzept, fall, wartet):
    auftrag = beauftrage(_wunsch(konzept), fall.konto)
    assert (auftrag.pk, auftrag.prio, platz(auftrag)) == (wartet.pk, 0, 1)
    assert pacht.nimm(VORABDRUCK, "rechner-1") == []
    assert beginne(DRUCK) == auftrag


def test_who_asks_for_one_that_runs_waits_for_it_where_there_is_time(konzept, fall, wartet):
    laeuft = beginne()
    auftrag = beauftrage(_wunsch(konzept), fall.konto)
    assert (auftrag.pk, auftrag.status, auftrag.prio, auftrag.pacht) == (wartet.pk, "laeuft", 0, laeuft.pacht)
    assert pacht.erneuere(VORABDRUCK, laeuft.pacht) == 1
    assert pacht.beende(laeuft, Status.FERTIG)


def test_beside_other_prints_it_would_starve_and_begins_anew(konzept, fall, wartet):
    laeuft = beginne()
    anderer = mache_konzept(konzept.kommune, "anderes")
    beauftrage(_wunsch(anderer), fall.konto)
    beginne(DRUCK)
    auftrag = beauftrage(_wunsch(konzept), fall.konto)
    assert (auftrag.pk, auftrag.status, auftrag.versuche) == (wartet.pk, "wartet", 0)
    assert pacht.erneuere(VORABDRUCK, laeuft.pacht) == 0
    assert beginne(DRUCK) == auftrag


def test_who_leaves_it_ends_it_as_any_other(konzept, fall, wartet):
    verlasse(beauftrage(_wunsch(konzept), fall.konto), fall.konto)
    wartet.refresh_from_db()
    assert wartet.status == "abgebrochen"


# Bounds


def test_it_takes_nobodys_place(konzept, fall, wartet, monkeypatch):
    monkeypatch.setattr(grenzen, "DRUCKE_JE_KOMMUNE", 1)
    monkeypatch.setattr(grenzen, "DRUCKE_INSGESAMT", 1)
    assert not auftraege.ist_voll(konzept)
    anderes = mache_konzept(konzept.kommune, "anderes")
    gewuenscht = beauftrage(_wunsch(anderes), fall.konto)
    assert platz(gewuenscht) == 1
    assert beauftrage(_wunsch(konzept), fall.konto) == Voll.ALLE
    wartet.refresh_from_db()
    assert (wartet.prio, wartet.wartende.count()) == (-1, 0)


def test_nothing_that_somebody_asked_for_goes_because_of_it(konzept, fall, monkeypatch):
    monkeypatch.setattr(aufraeumen, "DRUCKE_AUFBEWAHRT", 1)
    beauftrage(_wunsch(konzept), fall.konto)
    arbeite_ab(DRUCK)
    anderes = mache_konzept(konzept.kommune, "anderes")
    mache_abschnitt(anderes, text="x")
    for stand in ("Neu.", "Neuer."):
        for k in (konzept, anderes):
            stelle(k, stand)
            drucke_vorab(k)
    gewuenscht, *gemacht = Druckauftrag.objects.order_by("-prio", "konzept_id")
    assert (gewuenscht.prio, [auftrag.konzept for auftrag in gemacht]) == (0, [konzept, anderes])
    assert beauftrage(_wunsch(konzept), fall.konto) == gemacht[0]  # it is the newer state


# What fails


def test_a_failure_is_logged_once_and_told_nobody(konzept, fall, browser, druckerei, caplog):
    druckerei.fehler = ZeroDivisionError()
    for _ in range(3):
        merke_vor(konzept)
        arbeite_ab(VORMERKUNG, VORABDRUCK)
    assert Druckauftrag.objects.get().status == "gescheitert"
    assert caplog.text.count("cannot be done") == 1
    druckerei.fehler = None
    assert browser.get(fall.ort, follow=True).status_code == 202
    druckerei.arbeite()
    assert browser.get(fall.ort).content == b"%PDF-1"


def test_a_concept_that_cannot_be_read_is_logged_and_no_more(konzept, monkeypatch, caplog):
    def scheitere(_):
        raise ZeroDivisionError

    monkeypatch.setattr(arbeitsstand, "nimm_auf", scheitere)
    merke_vor(konzept)
    arbeite_ab(VORMERKUNG)
    assert "cannot be" in caplog.text
    assert not Vormerkung.objects.exists()
    assert not Druckauftrag.objects.exists()


def test_a_concept_whose_reading_is_killed_each_time_is_given_up(konzept, caplog):
    merke_vor(konzept)
    for _ in range(vorab.VERSUCHE):
        assert beginne(VORMERKUNG)
        Vormerkung.objects.update(pacht_bis=now() - timedelta(seconds=1))
        pacht.raeume_abgelaufene()
        Vormerkung.objects.update(ab=now() - timedelta(seconds=1))
    arbeite_ab(VORMERKUNG)
    assert "ended the process each time" in caplog.text
    assert not Vormerkung.objects.exists()
    assert not Druckauftrag.objects.exists()


def test_nobody_is_alarmed(konzept, druckerei, capsys):
    druckerei.fehler = ZeroDivisionError()
    for stand in ("a", "b", "c", "d"):
        stelle(konzept, stand)
        merke_vor(konzept)
        arbeite_ab(VORMERKUNG, VORABDRUCK)
    stelle(konzept, "e")
    merke_vor(konzept)
    arbeite_ab(VORMERKUNG)
    merke_vor(konzept)
    vor_langem = now() - timedelta(hours=3)
    for modell in (Vormerkung, Druckauftrag):
        modell.objects.filter(status="wartet").update(ab=vor_langem, angelegt_am=vor_langem)
    schlangen = {schlange.art: schlange for schlange in zustand.lies().schlangen}
    assert (schlangen["druck"].wartet, schlangen["druck"].gescheitert) == (0, 0)
    assert (schlangen["vorab"].wartet, schlangen["vorabdruck"].wartet, schlangen["vorabdruck"].gescheitert) == (1, 1, 4)
    assert all(schlange.gut for schlange in schlangen.values())
    call_command("auftraege")
    assert "vorabdruck: 1 warten" in capsys.readouterr().out


# With the worker


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it_quietly(settings, tmp_path, monkeypatch, client):
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Ein Absatz.")
    konto = mache_benutzer(konzept.kommune, "leitung")
    client.force_login(konto)
    settings.DRUCK_IM_HINTERGRUND = True
    monkeypatch.setattr(vormerken, "RUHE", timedelta(seconds=0.5))
    monkeypatch.setenv("KONZEPTWERK_VORAB", "1")
    with dienst(tmp_path, programm=("manage.py", "arbeite")) as d:
        vormerken.merke_vor(konzepte=[konzept.pk])
        laeuft = warte(lambda: {_nettigkeit(pid) for pid in d.nachkommen()} - {None})
        assert laeuft == {19}
        warte(lambda: _draengle(d.nachkommen()) or Druckauftrag.objects.filter(status="fertig").exists(), 60)
        assert not Vormerkung.objects.exists()
    antwort = client.get(adresse(konzept, "druck.pdf")[:-1])
    assert (antwort.status_code, antwort.content[:5]) == (200, b"%PDF-")
    assert Druckauftrag.objects.count() == 1


def _draengle(pids: set[int]) -> None:
    """On a machine that other tests keep busy, what is so quiet would not come to its end; only root may hurry it."""
    for pid in pids:
        with suppress(PermissionError, ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, pid, 0)


def _nettigkeit(pid: int) -> int | None:
    """How nice a process is; None where it has ended."""
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return None
