"""Every text is stored in one spelling, through whatever door it comes; and a name must be something to see."""

import unicodedata
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from konzept.austausch.einlesen import DateiFehler, lade, lies
from konzept.formularbau.felder import Dezimalfeld
from konzept.konten.einladung_forms import KontoForm
from konzept.konten.forms import NameForm, PasskeyNameForm
from konzept.konten.models import Benutzer, Namensaenderung
from konzept.konten.vorgaenge import benenne_um
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.schreibweise import normalform
from konzept.textfelder import UNSICHTBAR, Normal, Textfeld, Zeilenfeld, _NormalesFeld
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import Aenderung
from konzept.werkbank.elemente import ELEMENTE, NACH_MODELL
from massnahmen.models import Akteur
from tests import feindlich
from tests.fabrik import (
    eingaben,
    fehler_am_feld,
    formular_adresse,
    hole,
    kommunen_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    sende,
)
from tests.konzept.test_nichts_vergessen import _formular_von
from tests.konzept.zugriff.test_fremde_felder import eigene_formulare

pytestmark = pytest.mark.django_db

WORT = "Fo\u0308rderung \ufb01nden\u200b"
GESPEICHERT = "Förderung finden"

KEIN_TEXT = {
    "is computed, and no text": """
        Einladung.fingerabdruck Angelegtes.fingerabdruck Angelegtes.schluessel Fassung.pruefsumme Ausgabe.pruefsumme
        Aenderung.anker Geloeschtes.anker Anmerkung.anker""",
    "is frozen: stays to the byte what its checksum was made of": "Fassung.inhalt",
    "keeps what was typed, as a browser sent it": "Zwischenstand.adresse",
    "is hashed": "Benutzer.password",
    "has a pattern that lets nothing else through": """
        Kommune.slug Konzept.slug Kommune.ags Kommune.akzentfarbe""",
    "is an address of the Internet, which works as it is": "Kommune.impressum_url Kommune.datenschutz_url",
    "is read out of another text of its row": "",
}


def textfelder(modell: type[models.Model]) -> Iterator[models.Field]:
    for feld in modell._meta.concrete_fields:
        if isinstance(feld, models.CharField | models.TextField) and not feld.choices:
            yield feld


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def entstellt(text: str) -> str:
    """As it is copied out of a PDF; a key of a choice stays what it is."""
    return text if text.isascii() else nfd(text).replace("fi", "\ufb01")


def anders_geschriebene() -> list[str]:
    """The texts in the database that are not in the stored spelling."""
    return [
        f"{modell.__name__}.{feld.name}: {str(wert)[:80]!r}"
        for modell in feindlich.modelle()
        for feld in textfelder(modell)
        if isinstance(feld, Normal)
        for wert in modell._base_manager.order_by().values_list(feld.attname, flat=True)
        if wert is not None and feld.form_der_schrift(str(wert)) != str(wert)
    ]


def anders_speichern() -> None:
    """As an earlier version of the product left it: every text in two signs, past the fields."""
    with connection.cursor() as cursor:
        for modell in feindlich.modelle():
            if modell._meta.app_label in {"verlauf", "fassungen", "konten"}:
                continue
            spalten = [feld.column for feld in textfelder(modell) if isinstance(feld, Normal)]
            if not spalten:
                continue
            tabelle, pk = modell._meta.db_table, modell._meta.pk.column
            cursor.execute(f"SELECT {pk}, {', '.join(spalten)} FROM {tabelle}")
            for schluessel, *werte in cursor.fetchall():
                neu = [None if wert is None else nfd(wert) for wert in werte]
                if neu != werte:
                    gesetzt = ", ".join(f"{spalte} = %s" for spalte in spalten)
                    cursor.execute(f"UPDATE {tabelle} SET {gesetzt} WHERE {pk} = %s", [*neu, schluessel])


# Structure


def test_every_text_of_every_model_is_a_field_that_knows_the_spelling():
    ohne = {
        f"{modell.__name__}.{feld.name}"
        for modell in feindlich.modelle()
        for feld in textfelder(modell)
        if not isinstance(feld, Normal)
    }
    assert ohne == {name for namen in KEIN_TEXT.values() for name in namen.split()}


