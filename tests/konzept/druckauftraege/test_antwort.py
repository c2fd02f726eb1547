"""A PDF that takes long: made once for each state of what it shows, while a page says how far it is."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from konzept.beratung.models import Runde
from konzept.druckauftraege import laeufe, vorhaben
from konzept.druckauftraege.models import Ausdruck
from konzept.konten.daten import loesche_konto
from konzept.konten.models import Mitgliedschaft, Protokolleintrag
from tests.fabrik import baum, mache_anmerkung, mache_benutzer, mache_kommune, mache_konzept
from tests.konzept.druckauftraege.conftest import FAELLE

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

HTMX = {"HX-Request": "true"}


def titel(antwort) -> str:
    (knoten,) = baum(antwort).iter("h1")
    return "".join(knoten.itertext())


def nachfrage(antwort) -> str:
    """The address at which the waiting page asks by itself."""
    (knoten,) = (k for k in baum(antwort).iter() if isinstance(k.tag, str) and k.get("hx-get"))
    return knoten.get("hx-get")


def test_it_is_made_once_and_then_served(fall, browser, druckerei):
    for _ in range(3):
        wartend = browser.get(fall.ort)
        assert (wartend.status_code, titel(wartend)) == (202, "Das PDF wird hergestellt")
        assert "no-store" in wartend["Cache-Control"]
    assert len(druckerei.wartend) == 1
    assert druckerei.arbeite() == [True]
    for _ in range(2):
        antwort = browser.get(fall.ort)
        assert (antwort.status_code, antwort.content) == (200, b"%PDF-1")
        assert (antwort["Content-Type"], antwort["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert druckerei.wartend == []
    browser.head(fall.ort)
    ausgegeben = Protokolleintrag.objects.filter(ereignis="ausgabe").values_list("text", "benutzer")
    assert list(ausgegeben) == [(fall.text, fall.konto.pk)] * 2


def test_somebody_else_gets_the_same_print_if_it_would_be_the_same(fall, als, druckerei):
    als(fall.konto).get(fall.ort)
    druckerei.arbeite()
    antwort = als(mache_benutzer(fall.konzept.kommune, "leitung")).get(fall.ort)
    assert (antwort.content, druckerei.gedruckt) == (b"%PDF-1", 1)


def test_what_has_changed_is_printed_anew(fall, browser, druckerei):
    browser.get(fall.ort)
    druckerei.arbeite()
    fall.aendere()
    assert browser.get(fall.ort).status_code == 202
    druckerei.arbeite()
    assert browser.get(fall.ort).content == b"%PDF-2"


def test_what_changes_before_the_process_reads_it_is_printed_as_it_is_then(fall, browser, druckerei):
    browser.get(fall.ort)
    fall.aendere()
    druckerei.arbeite()
    assert browser.get(fall.ort).content == b"%PDF-1"
    assert (druckerei.gedruckt, druckerei.wartend) == (1, [])


def test_a_new_version_of_the_program_prints_anew(fall, browser, druckerei, monkeypatch):
    browser.get(fall.ort)
    druckerei.arbeite()
    monkeypatch.setattr(vorhaben, "programm", lambda: b"neu")
    assert browser.get(fall.ort).status_code == 202


def test_a_failure_is_told_and_tried_again_only_when_asked(fall, browser, druckerei, caplog):
    druckerei.fehler = MemoryError()
    browser.get(fall.ort)
    assert druckerei.arbeite() == [False]
    assert "cannot be made" in caplog.text
    for _ in range(2):
        antwort = browser.get(fall.ort)
        assert (antwort.status_code, titel(antwort)) == (202, "Das PDF konnte nicht hergestellt werden")
    assert druckerei.wartend == []
    (formular,) = (f for f in baum(antwort).iter("form") if "Noch einmal versuchen" in "".join(f.itertext()))
    druckerei.fehler = None
    assert browser.post(formular.get("action")).url == fall.ort
    assert titel(browser.get(fall.ort)) == "Das PDF wird hergestellt"
    druckerei.arbeite()
    assert browser.get(fall.ort).content == b"%PDF-1"


def test_the_page_asks_by_itself_and_comes_anew_once_nobody_is_at_work(fall, browser, druckerei):
    wartend = browser.get(fall.ort)
    frage = nachfrage(wartend)
    unterwegs = browser.get(frage, headers=HTMX)
    assert "In Arbeit seit 0 Sekunden" in unterwegs.content.decode()
    assert "<h1" not in unterwegs.content.decode()
    druckerei.arbeite()
    fertig = browser.get(frage, headers=HTMX)
    assert (fertig["HX-Refresh"], fertig.content) == ("true", b"")
    assert {antwort["Cache-Control"] for antwort in (wartend, unterwegs, fertig)} == {"private, no-store"}


def test_a_forged_question_is_answered_as_if_nobody_were_at_work(als, druckerei):
    fall = FAELLE["konzept"]()
    for frage in ("\x00", "x" * 5000, "\ud800", "%f0"):
        antwort = als(fall.konto).get(fall.ort, {"_wartet_auf": frage.encode(errors="replace")}, headers=HTMX)
        assert antwort["HX-Refresh"] == "true"


def test_a_process_that_was_killed_is_started_again_but_not_for_ever(fall, browser, druckerei, caplog):
    for _ in range(laeufe.VERSUCHE):
        assert titel(browser.get(fall.ort)) == "Das PDF wird hergestellt"
        assert len(druckerei.wartend) == 1
        druckerei.stirb()
    assert titel(browser.get(fall.ort)) == "Das PDF konnte nicht hergestellt werden"
    assert druckerei.wartend == []
    assert "without a result" in caplog.text
    browser.post(fall.ort)
    browser.get(fall.ort)
    assert druckerei.arbeite() == [True]


def test_without_background_it_comes_at_once(fall, browser, druckerei, settings):
    settings.DRUCK_IM_HINTERGRUND = False
    assert [browser.get(fall.ort).content for _ in range(2)] == [b"%PDF-1"] * 2


# Who gets it


def test_a_finished_print_is_for_nobody_else(fall, als, druckerei):
    frage = nachfrage(als(fall.konto).get(fall.ort))
    druckerei.arbeite()
    fremde = [mache_benutzer(), mache_benutzer(mache_kommune("nachbarstadt"), "leitung")]
    drinnen = [mache_benutzer(fall.konzept.kommune, rolle) for rolle in ("gremium", "verwaltung")]
    for konto in fremde + drinnen:
        client = als(konto)
        assert [client.get(ort, headers=HTMX).status_code for ort in (fall.ort, frage)] == [404, 404]
        assert client.post(fall.ort).status_code == 404


def test_the_name_of_a_print_of_another_kommune_opens_nothing(druckerei, als):
    fall = FAELLE["konzept"]()
    als(fall.konto).get(fall.ort)
    fremdes = mache_konzept(mache_kommune("nachbarstadt"))
    fremdes.ausdrucke.create(schluessel=druckerei.wartend[0].kennung, datei=b"%PDF-fremd")
    assert als(fall.konto).get(fall.ort).status_code == 202


@pytest.mark.parametrize("name", ["synopse", "abwaegung"])
def test_who_loses_the_right_meanwhile_has_nothing_printed(name, als, druckerei):
    """What these show depends on who asks, so that the process asks once more whether they may."""
    fall = FAELLE[name]()
    als(fall.konto).get(fall.ort)
    Mitgliedschaft.objects.filter(benutzer=fall.konto).delete()
    assert druckerei.arbeite() == [False]
    assert not Ausdruck.objects.exists()


def test_who_reads_less_of_a_runde_gets_a_table_of_less(als, druckerei):
    """In an internal Runde the administration reads only what it typed in from paper itself."""
    fall = FAELLE["abwaegung"]()
    Runde.objects.update(sichtbarkeit="intern")
    leitung = mache_benutzer(fall.konzept.kommune, "leitung")
    mache_anmerkung(Runde.objects.get(), leitung, papier_von="Frau Yilmaz")
    inhalte = []
    for konto in (fall.konto, leitung):
        als(konto).get(fall.ort)
        druckerei.arbeite()
        inhalte.append(als(konto).get(fall.ort).content)
    assert inhalte == [b"%PDF-1", b"%PDF-2"]


def test_prints_go_after_three_days(druckerei):
    k = FAELLE["konzept"]().konzept
    for tage in (2, 4):
        vor = timezone.now() - timedelta(days=tage)
        k.ausdrucke.create(schluessel=str(tage), datei=b"%PDF", erstellt_am=vor)
    call_command("aufraeumen")
    assert [a.schluessel for a in k.ausdrucke.all()] == ["2"]


def test_prints_go_when_an_account_is_erased(druckerei):
    """They may name it."""
    k = FAELLE["konzept"]().konzept
    k.ausdrucke.create(schluessel="a", datei=b"%PDF")
    loesche_konto(mache_benutzer(k.kommune, "gremium"))
    assert not k.ausdrucke.exists()


def test_nobody_learns_here_whether_other_jobs_are_under_way(fall, browser, druckerei):
    """Jobs of a Fassung have names that can be guessed; the page answers as if nobody was at work."""
    laeufe.beauftrage(laeufe.Auftrag("fassung-7", "fassung", ("7",)), laeufe.fuer_konto(fall.konto))
    assert laeufe.laeufe("fassung-7")[0].seit
    trenner = "&" if "?" in fall.ort else "?"
    antwort = browser.get(f"{fall.ort}{trenner}_wartet_auf=fassung-7", headers=HTMX)
    assert antwort.headers.get("HX-Refresh") == "true"
