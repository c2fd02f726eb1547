"""What the form takes at most stands on the page: cover, running heads, headings, contents, goals and lists."""

import datetime as dt
import re
import subprocess
from itertools import pairwise
from typing import NamedTuple

import lxml.html
import pytest
from msgspec import structs

from handlungsfelder.models import Handlungsziel, Leitziel
from konzept.dokument import baum, deckblatt
from konzept.dokument.html import Ausfertigung, Vorspann
from konzept.dokument.pdf import drucke
from konzept.models import Abschnitt, Gremium, Kommune, Konzept, Leitlinie
from konzept.vorlagen.models import Beschluss, Vorlage

LANG = "Integrationsmanagementkoordinierungsstellenleitungskonferenzgeschäftsführungsvertretungsrat"
TEXTE = {
    "wide letters": "W" * 20,
    "one long word": LANG,
    "as people write": "Einwanderungsgesellschaft und kommunales Integrationsmanagement in der Stadt",
}


def gefuellt(modell, feld: str, wort: str) -> str:
    """As many of these words as the field of the form takes."""
    laenge = modell._meta.get_field(feld).max_length
    return " ".join([wort] * laenge)[:laenge].strip()


def kapitel(anker: str, wort: str, *teile: baum.Teil, unter=()) -> baum.Kapitel:
    nummer, titel = gefuellt(Abschnitt, "nummer", "W" * 20), gefuellt(Abschnitt, "titel", wort)
    return baum.Kapitel(anker=anker, nummer=nummer, titel=titel, teile=teile, kapitel=unter)


def dokument(wort: str) -> baum.Dokument:
    """Every field of the cover, and what has a title below it, as long as its form takes."""
    nummer = gefuellt(Leitziel, "nummer", "8" * 20)
    handlungsziel = baum.Handlungsziel(
        anker="handlungsziel-1", rn=1, nummer=nummer, titel=gefuellt(Handlungsziel, "titel", wort)
    )
    titel = gefuellt(Leitziel, "titel", wort)
    leitziel = baum.Leitziel(
        anker="leitziel-1", rn=2, nummer=nummer, titel=titel, handlungsziele=(handlungsziel,)
    )
    leitlinien = tuple(
        baum.Leitlinie(anker=f"leitlinie-{i}", rn=2 + i, nummer=nummer, titel=gefuellt(Leitlinie, "titel", wort))
        for i in (1, 2)
    )
    gremium = baum.Gremium(
        anker="beteiligung-1", rn=5, name=gefuellt(Gremium, "name", wort), art="Ausschuss", takt=wort
    )
    return baum.Dokument(
        kommune=baum.Kommune(slug="o", name=gefuellt(Kommune, "name", wort), kurzname="O", art="stadt"),
        slug="o",
        titel=gefuellt(Konzept, "titel", wort),
        untertitel=gefuellt(Konzept, "untertitel", wort),
        anlass=gefuellt(Konzept, "anlass", wort),
        herausgeber=gefuellt(Konzept, "herausgeber", wort),
        stand=dt.date(2026, 11, 16),
        kapitel=(
            kapitel("abschnitt-1", wort, baum.Zielbaum(leitziele=(leitziel,)), unter=(kapitel("abschnitt-2", wort),)),
            kapitel(
                "abschnitt-3", wort, baum.Leitlinien(eintraege=leitlinien), baum.Gremienliste(gremien=(gremium,))
            ),
        ),
    )


def beschluss(wort: str) -> str:
    return Beschluss(
        gremium=gefuellt(Beschluss, "gremium", wort),
        datum=dt.date(2026, 12, 15),
        drucksache=gefuellt(Beschluss, "drucksache", wort),
    ).worte


class Wort(NamedTuple):
    """Its box in millimetres."""

    text: str
    links: float
    oben: float
    rechts: float
    unten: float


def kaesten(pdf: bytes) -> list[list[Wort]]:
    """The words of each page."""
    lauf = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    return [
        [
            Wort(wort.text, *(float(wort.get(name)) * 25.4 / 72 for name in ("xmin", "ymin", "xmax", "ymax")))
            for wort in seite.iter("word")
        ]
        for seite in lxml.html.document_fromstring(lauf.stdout.decode()).iter("page")
    ]


def zeilen(worte: list[Wort]) -> list[list[Wort]]:
    """By where they end below, from left to right."""
    je_zeile: dict[int, list[Wort]] = {}
    for wort in worte:
        je_zeile.setdefault(round(wort.unten * 2), []).append(wort)
    return [sorted(zeile, key=lambda w: w.links) for _, zeile in sorted(je_zeile.items())]


@pytest.fixture(scope="module", params=TEXTE)
def gesetzt(request) -> tuple[str, list[list[Wort]]]:
    """The words, and the pages of their print: as the annex of a Vorlage, a draft and adopted, all at once."""
    wort = TEXTE[request.param]
    anlage = f"Anlage 1 zur Drucksache {gefuellt(Vorlage, 'nummer', wort)}"
    vorspann = Vorspann("<p>Vorlage</p>", "css/vorlagen-druck.css", "Vorlage", anlage, "Arbeitsstand", "Anlage 1")
    fertig = Ausfertigung(marke="Entwurf 3 vom 03.11.2016", beschluss=beschluss(wort), randnummern=True)
    return wort, kaesten(drucke(dokument(wort), vorspann=vorspann, ausfertigung=fertig))[1:]


def buchstaben(text: str) -> str:
    return re.sub(r"[^\w]", "", text)


