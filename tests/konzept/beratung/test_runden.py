"""A Runde: laid before people by mail, given more or less time, open and closed by the day."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from konzept import grenzen
from konzept.beratung.models import Runde, Sitz, Verlaengerung
from konzept.betrieb.eigene_adresse import Adresse
from konzept.konten.models import Protokolleintrag
from tests.fabrik import (
    eingaben,
    fehler_am_feld,
    mache_anmerkung,
    mache_benutzer,
    mache_runde,
    mache_stellungnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.datenbank

HEUTE = localdate
TAG = timedelta(days=1)


def deutsch(tag: date) -> str:
    return f"{tag:%d.%m.%Y}"


def lege_vor(client, rathaus, **aenderungen):
    """Fill in the form as it is shown, and press "Vorlegen"."""
    ort = f"{rathaus.ort('neu')}?fassung={rathaus.fassung.nummer}"
    daten = eingaben(client.get(ort)) | {"ende": deutsch(HEUTE() + 7 * TAG)} | aenderungen
    return client.post(ort, daten)


def test_who_is_asked_gets_a_mail_with_the_link_and_finds_the_fassung(rathaus, als):
    gremium, person = rathaus.runde.gremien.get(), mache_benutzer(rathaus.konzept.kommune, "lesen", name="Lea Lesen")
    antwort = lege_vor(als(rathaus.leitung), rathaus, gremien=[gremium.pk], personen=[person.pk], anlass="zur Sitzung")
    runde = Runde.objects.get(anlass="zur Sitzung")
    assert antwort.url == rathaus.ort(runde.pk)
    assert {m.to[0] for m in mail.outbox} == {rathaus.mitglied.email, rathaus.zweites.email, person.email}
    pfad = rathaus.ort(runde.pk, "pruefen")
    assert all(f"http://testserver{pfad}" in m.body and "zur Sitzung" in m.body for m in mail.outbox)
    assert als(person).get(pfad, follow=True).status_code == 200
    start = text(seite_von(als(rathaus.mitglied).get("/")))
    assert Protokolleintrag.objects.filter(text__startswith="Zur Beratung vorgelegt: Entwurf 1").count() == 1
    assert "Ihnen zur Prüfung vorgelegt" in start
    assert "noch 7 Tage" in start


def test_the_links_lead_to_the_address_of_the_installation(rathaus, als, settings):
    """Not to the name under which the request came."""
    settings.ADRESSE, settings.ALLOWED_HOSTS = Adresse("https", "konzept.example"), ["konzept.example", "testserver"]
    settings.TLS_ENDET_DAVOR = True
    lege_vor(als(rathaus.leitung), rathaus, gremien=[rathaus.runde.gremien.get().pk], anlass="zur Sitzung")
    assert len(mail.outbox) == 2
    for nachricht in mail.outbox:
        assert "https://konzept.example/konzepte/" in nachricht.body
        assert "testserver" not in nachricht.body


def test_nobody_is_asked_without_a_choice(rathaus, als):
    antwort = lege_vor(als(rathaus.leitung), rathaus)
    assert antwort.status_code == 422
    assert "mindestens ein Gremium oder eine Person" in text(seite_von(antwort))
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("beginn", "ende", "satz"),
    [
        (0, -1, "in der Vergangenheit"),
        (5, 3, "liegt vor dem Beginn"),
    ],
)
def test_days_that_run_backwards_are_refused_at_their_field(rathaus, als, beginn, ende, satz):
    tage = {"beginn": deutsch(HEUTE() + beginn * TAG), "ende": deutsch(HEUTE() + ende * TAG)}
    antwort = lege_vor(als(rathaus.leitung), rathaus, gremien=[rathaus.runde.gremien.get().pk], **tage)
    assert satz in fehler_am_feld(antwort, "id_ende")


def test_a_gremium_without_seats_is_said(rathaus, als):
    leer = rathaus.konzept.kommune.gremien.create(name="Beirat")
    antwort = als(rathaus.leitung).get(lege_vor(als(rathaus.leitung), rathaus, gremien=[leer.pk]).url)
    assert mail.outbox == []
    assert "noch kein Konto mit Sitz" in text(seite_von(antwort))


def test_too_many_mails_are_not_sent_and_that_is_said_while_the_change_is_kept(rathaus, als, monkeypatch):
    monkeypatch.setattr(grenzen, "RUNDENPOST_JE_KONTO", (3, 3))
    client, gremium = als(rathaus.leitung), rathaus.runde.gremien.get()
    lege_vor(client, rathaus, gremien=[gremium.pk], anlass="erste")
    assert len(mail.outbox) == 2
    antwort = lege_vor(client, rathaus, gremien=[gremium.pk], anlass="zweite")
    seite = text(seite_von(client.get(antwort.url)))
    assert "Ihre Änderung ist gespeichert, aber die Beteiligten bekommen keine E-Mail." in seite
    assert "Sie haben in der letzten Stunde schon 2 E-Mails an Beteiligte verschickt." in seite
    ort, bis = rathaus.in_runde("verlaengern"), rathaus.runde.ende + 9 * TAG
    client.post(ort, eingaben(client.get(ort), mit="bis") | {"bis": deutsch(bis), "grund": "Ferien"})
    seite = text(seite_von(client.get(rathaus.ort(rathaus.runde.pk))))
    assert "bekommen keine E-Mail" in seite
    assert "wissen es" not in seite
    assert len(mail.outbox) == 2
    assert Runde.objects.filter(anlass="zweite").exists()
    assert Runde.objects.get(pk=rathaus.runde.pk).ende == bis


@pytest.mark.parametrize(("beginn", "ende", "laeuft", "beendet"), [
    (1, 2, False, False), (0, 1, True, False), (-1, 0, True, False), (-2, -1, False, True),
])  # fmt: skip
def test_both_days_are_included(beginn, ende, laeuft, beendet):
    runde = Runde(beginn=HEUTE() + beginn * TAG, ende=HEUTE() + ende * TAG)
    assert (runde.laeuft(), runde.beendet()) == (laeuft, beendet)


def test_more_time_with_a_reason_is_told_and_kept(rathaus, als):
    bisher, bis = rathaus.runde.ende, rathaus.runde.ende + 7 * TAG
    client = als(rathaus.redaktion)
    seite = rathaus.in_runde("verlaengern")
    daten = eingaben(client.get(seite), mit="bis") | {"bis": deutsch(bis), "grund": "wegen der Ferien"}
    assert client.post(seite, daten).status_code == 302
    rathaus.runde.refresh_from_db()
    assert rathaus.runde.ende == bis
    verlaengerung = Verlaengerung.objects.get()
    assert (verlaengerung.bisher, verlaengerung.grund, verlaengerung.verlaengert_von) == (
        bisher, "wegen der Ferien", rathaus.redaktion,
    )  # fmt: skip
    assert {m.to[0] for m in mail.outbox} == {rathaus.mitglied.email, rathaus.zweites.email}
    assert all("wegen der Ferien" in m.body and deutsch(bis) in m.subject for m in mail.outbox)


def test_two_who_give_more_time_at_once_do_not_overwrite_each_other(rathaus, als):
    client, seite = als(rathaus.redaktion), rathaus.in_runde("verlaengern")
    daten = eingaben(client.get(seite), mit="bis")
    spaeter = daten | {"bis": deutsch(rathaus.runde.ende + 9 * TAG), "grund": "Ferien"}
    als(rathaus.leitung).post(seite, daten | {"bis": deutsch(rathaus.runde.ende + 3 * TAG), "grund": "Sitzung"})
    antwort = client.post(seite, spaeter)
    assert "Inzwischen endet die Runde am" in fehler_am_feld(antwort, "id_bis")
    assert Verlaengerung.objects.count() == 1


def test_a_date_that_gives_no_time_is_refused(rathaus, als):
    daten = {"bis": deutsch(rathaus.runde.ende), "grund": "x"}
    antwort = als(rathaus.leitung).post(rathaus.in_runde("verlaengern"), daten)
    assert f"nach dem {deutsch(rathaus.runde.ende)}" in fehler_am_feld(antwort, "id_bis")


def test_an_internal_runde_stays_ended(rathaus, als):
    """What the administration has read cannot be hidden from it again."""
    Runde.objects.update(sichtbarkeit="intern", beginn=HEUTE() - 3 * TAG, ende=HEUTE() - TAG)
    client, seite = als(rathaus.leitung), rathaus.in_runde("verlaengern")
    assert "Mehr Zeit geben" not in text(seite_von(client.get(rathaus.in_runde())))
    antwort = client.post(seite, {"bis": deutsch(HEUTE() + TAG), "grund": "x"})
    assert antwort.status_code == 422
    assert Runde.objects.get().ende == HEUTE() - TAG


def test_an_early_end_with_a_reason(rathaus, als):
    client = als(rathaus.leitung)
    assert client.post(rathaus.in_runde("beenden"), {"grund": "  "}).status_code == 422
    assert client.post(rathaus.in_runde("beenden"), {"grund": "Der Rat tagt früher."}).status_code == 302
    assert Runde.objects.get().beendet()
    assert {m.to[0] for m in mail.outbox} == {rathaus.mitglied.email, rathaus.zweites.email}
    seite = text(seite_von(als(rathaus.mitglied).get(rathaus.in_runde())))
    assert "Der Rat tagt früher." in seite
    assert "Ihnen zur Prüfung vorgelegt" not in text(seite_von(als(rathaus.mitglied).get("/")))


def test_who_comes_in_later_is_told_and_nobody_twice(rathaus, als):
    neu = mache_benutzer(rathaus.konzept.kommune, "lesen")
    client, seite = als(rathaus.leitung), rathaus.in_runde("bearbeiten")
    assert client.post(seite, eingaben(client.get(seite)) | {"personen": [neu.pk]}).status_code == 302
    assert [m.to[0] for m in mail.outbox] == [neu.email]


def test_seats_are_given_and_taken(rathaus, als):
    kommune, gremium = rathaus.konzept.kommune, rathaus.runde.gremien.get()
    client = als(mache_benutzer(kommune, "verwaltung"))
    seite = f"/kommunen/{kommune.slug}/gremien/{gremium.pk}/sitze/"
    assert eingaben(client.get(seite), mit="konten")["konten"] == [str(rathaus.mitglied.pk), str(rathaus.zweites.pk)]
    client.post(seite, {"konten": [rathaus.zweites.pk, rathaus.redaktion.pk]})
    assert {s.benutzer for s in Sitz.objects.all()} == {rathaus.zweites, rathaus.redaktion}
    assert als(rathaus.mitglied).get(rathaus.in_runde()).status_code == 404


def test_who_has_lost_every_role_is_not_asked_any_more(rathaus, als):
    rathaus.mitglied.mitgliedschaften.all().delete()
    assert als(rathaus.mitglied).get(rathaus.in_runde()).status_code == 404


def test_who_reads_the_concept_but_is_not_asked_is_told_so(rathaus, als):
    konto = mache_benutzer(rathaus.konzept.kommune, "lesen")
    assert als(konto).get(rathaus.in_runde()).status_code == 403
    assert "keine Fassung vorgelegt" in text(seite_von(als(konto).get(rathaus.ort())))


@pytest.mark.parametrize("pfad", ["", "{pk}/", "{pk}/pruefen/{anker}/", "{pk}/anmerkungen/", "{pk}/abwaegung/"])
def test_no_page_asks_more_with_more_rows(rathaus, als, pfad):
    client = als(rathaus.leitung)
    ort = rathaus.ort() + pfad.format(pk=rathaus.runde.pk, anker=f"abschnitt-{rathaus.kapitel.pk}")

    def fuelle():
        for konto in (rathaus.mitglied, rathaus.zweites):
            mache_stellungnahme(mache_anmerkung(rathaus.runde, konto), frei=True)
            mache_anmerkung(rathaus.runde, konto, 2, vorschlag="Anders.")
        neu = mache_benutzer(rathaus.konzept.kommune, "gremium")
        mache_runde(rathaus.fassung, neu)
        rathaus.runde.personen.add(neu)
        rathaus.runde.gremien.add(rathaus.konzept.kommune.gremien.create(name=f"AG {neu.pk}"))

    def zaehle():
        client.get(ort)  # the session and content types are known from then on
        with CaptureQueriesContext(connection) as abfragen:
            assert client.get(ort).status_code == 200
        return len(abfragen)

    fuelle()
    eine = zaehle()
    fuelle()
    fuelle()
    assert zaehle() == eine
