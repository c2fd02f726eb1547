"""The mails of the day, written by two at the same time."""

from datetime import timedelta

import pytest

from konzept.beratung.tagespost import schreibe_alle
from konzept.postausgang.models import Sendung
from tests.konzept.beratung.conftest import mache_rathaus
from tests.nebenlaeufig import gleichzeitig


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_the_same_time_write_each_mail_once(settings):
    """Such as cron and the worker."""
    settings.EMAIL_BACKEND = "konzept.postausgang.backend.Postausgang"
    rathaus = mache_rathaus()
    tag = rathaus.runde.ende - timedelta(days=1)
    ergebnisse = gleichzeitig(*[lambda: schreibe_alle("https://konzept.example", tag)] * 3)
    assert sum(ergebnisse) == 2
    empfaenger = Sendung.objects.filter(anlass="tagespost").values_list("empfaenger", flat=True)
    assert sorted(empfaenger) == sorted([rathaus.mitglied.email, rathaus.zweites.email])
