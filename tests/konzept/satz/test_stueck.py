"""A piece is known by all that can change what comes of it."""

import datetime as dt
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from msgspec import structs

from konzept.satz import stueck, versionen
from konzept.satz.stueck import Dateianhang, Satzauftrag, Stueck, lies

QUELLE = Path(distribution("weasyprint").locate_file("weasyprint/text/ffi.py"))
AUFTRAG = Satzauftrag(html="<p>A</p>", dateien={"static:a.css": ("text/css", b"p {}")}, name="1 A")
ANDERE = {
    "text": {"html": "<p>B</p>"},
    "content of a file": {"dateien": {"static:a.css": ("text/css", b"p { }")}},
    "address of a file": {"dateien": {"static:b.css": ("text/css", b"p {}")}},
    "kind of a file": {"dateien": {"static:a.css": ("text/plain", b"p {}")}},
    "another file": {"dateien": AUFTRAG.dateien | {"media:w.png": ("image/png", b"")}},
    "tags": {"schlicht": True},
    "attachment": {"anlagen": (Dateianhang(name="a", inhalt=b"1", beschreibung="A"),)},
}


@pytest.mark.parametrize("was", ANDERE)
def test_what_changes_the_print_changes_the_key(was):
    assert structs.replace(AUFTRAG, **ANDERE[was]).schluessel != AUFTRAG.schluessel


def test_of_an_attachment_its_date_counts():
    mit = structs.replace(AUFTRAG, **ANDERE["attachment"])
    assert structs.replace(mit, stand=dt.date(2027, 1, 1)).schluessel != mit.schluessel


def test_how_it_is_called_does_not_count():
    assert structs.replace(AUFTRAG, name="2 B").schluessel == AUFTRAG.schluessel


@pytest.mark.parametrize("bibliothek", [*versionen.BIBLIOTHEKEN, "pango", "harfbuzz"])
def test_the_libraries_that_typeset_are_named(bibliothek):
    assert re.search(rf"\b{bibliothek} [0-9]", versionen.versionen())


@pytest.mark.parametrize("bibliothek", ["PANGO", "HARFBUZZ"])
def test_without_a_library_nothing_is_known_by_half_of_them(monkeypatch, bibliothek):
    monkeypatch.setattr(versionen, bibliothek, ("gibt-es-nicht.so.0", "auch-nicht.so.0"))
    with pytest.raises(OSError, match=r"gibt-es-nicht\.so\.0, auch-nicht\.so\.0"):
        versionen.versionen()


@pytest.mark.parametrize("bibliothek", ["pango", "harfbuzz"])
def test_they_are_looked_for_where_weasyprint_does(bibliothek):
    namen = re.search(rf"\n{bibliothek} = _dlopen\(\s*ffi, (.*?)\)", QUELLE.read_text(encoding="utf-8"), re.DOTALL)
    assert tuple(re.findall("'(.*?)'", namen[1])) == getattr(versionen, bibliothek.upper())


def test_another_version_makes_other_keys(monkeypatch):
    vorher = AUFTRAG.schluessel
    stueck._programm.cache_clear()
    monkeypatch.setattr(stueck, "versionen", lambda: "weasyprint 99")
    assert AUFTRAG.schluessel != vorher
    stueck._programm.cache_clear()


def test_ids_of_two_pieces_stay_apart():
    assert AUFTRAG.vorsatz != structs.replace(AUFTRAG, html="<p>B</p>").vorsatz


def test_what_is_kept_is_read_again():
    gesetzt = Stueck(b"%PDF", ["", "quer"], {"m-1": 1})
    assert lies(gesetzt.als_bytes("a"), "a") == gesetzt


@pytest.mark.parametrize(
    "was",
    [b"", Stueck(b"%PDF", [], {}).als_bytes("a")[:-1], Stueck(b"%PDF", [], {}).als_bytes("b")],
    ids=["nothing", "half of it", "that of another key"],
)
def test_what_is_damaged_or_another_is_not_taken_for_it(was):
    with pytest.raises(ValueError, match="damaged"):
        lies(was, "a")
