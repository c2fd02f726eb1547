"""What the pages Impressum and Datenschutz promise is what the installation does."""

import io
import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings as einstellungen
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from konzept.betrieb import systempruefungen
from konzept.datenschutz import cookies
from konzept.konten.models import Einladung, Protokolleintrag
from konzept.konten.models.einladung import GUELTIG
from konzept.konten.sitzung import LAENGSTE
from konzept.konten.vorgaenge import lade_ein
from konzept.postausgang.models import Sendung
from konzept.zeitworte import dauer
from tests.fabrik import KENNWORT, mache_benutzer, mache_kommune, mache_konzept, seite_von, text

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

SEITEN = ["/impressum/", "/datenschutz/"]


def inhalt(antwort) -> str:
    (haupt,) = seite_von(antwort).iter("main")
    return text(haupt)


def verweise(antwort, bereich="main") -> set[str]:
    (knoten,) = seite_von(antwort).iter(bereich)
    return {a.get("href") for a in knoten.iter("a")}


# The operator's own text


@pytest.mark.parametrize(
    ("seite", "satz"),
    [
        ("/impressum/", "noch kein Impressum hinterlegt"),
        ("/datenschutz/", "noch keine Datenschutzerklärung hinterlegt"),
    ],
)
def test_without_a_text_the_page_says_so(client, seite, satz):
    assert satz in inhalt(client.get(seite))


@pytest.mark.parametrize(("seite", "name"), [("/impressum/", "IMPRESSUM"), ("/datenschutz/", "DATENSCHUTZ")])
def test_a_text_file_is_shown_and_an_address_is_linked(client, settings, tmp_path, seite, name):
    datei = tmp_path / "text.md"
    datei.write_text("# Betreiberin\n\nStadt **Musterhausen**\nRathausplatz 1\n\n<script>alert(1)</script>", "utf-8")
    setattr(settings, name, str(datei))
    antwort = client.get(seite)
    assert "Betreiberin Stadt Musterhausen" in inhalt(antwort)
    (haupt,) = seite_von(antwort).iter("main")
    assert text(next(haupt.iter("h2"))) == "Betreiberin"
    assert not list(haupt.iter("script"))
    datei.write_text("Neuer Text", "utf-8")
    assert "Neuer Text" in inhalt(client.get(seite))
    setattr(settings, name, "https://stadt.example/rechtliches")
    assert "https://stadt.example/rechtliches" in verweise(client.get(seite))


def test_an_unreadable_file_is_reported_and_the_page_still_opens(client, settings, tmp_path):
    settings.IMPRESSUM = str(tmp_path / "fehlt.md")
    assert "noch kein Impressum hinterlegt" in inhalt(client.get("/impressum/"))


@pytest.mark.parametrize("angabe", ["http://stadt.example/", "https://", "ftp://stadt.example/x", "/gibt/es/nicht.md"])
def test_the_checks_find_a_setting_that_leads_nowhere(settings, angabe):
    settings.IMPRESSUM = settings.DATENSCHUTZ = angabe
    assert [f.id for f in systempruefungen.texte_sind_lesbar(None)] == ["konzept.E002"] * 2


def test_the_checks_find_a_file_without_words(settings, tmp_path):
    (tmp_path / "leer.md").write_text(" \n", "utf-8")
    (tmp_path / "latin.md").write_bytes("Müller".encode("latin-1"))
    for name in ("leer.md", "latin.md"):
        settings.IMPRESSUM = str(tmp_path / name)
        assert len(systempruefungen.texte_sind_lesbar(None)) == 1


def test_before_a_release_the_check_asks_for_both(settings):
    assert len(systempruefungen.texte_sind_hinterlegt(None)) == 2
    settings.IMPRESSUM = settings.DATENSCHUTZ = "https://stadt.example/rechtliches"
    assert systempruefungen.texte_sind_hinterlegt(None) == []


