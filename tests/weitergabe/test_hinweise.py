"""NOTICE names what an installation hands on and is not ours."""

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from konzept.betrieb.statische_dateien import finde
from tests.weitergabe.test_abhaengigkeiten import lizenz, lizenz_npm

WURZEL = Path(__file__).parents[2]
HINWEISE = (WURZEL / "NOTICE").read_text(encoding="utf-8")
NPM = json.loads((WURZEL / "package.json").read_text(encoding="utf-8"))["dependencies"]

EINTRAEGE = re.findall(r"^\S.*\n(?: {4}.*\n)+", HINWEISE, re.MULTILINE)
MERKMAL = {
    "0BSD": "use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted",
    "Apache-2.0": "Apache License Version 2.0, January 2004",
    "BSD-3-Clause": "Neither the name of",
    "Bitstream-Vera": 'the fonts are renamed to names not containing either the words "Bitstream" or the word "Vera"',
    "EUPL-1.2": "Public Licence v. 1.2 EUPL ©",
    "ICC": "may be copied, distributed, embedded, made, used, and sold without restriction",
    "MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy of this software",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007",
}
"""What only this licence says."""


def ueberschrift(eintrag: str) -> str:
    return eintrag.partition("\n")[0]


def pakete_in(eintrag: str) -> set[str]:
    herkunft = eintrag.partition("    licence ")[0]
    return set(re.findall(r"@[a-z-]+/[a-z0-9-]+|(?<=PyPI )[\w-]+", herkunft))


def lizenzen_in(eintrag: str) -> set[str]:
    # What a package says wrongly of itself is no licence of it.
    eintrag = re.sub(r"its package\.json says [\w.-]+", "", eintrag)
    return {name for name in MERKMAL if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", eintrag)} - {"ICC"}


def haelt(text: str, lizenz: str) -> bool:
    def wortlaut(worte: str) -> str:
        return " ".join(worte.split()).lower()

    return wortlaut(MERKMAL[lizenz]) in wortlaut(text)


def mitgebracht(paket: str) -> list[str]:
    """The texts of licences that a package holds."""
    if paket.startswith("@"):
        pfade = list((WURZEL / "node_modules" / paket).glob("LICENSE*"))
    else:
        dateien = metadata.files(paket) or []
        pfade = [Path(str(datei.locate())) for datei in dateien if re.match(r"licen[cs]e|copying", datei.name.lower())]
    return [pfad.read_text(encoding="utf-8") for pfad in pfade]


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


@pytest.mark.parametrize("eintrag", EINTRAEGE, ids=ueberschrift)
def test_the_text_of_each_licence_that_is_named_stands_where_it_says(eintrag):
    rest, _, wo = eintrag.partition("    text ")
    hier = set(re.findall(r"docs/lizenzen/([\w.-]+)\.txt", wo))
    assert hier or "in the package" in wo
    for name in hier:
        assert haelt((WURZEL / f"docs/lizenzen/{name}.txt").read_text(encoding="utf-8"), name)
    im_paket = (lizenzen_in(rest) - hier) | lizenzen_in(re.sub(r"docs/\S+", "", wo))
    assert im_paket or "in the package" not in wo
    for paket, texte in {paket: mitgebracht(paket) for paket in pakete_in(eintrag)}.items():
        for name in im_paket:
            assert any(haelt(text, name) for text in texte), f"{paket} holds no text of {name}"


@pytest.mark.parametrize("eintrag", EINTRAEGE, ids=ueberschrift)
def test_licences_are_those_of_the_packages(eintrag):
    """With brackets behind a package it names that one's licence; a package of npm is what the entry is about."""
    herkunft, _, rest = eintrag.partition("    licence ")
    (lizenz_hier,) = re.findall(r"\A *(\S+?)(?=[\s,]|\Z)", rest.partition("\n")[0])
    for paket in pakete_in(eintrag):
        if not paket.startswith("@"):
            gesagt = re.findall(rf"PyPI {paket} \(([\w.-]+),", herkunft)
            assert gesagt == [lizenz(paket)] or (paket, gesagt) == ("weasyprint", [])
        elif paket == "@kern-ux/native" and ueberschrift(eintrag) != "KERN UX":
            # A font of others in it.
            assert lizenz_hier == "OFL-1.1"
        else:
            assert lizenz_npm(paket) in lizenzen_in(rest.partition("    holder ")[0])


def test_patterns_of_hyphenation_may_be_had_under_what_it_says():
    (absatz,) = re.findall(r"\(PyPI pyphen, under (.+?) at one's choice", " ".join(HINWEISE.split()))
    assert set(re.split(r", | or ", absatz)) == set(lizenz("pyphen").split(" OR "))


def test_no_text_lies_here_that_it_does_not_name():
    assert {pfad.name for pfad in (WURZEL / "docs/lizenzen").iterdir()} == set(
        re.findall(r"docs/lizenzen/([\w.-]+\.txt)", HINWEISE)
    )


def test_notices_of_holders_are_those_of_their_packages():
    """Of those scripts in the editor that are installed here, for their types."""
    zeilen = {
        zeile
        for pfad in (WURZEL / "node_modules").glob("prosemirror-*/LICENSE")
        for zeile in pfad.read_text(encoding="utf-8").splitlines()
        if zeile.startswith("Copyright")
    }
    assert zeilen
    assert zeilen <= set((WURZEL / "docs/lizenzen/MIT.txt").read_text(encoding="utf-8").splitlines())


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
