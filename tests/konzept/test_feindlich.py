"""Hostile content: every text field of every model is full of it, and no page, form or header gives way."""

import email
import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client, override_settings
from django.urls import reverse

from konzept.konten.models import Ereignis
from konzept.models import Abschnitt, Konzept
from konzept.unveraenderlich import NurAnhaengen
from massnahmen.models import Massnahme
from tests import feindlich
from tests.fabrik import (
    adresse,
    alle_zeilen,
    eingaben,
    formular,
    formular_adresse,
    hole,
    mache_benutzer,
    seite_von,
    text,
)
from tests.feindlich import beanstandet, mache_feindliches
from tests.rundgang import alle_adressen, art_von, gehe_durch, ist_seite, neues, tabellen
from tests.satz import ohne_satz

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bestand(bleibend, tmp_path_factory, textrunde):
    """The hostile concept, and somebody who sees everything and calls themself by a hostile name."""
    with bleibend(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("medien")), ohne_satz():
        konto = mache_benutzer(mache_feindliches(textrunde).kommune, "leitung", is_staff=True, is_superuser=True)
        konto.name = "</title><script>alert(1)</script>"
        konto.save()
        yield konto


@pytest.fixture
def konzept(bestand) -> Konzept:
    return Konzept.objects.select_related("kommune").get()


def melde_an(konto) -> Client:
    client = Client(raise_request_exception=False, HTTP_USER_AGENT='"><script>alert(1)</script>')
    client.force_login(konto)
    return client


@pytest.fixture
def chefin(bestand) -> Client:
    return melde_an(bestand)


@pytest.fixture(scope="module")
def rundgang(bestand) -> SimpleNamespace:
    """`seiten`: every page that links lead to, opened once for all tests; `status` of every address by who opens it, a
    stranger or who may everything; `geaendert`: what all that did to the database."""
    konzept = Konzept.objects.select_related("kommune").get()
    adressen = alle_adressen(konzept)
    adressen |= {reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry}
    chefin, fremd = melde_an(bestand), Client(raise_request_exception=False)
    vorher = tabellen()
    status = {
        (wer, pfad): client.get(pfad).status_code
        for wer, client in (("fremd", fremd), ("chefin", chefin))
        for pfad in sorted(adressen)
    }
    return SimpleNamespace(seiten=gehe_durch(chefin), status=status, geaendert=neues(vorher, tabellen()))


# The database


@pytest.mark.datenbank
def test_every_text_is_hostile(konzept):
    for modell in feindlich.modelle():
        for feld in feindlich.textfelder(modell):
            werte = modell._base_manager.values_list(feld.attname, flat=True)
            if issubclass(modell, NurAnhaengen):  # the rows from before could not be changed
                werte = werte.order_by("-pk")[:1]
            for wert in werte:
                assert any(boese.strip() in str(wert) for boese in feindlich.TEXTE), (modell, feld, wert)


def test_only_choices_and_validators_keep_hostile_text_out():
    for modell in feindlich.modelle():
        offen = set(feindlich.textfelder(modell))
        for feld in modell._meta.concrete_fields:
            ist_text = isinstance(feld, models.CharField | models.TextField) and feld.name not in feindlich.GESCHUETZT
            if ist_text and feld not in offen:
                assert feld.choices or len(feld.validators) > 1, feld


# Pages


def test_no_page_gives_way(konzept, rundgang):
    seiten = rundgang.seiten
    assert [pfad for pfad, antwort in seiten.items() if antwort.status_code >= 500] == []
    geprueft = {pfad: beanstandet(antwort.content.decode()) for pfad, antwort in seiten.items() if ist_seite(antwort)}
    assert {pfad: zeilen for pfad, zeilen in geprueft.items() if zeilen} == {}
    assert {"/", adresse(konzept), adresse(konzept, "gesamt")} <= set(geprueft)
    for modell in (Abschnitt, Massnahme):
        assert {formular_adresse(zeile) for zeile in modell.objects.all()} & set(geprueft)
    for pfad, antwort in seiten.items():
        pruefe_kopf(pfad, antwort)


