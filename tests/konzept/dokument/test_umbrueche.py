"""Where pages break: what belongs together stays so, but no more than that, and what goes on is named again."""

import shutil

import pytest

from konzept.dokument import baum, pdf
from konzept.dokument.html import SCHLICHT, Ausfertigung
from tests.konzept.dokument.test_seitenfuellung import fuellung
from tests.konzept.teildrucke.baeume import SATZ, absaetze

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")

GROSS = Ausfertigung(gross=True)
KOMMUNE = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")


def kapitel(nummer: int, *teile: baum.Teil) -> baum.Kapitel:
    return baum.Kapitel(anker=f"kapitel-{nummer}", nummer=str(nummer), titel=f"Kapitel {nummer}", teile=teile)


def gedruckt(*kapitel: baum.Kapitel, ausfertigung: Ausfertigung = SCHLICHT) -> bytes:
    dokument = baum.Dokument(kommune=KOMMUNE, slug="k", titel="Konzept", kapitel=kapitel)
    return pdf.drucke(dokument, ausfertigung=ausfertigung)


def leitlinien(anzahl: int) -> baum.Leitlinien:
    """Of a title each, and nothing else."""
    alle = range(1, anzahl + 1)
    return baum.Leitlinien(
        eintraege=tuple(baum.Leitlinie(anker=f"leitlinie-{i}", rn=i, nummer=str(i), titel=SATZ) for i in alle)
    )


def gremium(nummer: int, *aufgabe: baum.Absatz) -> baum.Gremium:
    return baum.Gremium(anker=f"gremium-{nummer}", rn=nummer, name=f"Kreis {nummer}", art="AG", aufgabe=aufgabe)


def gremien(*einzelne: baum.Gremium) -> baum.Gremienliste:
    return baum.Gremienliste(gremien=einzelne)


@pytest.mark.parametrize(
    ("liste", "ausfertigung"),
    [
        (leitlinien(30), SCHLICHT),
        (leitlinien(30), GROSS),
        (gremien(*map(gremium, range(45))), SCHLICHT),
    ],
    ids=["guidelines", "guidelines in large print", "bodies"],
)
def test_entries_of_one_paragraph_each_part_between_them(liste, ausfertigung):
    davor = kapitel(1, *absaetze(*[SATZ * 6] * 9))
    *seiten, _ = fuellung(gedruckt(davor, kapitel(2, *absaetze(SATZ), liste), ausfertigung=ausfertigung)).items()
    assert len(seiten) > 3
    assert min(voll for seite, voll in seiten if seite > 2) > 0.7
