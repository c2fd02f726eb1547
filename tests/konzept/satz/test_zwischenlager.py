"""What takes long is made once on a machine, and anew whenever what was kept cannot be trusted."""

import fontTools
import pyphen
import pytest

from konzept.betrieb.statische_dateien import finde
from konzept.dokument import ressourcen
from konzept.satz.beschleunigung.trennmuster import lies_trennmuster
from konzept.satz.beschleunigung.zwischenlager import einmal

SCHRIFT = "kern/fonts/fira-sans/FiraSans-Italic.woff2"


def nie():
    pytest.fail("is made once more")


def test_what_was_made_is_kept(tmp_path):
    ordner = tmp_path / "neu" / "einmal"
    assert einmal(ordner, lambda: b"Inhalt", "version", b"quelle") == b"Inhalt"
    assert einmal(ordner, nie, "version", b"quelle") == b"Inhalt"
    assert len([*ordner.iterdir()]) == 1


@pytest.mark.parametrize(
    "woraus", [("version 2", b"quelle"), ("version", b"andere"), ("versionq", b"uelle"), ("version",)]
)
def test_another_source_makes_another(tmp_path, woraus):
    einmal(tmp_path, lambda: b"eins", "version", b"quelle")
    assert einmal(tmp_path, lambda: b"zwei", *woraus) == b"zwei"
    assert einmal(tmp_path, nie, "version", b"quelle") == b"eins"


@pytest.mark.parametrize("schaden", [lambda roh: b"", lambda roh: roh[:-1], lambda roh: roh[:-1] + b"!"])
def test_what_was_damaged_is_made_anew(tmp_path, schaden):
    einmal(tmp_path, lambda: b"Inhalt", "quelle")
    (datei,) = tmp_path.iterdir()
    datei.write_bytes(schaden(datei.read_bytes()))
    assert einmal(tmp_path, lambda: b"Inhalt", "quelle") == b"Inhalt"
    assert einmal(tmp_path, nie, "quelle") == b"Inhalt"


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path):
    (tmp_path / "datei").write_text("keine Ablage")
    for ordner in (tmp_path / "datei", tmp_path / "datei" / "darunter", None):
        assert einmal(ordner, lambda: b"Inhalt", "quelle") == b"Inhalt"
    assert (tmp_path / "datei").read_text() == "keine Ablage"


def test_what_fails_leaves_nothing_behind(tmp_path):
    def scheitere():
        raise ValueError("kein Inhalt")

    with pytest.raises(ValueError, match="kein Inhalt"):
        einmal(tmp_path, scheitere, "quelle")
    assert [*tmp_path.iterdir()] == []


def test_patterns_are_read_as_text_once(tmp_path, monkeypatch):
    monkeypatch.setattr(pyphen, "hdcache", {})
    quelle = pyphen.LANGUAGES[pyphen.language_fallback("de")]
    lies_trennmuster(tmp_path)
    assert len([*tmp_path.iterdir()]) == 1
    echt = pyphen.HyphDict(quelle)
    pyphen.hdcache.clear()
    monkeypatch.setattr(pyphen, "HyphDict", type("HyphDict", (pyphen.HyphDict,), {"__init__": nie}))
    lies_trennmuster(tmp_path)
    gelesen = pyphen.hdcache[quelle]
    assert vars(gelesen) == vars(echt)
    # Values of another kind than numbers would be lost on the way.
    assert {type(wert) for _, werte in echt.patterns.values() for wert in werte} == {int}
    for wort in ("donaudampfschifffahrtsgesellschaft", "integrationskonzept", "straßenbahn", "x"):
        assert gelesen.positions(wort) == echt.positions(wort)
    assert pyphen.Pyphen(lang="de").hd is gelesen


def test_fonts_are_unpacked_once(tmp_path, monkeypatch, settings):
    settings.EINMAL_DIR = tmp_path
    schrift = finde(SCHRIFT)
    entpackt = ressourcen.entpackt.__wrapped__
    einmal_entpackt = entpackt(schrift)
    monkeypatch.setattr(ressourcen, "TTFont", lambda *angaben, **namen: nie())
    assert entpackt(schrift) == einmal_entpackt
    assert einmal_entpackt[:4] == b"\x00\x01\x00\x00"
    monkeypatch.setattr(fontTools, "version", "0")
    with pytest.raises(pytest.fail.Exception):
        entpackt(schrift)
