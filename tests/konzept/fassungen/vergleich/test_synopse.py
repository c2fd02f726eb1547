"""The printed Synopse: valid, complete, and both sides where they belong."""

import re
import subprocess
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.fassungen.vergleich import ansichten
from konzept.fassungen.vergleich import druck as synopsendruck
from konzept.fassungen.vergleich.vergleich import Wandel
from konzept.templatetags.druck import kopfzeile
from tests import lage
from tests.konzept.dokument.lesart import blank
from tests.konzept.vera import VARIANTEN

from .conftest import Mache

pytestmark = pytest.mark.django_db


@dataclass
class Stand:
    """A state without a row."""

    dokument: baum.Dokument
    titel: str
    schluessel: str = "1"
    konzept = SimpleNamespace(pk=1)
    fassung = True

    def adresse(self, anker, rn=0):
        return f"/{anker}/"


def drucke(alt: baum.Dokument, neu: baum.Dokument, *wandel: Wandel, seite: str | None = None) -> bytes:
    gezeigt = ansichten.Filter(wandel, seite)
    gegenueber = ansichten.Gegenueber(Stand(alt, "Entwurf 1"), Stand(neu, "Entwurf 2"), gezeigt, druck=True)
    return synopsendruck.synopse(gegenueber)


def gelesen(pdf: bytes) -> str:
    lauf = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return lauf.stdout.decode()


@pytest.fixture(scope="module")
def staende(beispiel):
    """The first chapter and two Handlungsfelder of the example; then the chapter with other words and a sign that no
    font has, one field dropped, another one new."""
    vorwort = beispiel.kapitel[0]
    felder = [k for _, k in beispiel.alle_kapitel() if k.art == "handlungsfeld"][:3]
    anders = structs.replace(
        vorwort, titel="Vorwort 😀", teile=(*vorwort.teile[1:], baum.Absatz(rn=1, laeufe=(baum.Lauf(text="Neu."),)))
    )
    return (
        structs.replace(beispiel, kapitel=(vorwort, felder[0], felder[1])),
        structs.replace(beispiel, kapitel=(anders, felder[0], felder[2])),
    )


@pytest.fixture(scope="module")
def synopse(staende) -> bytes:
    return drucke(*staende)


def test_both_sides_stand_beside_each_other(mache):
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé", zeitraum="bis 2018")))
    neu = mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé", zeitraum="ab 2019")))
    (zeile,) = (z for z in gelesen(drucke(alt, neu)).splitlines() if z.startswith("Zeitraum"))
    assert zeile.split() == ["Zeitraum", "bis", "2018", "ab", "2019"]


def test_same_states_same_bytes(mache):
    alt, neu = (mache.dokument(mache.feld(mache.massnahme(1, titel))) for titel in ("Café", "Chor"))
    assert drucke(alt, neu) == drucke(alt, neu)


def test_other_scripts_have_their_font(mache):
    alt, neu = (mache.dokument(mache.feld(mache.massnahme(1, titel))) for titel in ("Café", "Café ሰላም"))
    assert "ሰላም" in gelesen(drucke(alt, neu))


@pytest.mark.java
def test_the_synopse_is_valid(vera, synopse, mache, tmp_path):
    dateien = {name: tmp_path / f"{name}.pdf" for name in ("viel", "nichts")}
    dateien["viel"].write_bytes(synopse)
    dateien["nichts"].write_bytes(drucke(mache.dokument(), mache.dokument()))
    ergebnis = vera(*dateien.values())
    assert {(name, v): ergebnis[datei, v] for name, datei in dateien.items() for v in VARIANTEN} == {
        (name, v): [] for name in dateien for v in VARIANTEN
    }


def test_everything_that_changed_is_printed(staende, synopse):
    text = "".join(gelesen(synopse).split())
    massnahmen = {m.titel for m in staende[0].massnahmen()} ^ {m.titel for m in staende[1].massnahmen()}
    assert len(massnahmen) > 4
    assert [titel for titel in massnahmen if titel[:20].replace(" ", "") not in text] == []


# What is printed, and where


LANGER_TEXT = "Ehrenamtliche begleiten Familien zu Ämtern, in Schulen und zu Ärzten, erklären Briefe und üben Deutsch. "


