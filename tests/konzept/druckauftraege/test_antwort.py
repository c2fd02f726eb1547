"""A PDF that takes long: made once for each state of what it shows, of the moment at which it was asked for, while a
page says how far it is."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from konzept.beratung.models import Runde
from konzept.dokument.maengel import Mangel, Unvollstaendig
from konzept.druckauftraege import aufnahme, auftraege
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen.ausgaben import stosse_an
from konzept.hintergrund.arten import art
from konzept.hintergrund.models import Arbeiter
from konzept.konten.daten import loesche_konto
from konzept.konten.models import Mitgliedschaft, Protokolleintrag
from konzept.satz.setzen import TeilUnsetzbar
from tests.fabrik import (
    adresse,
    mache_anmerkung,
    mache_benutzer,
    mache_kommune,
    mache_konzept,
    mache_vorlage,
    seite_von,
    text,
)
from tests.konzept.druckauftraege.conftest import FAELLE

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

HTMX = {"HX-Request": "true"}
WO_AUFGENOMMEN_WIRD = (
    "konzept.views.nimm_auf",
    "konzept.vorlagen.views.nimm_auf",
    "konzept.fassungen.vergleich.views.nimm_auf",
    "konzept.beratung.abwaegungstabelle.nimm_auf",
    "konzept.beratung.bogen.nimm_auf",
    "konzept.teildrucke.views.nimm_auf",
    "konzept.teildrucke.views.nimm_blaetter_auf",
)
WIRD = "Das PDF wird hergestellt"
GESCHEITERT = "Das PDF konnte nicht hergestellt werden"
FERTIG = "Das PDF ist fertig"


def titel(antwort) -> str:
    (knoten,) = seite_von(antwort).iter("h1")
    return "".join(knoten.itertext())


def nachfrage(antwort) -> str:
    """The address at which the waiting page asks by itself."""
    (knoten,) = (k for k in seite_von(antwort).iter() if isinstance(k.tag, str) and k.get("hx-get"))
    return knoten.get("hx-get")


def formular(antwort, aufschrift: str) -> str:
    (gefunden,) = (f for f in seite_von(antwort).iter("form") if aufschrift in "".join(f.itertext()))
    return gefunden.get("action")


def verweis(antwort, aufschrift: str) -> str:
    (gefunden,) = (a for a in seite_von(antwort).iter("a") if aufschrift in "".join(a.itertext()))
    return gefunden.get("href")


def weg(antwort) -> bool:
    """Whether it says that there is no such job, for whoever asks."""
    return antwort.status_code == 404 and titel(antwort) == "Diesen Druck gibt es nicht mehr"


def test_it_is_made_once_and_then_served(fall, browser, druckerei):
    for _ in range(3):
        wartend = browser.get(fall.ort, follow=True)
        assert (wartend.status_code, titel(wartend)) == (202, WIRD)
        assert "no-store" in wartend["Cache-Control"]
    assert len(druckerei.wartend) == 1
    assert druckerei.arbeite() == ["fertig"]
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
    andere = als(mache_benutzer(fall.konzept.kommune, "leitung"))
    assert andere.get(fall.ort, follow=True).status_code == 202
    assert len(druckerei.wartend) == 1
    druckerei.arbeite()
    assert (andere.get(fall.ort).content, druckerei.gedruckt) == (b"%PDF-1", 1)


def test_a_print_is_of_the_moment_at_which_it_was_asked_for(fall, browser, druckerei):
    """However often somebody saves meanwhile."""
    wartend = browser.get(fall.ort, follow=True)
    seite = wartend.redirect_chain[-1][0]
    vorher = Druckauftrag.objects.get()
    inhalt = aufnahme.lies(vorher.art, bytes(vorher.aufnahme)).als_bytes()
    fall.aendere()
    assert titel(browser.get(seite)) == WIRD
    nachher = Druckauftrag.objects.get()
    assert aufnahme.lies(nachher.art, bytes(nachher.aufnahme)).als_bytes() == inhalt
    druckerei.arbeite()
    fertig = browser.get(seite)
    assert (fertig.status_code, titel(fertig)) == (200, FERTIG)
    stand = timezone.localtime(vorher.angelegt_am)
    assert f"Stand {stand:%H:%M} Uhr" in text(seite_von(fertig))
    assert browser.get(verweis(fertig, "PDF öffnen")).content == b"%PDF-1"
    assert bytes(Druckauftrag.objects.get().aufnahme) == b""
    assert verweis(fertig, "Neuen Stand drucken") == fall.ort
    neu = browser.get(fall.ort, follow=True)
    assert (neu.status_code, druckerei.arbeite()) == (202, ["fertig"])
    assert browser.get(fall.ort).content == b"%PDF-2"
    assert browser.get(verweis(fertig, "PDF öffnen")).content == b"%PDF-1"


@pytest.mark.parametrize("fehler", [Unvollstaendig([Mangel("a", "b", "c", "d")]), Http404()])
def test_what_is_finished_can_be_had_also_where_the_newer_state_cannot(fehler, fall, browser, druckerei, monkeypatch):
    seite = browser.get(fall.ort).url
    druckerei.arbeite()

    def scheitere(*_):
        raise fehler

    for wo in WO_AUFGENOMMEN_WIRD:
        monkeypatch.setattr(wo, scheitere)
    fertig = browser.get(seite)
    assert (fertig.status_code, titel(fertig)) == (200, FERTIG)
    assert "lässt sich zurzeit nicht drucken" in text(seite_von(fertig))
    assert "Neuen Stand drucken" not in text(seite_von(fertig))
    assert browser.get(verweis(fertig, "PDF öffnen")).content == b"%PDF-1"


def test_the_same_words_in_another_print_are_another_print(als, druckerei):
    """Else each of the two would be sent to the other's job, which is not its own."""
    fall = FAELLE["vorlage"]()
    zweite = mache_vorlage(fall.konzept, fall.konzept.kommune.gremien.get())
    orte = [fall.ort, adresse(fall.konzept, "vorlagen", str(zweite.pk), "druck.pdf")[:-1]]
    browser = als(fall.konto)
    assert [titel(browser.get(ort, follow=True)) for ort in orte] == [WIRD, WIRD]
    assert len(druckerei.wartend) == 2


