"""Sending: what a mail server may do, and what becomes of the mails then."""

import datetime as dt
import logging
import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from konzept.hintergrund import pacht
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import Lauf, Spaeter
from konzept.postausgang import zustellung
from konzept.postausgang.models import Sendung
from konzept.postausgang.zustellung import WARTEN
from tests.konzept.postausgang.mailserver import ABBRECHEN, SCHWEIGEN
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

A, B, C, D = (f"{wer}@stadt.example" for wer in "abcd")


def stand() -> dict[str, str]:
    return {s.empfaenger: s.status for s in Sendung.objects.order_by("pk")}


def jetzt_faellig() -> None:
    Sendung.objects.filter(status="wartet").update(ab=pacht.jetzt() - timedelta(seconds=1))


def test_a_batch_goes_over_one_connection_in_its_order(server, sende):
    sende(A, anlass="tagespost")
    sende(B, anlass="runde")
    sende(C, D, anlass="konto")
    stelle_zu()
    assert server.empfaenger() == [C, D, B, A]
    assert server.verbindungen == 1
    assert set(stand().values()) == {"fertig"}
    assert server.nummern() == list(Sendung.objects.order_by("-prio", "pk").values_list("nachricht_id", flat=True))


def test_an_address_that_is_refused_fails_at_once_and_the_others_go_out(server, sende):
    server.antworten["RCPT"] = lambda zeile: "550 5.1.1 <b@stadt.example>: User\tunknown" if B in zeile else ""
    sende(A, B, C)
    stelle_zu()
    assert server.empfaenger() == [A, C]
    assert stand() == {A: "fertig", B: "gescheitert", C: "fertig"}
    sendung = Sendung.objects.get(empfaenger=B)
    assert sendung.fehler == (
        "Das Postfach gibt es nicht. Antwort des Mailservers: „550 5.1.1 <…>: User unknown“"
    )
    assert (sendung.inhalt, sendung.anlaeufe) == ("", 1)
    assert server.verbindungen == 1


def test_words_that_are_refused_fail_at_once(server, sende):
    server.antworten["ENDE"] = "554 5.7.1 looks like spam"
    sende(A)
    stelle_zu()
    assert stand() == {A: "gescheitert"}
    assert Sendung.objects.get().fehler.startswith("Sie wurde dort abgewiesen, etwa als Spam.")


@pytest.mark.parametrize("wann", ["RCPT", "ENDE"])
def test_not_now_is_tried_again_with_growing_pauses_and_then_given_up(server, sende, wann):
    server.antworten[wann] = "451 4.3.0 try again later"
    sende(A)
    pausen = []
    for _ in WARTEN:
        assert stelle_zu() == 1
        assert stelle_zu() == 0, "Not before its time."
        sendung = Sendung.objects.get()
        assert (sendung.status, "451 4.3.0" in sendung.fehler) == ("wartet", True)
        assert sendung.inhalt
        pausen.append(round((sendung.ab - pacht.jetzt()).total_seconds() / 60))
        jetzt_faellig()
    assert pausen == [1, 5, 30, 120, 480]
    stelle_zu()
    assert stand() == {A: "gescheitert"}
    assert (Sendung.objects.get().inhalt, Sendung.objects.get().anlaeufe) == ("", 6)
    assert server.mails == []


def test_what_was_taken_later_has_the_same_message_id_and_date(server, sende):
    server.antworten["ENDE"] = "451 later"
    sende(A)
    stelle_zu()
    server.antworten.clear()
    jetzt_faellig()
    stelle_zu()
    (mail,) = server.mails
    sendung = Sendung.objects.get()
    assert (mail["Message-ID"], sendung.anlaeufe, sendung.fehler) == (sendung.nachricht_id, 2, "")
    assert mail["Date"].datetime.replace(tzinfo=dt.UTC) == sendung.angelegt_am.replace(microsecond=0)


