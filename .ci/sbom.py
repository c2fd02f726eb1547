"""Writes build/sbom-python.json and build/sbom-npm.json: what Konzeptwerk is made of, as CycloneDX (`make sbom`).

Runs in the environment of the tools. Lists what is installed; packages that only tests and checks need have the scope
"excluded". Fails where a list is not valid, lacks what is asked for by itself, or does not say under which licence.
"""

import json
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

from jsonschema import Draft7Validator
from referencing import Registry, Resource

WURZEL = Path(__file__).resolve().parents[1]
ZIEL = WURZEL / "build"
LIZENZ = "EUPL-1.2"
VON_HAND = tomllib.loads((WURZEL / "requirements/lizenzen.toml").read_text(encoding="utf-8"))


def frage(*befehl: str) -> dict:
    antwort = subprocess.run(befehl, cwd=WURZEL, capture_output=True, text=True)  # noqa: S603
    if antwort.returncode:
        sys.exit(antwort.stderr)
    return json.loads(antwort.stdout)


def version() -> str:
    return re.search(r'__version__ = "(.+)"', (WURZEL / "konzept/__init__.py").read_text(encoding="utf-8"))[1]


def schreibweise(name: str) -> str:
    """Names of Python packages are equal whatever their signs and case (PEP 503); those of npm are so anyway."""
    return re.sub(r"[-_.]+", "-", name).lower()


def namen(datei: str) -> set[str]:
    """The packages at one version in a list or lock."""
    zeilen = re.findall(r"^([\w.-]+)(?:\[.*?\])?==", (WURZEL / datei).read_text(encoding="utf-8"), re.MULTILINE)
    return {schreibweise(name) for name in zeilen}


def mit_uns(liste: dict, kennung: str) -> dict:
    """Konzeptwerk as that which the list is about: npm knows it by the name of its folder."""
    liste["metadata"]["component"] = {
        "type": "application",
        "bom-ref": kennung,
        "name": "Konzeptwerk",
        "version": version(),
        "copyright": "Copyright 2026 Konzeptwerk contributors",
        "licenses": [{"license": {"id": LIZENZ}}],
    }
    return liste


def python() -> tuple[dict, set[str]]:
    """The list, and what may not be missing in it."""
    liste = frage(
        str(Path(sys.executable).with_name("cyclonedx-py")),
        *("environment", "--spec-version", "1.6", "--no-validate", "--output-reproducible", ".venv/bin/python"),
    )
    laufzeit, direkt = namen("requirements.txt"), namen("requirements/laufzeit.in")
    verweise = {}
    for teil in liste["components"]:
        name = schreibweise(teil["name"])
        verweise[name] = teil["bom-ref"]
        teil["scope"] = "required" if name in laufzeit else "excluded"
    kennung = f"konzeptwerk=={version()}"
    liste.setdefault("dependencies", []).append(
        {"ref": kennung, "dependsOn": sorted(verweise[name] for name in direkt if name in verweise)}
    )
    liste = mit_lizenzen(liste, VON_HAND["python"])
    return mit_uns(liste, kennung), direkt | namen("requirements/entwicklung.in")


def npm() -> tuple[dict, set[str]]:
    liste = frage("npm", "sbom", "--sbom-format", "cyclonedx")
    for teil in liste["components"]:
        if {"name": "cdx:npm:package:development", "value": "true"} in teil.get("properties", []):
            teil["scope"] = "excluded"
    liste = mit_lizenzen(liste, VON_HAND["npm"])
    paket = json.loads((WURZEL / "package.json").read_text(encoding="utf-8"))
    return mit_uns(liste, liste["metadata"]["component"]["bom-ref"]), {
        *paket["dependencies"],
        *paket.get("devDependencies", {}),
    }


def mit_lizenzen(liste: dict, von_hand: dict[str, str]) -> dict:
    """What the packages say of themselves wrongly, or not at all, is put right."""
    for teil in liste["components"]:
        if ausdruck := von_hand.get(schreibweise(teil["name"])):
            teil["licenses"] = [{"expression": ausdruck}]
    return liste


def ohne_lizenz(liste: dict) -> list[str]:
    """Of what is locked; an environment may hold what an earlier lock has left in it."""
    gesperrt = namen("requirements/entwicklung.txt")
    return [
        teil["name"]
        for teil in liste["components"]
        if not teil.get("licenses") and (teil["purl"].startswith("pkg:npm/") or schreibweise(teil["name"]) in gesperrt)
    ]


def fehler(liste: dict) -> list[str]:
    """By the schema of CycloneDX. Not with the validator of its library: that parses each address by a grammar, which
    takes a quarter of a minute."""

    def schema(name: str) -> dict:
        return json.loads(files("cyclonedx.schema._res").joinpath(f"{name}.SNAPSHOT.schema.json").read_text())

    weitere = {name: Resource.from_contents(schema(name)) for name in ("spdx", "jsf-0.82", "cryptography-defs")}
    orte = Registry().with_resources(
        (f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", inhalt) for name, inhalt in weitere.items()
    )
    pruefer = Draft7Validator(schema(f"bom-{liste['specVersion']}"), registry=orte)
    return [f"{einer.json_path}: {einer.message[:200]}" for einer in pruefer.iter_errors(liste)]


def main() -> int:
    ZIEL.mkdir(exist_ok=True)
    gut = True
    for name, (liste, verlangt) in {"python": python(), "npm": npm()}.items():
        da = {schreibweise(teil["name"]) for teil in liste["components"]}
        fehlende = sorted(paket for paket in verlangt if schreibweise(paket) not in da)
        maengel = [
            *fehler(liste),
            *(f"{paket} is missing" for paket in fehlende),
            *(f"{paket} has no licence" for paket in ohne_lizenz(liste)),
        ]
        for mangel in maengel:
            print(f"sbom-{name}.json: {mangel}", file=sys.stderr)
        gut = gut and not maengel
        pfad = ZIEL / f"sbom-{name}.json"
        pfad.write_text(json.dumps(liste, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{pfad.relative_to(WURZEL)}: {len(liste['components'])} packages")
    return 0 if gut else 1


if __name__ == "__main__":
    sys.exit(main())
