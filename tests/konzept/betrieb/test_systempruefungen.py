"""What checks tell an operator about the way to the database, and about the npm packages."""

from types import SimpleNamespace

import dj_database_url
import pytest
from django.contrib.staticfiles.finders import get_finder

from konzept.betrieb.systempruefungen import (
    _AUS_NPM,
    pakete_der_oberflaeche_sind_da,
    weg_zur_datenbank_ist_verschluesselt,
)


@pytest.fixture
def hinweise(monkeypatch):
    monkeypatch.delenv("PGSSLMODE", raising=False)

    def hinweise(adresse: str) -> list[str]:
        datenbanken = {"default": dj_database_url.parse(adresse)}
        monkeypatch.setattr("konzept.betrieb.systempruefungen.settings", SimpleNamespace(DATABASES=datenbanken))
        return [hinweis.id for hinweis in weg_zur_datenbank_ist_verschluesselt(None)]

    return hinweise


@pytest.mark.parametrize("zusatz", ["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require"])
def test_a_database_elsewhere_has_to_prove_who_it_is(hinweise, zusatz):
    assert hinweise(f"postgres://konzeptwerk:geheim@db.stadt.example/konzeptwerk{zusatz}") == ["konzept.W003"]


@pytest.mark.parametrize(
    "adresse",
    [
        "sqlite:////var/lib/konzeptwerk/konzeptwerk.sqlite3",
        "postgres://konzeptwerk:geheim@localhost/konzeptwerk",
        "postgres://konzeptwerk:geheim@127.0.0.1:5433/konzeptwerk",
        "postgres://%2Fvar%2Frun%2Fpostgresql/konzeptwerk",
        "postgres:///konzeptwerk",
        "postgres://konzeptwerk:geheim@db.stadt.example/konzeptwerk?sslmode=verify-full",
    ],
)
def test_one_that_does_or_that_is_here_needs_no_word(hinweise, adresse):
    assert hinweise(adresse) == []


def test_the_mode_may_stand_in_the_environment(hinweise, monkeypatch):
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert hinweise("postgres://konzeptwerk:geheim@db.stadt.example/konzeptwerk") == []


@pytest.fixture
def ohne_npm(settings, tmp_path):
    settings.STATICFILES_DIRS = []
    settings.STATIC_ROOT = tmp_path
    get_finder.cache_clear()
    yield settings
    get_finder.cache_clear()


def test_production_does_not_start_without_the_npm_packages(ohne_npm):
    assert [(fehler.id, fehler.is_serious()) for fehler in pakete_der_oberflaeche_sind_da(None)] == [
        ("konzept.E003", True)
    ]
    ohne_npm.DEBUG = True
    assert pakete_der_oberflaeche_sind_da(None) == []


def test_collected_files_do_without_the_packages(ohne_npm):
    for name in _AUS_NPM:
        (datei := ohne_npm.STATIC_ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        datei.touch()
    assert pakete_der_oberflaeche_sind_da(None) == []


def test_here_they_are_installed():
    assert pakete_der_oberflaeche_sind_da(None) == []
