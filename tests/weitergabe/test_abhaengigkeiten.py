"""Whether what is used may be used in a program that is passed on under the EUPL-1.2.

Of packages that are installed beside the program and only called, any licence will do that allows just that.
pip-licenses was weighed against these lines: it compares strings, so that "MIT OR GPL-2.0" and a list of classifiers
are decided by hand again, and it knows nothing of npm.
"""

import json
import tomllib
from importlib import metadata

import pytest

from tests.weitergabe.sperren import ENTWICKLUNG, LAUFZEIT, WURZEL, gesperrt, schreibweise

ERLAUBT = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "HPND", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"),
    *("Bitstream-Vera", "OFL-1.1"),  # fonts
    # Copyleft for their own files or as a library: what calls them may be under the EUPL.
    *("EUPL-1.2", "LGPL-2.1-or-later", "LGPL-3.0-or-later", "MPL-2.0"),
}
NUR_ENTWICKLUNG: set[str] = set()
"""What would do for development, since it is passed on to nobody; nothing needs it yet."""
_VON_HAND = tomllib.loads((WURZEL / "requirements/lizenzen.toml").read_text(encoding="utf-8"))
GENAUER, NICHT_HIER, GENAUER_NPM = _VON_HAND["python"], _VON_HAND["andere_systeme"], _VON_HAND["npm"]
KURZ = {
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "MIT license": "MIT",
}


def lizenz(paket: str) -> str:
    """An SPDX expression, or what the package says instead of one; "" where it says nothing."""
    if paket in GENAUER:
        return GENAUER[paket]
    try:
        angaben = metadata.metadata(paket)
    except metadata.PackageNotFoundError:
        return NICHT_HIER.get(paket, "")
    if ausdruck := angaben.get("License-Expression"):
        return ausdruck
    klassen = [klasse for klasse in angaben.get_all("Classifier", []) if klasse.startswith("License :: OSI Approved")]
    gesagt = [angabe] if len(angabe := angaben.get("License") or "") in range(1, 40) else klassen
    return " AND ".join(KURZ.get(angabe, angabe) for angabe in gesagt)


def geht(ausdruck: str, erlaubt: set[str]) -> bool:
    """Brackets are not understood, and so refused: who meets them writes the choice into requirements/lizenzen.toml."""
    return any(
        all(teil.strip() in erlaubt for teil in wahl.split(" AND ")) for wahl in ausdruck.split(" OR ") if ausdruck
    )


def npm() -> dict[str, dict]:
    pakete = json.loads((WURZEL / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {ort.rpartition("node_modules/")[2]: angaben for ort, angaben in pakete.items() if ort}


def lizenz_npm(paket: str) -> str:
    return GENAUER_NPM.get(paket, npm()[paket].get("license", ""))


def test_python_packages():
    laufzeit = gesperrt(LAUFZEIT)
    lizenzen = {paket: lizenz(paket) for paket in gesperrt(ENTWICKLUNG)}
    assert len(lizenzen) > len(laufzeit) > 30
    assert {
        paket: ausdruck
        for paket, ausdruck in lizenzen.items()
        if not geht(ausdruck, ERLAUBT if paket in laufzeit else ERLAUBT | NUR_ENTWICKLUNG)
    } == {}


def test_front_end_packages():
    assert {
        paket: angaben
        for paket, angaben in npm().items()
        if not geht(
            lizenz_npm(paket),
            ERLAUBT | NUR_ENTWICKLUNG if angaben.get("dev") else ERLAUBT,
        )
    } == {}


def test_what_is_said_by_hand_is_of_packages_that_are_used():
    pakete = {schreibweise(paket) for paket in gesperrt(ENTWICKLUNG)}
    assert set(GENAUER) | set(NICHT_HIER) <= pakete
    assert set(GENAUER_NPM) <= set(npm())


@pytest.mark.parametrize(
    ("ausdruck", "gut"),
    [
        ("MIT", True),
        ("MIT AND Apache-2.0", True),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0-only", False),
        ("", False),
        ("(MIT OR GPL-2.0-only) AND ISC", False),
        ("UNKNOWN", False),
    ],
)
def test_how_an_expression_is_read(ausdruck, gut):
    assert geht(ausdruck, ERLAUBT) == gut
