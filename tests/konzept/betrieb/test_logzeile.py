"""What an operator reads in the server's log: a dated line for each event, which nobody can forge."""

import io
import logging
import logging.config
import re

import pytest
from django.conf import settings

from tests.fabrik import formular_adresse, mache_abschnitt, mache_benutzer, mache_konzept

ZEILE = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ (WARNING|ERROR) konzept\.probe: ")


@pytest.fixture
def protokoll():
    """A logger of its own with the formatter of the settings; and what it wrote."""
    art = settings.LOGGING["formatters"][settings.LOGGING["handlers"]["stderr"]["formatter"]]["()"]
    ausgabe = logging.StreamHandler(io.StringIO())
    ausgabe.setFormatter(logging.config.DictConfigurator({}).resolve(art)())
    log = logging.Logger("konzept.probe")
    log.addHandler(ausgabe)
    return log, lambda: ausgabe.stream.getvalue().splitlines()


def test_a_line_says_when_how_grave_and_where(protokoll):
    log, zeilen = protokoll
    log.warning("Not Found: %s", "/gibt-es-nicht/")
    (zeile,) = zeilen()
    assert ZEILE.match(zeile)
    assert zeile.endswith(": Not Found: /gibt-es-nicht/")


@pytest.mark.parametrize("zeichen", ["\n", "\r\n", "\x1b[2K", "\x85", "\u2028", "\x00"])
def test_nobody_writes_a_line_of_their_own(protokoll, zeichen):
    log, zeilen = protokoll
    log.warning("Not Found: %s", f"/x{zeichen}2026-11-29T12:00:00Z WARNING konzept.konten: all is well")
    (zeile,) = zeilen()
    assert zeile.isprintable()


def test_a_failure_keeps_its_trace_and_forges_nothing(protokoll):
    log, zeilen = protokoll
    try:
        raise ValueError("kaputt\n2026-11-29T12:00:00Z WARNING konzept.konten: all is well")
    except ValueError:
        log.exception("It failed.")
    erste, *weitere = zeilen()
    assert ZEILE.match(erste)
    assert any("ValueError: kaputt" in zeile for zeile in weitere)
    assert all(zeile.startswith("    ") for zeile in weitere)


@pytest.mark.django_db
def test_a_refused_request_names_the_account_by_its_number(client, protokoll):
    log, zeilen = protokoll
    abschnitt = mache_abschnitt(mache_konzept())
    konto = mache_benutzer(abschnitt.konzept.kommune, "lesen", email="lea@stadt.example", name="Lea Lesen")
    client.force_login(konto)
    (ausgabe,) = log.handlers
    logging.getLogger("django.request").addHandler(ausgabe)
    try:
        assert client.get(formular_adresse(abschnitt)).status_code == 403
        assert client.get("/konzepte/gibt-es/nicht/").status_code == 404
        client.logout()
        assert client.get("/konzepte/gibt-es-nicht/").status_code == 404
    finally:
        logging.getLogger("django.request").removeHandler(ausgabe)
    text = zeilen()
    verboten, unbekannt, niemand = (zeile for zeile in text if not zeile.startswith("    "))
    assert verboten.endswith(f"{formular_adresse(abschnitt)} (account {konto.pk})")
    assert unbekannt.endswith(f"/konzepte/gibt-es/nicht/ (account {konto.pk})")
    assert niemand.endswith("/konzepte/gibt-es-nicht/")
    assert not [zeile for zeile in text if "Lea" in zeile or "lea@" in zeile]
