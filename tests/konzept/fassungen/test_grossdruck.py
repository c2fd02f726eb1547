"""A Fassung in large print: what its plain PDF says, made for whoever may read it, and not kept with it."""

import pytest

from konzept.dokument.pdf import Ausfertigung
from konzept.druckauftraege.models import Druckauftrag
from konzept.fassungen.ausgaben import ausfertigung
from konzept.fassungen.models import AusgabeArt
from konzept.fassungen.seitenrahmen import adresse_der
from konzept.fassungen.vorgaenge import festschreiben
from tests.fabrik import mache_benutzer, mache_konzept
from tests.satz import leeres_pdf, ohne_satz

pytestmark = pytest.mark.django_db


def test_it_prints_what_the_plain_pdf_prints(client):
    konzept = mache_konzept()
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=None)
    gesehen: list[Ausfertigung] = []

    def drucke(dokument, *, ausfertigung, **_) -> bytes:
        assert dokument == fassung.dokument
        gesehen.append(ausfertigung)
        return leeres_pdf()

    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    with ohne_satz(drucke):
        antwort = client.get(adresse_der(fassung, "fassungen:grossdruck"))
    assert (antwort.status_code, antwort["Content-Type"]) == (200, "application/pdf")
    assert "entwurf-1-grossdruck.pdf" in antwort["Content-Disposition"]
    (wie,) = gesehen
    schlicht = ausfertigung(fassung, AusgabeArt.DRUCK)
    assert wie == schlicht._replace(gross=True)
    assert wie.marke.startswith("Entwurf 1")
    assert [auftrag.art for auftrag in Druckauftrag.objects.filter(gegenstand="grossdruck-1")] == ["grossdruck"]
    assert not fassung.ausgaben.filter(datei=leeres_pdf()).exists()


def test_the_page_of_a_fassung_offers_it(client):
    konzept = mache_konzept()
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=None)
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    with ohne_satz():
        seite = client.get(adresse_der(fassung)).content.decode()
    assert f'href="{adresse_der(fassung, "fassungen:grossdruck")}"' in seite
