"""Comparing costs a bounded time and memory, whatever the texts; what is not compared is shown whole, and says so."""

import random

import pytest
from rapidfuzz.distance import Indel, LCSseq

from konzept import grenzen
from konzept.dokument.baum import Lauf
from konzept.fassungen.vergleich import wortvergleich, zuordnung
from konzept.fassungen.vergleich.aenderungsmarken import alter_text, neuer_text, nur_alt, nur_neu
from konzept.fassungen.vergleich.aufwand import begrenzt
from konzept.fassungen.vergleich.einarbeitung import markiert
from konzept.fassungen.vergleich.html import HINWEIS, als_druck_html, als_html, unterschied_html
from konzept.fassungen.vergleich.vergleich import Wandel, vergleiche
from konzept.fassungen.vergleich.wortvergleich import markiere, markiere_laeufe
from konzept.fassungen.vergleich.zuordnung import ordne_zu
from konzept.fassungen.vorgaenge import festschreiben
from tests.fabrik import mache_abschnitt, mache_benutzer, mache_konzept
from tests.konzept.fassungen.vergleich.test_seiten import adresse

GROB = "nicht alles einander zugeordnet werden konnte"


def absatz(anzahl: int, saat: int = 1) -> str:
    zufall = random.Random(saat)
    return " ".join(f"w{zufall.randrange(3000)}" for _ in range(anzahl))


def zur_haelfte_anders(text: str) -> str:
    return " ".join(f"neu{i}" if i % 2 else wort for i, wort in enumerate(text.split()))


@pytest.fixture
def gerechnet(monkeypatch) -> list[int]:
    """What was asked of rapidfuzz, in steps; without a comparison that would take too much memory."""
    schritte = []

    class Reihe:
        def opcodes(self, alt, neu):
            schritte.append(wortvergleich._schritte(alt, neu))
            assert schritte[-1] <= grenzen.VERGLEICH_WORTE
            return LCSseq.opcodes(alt, neu)

    class Naehe:
        def normalized_similarity(self, alt, neu, **weitere):
            schritte.append(len(alt) * len(neu))
            return Indel.normalized_similarity(alt, neu, **weitere)

    monkeypatch.setattr(wortvergleich, "LCSseq", Reihe())
    monkeypatch.setattr(zuordnung, "Indel", Naehe())
    return schritte


# One paragraph


def test_two_half_equal_paragraphs_of_half_a_megabyte_are_not_compared_word_by_word(gerechnet):
    alt = absatz(90_000)
    neu = zur_haelfte_anders(alt)
    assert len(alt) > 471_000
    laeufe = markiere_laeufe((Lauf(text=alt),), (Lauf(text=neu),))
    for markierung in (markiere(alt, neu), "".join(lauf.text for lauf in laeufe)):
        assert gerechnet == []
        assert (alter_text(markierung), neuer_text(markierung)) == (alt, neu)
        html = als_html(markierung)
        assert html.startswith(HINWEIS)
        assert (html.count("<del>"), html.count("<ins>")) == (1, 1)


def test_a_single_word_is_found_in_a_paragraph_of_any_length(gerechnet):
    alt = absatz(90_000)
    neu = f"{alt[:200_000]} eingeschoben {alt[200_000:]}"
    assert als_html(markiere(alt, neu)).count("eingefügt:") == 1
    assert HINWEIS not in als_html(markiere(alt, neu))


def test_25_pages_in_one_paragraph_are_still_compared(gerechnet):
    alt = absatz(9_900)
    assert "\ufdd4" not in markiere(alt, zur_haelfte_anders(alt))
    assert gerechnet


def test_the_hint_stands_in_both_columns_of_the_synopse_and_in_no_attribute(monkeypatch):
    monkeypatch.setattr(grenzen, "VERGLEICH_WORTE", 3)
    markierung = markiere("alt eins", "neu zwei")
    assert HINWEIS in als_druck_html(nur_alt(markierung))
    assert HINWEIS in als_druck_html(nur_neu(markierung))
    assert als_html(f'<td data-label="{markierung}">') == '<td data-label="neu zwei">'


