"""How long one stays signed in, and what happens to what is typed when that is over."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as einstellungen
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from konzept.entwuerfe.models import Zwischenstand
from konzept.grenzen import SITZUNGEN
from konzept.konten.aufraeumen import raeume_auf
from konzept.konten.models import Rolle
from konzept.konten.sitzung import _BEGINN, LAENGSTE, VON_SELBST, frist
from tests.fabrik import KENNWORT, eingaben, mache_benutzer, mache_kommune, mache_konzept, seite_von, text
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

STUNDE, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def melde_an(konto) -> Client:
    client = Client()
    client.post("/anmelden/", {"login": konto.email, "password": KENNWORT})
    assert angemeldet(client)
    return client


def angemeldet(client, **kopf) -> bool:
    return client.get("/", headers=kopf).status_code == 200


def vergeht(client, zeit: timedelta) -> None:
    """As if so much time had gone by since the last request."""
    sitzung = client.session
    sitzung[_BEGINN] -= zeit.total_seconds()
    sitzung.ende -= zeit
    sitzung.save()


def ende(client):
    return Session.objects.get(pk=client.cookies[einstellungen.SESSION_COOKIE_NAME].value).expire_date


@pytest.mark.parametrize(
    ("rollen", "leerlauf", "dauer"),
    [
        (["leitung"], STUNDE, 12 * STUNDE),
        (["verwaltung"], STUNDE, 12 * STUNDE),
        (["redaktion"], 4 * STUNDE, 24 * STUNDE),
        (["mitwirkung"], 4 * STUNDE, 24 * STUNDE),
        (["gremium"], 24 * STUNDE, 168 * STUNDE),
        (["lesen"], 24 * STUNDE, 168 * STUNDE),
        ([], 24 * STUNDE, 168 * STUNDE),
        (["gremium", "redaktion"], 4 * STUNDE, 24 * STUNDE),
        (["lesen", "verwaltung", "redaktion"], STUNDE, 12 * STUNDE),
    ],
)
def test_idle_and_in_all_by_the_strictest_role(stadt, rollen, leerlauf, dauer):
    """A minute before either end one is in, a minute after it out."""
    konto = mache_benutzer(stadt, *rollen)
    client = melde_an(konto)
    vergeht(client, leerlauf - MINUTE)
    assert angemeldet(client)
    vergeht(client, leerlauf + MINUTE)
    assert not angemeldet(client)

    client = melde_an(konto)
    for _ in range(dauer // (leerlauf / 2) - 1):
        vergeht(client, leerlauf / 2)
        assert angemeldet(client)
    vergeht(client, leerlauf / 2 - MINUTE)
    assert angemeldet(client)
    vergeht(client, 2 * MINUTE)
    assert not angemeldet(client)


def test_every_role_has_its_limits(stadt):
    assert all(frist(mache_benutzer(stadt, rolle)).dauer <= LAENGSTE for rolle in Rolle)


def test_roles_of_all_kommunen_count(stadt):
    konto = mache_benutzer(stadt, "lesen")
    konto.mitgliedschaften.create(kommune=mache_kommune("anderswo"), rolle="leitung")
    assert frist(konto).leerlauf == STUNDE


@pytest.mark.parametrize("recht", ["is_staff", "is_superuser"])
def test_administrators_have_the_shortest(recht):
    assert frist(mache_benutzer(**{recht: True})) == (STUNDE, 12 * STUNDE)


def test_the_operator_may_shorten_the_time_without_a_request(stadt, settings):
    settings.LEERLAUF_MINUTEN = 90
    assert frist(mache_benutzer(stadt, "redaktion")) == (90 * MINUTE, 24 * STUNDE)
    assert frist(mache_benutzer(stadt, "leitung")).leerlauf == STUNDE


def test_a_stricter_role_shortens_the_session_that_is_there(stadt):
    konto = mache_benutzer(stadt, "lesen")
    client = melde_an(konto)
    vergeht(client, 13 * STUNDE)
    assert angemeldet(client)
    konto.mitgliedschaften.create(kommune=stadt, rolle="leitung")
    assert not angemeldet(client)


def test_the_browser_forgets_the_session_when_it_is_closed(stadt):
    client = melde_an(mache_benutzer(stadt, "lesen"))
    assert client.cookies[einstellungen.SESSION_COOKIE_NAME]["max-age"] == ""


# What counts as a request by the person


def test_keeping_a_draft_while_typing_counts(ole):
    client = melde_an(ole)
    for _ in range(4):
        vergeht(client, 40 * MINUTE)
        daten = {"_adresse": "/konto/", "_konto": ole.pk, "name": "O"}
        assert client.post("/zwischenstand/", daten).status_code == 204
    assert angemeldet(client)


def test_a_page_that_asks_by_itself_does_not_count(ole):
    client = melde_an(ole)
    for _ in range(2):
        vergeht(client, 25 * MINUTE)
        assert angemeldet(client, **{VON_SELBST: "1"})
    vergeht(client, 25 * MINUTE)
    assert not angemeldet(client, **{VON_SELBST: "1"})


def test_every_page_that_asks_by_itself_says_so():
    fragende = {}
    for ordner in ("templates", "konzept", "massnahmen", "handlungsfelder"):
        for datei in (Path(einstellungen.BASE_DIR) / ordner).rglob("*.html"):
            for element in re.findall(r"<[^>]*hx-trigger=\"[^\"]*(?:every|load)\b[^>]*>", datei.read_text()):
                fragende[datei.name, element] = f'hx-headers=\'{{"{VON_SELBST}": "1"}}\'' in element
    assert len(fragende) >= 2
    assert [wo for wo, sagt_es in fragende.items() if not sagt_es] == []


def test_the_session_is_written_at_most_once_a_minute(ole):
    def geschrieben(client) -> list[str]:
        with CaptureQueriesContext(connection, ) as anfragen:
            assert angemeldet(client)
        return [a["sql"] for a in anfragen if re.match(r'(UPDATE|INSERT|DELETE).*"django_session"', a["sql"])]

    client = melde_an(ole)
    assert [geschrieben(client) for _ in range(3)] == [[], [], []]
    vergeht(client, 2 * MINUTE)
    erste, zweite = geschrieben(client), geschrieben(client)
    assert (len(erste), zweite) == (1, [])
    assert "session_data" not in erste[0]


def test_going_on_does_not_overwrite_what_another_request_keeps_in_the_session(ole):
    client = melde_an(ole)
    vergeht(client, 10 * MINUTE)
    langsam = client.session
    langsam["von"] = "anderswo"
    assert angemeldet(client)
    langsam.save()
    assert angemeldet(client)
    assert client.session["von"] == "anderswo"


# When it is over


def test_what_was_typed_is_kept_and_one_is_led_back(stadt, rita):
    client = melde_an(rita)
    daten = eingaben(client.get("/konto/"), "name") | {"name": "Rita Neu"}
    vergeht(client, 5 * STUNDE)
    seite = client.post("/konto/", daten)
    assert seite.status_code == 401
    antwort = client.post("/anmelden/", eingaben(seite, "password") | {"login": rita.email, "password": KENNWORT})
    assert antwort.url == "/konto/"
    assert eingaben(client.get(antwort.url), "name")["name"] == ["Rita Neu"]
    rita.refresh_from_db()
    assert rita.name == "Rita Redaktion"


def test_the_same_where_a_stricter_role_ended_it(stadt):
    konto = mache_benutzer(stadt, "lesen")
    client = melde_an(konto)
    daten = eingaben(client.get("/konto/"), "name") | {"name": "Neu"}
    vergeht(client, 13 * STUNDE)
    konto.mitgliedschaften.create(kommune=stadt, rolle="leitung")
    assert "name=Neu" in eingaben(client.post("/konto/", daten), "password")["_wiedervorlage"][0]


def test_a_draft_that_comes_too_late_is_refused_in_a_way_that_the_page_understands(ole):
    client = melde_an(ole)
    vergeht(client, 2 * STUNDE)
    assert client.post("/zwischenstand/", {"_adresse": "/konto/", "_konto": ole.pk, "name": "O"}).status_code == 401
    assert not Zwischenstand.objects.exists()


def test_a_page_that_was_asked_for_comes_after_signing_in(stadt, rita):
    konzept = mache_konzept(stadt)
    pfad = f"/konzepte/{stadt.slug}/{konzept.slug}/"
    client = melde_an(rita)
    vergeht(client, 5 * STUNDE)
    seite = client.get(client.get(pfad).url)
    antwort = client.post("/anmelden/", eingaben(seite, "password") | {"login": rita.email, "password": KENNWORT})
    assert antwort.url == pfad


def test_a_session_from_before_there_were_limits_has_ended(ole):
    client = melde_an(ole)
    sitzung = client.session
    del sitzung[_BEGINN]
    sitzung.save()
    assert not angemeldet(client)


# The own sessions


def test_ended_sessions_are_neither_counted_nor_listed_nor_kept(ole):
    alte, neue = melde_an(ole), melde_an(ole)
    assert "2 Geräten" in text(seite_von(neue.get("/konto/")))
    vergeht(alte, 2 * STUNDE)
    assert "diesem Gerät" in text(seite_von(neue.get("/konto/")))
    assert len(list(seite_von(neue.get("/konto/sitzungen/")).find_class("eintragsliste")[0].iter("li"))) == 1
    melde_an(ole)
    vergeht(neue, 2 * STUNDE)
    raeume_auf(timezone.now())
    assert UserSession.objects.filter(user=ole).count() == Session.objects.count() == 1


def test_a_new_password_leaves_only_the_session_in_which_it_was_set(ole):
    andere, client = melde_an(ole), melde_an(ole)
    neues = "ganz neues kennwort"
    daten = {"oldpassword": KENNWORT, "password1": neues, "password2": neues}
    assert client.post("/konto/kennwort/", daten).status_code == 302
    assert (angemeldet(client), angemeldet(andere)) == (True, False)
    assert UserSession.objects.filter(user=ole).count() == Session.objects.exclude(session_data="").count() == 1
    assert "diesem Gerät" in text(seite_von(client.get("/konto/")))


def test_a_new_password_by_mail_leaves_none(ole):
    client, fremder = melde_an(ole), Client()
    fremder.post("/kennwort-vergessen/", {"email": ole.email})
    stelle_zu()
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    neues = "ganz neues kennwort"
    fremder.post(fremder.get(link).url, {"password1": neues, "password2": neues})
    assert not angemeldet(client)
    assert not UserSession.objects.filter(user=ole).exists()


def test_the_own_page_says_the_limits(ole, rita):
    assert "wenn Sie 1 Stunde lang nichts tun, spätestens 12 Stunden nach dem Anmelden" in text(
        seite_von(melde_an(ole).get("/konto/"))
    )
    assert "wenn Sie 4 Stunden lang nichts tun, spätestens 1 Tag nach dem Anmelden" in text(
        seite_von(melde_an(rita).get("/konto/"))
    )


# A session belongs to who signed in


def test_a_session_that_was_planted_before_is_worthless_after_signing_in(ole):
    """Whoever knew the key before (on a shared computer, by a link) does not become the account."""
    client = Client()
    client.post("/konto/", {"_konto": ole.pk, "name": "x"})
    client.session["was"] = "auch immer"
    gepflanzt = client.session
    gepflanzt.create()
    client.cookies[einstellungen.SESSION_COOKIE_NAME] = gepflanzt.session_key
    client.post("/anmelden/", {"login": ole.email, "password": KENNWORT})
    assert angemeldet(client)
    fremder = Client()
    fremder.cookies[einstellungen.SESSION_COOKIE_NAME] = gepflanzt.session_key
    assert not angemeldet(fremder)
    assert not Session.objects.filter(pk=gepflanzt.session_key).exists()


def test_signing_out_ends_the_session_for_whoever_copied_its_cookie(ole):
    client, kopie = melde_an(ole), Client()
    kopie.cookies[einstellungen.SESSION_COOKIE_NAME] = client.cookies[einstellungen.SESSION_COOKIE_NAME].value
    assert angemeldet(kopie)
    client.post("/abmelden/")
    assert not angemeldet(kopie)


@pytest.mark.parametrize("was", [{"is_active": False}, {"password": "!"}])
def test_switching_off_and_a_new_password_end_every_session(ole, was):
    client = melde_an(ole)
    type(ole).objects.filter(pk=ole.pk).update(**was)
    assert not angemeldet(client)


def test_an_account_has_so_many_sessions_and_the_next_ends_the_oldest(stadt):
    konto = mache_benutzer(stadt, "lesen")
    clients = [melde_an(konto) for _ in range(SITZUNGEN + 1)]
    assert not angemeldet(clients[0])
    assert angemeldet(clients[1])
    assert angemeldet(clients[-1])


def test_a_page_that_asks_by_itself_after_the_end_is_sent_to_sign_in_as_a_whole(ole):
    client = melde_an(ole)
    vergeht(client, timedelta(days=9))
    antwort = client.get("/", headers={"HX-Request": "true", VON_SELBST: "1"})
    assert antwort.headers.get("HX-Refresh") == "true"
