"""What REUSE.toml and LICENSES/ say: one text of the licence, and no real document among what is all our own."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

WURZEL = Path(__file__).parents[2]
REUSE = tomllib.loads((WURZEL / "REUSE.toml").read_text(encoding="utf-8"))
EIGENES, FREMDE_WORTE, LIZENZTEXTE = REUSE["annotations"]

EUPL = "fea448359d0a2f95878d30bedea5cbf626faa1e523f22e9ed9c51ebf5bd4c522"


def dateien() -> list[str]:
    """Those of the repository; of a copy without one, those of the folders that it would have."""
    gefragt = subprocess.run(["git", "ls-files"], cwd=WURZEL, capture_output=True, text=True)
    if gefragt.returncode == 0:
        return gefragt.stdout.splitlines()
    ordner = [WURZEL / "fixtures", WURZEL / "tests/konzept/dokument/goldene"]
    return [str(pfad.relative_to(WURZEL)) for wo in ordner for pfad in wo.rglob("*") if pfad.is_file()]


def nennt(datei: str) -> bool:
    return any(fnmatchcase(datei, muster) for muster in FREMDE_WORTE["path"])


def test_one_text_of_the_licence():
    """Sign for sign: its letters and digits are those of SPDX's list, its lines are our own."""
    assert sha256((WURZEL / "LICENSE").read_bytes()).hexdigest() == EUPL
    assert (WURZEL / "LICENSE").read_bytes() == (WURZEL / "LICENSES/EUPL-1.2.txt").read_bytes()


def test_each_licence_that_is_named_has_its_text_and_no_other_lies_there():
    genannt = {
        name
        for eintrag in REUSE["annotations"]
        for name in re.split(r"\s+(?:AND|OR)\s+", eintrag["SPDX-License-Identifier"])
    }
    assert genannt == {pfad.stem for pfad in (WURZEL / "LICENSES").iterdir()}


def test_all_files_have_the_same_holder():
    assert EIGENES["path"] == "**"
    assert EIGENES["SPDX-FileCopyrightText"] == "2026 Konzeptwerk contributors"
    assert EIGENES["SPDX-FileCopyrightText"] in FREMDE_WORTE["SPDX-FileCopyrightText"]


@pytest.mark.parametrize("muster", FREMDE_WORTE["path"])
def test_what_is_named_is_there(muster):
    assert [datei for datei in dateien() if fnmatchcase(datei, muster)]


def test_words_of_a_real_municipality_are_named_as_such():
    """Files are named after their municipality; what is invented says so."""
    beispiele = [yaml.safe_load(pfad.read_bytes())["kommune"] for pfad in (WURZEL / "fixtures").glob("*.yaml")]
    echte = [kommune["slug"] for kommune in beispiele if not kommune.get("fiktiv")]
    assert len(echte) == 5
    woertlich = [
        datei
        for datei in dateien()
        if datei.startswith(("fixtures/", "tests/konzept/dokument/goldene/"))
        and any(Path(datei).name.startswith(slug) for slug in echte)
    ]
    assert len(woertlich) > 50
    assert [datei for datei in woertlich if not nennt(datei)] == []


def folgen(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of six words."""
    worte = re.findall(r"\w+", text.lower())
    return zip(*(worte[ab:] for ab in range(6)), strict=False)


def test_words_of_a_real_municipality_stand_nowhere_else():
    """A few runs of six words come about by themselves: dates, months in a row."""
    ihre = {
        folge
        for pfad in (WURZEL / "fixtures").glob("*.yaml")
        if nennt(f"fixtures/{pfad.name}")
        for folge in folgen(pfad.read_text(encoding="utf-8"))
    }
    gleiche = {}
    for datei in dateien():
        if "/goldene/" in datei or not (WURZEL / datei).is_file():
            continue
        try:
            text = (WURZEL / datei).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        gleiche[datei] = len(ihre.intersection(folgen(text)))
    woertlich = {datei for datei, wie_oft in gleiche.items() if wie_oft > 13}
    assert "tests/konzept/beispiele/test_quellen.py" in woertlich
    assert {datei for datei in woertlich if not nennt(datei)} == set()


def test_texts_of_licences_are_under_no_licence_of_ours():
    assert LIZENZTEXTE["path"] == "docs/lizenzen/*.txt"
    assert LIZENZTEXTE["SPDX-License-Identifier"] == "LicenseRef-Lizenztexte"
    assert {pfad.suffix for pfad in (WURZEL / "docs/lizenzen").iterdir()} == {".txt"}


def test_nothing_invented_is_said_to_be_theirs():
    assert [datei for datei in dateien() if nennt(datei) and "musterstadt" in datei] == []
