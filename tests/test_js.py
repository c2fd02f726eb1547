"""What the scripts make of text, without a page: `tests/js`, run by Node's own runner; and that each is checked."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ORDNER = settings.BASE_DIR / "tests" / "js"
DATEIEN = sorted(ORDNER.glob("*.test.mjs"))
DATEN = {".json"}
"""Endings of what tests read; all else in the folder are tests."""


@pytest.fixture(scope="module")
def node() -> str:
    # The one inside the environment is there where the machine has none of its own (see the Makefile).
    pfad = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert pfad, "There is no Node.js: `make setup` installs one into .venv where the machine has none."
    return pfad


def test_no_file_is_left_out():
    assert DATEIEN
    alle = {datei for datei in ORDNER.rglob("*") if datei.is_file() and datei.suffix not in DATEN}
    assert alle - set(DATEIEN) == set(), "not run: what is a test is named *.test.mjs and stands in tests/js itself"


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.name)
def test_the_pure_parts_of_the_scripts(datei, node):
    # Not with --test: that counts a file without a test as a test that passes.
    lauf = subprocess.run(
        [node, "--test-reporter=tap", datei], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert lauf.returncode == 0, lauf.stdout + lauf.stderr
    anzahl = {name: int(zahl) for name, zahl in re.findall(r"^# (\w+) (\d+)$", lauf.stdout, re.MULTILINE)}
    assert anzahl.get("pass"), f"{datei.name}: no test ran\n{lauf.stdout}"
    nicht = {name: anzahl[name] for name in ("fail", "cancelled", "skipped", "todo") if anzahl[name]}
    assert nicht == {}, lauf.stdout


def test_the_types_of_every_script_are_checked():
    skripte = sorted((settings.BASE_DIR / "static" / "js").rglob("*.*js"))
    assert skripte
    texte = {skript.name: skript.read_text(encoding="utf-8") for skript in skripte}
    assert [name for name, text in texte.items() if not text.startswith("// @ts-check\n")] == []
    assert [name for name, text in texte.items() if re.search("@ts-(nocheck|ignore)", text)] == []
