"""What is missing in a frozen document is what was missing in its rows."""

import pytest

from konzept.dokument.luecken import luecken
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.heute import heute
from konzept.models import Konzept
from konzept.werkbank.offen import offene_punkte
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_feld,
    mache_handlungsziel,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    setze_zustaendig,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Felder", inhalt="handlungsfelder")
    mache_abschnitt(konzept, "Leer")
    mache_abschnitt(konzept, "Prozess", text="Siehe [unten](#abschnitt-987654).", inhalt="prozess")
    mache_abschnitt(konzept, "Leitlinien", inhalt="leitlinien")
    konzept.leitlinien.create(titel="Satz", status="vorschlag")
    konzept.leitlinien.create(titel="Wort", status="beschlossen")
    mache_feld(konzept, "Wohnen")
    feld = mache_feld(konzept, "Sprache")
    ziel = mache_handlungsziel(feld, leitziel=mache_leitziel(feld))
    mache_massnahme(feld, "A", handlungsziel=ziel, nummer="1")
    mache_massnahme(feld, "B", handlungsziel=ziel, nummer="1", zeitraum="2027", kosten_offen=True)
    mache_massnahme(feld, "C", handlungsziel=ziel, umsetzungsstand="entfallen", stand_begruendung="so")
    fertig = mache_massnahme(feld, "D", handlungsziel=ziel, umsetzungsstand="idee", kosten_wortlaut="viel")
    setze_zustaendig(mache_schritt(fertig, "Anfangen"), mache_akteur(konzept.kommune, "51"))
    for angabe in ("nach Aufwand", "5 €", "CHF 7"):
        mache_kosten(fertig, angabe, jahr=2029)
    mache_massnahme(feld, "E", zeitraum="2028", kosten_wortlaut="6.200 € aus Eigenmitteln")
    spaeter = mache_massnahme(feld, "F", zeitraum="2028", umsetzungsstand="idee")
    mache_kosten(spaeter, "3 €", jahr=2030)
    mache_kosten(spaeter, "3 € jährlich", jahr=2031, bis_jahr=2032)
    return konzept


def test_it_says_of_the_document_what_the_workbench_says_of_the_rows(konzept):
    gefunden = sorted(luecke.satz for luecke in luecken(stelle_zusammen(konzept)))
    offen = [satz for gruppe in offene_punkte(konzept, heute()) for e in gruppe.eintraege for satz, _ in e.punkte]
    assert gefunden == sorted(offen)
    assert "Die Nummer 1.2-1 ist doppelt" in gefunden
    assert "„CHF 7“ zählt in keiner Summe: andere Währung" in gefunden
    assert "„6.200 €“ steht nur in „Kosten in Worten“ und zählt in keiner Summe" in gefunden
    assert "„3 €“: Das Jahr 2030 liegt außerhalb des Zeitraums der Maßnahme (2028)" in gefunden
    assert len(gefunden) > 12


def test_each_is_named_with_its_element(konzept):
    titel = {luecke.titel for luecke in luecken(stelle_zusammen(konzept))}
    assert titel == {
        "Integrationskonzept", "Abschnitt „2 Leer“", "Abschnitt „3 Prozess“", "„Prozess“", "Leitlinie „Satz“",
        "Handlungsfeld „1.1 Wohnen“", "Maßnahme 1.2-1 „A“", "Maßnahme 1.2-1 „B“", "Maßnahme 1.2-4 „D“",
        "Maßnahme 1.2-5 „E“", "Maßnahme 1.2-6 „F“",
    }  # fmt: skip


def test_a_document_without_gaps_has_none(konzept):
    Konzept.objects.update(stand=heute(), gueltig_ab=2027)
    konzept.abschnitte.exclude(inhalt="handlungsfelder").delete()
    konzept.handlungsfelder.all().delete()
    feld = mache_feld(konzept, "Sprache")
    massnahme = mache_massnahme(
        feld, handlungsziel=mache_handlungsziel(feld), zeitraum="2027", kosten_offen=True, umsetzungsstand="geplant"
    )
    setze_zustaendig(massnahme, konzept.kommune.akteure.first())
    assert luecken(stelle_zusammen(Konzept.objects.mit_kommune().get())) == []
