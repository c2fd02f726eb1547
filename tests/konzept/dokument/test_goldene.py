"""What was frozen once can be read for ever, and says the same: golden files of every format (see `tests.goldene`)."""

import msgspec
import pytest

from konzept.dokument import baum, formate
from konzept.fliesstext.bloecke import Knoten
from tests import goldene
from tests.konzept.dokument.lesart import blank
from tests.konzept.dokument.test_pdf_vollstaendig import gelesenes
from tests.vollbaum import alle_arten, aufbau, druckworte, inhalt

FORMATE = range(1, baum.FORMAT + 1)
DATEIEN = [(format, name) for format in FORMATE for name in goldene.namen(format)]


def lies(format: int, name: str) -> baum.Dokument:
    return formate.lies(goldene.lies(goldene.ordner(format) / f"{name}.json.gz"))


@pytest.mark.parametrize("format", FORMATE)
def test_every_format_has_its_golden_files(format):
    assert goldene.VOLL in goldene.namen(format), goldene.OHNE_DATEIEN.format(format)
    assert len(goldene.namen(format)) > 5


@pytest.mark.parametrize("format", range(1, baum.FORMAT))
def test_every_older_format_is_lifted(format):
    assert format in formate.HEBUNGEN, goldene.OHNE_HEBUNG.format(format, format)


@pytest.mark.parametrize(("format", "name"), DATEIEN)
def test_it_has_the_same_words_and_values_in_the_same_order(format, name):
    vorher = goldene.lies(goldene.ordner(format) / f"{name}.txt.gz").decode()
    assert inhalt(lies(format, name), format).splitlines() == vorher.splitlines()


@pytest.mark.parametrize("name", goldene.namen(baum.FORMAT))
def test_it_is_written_in_the_same_bytes(name):
    """Or the checksum of a Fassung would say that something has changed where nothing has."""
    geschrieben = goldene.lies(goldene.ordner(baum.FORMAT) / f"{name}.json.gz")
    assert baum.als_json(lies(baum.FORMAT, name)) == geschrieben


def test_the_structure_of_a_tree_changes_with_its_format_only():
    assert not goldene.ist_neu(aufbau(), baum.FORMAT), goldene.WAS_ZU_TUN_IST


def test_the_full_tree_has_every_kind_of_node_and_every_field():
    gefuellt = set()

    def besuche(wert):
        if isinstance(wert, Knoten):
            for feld in msgspec.structs.fields(wert):
                inneres = getattr(wert, feld.name)
                if feld.name == "format" or inneres not in (feld.default, (), "", None):
                    gefuellt.add((type(wert).__name__, feld.name))
                besuche(inneres)
        elif isinstance(wert, tuple):
            for teil in wert:
                besuche(teil)

    besuche(lies(baum.FORMAT, goldene.VOLL))
    alle = {(name, feld.name) for name, typ in alle_arten().items() for feld in msgspec.structs.fields(typ)}
    assert not alle - gefuellt


@pytest.fixture(scope="module")
def gedruckte_worte() -> str:
    return druckworte(lies(baum.FORMAT, goldene.VOLL))


def test_the_print_has_the_same_words(gedruckte_worte):
    """Where it is mended on purpose: `python -m tests.goldene`, and the reason in the commit."""
    assert gedruckte_worte.splitlines() == goldene.DRUCK.read_text().splitlines()


ANDERS_GEDRUCKT = {"Texttabelle ausrichtung", "Kostensicht haushalt_schluessel", "Massnahme nummer"}
"""Alignments and keys are no words; a measure is named by its Kennung."""


def test_every_text_of_the_tree_is_printed(gedruckte_worte):
    """Before any PDF is made: a field that no template shows is found here (see `test_pdf_vollstaendig`)."""
    texte = {text.rstrip("0123456789 äß"): text for text in gelesenes(lies(baum.FORMAT, goldene.VOLL))}
    assert len(texte) > 50
    assert {feld for feld, text in texte.items() if blank(text) not in blank(gedruckte_worte)} == ANDERS_GEDRUCKT
