"""The log says who did what, and nothing that did not happen; its page shows it to the Leitung of the Kommune."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_current_timezone, localtime, now

from konzept.konten.models import EHEMALIG, Ereignis, Protokolleintrag
from konzept.konten.protokoll import halte_fest, halte_fest_je_kommune
from konzept.verwaltung import protokoll_views
from tests.fabrik import KENNWORT, adresse, mache_benutzer, mache_kommune, mache_konzept, seite_von, text
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

GEHEIMNIS = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def stadt():
    return mache_kommune()


@pytest.fixture
def konto(stadt):
    return mache_benutzer(stadt, "leitung", "redaktion", email="rita@stadt.example", name="Rita Redaktion")


def code(geheimnis: str = GEHEIMNIS) -> str:
    """The six digits that an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(geheimnis, next(yield_hotp_counters_from_time())))


def melde_an(client, email="rita@stadt.example", kennwort=KENNWORT):
    return client.post("/anmelden/", {"login": email, "password": kennwort})


def bestaetige(client):
    """Prove again that it is you, as security settings ask for."""
    assert client.post("/konto/bestaetigen/", {"password": KENNWORT}).status_code == 302


def neues(vorher: int = 0) -> list[tuple]:
    return [
        (e.ereignis, e.benutzer_id, e.person_id, e.text)
        for e in Protokolleintrag.objects.filter(pk__gt=vorher).order_by("pk")
    ]


def stand() -> int:
    return max(Protokolleintrag.objects.values_list("pk", flat=True), default=0)


# Writing


def test_an_entry_says_what_who_whom_and_where(stadt, konto):
    person = mache_benutzer()
    halte_fest(Ereignis.BEIGETRETEN, kommune=stadt, benutzer=konto, person=person, text="Redaktion")
    eintrag = Protokolleintrag.objects.get()
    assert (eintrag.kommune, eintrag.benutzer, eintrag.person) == (stadt, konto, person)
    assert (eintrag.ereignis, eintrag.text) == ("beigetreten", "Redaktion")
    assert now() - eintrag.zeitpunkt < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("geschrieben", "gespeichert"),
    [
        ("Titel\r\nzweite\tZeile", "Titel zweite Zeile"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("an\u202elhaz\u2066\u200b", "anlhaz"),
        ("kaputt \ud800", "kaputt "),
        ("ä" * 600, "ä" * 500),
    ],
)
def test_the_text_is_one_printable_line(geschrieben, gespeichert):
    halte_fest(Ereignis.AUSGABE, text=geschrieben)
    assert Protokolleintrag.objects.get().text == gespeichert


def test_what_is_rolled_back_is_not_logged(konto):
    with transaction.atomic():
        halte_fest(Ereignis.GELOESCHT, benutzer=konto)
        halte_fest_je_kommune(Ereignis.ANGEMELDET, konto)
        transaction.set_rollback(True)
    assert neues() == []


def test_an_event_of_an_account_appears_once_in_each_of_its_kommunen(stadt, konto):
    andere, fremd = mache_kommune("nachbarstadt"), mache_kommune("fernstadt")
    konto.mitgliedschaften.create(kommune=andere, rolle="lesen")
    halte_fest_je_kommune(Ereignis.ABGEMELDET, konto)
    halte_fest_je_kommune(Ereignis.ABGEMELDET, mache_benutzer())
    assert {e.kommune for e in Protokolleintrag.objects.all()} == {stadt, andere, None}
    assert Protokolleintrag.objects.count() == 3
    assert not fremd.protokoll.exists()


# What is logged by itself


def test_signing_in_and_out(client, konto):
    melde_an(client)
    assert neues() == [("angemeldet", konto.pk, None, "Kennwort")]
    vorher = stand()
    client.post("/abmelden/")
    assert neues(vorher) == [("abgemeldet", konto.pk, None, "")]


def test_signing_in_with_a_second_factor_is_logged_once_it_is_through(client, konto):
    TOTP.activate(konto, GEHEIMNIS)
    melde_an(client)
    assert neues() == []
    client.post("/anmelden/zweiter-faktor/", {"code": "000000"})
    assert neues() == [("anmeldung_gescheitert", None, konto.pk, "Authentifizierungs-App")]
    vorher = stand()
    client.post("/anmelden/zweiter-faktor/", {"code": code()})
    assert neues(vorher) == [("angemeldet", konto.pk, None, "Kennwort und Authentifizierungs-App")]


