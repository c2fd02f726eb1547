"""A measure with everything, and somebody who may edit it."""

from urllib.parse import urlencode

import pytest

from tests.fabrik import (
    adresse,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_kosten,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    setze_zustaendig,
)
from tests.massnahmen.listenseite import titel


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    return konzept


@pytest.fixture
def feld(konzept):
    return mache_feld(konzept)


@pytest.fixture
def massnahme(konzept, feld):
    """A measure with three steps, two costs, a Sachstand and two Akteure."""
    massnahme = mache_massnahme(feld, "Sprachcafé", text="Ein Treffpunkt.", zeitraum="2027", nummer="7")
    amt, verein = mache_akteur(konzept.kommune, "51", name="Jugendamt"), mache_akteur(konzept.kommune, "SKFM")
    mache_akteur(konzept.kommune, "Ehrenamtsbörse")
    setze_zustaendig(massnahme, amt, rolle="federfuehrung")
    setze_zustaendig(massnahme, verein)
    for platz, satz in enumerate(["Räume suchen", "Eröffnen", "Auswerten"], start=1):
        setze_zustaendig(mache_schritt(massnahme, satz, zeitraum=f"0{platz}/2027", reihenfolge=platz), verein)
    mache_kosten(massnahme, "30.000 € jährlich", jahr=2027, bis_jahr=2029, reihenfolge=1)
    mache_kosten(massnahme, "5.000 €", stellenanteil="0.75", finanzierung="foerdermittel", reihenfolge=2)
    mache_sachstand(massnahme, "2026-05-04", "Raum gefunden.")
    return massnahme


@pytest.fixture
def leitung(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung", name="Lena Leitung"))
    return client


@pytest.fixture
def oeffne(leitung, konzept):
    """`oeffne(feld=3, stand=["idee"])` opens the list with these answers."""
    return lambda **frage: leitung.get(f"{adresse(konzept, 'massnahmen')}?{urlencode(frage, doseq=True)}")


@pytest.fixture
def zeige(oeffne):
    """`zeige(feld=3)`: the titles of the measures that the list shows then."""
    return lambda **frage: titel(oeffne(**frage))


@pytest.fixture
def drei(feld):
    """Three planned measures."""
    return [mache_massnahme(feld, f"M {i}", umsetzungsstand="geplant", reihenfolge=i) for i in (1, 2, 3)]
