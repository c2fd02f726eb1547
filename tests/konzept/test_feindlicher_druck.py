"""Hostile content in print: nothing is opened, fetched or hidden in the file, whatever texts and markup ask for."""

import io
import re
import socket
import threading
from contextlib import contextmanager
from xml.etree import ElementTree

import pikepdf
import pytest
from django.test import override_settings
from django.utils.timezone import localdate

from konzept.beratung import abwaegungstabelle
from konzept.beratung.models import Anmerkung, Runde
from konzept.dokument import pdf, ressourcen, zerlegung
from konzept.dokument.html import druck_html
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.satz import bindung, setzen
from tests import feindlich

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bestand(bleibend, tmp_path_factory, textrunde):
    with bleibend(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("medien")):
        feindlich.mache_feindliches(textrunde)
        yield


@pytest.fixture
def konzept(bestand) -> Konzept:
    return Konzept.objects.select_related("kommune").get()


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


def test_hostile_concept_is_printed_and_opens_nothing(konzept, monkeypatch):
    monkeypatch.setattr(zerlegung, "STUECK", 10**9)
    with ohne_netz():
        inhalt = pdf.drucke(stelle_zusammen(konzept))
    gelesen = pruefe_pdf(inhalt)
    assert any(text[:12] in str(gelesen.docinfo.Title) for text in feindlich.TEXTE)


def test_hostile_abwaegungstabelle_is_printed_and_opens_nothing(konzept):
    runde, heute = Runde.objects.first(), localdate()
    html = abwaegungstabelle.als_html(runde, abwaegungstabelle.zeilen(Anmerkung.objects.filter(runde=runde)), heute)
    with ohne_netz():
        pruefe_pdf(abwaegungstabelle.als_pdf(html, heute))
    assert "alert(7)" in html


@pytest.mark.parametrize("wappen", ["../../etc/passwd.png", "http://boese.example/x.png", 'x.png" onerror="alert(1)'])
def test_print_names_no_file_outside_the_uploads(wappen, konzept, tmp_path):
    Kommune.objects.update(wappen=wappen)
    konzept.refresh_from_db()
    assert "<img" not in druck_html(stelle_zusammen(konzept))


def test_hostile_concept_bound_from_pieces_opens_nothing(konzept, lauscher, monkeypatch):
    monkeypatch.setattr(zerlegung, "STUECK", 20_000)
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
    inhalt = setzen.setze(EINBINDUNGEN.format(ziel=adresse_), ressourcen.inhalt)
    gelesen = pikepdf.open(io.BytesIO(inhalt))
    assert len(gelesen.pages) == 1
    assert lauscher.besuche == []
    for objekt in gelesen.objects:
        if isinstance(objekt, pikepdf.Stream):
            assert b"GEHEIMNIS" not in objekt.read_bytes()
    assert not list(gelesen.attachments)


def test_the_guards_of_these_tests_notice(lauscher):
    """A connection is seen by the listener, and refused by the guard."""
    with socket.create_connection(("127.0.0.1", int(lauscher.adresse.split(":")[1]))) as besuch:
        besuch.sendall(b"da")
        assert besuch.recv(1) == b""
    assert lauscher.besuche == [b"da"]
    with ohne_netz(), pytest.raises(AssertionError, match="opened a connection"):
        socket.create_connection(("127.0.0.1", 9))
