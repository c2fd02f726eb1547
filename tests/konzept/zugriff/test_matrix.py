"""Who may open what: the whole matrix of persons, addresses and methods; the table is in `erwartet`.

A new URL pattern fails here until it has a row there.
"""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.fabrik import mache_benutzer
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, adressen, pfad, teile
from tests.konzept.zugriff.erwartet import ERWARTET, FUER_ALLE_MITGLIEDER, OHNE_RUECKWEG
from tests.konzept.zugriff.personen import PERSONEN

pytestmark = pytest.mark.django_db

METHODEN = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
VON_ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")


def zuletzt(name: str) -> tuple[bool, bool]:
    """Signing out, and before that what makes all PDFs that wait, those that others say are still in the making too."""
    return name == "account_logout", name == "fassungen:grossdruck"


def test_every_url_pattern_has_a_row():
    assert set(MUSTER) == set(ERWARTET)


@pytest.mark.parametrize("art", ["gremium", "verwaltung", "ohne rolle", "fremd"])
def test_the_arbeitsstand_does_not_exist_for_who_may_not_read_it(art):
    """One rule for every page below a concept, those to come included; that it holds is for `test_matrix`."""
    status = {name: set(ERWARTET[name](art).values()) for name in MUSTER if "konzept" in teile(name)}
    assert len(status) > 5
    assert {name for name, gefunden in status.items() if gefunden - {404, 405}} == set(FUER_ALLE_MITGLIEDER)


def test_which_methods_there_are_does_not_depend_on_who_asks():
    """They are refused by the outermost decorator, so that the matrix has to ask for the others only.

    The pages of signing in, which come from allauth, decide by themselves; without an identity provider some do not
    exist.
    """
    for name, zeile in ERWARTET.items():
        for art in PERSONEN:
            if name in DURCHGELASSEN:
                verboten = {methode for methode, status in zeile(art).items() if status == 405}
                assert verboten == zeile(art).keys() - DURCHGELASSEN[name], (name, art)
                assert ("GET" in verboten) == ("HEAD" not in DURCHGELASSEN[name]), name
    assert {name for name in set(MUSTER) - set(DURCHGELASSEN) if not name.startswith(VON_ALLAUTH)} == set()


@pytest.mark.parametrize("art", PERSONEN)
@pytest.mark.usefixtures("ohne_druck")
def test_matrix(art, person, welt, browser):
    """GET and POST, as far as a decorator does not refuse them."""
    client = browser(person(art))
    gefunden, erwartet = {}, {}
    for name in sorted(ERWARTET, key=zuletzt):
        ort = pfad(name, welt)
        for methode, status in ERWARTET[name](art).items():
            if methode in DURCHGELASSEN.get(name, METHODEN):
                erwartet[name, methode] = status
                gefunden[name, methode] = client.generic(methode, ort).status_code
    assert gefunden == erwartet


@pytest.mark.usefixtures("ohne_druck")
def test_every_other_method(person, welt, browser):
    """HEAD is answered as GET is, everything else refused; asked by somebody who may everything."""
    client = browser(person("superuser"))
    gefunden, erwartet = {}, {}
    for name in sorted(ERWARTET, key=zuletzt):
        ort, kopf = pfad(name, welt), {"HEAD": ERWARTET[name]("superuser")["GET"]}
        verboten = dict.fromkeys(METHODEN - DURCHGELASSEN.get(name, METHODEN), 405)
        for methode, status in (kopf | verboten).items():
            erwartet[name, methode] = status
            gefunden[name, methode] = client.generic(methode, ort).status_code
    assert gefunden == erwartet


@pytest.mark.parametrize("art", ["anonym", "gesperrt"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(art, person, welt, browser):
    geschlossen = [name for name, zeile in ERWARTET.items() if zeile(art).get("GET") == 302]
    assert len(geschlossen) > len(ERWARTET) / 3
    for name in set(geschlossen) - OHNE_RUECKWEG:
        ort = pfad(name, welt)
        assert browser(person(art)).get(ort).url == f"{reverse('account_login')}?next={ort}"


def admin_pfade() -> list[str]:
    ersatz = {"app_label": "konzept", "url": "nichts", "final_catch_all_view": "nichts"}
    pfade = []
    for name, muster, _ in adressen():
        if not name.startswith("admin:"):
            continue
        text = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: ersatz[m[1]], muster)
        pfade.append("/" + re.sub(r"<(?:\w+:)?\w+>", "1", text))
    return pfade


@pytest.mark.parametrize("art", [p for p in PERSONEN if p != "superuser"])
def test_admin_is_closed_to_everybody_without_staff_status(art, person, browser):
    client = browser(person(art))
    pfade = admin_pfade()
    assert len(pfade) > 5 * len(admin.site._registry)
    offen = []
    for ort in pfade:
        for methode in ("GET", "POST"):
            antwort = client.generic(methode, ort)
            if antwort.status_code != 302 or not antwort.url.startswith(("/admin/", "/anmelden/?next=/admin/")):
                offen.append((methode, ort, antwort.status_code))
    unbefugt = [("GET", "/admin/login/", 403), ("POST", "/admin/login/", 403)]
    assert offen == ([] if art in {"anonym", "gesperrt"} else unbefugt)


def test_staff_without_permissions_sees_no_rows(welt, browser):
    client = browser(mache_benutzer(welt.kommune, "leitung", is_staff=True))
    for modell in admin.site._registry:
        ort = reverse(f"admin:{modell._meta.app_label}_{modell._meta.model_name}_changelist")
        assert client.get(ort).status_code == 403