def test_get_changes_nothing(rundgang, chefin):
    """Neither the walk nor any other address, whoever opens it."""
    geaendert = dict(rundgang.geaendert)
    # What was handed out is logged and kept to be handed out again, and nothing else.
    assert geaendert.pop("druckauftraege.Druckauftrag")
    assert geaendert.pop("druckauftraege.Wartender")
    geaendert.pop("fassungen.Ausgabe", None)  # of a Fassung they are made once somebody looks at it
    ereignisse = {eintrag["ereignis"] for eintrag in geaendert.pop("konten.Protokolleintrag", [])}
    assert ereignisse <= {Ereignis.AUSGABE, Ereignis.DATEN_AUSGEGEBEN}
    assert geaendert == {}
    assert sum(status == 200 for status in rundgang.status.values()) > 40
    assert {wo for wo, status in rundgang.status.items() if status >= 500} == set()
    assert chefin.get("/").status_code == 200  # and nobody was signed out


def pruefe_kopf(pfad: str, antwort) -> None:
    """No header holds a line break or what was typed; a file bears a plain name."""
    for name, wert in antwort.items():
        assert wert.isprintable(), (pfad, name)
    assert "boese" not in antwort.cookies, pfad
    if beilage := antwort.get("Content-Disposition"):
        kopf = email.message_from_string(f"Content-Disposition: {beilage}\n\n")
        assert kopf.get_content_disposition() in {"inline", "attachment"}
        assert re.fullmatch(r"[\w.,() -]+\.\w{3,5}", kopf.get_filename()), (pfad, beilage)


def test_what_was_typed_is_shown_as_it_was_typed(konzept, chefin):
    """Nothing is silently swallowed: each text stands on the page as text (links lose their brackets)."""
    seite = text(seite_von(chefin.get(adresse(konzept, "gesamt"))))
    for typed in (*feindlich.AUSBRUECHE, *feindlich.VORLAGEN):
        assert " ".join(typed.split()) in seite
    for verweis in feindlich.VERWEISE[:3]:
        assert verweis in seite


def test_admin_does_not_give_way(konzept, chefin):
    for modell in admin.site._registry:
        name, zeile = f"admin:{modell._meta.app_label}_{modell._meta.model_name}", modell._base_manager.first()
        pfade = [reverse(f"{name}_changelist")]
        if zeile:
            pfade += [reverse(f"{name}_{was}", args=[zeile.pk]) for was in ("change", "delete", "history")]
        for pfad in pfade:
            antwort = chefin.get(pfad)
            assert antwort.status_code in (200, 403), pfad
            assert beanstandet(antwort.content.decode()) == [], pfad


def test_no_form_gives_way(rundgang, chefin):
    """Every form is sent with hostile texts, every element deleted; then the pages that tell of it are looked at."""
    maengel, gespeichert = [], 0

    def sende(pfad, daten):
        antwort = chefin.post(pfad, daten)
        maengel.extend([] if antwort.status_code in (302, 404, 409, 422) else [f"{pfad} {antwort.status_code}"])
        if antwort.status_code in (409, 422):
            maengel.extend(f"{pfad} {zeile}" for zeile in beanstandet(antwort.content.decode()))
        return antwort.status_code == 302

    eine_je_art = {art_von(pfad): pfad for pfad in reversed(rundgang.seiten)}.values()
    for pfad in eine_je_art:
        seite = rundgang.seiten[pfad]
        if not (ist_seite(seite) and hat_eigenes_formular(pfad, seite)):
            continue
        for auswahl in (texte_eines_formulars(seite), {"titel", "name", "text"}):
            chefin.post(pfad, {"_verwerfen": "1"})  # what was refused before waits there
            daten = eingaben(chefin.get(pfad))
            gespeichert += sende(pfad, daten | dict.fromkeys(auswahl & set(daten), BOESE) | {"_speichern": "1"})
        sende(pfad, eingaben(chefin.get(pfad)) | {"_version": "999"})
    assert gespeichert > 15
    for pfad in eine_je_art:
        if pfad.endswith("/loeschen/"):
            sende(pfad, {})
    assert all(apps.get_model(modell).objects.exists() for modell in feindlich.VOM_PRODUKT)
    for pfad, seite in gehe_durch(chefin, je_art=1).items():
        maengel += [f"{pfad} {seite.status_code}"] * (seite.status_code >= 500)
        if ist_seite(seite):
            maengel += [f"{pfad} {zeile}" for zeile in beanstandet(seite.content.decode())]
    assert maengel == []


BOESE = '"><script>alert(1)</script></textarea></title><img src=x onerror=alert(1)>[a](javascript:x){{ 7*7 }}\u202e'


