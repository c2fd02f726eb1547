"""The PDFs of a Fassung: made once, in the background; what is under way and what failed is known."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command

from konzept.dokument.satz import DruckFehler
from konzept.druckauftraege import laeufe
from konzept.fassungen import ausgaben
from konzept.fassungen.models import Ausgabe, AusgabeArt, Fassung, FassungArt
from konzept.fassungen.regeln import festschreiben
from tests.fabrik import adresse, mache_abschnitt, mache_benutzer, mache_konzept

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

DRUCK, RANDNUMMERN = AusgabeArt


@pytest.fixture
def fassung() -> Fassung:
    cache.clear()
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Ein Absatz.")
    return festschreiben(konzept=konzept, art=FassungArt.ENTWURF, konto=None)


@pytest.fixture
def gedruckt(monkeypatch) -> list:
    """Printing takes seconds; here it only remembers how it was asked for."""
    auftraege = []

    def drucke(dokument, *, ausfertigung):
        auftraege.append(ausfertigung)
        return f"%PDF {len(auftraege)}".encode()

    monkeypatch.setattr(ausgaben.pdf, "drucke", drucke)
    monkeypatch.setattr(ausgaben.bindung, "ziele", lambda inhalt: (7, {}))
    return auftraege


def offen(fassung) -> list[bool]:
    return [stand.offen for stand in ausgaben.staende(fassung)]


def test_each_is_made_once_with_what_belongs_to_it(fassung, gedruckt):
    for _ in range(2):
        ausgaben.stelle_alle_her(fassung.pk)
    marke = fassung.bezeichnung
    assert [(a.marke, a.randnummern, a.bogen) for a in gedruckt] == [(marke, False, False), (marke, True, True)]
    assert {a.art: (bytes(a.datei), a.seiten) for a in Ausgabe.objects.all()} == {
        DRUCK: (b"%PDF 1", 7),
        RANDNUMMERN: (b"%PDF 2", 7),
    }
    assert offen(fassung) == [False, False]


def test_a_beschlussfassung_is_not_marked_and_asks_for_no_comments(gedruckt, fassung):
    beschluss = festschreiben(konzept=fassung.konzept, art=FassungArt.BESCHLUSS, konto=None)
    ausgaben.stelle_alle_her(beschluss.pk)
    assert [(a.marke, a.randnummern, a.bogen) for a in gedruckt] == [("", False, False), ("", True, False)]


def test_a_visit_starts_one_process(fassung, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.DRUCK_IM_HINTERGRUND = True
    gestartet = []
    monkeypatch.setattr(laeufe, "_starte", gestartet.append)
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            ausgaben.stosse_an(fassung, "konto-1")
    assert gestartet == [ausgaben.auftrag(fassung.pk)]
    assert all(stand.lauf.seit for stand in ausgaben.staende(fassung))


def test_the_setting_makes_them_at_once(fassung, gedruckt, django_capture_on_commit_callbacks):
    assert settings.DRUCK_IM_HINTERGRUND is False
    with django_capture_on_commit_callbacks(execute=True):
        ausgaben.stosse_an(fassung, "konto-1")
    assert offen(fassung) == [False, False]


@pytest.mark.parametrize("fehler", [DruckFehler("eine Schrift fehlt"), MemoryError()])
def test_what_fails_is_known_and_tried_again_only_when_asked(fehler, fassung, gedruckt, monkeypatch, caplog):
    heil = ausgaben.pdf.drucke

    def drucke(dokument, *, ausfertigung):
        if ausfertigung.randnummern:
            raise fehler
        return heil(dokument, ausfertigung=ausfertigung)

    monkeypatch.setattr(ausgaben.pdf, "drucke", drucke)
    ausgaben.stelle_alle_her(fassung.pk)
    assert [(s.ausgabe is not None, s.gescheitert) for s in ausgaben.staende(fassung)] == [(True, False), (False, True)]
    assert "cannot be made" in caplog.text
    monkeypatch.setattr(ausgaben.pdf, "drucke", heil)
    ausgaben.stelle_alle_her(fassung.pk)
    assert Ausgabe.objects.count() == 1
    ausgaben.versuche_erneut(fassung, "konto-1")
    ausgaben.stelle_alle_her(fassung.pk)
    assert Ausgabe.objects.count() == 2


def test_where_two_are_at_it_the_first_counts(fassung, gedruckt, monkeypatch):
    langsam = ausgaben.pdf.drucke

    def drucke(dokument, *, ausfertigung):
        fassung.ausgaben.create(art=DRUCK, datei=b"%PDF zuerst", seiten=1)
        return langsam(dokument, ausfertigung=ausfertigung)

    monkeypatch.setattr(ausgaben.pdf, "drucke", drucke)
    ausgaben.stelle_her(fassung, DRUCK)
    assert bytes(Ausgabe.objects.get().datei) == b"%PDF zuerst"


WEGE = {
    "the page of the Fassung": lambda fassung, seiten: seiten.get(adresse(fassung.konzept, "fassungen", "1")),
    "the file": lambda fassung, seiten: seiten.get(adresse(fassung.konzept, "fassungen", "1") + "druck.pdf"),
    "trying again on the page": lambda fassung, seiten: seiten.post(
        adresse(fassung.konzept, "fassungen", "1", "erneut")
    ),
    "a visit": lambda fassung, _: ausgaben.stosse_an(fassung, "konto-1"),
    "asking for one": lambda fassung, _: ausgaben.stand(fassung, RANDNUMMERN, "konto-1"),
    "trying again": lambda fassung, _: ausgaben.versuche_erneut(fassung, "konto-1"),
    "the job": lambda fassung, _: laeufe.fuehre_aus(ausgaben.auftrag(fassung.pk)),
    "all that are missing": lambda fassung, _: ausgaben.stelle_alle_her(fassung.pk),
    "the work itself": lambda fassung, _: [ausgaben.stelle_her(fassung, art) for art in AusgabeArt],
    "the daily clearing away": lambda fassung, _: call_command("aufraeumen"),
}


@pytest.mark.parametrize("weg", WEGE)
@pytest.mark.parametrize("gemerkt", ["nothing", "failures"])
def test_what_is_there_is_never_made_again(
    weg, gemerkt, fassung, client, monkeypatch, django_capture_on_commit_callbacks
):
    """On no way that leads to the making; also where a failure is still remembered, as of two that were at it at once,
    and whatever the print of this version would say."""
    for art in AusgabeArt:
        fassung.ausgaben.create(art=art, datei=b"%PDF so war es", seiten=1)
    if gemerkt == "failures":
        for kennung in ausgaben._kennungen(fassung.pk):
            laeufe.merke_fehler(kennung)
    monkeypatch.setattr(ausgaben.pdf, "drucke", lambda *_, **__: pytest.fail("It is made again."))
    client.force_login(mache_benutzer(fassung.konzept.kommune, "leitung"))
    vorher = list(Ausgabe.objects.values_list())
    with django_capture_on_commit_callbacks(execute=True):
        WEGE[weg](fassung, client)
    assert list(Ausgabe.objects.values_list()) == vorher
    assert not any(stand.offen for stand in ausgaben.staende(fassung))


def test_the_job_makes_them_and_knows_a_fassung_that_is_not_there(fassung, gedruckt, caplog):
    assert laeufe.fuehre_aus(ausgaben.auftrag(fassung.pk))
    assert offen(fassung) == [False, False]
    assert not laeufe.fuehre_aus(ausgaben.auftrag(4711))
    assert "4711" in caplog.text


def test_a_job_that_fails_as_a_whole_is_told_for_each(fassung, monkeypatch, caplog):
    monkeypatch.setattr(ausgaben, "stelle_her", lambda *_: 1 / 0)
    assert not laeufe.fuehre_aus(ausgaben.auftrag(fassung.pk))
    assert [stand.gescheitert for stand in ausgaben.staende(fassung)] == [True, True]
    ausgaben.versuche_erneut(fassung, "konto-1")
    assert offen(fassung) == [True, True]
