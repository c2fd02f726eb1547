"""Which modules of the list in pyproject.toml could be struck from it: `make typen`, about half a minute.

Every module is checked as strictly as if there were no list; whose types hold all the same has no need of it.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

WURZEL = Path(__file__).resolve().parent.parent
PYPROJECT = WURZEL / "pyproject.toml"
ANFANG = "# Not strict yet."


def listen() -> list[list[str]]:
    """The modules that are not strict, as the overrides behind ANFANG name them."""
    dahinter = PYPROJECT.read_text().partition(ANFANG)[2]
    return [regel["module"] for regel in tomllib.loads(_ab_erster_tabelle(dahinter))["tool"]["mypy"]["overrides"]]


def _ab_erster_tabelle(text: str) -> str:
    return text[text.index("\n[") :]


def datei(modul: str) -> Path | None:
    """The file of a module; None where there is none."""
    pfad = WURZEL / modul.replace(".", "/")
    return next((p for p in (pfad.with_suffix(".py"), pfad / "__init__.py") if p.is_file()), None)


def strenge_einstellung() -> str:
    """What pyproject.toml says to mypy, without the list."""
    return PYPROJECT.read_text().partition(ANFANG)[0]


def mit_fehlern() -> set[Path]:
    """The files in which mypy finds something where all are strict."""
    with tempfile.TemporaryDirectory() as ordner:
        einstellung = Path(ordner, "pyproject.toml")
        einstellung.write_text(strenge_einstellung())
        befehl = [sys.executable, "-m", "mypy", "--config-file", einstellung, "--cache-dir", Path(ordner, "cache")]
        lauf = subprocess.run(befehl, cwd=WURZEL, capture_output=True, text=True, check=False)
    if lauf.returncode not in (0, 1):
        raise SystemExit(lauf.stdout + lauf.stderr)
    return {WURZEL / treffer[1] for treffer in re.finditer(r"^([\w/]+\.py):\d+: error:", lauf.stdout, re.MULTILINE)}


def main() -> None:
    fehlerhaft = mit_fehlern()
    zu_streichen = [modul for liste in listen() for modul in liste if datei(modul) not in fehlerhaft]
    if zu_streichen:
        raise SystemExit("\n".join(["Strict already, and still in the list of pyproject.toml:", *zu_streichen]))
    print("Every module of the list in pyproject.toml is there for a reason.")


if __name__ == "__main__":
    main()