def test_the_log_cannot_be_kept_for_less_than_the_database_allows(settings):
    settings.PROTOKOLL_TAGE = 89
    assert [f.id for f in systempruefungen.protokoll_bleibt_lange_genug(None)] == ["konzept.E001"]
    settings.PROTOKOLL_TAGE = 90
    assert systempruefungen.protokoll_bleibt_lange_genug(None) == []


# The Kommunen of the account


def test_members_find_the_pages_of_their_kommune_and_no_other(client):
    eigene = mache_kommune("meine", impressum_url="https://meine.example/i", datenschutz_url="https://meine.example/d")
    mache_kommune("fremde", impressum_url="https://fremde.example/i", datenschutz_url="https://fremde.example/d")
    client.force_login(mache_benutzer(eigene, "lesen"))
    for seite, adresse in zip(SEITEN, ["https://meine.example/i", "https://meine.example/d"], strict=True):
        assert adresse in verweise(client.get(seite))
        assert "fremde" not in inhalt(client.get(seite))
        assert adresse not in verweise(Client().get(seite))


def test_both_pages_are_linked_everywhere(client):
    konzept = mache_konzept()
    wurzel = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"
    for angemeldet in (False, True):
        if angemeldet:
            client.force_login(mache_benutzer(konzept.kommune, "leitung"))
        for pfad in ("/", "/anmelden/", wurzel, f"{wurzel}gesamt/", "/gibt-es-nicht/", *SEITEN):
            assert set(SEITEN) <= verweise(client.get(pfad, follow=True), "footer"), pfad


# What is promised


def test_the_periods_are_those_that_are_set(client, settings):
    settings.PROTOKOLL_TAGE = 400
    seite = inhalt(client.get("/datenschutz/"))
    assert "400 Tage" in seite
    assert f"bis zum Abmelden, höchstens {LAENGSTE.days} Tage" in seite
    assert f"gültig {GUELTIG.days} Tage" in seite


def test_an_identity_provider_is_mentioned_where_there_is_one(client, settings):
    settings.OIDC = None
    assert "Anmeldedienst" not in inhalt(client.get("/datenschutz/"))
    settings.OIDC = object()
    assert "Anmeldedienst" in inhalt(client.get("/datenschutz/"))


@pytest.mark.parametrize(
    ("zeit", "worte"),
    [
        (timedelta(days=14), "14 Tage"),
        (timedelta(days=1), "1 Tag"),
        (timedelta(days=364), "364 Tage"),
        (timedelta(days=730), "2 Jahre"),
        (timedelta(hours=36), "36 Stunden"),
        (timedelta(minutes=1), "1 Minute"),
        (timedelta(seconds=90), "90 Sekunden"),
    ],
)
def test_lengths_of_time_in_words(zeit, worte):
    assert dauer(zeit) == worte


def test_no_other_cookies_are_set_and_each_lives_as_long_as_promised():
    client, konto = Client(), mache_benutzer()
    gesetzt = SimpleCookie()

    def merke(antwort):
        for name, cookie in antwort.cookies.items():
            if cookie.value:
                gesetzt[name] = cookie.value
                gesetzt[name].update(cookie)

    merke(client.get("/anmelden/"))
    merke(client.post("/anmelden/", {"login": konto.email, "password": KENNWORT}))
    for pfad in ("/", "/konto/", "/konto/daten/", *SEITEN):
        merke(client.get(pfad))
    merke(client.post("/konto/bestaetigen/", {"password": KENNWORT}))
    merke(client.post("/konto/loeschen/", {"ja": "on"}))
    versprochen = {zeile.was: zeile.wie_lange for zeile in cookies()}
    assert set(gesetzt) == set(versprochen)
    assert versprochen[einstellungen.SESSION_COOKIE_NAME] == "bis Sie den Browser schließen"
    assert gesetzt[einstellungen.SESSION_COOKIE_NAME]["max-age"] == ""
    assert versprochen["browser"] == dauer(timedelta(seconds=gesetzt["browser"]["max-age"]))
    assert versprochen["csrftoken"] == dauer(timedelta(seconds=gesetzt["csrftoken"]["max-age"]))


# Tidying up