def test_a_recovery_code_is_named(client, konto):
    TOTP.activate(konto, GEHEIMNIS)
    codes = RecoveryCodes.activate(konto).get_unused_codes()
    melde_an(client)
    client.post("/anmelden/zweiter-faktor/", {"code": codes[0]})
    assert neues() == [("angemeldet", konto.pk, None, "Kennwort und Wiederherstellungscodes")]


@pytest.mark.parametrize("kennwort", ["falsch", KENNWORT])
def test_a_failed_attempt_names_the_account_and_nobody_as_the_one_who_did_it(client, konto, kennwort):
    konto.is_active = kennwort != KENNWORT
    konto.save()
    melde_an(client, " RITA@Stadt.Example ", kennwort)
    assert neues() == [("anmeldung_gescheitert", None, konto.pk, "Kennwort")]


@pytest.mark.parametrize("getippt", ["mein-geheimes-kennwort", "niemand@stadt.example", "x" * 250])
def test_what_somebody_typed_as_an_unknown_address_is_not_kept(client, konto, getippt):
    melde_an(client, getippt, "falsch")
    assert neues() == []


def test_another_password_and_a_forgotten_one(client, konto):
    client.force_login(konto)
    vorher = stand()
    neu = {"password1": "Birnbaum-7-Tisch", "password2": "Birnbaum-7-Tisch"}
    client.post("/konto/kennwort/", {"oldpassword": KENNWORT} | neu)
    assert neues(vorher) == [("kennwort_geaendert", konto.pk, None, "")]

    vorher, gast = stand(), Client()
    gast.post("/kennwort-vergessen/", {"email": konto.email})
    stelle_zu()
    verweis = next(wort for wort in mail.outbox[-1].body.split() if "/kennwort-vergessen/" in wort)
    seite = gast.get(verweis, follow=True)
    gast.post(seite.redirect_chain[-1][0], {"password1": "Kirschbaum-8-Stuhl", "password2": "Kirschbaum-8-Stuhl"})
    assert neues(vorher) == [("kennwort_geaendert", konto.pk, None, "über den Link in einer E-Mail")]


def test_another_address_is_logged_without_the_address(client, konto):
    client.force_login(konto)
    bestaetige(client)
    vorher = stand()
    client.post("/konto/adresse/", {"email": "neu@stadt.example", "action_add": ""})
    assert neues(vorher) == []
    verweis = next(wort for wort in mail.outbox[-1].body.split() if "/adresse-bestaetigen/" in wort)
    client.post(verweis)
    konto.refresh_from_db()
    assert konto.email == "neu@stadt.example"
    assert [e[:3] for e in neues(vorher)] == [("adresse_geaendert", konto.pk, None)]
    assert "@" not in "".join(e[3] for e in neues())


@pytest.mark.django_db(transaction=True)  # allauth reports what has been committed
def test_second_factors_that_come_and_go(client, konto):
    client.force_login(konto)
    bestaetige(client)
    vorher = stand()
    client.get("/konto/zweiter-faktor/app/")
    geheimnis = client.session["mfa.totp.secret"]
    client.post("/konto/zweiter-faktor/app/", {"code": code(geheimnis)})
    assert [e[3] for e in neues(vorher)] == [
        "Authentifizierungs-App: hinzugefügt",
        "Wiederherstellungscodes: hinzugefügt",
    ]
    vorher = stand()
    client.post("/konto/zweiter-faktor/codes/neu/")
    assert neues(vorher)[-1] == ("zweiter_faktor", konto.pk, None, "Wiederherstellungscodes: neu erzeugt")
    vorher = stand()
    client.post("/konto/zweiter-faktor/app/abschalten/")
    assert {e[3] for e in neues(vorher)} == {"Authentifizierungs-App: entfernt", "Wiederherstellungscodes: entfernt"}