def test_a_server_that_says_nothing_costs_two_timeouts_and_all_wait(server, sende, settings):
    server.antworten["MAIL"] = SCHWEIGEN
    sende(*(f"{i}@stadt.example" for i in range(20)))
    beginn = time.monotonic()
    stelle_zu()
    assert time.monotonic() - beginn < 6 * settings.EMAIL_TIMEOUT
    assert set(stand().values()) == {"wartet"}
    assert server.verbindungen == 2
    assert set(Sendung.objects.values_list("anlaeufe", flat=True)) == {0}
    server.antworten.clear()
    jetzt_faellig()
    stelle_zu()
    assert len(server.mails) == 20


@pytest.mark.parametrize("antwort", [SCHWEIGEN, ABBRECHEN, "421 too busy", "554 no service here"])
def test_a_server_that_cannot_be_reached_is_asked_twice_for_all(server, sende, antwort):
    server.antworten["CONNECT"] = antwort
    sende(*(f"{i}@stadt.example" for i in range(20)))
    stelle_zu()
    assert server.verbindungen == 2
    assert set(stand().values()) == {"wartet"}
    assert all(s.ab > timezone.now() and s.fehler for s in Sendung.objects.all())


@pytest.mark.parametrize("wann", ["CONNECT", "MAIL", "ENDE"])
def test_a_server_that_is_away_costs_no_try_and_no_mail_for_three_days(server, sende, wann):
    server.antworten[wann] = "421 too busy"
    sende(A)
    pausen = []
    for _ in range(12):
        stelle_zu()
        sendung = Sendung.objects.get()
        assert (sendung.status, sendung.anlaeufe, bool(sendung.inhalt)) == ("wartet", 0, True)
        pausen.append(round((sendung.ab - pacht.jetzt()).total_seconds() / 60))
        jetzt_faellig()
    assert pausen == [1, 5, *[30] * 10]
    Sendung.objects.update(angelegt_am=pacht.jetzt() - timedelta(days=2, hours=23))
    stelle_zu()
    assert stand() == {A: "wartet"}
    jetzt_faellig()
    Sendung.objects.update(angelegt_am=pacht.jetzt() - timedelta(days=3))
    stelle_zu()
    assert stand() == {A: "gescheitert"}


def test_a_failing_server_takes_no_try_from_a_mail_that_had_some(server, sende):
    server.antworten["MAIL"] = "421 too busy"
    sende(A)
    Sendung.objects.update(anlaeufe=len(WARTEN))
    stelle_zu()
    assert (stand(), Sendung.objects.get().anlaeufe) == ({A: "wartet"}, len(WARTEN))
    server.antworten.clear()
    jetzt_faellig()
    stelle_zu()
    assert stand() == {A: "fertig"}


def test_two_mails_in_a_row_on_which_the_server_breaks_off_come_after_the_others_the_next_time(server, sende):
    server.antworten["RCPT"] = lambda zeile: ABBRECHEN if A in zeile or B in zeile else ""
    sende(A, B, C, D)
    stelle_zu()
    assert set(stand().values()) == {"wartet"}
    assert list(Sendung.objects.order_by("ab").values_list("empfaenger", flat=True)[:2]) == [C, D]


@pytest.mark.parametrize(
    "antwort",
    [
        "554 5.7.1 <a@stadt.example>: Relay access denied",
        "550 5.7.1 Relaying denied",
        "550 relay denied",
        "530 5.7.0 Authentication required",
        "554 5.7.1 " + "x " * 200 + "Authentication required",
    ],
)
@pytest.mark.parametrize("wann", ["RCPT", "ENDE"])
def test_a_server_over_which_we_may_not_send_is_our_fault_and_not_the_recipients(server, sende, caplog, antwort, wann):
    server.antworten[wann] = antwort
    sende(A, B, C)
    stelle_zu()
    assert set(stand().values()) == {"wartet"}
    assert Sendung.objects.first().fehler.startswith("Der Mailserver von Konzeptwerk nahm keine E-Mails an.")
    assert "takes no mails from us" in caplog.text
    assert A not in caplog.text


