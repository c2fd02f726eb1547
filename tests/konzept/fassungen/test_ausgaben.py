"""The PDFs of a Fassung: made once, in the background; what is under way and what failed is known."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from konzept.druckauftraege.auftraege import Wunsch, lege_an
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen import ausgaben
from konzept.fassungen.models import VON_SELBST, Ausgabe, AusgabeArt, Fassung, FassungArt
from konzept.fassungen.vorgaenge import festschreiben
from konzept.hintergrund import eingriff
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab
from konzept.satz.setzen import DruckFehler
from tests.fabrik import adresse, mache_abschnitt, mache_benutzer, mache_beschlussfassung, mache_konzept

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

DRUCK, RANDNUMMERN = VON_SELBST


@pytest.fixture
def fassung() -> Fassung:
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Ein Absatz.")
    return festschreiben(konzept=konzept, art=FassungArt.ENTWURF, konto=None)


@pytest.fixture
def gedruckt(monkeypatch) -> list:
    """Printing takes seconds; here it only remembers how it was asked for."""
    auftraege = []

    def drucke(dokument, *, ausfertigung, **_):
        auftraege.append(ausfertigung)
        return f"%PDF {len(auftraege)}".encode()

    monkeypatch.setattr(ausgaben.pdf, "drucke", drucke)
    monkeypatch.setattr(ausgaben.bindung, "seitenzahl", lambda inhalt: 7)
    return auftraege


def arbeite() -> None:
    """What the worker does."""
    arbeite_ab(art("druck"))


def drucke_alle(fassung) -> None:
    ausgaben.stosse_an(fassung)
    arbeite()


def da(fassung) -> list[bool]:
    return [stand.ausgabe is not None for stand in ausgaben.staende(fassung)]


def test_each_is_made_once_with_what_belongs_to_it(fassung, gedruckt):
    for _ in range(2):
        drucke_alle(fassung)
    marke = fassung.bezeichnung
    assert [(a.marke, a.randnummern, a.bogen) for a in gedruckt] == [(marke, False, False), (marke, True, True)]
    assert {a.wort for a in gedruckt} == {"Entwurf"}
    assert {a.art: (bytes(a.datei), a.seiten) for a in Ausgabe.objects.all()} == {
        DRUCK: (b"%PDF 1", 7),
        RANDNUMMERN: (b"%PDF 2", 7),
    }
    assert da(fassung) == [True, True]
    assert {auftrag.datei for auftrag in Druckauftrag.objects.all()} == {None}


def test_a_beschlussfassung_is_not_marked_and_asks_for_no_comments(gedruckt, fassung):
    beschluss = mache_beschlussfassung(fassung.konzept)
    drucke_alle(beschluss)
    assert [(a.marke, a.randnummern, a.bogen) for a in gedruckt] == [("", False, False), ("", True, False)]
    assert {a.wort for a in gedruckt} == {""}


def test_visits_ask_for_each_once(fassung, settings):
    settings.DRUCK_IM_HINTERGRUND = True
    for _ in range(3):
        staende = ausgaben.stosse_an(fassung)
    assert [stand.auftrag.status for stand in staende] == ["wartet"] * 2
    assert Druckauftrag.objects.count() == 2
    assert not any(stand.fehlt or stand.gescheitert or stand.voll for stand in staende)


def test_asking_is_part_of_the_transaction_that_asks(fassung, settings):
    settings.DRUCK_IM_HINTERGRUND = True
    with transaction.atomic():
        ausgaben.stosse_an(fassung, unbedingt=True)
        assert Druckauftrag.objects.count() == 2
        transaction.set_rollback(True)
    assert Druckauftrag.objects.count() == 0


def test_the_setting_makes_them_at_once(fassung, gedruckt, django_capture_on_commit_callbacks):
    assert settings.DRUCK_IM_HINTERGRUND is False
    with django_capture_on_commit_callbacks(execute=True):
        ausgaben.stosse_an(fassung)
    assert da(fassung) == [True, True]


@pytest.mark.parametrize("fehler", [DruckFehler("eine Schrift fehlt"), MemoryError()])
def test_what_fails_is_known_and_tried_again_only_when_asked(fehler, fassung, gedruckt, monkeypatch, caplog):
    heil = ausgaben.pdf.drucke

    def drucke(dokument, *, ausfertigung, fortschritt, speicher):
        if ausfertigung.randnummern:
            raise fehler
        return heil(dokument, ausfertigung=ausfertigung)

    monkeypatch.setattr(ausgaben.pdf, "drucke", drucke)
    drucke_alle(fassung)
    assert [(s.ausgabe is not None, s.gescheitert) for s in ausgaben.staende(fassung)] == [(True, False), (False, True)]
    assert "cannot be done" in caplog.text
    monkeypatch.setattr(ausgaben.pdf, "drucke", heil)
    drucke_alle(fassung)
    assert Ausgabe.objects.count() == 1
    ausgaben.versuche_erneut(fassung)
    arbeite()
    assert Ausgabe.objects.count() == 2


def test_one_that_an_administrator_stopped_stays_stopped(fassung, gedruckt):
    ausgaben.stosse_an(fassung)
    eingriff.brich_ab(Druckauftrag.objects.all())
    assert all(stand.gescheitert for stand in ausgaben.stosse_an(fassung))
    arbeite()
    assert da(fassung) == [False, False]
    ausgaben.versuche_erneut(fassung)
    arbeite()
    assert da(fassung) == [True, True]


def test_where_two_are_at_it_the_first_counts(fassung, gedruckt, monkeypatch):
    langsam = ausgaben.pdf.drucke

    def drucke(dokument, *, ausfertigung, **weiteres):
        if not ausfertigung.randnummern:
            fassung.ausgaben.create(art=DRUCK, datei=b"%PDF zuerst", seiten=1)
        return langsam(dokument, ausfertigung=ausfertigung, **weiteres)

    monkeypatch.setattr(ausgaben.pdf, "drucke", drucke)
    drucke_alle(fassung)
    assert bytes(Ausgabe.objects.get(art=DRUCK).datei) == b"%PDF zuerst"
    assert {auftrag.status for auftrag in Druckauftrag.objects.all()} == {"fertig"}


WEGE = {
    "the page of the Fassung": lambda fassung, seiten: seiten.get(adresse(fassung.konzept, "fassungen", "1")),
    "the file": lambda fassung, seiten: seiten.get(adresse(fassung.konzept, "fassungen", "1") + "druck.pdf"),
    "trying again on the page": lambda fassung, seiten: seiten.post(
        adresse(fassung.konzept, "fassungen", "1", "erneut")
    ),
    "a visit": lambda fassung, _: ausgaben.stosse_an(fassung),
    "freezing": lambda fassung, _: ausgaben.stosse_an(fassung, unbedingt=True),
    "asking for one": lambda fassung, _: ausgaben.stand(fassung, RANDNUMMERN),
    "trying again": lambda fassung, _: ausgaben.versuche_erneut(fassung),
    "the worker": lambda fassung, _: arbeite(),
    "the daily clearing away": lambda fassung, _: call_command("aufraeumen"),
}


@pytest.mark.parametrize("weg", WEGE)
@pytest.mark.parametrize("gemerkt", ["nothing", "failures", "jobs"])
def test_what_is_there_is_never_made_again(
    weg, gemerkt, fassung, client, monkeypatch, django_capture_on_commit_callbacks
):
    """On no way that leads to the making; also where a failure or a job is still there, as of two that were at it at
    once, and whatever the print of this version would say."""
    if gemerkt != "nothing":
        ausgaben.stosse_an(fassung)
    if gemerkt == "failures":
        Druckauftrag.objects.update(status="gescheitert", beendet_am=timezone.now())
    for art_ in AusgabeArt:
        fassung.ausgaben.create(art=art_, datei=b"%PDF so war es", seiten=1)
    gemacht = []
    monkeypatch.setattr(ausgaben.pdf, "drucke", lambda *_, **__: gemacht.append(1) or b"%PDF anders")
    client.force_login(mache_benutzer(fassung.konzept.kommune, "leitung"))
    vorher = list(Ausgabe.objects.values_list())
    with django_capture_on_commit_callbacks(execute=True):
        WEGE[weg](fassung, client)
    assert list(Ausgabe.objects.values_list()) == vorher
    assert da(fassung) == [True] * len(AusgabeArt)
    assert not gemacht


def test_a_job_of_a_fassung_that_is_not_there_fails(fassung, gedruckt, caplog):
    inhalt = ausgaben.Ausgabedruck(fassung=4711, art=DRUCK).als_bytes()
    lege_an(Wunsch(fassung.konzept, "fassung", inhalt, "fassung-4711-druck"), "fassung-4711-druck")
    arbeite()
    assert Druckauftrag.objects.get().status == "gescheitert"
    assert "Fassung matching query does not exist" in caplog.text
