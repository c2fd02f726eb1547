"""The Beratungsfolge on paper: it begins where it stands, however long it is, and its words stay whole."""

import re
import shutil
import subprocess

import pytest

from konzept.satz.stueck import OhneSpeicher
from konzept.templatetags.vorlagen import lange_woerter
from konzept.vorlagen.druck import nimm_auf
from konzept.vorlagen.models import Station
from tests.fabrik import mache_vorlage
from tests.konzept.dokument.conftest import Lesen

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]

GREMIEN = (
    "Integrationsrat",
    "Jugendhilfeausschuss",
    "Rechnungsprüfungsausschuss",
    "Ausschuss für Stadtentwicklung, Umwelt, Klimaschutz, Verkehr und Mobilität, Wohnen, Bauen, Liegenschaften, "
    "Digitalisierung, Wirtschaftsförderung, Tourismus und Bürgerbeteiligung der Stadt Musterstadt"[:200],
)
WORT = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
MM = 25.4 / 72
ZEILE = 1.2
"""How high the box of a word is, measured in the size of its type: ascent and descent of the font."""


@pytest.fixture
def vorlage(konzept):
    """Fifteen Stationen, each role and each result among them."""
    gremien = [konzept.kommune.gremien.create(name=name) for name in GREMIEN]
    vorlage = mache_vorlage(konzept, betreff="B" + " etreff" * 42, nummer="18 - 16 1377/2026")
    rollen, ergebnisse = Station.Rolle.values, Station.Ergebnis.values
    for i in range(15):
        vorlage.stationen.create(
            gremium=gremien[i % len(gremien)],
            rolle=rollen[i % len(rollen)],
            ergebnis=ergebnisse[i % len(ergebnisse)],
            datum=f"2026-11-{i + 10}",
            top="Ö 12.3" if i else "N 99.99.99 nachträgl",
            ja=32767 if i == 3 else 14,
            enthaltung=32767 if i == 3 else 1,
            bemerkung="Zu 3: Der erste Bericht wird schon nach einem Jahr vorgelegt." if i == 2 else "",
            reihenfolge=i,
        )
    return vorlage


@pytest.fixture(scope="module")
def drucke() -> list[Lesen]:
    """The print, made by the first test that needs it."""
    return []


@pytest.fixture
def gedruckt(drucke, vorlage) -> Lesen:
    if not drucke:
        drucke.append(Lesen(nimm_auf(vorlage.pk).drucke(lambda *_: None, OhneSpeicher())))
    return drucke[0]


def worte(lesen: Lesen, seite: int) -> list[tuple[str, float, float]]:
    """Each word of a page with the place at which it ends, in millimetres, and its size in points; without the head and
    the foot of the page."""
    befehl = ["pdftotext", "-bbox", "-f", str(seite), "-l", str(seite), "-", "-"]
    lauf = subprocess.run(befehl, input=lesen.inhalt, capture_output=True, check=True)
    alle = ((wort, *map(float, mass)) for *mass, wort in WORT.findall(lauf.stdout.decode()))
    return [
        (wort, rechts * MM, (unten - oben) / ZEILE) for wort, _, oben, rechts, unten in alle if 20 < oben * MM < 275
    ]


def test_it_begins_on_the_first_page_and_goes_on_below_its_heads(gedruckt):
    erste, zweite = gedruckt.seiten("-layout")[:2]
    assert "Beratungsfolge" in erste
    assert "Integrationsrat" in erste
    assert "10.11.2026" in erste
    assert "24.11.2026" in zweite
    assert all("Zuständigkeit" in seite for seite in (erste, zweite))
    (tabelle,) = (t for t in gedruckt.elemente("/Table") if "/THead" in {k.S for k in t.K} and len(t.K) == 2)
    assert len([k for k in tabelle.K if k.S == "/THead"]) == 1, "read once, though it prints twice"


def test_no_role_and_no_result_breaks_inside_a_word(gedruckt):
    gefunden = worte(gedruckt, 1) + worte(gedruckt, 2)
    gedruckte = [wort.replace("\u00a0", " ") for wort, *_ in gefunden]
    alle = set(" ".join(gedruckte).split())
    for auswahl in (Station.Rolle, Station.Ergebnis):
        for worte_ in auswahl.labels:
            assert set(worte_.split()) <= alle, worte_
    assert {"Jugendhilfeausschuss", "nachträgl", "99.99.99", "Sitzungstermin", "TOP"} <= alle
    assert max(rechts for _, rechts, _ in gefunden) < 210 - 19, "within the margin"


def test_no_type_is_smaller_than_eight_and_a_half_points(gedruckt):
    anlage = next(seite for _, titel, seite in gedruckt.lesezeichen() if titel.startswith("Anlage 1"))
    gefunden = [wort for seite in range(1, anlage) for wort in worte(gedruckt, seite)]
    assert not [(wort, groesse) for wort, _, groesse in gefunden if groesse < 8.45]


def test_a_number_stays_with_its_word(gedruckt):
    zeilen = [zeile for seite in gedruckt.seiten("-raw")[:2] for zeile in seite.splitlines()]
    assert sum("1 Enthaltung" in zeile for zeile in zeilen) == 14
    assert any("32767 Enthaltungen" in zeile for zeile in zeilen)


def test_a_name_breaks_only_between_syllables(gedruckt):
    """The longest is nowhere torn: each of its words stands on a line, or goes on behind a hyphen."""
    zeilen = [z for seite in gedruckt.seiten("-raw")[:2] for z in seite.splitlines()]
    text = " ".join(zeilen)
    ohne_trennung = re.sub(r"[-\u2010\u00ad]\s(?=[a-zäöüß])", "", text)
    for wort in re.findall(r"\w+", GREMIEN[3]):
        assert wort in ohne_trennung, wort


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Tagesordnungspunkt", 0), ("Rechnungsprüfungsausschuss", 1), ("W" * 10, 1), ("a & b", 0), ("x" * 19 + " b", 1)],
)
def test_only_a_long_word_may_break(text, lang):
    assert lange_woerter(text).count("<span") == lang
    assert ("&amp;" in lange_woerter(text)) == ("&" in text)
