"""A year of an indicator has one value, whatever a request makes of the rows."""

import pytest

from tests.fabrik import adresse, eingaben, fehler_am_feld

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def indikator(konzept):
    indikator = konzept.indikatoren.create(titel="Anteil", art="kontext")
    for jahr, wert in ((2024, 5), (2025, 7)):
        indikator.messwerte.create(jahr=jahr, wert=wert)
    return indikator


def werte(indikator) -> dict[int, int]:
    return {m.jahr: int(m.wert) for m in indikator.messwerte.all()}


def test_two_rows_may_swap_their_years(leitung, indikator):
    seite = adresse(indikator, "indikatoren", str(indikator.pk), "bearbeiten")
    daten = eingaben(leitung.get(seite))
    antwort = leitung.post(seite, daten | {"messwerte-0-jahr": "2025", "messwerte-1-jahr": "2024"})
    assert antwort.status_code == 302
    assert werte(indikator) == {2025: 5, 2024: 7}


def test_a_year_twice_is_refused_at_its_row(leitung, indikator):
    seite = adresse(indikator, "indikatoren", str(indikator.pk), "bearbeiten")
    daten = eingaben(leitung.get(seite)) | {"messwerte-0-id": "999999", "messwerte-0-wert": "9"}
    antwort = leitung.post(seite, daten)
    assert antwort.status_code == 422
    assert "gibt es schon einen Wert" in fehler_am_feld(antwort, "id_messwerte-1-jahr")
    assert werte(indikator) == {2024: 5, 2025: 7}