def test_every_text_field_of_every_form_does():
    ohne = {
        f"{klasse.__name__}.{name}"
        for klasse in {*eigene_formulare(), KontoForm, NameForm}
        for name, feld in klasse.base_fields.items()
        if isinstance(feld, forms.CharField)
        and not isinstance(feld, _NormalesFeld)
        and not isinstance(feld, forms.URLField | Dezimalfeld)
        and not isinstance(feld.widget, forms.PasswordInput)
        and not hasattr(feld, "lies")  # numbers and years
    }
    assert ohne == {
        "RollenForm.stand",  # compared with the roles that the page showed, and kept nowhere
        "StammdatenForm.ags",
        "StammdatenForm.akzentfarbe",  # patterns
    }


# Whatever writes a row


@pytest.fixture
def fuelle():
    """A row of every kind."""
    feindlich.mache_feindliches()


@pytest.mark.datenbank
def test_a_row_is_stored_in_one_spelling_however_it_is_written(fuelle):
    versucht = set()
    for modell in feindlich.modelle():
        if modell._meta.label in feindlich.VOM_PRODUKT or modell in feindlich.FESTES:
            continue
        for feld in feindlich.textfelder(modell):
            zeile = modell._base_manager.order_by("pk").last()
            if not isinstance(feld, Normal) or zeile is None or issubclass(modell, feindlich.NurAnhaengen):
                continue
            alle, platz = modell._base_manager.filter(pk=zeile.pk), feld.attname
            for schreibe in (
                lambda zeile, alle, platz: zeile.save(),
                lambda zeile, alle, platz: alle.bulk_update([zeile], [platz]),
                lambda zeile, alle, platz: alle.update(**{platz: getattr(zeile, platz)}),
            ):
                modell._base_manager.filter(pk=zeile.pk).update(**{platz: "x"})
                zeile = alle.get()
                setattr(zeile, platz, WORT)
                schreibe(zeile, alle, platz)
                assert str(alle.values_list(platz, flat=True)[0]).strip() == GESPEICHERT, (modell, feld)
                assert alle.filter(**{platz: WORT}).exists(), (modell, feld)
            versucht.add(modell)
    assert len(versucht) > 20


def test_a_saved_row_has_in_memory_what_is_stored():
    massnahme = mache_massnahme(mache_feld(mache_konzept()), WORT, zeitraum=nfd("März 2027"))
    assert massnahme.titel == GESPEICHERT
    massnahme.refresh_from_db()
    assert massnahme.zeitraum.wortlaut == "März 2027"


# Doors


def test_a_file_in_another_spelling_makes_the_same_rows(tmp_path):
    original = settings.BASE_DIR / "fixtures" / "rheine.yaml"
    datei = tmp_path / original.name
    zeilen = original.read_text("utf-8").split("\n")
    datei.write_text("\n".join(map(entstellt, zeilen)), "utf-8")
    (tmp_path / "wappen").symlink_to(original.parent / "wappen")
    konzept = lade(datei).neu[0]
    assert anders_geschriebene() == []
    felder = [(feld.titel, feld.text.strip()) for feld in lies(original).konzepte[0].handlungsfelder]
    assert [(feld.titel, feld.text.strip()) for feld in konzept.handlungsfelder.all()] == felder
    assert "ö" in str(felder)


def test_a_file_with_a_name_that_is_not_to_be_seen_is_refused(tmp_path):
    text = (settings.BASE_DIR / "fixtures" / "rheine.yaml").read_text("utf-8")
    datei = tmp_path / "leer.yaml"
    datei.write_text(text.replace("kurzname: Rheine", 'kurzname: "\\u200b"'), "utf-8")
    with pytest.raises(DateiFehler, match=r"kurzname: Davon ist nichts zu sehen"):
        lade(datei)


@pytest.fixture(scope="module")
def musterstadt(bleibend):
    """Musterstadt, and somebody who may everything there."""
    with bleibend():
        lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml")
        konzept = Konzept.objects.neuestes_zuerst().first()
        yield mache_benutzer(konzept.kommune, "leitung", is_superuser=True)