def test_printing_is_logged_under_the_title(client, stadt, konto, monkeypatch):
    monkeypatch.setattr("konzept.dokument.pdf.drucke", lambda dokument, **_: b"%PDF-")
    konzept = mache_konzept(stadt, titel="Integration gemeinsam gestalten")
    client.force_login(konto)
    vorher = stand()
    client.head(adresse(konzept)[:-1] + "/druck.pdf")
    assert neues(vorher) == []
    client.get(adresse(konzept)[:-1] + "/druck.pdf")
    assert neues(vorher) == [("ausgabe", konto.pk, None, "Integration gemeinsam gestalten als PDF")]
    assert Protokolleintrag.objects.latest("pk").kommune == stadt


def test_no_entry_holds_a_name_or_an_address(client, konto):
    melde_an(client)
    client.post("/abmelden/")
    melde_an(client, kennwort="falsch")
    for eintrag in Protokolleintrag.objects.all():
        assert "Rita" not in eintrag.text
        assert "@" not in eintrag.text


# The page


@pytest.fixture
def protokoll(stadt, konto):
    """`protokoll(query)` is the page as the Leitung sees it."""
    client = Client()
    client.force_login(konto)

    def oeffne(**anfrage):
        return client.get(f"/kommunen/{stadt.slug}/protokoll/", anfrage)

    return oeffne


def zeilen(antwort) -> list[list[str]]:
    koerper = list(seite_von(antwort).iter("tbody"))
    return [[text(zelle) for zelle in zeile] for k in koerper for zeile in k.iter("tr")]


def mache_eintrag(kommune, ereignis=Ereignis.AUSGABE, **felder):
    return Protokolleintrag.objects.create(kommune=kommune, ereignis=ereignis, **felder)


def test_newest_first_with_the_names_of_now(protokoll, stadt, konto):
    neu = mache_benutzer(stadt, "lesen", name="Ali Neumann")
    frueher = datetime(2026, 3, 29, 1, 59, tzinfo=get_current_timezone())
    mache_eintrag(stadt, zeitpunkt=frueher, benutzer=konto, text="Konzept als PDF")
    mache_eintrag(stadt, "rolle_gegeben", benutzer=konto, person=neu, text="Lesezugang")
    erste, *_, letzte = zeilen(protokoll())
    assert erste[1:] == ["Rolle gegeben Zugang", "Rita Redaktion", "Ali Neumann", "Lesezugang"]
    assert letzte == ["29.03.2026 01:59", "ausgegeben", "Rita Redaktion", "", "Konzept als PDF"]


def test_an_erased_account_and_an_unknown_person(protokoll, stadt, konto):
    weg = mache_benutzer(stadt, name="Vera Vergangen", geloescht_am=now())
    mache_eintrag(stadt, "anmeldung_gescheitert", person=konto, text="Kennwort")
    mache_eintrag(stadt, benutzer=weg)
    seite = protokoll()
    assert [z[2] for z in zeilen(seite)[:2]] == [EHEMALIG, "unbekannt"]
    assert "Vera" not in seite.content.decode()
    assert weg.email not in seite.content.decode()


def test_other_kommunen_and_the_installation_stay_out(protokoll, stadt):
    andere = mache_benutzer(mache_kommune("nachbarstadt"), "leitung", name="Nina Nachbarin")
    client = Client()
    client.force_login(andere)
    mache_eintrag(None, benutzer=andere, text="von der Installation")
    for anfrage in ({}, {"person": andere.pk}, {"ereignis": "angemeldet"}, {"von": "2000-01-01"}):
        inhalt = protokoll(**anfrage).content.decode()
        assert "Nina" not in inhalt
        assert "Installation" not in inhalt
    assert "kommt im Protokoll nicht vor" in protokoll(person=andere.pk).content.decode()


