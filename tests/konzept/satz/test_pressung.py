"""The streams of a print are pressed more quickly, and hold the same."""

import io
import zlib

import pikepdf
import pydyf
import pytest

from konzept.satz import setzen

HTML = "<html lang='de'><title>T</title><body><h1>Titel</h1>" + "<p>Ein Absatz mit <b>fetten</b> Worten.</p>" * 40
GEWOEHNLICH, HOECHSTE = b"\x78\x9c", b"\x78\xda"
"""How a stream begins, by the level at which it is pressed (RFC 1950, 2.2)."""


def setze() -> bytes:
    return setzen.setze(HTML, pytest.fail)


def entpackt(pdf: bytes) -> bytes:
    """The same PDF with nothing pressed in it and no ID, which WeasyPrint makes of what is."""
    ausgabe = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as offen:
        del offen.trailer.ID
        offen.save(
            ausgabe,
            static_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return ausgabe.getvalue()


def anfaenge(pdf: bytes) -> set[bytes]:
    """The first two bytes of each stream that is pressed."""
    with pikepdf.open(io.BytesIO(pdf)) as offen:
        stroeme = [objekt for objekt in offen.objects if isinstance(objekt, pikepdf.Stream)]
        return {strom.read_raw_bytes()[:2] for strom in stroeme if strom.get("/Filter") == "/FlateDecode"}


def test_streams_hold_the_same_however_hard_they_are_pressed(monkeypatch):
    schnell = setze()
    monkeypatch.setattr(pydyf, "zlib", pydyf.zlib.__wrapped__)
    fest = setze()
    assert anfaenge(fest) == {HOECHSTE}
    assert anfaenge(schnell) == {GEWOEHNLICH}
    assert entpackt(schnell) == entpackt(fest)


def test_pydyf_finds_the_rest_of_zlib_where_it_was():
    assert pydyf.zlib.__wrapped__ is zlib
    assert pydyf.zlib.decompress(pydyf.zlib.compress(b"Worte")) == b"Worte"