def test_a_server_that_cannot_encrypt_is_not_the_fault_of_a_mail(server, sende, settings, caplog):
    settings.EMAIL_USE_TLS = True
    server.antworten |= {"EHLO": "250-hier\r\n250 STARTTLS", "STARTTLS": "502 not today"}
    sende(A, B, C)
    stelle_zu()
    assert set(stand().values()) == {"wartet"}
    assert "nahm keine E-Mails an. Antwort des Mailservers: „502 not today“" in Sendung.objects.first().fehler
    assert "takes no mails from us" in caplog.text


def test_what_goes_wrong_before_the_server_has_heard_of_a_mail_gives_none_up(server, sende, monkeypatch, caplog):
    def kaputt(_):
        raise ValueError("no such cipher")

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.open", kaputt)
    sende(A, B, C)
    stelle_zu()
    assert set(stand().values()) == {"wartet"}
    assert "no such cipher" in caplog.text


@pytest.mark.parametrize("wo", ["get_connection", "Stapel._es_eilt"])
def test_an_error_beside_the_mails_gives_none_up(server, sende, monkeypatch, caplog, wo):
    def kaputt(*_):
        raise TypeError("an unknown option")

    monkeypatch.setattr(f"konzept.postausgang.zustellung.{wo}", kaputt)
    sende(A, B, C)
    stelle_zu()
    offen = Sendung.objects.filter(status="wartet")
    assert len(offen) == (3 if wo == "get_connection" else 2)
    assert {round((s.ab - pacht.jetzt()).total_seconds() / 60) for s in offen} == {5}
    assert "an unknown option" in caplog.text


def test_all_goes_by_the_clock_of_the_database(server, sende, monkeypatch):
    uhr = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(pacht, "jetzt", lambda: uhr)
    sende(A, anlass="runde")
    sende(B, anlass="kennwort")
    stapel = zustellung.Stapel([Sendung.objects.get(empfaenger=A)], Lauf())
    assert stapel._es_eilt()


@pytest.mark.parametrize(("fehler", "minuten"), [(OperationalError("gone"), 1), (TypeError("odd"), 5)])
def test_where_the_database_is_away_its_clock_need_not_be_asked(sende, monkeypatch, fehler, minuten):
    uhr = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(pacht, "jetzt", lambda: uhr)
    sende(A)
    sendungen = pacht.nimm(art("post"), "hier")

    def ist_weg(*_):
        raise fehler

    for wo in ("konzept.hintergrund.pacht.jetzt", "konzept.postausgang.zustellung.Stapel._stelle_zu"):
        monkeypatch.setattr(wo, ist_weg)
    with pytest.raises(Spaeter) as spaeter:
        zustellung.stelle_zu(sendungen, Lauf())
    assert round((spaeter.value.ab - uhr).total_seconds() / 60) == minuten


def test_where_nobody_listens_all_wait(server, sende, settings):
    settings.EMAIL_PORT = 1
    sende(A, B, C)
    stelle_zu()
    assert set(stand().values()) == {"wartet"}
    assert {s.fehler for s in Sendung.objects.all()} == {"Der Mailserver von Konzeptwerk war nicht zu erreichen."}


def test_one_mail_on_which_the_server_breaks_off_keeps_no_other_off(server, sende):
    server.antworten["RCPT"] = lambda zeile: ABBRECHEN if B in zeile else ""
    sende(A, B, C, D)
    stelle_zu()
    assert server.empfaenger() == [A, C, D]
    assert stand() == {A: "fertig", B: "wartet", C: "fertig", D: "fertig"}
    assert server.verbindungen == 2


def test_a_server_that_breaks_off_after_the_words_gets_the_mail_twice_at_most_with_one_id(server, sende):
    nummern = []

    def einmal(nummer):
        nummern.append(nummer)
        return ABBRECHEN if len(nummern) == 1 else ""

    server.antworten["ENDE"] = einmal
    sende(A)
    stelle_zu()
    assert stand() == {A: "wartet"}
    jetzt_faellig()
    stelle_zu()
    assert stand() == {A: "fertig"}
    assert server.nummern() == [Sendung.objects.get().nachricht_id] * 2