@pytest.fixture(scope="module")
def gemischt(beispiel) -> tuple[baum.Dokument, baum.Dokument]:
    """Two measures changed in one paragraph of three, one dropped, three only renumbered, one new, and long."""
    mache = Mache()
    davor, danach = mache.text("Davor bleibt alles.", "Mittendrin bleibt es."), mache.text("Danach auch.")

    def geaendert(wort: str) -> baum.Massnahme:
        return mache.massnahme(1, "Sprachcafé", text=(*davor, *mache.text(f"Geöffnet ist es {wort}."), *danach))

    weitere = [(f"Chor{i}", i) for i in range(3, 6)]
    neue = mache.massnahme(9, "Lotsendienst", "5", text=mache.text("Anfangswort " + LANGER_TEXT * 3 + "Schlusswort"))
    return (
        mache.dokument(
            mache.kapitel(1, "Einleitung", *mache.text("Alles bleibt, wie es war.")),
            mache.feld(
                geaendert("montags"),
                mache.massnahme(2, "Gestrichenes", text=mache.text("Wegfallendes " + LANGER_TEXT)),
                *(mache.massnahme(i, titel) for titel, i in weitere),
            ),
        ),
        mache.dokument(
            mache.kapitel(1, "Einleitung", *mache.text("Alles bleibt, wie es war.")),
            mache.feld(
                geaendert("dienstags"), *(mache.massnahme(i, titel, str(i - 1)) for titel, i in weitere), neue
            ),
        ),
    )


@pytest.fixture(scope="module")
def gedruckt(gemischt) -> bytes:
    return drucke(*gemischt)


def test_what_is_new_or_dropped_stands_across_the_width(gedruckt):
    worte = lage.worte(gedruckt)
    (jetzt,) = (w for w in worte if w.text == "Jetzt")
    (feld,) = (w for w in worte if w.text == "Feld")
    for erstes in ("Anfangswort", "Wegfallendes"):
        zeile = [w for w in worte if abs(w.unten - lage.wort(gedruckt, erstes).unten) < 2]
        assert zeile[0].links < feld.rechts
        assert zeile[-1].rechts > jetzt.rechts + 100


def test_of_a_changed_text_only_what_changed_is_printed(gedruckt):
    text = " ".join(gelesen(gedruckt).split())
    assert not re.search("Davor bleibt|Mittendrin|Danach auch", text)
    assert text.count("[… unverändert] [… unverändert]") == 2  # before and behind, in both columns
    worte = {w.text: w for w in lage.worte(gedruckt)}
    assert worte["montags."].oben == worte["dienstags."].oben
    assert worte["montags."].rechts < worte["Jetzt"].links < worte["dienstags."].links


def test_what_did_not_change_is_not_printed(gedruckt):
    assert "Einleitung" not in gelesen(gedruckt)


def test_what_only_has_another_number_shares_one_paragraph(gedruckt):
    text = " ".join(gelesen(gedruckt).split()).replace("\u00ad ", "")
    namen = ", ".join(f"Maßnahme 4.1-{i - 1} „Chor{i}“ (bisher 4.1-{i})" for i in range(3, 6))
    assert f"Nur umnummeriert (3): {namen}." in text
    assert text.count("Chor3") == 1


def test_each_change_is_told_once(gedruckt):
    text = gelesen(gedruckt)
    for titel in ("Sprachcafé", "Gestrichenes", "Lotsendienst", "Chor4"):
        assert text.count(titel) == 1, titel


def test_the_first_page_says_what_is_left_out(gemischt):
    text = " ".join(gelesen(drucke(*gemischt, Wandel.NEU, Wandel.GEAENDERT)).partition("\f")[0].split())
    assert "Auswahl: Gezeigt sind 2 von 6 Änderungen. Nicht gezeigt: 1 entfallen, 3 umnummeriert." in text
    assert re.search(r"4\.1 Sprache, Seite \d 1 1 – 3 1", text)  # all of them are counted
    assert "Chor" not in text


def test_a_chapter_by_itself_says_what_changed_elsewhere(gemischt):
    alt, neu = gemischt
    anders = structs.replace(neu, kapitel=(structs.replace(neu.kapitel[0], titel="Zum Anfang"), *neu.kapitel[1:]))
    text = " ".join(gelesen(drucke(alt, anders, seite="abschnitt-1")).split())
    assert "Gezeigt ist 1 von 7 Änderungen. Nur das Kapitel „1 Zum Anfang“" in text
    assert "nicht gezeigt: 6 Änderungen in anderen Kapiteln." in text
    assert "Lotsendienst" not in text


