"""What the server's log says of answers that are errors: one line of what a visitor did, everything of our own."""

import io
import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation

from tests.fabrik import adresse, mache_benutzer, mache_konzept

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What the handler of the settings writes."""
    (handler,) = (h for h in logging.root.handlers if h.filters)
    ziel = io.StringIO()
    monkeypatch.setattr(handler, "stream", ziel)
    return ziel


@pytest.fixture
def lesend(client):
    konzept = mache_konzept()
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    client.raise_request_exception = False
    client.konzept = konzept
    return client


def stoere(monkeypatch, fehler):
    def kaputt(*_):
        raise fehler

    monkeypatch.setattr("konzept.views.konzepte_fuer", kaputt)


def test_a_refused_page_is_one_line(lesend, log):
    pfad = adresse(lesend.konzept, "fassungen", "neu")
    assert lesend.get(pfad).status_code == 403
    (zeile,) = log.getvalue().splitlines()
    assert f"Forbidden (Permission denied): {pfad}" in zeile


def test_so_is_a_page_that_is_not_there(lesend, log):
    assert lesend.get("/gibt-es-nicht/").status_code == 404
    (zeile,) = log.getvalue().splitlines()
    assert "Not Found: /gibt-es-nicht/" in zeile


@pytest.mark.parametrize("fehler", [PermissionDenied("Grund"), SuspiciousOperation("Grund")])
def test_whatever_a_view_raises_against_the_visitor_is_one_line(fehler, lesend, log, monkeypatch):
    stoere(monkeypatch, fehler)
    assert lesend.get("/").status_code in (400, 403)
    assert len(log.getvalue().splitlines()) == 1


def test_an_error_of_our_own_keeps_its_traceback(lesend, log, monkeypatch):
    stoere(monkeypatch, RuntimeError("kaputt"))
    assert lesend.get("/").status_code == 500
    assert "Traceback" in log.getvalue()
    assert "RuntimeError: kaputt" in log.getvalue()
