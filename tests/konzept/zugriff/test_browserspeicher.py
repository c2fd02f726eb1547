"""What is shown to somebody who has signed in is kept by no browser and no proxy, wherever it comes from."""

import pytest
from django.conf import settings

from tests.konzept.zugriff.adressen import MUSTER, pfad
from tests.konzept.zugriff.erwartet import ERWARTET

pytestmark = pytest.mark.django_db

NICHTS = "private, no-store"


@pytest.mark.parametrize("art", ["superuser", "gremium beteiligt", "ohne rolle"])
@pytest.mark.usefixtures("ohne_druck")
def test_nothing_that_is_answered_to_a_session_is_kept(art, person, welt, browser):
    """Every address with every status: pages, files, redirects, pages of errors, methods that are refused."""
    client = browser(person(art))
    gefunden, stati = {}, set()
    # What prints at once makes all that waits, too, which is to be met in the making before.
    spaet = ("fassungen:grossdruck", "account_logout")
    for name in sorted(MUSTER, key=lambda name: spaet.index(name) if name in spaet else -1):
        for methode in ("GET", "HEAD", "POST", "DELETE"):
            antwort = client.generic(methode, pfad(name, welt))
            stati.add(antwort.status_code)
            gefunden[name, methode] = antwort.get("Cache-Control")
    assert {was: wert for was, wert in gefunden.items() if wert != NICHTS} == {}
    assert stati >= {200, 302, 403, 404, 405} if art != "superuser" else stati >= {200, 202, 302, 405, 422}


@pytest.mark.parametrize("ort", ["/gibt-es-nicht/", "/konzepte", "/admin/", "/admin/jsi18n/", "/oeffentlich/nichts/"])
def test_nor_is_what_no_view_of_ours_answers(ort, person, browser):
    assert browser(person("superuser")).get(ort)["Cache-Control"] == NICHTS


def test_nor_is_a_page_that_broke(person, browser, monkeypatch):
    client = browser(person("lesen"))
    client.raise_request_exception = False
    monkeypatch.setattr("konzept.konten.models.Benutzer.alle_rollen", property(lambda selbst: 1 / 0))
    antwort = client.get("/")
    assert (antwort.status_code, antwort["Cache-Control"]) == (500, NICHTS)


def test_what_the_browser_has_already_is_answered_without_being_kept(person, welt, browser):
    client = browser(person("leitung"))
    ort = pfad("fassungen:json", welt)
    nochmal = client.get(ort, headers={"If-None-Match": client.get(ort)["ETag"]})
    assert (nochmal.status_code, nochmal["Cache-Control"]) == (304, NICHTS)


def test_signing_in_and_out_is_not_kept_either(person, client):
    konto = person("lesen")
    for antwort in (
        client.get("/anmelden/"),
        client.post("/anmelden/", {"login": konto.email, "password": "falsch"}),
        client.post("/konto/", {"_konto": konto.pk, "name": "Getippt"}),
    ):
        assert antwort["Cache-Control"] == NICHTS
    client.force_login(konto)
    assert client.post("/abmelden/")["Cache-Control"] == NICHTS


def test_what_is_public_may_be_kept_as_long_as_nobody_is_signed_in(person, welt, browser):
    oeffentlich = [name for name in ERWARTET if name.startswith("oeffentlich:")]
    assert len(oeffentlich) > 4
    fuer_alle = browser(None).get("/oeffentlich/")
    assert "public" in fuer_alle["Cache-Control"]
    assert "Cookie" not in fuer_alle.get("Vary", "")
    drinnen = browser(person("lesen")).get("/oeffentlich/")
    assert (drinnen["Cache-Control"], drinnen.content) == (NICHTS, fuer_alle.content)


def test_whoever_is_not_signed_in_is_asked_to_keep_only_what_is_called_public(welt, browser):
    """So a new page that forgets to say anything is not kept."""
    client = browser(None)
    antworten = {name: client.get(pfad(name, welt)) for name in MUSTER if name != "account_logout"}
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    gehalten = {name for name, antwort in antworten.items() if antwort["Cache-Control"] != NICHTS}
    assert {name.partition(":")[0] for name in gehalten} == {"oeffentlich"}
