"""Two who answer the same Anmerkung in the same moment: one of them is shown what the other said."""

import pytest

from konzept.beratung.models import Stellungnahme
from tests.fabrik import eingaben, mache_anmerkung, nach_id, seite_von, text
from tests.konzept.beratung.conftest import mache_rathaus
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.datenbank]


def test_nobody_s_answer_is_lost(als):
    rathaus = mache_rathaus()
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, 2, text="Zu kurz.", anker=f"abschnitt-{rathaus.kapitel.pk}")
    ort = rathaus.in_runde("abwaegung", a.pk)
    leute = [als(rathaus.redaktion), als(rathaus.leitung)]
    formulare = [eingaben(client.get(ort)) for client in leute]

    def antworte(nr: int):
        return leute[nr].post(ort, formulare[nr] | {"ergebnis": "nicht", "begruendung": f"Wort {nr}."})

    antworten = gleichzeitig(lambda: antworte(0), lambda: antworte(1))
    assert sorted(antwort.status_code for antwort in antworten) == [302, 409]
    (zweite,) = (antwort for antwort in antworten if antwort.status_code == 409)
    konflikt = text(nach_id(seite_von(zweite), "konflikt"))
    assert "Wort 0." in konflikt
    assert "Wort 1." in konflikt
    assert Stellungnahme.objects.count() == 1