def test_nothing_newer_is_offered_where_there_is_nothing(fall, browser, druckerei):
    seite = browser.get(fall.ort).url
    druckerei.arbeite()
    fertig = browser.get(seite)
    assert "Neuen Stand drucken" not in text(seite_von(fertig))
    assert "seither hat sich daran nichts geändert" in text(seite_von(fertig))


def test_what_has_changed_is_printed_anew(fall, browser, druckerei):
    browser.get(fall.ort)
    druckerei.arbeite()
    fall.aendere()
    assert browser.get(fall.ort, follow=True).status_code == 202
    druckerei.arbeite()
    assert browser.get(fall.ort).content == b"%PDF-2"


def test_a_new_version_of_the_program_prints_anew(fall, browser, druckerei, monkeypatch):
    browser.get(fall.ort)
    druckerei.arbeite()
    monkeypatch.setattr(aufnahme, "programm", lambda: b"neu")
    assert browser.get(fall.ort, follow=True).status_code == 202


@pytest.mark.parametrize("weg", ["another form", "another kind"])
def test_what_a_new_version_of_the_program_cannot_read_is_told(weg, fall, browser, druckerei, caplog):
    seite = browser.get(fall.ort).url
    if weg == "another form":
        Druckauftrag.objects.update(aufnahme=aufnahme.verpacke(b'{"frueher": 1}'))
    else:
        Druckauftrag.objects.update(art="frueher")
    assert druckerei.arbeite() == ["gescheitert"]
    assert "Das Programm ist seit dem Auftrag erneuert worden" in text(seite_von(browser.get(seite)))


