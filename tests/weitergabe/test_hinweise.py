"""NOTICE names what an installation hands on and is not ours."""

import json
import re
from pathlib import Path

import pytest

from konzept.betrieb.statische_dateien import finde

WURZEL = Path(__file__).parents[2]
HINWEISE = (WURZEL / "NOTICE").read_text(encoding="utf-8")
NPM = json.loads((WURZEL / "package.json").read_text(encoding="utf-8"))["dependencies"]


def genannt(register: str) -> set[str]:
    """The packages of a registry that it names as where something comes from."""
    return {
        name
        for herkunft in re.findall(r"^    from +((?:.|\n {14})+)", HINWEISE, re.MULTILINE)
        if herkunft.startswith(register)
        for name in re.findall(r"@[a-z-]+/[a-z0-9-]+" if register == "npm" else r"(?<=PyPI )[\w-]+", herkunft)
    }


def test_each_front_end_package_is_named_and_no_other():
    assert genannt("npm") == set(NPM)


def test_what_is_named_of_pypi_is_locked():
    gesperrt = {
        zeile.split("==")[0].split("[")[0].lower()
        for zeile in (WURZEL / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if "==" in zeile
    }
    assert len(genannt("PyPI")) >= 5
    assert {name.lower() for name in genannt("PyPI")} <= gesperrt


@pytest.mark.parametrize(
    "datei",
    [
        "kern/fonts/fira-sans/FiraSans-Regular.woff2",
        "kern/fonts/noto-sans/NotoSans-Regular.woff2",
        "django_prose_editor/editor.js",
        "django_prose_editor/material-icons.woff2",
        "mfa/js/webauthn-json.js",
        "admin/js/vendor/jquery/jquery.js",
    ],
)
def test_what_it_says_lies_among_the_static_files_does(datei):
    assert finde(datei)