@pytest.mark.parametrize("befehl", ["MAIL", "AUTH"])
def test_what_is_our_own_fault_is_tried_again_and_said_aloud(server, sende, settings, caplog, befehl):
    if befehl == "AUTH":
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "konzept", "falsch"
        server.antworten |= {"EHLO": "250 AUTH PLAIN", "AUTH": "535 wrong password"}
    else:
        server.antworten["MAIL"] = "553 you may not send from here"
    sende(A, B, C)
    with caplog.at_level(logging.ERROR):
        stelle_zu()
    assert set(stand().values()) == {"wartet"}
    assert "takes no mails from us" in caplog.text
    assert "falsch" not in caplog.text
    assert A not in caplog.text
    assert "nahm keine E-Mails an" in Sendung.objects.first().fehler


def test_the_log_names_no_address(server, sende, caplog):
    server.antworten["RCPT"] = "550 <a@stadt.example> unknown"
    sende(A)
    stelle_zu()
    assert "did not go out" in caplog.text
    assert A not in caplog.text


def test_whoever_waits_for_a_link_does_not_wait_for_a_batch(server, sende):
    """It comes while the batch is sent: next, and what is left keeps its place."""

    def mitten_darin():
        if len(server.mails) == 2:
            server.nach_dem_empfang = lambda: None
            gekommen.set()

    gekommen = threading.Event()
    server.nach_dem_empfang = mitten_darin
    sende(*(f"{i}@stadt.example" for i in range(5)), anlass="runde")
    sendungen = pacht.nimm(art("post"), "hier")
    assert len(sendungen) == 5
    echt = zustellung.Stapel._es_eilt

    def es_eilt(stapel):
        if gekommen.is_set():
            gekommen.clear()
            sende("eilig@stadt.example", anlass="kennwort")
        return echt(stapel)

    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(zustellung.Stapel, "_es_eilt", es_eilt)
        zustellung.stelle_zu(sendungen, Lauf())
    assert len(server.mails) == 2
    zurueck = Sendung.objects.filter(status="wartet", anlass="runde")
    assert {(s.versuche, s.anlaeufe, s.fehler) for s in zurueck} == {(0, 0, "")}
    stelle_zu()
    assert server.empfaenger() == [f"{i}@stadt.example" for i in (0, 1)] + ["eilig@stadt.example"] + [
        f"{i}@stadt.example" for i in (2, 3, 4)
    ]


def test_a_batch_comes_to_its_end_before_it_is_killed(server, sende, monkeypatch):
    monkeypatch.setattr(zustellung, "SCHICHT", -1)
    sende(A, B, C)
    zustellung.stelle_zu(pacht.nimm(art("post"), "hier"), Lauf())
    assert stand() == {A: "fertig", B: "wartet", C: "wartet"}
    assert Sendung.objects.get(empfaenger=B).versuche == 0
    assert art("post").dauer > zustellung.SCHICHT + 12 * 10


def test_what_somebody_else_holds_is_not_sent(server, sende):
    sende(A, B)
    sendungen = pacht.nimm(art("post"), "hier")
    Sendung.objects.filter(empfaenger=A).update(pacht=uuid.uuid4())
    zustellung.stelle_zu(sendungen, Lauf())
    assert server.empfaenger() == [B]
    assert stand() == {A: "laeuft", B: "fertig"}


def test_a_mail_that_ends_every_process_is_given_up(server, sende):
    sende(A)
    Sendung.objects.update(anlaeufe=len(WARTEN) + 1)
    stelle_zu()
    assert stand() == {A: "gescheitert"}
    assert server.mails == []


def test_a_mail_that_cannot_be_made_is_given_up_and_said(server, sende, caplog):
    sende("ohne at-zeichen\nund mit Umbruch", A)
    stelle_zu()
    assert server.empfaenger() == [A]
    assert sorted(stand().values()) == ["fertig", "gescheitert"]
    assert "cannot be sent" in caplog.text
