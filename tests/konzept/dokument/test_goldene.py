"""What was frozen once can be read for ever, and says the same: golden files of every format (see `tests.goldene`)."""

import msgspec
import pytest

from konzept.dokument import baum, formate
from konzept.fliesstext.bloecke import Knoten
from tests import goldene
from tests.vollbaum import alle_arten, aufbau, druckworte, inhalt

FORMATE = range(1, baum.FORMAT + 1)
DATEIEN = [(format, name) for format in FORMATE for name in goldene.namen(format)]


def lies(format: int, name: str) -> baum.Dokument:
    return formate.lies(goldene.lies(goldene.ordner(format) / f"{name}.json.gz"))


@pytest.mark.parametrize("format", FORMATE)
def test_every_format_has_its_golden_files(format):
    assert goldene.VOLL in goldene.namen(format), goldene.WAS_ZU_TUN_IST
    assert len(goldene.namen(format)) > 5


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


def test_the_print_has_the_same_words():
    """Where it is mended on purpose: `python -m tests.goldene`, and the reason in the commit."""
    worte = druckworte(lies(baum.FORMAT, goldene.VOLL))
    assert worte.splitlines() == goldene.DRUCK.read_text().splitlines()