def formulare(konto) -> Iterator[tuple[str, models.Model]]:
    """Every form of the workbench, each for a few rows, with its address."""
    konzept = Konzept.objects.neuestes_zuerst().first()
    yield _formular_von(konzept), konzept
    for element in ELEMENTE.values():
        zeilen = element.modell._base_manager.order_by("pk")
        zeilen = zeilen.filter(**({"kommune": konzept.kommune} if element.kommunal else {element.pfad: konzept}))
        for zeile in zeilen[:6]:
            yield _formular_von(zeile), zeile


def test_what_is_sent_in_another_spelling_changes_nothing_and_is_no_change(musterstadt):
    client = Client()
    client.force_login(musterstadt)
    gesendet = 0
    for ort, zeile in formulare(musterstadt):
        schreibe_mit(zeile, None, "ausgang")
        vorher = Aenderung.objects.count()
        daten = {name: [entstellt(w) for w in werte] for name, werte in eingaben(client.get(ort)).items()}
        gesendet += any(not w.isascii() for werte in daten.values() for w in werte)
        antwort = client.post(ort, daten | {"_speichern": "1"})
        assert antwort.status_code == 302, ort
        assert Aenderung.objects.count() == vorher, ort
    assert anders_geschriebene() == []
    assert gesendet > 20


def test_what_was_stored_before_becomes_normal_at_the_next_save_and_is_no_change(musterstadt):
    client = Client()
    client.force_login(musterstadt)
    ziele = list(formulare(musterstadt))
    for _, zeile in ziele:
        schreibe_mit(zeile, None, "ausgang")
    anders_speichern()
    vorher = Aenderung.objects.count()
    offen = len(anders_geschriebene())
    for ort, _ in ziele:
        daten = {name: [nfd(w) for w in werte] for name, werte in eingaben(client.get(ort)).items()}
        assert client.post(ort, daten | {"_speichern": "1"}).status_code == 302, ort
    assert Aenderung.objects.count() == vorher
    assert len(anders_geschriebene()) < offen - 50


def test_the_editor_sends_another_spelling():
    konzept = mache_konzept()
    abschnitt = mache_abschnitt(konzept, "Einführung", text="Etwas.")
    client = Client()
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    html = f"<p><strong>{nfd('Für')}</strong> die \ufb01nanzielle {nfd('Förderung')}</p><p>\u200b- kein Punkt</p>"
    sende(client, abschnitt, {"text-html": html})
    abschnitt.refresh_from_db()
    assert abschnitt.text == "**Für** die finanzielle Förderung\n\n\\- kein Punkt"


def test_a_draft_keeps_what_was_typed_and_its_form_stores_one_spelling():
    konzept = mache_konzept()
    abschnitt = mache_abschnitt(konzept, "Einführung")
    konto = mache_benutzer(konzept.kommune, "redaktion")
    client = Client()
    client.force_login(konto)
    ort = formular_adresse(abschnitt)
    daten = hole(client, abschnitt) | {"titel": [WORT]}
    assert client.post("/zwischenstand/", daten | {"_adresse": ort}).status_code == 204
    assert parse_qs(konto.zwischenstaende.get().daten)["titel"] == [WORT]
    assert eingaben(client.get(ort))["titel"] == [WORT]
    client.post(ort, eingaben(client.get(ort)) | {"_speichern": "1"})
    assert Abschnitt.objects.get(pk=abschnitt.pk).titel == GESPEICHERT


def test_a_command_asks_for_names_that_can_be_seen():
    angaben = {"leitung_email": "c@stadt.example", "einladen": True, "stdout": StringIO()}
    angaben |= {"kurzname": nfd("Würzen"), "art": "stadt", "ags": ""}
    call_command("einrichten", slug="x", kommune=nfd("Stadt Würzen"), leitung_name=WORT, **angaben)
    assert Kommune.objects.get(slug="x").kurzname == "Würzen"
    assert Kommune.objects.get(slug="x").einladungen.get().name == GESPEICHERT
    with pytest.raises(CommandError, match="--kommune: Davon ist nichts zu sehen"):
        call_command("einrichten", slug="y", kommune="\u200b\u00ad", leitung_name="x", **angaben)


