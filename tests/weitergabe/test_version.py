"""One version, that of konzept/__init__.py, wherever one is named or shown."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from konzept import __version__
from tests.fabrik import mache_benutzer, mache_konzept, seite_von, text

WURZEL = Path(__file__).parents[2]
AENDERUNGEN = (WURZEL / "CHANGELOG.md").read_text(encoding="utf-8")


def test_it_is_one_of_semantic_versioning():
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", __version__)


def test_npm_names_the_same():
    paket, sperre = (json.loads((WURZEL / name).read_text()) for name in ("package.json", "package-lock.json"))
    assert paket["version"] == sperre["version"] == sperre["packages"][""]["version"] == __version__


@pytest.mark.django_db
def test_every_page_shows_it_at_its_foot():
    konzept = mache_konzept()
    leitung, niemand, verwaltend = Client(), Client(), Client()
    leitung.force_login(mache_benutzer(konzept.kommune, "leitung"))
    verwaltend.force_login(mache_benutzer(is_staff=True, is_superuser=True))
    unser = {"kommune": konzept.kommune.slug}
    seiten = [
        (niemand, reverse("account_login")),
        (niemand, reverse("oeffentlich:liste")),
        (niemand, reverse("konzept:impressum")),
        (niemand, "/gibt-es-nicht/"),
        (leitung, reverse("konzept:start")),
        (leitung, reverse("konzept:uebersicht", kwargs=unser | {"konzept": konzept.slug})),
        (leitung, reverse("verwaltung:stammdaten", kwargs=unser)),
        (verwaltend, reverse("admin:index")),
        (verwaltend, reverse("admin:konzept_kommune_changelist")),
    ]
    for wer, adresse in seiten:
        (fuss,) = seite_von(wer.get(adresse)).iter("footer")
        assert text(fuss).count(f"Konzeptwerk {__version__}") == 1, adresse


def test_the_newest_heading_of_the_changelog_is_that_version():
    ueberschriften = re.findall(r"^## \[(.+?)\]", AENDERUNGEN, re.MULTILINE)
    assert ueberschriften[:2] == ["Unreleased", __version__]


def test_each_version_has_the_day_of_its_release_and_only_the_newest_may_still_wait_for_it():
    ueberschriften = re.findall(r"^## (.*)$", AENDERUNGEN, re.MULTILINE)
    assert ueberschriften[0] == "[Unreleased]"
    assert re.fullmatch(r"\[\S+\] - ([0-9]{4}-[0-9]{2}-[0-9]{2}|not released yet)", ueberschriften[1])
    for aeltere in ueberschriften[2:]:
        assert re.fullmatch(r"\[\S+\] - [0-9]{4}-[0-9]{2}-[0-9]{2}", aeltere)
