"""publiccode.yml has what version 0.7 of its standard asks for, and agrees with the rest of the repository."""

import re
from pathlib import Path

import pytest
import yaml

from konzept import __version__

WURZEL = Path(__file__).parents[2]
TEXT = (WURZEL / "publiccode.yml").read_text(encoding="utf-8")
PUBLICCODE = yaml.safe_load(TEXT)

FELDER = {
    # Exactly what is said at each place, so that nothing comes in that nobody has promised or that the standard does
    # not know: users, funding, a page of the product, a plan.
    "": {
        *("publiccodeYmlVersion", "name", "url", "softwareVersion", "logo", "platforms", "categories"),
        *("developmentStatus", "softwareType", "supports", "intendedAudience", "description", "legal"),
        *("maintenance", "localisation", "dependsOn"),
    },
    "intendedAudience": {"countries", "scope"},
    "description": {"de", "en"},
    "description/de": {"shortDescription", "longDescription", "features", "screenshots"},
    "description/en": {"shortDescription", "longDescription", "features", "screenshots"},
    "legal": {"license", "mainCopyrightOwner"},
    "maintenance": {"type"},
    "localisation": {"localisationReady", "availableLanguages"},
    "dependsOn": {"open"},
}

PFLICHT = {
    "publiccodeYmlVersion": str,
    "name": str,
    "url": str,
    "platforms": list,
    "developmentStatus": str,
    "softwareType": str,
    "description": dict,
    "legal/license": str,
    "maintenance/type": str,
    "localisation/localisationReady": bool,
    "localisation/availableLanguages": list,
}
MOEGLICH = {
    "platforms": {"web", "windows", "mac", "linux", "ios", "android"},
    "developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
    "softwareType": {
        *(f"standalone/{wo}" for wo in ("mobile", "iot", "desktop", "web", "backend", "other")),
        *("addon", "library", "configurationFiles"),
    },
    "maintenance/type": {"internal", "contract", "community", "none"},
    # Of the two long lists of the standard, what is about texts, working together and local administration.
    "categories": {
        *("collaboration", "compliance-management", "content-management", "document-management"),
        *("knowledge-management", "project-collaboration", "workflow-management", "other"),
    },
    "intendedAudience/scope": {"government", "local-authorities", "society", "welfare"},
}


def wert(pfad: str):
    stelle = PUBLICCODE
    for teil in filter(None, pfad.split("/")):
        stelle = stelle[teil]
    return stelle


@pytest.mark.parametrize("pfad", PFLICHT)
def test_what_has_to_be_said_is(pfad):
    assert isinstance(wert(pfad), PFLICHT[pfad])
    assert wert(pfad) or PFLICHT[pfad] is bool


def test_it_is_of_the_version_of_the_standard_that_is_looked_at_here():
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.7"


@pytest.mark.parametrize("stelle", FELDER)
def test_just_these_fields_are_said(stelle):
    assert set(wert(stelle)) == FELDER[stelle]


def test_it_is_for_germany():
    assert PUBLICCODE["intendedAudience"]["countries"] == ["DE"]


def test_standards_that_it_supports_have_an_identifier():
    assert PUBLICCODE["supports"]
    for eines in PUBLICCODE["supports"]:
        assert set(eines) == {"id"}
        assert re.fullmatch(r"urn:[a-z0-9-]+:\S+", eines["id"])


def test_what_it_needs_has_a_name_and_versions_are_text():
    assert PUBLICCODE["dependsOn"]["open"]
    for eines in PUBLICCODE["dependsOn"]["open"]:
        assert {"name"} <= set(eines) <= {"name", "versionMin", "optional"}
        assert isinstance(eines["name"], str)
        assert eines["name"]
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)*", eines.get("versionMin", "0")), "3.10 without quotes is 3.1"
        assert isinstance(eines.get("optional", False), bool)


@pytest.mark.parametrize("pfad", MOEGLICH)
def test_values_are_among_those_that_a_municipality_would_look_for(pfad):
    gesagt = wert(pfad)
    assert ({gesagt} if isinstance(gesagt, str) else set(gesagt)) <= MOEGLICH[pfad]


@pytest.mark.parametrize("sprache", ["de", "en"])
def test_descriptions_have_the_length_that_they_may(sprache):
    texte = PUBLICCODE["description"][sprache]
    assert 0 < len(texte["shortDescription"]) <= 150
    assert "\n" not in texte["shortDescription"]
    assert 150 <= len(texte["longDescription"]) <= 10_000
    assert 5 <= len(texte["features"]) <= 20
    assert len(set(texte["features"])) == len(texte["features"])


def test_languages_are_named_by_their_tags():
    for tag in [*PUBLICCODE["description"], *PUBLICCODE["localisation"]["availableLanguages"]]:
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", tag)


def test_files_that_it_names_are_there():
    bilder = [bild for texte in PUBLICCODE["description"].values() for bild in texte["screenshots"]]
    for name in [PUBLICCODE["logo"], *bilder]:
        assert (WURZEL / name).is_file(), name
    assert Path(PUBLICCODE["logo"]).suffix in {".svg", ".svgz", ".png"}
    assert {Path(bild).suffix for bild in bilder} <= {".png", ".jpg"}


def test_nobody_is_invented():
    """Neither a person nor an address: who publishes it says who maintains it, and where. For `none` the standard asks
    for no contacts, and forbids contractors."""
    assert (
        "\n# A publisher replaces this address by that of the repository in which they publish.\n"
        'url: "https://example.org/konzeptwerk"\n'
    ) in TEXT
    assert PUBLICCODE["maintenance"] == {"type": "none"}
    assert "organisation" not in PUBLICCODE
    assert "releaseDate" not in PUBLICCODE


def test_it_agrees_with_the_repository():
    assert PUBLICCODE["softwareVersion"] == __version__
    assert PUBLICCODE["legal"] == {"license": "EUPL-1.2", "mainCopyrightOwner": "Konzeptwerk contributors"}
    assert (WURZEL / f"LICENSES/{PUBLICCODE['legal']['license']}.txt").is_file()
    assert PUBLICCODE["legal"]["mainCopyrightOwner"] in (WURZEL / "NOTICE").read_text(encoding="utf-8")
