"""What `check --deploy` tells an operator about the way to the database."""

from types import SimpleNamespace

import dj_database_url
import pytest

from konzept.betrieb.systempruefungen import weg_zur_datenbank_ist_verschluesselt


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
