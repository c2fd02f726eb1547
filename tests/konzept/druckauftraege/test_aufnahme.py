"""A print as a value: every kind is known, and is read from its job as it was written."""

import pytest

from konzept.druckauftraege import arbeitsstand, aufnahme
from konzept.druckauftraege.aufnahme import Aufnahme
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen.ausgaben import stosse_an
from konzept.satz.stueck import OhneSpeicher
from tests.fabrik import adresse, mache_benutzer, mache_konzept
from tests.konzept.druckauftraege.conftest import EBENSO, FAELLE
from tests.satz import ohne_satz

EIGENE = "konzept", "handlungsfelder", "massnahmen"


def unterklassen(klasse: type) -> set[type]:
    """All classes of the product below it that are no base of others."""
    alle = {unter for direkt in klasse.__subclasses__() for unter in {direkt} | unterklassen(direkt)}
    return {unter for unter in alle if unter.__module__.partition(".")[0] in EIGENE and not unter.__subclasses__()}


def test_every_kind_is_registered_under_its_name_and_prints():
    arten = aufnahme.arten()
    assert set(arten.values()) == unterklassen(Aufnahme)
    assert {name: klasse.ART for name, klasse in arten.items()} == {name: name for name in arten}
    assert set(arten) == {*FAELLE, "fassung"}
    assert all(callable(klasse.drucke) for klasse in arten.values())


def pruefe(auftrag: Druckauftrag) -> None:
    gelesen = aufnahme.lies(auftrag.art, bytes(auftrag.aufnahme))
    assert type(gelesen) is aufnahme.arten()[auftrag.art]
    assert aufnahme.verpacke(gelesen.als_bytes()) == bytes(auftrag.aufnahme)


@pytest.mark.datenbank
def test_what_a_job_keeps_is_read_as_it_was(fall, als, druckerei):
    als(fall.konto).get(fall.ort)
    (auftrag,) = druckerei.wartend
    pruefe(auftrag)


@pytest.mark.datenbank
@pytest.mark.parametrize("art", sorted(EBENSO))
def test_so_is_that_of_what_is_handed_out_alike_and_is_another_once_it_changed(art, als, druckerei):
    fall = FAELLE[art]()
    browser = als(fall.konto)
    for _ in range(2):
        browser.get(fall.ort)
    (auftrag,) = druckerei.wartend
    assert (auftrag.art, auftrag.titel) == (art, fall.text)
    pruefe(auftrag)
    fall.aendere()
    browser.get(fall.ort)
    assert len(druckerei.wartend) == 2


@pytest.mark.datenbank
def test_so_is_that_of_a_fassung(druckerei):
    stosse_an(FAELLE["abwaegung"]().konzept.fassungen.get())
    assert [auftrag.art for auftrag in druckerei.wartend] == ["fassung"] * 2
    for auftrag in druckerei.wartend:
        pruefe(auftrag)


@pytest.mark.django_db
def test_the_arbeitsstand_says_on_paper_that_it_is_one_and_of_which_day(monkeypatch, uhr):
    uhr.stelle(2026, 12, 1, 12)
    gedruckt = []
    monkeypatch.setattr("konzept.dokument.pdf.drucke", lambda *_, ausfertigung, **__: gedruckt.append(ausfertigung))
    arbeitsstand.nimm_auf(mache_konzept()).drucke(lambda *_: None, OhneSpeicher())
    assert [(a.marke, a.wort, a.gross) for a in gedruckt] == [("Arbeitsstand vom 01.12.2026", "Arbeitsstand", False)]


@pytest.mark.django_db
def test_large_print_is_another_print_of_the_same(monkeypatch):
    gedruckt = []
    monkeypatch.setattr("konzept.dokument.pdf.drucke", lambda *_, ausfertigung, **__: gedruckt.append(ausfertigung))
    konzept = mache_konzept()
    klein, gross = arbeitsstand.nimm_auf(konzept), arbeitsstand.nimm_auf(konzept, gross=True)
    assert klein.als_bytes() != gross.als_bytes()
    klein.drucke(lambda *_: None, OhneSpeicher())
    gross.drucke(lambda *_: None, OhneSpeicher())
    assert [a.gross for a in gedruckt] == [False, True]
    assert gedruckt[0] == gedruckt[1]._replace(gross=False)


@pytest.mark.django_db
@pytest.mark.parametrize(("frage", "gross"), [("?gross=1", True), ("?gross=0", False), ("?gross=", False), ("", False)])
def test_only_one_answer_asks_for_large_print(frage, gross, client):
    konzept = mache_konzept()
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    with ohne_satz():
        antwort = client.get(adresse(konzept, "druck.pdf")[:-1] + frage)
    assert antwort.status_code == 200
    assert ("grossdruck" in antwort["Content-Disposition"]) == gross
