"""What the documents for developers name is there: files, headings, names in the code, layers, decision records."""

import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

WURZEL = Path(settings.BASE_DIR)
DOKUMENTE = ["CONTRIBUTING.md", "README.md", "docs/*.md", "docs/entscheidungen/*.md"]
DATEIEN = sorted(datei for muster in DOKUMENTE for datei in WURZEL.glob(muster))
OHNE_NAMEN = {"summen.md", "README.md"}
"""What is for people of the Kommune, or names options of the environment, commands and packages of others."""

_SPANNE = re.compile(r"`([^`\n]+)`")
_VERWEIS = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_NAME = re.compile(r"\w{3,}(?:\.\w+)*(?:\(\))?")
_ENDUNG = re.compile(r"\.(py|html|css|js|mjs|json|md|toml|txt|yaml)$")
_OHNE = {".git", ".venv", "node_modules", ".cache", "__pycache__", "build", "staticfiles", "media", "einmal"}

BEISPIELE = {"sozialraum": "the field that CONTRIBUTING adds"}
"""Names that no code has, with the reason."""


def ids(datei: Path) -> str:
    return str(datei.relative_to(WURZEL))


@cache
def vorhandene() -> frozenset[str]:
    """Every file and folder of the project, by its way from the top; folders end with a slash."""
    gefunden = set()
    for ort, ordner, namen in os.walk(WURZEL):
        ordner[:] = [name for name in ordner if name not in _OHNE]
        hier = Path(ort).relative_to(WURZEL)
        gefunden |= {(hier / name).as_posix() for name in namen}
        gefunden |= {f"{(hier / name).as_posix()}/" for name in ordner}
    return frozenset(gefunden)


@cache
def worte() -> frozenset[str]:
    """Every word in the code of the project, its tests among it."""
    quellen = (".py", ".html", ".js", ".css", ".toml", "Makefile", ".ci/run")
    namen = (name for name in vorhandene() if name.endswith(quellen) and name != "tests/test_doku.py")
    texte = (WURZEL.joinpath(name).read_text(encoding="utf-8") for name in namen)
    return frozenset(wort for text in texte for wort in re.findall(r"\w+", text))


def spannen(datei: Path) -> Iterator[str]:
    """What stands in backticks, but for blocks of code."""
    zeilen = (zeile for zeile in datei.read_text(encoding="utf-8").splitlines() if not zeile.startswith("    "))
    return (wort for zeile in zeilen for wort in _SPANNE.findall(zeile))


def befehle(datei: Path) -> Iterator[str]:
    """What somebody is to type: in backticks, and in blocks of code before their notes."""
    text = datei.read_text(encoding="utf-8")
    yield from spannen(datei)
    yield from (zeile.partition(" #")[0].strip() for zeile in text.splitlines() if zeile.startswith("    "))


def gerufene(befehl: str) -> list[str]:
    """The targets that a command asks make for."""
    ruf = re.match(r"(?:\w+=\S* )*make((?: [\w-]+)*)(?= \w+=| *$)", befehl)
    return ruf[1].split() if ruf else []


@cache
def stellen() -> dict[str, str]:
    """The modules with their text, by their way from the top."""
    return {name: (WURZEL / name).read_text(encoding="utf-8") for name in vorhandene() if name.endswith(".py")}


def ist_in(teil: str, ganzes: str) -> bool:
    """Whether a name stands in a module, package or class of that name."""
    return any(
        re.search(rf"\b{teil}\b", text)
        if f"/{name}".endswith((f"/{ganzes}.py", f"/{ganzes}/__init__.py")) or re.search(rf"\bclass {ganzes}\b", text)
        else f"/{name}".endswith((f"/{ganzes}/{teil}.py", f"/{ganzes}/{teil}/__init__.py"))
        for name, text in stellen().items()
    )


def ist_datei(wort: str) -> bool:
    """Of the project; `build/` is made by it."""
    if not re.fullmatch(r"[\w./-]+", wort) or wort.startswith(("/", "./", "build/")):
        return False
    return f"{wort.partition('/')[0]}/" in vorhandene() or bool(_ENDUNG.search(wort))


def test_there_are_documents():
    assert len(DATEIEN) > 10


@pytest.mark.parametrize("datei", DATEIEN, ids=ids)
def test_every_file_that_is_named_is_there(datei):
    """A bare name ("views.py") is that of some file; one with folders stands just there."""
    namen = {name.rstrip("/").rpartition("/")[2] for name in vorhandene()}
    fehlend = [
        wort
        for wort in spannen(datei)
        if ist_datei(wort)
        and not (
            {wort, f"{wort.rstrip('/')}/"} & vorhandene()
            or ("/" not in wort and wort in namen)
            or any(name.endswith(f"/{wort}") for name in vorhandene())
        )
    ]
    assert fehlend == []