def test_a_typed_sign_is_no_hint():
    assert HINWEIS not in unterschied_html("\ufdd4 Kurse", "\ufdd4 Gute Kurse")


# Lists


def test_a_list_of_too_many_rows_is_not_paired_and_that_is_known(gerechnet):
    alt, neu = ([f"{name} {i}" for i in range(3000)] for name in ("Kurs", "Treff"))
    with begrenzt() as haushalt:
        paare = ordne_zu(alt, neu)
    assert haushalt.grob
    assert len(paare) == 6000
    assert all(None in paar for paar in paare)


def test_a_thousand_rows_are_paired():
    alt = [f"Der Kurs {i} findet am Abend statt" for i in range(1000)]
    with begrenzt() as haushalt:
        paare = ordne_zu(alt, [f"{zeile} und am Tag" for zeile in alt])
    assert not haushalt.grob
    assert paare == [(i, i) for i in range(1000)]


# A whole page


def test_many_long_paragraphs_share_what_a_page_may_cost(gerechnet, mache):
    texte = [absatz(9_000, saat) for saat in range(30)]
    alt = mache.dokument(*(mache.kapitel(i, f"K{i}", *mache.text(t)) for i, t in enumerate(texte)))
    neu = mache.dokument(
        *(mache.kapitel(i, f"K{i}", *mache.text(zur_haelfte_anders(t))) for i, t in enumerate(texte))
    )
    for vergleich in (lambda: vergleiche(alt, neu), lambda: markiert(alt, neu)):
        gerechnet.clear()
        vergleich()
        assert 0 < sum(gerechnet) <= grenzen.VERGLEICH_GESAMT


def test_what_one_page_has_spent_is_not_missing_on_the_next(mache, monkeypatch):
    monkeypatch.setattr(grenzen, "VERGLEICH_GESAMT", 100_000)
    alt = mache.dokument(mache.kapitel(1, "K", *mache.text("Kurse für alle Kinder.")))
    neu = mache.dokument(mache.kapitel(1, "K", *mache.text("Kurse für viele Kinder.")))
    for _ in range(20):
        (aenderung,) = vergleiche(alt, neu).aenderungen
        assert aenderung.wandel == (Wandel.GEAENDERT,)


# On the page


@pytest.fixture
def leserin(client, db):
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Eine Stadt für alle Menschen.\n\nMit Kursen am Abend.")
    festschreiben(konzept=konzept, art="entwurf", konto=None)
    konzept.abschnitte.update(text="Eine offene Stadt für viele Menschen.\n\nMit Kursen am Tag.")
    client.force_login(mache_benutzer(konzept.kommune, "lesen"))
    client.ort = f"{adresse(konzept)}?alt=1&neu=stand"
    return client


def test_the_page_says_at_the_place_what_was_too_long(leserin, monkeypatch):
    assert "ist zu lang, um ihn hier" not in leserin.get(leserin.ort).content.decode()
    monkeypatch.setattr(grenzen, "VERGLEICH_WORTE", 5)
    seite = leserin.get(leserin.ort).content.decode()
    assert "ist zu lang, um ihn hier" in seite
    assert "Eine offene Stadt für viele Menschen." in seite


def test_the_page_says_that_not_everything_could_be_paired(leserin, monkeypatch):
    assert GROB not in leserin.get(leserin.ort).content.decode()
    monkeypatch.setattr(grenzen, "VERGLEICH_ZEILEN", 1)
    seite = leserin.get(leserin.ort).content.decode()
    assert GROB in seite
    for wortlaut in ("Eine Stadt für alle Menschen.", "Eine offene Stadt für viele Menschen."):
        assert wortlaut in seite
    assert GROB in leserin.get(f"{leserin.ort}&wandel=neu").content.decode()
