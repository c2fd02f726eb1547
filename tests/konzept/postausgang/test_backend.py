"""Writing a mail: a row in the transaction of whoever writes it, whatever Django's mail can hold, and none twice."""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, mail_admins, send_mail
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.log import AdminEmailHandler

from konzept.betrieb.geheimnisse import entschluessele
from konzept.hintergrund import pacht
from konzept.postausgang import verfasser
from konzept.postausgang.brief import Brief
from konzept.postausgang.models import Sendung
from tests.nebenlaeufig import gleichzeitig
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

GEHEIM = "https://konzept.example/einladung/sehr-geheim/"


def brief(an="rita@stadt.example", **werte) -> Brief:
    return Brief("Betreff", "Text", to=[an], **{"anlass": "tagespost"} | werte)


def zeile(**werte) -> Sendung:
    return Sendung(**{"anlass": "runde", "empfaenger": "a@b.example", "inhalt": "x"} | werte)


def test_a_mail_is_a_row_for_each_recipient_who_learns_of_no_other():
    nachricht = EmailMessage("Hallo", "Text", to=["a@x.example", "Berta <b@x.example>"], cc=["c@x.example"])
    nachricht.bcc = ["d@x.example", "a@x.example"]
    assert nachricht.send() == 1
    assert mail.outbox == []
    assert stelle_zu() == 4
    assert [m.recipients() for m in mail.outbox] == [[f"{wer}@x.example"] for wer in "abcd"]
    assert all("x.example" not in str(m.message()).replace(m.to[0], "") for m in mail.outbox)
    assert len({m.message()["Message-ID"] for m in mail.outbox}) == 4


def test_all_of_a_mail_arrives():
    nachricht = EmailMultiAlternatives(
        "Größe \x00",
        "Schöner Text",
        "Konzept <konzept@stadt.example>",
        ["a@x.example"],
        reply_to=["antwort@stadt.example"],
        headers={"X-Eigenes": "ja"},
    )
    nachricht.attach_alternative("<p>Schön</p>", "text/html")
    nachricht.send()
    stelle_zu()
    (m,) = mail.outbox
    assert (m.subject, m.body, m.from_email) == (nachricht.subject, nachricht.body, nachricht.from_email)
    assert (m.reply_to, m.extra_headers["X-Eigenes"]) == (["antwort@stadt.example"], "ja")
    assert [tuple(a) for a in m.alternatives] == [("<p>Schön</p>", "text/html")]


def test_a_mail_in_html_alone_stays_one():
    nachricht = EmailMessage("x", "<p>x</p>", to=["a@x.example"])
    nachricht.content_subtype = "html"
    nachricht.send()
    stelle_zu()
    assert mail.outbox[0].message().get_content_type() == "text/html"


def test_an_attachment_is_refused_aloud():
    nachricht = EmailMessage("x", "x", to=["a@x.example"])
    nachricht.attach("a.txt", "x", "text/plain")
    with pytest.raises(ValueError, match="no attachments"):
        nachricht.send()


def test_what_is_rolled_back_leaves_no_mail():
    with transaction.atomic():
        send_mail("x", "x", None, ["a@x.example"])
        brief(einmal="2030-05-17").send()
        transaction.set_rollback(True)
    assert not Sendung.objects.exists()


def test_the_words_are_encrypted_until_they_go_and_gone_afterwards():
    send_mail("Betreff", GEHEIM, None, ["a@x.example"])
    sendung = Sendung.objects.get()
    assert "geheim" not in sendung.inhalt
    assert "sehr-geheim" in entschluessele(sendung.inhalt)
    stelle_zu()
    sendung.refresh_from_db()
    assert (sendung.status, sendung.inhalt, sendung.empfaenger) == ("fertig", "", "a@x.example")
    assert sendung.nachricht_id == mail.outbox[0].extra_headers["Message-ID"]
    assert sendung.beendet_am


def test_words_that_no_key_reads_are_given_up(settings, caplog):
    send_mail("Betreff", "x", None, ["a@x.example"])
    send_mail("Betreff", "x", None, ["b@x.example"])
    Sendung.objects.filter(empfaenger="a@x.example").update(inhalt="gAAAAA-unlesbar")
    stelle_zu()
    assert [m.to for m in mail.outbox] == [["b@x.example"]]
    gescheitert = Sendung.objects.get(status="gescheitert")
    assert (gescheitert.inhalt, gescheitert.fehler.startswith("Beim Verfassen")) == ("", True)
    assert "cannot be written" in caplog.text