def test_a_failure_is_told_and_tried_again_only_when_asked(fall, browser, druckerei, caplog):
    druckerei.fehler = ZeroDivisionError()
    browser.get(fall.ort)
    assert druckerei.arbeite() == ["gescheitert"]
    assert "cannot be done" in caplog.text
    for _ in range(2):
        antwort = browser.get(fall.ort, follow=True)
        assert (antwort.status_code, titel(antwort)) == (202, GESCHEITERT)
        assert "ZeroDivisionError" in text(seite_von(antwort))
    assert druckerei.wartend == []
    druckerei.fehler = None
    erneut = browser.post(formular(antwort, "Noch einmal versuchen"))
    assert erneut.url == fall.ort
    assert titel(browser.get(erneut.url, follow=True)) == WIRD
    druckerei.arbeite()
    assert browser.get(fall.ort).content == b"%PDF-1"


def test_want_of_memory_is_named(fall, browser, druckerei):
    druckerei.fehler = MemoryError()
    seite = browser.get(fall.ort).url
    druckerei.arbeite()
    assert "Der Arbeitsspeicher" in text(seite_von(browser.get(seite)))


def test_the_part_that_cannot_be_typeset_is_named(fall, browser, druckerei):
    druckerei.fehler = TeilUnsetzbar("„4.1 Sprache“ zu setzen dauerte länger als 10 Minuten.")
    seite = browser.get(fall.ort).url
    druckerei.arbeite()
    assert "„4.1 Sprache“ zu setzen dauerte länger" in text(seite_von(browser.get(seite)))


def test_posting_to_the_print_itself_tries_again_too(fall, browser, druckerei):
    druckerei.fehler = ZeroDivisionError()
    browser.get(fall.ort)
    druckerei.arbeite()
    assert titel(browser.get(browser.post(fall.ort).url)) == WIRD


def test_the_page_asks_by_itself_and_comes_anew_once_it_has_ended(fall, browser, druckerei):
    wartend = browser.get(fall.ort, follow=True)
    frage = nachfrage(wartend)
    unterwegs = browser.get(frage, headers=HTMX)
    assert "Als Nächstes an der Reihe" in unterwegs.content.decode()
    druckerei.beginne()
    Druckauftrag.objects.update(fertige=3, teile=7)
    unterwegs = browser.get(frage, headers=HTMX)
    assert "In Arbeit seit 0 Sekunden, 3 von 7 Teilen sind gesetzt" in unterwegs.content.decode()
    assert 'value="3" max="7"' in unterwegs.content.decode()
    assert "<h1" not in unterwegs.content.decode()
    Druckauftrag.objects.update(status="wartet", pacht=None, pacht_bis=None)
    druckerei.arbeite()
    fertig = browser.get(frage, headers=HTMX)
    assert (fertig["HX-Refresh"], fertig.content) == ("true", b"")
    assert {antwort["Cache-Control"] for antwort in (wartend, unterwegs, fertig)} == {"private, no-store"}


def test_the_place_in_the_queue_is_told(als, druckerei):
    fall = FAELLE["konzept"]()
    for name in ("lesen", "redaktion"):
        als(mache_benutzer(fall.konzept.kommune, name)).get(fall.ort)
        fall.konzept.abschnitte.update(text=f"Anders für {name}.")
    letzter = als(fall.konto)
    assert "In der Schlange auf Platz 3" in text(seite_von(letzter.get(fall.ort, follow=True)))


def test_the_place_is_that_in_which_they_are_begun(als, druckerei):
    """Who has something in print comes after who has nothing, whenever they asked."""
    fall = FAELLE["konzept"]()
    viel, wenig = als(fall.konto), als(mache_benutzer(fall.konzept.kommune, "redaktion"))
    seiten = []
    for nummer, browser in enumerate((viel, viel, wenig)):
        fall.konzept.abschnitte.update(text=f"Stand {nummer}.")
        seiten.append(browser.get(fall.ort).url)
    druckerei.beginne()
    assert "In der Schlange auf Platz 2" in text(seite_von(viel.get(seiten[1])))
    assert "Als Nächstes an der Reihe" in text(seite_von(wenig.get(seiten[2])))


def test_the_page_says_so_when_no_worker_lives_and_nothing_is_printed_in_its_place(fall, browser, druckerei):
    Arbeiter.objects.update(gesehen_am=timezone.now() - timedelta(seconds=61))
    antwort = browser.get(fall.ort, follow=True)
    assert "Der Hintergrunddienst läuft gerade nicht" in text(seite_von(antwort))
    assert (len(druckerei.wartend), druckerei.gedruckt) == (1, 0)
    Arbeiter.objects.update(gesehen_am=timezone.now())
    assert "Hintergrunddienst" not in text(seite_von(browser.get(fall.ort, follow=True)))