def test_no_type_is_small(gedruckt, synopse):
    ohne_buchstaben = {(w, groesse) for w, groesse in lage.zu_klein(synopse) if "😀" in w}  # another font
    assert lage.zu_klein(gedruckt) == lage.zu_klein(synopse) - ohne_buchstaben == set()


def test_titles_at_their_limit_stand_in_full_on_the_first_page(mache):
    titel = ("Gesamtstädtisches Integrationskonzept " * 9)[:299].strip()
    stand = [Stand(mache.dokument(titel=titel), f"{titel}, {name}") for name in ("Anfangsstand", "Endstand")]
    seiten = gelesen(synopsendruck.synopse(ansichten.Gegenueber(*stand, druck=True))).split("\f")
    erste = blank(seiten[0])
    assert erste.count(blank(titel)) == 3
    assert "Anfangsstand" in erste
    assert "Endstand" in erste


def test_no_name_of_an_element_stands_alone_at_the_foot(mache):
    """However much stands above it."""
    for absaetze in range(26, 31):
        neu = mache.text(*["Ein Satz."] * absaetze)
        massnahmen = (mache.massnahme(i, f"Titel{i}", text=mache.text(LANGER_TEXT * 2)) for i in range(8))
        pdf = drucke(mache.dokument(), mache.dokument(mache.kapitel(1, "Anfang", *neu), mache.feld(*massnahmen)))
        worte = lage.worte(pdf)
        for i, w in enumerate(worte):
            if "„Titel" in w.text:
                assert worte[i + 8].seite == w.seite, absaetze


def test_no_zwischentitel_stands_alone_at_the_foot(mache):
    def seiten(absaetze: int) -> list[tuple[str, int]]:
        titel = baum.Zwischentitel(laeufe=(baum.Lauf(text="Darunter"),))
        neu = (*mache.text(*["Ein Satz."] * absaetze), titel, *mache.text("Folgendes."))
        pdf = drucke(mache.dokument(), mache.dokument(mache.kapitel(1, "A", *neu)))
        return [(w.text, w.seite) for w in lage.worte(pdf)]

    platz = seiten(80).count(("Satz.", 1))
    for absaetze in range(platz - 2, platz + 1):
        wo = dict(seiten(absaetze))
        assert wo["Darunter"] == wo["Folgendes."], absaetze


def test_a_table_that_goes_on_says_what_it_is_about(mache):
    def stand(wort: str) -> baum.Dokument:
        text = mache.text(*(f"{wort}{i}. {LANGER_TEXT * 3}" for i in range(12)))
        return mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé", text=text), mache.massnahme(2, wort)))

    erste, zweite, *_ = (" ".join(s.split()) for s in gelesen(drucke(stand("Alt"), stand("Neu"))).split("\f"))
    assert "(Fortsetzung)" not in erste
    assert "Maßnahme 4.1-1 „Sprachcafé“ (Fortsetzung)" in zweite


def test_no_semicolon_follows_a_full_stop(mache):
    angebot = baum.Angebot(anker="angebot-1", rn=3, titel="Treff", text=mache.text("Für den Alltag."), seit="2018")
    neu = mache.dokument(mache.kapitel(1, "A", baum.Angebotsliste(angebote=(angebot,))))
    text = gelesen(drucke(mache.dokument(mache.kapitel(1, "A")), neu))
    assert "Text: Für den Alltag. Seit: 2018" in " ".join(text.split())


def test_a_long_chapter_is_short_in_the_running_head(mache):
    titel = "Ein sehr langes Kapitel über die Integration und alles, was dazu gehört " * 3
    staende = [Stand(mache.dokument(mache.kapitel(1, titel.strip(), *mache.text(w))), w) for w in ("Alt", "Neu")]
    html = synopsendruck.synopse_html(ansichten.Gegenueber(*staende, druck=True))
    assert re.findall('data-kopf="([^"]*)"', html) == ["Synopse", kopfzeile(f"1 {titel.strip()}")]
    assert len(kopfzeile(titel)) < len(titel)
