"""Types of C are read once, and what lies in memory is the same."""

import pytest
import weasyprint.pdf.fonts
import weasyprint.text.fonts

from konzept.satz import setzen
from konzept.satz.beschleunigung import ctypen

ECHT = weasyprint.text.fonts.ffi
FFI = weasyprint.pdf.fonts.ffi


def setze(text: str) -> bytes:
    return setzen.setze(f'<html lang="de"><title>T</title><body><p>{text} <b>{text}</b></p></body></html>', pytest.fail)


def test_a_print_is_the_same_to_the_byte(monkeypatch):
    gesetzt = setze("Worte mit Zeichen")
    monkeypatch.setattr(weasyprint.pdf.fonts, "ffi", ECHT)
    assert setze("Worte mit Zeichen") == gesetzt


@pytest.mark.parametrize(
    "angaben", [("unsigned int[3]",), ("char[4]",), ("unsigned int[3]", (7, 8, 9)), ("int[3]", [7])]
)
def test_an_array_holds_what_it_would(angaben):
    assert [*FFI.new(*angaben)] == [*ECHT.new(*angaben)]
    assert ECHT.sizeof(FFI.new(*angaben)) == ECHT.sizeof(ECHT.new(*angaben))


def test_what_is_no_array_is_what_it_was():
    assert FFI.new("unsigned int *", 100)[0] == 100
    assert ECHT.typeof(FFI.new("unsigned int *")) == ECHT.typeof("unsigned int *")
    assert FFI.buffer is ECHT.buffer
    assert FFI.NULL == ECHT.NULL


def test_no_document_reads_a_type_anew():
    """However many glyphs a font has; those in common use are read before the first."""
    assert set(ctypen.GEBRAEUCHLICH) <= set(ECHT._parsed_types)
    setze("Worte")
    vorher = set(ECHT._parsed_types)
    setze("Andere Worte mit mehr und mehr Zeichen")
    assert set(ECHT._parsed_types) == vorher


def test_weasyprint_asks_where_it_is_mended():
    assert FFI.__wrapped__ is ECHT
