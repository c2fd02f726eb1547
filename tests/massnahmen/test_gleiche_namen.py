"""One name in two spellings is one: "Caritas" beside "caritas" asks, in lists of a Kommune, in forms and in files."""

import unicodedata

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from konzept.austausch.einlesen import DateiFehler, lade
from massnahmen.models import Akteur
from massnahmen.zustaendigkeiten import AkteureDerKommune
from tests.fabrik import (
    eingaben,
    fehler_am_feld,
    kommunen_adresse,
    mache_akteur,
    mache_benutzer,
    mache_kommune,
    mache_konzept,
)

pytestmark = pytest.mark.django_db

DA = ("Caritas", "Bücherei", "Straßenverein")
GLEICH = ("caritas", "CARITAS", "Cari\u00adtas", "bu\u0308cherei", "Buecherei", "strassenverein")
EIGENE = ("Caritasverband", "Bucherei", "51")


@pytest.fixture
def kommune():
    return mache_kommune()


@pytest.fixture
def client(kommune):
    client = Client()
    client.force_login(mache_benutzer(kommune, "redaktion"))
    return client


def lege_an(client, kommune, art, feld, name):
    ort = kommunen_adresse(kommune, art, "neu")
    return client.post(ort, eingaben(client.get(ort)) | {feld: name, "_speichern": "1"})


@pytest.mark.parametrize(("art", "feld"), [("akteure", "kurz"), ("gremien", "name"), ("zielgruppen", "name")])
@pytest.mark.parametrize("name", GLEICH)
def test_a_name_that_is_there_in_another_spelling_asks(art, feld, name, kommune, client):
    zeilen = getattr(kommune, art)
    for da in DA:
        zeilen.create(**{feld: da})
    antwort = lege_an(client, kommune, art, feld, name)
    assert antwort.status_code == 422
    if name in {"Cari\u00adtas"}:  # without the soft hyphen it is the very same
        assert "gibt es schon." in antwort.content.decode()
    else:
        satz = fehler_am_feld(antwort, f"id_{feld}")
        assert any(f"„{da}“ gibt es schon. Meinen Sie das?" in satz for da in DA)
    assert {getattr(zeile, feld) for zeile in zeilen.all()} == set(DA)


@pytest.mark.parametrize("name", EIGENE)
def test_another_name_does_not(name, kommune, client):
    for da in DA:
        kommune.akteure.create(kurz=da)
    assert lege_an(client, kommune, "akteure", "kurz", name).status_code == 302
    assert kommune.akteure.filter(kurz=name).exists()


def test_another_kommune_may_have_it(kommune, client):
    mache_akteur(mache_kommune("anderswo"), "Caritas")
    assert lege_an(client, kommune, "akteure", "kurz", "caritas").status_code == 302


@pytest.mark.datenbank
def test_two_that_were_there_before_can_still_be_edited_and_are_told_apart(kommune):
    gross, klein = mache_akteur(kommune, "Caritas"), mache_akteur(kommune, "caritas")
    klein = Akteur.objects.get(pk=klein.pk)
    klein.name = "Caritasverband e. V."
    klein.full_clean()
    klein.kurz = "CARITAS"
    with pytest.raises(ValidationError, match="„Caritas“ gibt es schon"):
        klein.full_clean()
    akteure = AkteureDerKommune(kommune)
    assert akteure.finde("Caritas") == gross
    assert akteure.finde("caritas") == klein
    assert akteure.finde("CARITAS") == gross


@pytest.mark.parametrize("name", GLEICH)
def test_a_form_that_names_it_means_the_one_that_is_there(name, kommune):
    for da in DA:
        mache_akteur(kommune, da)
    akteure = AkteureDerKommune(kommune)
    akteure.neue_erlaubt = True
    assert akteure.finde(name).kurz in DA
    assert akteure.hole(name).kurz in DA
    assert kommune.akteure.count() == len(DA)


def test_so_does_one_that_was_stored_before_in_two_signs(kommune):
    akteur = mache_akteur(kommune, "x")
    with connection.cursor() as cursor:
        alt = unicodedata.normalize("NFD", "Bücherei")
        cursor.execute("UPDATE massnahmen_akteur SET kurz = %s WHERE id = %s", [alt, akteur.pk])
    assert AkteureDerKommune(kommune).finde("Bücherei") == akteur
    with pytest.raises(ValidationError, match="gibt es schon"):
        Akteur(kommune=kommune, kurz="Bücherei").full_clean()


@pytest.mark.parametrize("name", ["\u200b", "\u00ad", "\u3164"])
def test_no_new_one_is_of_nothing(name, kommune):
    akteure = AkteureDerKommune(kommune)
    akteure.neue_erlaubt = True
    assert "unsichtbares Zeichen" in akteure.fehler(name)


def test_a_file_that_spells_one_name_in_two_ways_is_refused(tmp_path):
    inhalt = yaml.load((settings.BASE_DIR / "fixtures" / "rheine.yaml").read_text("utf-8"), yaml.BaseLoader)
    inhalt["kommune"]["akteure"] += [{"kurz": "Caritas x"}, {"kurz": "caritas X"}]
    datei = tmp_path / "zwei.yaml"
    datei.write_text(yaml.safe_dump(inhalt), "utf-8")
    with pytest.raises(DateiFehler, match='"caritas X" is "Caritas x" in another spelling'):
        lade(datei)
    assert not Akteur.objects.exists()


def test_what_is_there_and_what_a_file_says_is_one(tmp_path):
    konzept = mache_konzept(mache_kommune("rheine"))
    inhalt = yaml.load((settings.BASE_DIR / "fixtures" / "rheine.yaml").read_text("utf-8"), yaml.BaseLoader)
    kurz = inhalt["kommune"]["akteure"][0]["kurz"]
    mache_akteur(konzept.kommune, kurz)
    datei = tmp_path / "rheine.yaml"
    inhalt["kommune"]["akteure"][0]["kurz"] = f"{kurz}\u200b"
    datei.write_text(yaml.safe_dump(inhalt), "utf-8")
    lade(datei)
    assert konzept.kommune.akteure.filter(kurz=kurz).count() == 1
