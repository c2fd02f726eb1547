"""Where pages break: what belongs together stays so, but no more than that, and what goes on is named again."""

import datetime as dt
import re
import shutil
import subprocess
from decimal import Decimal

import pytest
from msgspec import structs

from konzept.dokument import baum, pdf, ressourcen
from konzept.dokument.html import SCHLICHT, Ausfertigung, druck_html
from konzept.satz.setzen import setze
from tests import lage
from tests.konzept.dokument.test_seitenfuellung import fuellung
from tests.konzept.teildrucke.baeume import SATZ, absaetze, massnahme

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


def seiten(inhalt: bytes) -> list[str]:
    """The words of each page, with those in its margins, on one line."""
    lauf = subprocess.run(["pdftotext", "-raw", "-", "-"], input=inhalt, capture_output=True, check=True)
    return [" ".join(seite.split()) for seite in lauf.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize("ausfertigung", [SCHLICHT, GROSS], ids=["plain", "large print"])
def test_short_entry_of_a_body_stays_whole_and_a_long_one_is_named_where_it_goes_on(ausfertigung):
    aufgabe = absaetze(SATZ * 2, "Ende.")
    lang = gremium(20, *absaetze(*[SATZ * 5] * 14))
    alle = gremien(*(gremium(i, *aufgabe) for i in range(20)), lang)
    buch = seiten(gedruckt(kapitel(1, alle), ausfertigung=ausfertigung))
    assert len(buch) > 4
    for seite in buch[2:]:
        rumpf = seite.replace("Kreis 20", "")
        assert len(re.findall(r"Kreis \d", rumpf)) == rumpf.count("Ende."), seite
        assert ("(Fortsetzung)" in seite) == ("AG" not in seite)  # which stands above each name
    assert "Kreis 20 (Fortsetzung)" in buch[-1]


def test_table_of_costs_that_goes_on_is_named():
    zeile = baum.Kostenzeile(titel="Feld", betraege=(Decimal(1),), summe=Decimal(1))
    sicht = baum.Kostensicht(felder=(zeile,) * 45, mittel=(zeile,), summe=zeile)
    uebersicht = baum.Kostenuebersicht(spalten=("2027",), sichten=(sicht,), kurz="")
    _, _, erste, zweite = seiten(gedruckt(kapitel(1, uebersicht)))
    name = "Kosten nach Handlungsfeldern und Jahren in Euro"
    assert name in erste
    assert "(Fortsetzung)" not in erste
    assert f"{name} (Fortsetzung)" in zweite


@pytest.fixture(scope="module")
def massnahmen_gross() -> bytes:
    """Measures whose heads and statuses stand at ever other heights of a page, in large print."""
    sachstand = baum.Sachstand(datum=dt.date(2026, 1, 1), von="FMI", text=absaetze(SATZ * 3))
    alle = (
        massnahme(i, titel="Titel " * 20, text=absaetze(SATZ * (2 + i % 3)), sachstaende=(sachstand,) * (1 + i % 2))
        for i in range(1, 21)
    )
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=tuple(alle)),))
    return gedruckt(kapitel(1, tabelle), ausfertigung=GROSS)


def test_in_large_print_head_and_label_stand_above_what_they_name(massnahmen_gross):
    """No page ends with number or title of a measure, or with the label of a status."""
    zeilen: dict[int, dict[int, list[str]]] = {}
    for wort in lage.worte(massnahmen_gross):
        zeilen.setdefault(wort.seite, {}).setdefault(round(wort.unten), []).append(wort.text)
    enden = {" ".join(zeilen[seite][max(zeilen[seite])]) for seite in zeilen if seite > 2}
    assert len(enden) > 4
    assert not {ende for ende in enden if re.match(r"Titel|Sachstand|4\.1-\d+$", ende)}