def hat_eigenes_formular(pfad: str, antwort) -> bool:
    """Whether a page has a form with conflict check that it receives itself; another belongs to the page that does."""
    hier = pfad.partition("?")[0]
    formulare = [f for f in seite_von(antwort).iter("form") if f.get("action", hier).partition("?")[0] == hier]
    return any(k.get("name") == "_version" for f in formulare for k in f.iter())


def texte_eines_formulars(antwort) -> set[str]:
    """The names of all controls into which one can type freely."""
    return {
        k.get("name")
        for k in formular(antwort).iter()
        if k.get("name") and (k.tag == "textarea" or (k.tag == "input" and k.get("type", "text") == "text"))
    }


@pytest.mark.parametrize(
    ("art", "feld", "satz"),
    [
        ("akteure", "kurz", "Einen Akteur mit diesem Kürzel gibt es schon."),
        ("gremien", "name", "Ein Gremium mit diesem Namen gibt es schon."),
        ("zielgruppen", "name", "Diese Zielgruppe gibt es schon."),
    ],
)
def test_a_name_that_is_taken_is_refused_with_a_sentence(art, feld, satz, konzept, chefin):
    pfad = f"/kommunen/{konzept.kommune.slug}/{art}/neu/"
    for status in (302, 422):
        noch_eines = {"_noch_eines": f"nach-{status}"}  # or it would be asked whether it was sent twice
        antwort = chefin.post(pfad, eingaben(chefin.get(pfad)) | {feld: "Zweimal", "_speichern": "1"} | noch_eines)
        assert antwort.status_code == status
    assert satz in text(seite_von(antwort))


@pytest.mark.parametrize("zeichen", ["\0", "a\0b"])
def test_nul_is_refused_with_a_sentence(zeichen, konzept, chefin):
    """PostgreSQL cannot store it."""
    vorher = alle_zeilen()
    for zeile in (Abschnitt.objects.first(), Massnahme.objects.first()):
        antwort = chefin.post(formular_adresse(zeile), hole(chefin, zeile) | {"titel": zeichen, "text": zeichen})
        assert antwort.status_code == 422
        assert "Nullzeichen" in text(seite_von(antwort))
    assert alle_zeilen() == vorher


# Headers


@pytest.mark.parametrize(
    "slug", ['x";filename="boese.exe', "x%0d%0aSet-Cookie:%20boese=1", "x%22", "x%00", "%2e%2e%2f", "<script>", "ä"]
)
def test_hostile_addresses_lead_nowhere(slug, konzept, chefin):
    for pfad in (f"/konzepte/{slug}/{konzept.slug}/druck.pdf", f"/konzepte/{konzept.kommune.slug}/{slug}/druck.pdf"):
        antwort = chefin.get(pfad)
        assert antwort.status_code == 404
        assert "Content-Disposition" not in antwort
        assert "script>alert" not in antwort.content.decode()
    assert chefin.get(adresse(konzept, "lesen", slug)).status_code == 404


def test_longest_slugs_make_a_well_formed_header(konzept, chefin):
    Konzept.objects.update(slug="k" * Konzept._meta.get_field("slug").max_length)
    konzept.refresh_from_db()
    kopf = chefin.get(adresse(konzept, "druck.pdf").rstrip("/"))["Content-Disposition"]
    assert kopf == f'inline; filename="{konzept.kommune.slug}-{konzept.slug}.pdf"'


def test_titles_stay_in_title_and_breadcrumbs(konzept, chefin):
    titel = " ".join(konzept.titel.split())
    (kopf,) = seite_von(chefin.get(adresse(konzept))).iter("title")
    assert titel in text(kopf)
    seite = seite_von(chefin.get(formular_adresse(Massnahme.objects.first())))
    (krumen,) = (k for k in seite.iter("nav") if k.get("class") == "krumen")
    assert any(" ".join(feld.kurz.split()) in text(krumen) for feld in konzept.handlungsfelder.all())
    assert {k.tag for k in krumen.iter()} == {"nav", "ol", "li", "a"}


def test_the_guard_of_these_tests_notices():
    harmlos = '<title>Titel</title><script src="/static/x.js"></script><a href="https://a.example">x</a>'
    assert beanstandet(harmlos) == []
    for boese in (*feindlich.AUSBRUECHE[:8], '<a href="javascript:alert(1)">x</a>', '<p onclick="x">', '<p style="x">'):
        assert beanstandet(harmlos + boese), boese
    assert beanstandet(harmlos + "<svg></svg>")
