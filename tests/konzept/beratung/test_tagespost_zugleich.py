"""The mails of the day, sent by two at the same time."""

from datetime import timedelta

import pytest
from django.core import mail

from konzept.beratung.tagespost import verschicke
from tests.konzept.beratung.conftest import mache_rathaus
from tests.nebenlaeufig import gleichzeitig


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_the_same_time_send_each_mail_once():
    """Such as cron and the worker."""
    rathaus = mache_rathaus()
    tag = rathaus.runde.ende - timedelta(days=1)
    ergebnisse = gleichzeitig(*[lambda: verschicke("https://konzept.example", tag)] * 3)
    assert sum(verschickt for verschickt, _ in ergebnisse) == 2
    assert sorted(m.to[0] for m in mail.outbox) == sorted([rathaus.mitglied.email, rathaus.zweites.email])