def test_in_large_print_a_measure_is_named_where_it_goes_on(massnahmen_gross):
    buch = seiten(massnahmen_gross)[2:]
    weiter = [seite for seite in buch if not re.match("1 Kapitel 1|4.1-", seite)]
    assert len(weiter) > 4
    for seite in buch:
        assert bool(re.search(r"4\.1-\d+ (Titel ?){8,12}… \(Fortsetzung\)", seite)) == (seite in weiter), seite


def test_in_large_print_only_words_longer_than_a_line_have_hyphens():
    lang = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenverbandsvorsitzendenstellvertretung"
    satz = "Die Kinder- und Jugendhilfeplanungsverantwortliche arbeitet an der Sprachförderungskonzeption. "
    inhalt = gedruckt(kapitel(1, *absaetze(satz * 8, f"Vor {lang} nach.")), ausfertigung=GROSS)
    worte = [wort.text for wort in lage.worte(inhalt) if wort.seite > 2]
    assert set(satz.split()) <= set(worte)
    stelle = worte.index("Vor") + 1
    teile = worte[stelle : worte.index("nach.")]
    assert len(teile) > 1
    assert all(teil.endswith("\u00ad") for teil in teile[:-1])
    assert not [wort for wort in worte[:stelle] if wort.endswith("\u00ad")]


@pytest.mark.parametrize(
    ("ausfertigung", "marke"),
    [
        (Ausfertigung(marke="Arbeitsstand vom 30.09.2026", gross=True), "Arbeitsstand vom 30.09.2026"),
        (Ausfertigung(marke="Beschlussfassung 12 vom 30.09.2026", gross=True), "Beschlussfassung 12 vom…"),
        (Ausfertigung(marke="Berichtigter Druck vom 01.12.2026 · Fassung 12"), "Berichtigter Druck vom 01.12.2026"),
    ],
)
def test_running_heads_and_foot_are_lines_of_their_own(ausfertigung, marke):
    name = "Verbandsgemeinde Bad Münster am Stein-Ebernburg und Umgebung"
    dokument = baum.Dokument(
        kommune=structs.replace(KOMMUNE, name=name),
        slug="k",
        titel="Konzept",
        stand=dt.date(2026, 12, 15),
        kapitel=(kapitel(1, *absaetze(SATZ)),),
    )
    html = druck_html(dokument, ausfertigung=ausfertigung)
    html = html.replace("</head>", "<style>.druck-deckblatt, .druck-verzeichnis { display: none }</style></head>")
    lauf = ["pdftotext", "-layout", "-", "-"]
    seite = subprocess.run(lauf, input=setze(html, ressourcen.holer(None)), capture_output=True, check=True)
    kopf, *_, fuss = [zeile for zeile in seite.stdout.decode().splitlines() if zeile.strip("\f ")]
    assert re.fullmatch(rf"Konzept +{re.escape(marke)} +1 Kapitel 1", kopf.strip())
    assert re.fullmatch(r"Verbandsgemeinde Bad .*… · Stand 15\.12\.2026 +Seite 1 von 1", fuss.strip())


def test_in_large_print_that_name_stands_below_the_running_head(massnahmen_gross, monkeypatch):
    monkeypatch.setattr(lage, "KOPF", 0)
    worte = [wort for wort in lage.worte(massnahmen_gross) if wort.oben < 82]
    (name, *_) = (wort for wort in worte if wort.text == "(Fortsetzung)")
    (kopf,) = (wort for wort in worte if wort.text == "Konzept" and wort.seite == name.seite)
    assert kopf.unten + 2 < name.oben


@pytest.mark.parametrize("ausfertigung", [SCHLICHT, GROSS], ids=["plain", "large print"])
def test_table_without_measures_is_a_sentence(ausfertigung):
    ohne = kapitel(1, baum.Massnahmentabelle(abschnitte=()))
    leer = baum.Dokument(kommune=KOMMUNE, slug="k", titel="K", kapitel=(ohne,))
    html = druck_html(leer, ausfertigung=ausfertigung)
    assert "Hier steht keine Maßnahme." in html
    assert "<table" not in html