def test_filters_work_together_and_stay_in_the_links_to_other_pages(protokoll, stadt, konto, monkeypatch):
    monkeypatch.setattr(protokoll_views, "JE_SEITE", 2)
    person = mache_benutzer(stadt, "lesen", name="Ali Neumann")
    tag = datetime(2026, 5, 4, tzinfo=get_current_timezone())
    for i in range(5):
        mache_eintrag(stadt, benutzer=person, zeitpunkt=tag + timedelta(hours=i), text=f"Nr. {i}")
    mache_eintrag(stadt, person=person, zeitpunkt=tag + timedelta(hours=23, minutes=59), text="betrifft")
    mache_eintrag(stadt, benutzer=konto, zeitpunkt=tag, text="jemand anders")
    mache_eintrag(stadt, "stammdaten", benutzer=person, zeitpunkt=tag, text="etwas anderes")
    mache_eintrag(stadt, benutzer=person, zeitpunkt=tag - timedelta(seconds=1), text="am Tag davor")
    mache_eintrag(stadt, benutzer=person, zeitpunkt=tag + timedelta(days=1), text="am Tag danach")
    wahl = {"ereignis": "ausgabe", "person": person.pk, "von": "2026-05-04", "bis": "04.05.2026"}
    gesehen, seite = [], protokoll(**wahl)
    while True:
        gesehen += [z[4] for z in zeilen(seite)]
        weiter = [a.get("href") for a in seite_von(seite).iter("a") if a.get("rel") == "next"]
        if not weiter:
            break
        assert len(gesehen) <= 6
        seite = protokoll(**dict(teil.split("=") for teil in weiter[0].removeprefix("?").split("&")))
    assert gesehen == ["betrifft", "Nr. 4", "Nr. 3", "Nr. 2", "Nr. 1", "Nr. 0"]


@pytest.mark.parametrize(
    ("anfrage", "satz"),
    [
        ({"von": "31.02.2026"}, "Das ist kein Datum. Schreiben Sie es zum Beispiel so: 24.12.2026."),
        ({"bis": "gestern"}, "Das ist kein Datum."),
        ({"von": "0001-01-01"}, "So weit reicht das Protokoll nicht zurück."),
        ({"bis": "9999-12-31"}, "So weit in der Zukunft gibt es keine Einträge."),
        ({"von": "2026-05-04", "bis": "2026-05-03"}, "Der letzte Tag liegt vor dem ersten."),
        ({"ereignis": "gibt-es-nicht"}, "Dieses Ereignis gibt es nicht."),
        ({"person": "9" * 30}, "Diese Person kommt im Protokoll nicht vor."),
        ({"person": "a\x00b"}, "Nullzeichen sind nicht erlaubt."),
    ],
)
def test_a_filter_that_makes_no_sense_gets_a_sentence_and_no_rows(protokoll, anfrage, satz):
    seite = protokoll(**anfrage)
    assert satz in text(seite_von(seite))
    assert zeilen(seite) == []


@pytest.mark.parametrize(("seite", "gezeigt"), [("2", 1), ("99", 1), ("0", 1), ("", 50), ("x", 50)])
def test_any_page_number_leads_to_a_page(protokoll, stadt, konto, seite, gezeigt):
    protokoll()
    fehlend = 51 - Protokolleintrag.objects.count()
    for _ in range(fehlend):
        mache_eintrag(stadt, benutzer=konto)
    assert len(zeilen(protokoll(seite=seite))) == gezeigt


def test_the_page_costs_the_same_with_one_entry_and_with_many(protokoll, stadt, konto, django_assert_num_queries):
    with CaptureQueriesContext(connection) as eine:
        protokoll()
    for i in range(3):
        mache_eintrag(stadt, benutzer=mache_benutzer(stadt, "lesen"), person=mache_benutzer(), text=str(i))
    with django_assert_num_queries(len(eine)):
        protokoll()


def test_times_are_those_of_the_town_hall(protokoll, stadt):
    eintrag = mache_eintrag(stadt)
    assert zeilen(protokoll())[0][0] == f"{localtime(eintrag.zeitpunkt):%d.%m.%Y %H:%M}"


def test_administrators_read_what_belongs_to_no_kommune_and_change_nothing(client, stadt):
    client.force_login(mache_benutzer(is_staff=True, is_superuser=True, name="Anna Admin"))
    eintrag = mache_eintrag(None, text="von der Installation")
    assert "von der Installation" in client.get("/admin/konten/protokolleintrag/").content.decode()
    pfad = f"/admin/konten/protokolleintrag/{eintrag.pk}"
    assert client.get(f"{pfad}/change/").status_code == 200
    assert client.post(f"{pfad}/change/", {"text": "anders"}).status_code == 403
    assert client.post(f"{pfad}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/konten/protokolleintrag/add/").status_code == 403