def test_the_cover_holds_all_fields_at_their_limits(gesetzt):
    wort, (deckblatt_seite, *_) = gesetzt
    doku = dokument(wort)
    worte = (doku.kommune.name, doku.titel, doku.untertitel, doku.anlass, beschluss(wort), doku.herausgeber)
    gedruckt = buchstaben("".join(w.text for zeile in zeilen(deckblatt_seite) for w in zeile))
    for text in worte:
        assert buchstaben(text) in gedruckt
    assert deckblatt_seite[-1].text == "16.11.2026"
    oben_unten = [(min(w.oben for w in z), max(w.unten for w in z)) for z in zeilen(deckblatt_seite)]
    assert oben_unten[0][0] > 12
    assert oben_unten[-1][1] < 297 - 8
    for (_, unten), (oben, _) in pairwise(oben_unten):
        assert unten - oben < 1.5  # boxes of letters are higher than their lines
    assert max(w.rechts for w in deckblatt_seite) < 210 - 15


def test_no_word_leaves_the_page_or_touches_another_one(gesetzt):
    _, (_, *seiten) = gesetzt
    for seite in seiten:
        assert max(w.rechts for w in seite) < 190.1
        for zeile in zeilen(seite):
            for links, rechts in pairwise(zeile):
                assert links.rechts <= rechts.links + 0.1, (links, rechts)


def test_the_parts_of_a_running_head_stand_on_one_line_each_and_apart(gesetzt):
    _, (_, *seiten) = gesetzt
    for seite in seiten[1:]:
        kopf = [w for w in seite if w.unten < 26]
        teile = [
            [w for w in kopf if w.rechts < 75],
            [w for w in kopf if w.links > 73 and w.rechts < 142],
            [w for w in kopf if w.links > 140],
        ]
        assert sum(map(len, teile)) == len(kopf)
        titel, marke, _ = (zeilen(teil) for teil in teile)
        assert all(len(zeilen(teil)) == 1 for teil in teile)
        assert titel[0][-1].text.endswith("…")
        assert " ".join(w.text for w in marke[0]) == "Entwurf 3 vom 03.11.2016"
        assert len(zeilen([w for w in seite if w.oben > 275])) == 1


def test_a_word_that_breaks_bears_a_hyphen(gesetzt):
    """A line that begins in the middle of a word follows one that ends with a hyphen."""
    wort, seiten = gesetzt
    gebrochen = 0
    for seite in seiten:
        for davor, danach in pairwise([w for w in seite if 26 < w.oben < 275]):
            mitten = danach.text[0].islower() and danach.text != "am"
            if mitten and danach.oben > davor.unten - 1 and wort == LANG:
                assert davor.text[-1] in "-‐\u00ad", (davor.text, danach.text)
                gebrochen += 1
    assert (gebrochen > 20) == (wort == LANG)


def test_the_sentence_of_a_leitlinie_begins_where_its_next_line_does(gesetzt):
    """But for a number that is wider than its place, from which it keeps a distance."""
    wort, _ = gesetzt
    if wort != TEXTE["as people write"]:
        return
    liste = baum.Leitlinien(
        eintraege=tuple(
            baum.Leitlinie(anker=f"leitlinie-{i}", rn=i, nummer=nummer, titel=gefuellt(Leitlinie, "titel", wort))
            for i, nummer in enumerate(("1", "12.", "W" * 20), start=1)
        )
    )
    doku = dokument(wort)
    seite = kaesten(drucke(structs.replace(doku, kapitel=(baum.Kapitel(anker="a", titel="Liste", teile=(liste,)),))))[2]
    alle = zeilen(seite)
    for nummer in ("1", "12."):
        stelle = next(i for i, zeile in enumerate(alle) if zeile[0].text == nummer)
        assert alle[stelle][1].links == pytest.approx(alle[stelle + 1][0].links, abs=0.1)
    breite, satz = next(zeile for zeile in alle if zeile[0].text == "W" * 20)[:2]
    assert satz.links > breite.rechts + 0.8


def test_contents_keep_their_numbers_apart_from_their_titles(gesetzt):
    """Below and beside each number there is nothing of the title."""
    _, (_, inhalt, *_) = gesetzt
    for nummer in (w for w in inhalt if w.text == "W" * 20 and w.links < 25):
        daneben = [w for w in inhalt if w is not nummer and abs(w.unten - nummer.unten) < 1]
        assert daneben
        assert min(w.links for w in daneben) > nummer.rechts + 1


@pytest.mark.parametrize(
    ("titel", "punkt", "getrennt"),
    [("Integrationskonzept 2027–2032", 31, False), (LANG, 31, True), ("ein Konzept " * 25, 26, False)],
)
def test_the_cover_is_as_large_as_its_words_allow(titel, punkt, getrennt):
    stufe, trennen = deckblatt.stufe(deckblatt.Worte("Stadt O", titel, "", ("Stadt O · Stand 16.11.2026",)))
    assert (stufe.titel, trennen) == (punkt, getrennt)


@pytest.mark.parametrize("marke", ["", "Entwurf 3 vom 03.11.2016"])
def test_in_large_print_the_title_and_the_chapter_fit_on_a_line_beside_the_mark(marke):
    wort = TEXTE["as people write"]
    d = baum.Dokument(
        kommune=baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt"),
        slug="o",
        titel=gefuellt(Konzept, "titel", wort),
        kapitel=(kapitel("abschnitt-1", wort),),
    )
    seite = kaesten(drucke(d, ausfertigung=Ausfertigung(marke=marke, gross=True)))[-1]
    kopf = [w for w in seite if w.unten < 26]
    assert len({round(w.unten, 0) for w in kopf}) == 1
    for links, rechts in pairwise(sorted(kopf, key=lambda w: w.links)):
        assert links.rechts <= rechts.links + 0.1, (links, rechts)