def ueberschriften(datei: Path) -> set[str]:
    """The headings as GitHub addresses them."""
    titel = re.findall(r"^#+ (.+)$", datei.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titel}


@pytest.mark.parametrize("datei", DATEIEN, ids=ids)
def test_every_link_leads_somewhere(datei):
    fehlend = []
    for ziel in _VERWEIS.findall(datei.read_text(encoding="utf-8")):
        pfad, _, stelle = ziel.partition("#")
        if "://" in ziel:
            continue
        dort = datei.parent / pfad if pfad else datei
        if not dort.exists() or (stelle and stelle not in ueberschriften(dort)):
            fehlend.append(ziel)
    assert fehlend == []


@pytest.mark.parametrize("datei", [d for d in DATEIEN if d.name not in OHNE_NAMEN], ids=ids)
def test_every_name_in_the_code_is_there(datei):
    """A function, class or constant that was renamed is named anew."""
    gemeint = {wort for wort in spannen(datei) if _NAME.fullmatch(wort) and not ist_datei(wort)} - BEISPIELE.keys()
    assert {wort for wort in gemeint if not set(re.findall(r"\w+", wort)) <= worte()} == set()


@pytest.mark.parametrize("datei", [d for d in DATEIEN if d.name not in OHNE_NAMEN], ids=ids)
def test_every_name_with_dots_is_there_as_it_stands(datei):
    """Each of its parts stands in the one before."""
    gemeint = {wort.rstrip("()") for wort in spannen(datei) if _NAME.fullmatch(wort) and not ist_datei(wort)}
    paare = {paar: wort for wort in gemeint for paar in pairwise(wort.split("."))}
    assert {wort for (ganzes, teil), wort in paare.items() if not ist_in(teil, ganzes)} == set()


@pytest.mark.parametrize("datei", DATEIEN, ids=ids)
def test_every_target_of_make_is_there(datei):
    ziele = set(re.findall(r"^([a-z]+):", (WURZEL / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"setup", "test"} <= ziele
    assert {befehl for befehl in befehle(datei) if not set(gerufene(befehl)) <= ziele} == set()


@pytest.mark.parametrize(
    ("befehl", "ziele"),
    [
        *(("make", []), ("make test", ["test"]), ("make setup test", ["setup", "test"]), ("makemigrations", [])),
        *(('DATABASE_URL=postgres://… make test ARGS="-m x"', ["test"]), ("make sperre ARGS=--upgrade", ["sperre"])),
    ],
)
def test_how_a_call_of_make_is_read(befehl, ziele):
    assert gerufene(befehl) == ziele


# The picture of the layers


def schichten_im_vertrag() -> list[set[str]]:
    einstellungen = tomllib.loads((WURZEL / "pyproject.toml").read_text(encoding="utf-8"))
    vertraege = einstellungen["tool"]["importlinter"]["contracts"]
    (schichten,) = (v["layers"] for v in vertraege if v["name"] == "The packages form layers")
    return [set(re.findall(r"[\w.]+", schicht)) for schicht in schichten]


def test_the_picture_shows_the_layers_of_the_contract():
    bild = ElementTree.parse(WURZEL / "docs" / "schichten.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    gezeigt = [
        {text.text for text in schicht.iter(f"{svg}text") if text.get("class") == "modul"}
        for schicht in bild.iter(f"{svg}g")
        if schicht.get("class") == "schicht"
    ]
    assert gezeigt == schichten_im_vertrag()
    assert bild.find(f"{svg}title").text
    assert bild.find(f"{svg}desc").text


# Decision records


def test_the_architecture_leads_to_every_decision():
    seite = (WURZEL / "docs" / "architektur.md").read_text(encoding="utf-8")
    verlinkt = {ziel for ziel in _VERWEIS.findall(seite) if ziel.startswith("entscheidungen/")}
    assert verlinkt == {f"entscheidungen/{d.name}" for d in DATEIEN if d.parent.name == "entscheidungen"}


# The glossary


def glossar() -> list[list[str]]:
    zeilen = (WURZEL / "docs" / "glossar.md").read_text(encoding="utf-8").splitlines()
    return [[zelle.strip() for zelle in zeile.strip("|").split("|")] for zeile in zeilen if zeile.startswith("|")][2:]


def test_the_glossary_explains_each_word_once():
    assert len(glossar()) == 40
    assert {len(zeile) for zeile in glossar()} == {3}
    assert all(map(all, glossar()))
    begriffe = [wort for zeile in glossar() for wort in zeile[0].split(", ")]
    assert len(begriffe) == len(set(begriffe))
    assert [zeile[0] for zeile in glossar()] == sorted((zeile[0] for zeile in glossar()), key=str.casefold)
