"""Every Python package is locked with hashes, from no registry in particular; nothing is installed past the locks."""

import re
import sys
from importlib import metadata

import pytest

from tests.weitergabe.sperren import ENTWICKLUNG, LAUFZEIT, SPERREN, WURZEL, gesperrt, schreibweise, verlangt


@pytest.mark.parametrize("name", SPERREN)
def test_each_package_has_hashes(name):
    pakete = gesperrt(SPERREN[name])
    assert pakete
    for paket, stand in pakete.items():
        assert stand.hashes, paket
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", summe) for summe in stand.hashes), paket


@pytest.mark.parametrize("name", SPERREN)
def test_what_is_asked_for_is_locked_at_that_version(name):
    """Fails after a change of an .in file: `make sperre`."""
    pakete = gesperrt(SPERREN[name])
    assert verlangt(name)
    assert verlangt(name) == {paket: pakete[paket].version for paket in verlangt(name)}


def test_tests_run_with_what_the_product_runs_on():
    laufzeit, entwicklung = gesperrt(LAUFZEIT), gesperrt(ENTWICKLUNG)
    assert {paket: entwicklung.get(paket) for paket in laufzeit} == laufzeit


def test_the_product_does_not_bring_what_only_tests_need():
    """Among them is nothing that opens browsers or runs Java; pikepdf needs lxml too."""
    assert set(verlangt("entwicklung")) & set(gesperrt(LAUFZEIT)) <= {"lxml"}


def test_what_the_product_imports_is_asked_for_by_itself():
    """Not only by what else needs it, which may do without it one day."""
    eigene = {"konzept", "handlungsfelder", "massnahmen"}
    importiert = {
        modul
        for ordner in eigene
        for pfad in (WURZEL / ordner).rglob("*.py")
        for zeile in re.findall(r"^ *(?:from|import) ([\w.]+(?:, *[\w.]+)*)", pfad.read_text(encoding="utf-8"), re.M)
        for modul in re.findall(r"(?:^|, *)(\w+)", zeile)
    }
    pakete = metadata.packages_distributions()
    gebraucht = {
        schreibweise(name) for modul in importiert - set(sys.stdlib_module_names) for name in pakete.get(modul, [])
    }
    assert {"django", "pillow", "pyyaml"} <= gebraucht
    assert gebraucht <= set(verlangt("laufzeit"))


@pytest.mark.parametrize("name", SPERREN)
def test_no_lock_names_an_address_or_a_place_on_a_machine(name):
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links| /|@", SPERREN[name].read_text(encoding="utf-8"))


def test_pip_installs_nothing_without_a_hash():
    makefile = (WURZEL / "Makefile").read_text(encoding="utf-8")
    (immer,) = re.findall(r"^PIP_INSTALL := (.*)$", makefile, re.MULTILINE)
    assert "--require-hashes" in immer
    assert makefile.count("pip install") == 1
    assert makefile.count("$(PIP_INSTALL) -r") == 3