def test_the_admin_stores_one_spelling():
    chefin = mache_benutzer(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(chefin)
    andere = mache_benutzer()
    ort = reverse("admin:konten_benutzer_change", args=[andere.pk])
    daten = eingaben(client.get(ort), mit="name")
    antwort = client.post(ort, daten | {"name": [WORT]})
    assert antwort.status_code == 302, antwort.context and antwort.context["errors"]
    andere.refresh_from_db()
    assert andere.name == GESPEICHERT
    assert admin.site.is_registered(Benutzer)


def test_an_address_has_one_spelling():
    konto = mache_benutzer(email=f"a@{nfd('mülheim')}.example")
    assert Benutzer.objects.get(email="a@mülheim.example") == konto
    assert EmailAddress.objects.get(user=konto).email == "a@mülheim.example"


def test_the_same_name_in_another_spelling_is_no_change_of_it():
    konto = mache_benutzer(mache_konzept().kommune, "lesen")
    Benutzer.objects.filter(pk=konto.pk).update(name="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE konten_benutzer SET name = %s WHERE id = %s", [nfd("Jörg"), konto.pk])
    benenne_um(konto, "Jörg", konto)
    assert Benutzer.objects.get(pk=konto.pk).name == "Jörg"
    assert not Namensaenderung.objects.exists()
    benenne_um(konto, "Jürg", konto)
    assert Namensaenderung.objects.get().vorher == "Jörg"


# What is not to be seen

UNSICHTBARE = ["\u200b", "\u00ad", " \u2060\ufeff ", "\u3164", "\u200e\u200d"]


@pytest.mark.parametrize("name", UNSICHTBARE)
def test_no_name_is_of_nothing(name):
    geprueft = 0
    for modell in feindlich.modelle():
        for feld in textfelder(modell):
            if isinstance(feld, Normal) and not feld.blank and feld.editable:
                with pytest.raises(ValidationError, match="Davon ist nichts zu sehen"):
                    feld.clean(name, None)
                geprueft += 1
    assert geprueft > 30


@pytest.mark.parametrize("name", UNSICHTBARE)
def test_no_required_field_of_a_form_takes_it(name):
    geprueft = 0
    for klasse in {*eigene_formulare(), KontoForm}:
        for feld in klasse.base_fields.values():
            if isinstance(feld, Zeilenfeld | Textfeld) and feld.required:
                with pytest.raises(ValidationError, match="Davon ist nichts zu sehen"):
                    feld.clean(name)
                geprueft += 1
    assert geprueft > 15


def test_the_page_says_so_at_the_field():
    konzept = mache_konzept()
    massnahme = mache_massnahme(mache_feld(konzept), "Sprachcafé")
    client = Client()
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    antwort = sende(client, massnahme, {"titel": "\u200b\u00ad"})
    assert antwort.status_code == 422
    assert UNSICHTBAR in fehler_am_feld(antwort, "id_titel")
    neu = kommunen_adresse(konzept.kommune, NACH_MODELL["gremium"].art, "neu")
    antwort = client.post(neu, eingaben(client.get(neu)) | {"name": "\u00ad", "_speichern": "1"})
    assert UNSICHTBAR in fehler_am_feld(antwort, "id_name")
    assert not konzept.kommune.gremien.exists()


def test_an_optional_field_of_nothing_is_empty():
    akteur = Akteur(kommune=mache_konzept().kommune, kurz="A", name="\u200b")
    akteur.full_clean()
    assert akteur.name == ""


def test_nor_has_a_passkey_a_name_of_nothing():
    passkey = SimpleNamespace(wrap=lambda: SimpleNamespace(name="Diensthandy"))
    assert PasskeyNameForm({"name": "\u200b"}, instance=passkey).errors["name"] == [UNSICHTBAR]
    form = PasskeyNameForm({"name": WORT}, instance=passkey)
    assert form.is_valid()
    assert form.cleaned_data["name"] == GESPEICHERT


def test_normal_is_what_the_spelling_says():
    assert normalform(WORT) == GESPEICHERT