def test_a_forged_question_prints_nothing(als, druckerei):
    fall = FAELLE["konzept"]()
    for frage in ("\x00", "x" * 5000, "\ud800", "%f0", "-1", "9" * 40, "٣", ""):
        antwort = als(fall.konto).get(fall.ort, {"auftrag": frage.encode(errors="replace")}, headers=HTMX)
        assert (antwort["HX-Refresh"], druckerei.wartend) == ("true", [])
        antwort = als(fall.konto).get(fall.ort, {"auftrag": frage.encode(errors="replace")})
        assert (antwort.status_code, verweis(antwort, "Jetzigen Stand drucken")) == (404, fall.ort)


def test_a_worker_that_was_killed_is_followed_by_another_but_not_for_ever(fall, browser, druckerei, caplog):
    seite = browser.get(fall.ort).url
    for _ in range(art("druck").versuche):
        assert titel(browser.get(seite)) == WIRD
        druckerei.stirb()
    assert titel(browser.get(seite)) == GESCHEITERT
    assert (druckerei.wartend, "without a result" in caplog.text) == ([], True)
    browser.get(browser.post(seite).url)
    assert druckerei.arbeite() == ["fertig"]


def test_without_background_it_comes_at_once(fall, browser, druckerei, settings):
    settings.DRUCK_IM_HINTERGRUND = False
    assert [browser.get(fall.ort).content for _ in range(2)] == [b"%PDF-1"] * 2


def test_a_small_one_is_awaited(fall, browser, druckerei, monkeypatch):
    """For two seconds at most; here the worker has it ready at the second look."""
    monkeypatch.setattr(auftraege, "GEDULD", 2)
    monkeypatch.setattr(auftraege, "sleep", lambda _: druckerei.arbeite())
    assert browser.get(fall.ort).content == b"%PDF-1"


