"""What a print may open: static files of the project and images of the media storage, and nothing else."""

import logging

import pytest
from django.test import override_settings

from konzept.dokument import ressourcen
from konzept.satz import setzen

BOESE = [
    "http://localhost/x.png",
    "https://example.org/x.png",
    "file:///etc/passwd",
    "//example.org/x.png",
    "/etc/passwd",
    "data:image/png;base64,iVBORw0KGgo=",
    "ftp://example.org/x.png",
    "media:../geheim.png",
    "media:wappen/../../geheim.png",
    "media:%2e%2e/geheim.png",
    "media:..%2fgeheim.png",
    "media:%252e%252e/geheim.png",
    "media:/etc/passwd",
    "media://example.org/x.png",
    "media:wappen\\..\\..\\geheim.png",
    "media:geheim.sqlite3",
    "media:verweis.png",
    "media:",
    "static:../konzept/settings.py",
    "static:/etc/passwd",
    "static:css/../../manage.py",
    "static:js/seite.js",
    "static:",
]


@pytest.fixture
def medien(tmp_path):
    (tmp_path / "medien").mkdir()
    (tmp_path / "geheim.png").write_bytes(b"geheim")
    (tmp_path / "medien" / "geheim.sqlite3").write_bytes(b"geheim")
    (tmp_path / "medien" / "verweis.png").symlink_to(tmp_path / "geheim.png")
    with override_settings(MEDIA_ROOT=tmp_path / "medien"):
        yield tmp_path / "medien"


@pytest.mark.parametrize("adresse", BOESE)
def test_foreign_addresses_are_refused_and_logged(adresse, medien, caplog):
    with pytest.raises(ressourcen.Verweigert):
        ressourcen.inhalt(adresse)
    with caplog.at_level(logging.WARNING), pytest.raises((ValueError, setzen.FatalURLFetchingError)):
        setzen.Abholer(ressourcen.inhalt).fetch(adresse)
    assert repr(adresse)[:20] in caplog.text


def test_page_with_foreign_addresses_is_printed_without_them(medien, lesen):
    bilder = "".join(f'<p><img alt="Bild" src="{adresse}">' for adresse in BOESE if not adresse.startswith("static"))
    html = (
        f'<html lang="de"><title>T</title><style>p {{ background: url(file:///etc/passwd) }}</style><h1>Da</h1>{bilder}'
    )
    inhalt = setzen.setze(html, ressourcen.inhalt)
    assert b"geheim" not in inhalt
    assert "Da" in lesen(inhalt).seiten()[0]
    assert b"/Image" not in inhalt


def test_missing_style_sheet_stops_the_print():
    html = '<html lang="de"><title>T</title><link rel="stylesheet" href="static:css/fehlt.css"><p>Text'
    with pytest.raises(setzen.DruckFehler, match=r"css/fehlt\.css"):
        setzen.setze(html, ressourcen.inhalt)


def test_image_of_the_media_storage_is_found(medien):
    (medien / "wappen").mkdir()
    (medien / "wappen" / "Grün 1.png").write_bytes(b"bild")
    assert ressourcen.inhalt("media:wappen/Gr%C3%BCn%201.png") == ("image/png", b"bild")
