"""Hostile content: every text field of every model is full of it, and no page, header or print gives way."""

import email
import io
import re
import socket
import threading
from contextlib import contextmanager
from xml.etree import ElementTree

import pikepdf
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse

from konzept.dokument import bindung, pdf, ressourcen, satz
from konzept.dokument.html import druck_html
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.unveraenderlich import NurAnhaengen
from massnahmen.models import Massnahme
from tests import feindlich
from tests.fabrik import (
    adresse,
    alle_zeilen,
    baum,
    eingaben,
    formular,
    formular_adresse,
    hole,
    mache_benutzer,
    text,
)
from tests.feindlich import beanstandet, gehe_durch, ist_seite, leeres_pdf, mache_feindliches

pytestmark = pytest.mark.django_db


@pytest.fixture
def runde() -> int:
    """Which of the texts the short fields take; a test may go through several."""
    return 0


@pytest.fixture
def konzept(runde, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return mache_feindliches(runde)


@pytest.fixture
def chefin(client, konzept):
    """A browser that sees everything, and calls itself by a hostile name."""
    konto = mache_benutzer(konzept.kommune, "leitung", is_staff=True, is_superuser=True)
    konto.name = "</title><script>alert(1)</script>"
    konto.save()
    client.force_login(konto)
    client.defaults["HTTP_USER_AGENT"] = '"><script>alert(1)</script>'
    return client


# The database


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


@pytest.mark.parametrize("runde", range(2))
def test_no_page_gives_way(konzept, chefin, monkeypatch):
    monkeypatch.setattr(pdf, "drucke", lambda dokument, **_: leeres_pdf())
    chefin.raise_request_exception = False
    seiten = gehe_durch(chefin)
    assert [pfad for pfad, antwort in seiten.items() if antwort.status_code >= 500] == []
    geprueft = {pfad: beanstandet(antwort.content.decode()) for pfad, antwort in seiten.items() if ist_seite(antwort)}
    assert {pfad: zeilen for pfad, zeilen in geprueft.items() if zeilen} == {}
    assert {"/", adresse(konzept), adresse(konzept, "gesamt")} <= set(geprueft)
    for modell in (Abschnitt, Massnahme):
        assert {formular_adresse(zeile) for zeile in modell.objects.all()} & set(geprueft)
    for pfad, antwort in seiten.items():
        pruefe_kopf(pfad, antwort)


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
    seite = text(baum(chefin.get(adresse(konzept, "gesamt"))))
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


def test_no_form_gives_way(konzept, chefin, monkeypatch):
    """Every form is sent with hostile texts, every element deleted; then the pages that tell of it are looked at."""
    monkeypatch.setattr(pdf, "drucke", lambda dokument, **_: leeres_pdf())
    chefin.raise_request_exception = False
    maengel, gespeichert = [], 0

    def sende(pfad, daten):
        antwort = chefin.post(pfad, daten)
        maengel.extend([] if antwort.status_code in (302, 404, 409, 422) else [f"{pfad} {antwort.status_code}"])
        if antwort.status_code in (409, 422):
            maengel.extend(f"{pfad} {zeile}" for zeile in beanstandet(antwort.content.decode()))
        return antwort.status_code == 302

    vorher = gehe_durch(chefin, je_art=1)
    for pfad, seite in vorher.items():
        if not (ist_seite(seite) and hat_eigenes_formular(pfad, seite)):
            continue
        for auswahl in (texte_eines_formulars(seite), {"titel", "name", "text"}):
            daten = eingaben(chefin.get(pfad))
            gespeichert += sende(pfad, daten | dict.fromkeys(auswahl & set(daten), BOESE) | {"_speichern": "1"})
        sende(pfad, eingaben(chefin.get(pfad)) | {"_version": "999"})
    assert gespeichert > 15
    for pfad in vorher:
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
    formulare = [f for f in baum(antwort).iter("form") if f.get("action", hier).partition("?")[0] == hier]
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
        antwort = chefin.post(pfad, eingaben(chefin.get(pfad)) | {feld: "Zweimal", "_speichern": "1"})
        assert antwort.status_code == status
    assert satz in text(baum(antwort))


@pytest.mark.parametrize("zeichen", ["\0", "a\0b"])
def test_nul_is_refused_with_a_sentence(zeichen, konzept, chefin):
    """PostgreSQL cannot store it."""
    vorher = alle_zeilen()
    for zeile in (Abschnitt.objects.first(), Massnahme.objects.first()):
        antwort = chefin.post(formular_adresse(zeile), hole(chefin, zeile) | {"titel": zeichen, "text": zeichen})
        assert antwort.status_code == 422
        assert "Nullzeichen" in text(baum(antwort))
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


def test_longest_slugs_make_a_well_formed_header(konzept, chefin, monkeypatch):
    monkeypatch.setattr(pdf, "drucke", lambda dokument, **_: leeres_pdf())
    Konzept.objects.update(slug="k" * Konzept._meta.get_field("slug").max_length)
    konzept.refresh_from_db()
    kopf = chefin.get(adresse(konzept, "druck.pdf").rstrip("/"))["Content-Disposition"]
    assert kopf == f'inline; filename="{konzept.kommune.slug}-{konzept.slug}.pdf"'


def test_titles_stay_in_title_and_breadcrumbs(konzept, chefin):
    titel = " ".join(konzept.titel.split())
    (kopf,) = baum(chefin.get(adresse(konzept))).iter("title")
    assert titel in text(kopf)
    seite = baum(chefin.get(formular_adresse(Massnahme.objects.first())))
    (krumen,) = (k for k in seite.iter("nav") if k.get("class") == "krumen")
    assert any(" ".join(feld.kurz.split()) in text(krumen) for feld in konzept.handlungsfelder.all())
    assert {k.tag for k in krumen.iter()} == {"nav", "ol", "li", "a"}


# Print


class Lauscher:
    """A web server on this machine that notes who knocks."""

    def __init__(self):
        self.besuche = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.adresse = f"127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._lausche, daemon=True).start()

    def _lausche(self):
        while True:
            try:
                besuch, _ = self.server.accept()
            except OSError:
                return
            self.besuche.append(besuch.recv(200))
            besuch.close()

    def schliesse(self):
        self.server.close()


@pytest.fixture
def lauscher():
    lauscher = Lauscher()
    yield lauscher
    lauscher.schliesse()


@contextmanager
def ohne_netz():
    """Every attempt of this process to open a connection or look up a name fails the test."""

    def verweigert(*args, **_):
        raise AssertionError(f"The print opened a connection: {args}")

    with pytest.MonkeyPatch.context() as stelle:
        for name in ("connect", "connect_ex"):
            stelle.setattr(socket.socket, name, verweigert)
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            stelle.setattr(socket, name, verweigert)
        yield


def pruefe_pdf(inhalt: bytes) -> pikepdf.Pdf:
    """Fails where a PDF does more than lie there to be read."""
    gelesen = pikepdf.open(io.BytesIO(inhalt))
    for objekt in gelesen.objects:
        if not isinstance(objekt, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for schluessel in ("/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/RichMedia", "/XFA"):
            assert schluessel not in objekt, schluessel
        assert objekt.get("/Type") not in ("/EmbeddedFile", "/Filespec")
        assert objekt.get("/S") not in ("/Launch", "/JavaScript", "/SubmitForm", "/GoToR", "/GoToE", "/ImportData")
        if "/URI" in objekt and objekt.get("/S") == "/URI":
            assert re.match(r"(https?://|mailto:)", str(objekt.URI)), objekt.URI
    xmp = gelesen.Root.Metadata.read_bytes()
    ElementTree.fromstring(xmp)
    return gelesen


def test_hostile_concept_is_printed_and_opens_nothing(konzept):
    with ohne_netz():
        inhalt = pdf.drucke(stelle_zusammen(konzept))
    assert "<script>alert(1)</script>" in str(pruefe_pdf(inhalt).docinfo.Title)


@pytest.mark.parametrize("wappen", ["../../etc/passwd.png", "http://boese.example/x.png", 'x.png" onerror="alert(1)'])
def test_print_names_no_file_outside_the_uploads(wappen, konzept, tmp_path):
    Kommune.objects.update(wappen=wappen)
    konzept.refresh_from_db()
    assert "<img" not in druck_html(stelle_zusammen(konzept))


def test_hostile_concept_bound_from_pieces_opens_nothing(konzept, lauscher, monkeypatch):
    monkeypatch.setattr(pdf, "STUECK", 20_000)
    Abschnitt.objects.update(text=f"[x](http://{lauscher.adresse}/a) ![b](http://{lauscher.adresse}/b) "
                             f"[y]({bindung.VERWEIS}abschnitt-1) [z](#gibt-es-nicht) <!--umbruch-->")  # fmt: skip
    gelesen = pruefe_pdf(pdf.drucke(stelle_zusammen(konzept)))
    assert len(gelesen.pages) > 5
    assert lauscher.besuche == []


EINBINDUNGEN = """
<html lang="de"><head><title>T</title>
<link rel="stylesheet" href="{ziel}">
<link rel="attachment" href="{ziel}">
<style>@import "{ziel}"; @font-face {{ font-family: x; src: url("{ziel}") }}
p {{ font-family: x; background: url("{ziel}"); list-style-image: url({ziel}) }}
p::before {{ content: url("{ziel}") }}</style></head>
<body background="{ziel}"><h1>Da</h1><p>Text</p><img src="{ziel}" alt="a" srcset="{ziel} 2x">
<object data="{ziel}">o</object><embed src="{ziel}"><iframe src="{ziel}"></iframe>
<a rel="attachment" href="{ziel}">a</a><svg width="9" height="9"><image href="{ziel}"/><use href="{ziel}#a"/></svg>
<input type="image" src="{ziel}"><video poster="{ziel}"></video></body></html>"""


@pytest.mark.parametrize(
    "ziel",
    ["http://{lauscher}/x.png", "//{lauscher}/x", "file://{geheim}", "{geheim}", "media:../{name}", "ftp://{lauscher}/x"],
)
def test_print_engine_fetches_nothing_even_from_markup(ziel, lauscher, tmp_path, settings):
    """No text becomes markup; if it did one day, the engine still would not open what it names."""
    geheim = tmp_path / "geheim.png"
    geheim.write_bytes(b"GEHEIMNIS" * 50)
    settings.MEDIA_ROOT = tmp_path / "medien"
    adresse_ = ziel.format(lauscher=lauscher.adresse, geheim=geheim, name=geheim.name)
    inhalt = satz.setze(EINBINDUNGEN.format(ziel=adresse_), ressourcen.inhalt)
    gelesen = pikepdf.open(io.BytesIO(inhalt))
    assert len(gelesen.pages) == 1
    assert lauscher.besuche == []
    for objekt in gelesen.objects:
        if isinstance(objekt, pikepdf.Stream):
            assert b"GEHEIMNIS" not in objekt.read_bytes()
    assert not list(gelesen.attachments)


def test_the_guards_of_these_tests_notice(lauscher):
    """A connection is seen by the listener, refused by the guard; a script is complained about."""
    with socket.create_connection(("127.0.0.1", int(lauscher.adresse.split(":")[1]))) as besuch:
        besuch.sendall(b"da")
        assert besuch.recv(1) == b""
    assert lauscher.besuche == [b"da"]
    with ohne_netz(), pytest.raises(AssertionError, match="opened a connection"):
        socket.create_connection(("127.0.0.1", 9))
    harmlos = '<title>Titel</title><script src="/static/x.js"></script><a href="https://a.example">x</a>'
    assert beanstandet(harmlos) == []
    for boese in (*feindlich.AUSBRUECHE[:8], '<a href="javascript:alert(1)">x</a>', '<p onclick="x">', '<p style="x">'):
        assert beanstandet(harmlos + boese), boese