def test_the_message_id_is_of_the_senders_domain():
    send_mail("x", "x", "Konzeptwerk <konzept@grün.example>", ["a@x.example"])
    assert re.fullmatch(r"<\S+@xn--grn-ioa.example>", Sendung.objects.get().nachricht_id)


def test_a_brief_is_written_once():
    assert [brief(einmal="2030-05-17").send() for _ in range(2)] == [1, 0]
    assert [brief(einmal="2030-05-18").send(), brief("ole@stadt.example", einmal="2030-05-17").send()] == [1, 1]
    assert [brief().send() for _ in range(2)] == [1, 1]
    stelle_zu()
    assert brief(einmal="2030-05-17").send() == 0, "Not even after it has gone."
    assert get_connection().send_messages([brief(einmal="2030-05-17"), brief(einmal="2030-05-19")]) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_writes_it_and_the_transaction_of_the_others_goes_on():
    def schreibe():
        with transaction.atomic():
            geschrieben = brief(einmal="2030-05-17").send()
            assert Sendung.objects.count() == 1
        return geschrieben

    assert sorted(gleichzeitig(*[schreibe] * 5)) == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("minuten", [-20, 20])
def test_a_mail_is_due_by_the_clock_of_the_database(monkeypatch, minuten):
    """That of the machine at which somebody writes it may be early or late."""
    gefragt, uhr = [], timezone.now() + timedelta(minutes=minuten)

    def jetzt():
        gefragt.append(1)
        return uhr

    monkeypatch.setattr(pacht, "jetzt", jetzt)
    get_connection().send_messages([brief(), brief(einmal="2030-05-17"), brief("ole@stadt.example")])
    assert len(gefragt) == 1
    verfasser.beauftrage("kennwort", "kennwort", "rita@stadt.example")
    assert set(Sendung.objects.values_list("ab", "angelegt_am")) == {(uhr, uhr)}


def test_reports_of_errors_go_to_the_administrators_as_such(settings):
    settings.ADMINS = [("Tina Technik", "tina@stadt.example"), ("Tom", "tom@stadt.example")]
    mail_admins("Fehler", "Traceback")
    send_mail("x", "x", None, ["rita@stadt.example"])
    assert [(s.anlass, s.empfaenger) for s in Sendung.objects.order_by("pk")] == [
        ("fehler", "tina@stadt.example"),
        ("fehler", "tom@stadt.example"),
        ("sonstiges", "rita@stadt.example"),
    ]


def test_an_error_of_the_server_is_a_row(settings):
    """By the handler that Django itself has for them."""
    settings.ADMINS, settings.DEBUG = [("Tina", "tina@stadt.example")], False
    handler = AdminEmailHandler()
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        handler.handle(logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Fehler", (), None))
    assert Sendung.objects.get().anlass == "fehler"


def test_where_the_database_refuses_a_mail_whoever_asked_for_silence_gets_it_and_the_log_says_so(monkeypatch, caplog):
    def kaputt(*_, **__):
        raise DatabaseError("no room")

    monkeypatch.setattr(Sendung.objects, "bulk_create", kaputt)
    with pytest.raises(DatabaseError):
        send_mail("x", "x", None, ["a@x.example"])
    assert send_mail("x", "x", None, ["a@x.example"], fail_silently=True) == 0
    assert "could not be put into the outbox" in caplog.text


@pytest.mark.parametrize(
    "falsch",
    [
        {"status": "x", "beendet_am": timezone.now(), "inhalt": ""},
        {"anlass": "x"},
        {"status": "laeuft"},
        {"status": "fertig", "inhalt": ""},
        {"status": "fertig", "beendet_am": timezone.now()},
        {"inhalt": ""},
    ],
    ids=["unknown state", "unknown kind", "no lease", "no end", "words after the end", "no words before"],
)
def test_the_database_refuses(falsch):
    zeile().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        zeile(**falsch).save()


def test_the_database_refuses_a_second_row_of_what_is_written_once():
    zeile(schluessel="x").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        zeile(schluessel="x").save()
