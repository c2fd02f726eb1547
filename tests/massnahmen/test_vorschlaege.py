"""Similar Kürzel are looked for only so often in one form."""

import pytest

from konzept import grenzen
from massnahmen.zustaendigkeiten import AkteureDerKommune
from tests.fabrik import mache_akteur, mache_kommune

pytestmark = pytest.mark.django_db


def test_a_form_full_of_unknown_names_is_answered_without_looking_for_each():
    kommune = mache_kommune()
    mache_akteur(kommune, "Ehrenamtsbörse")
    akteure = AkteureDerKommune(kommune)
    saetze = [akteure.fehler(f"Ehrenamtsbörse{nummer}") for nummer in range(grenzen.NAMENSVORSCHLAEGE + 5)]
    assert sum("Meinten Sie „Ehrenamtsbörse“?" in satz for satz in saetze) == grenzen.NAMENSVORSCHLAEGE
    assert all("ist kein Akteur der Kommune" in satz for satz in saetze)
