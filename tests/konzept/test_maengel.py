"""What a document cannot show is said to those who can put it right, and nothing is frozen or laid before the council
meanwhile."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept.dokument import maengel
from konzept.dokument.maengel import Unvollstaendig
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import Konzeptbau, stelle_zusammen
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.models import Konzept
from massnahmen.gliederung import anker
from tests.fabrik import (
    adresse,
    mache_benutzer,
    mache_beschlussfassung,
    mache_fuelle,
    mache_konzept,
    mache_vorlage,
    seite_von,
    text,
)
from tests.scheitern import EINZELN, elemente, scheitert

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bestand(bleibend) -> Iterator[Konzept]:
    with bleibend():
        konzept = mache_konzept()
        mache_fuelle(konzept, 2)
        yield konzept


@pytest.fixture
def konzept(bestand, db) -> Konzept:
    return Konzept.objects.mit_kommune().get(pk=bestand.pk)


@pytest.fixture
def zeilen(konzept) -> Zeilen:
    return Zeilen(konzept)


@pytest.fixture
def konten(konzept) -> dict[str, Client]:
    def client(rolle):
        browser = Client()
        browser.force_login(mache_benutzer(konzept.kommune, rolle))
        return browser

    return {rolle: client(rolle) for rolle in ("leitung", "redaktion", "lesen")}


SEITEN = ("", "gliederung", "offen")


@pytest.mark.parametrize("art", ["massnahme", "angebot", "leitlinie", "indikator", "handlungsziel", "beteiligung"])
def test_who_may_edit_sees_it_on_each_page_with_the_way_to_its_form(art, konzept, konten, zeilen):
    zeile = next(z for z, _ in elemente(zeilen) if z._meta.model_name == art)
    with scheitert(zeile, EINZELN[art]):
        for ort in SEITEN:
            hinweis = _hinweis(konten["redaktion"].get(_ort(konzept, ort)))
            assert "kann nicht dargestellt werden" in text(hinweis)
            (link,) = hinweis.iter("a")
            assert konten["redaktion"].get(link.get("href")).status_code == 200
        assert _hinweis(konten["lesen"].get(_ort(konzept, ""))) is None
    assert _hinweis(konten["redaktion"].get(_ort(konzept, ""))) is None


def _ort(konzept, name: str) -> str:
    return adresse(konzept, name) if name else adresse(konzept)


def _hinweis(antwort):
    assert antwort.status_code == 200
    return next((k.getparent().getparent() for k in seite_von(antwort).iter() if k.get("id") == "maengel"), None)


def test_the_notice_costs_no_queries(konzept, konten, zeilen):
    def abfragen(ort):
        konten["redaktion"].get(_ort(konzept, ort))
        with CaptureQueriesContext(connection) as gefragt:
            konten["redaktion"].get(_ort(konzept, ort))
        return len(gefragt)

    ohne = [abfragen(ort) for ort in SEITEN]
    with patch.object(Konzeptbau, "_massnahme", side_effect=KeyError), patch.object(maengel.log, "exception"):
        assert [abfragen(ort) for ort in SEITEN] == ohne


@pytest.mark.parametrize("rolle", ["redaktion", "lesen"])
def test_no_page_of_the_concept_fails(rolle, konzept, konten, zeilen):
    m = zeilen.nummern.massnahmen[0]
    orte = [adresse(konzept, *teile) for teile in ((), ("gesamt",), ("zeit-und-geld",), ("massnahmen",))]
    orte += [adresse(konzept, "lesen", f"handlungsfeld-{m.handlungsfeld_id}")]
    with scheitert(m, "_massnahme"):
        for ort in orte:
            assert konten[rolle].get(ort).status_code == 200, ort
        antwort = konten[rolle].get(adresse(konzept, "lesen", anker(m)))
    assert antwort.url == adresse(konzept)


# Nothing is frozen with holes


def test_nothing_is_frozen_while_something_is_missing(konzept, konten, zeilen):
    m = zeilen.nummern.massnahmen[0]
    ort = adresse(konzept, "fassungen", "neu")
    with scheitert(m, "_massnahme"):
        with pytest.raises(Unvollstaendig, match="kann nicht dargestellt werden"):
            festschreiben(konzept=konzept, art="entwurf", konto=None)
        assert _hinweis(konten["leitung"].get(ort)) is not None
        antwort = konten["leitung"].post(ort, {"art": "entwurf", "notiz": "Zur Sitzung im Mai", "_nummer": "1"})
    assert antwort.status_code == 422
    assert "lässt sich so nicht festschreiben" in text(seite_von(antwort))
    assert "Zur Sitzung im Mai" in antwort.content.decode()
    assert not Fassung.objects.exists()
    assert konten["leitung"].post(ort, {"art": "entwurf", "_nummer": "1"}).status_code == 302
    assert Fassung.objects.get().dokument == stelle_zusammen(konzept)


def test_no_concept_with_gaps_is_laid_before_the_council(konzept, konten, zeilen):
    vorlage, fassung = mache_vorlage(konzept), festschreiben(konzept=konzept, art="entwurf", konto=None)
    blatt = adresse(konzept, "vorlagen", str(vorlage.pk))
    druck = f"{blatt}druck.pdf"
    with scheitert(zeilen.nummern.massnahmen[0], "_massnahme"):
        assert _hinweis(konten["redaktion"].get(blatt)) is not None
        assert _hinweis(konten["lesen"].get(blatt)) is None
        for rolle, link in (("redaktion", 1), ("lesen", 0)):
            antwort = konten[rolle].get(druck)
            assert antwort.status_code == 409
            assert "Dem Rat wird kein Konzept mit Lücken vorgelegt." in text(seite_von(antwort))
            assert antwort.content.count(f"massnahmen/{zeilen.nummern.massnahmen[0].pk}/".encode()) == link
        vorlage.fassung = fassung
        vorlage.save()
        assert _hinweis(konten["redaktion"].get(blatt)) is None


def _brich(zeile, **werte) -> None:
    """Past everything that Python and the database check."""
    tabelle, spalten = zeile._meta.db_table, ", ".join(f"{spalte} = %s" for spalte in werte)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE {tabelle} SET {spalten} WHERE id = %s", [*werte.values(), zeile.pk])
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


nur_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL does not let anybody past a CHECK")


@nur_sqlite
@pytest.mark.parametrize(
    ("relation", "spalte"),
    [("abschnitte", "inhalt"), ("leitlinien", "status"), ("prozessschritte", "art")],
)
def test_a_choice_that_is_none_is_named_and_neither_shown_nor_frozen(relation, spalte, konzept, konten):
    zeile = getattr(konzept, relation).first()
    _brich(zeile, **{spalte: "XQ7"})
    assert "die es nicht zur Auswahl gibt" in text(_hinweis(konten["redaktion"].get(_ort(konzept, ""))))
    assert "XQ7" not in konten["lesen"].get(adresse(konzept, "gesamt")).content.decode()
    with pytest.raises(Unvollstaendig, match="enthält eine Angabe, die es nicht zur Auswahl gibt"):
        mache_beschlussfassung(konzept)


@nur_sqlite
def test_a_mark_that_is_none_does_not_take_the_outline_down(konzept, konten):
    feld = konzept.handlungsfelder.first()
    _brich(feld, fortschreibung="XQ7")
    assert konten["redaktion"].get(_ort(konzept, "gliederung")).status_code == 200


@nur_sqlite
def test_what_nobody_could_read_again_is_not_frozen(konzept):
    _brich(konzept.prozessschritte.first(), teilnehmende="viele")
    with pytest.raises(Unvollstaendig, match="nicht festhalten"):
        festschreiben(konzept=konzept, art="entwurf", konto=None)
    assert not Fassung.objects.exists()


def test_the_log_is_told_once_and_not_at_every_view(konzept, konten, zeilen):
    zeile, methode = next((z, m) for z, m in elemente(zeilen) if z._meta.model_name == "massnahme")
    with scheitert(zeile, methode) as log:
        for _ in range(3):
            konten["lesen"].get(_ort(konzept, ""))
    assert log.call_count == 1