def raeume_auf() -> dict[str, int]:
    aus = io.StringIO()
    call_command("aufraeumen", stdout=aus)
    return {was: int(zahl) for was, zahl in re.findall(r"^(.*): (\d+) gelöscht$", aus.getvalue(), re.M)}


def test_what_has_expired_goes_and_the_rest_stays(client, settings):
    settings.PROTOKOLL_TAGE = 100
    cache.clear()  # tests that commit leave something behind in it
    jetzt, konto = timezone.now(), mache_benutzer()
    for tage in (99, 101):
        Protokolleintrag.objects.create(ereignis="ausgabe", zeitpunkt=jetzt - timedelta(days=tage), text=f"{tage}")
    client.post("/anmelden/", {"login": konto.email, "password": KENNWORT})
    Session.objects.create(session_key="alt", session_data="", expire_date=jetzt - timedelta(seconds=1))
    UserSession.objects.create(user=konto, session_key="alt", ip="192.0.2.7", user_agent="")
    bestaetigung = EmailConfirmation.create(konto.emailaddress_set.get())
    bestaetigung.sent = jetzt - timedelta(days=4)
    bestaetigung.save()
    for tage in (89, 91):
        zeit = jetzt - timedelta(days=tage)
        konto.zwischenstaende.create(adresse=f"/formular/{tage}/", daten="text=x", zeitpunkt=zeit)
    for tage in (29, 31):
        konto.angelegtes.create(schluessel=f"{tage}", titel="Vorwort", zeitpunkt=jetzt - timedelta(days=tage))
    for tage in (29, 31):
        beendet = {"status": "fertig", "beendet_am": jetzt - timedelta(days=tage)}
        Sendung.objects.create(anlass="runde", empfaenger=f"{tage}@stadt.example", **beendet)
    cache.set_many({"alter-zaehler": 1, "neuer-zaehler": 1})
    with connection.cursor() as cursor:
        frist = connection.ops.adapt_datetimefield_value(jetzt.replace(microsecond=0) - timedelta(seconds=1))
        cursor.execute("UPDATE zwischenspeicher SET expires = %s WHERE cache_key LIKE %s", [frist, "%alter-zaehler"])
    assert raeume_auf() == {
        "abgelaufene Sitzungen": 1,
        "Vermerke über beendete Sitzungen": 1,
        "erledigte Einladungen": 0,
        "Vermerke über Angelegtes": 1,
        "nicht gespeicherte Texte": 1,
        "Einträge im Protokoll": 1,
        "unbenutzte Bestätigungen von Adressen": 1,
        "Nachweise über E-Mails": 1,
        "Zähler von Anmeldeversuchen": 1,
        "alte Druckaufträge": 0,
        "alte Satzstücke": 0,
    }
    assert konto.zwischenstaende.get().adresse == "/formular/89/"
    assert [s.empfaenger for s in Sendung.objects.all()] == ["29@stadt.example"]
    assert cache.get("neuer-zaehler") == 1
    assert client.get("/").status_code == 200
    assert UserSession.objects.get().user == konto
    assert {e.text for e in Protokolleintrag.objects.filter(ereignis="ausgabe")} == {"99"}
    assert set(raeume_auf().values()) == {0}


@pytest.mark.parametrize("was", ["angenommen_am", "widerrufen_am", "gueltig_bis"])
@pytest.mark.parametrize(("tage", "bleibt"), [(89, True), (91, False)])
def test_an_invitation_is_kept_for_90_days_after_its_end(was, tage, bleibt):
    einladung, _ = lade_ein(mache_kommune(), "eva@stadt.example", "lesen")
    Einladung.objects.update(**{was: timezone.now() - timedelta(days=tage)})
    raeume_auf()
    assert Einladung.objects.filter(pk=einladung.pk).exists() == bleibt


def test_an_open_invitation_stays():
    einladung, _ = lade_ein(mache_kommune(), "eva@stadt.example", "lesen")
    assert raeume_auf()["erledigte Einladungen"] == 0
    assert einladung.offen
