"""One mail made of a template."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string

from konzept.postausgang.brief import Brief


def verfasse(konto, vorlage: str, kontext: dict, *, anlass: str, einmal: str = "") -> Brief:
    """A mail made of the template `vorlage`, whose first line is the subject."""
    text = render_to_string(vorlage, kontext | {"konto": konto})
    betreff, _, rumpf = text.strip().partition("\n")
    return Brief(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{' '.join(betreff.split())}",
        body=rumpf.strip() + "\n",
        to=[konto.email],
        anlass=anlass,
        einmal=einmal,
    )


def verschicke(briefe: Iterable[Brief]) -> int:
    """Put them into the outbox, as a part of this transaction: how many there were that were not there before. One
    query, but for those that must not be written twice."""
    return get_connection().send_messages(list(briefe)) or 0
