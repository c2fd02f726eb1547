"""Mails that go into the outbox, and a mail server to which the worker brings them."""

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage

from tests.konzept.postausgang.mailserver import Mailserver


@pytest.fixture(autouse=True)
def postausgang(settings):
    settings.EMAIL_BACKEND = "konzept.postausgang.backend.Postausgang"


@pytest.fixture
def server(settings) -> Iterator[Mailserver]:
    with Mailserver() as mailserver:
        settings.POSTWEG = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", mailserver.port, 0.5
        yield mailserver


@pytest.fixture
def sende():
    """`sende("a@stadt.example", ...)`: a mail of its own to each address."""

    def schreibe(*adressen: str, anlass: str = "", text: str = "Guten Tag") -> None:
        for adresse in adressen:
            nachricht = EmailMessage(f"An {adresse}", text, "Konzeptwerk <konzept@stadt.example>", [adresse])
            nachricht.anlass = anlass
            nachricht.send()

    return schreibe
