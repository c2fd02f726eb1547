"""The sheet for Anmerkungen by hand: filled with what the Runde knows, for who may read it."""

import datetime as dt

import pytest

from konzept.beratung import bogen
from konzept.druckauftraege.aufnahme import Fortschritt
from konzept.satz.stueck import OhneSpeicher
from tests import lage
from tests.fabrik import mache_benutzer
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.vera import VARIANTEN


@pytest.fixture
def runde(rathaus):
    rathaus.runde.eroeffnet_von = rathaus.leitung
    rathaus.runde.anlass = "zur Sitzung im November"
    rathaus.runde.ende = dt.date(2099, 11, 22)
    rathaus.runde.save()
    return rathaus.runde


def gedruckt(runde) -> bytes:
    nichts: Fortschritt = lambda fertige, teile: None  # noqa: E731
    return bogen.nimm_auf(runde).drucke(nichts, OhneSpeicher())


def gelesen(runde) -> str:
    return " ".join(" ".join(Lesen(gedruckt(runde)).seiten()).split())


def test_it_says_what_the_runde_knows(rathaus, runde):
    pdf = gedruckt(runde)
    (seite,) = Lesen(pdf).seiten()
    text = " ".join(seite.split())
    assert f"Zu: {runde.fassung.titel}, {runde.fassung.bezeichnung}, zur Sitzung im November." in text
    assert "Gremium: Integrationsrat" in text
    assert "Bitte zurück bis: 22.11.2099" in text
    assert f"an: {rathaus.leitung}, " in text
    assert text.count(runde.konzept.kommune.name) == 2  # in the address, at the foot
    assert "Name Gremium" in text  # the name is for the hand
    assert lage.zu_klein(pdf) == set()


def test_of_several_one_chooses_the_gremium(rathaus, runde):
    runde.gremien.create(kommune=runde.konzept.kommune, name="Jugendrat")
    assert runde.gremien.count() == 2
    assert "Gremium (bitte ankreuzen): Integrationsrat Jugendrat Bitte" in gelesen(runde)
    runde.personen.add(rathaus.zweites)
    assert "Jugendrat keines Bitte" in gelesen(runde)


def test_who_takes_part_finds_it_on_the_page_of_the_runde(client, rathaus, runde):
    ort = f"{rathaus.in_runde()}anmerkungsbogen.pdf"
    client.force_login(rathaus.mitglied)
    assert ort in client.get(rathaus.in_runde()).content.decode()
    antwort = client.get(ort)
    assert antwort["Content-Type"] == "application/pdf"
    assert "anmerkungsbogen-1-" in antwort["Content-Disposition"]
    client.force_login(mache_benutzer(rathaus.konzept.kommune, "gremium"))
    assert client.get(ort).status_code == 404


@pytest.mark.java
def test_it_is_valid(rathaus, runde, vera, tmp_path):
    runde.personen.add(rathaus.zweites)
    datei = tmp_path / "bogen.pdf"
    datei.write_bytes(gedruckt(runde))
    urteil = vera(datei)
    assert {v: urteil[datei, v] for v in VARIANTEN} == {v: [] for v in VARIANTEN}
