"""Which Fassungen an account may see is asked at one place, `konzept.fassungen.zugriff`, and nothing reads past it."""

import ast
import re
from pathlib import Path

import pytest

WURZEL = Path(__file__).parents[3]

DARF = {
    "konzept/fassungen/zugriff.py": "the place itself",
    "konzept/fassungen/models.py": "what an account may see is written here",
    "konzept/fassungen/vorgaenge.py": "freezes under the next number",
    "konzept/fassungen/views.py": "the form of the next Fassung, for who freezes and so sees all of them",
    "konzept/fassungen/ausgaben.py": "makes the PDFs in a process of its own, for nobody in particular",
    "konzept/fassungen/grossdruck.py": "makes a PDF in a process of its own, for nobody in particular",
    "konzept/fassungen/oeffentlich/views.py": "what is published, which everybody sees",
    "konzept/beratung/forms/runde.py": "what may be laid before others, for who leads the Beratung and so sees all",
    "konzept/vorlagen/anlagen.py": "what a Synopse may begin with, for who edits Vorlagen and so sees all",
    "konzept/vorlagen/forms/vorlage.py": "what may be Anlage 1, for who edits Vorlagen and so sees all",
    "konzept/vorlagen/vorgaenge.py": "what was adopted after a Vorlage, for who reads the Arbeitsstand and so sees all",
}
"""Which modules read Fassungen by themselves, and why."""


def _liest_fassungen(baum: ast.AST) -> bool:
    """`Fassung.objects` and its like, or the reverse of a foreign key."""
    attribute = [knoten for knoten in ast.walk(baum) if isinstance(knoten, ast.Attribute)]
    verwalter = {"objects", "_base_manager", "_default_manager"}
    return any(
        (a.attr in verwalter and isinstance(a.value, ast.Name) and a.value.id == "Fassung") or a.attr == "fassungen"
        for a in attribute
    )


def _quelltexte() -> list[Path]:
    return [
        pfad
        for app in ("konzept", "handlungsfelder", "massnahmen")
        for pfad in (WURZEL / app).rglob("*.py")
        if "migrations" not in pfad.parts and "management" not in pfad.parts
    ]


def test_nobody_reads_fassungen_past_the_place_that_knows_who_may_see_them():
    lesende = {
        str(pfad.relative_to(WURZEL)) for pfad in _quelltexte() if _liest_fassungen(ast.parse(pfad.read_text()))
    }
    assert lesende == DARF.keys()


@pytest.mark.parametrize(
    "quelle", ["Fassung.objects.filter(nummer=1)", "k.fassungen.all()", "Fassung._base_manager.get(pk=1)"]
)
def test_reading_is_noticed_in_every_way_to_write_it(quelle):
    assert _liest_fassungen(ast.parse(quelle))


def test_no_template_reads_fassungen_from_a_concept():
    for pfad in (WURZEL / "templates").rglob("*.html"):
        assert not re.search(r"\bkonzept\.fassungen\.(all|first|last|count)", pfad.read_text()), pfad
