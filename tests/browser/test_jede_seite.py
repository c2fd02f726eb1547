"""Every address that shows a page, as the table of who may what has them, in a wide and in the narrowest window.

Colours are looked at in the wide one; test_barrierefreiheit looks at them in both, on pages that show all of them.
The page of a new URL pattern is looked at without a line here. Where there is none, OHNE_BLICK says why.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from konzept import grenzen
from konzept.druckauftraege import auftraege
from konzept.druckauftraege.models import Druckauftrag
from tests.fabrik import mache_benutzer, mache_runde
from tests.konzept.zugriff.adressen import MUSTER, werte
from tests.konzept.zugriff.antworten import ERST_BESTAETIGEN
from tests.konzept.zugriff.erwartet import ERWARTET
from tests.konzept.zugriff.personen import BETEILIGT
from tests.konzept.zugriff.welt import Welt, mache_welt

from .messen import DESKTOP, FARBREGELN, SCHMAL, maengel

PERSONEN = ("anonym", BETEILIGT, "leitung")
"""Who looks; what others see, one of these sees as well."""

DATEI, LEITET_WEITER = "a file", "leads to another page"
DRUCK = "waits on the same page as teildrucke:kapitel"
KONTO = "test_konto opens it in the state that it needs"
OHNE_BLICK = {
    "konzept:bereit": DATEI,
    "beratung:excel": DATEI,
    "fassungen:json": DATEI,
    "oeffentlich:json": DATEI,
    "oeffentlich:berichtigt": DATEI,
    "verwaltung:wappen": DATEI,
    "mfa_download_recovery_codes": DATEI,
    "beratung:pruefen": LEITET_WEITER,
    "oeffentlich:neueste": LEITET_WEITER,
    "account_set_password": LEITET_WEITER,
    "mfa_login_webauthn": LEITET_WEITER,
    **dict.fromkeys(
        (
            *("teildrucke:kapitelblaetter", "teildrucke:massnahme", "teildrucke:steckbriefe"),
            *("teildrucke:fassung_kapitel", "teildrucke:fassung_kapitelblaetter"),
        ),
        DRUCK,
    ),
    "massnahmen:sammel": "needs chosen measures; test_liste chooses some",
    "massnahmen:sammel_zurueck": "needs a change of several measures; test_liste makes one",
    "mfa_authenticate": KONTO,
    "mfa_deactivate_totp": KONTO,
    "mfa_view_recovery_codes": KONTO,
    **{name: KONTO for name, zeile in ERWARTET.items() if zeile is ERST_BESTAETIGEN},
    **{name: "test_oidc opens it" for name in MUSTER if name.startswith(("openid_", "socialaccount_"))},
}
"""Addresses that show nothing to look at here, with the reason."""

JE_ART = {"werkbank:bearbeiten", "verzeichnis:bearbeiten"}
"""Addresses that are looked at for every kind of element; elsewhere one kind looks like the other."""

SENDE_LEER = """([adresse, schluessel]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = adresse;
    form.append(Object.assign(document.createElement("input"), {name: "csrfmiddlewaretoken", value: schluessel}));
    document.body.append(form);
    form.submit();
}"""


def zeigt_seite(name: str, person: str) -> bool:
    return name not in OHNE_BLICK and ERWARTET[name](person)["GET"] in {200, 202}


def wird_abgelehnt(name: str, person: str) -> bool:
    """A form without any answer comes back with what is wrong."""
    return ERWARTET[name](person)["POST"] in {200, 403, 409, 422}


def zu_sehen(person: str) -> list[str]:
    """What is open to everybody is looked at by a stranger alone."""
    return [
        name
        for name in ERWARTET
        if zeigt_seite(name, person) and (person == "anonym" or not zeigt_seite(name, "anonym"))
    ]


def test_there_is_an_eye_on_every_page():
    gesehen = {name for person in PERSONEN for name in zu_sehen(person)}
    knoepfe = {name for name in MUSTER if all(ERWARTET[name](person)["GET"] == 405 for person in PERSONEN)}
    assert set(MUSTER) - gesehen - knoepfe == set(OHNE_BLICK)


@pytest.fixture
def welt(live_server) -> Welt:
    return mache_welt("musterhausen", 2)


@pytest.fixture
def ohne_dienst(settings, monkeypatch):
    """Nobody prints what is asked for, so that its page waits for ever."""
    settings.DRUCK_IM_HINTERGRUND = True
    monkeypatch.setattr(auftraege, "GEDULD", 0)


def zustaende(seite: Page, art: str, namen: list[str], welt: Welt):
    """These pages as the person sees them, and every form of theirs as it comes back when nothing was filled in; each
    with the windows to look at it in."""
    for name in namen:
        alle = werte(name, welt)
        for teile in alle if name in JE_ART else alle[:1]:
            ort = reverse(name, kwargs=teile)
            seite.goto(ort)
            yield f"{name} {teile}", (DESKTOP, SCHMAL)
            if wird_abgelehnt(name, art):
                (schluessel,) = (c["value"] for c in seite.context.cookies() if c["name"] == "csrftoken")
                with seite.expect_navigation():
                    seite.evaluate(SENDE_LEER, [ort, schluessel])
                yield f"POST {name} {teile}", (DESKTOP,)


@pytest.mark.parametrize(
    ("art", "teil", "von"),
    [("anonym", 1, 1), (BETEILIGT, 1, 1), ("leitung", 1, 3), ("leitung", 2, 3), ("leitung", 3, 3)],
)
@pytest.mark.usefixtures("ohne_dienst")
def test_every_page_is_accessible_and_fits(art, teil, von, welt, kontext, melde_an):
    if art == "anonym":
        seite = kontext.new_page()
    else:
        konto = mache_benutzer(welt.kommune, "gremium" if art == BETEILIGT else art)
        mache_runde(welt.fassung, *([konto] if art == BETEILIGT else []))
        seite = melde_an(kontext, konto.email)
    namen = zu_sehen(art)[teil - 1 :: von]
    gefunden = [
        f"{was}: {mangel}"
        for was, fenster in zustaende(seite, art, namen, welt)
        for mangel in maengel(seite, *fenster, nur_zuerst=FARBREGELN)
    ]
    assert not gefunden, "\n\n".join(gefunden)


def liefert(html: str):
    return lambda weg: weg.fulfill(body=html, content_type="text/html")


@pytest.mark.usefixtures("ohne_dienst")
def test_pages_of_a_print(welt, kontext, melde_an, monkeypatch):
    """Waiting in a queue, in print, finished beside a newer state, failed, left, gone, refused."""
    seite = melde_an(kontext, mache_benutzer(welt.kommune, "lesen").email)
    ort = reverse("konzept:pdf", args=(welt.kommune.slug, welt.konzept.slug))
    seite.goto(ort)
    jetzt, auftrag = timezone.now(), Druckauftrag.objects.filter(art="konzept")
    pacht = {"pacht": uuid4(), "pacht_bis": jetzt + timedelta(hours=1), "begonnen_am": jetzt}
    ohne = {"pacht": None, "pacht_bis": None, "beendet_am": jetzt}
    for felder, worte in (
        ({}, "Der Hintergrunddienst läuft gerade nicht"),
        ({"status": "laeuft", "fertige": 3, "teile": 7} | pacht, "3 von 7 Teilen"),
        ({"status": "fertig", "datei": b"%PDF", "schluessel": "frueher"} | ohne, "Neuen Stand drucken"),
        ({"status": "gescheitert", "fehler": "Der Arbeitsspeicher reichte nicht."}, "Noch einmal versuchen"),
        ({"status": "abgebrochen"}, "PDF doch herstellen"),
    ):
        auftrag.update(**felder)
        seite.goto(seite.url)
        assert worte in seite.inner_text("main")
        assert maengel(seite) == []
    assert seite.goto(f"{ort}?auftrag=0").status == 404
    assert "Diesen Druck gibt es nicht mehr" in seite.inner_text("main")
    assert maengel(seite) == []
    monkeypatch.setattr(grenzen, "DRUCKE_JE_KONTO", 1)
    auftrag.update(status="wartet", beendet_am=None)
    welt.konzept.abschnitte.update(titel="Anders")
    assert seite.goto(ort).status == 429
    assert "Darauf warten Sie gerade" in seite.inner_text("main")
    assert maengel(seite) == []


def test_pages_that_say_no(welt, kontext, melde_an):
    konto = mache_benutzer(welt.kommune, "lesen")
    seite = melde_an(kontext, konto.email)
    for status, ort in {
        403: reverse("verwaltung:mitglieder", args=(welt.kommune.slug,)),
        404: "/gibt-es-nicht/",
    }.items():
        assert seite.goto(ort).status == status
        assert maengel(seite) == []
    for vorlage in ("403_csrf.html", "429.html", "500.html"):
        seite.route(f"**/{vorlage}", liefert(render_to_string(vorlage)))
        seite.goto(f"/{vorlage}")
        assert maengel(seite) == []