@pytest.mark.parametrize("weil", ["no worker lives", "others come first", "it has many pieces"])
def test_what_takes_longer_for_sure_is_not_awaited(weil, als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    monkeypatch.setattr(auftraege, "GEDULD", 600)
    geschlafen = []

    def schlafe(sekunden):
        geschlafen.append(sekunden)
        Druckauftrag.objects.update(teile=5)

    monkeypatch.setattr(auftraege, "sleep", schlafe)
    if weil == "no worker lives":
        Arbeiter.objects.all().delete()
    elif weil == "others come first":
        als(mache_benutzer(fall.konzept.kommune, "redaktion")).head(fall.ort)
        fall.aendere()
    assert als(fall.konto).get(fall.ort).status_code == 302
    assert len(geschlafen) == (weil == "it has many pieces")


# Leaving it


def test_who_waits_no_more_ends_it_also_while_it_is_printed(fall, browser, druckerei):
    antwort = browser.get(fall.ort, follow=True)
    druckerei.beginne()
    ziel = browser.post(formular(antwort, "Nicht mehr drucken"), {"_beenden": "1"})
    assert ziel.status_code == 302
    assert browser.get(ziel.url).status_code == 200
    assert Druckauftrag.objects.get().status == "abgebrochen"
    assert browser.get(fall.ort, follow=True).status_code == 202
    assert len(druckerei.wartend) == 1


def test_it_goes_on_for_others_who_wait(fall, als, druckerei):
    andere = als(mache_benutzer(fall.konzept.kommune, "leitung"))
    seiten = [browser.get(fall.ort).url for browser in (als(fall.konto), andere)]
    als(fall.konto).post(seiten[0], {"_beenden": "1"})
    assert druckerei.arbeite() == ["fertig"]
    assert titel(andere.get(seiten[1])) == FERTIG
    assert weg(als(fall.konto).get(seiten[0]))


def test_pressed_twice_or_seen_in_a_second_window_nothing_is_begun_anew(fall, browser, druckerei):
    wartend = browser.get(fall.ort, follow=True)
    seite, frage = wartend.redirect_chain[-1][0], nachfrage(wartend)
    ziele = {browser.post(seite, {"_beenden": "1"}).url for _ in range(2)}
    assert len(ziele) == 1
    assert browser.get(frage, headers=HTMX)["HX-Refresh"] == "true"
    assert weg(browser.get(seite))
    assert (Druckauftrag.objects.count(), bytes(Druckauftrag.objects.get().aufnahme)) == (1, b"")


def test_who_comes_just_as_the_last_one_leaves_gets_one_of_their_own(als, druckerei, monkeypatch):
    fall = FAELLE["konzept"]()
    als(fall.konto).get(fall.ort)
    finde = auftraege.finde

    def finde_und_verlasse(*was):
        gefunden = finde(*was)
        if gefunden and gefunden.ist_offen and gefunden.wartende.filter(konto=fall.konto).exists():
            auftraege.verlasse(gefunden, fall.konto)
        return gefunden

    monkeypatch.setattr(auftraege, "finde", finde_und_verlasse)
    andere = als(mache_benutzer(fall.konzept.kommune, "redaktion"))
    assert titel(andere.get(fall.ort, follow=True)) == WIRD


def test_one_that_is_deleted_while_somebody_waits_or_leaves_is_gone(als, druckerei, monkeypatch):
    """As when an account is erased just then."""
    fall = FAELLE["konzept"]()
    monkeypatch.setattr(auftraege, "GEDULD", 0.2)
    monkeypatch.setattr(auftraege, "sleep", lambda _: Druckauftrag.objects.all().delete())
    antwort = als(fall.konto).get(fall.ort)
    assert weg(als(fall.konto).get(antwort.url))
    auftraege.verlasse(Druckauftrag(pk=4711), fall.konto)


# Who gets it


def test_a_finished_print_is_for_nobody_else(fall, als, druckerei):
    wartend = als(fall.konto).get(fall.ort, follow=True)
    seite, frage = wartend.redirect_chain[-1][0], nachfrage(wartend)
    druckerei.arbeite()
    fremde = [mache_benutzer(), mache_benutzer(mache_kommune("nachbarstadt"), "leitung")]
    drinnen = [mache_benutzer(fall.konzept.kommune, rolle) for rolle in ("gremium", "verwaltung")]
    for konto in fremde + drinnen:
        client = als(konto)
        orte = (fall.ort, frage, seite, f"{seite}&datei=")
        assert [client.get(ort, headers=HTMX).status_code for ort in orte] == [404] * 4
        assert [client.post(ort, {"_beenden": "1"}).status_code for ort in orte] == [404] * 4


def test_the_number_of_a_job_opens_only_what_one_asked_for(fall, als, druckerei):
    """Another account with the same rights asks for it itself, and of another print the number says nothing."""
    seite = als(fall.konto).get(fall.ort).url
    druckerei.arbeite()
    andere = als(mache_benutzer(fall.konzept.kommune, "leitung"))
    assert weg(andere.get(f"{seite}&datei="))


def test_the_number_of_a_job_of_another_print_of_the_same_concept_opens_nothing(als, druckerei):
    fall = FAELLE["synopse"]()
    browser = als(fall.konto)
    browser.get(fall.ort)
    druckerei.arbeite()
    nummer = Druckauftrag.objects.get().pk
    konzept = adresse(fall.konzept, "druck.pdf")[:-1]
    umgekehrt = fall.ort.replace("alt=1&neu=stand", "alt=stand&neu=1")
    for ort, zeichen in ((konzept, "?"), (umgekehrt, "&"), (f"{fall.ort}&wandel=neu", "&")):
        assert weg(browser.get(f"{ort}{zeichen}auftrag={nummer}&datei="))
    assert browser.get(f"{fall.ort}&auftrag={nummer}&datei=").content == b"%PDF-1"


def test_the_print_of_another_kommune_is_not_found_by_its_key(druckerei, als):
    fall = FAELLE["konzept"]()
    als(fall.konto).get(fall.ort)
    fremdes = mache_konzept(mache_kommune("nachbarstadt"))
    (eigener,) = druckerei.wartend
    fremdes.druckauftraege.create(
        art="konzept",
        gegenstand="konzept",
        schluessel=eigener.schluessel,
        aufnahme=b"x",
        datei=b"%PDF-fremd",
        status="fertig",
        beendet_am=timezone.now(),
    )
    assert als(fall.konto).get(fall.ort, follow=True).status_code == 202


def test_who_loses_the_right_meanwhile_gets_nothing(fall, als, druckerei):
    seite = als(fall.konto).get(fall.ort).url
    druckerei.arbeite()
    Mitgliedschaft.objects.filter(benutzer=fall.konto).delete()
    for ort in (fall.ort, seite, f"{seite}&datei="):
        assert als(fall.konto).get(ort).status_code == 404


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


def test_who_reads_less_of_a_runde_than_before_does_not_get_the_earlier_table(als, druckerei):
    fall = FAELLE["abwaegung"]()
    seite = als(fall.konto).get(fall.ort).url
    druckerei.arbeite()
    assert als(fall.konto).get(f"{seite}&datei=").content == b"%PDF-1"
    Runde.objects.update(sichtbarkeit="intern")
    assert weg(als(fall.konto).get(f"{seite}&datei="))


# What goes


def test_prints_go_after_three_days_and_failures_after_thirty(druckerei):
    k = FAELLE["konzept"]().konzept
    for status in ("fertig", "gescheitert", "abgebrochen", "wartet"):
        for tage in (2, 4, 31):
            vor = timezone.now() - timedelta(days=tage)
            k.druckauftraege.create(
                art="konzept",
                gegenstand="konzept",
                schluessel=f"{status}-{tage}",
                aufnahme=b"x",
                status=status,
                angelegt_am=vor,
                beendet_am=None if status == "wartet" else vor,
            )
    call_command("aufraeumen")
    bleibt = {a.schluessel: bytes(a.aufnahme) for a in k.druckauftraege.all()}
    assert bleibt == {
        "fertig-2": b"x",
        "gescheitert-2": b"x",
        "gescheitert-4": b"",
        "abgebrochen-2": b"x",
        "wartet-2": b"x",
    }


def test_deleting_reads_no_file(druckerei):
    """They may have hundreds of megabytes together."""
    fall = FAELLE["konzept"]()
    vor = timezone.now() - timedelta(days=4)
    for nummer in range(3):
        fall.konzept.druckauftraege.create(
            art="konzept", schluessel=str(nummer), aufnahme=b"x", status="fertig", angelegt_am=vor, beendet_am=vor
        )
    with CaptureQueriesContext(connection) as fragen:
        loesche_konto(mache_benutzer(fall.konzept.kommune, "gremium"))
    assert not fall.konzept.druckauftraege.exists()
    gelesen = [frage["sql"] for frage in fragen if frage["sql"].startswith("SELECT") and "druckauftrag" in frage["sql"]]
    assert gelesen
    assert not [sql for sql in gelesen if '"datei"' in sql or '"aufnahme"' in sql]


def test_of_finished_prints_the_newest_are_kept(als, druckerei, monkeypatch):
    monkeypatch.setattr("konzept.druckauftraege.aufraeumen.DRUCKE_AUFBEWAHRT", 2)
    fall = FAELLE["konzept"]()
    browser = als(fall.konto)
    for nummer in range(4):
        fall.konzept.abschnitte.update(text=f"Stand {nummer}.")
        browser.get(fall.ort)
        druckerei.arbeite()
    assert [bytes(a.datei) for a in Druckauftrag.objects.order_by("pk")] == [b"%PDF-3", b"%PDF-4"]


def test_jobs_of_a_fassung_stay_when_an_account_is_erased(druckerei):
    fall = FAELLE["abwaegung"]()
    stosse_an(fall.konzept.fassungen.get())
    loesche_konto(mache_benutzer(fall.konzept.kommune, "gremium"))
    assert len(druckerei.wartend) == 2


def test_prints_go_when_an_account_is_erased(fall, browser, druckerei):
    """They may name it."""
    browser.get(fall.ort)
    druckerei.arbeite()
    loesche_konto(mache_benutzer(fall.konzept.kommune, "gremium"))
    assert not fall.konzept.druckauftraege.exists()
