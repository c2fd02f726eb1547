"""Whoever looks after members and invitations sees which mails did not arrive, until one does."""

import smtplib

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from konzept.konten.models import Einladung
from konzept.postausgang.models import Sendung
from tests.fabrik import kommunen_adresse, mache_benutzer, mache_kommune, seite_von, text
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

RITA, NEU = "rita@stadt.example", "neu@stadt.example"


class Waehlerisch(EmailBackend):
    """Takes what is not for an address in `gegen`, which says with which code it is refused."""

    gegen: dict[str, tuple[int, bytes]] = {}

    def send_messages(self, nachrichten):
        for nachricht in nachrichten:
            if (an := nachricht.to[0]) in self.gegen:
                raise smtplib.SMTPRecipientsRefused({an: self.gegen[an]})
        return super().send_messages(nachrichten)


@pytest.fixture(autouse=True)
def postausgang(settings, monkeypatch):
    settings.EMAIL_BACKEND = "konzept.postausgang.backend.Postausgang"
    settings.POSTWEG = f"{__name__}.Waehlerisch"
    monkeypatch.setattr(Waehlerisch, "gegen", {})


def schreibe(*adressen) -> None:
    for adresse in adressen:
        EmailMessage("x", "x", to=[adresse]).send()
    stelle_zu()


def lade(client, kommune, email=NEU):
    return client.post(kommunen_adresse(kommune, "einladungen", "neu"), {"email": email, "rolle": "lesen"})


def zeile(client, kommune, adresse) -> str:
    """What the page of the members says in the row of an address."""
    seite = seite_von(client.get(kommunen_adresse(kommune, "mitglieder")))
    (eine,) = (text(tr) for tr in seite.iter("tr") if adresse in text(tr))
    return eine


def test_a_member_whose_mail_was_refused_is_marked_until_a_later_one_arrives(leitung, kommune):
    mache_benutzer(kommune, "lesen", email=RITA, name="Rita")
    Waehlerisch.gegen[RITA] = (550, b"5.1.1 no such user\x1b[31m here\r\n<script>alert(1)</script>")
    schreibe(RITA)
    satz = (
        "an diese Adresse kam nicht an: Das Postfach gibt es nicht. "
        "Antwort des Mailservers: „550 5.1.1 no such user[31m here <script>alert(1)</script>“"
    )
    assert satz in zeile(leitung, kommune, RITA)
    Waehlerisch.gegen.clear()
    schreibe(RITA)
    assert "kam nicht an" not in zeile(leitung, kommune, RITA)
    Waehlerisch.gegen[RITA] = (552, b"x" * 1000)
    schreibe(RITA)
    assert "Der Mailserver hat sie abgelehnt." in zeile(leitung, kommune, RITA)
    assert "x" * 200 not in zeile(leitung, kommune, RITA)


def test_an_invitation_says_where_its_mail_is(leitung, kommune):
    lade(leitung, kommune)
    assert "ist noch unterwegs." in zeile(leitung, kommune, NEU)
    Waehlerisch.gegen[NEU] = (451, b"later")
    stelle_zu()
    assert "ist noch nicht zugestellt: Der Mailserver nahm sie vorerst nicht an." in zeile(leitung, kommune, NEU)
    assert "Der nächste Versuch ist am" in zeile(leitung, kommune, NEU)
    Waehlerisch.gegen[NEU] = (550, b"no")
    schreibe(NEU)
    assert "kam nicht an" in zeile(leitung, kommune, NEU)
    Waehlerisch.gegen.clear()
    lade(leitung, kommune)
    stelle_zu()
    assert "E-Mail" not in zeile(leitung, kommune, NEU)


def test_of_a_member_nothing_is_said_while_a_mail_waits(leitung, kommune):
    mache_benutzer(kommune, "lesen", email=RITA, name="Rita")
    EmailMessage("x", "x", to=[RITA]).send()
    assert "unterwegs" not in zeile(leitung, kommune, RITA)


def test_what_was_sent_to_an_address_before_it_was_invited_is_not_told(leitung, kommune):
    Waehlerisch.gegen[NEU] = (550, b"no")
    schreibe(NEU)
    lade(leitung, kommune)
    Sendung.objects.filter(status="wartet").delete()
    assert "kam nicht an" not in zeile(leitung, kommune, NEU)


def test_it_is_told_where_the_address_is_shown_and_to_whom_it_is(kommune, leitung, client):
    mache_benutzer(kommune, "lesen", email=RITA, name="Rita")
    fremd = mache_benutzer(mache_kommune("nachbarstadt"), "leitung")
    Waehlerisch.gegen[RITA] = (550, b"no")
    schreibe(RITA)
    for konto, status in ((fremd, 404), (mache_benutzer(kommune, "redaktion"), 403)):
        client.force_login(konto)
        assert client.get(kommunen_adresse(kommune, "mitglieder")).status_code == status
    client.force_login(fremd)
    assert "kam nicht an" not in client.get("/kommunen/nachbarstadt/mitglieder/").content.decode()


def test_the_page_asks_once_for_all_addresses(leitung, kommune):
    def fragen() -> int:
        with CaptureQueriesContext(connection) as abfragen:
            leitung.get(kommunen_adresse(kommune, "mitglieder"))
        return len(abfragen)

    lade(leitung, kommune)
    eine = fragen()
    for i in range(4):
        mache_benutzer(kommune, "lesen", email=f"{i}@x.example")
        lade(leitung, kommune, f"{i}@y.example")
        Waehlerisch.gegen |= {f"{i}@{wo}.example": (550, b"no") for wo in "xy"}
        schreibe(f"{i}@x.example")
    assert fragen() == eine
    assert leitung.get(kommunen_adresse(kommune, "mitglieder")).content.decode().count("kam nicht an") == 8


def test_an_invitation_and_its_mail_are_written_together_or_not_at_all(leitung, kommune, monkeypatch):
    lade(leitung, kommune)
    assert (Einladung.objects.count(), Sendung.objects.filter(anlass="einladung").count()) == (1, 1)
    monkeypatch.setattr("konzept.verwaltung.mitglieder_views.sende", lambda *_: None / 1)
    with pytest.raises(TypeError), transaction.atomic():
        lade(leitung, kommune, "andere@stadt.example")
    assert (Einladung.objects.count(), Sendung.objects.count()) == (1, 1)
