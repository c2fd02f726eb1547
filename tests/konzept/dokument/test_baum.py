"""The tree: frozen values that go to JSON and back unchanged, and a checksum that depends on the content alone."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from konzept.austausch.einlesen import lade
from konzept.dokument import baum
from konzept.dokument.baum import als_json, pruefsumme, texte
from konzept.dokument.formate import lies
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fliesstext import lies_text

DATEIEN = sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"))

# Strings as a database can hold them: no lone surrogates, which UTF-8 cannot write.
WOERTER = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FREITEXT = (
    st.lists(st.one_of(WOERTER, st.sampled_from(["\n\n", "- a", "**x**", "|a|\n|-|", "1. b"])))
    .map("\n".join)
    .map(lies_text)
)
BETRAEGE = st.none() | st.decimals(0, 10**11, places=2)
TAGE = st.none() | st.dates()


def tupel(elemente):
    return st.lists(elemente, max_size=2).map(tuple)


JAHRE = st.integers(1900, 2199)
ANTEILE = st.builds(baum.Kostenanteil, jahr=st.none() | JAHRE, betrag=st.decimals(-(10**11), 10**11, places=2))
POSITIONEN = st.builds(
    baum.Kostenposition,
    angabe=WOERTER,
    betrag=BETRAEGE,
    anteile=tupel(ANTEILE),
    stellenjahre=tupel(JAHRE),
    programm=WOERTER,
)
MASSNAHMEN = st.builds(
    baum.Massnahme,
    anker=WOERTER,
    rn=st.integers(1, 10**6),
    nummer=WOERTER,
    kennung=WOERTER,
    titel=WOERTER,
    text=FREITEXT,
    von=TAGE,
    bis=TAGE,
    kosten=st.builds(baum.Kosten, offen=st.booleans(), wortlaut=WOERTER, positionen=tupel(POSITIONEN)),
    schritte=tupel(st.builds(baum.Schritt, anker=WOERTER, nummer=st.integers(1, 99), text=WOERTER)),
    sachstaende=tupel(st.builds(baum.Sachstand, datum=st.dates(), text=FREITEXT)),
)
TEILE = st.one_of(
    st.builds(baum.Hinweis, text=WOERTER),
    st.builds(baum.Gremienzeile, namen=tupel(WOERTER)),
    st.builds(
        baum.Massnahmentabelle,
        abschnitte=tupel(st.builds(baum.Tabellenabschnitt, titel=WOERTER, massnahmen=tupel(MASSNAHMEN))),
    ),
)
BLAETTER = st.builds(
    baum.Kapitel,
    anker=WOERTER,
    titel=WOERTER,
    nummer=WOERTER,
    teile=st.tuples(FREITEXT, st.lists(TEILE, max_size=2)).map(lambda t: (*t[0], *t[1])),
)
KAPITEL = st.recursive(
    BLAETTER,
    lambda kinder: st.builds(
        baum.Kapitel, anker=WOERTER, titel=WOERTER, kapitel=st.lists(kinder, max_size=2).map(tuple)
    ),
    max_leaves=4,
)
KOMMUNE = baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt")
DOKUMENTE = st.builds(
    baum.Dokument,
    kommune=st.just(KOMMUNE),
    slug=WOERTER,
    titel=WOERTER,
    stand=TAGE,
    gueltig_ab=st.none() | st.integers(1900, 2199),
    kapitel=st.lists(KAPITEL, max_size=3).map(tuple),
)


def dokument(**felder) -> baum.Dokument:
    return baum.Dokument(**{"kommune": KOMMUNE, "slug": "k", "titel": "Konzept"} | felder)


@given(DOKUMENTE)
def test_json_and_back_changes_nothing(d):
    zurueck = lies(als_json(d))
    assert zurueck == d
    assert als_json(zurueck) == als_json(d)
    assert pruefsumme(zurueck) == pruefsumme(d)


@pytest.mark.django_db
@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_json_and_back_changes_no_example(datei):
    for konzept in lade(datei).neu:
        d = stelle_zusammen(konzept)
        assert lies(als_json(d)) == d
        assert als_json(lies(als_json(d))) == als_json(d)
        assert als_json(d).decode()


def test_amounts_stay_exact():
    sicht = baum.Kostensicht(summe=_summe("0.10"))
    d = dokument(kapitel=(_kapitel(baum.Kostenuebersicht(spalten=(), sichten=(sicht,))),))
    assert b'"0.10"' in als_json(d)
    assert lies(als_json(d)).kapitel[0].teile[0].sichten[0].summe.summe == Decimal("0.10")


def _summe(betrag):
    return baum.Kostenzeile(titel="Summe", betraege=(), summe=Decimal(betrag))


def _kapitel(*teile):
    return baum.Kapitel(anker="a", titel="t", teile=teile)


@pytest.mark.parametrize("daten", [b"", b"{}", b"[]", b"null", b'{"titel": 1}', b"\xff"])
def test_what_is_no_tree_is_refused(daten):
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError)):
        lies(daten)


def test_a_tree_cannot_be_changed():
    d = dokument()
    with pytest.raises(AttributeError):
        d.titel = "Anders"
    assert hash(d) == hash(dokument())


def test_checksum_differs_with_every_difference():
    varianten = [
        dokument(),
        dokument(titel="Anders"),
        dokument(stand=date(2026, 11, 3)),
        dokument(kapitel=(_kapitel(),)),
        dokument(kapitel=(_kapitel(baum.Hinweis(text="a")),)),
        dokument(kapitel=(_kapitel(*lies_text("a")),)),
        dokument(kapitel=(_kapitel(*lies_text("**a**")),)),
        dokument(kapitel=(_kapitel(), _kapitel())),
    ]
    summen = [pruefsumme(d) for d in varianten]
    assert len(set(summen)) == len(varianten)
    assert all(len(s) == 64 and int(s, 16) for s in summen)


@pytest.mark.parametrize(
    ("ab", "bis", "text"),
    [
        (2027, 2032, "2027–2032"),
        (2027, None, "ab 2027"),
        (None, 2032, "bis 2032"),
        (2027, 2027, "2027"),
        (None, None, ""),
    ],
)
def test_validity_in_words(ab, bis, text):
    assert dokument(gueltig_ab=ab, gueltig_bis=bis).gueltigkeit == text


def test_all_chapters_with_their_depth_in_reading_order():
    unter = baum.Kapitel(anker="b", titel="b", kapitel=(baum.Kapitel(anker="c", titel="c"),))
    d = dokument(kapitel=(baum.Kapitel(anker="a", titel="a", kapitel=(unter,)), baum.Kapitel(anker="d", titel="d")))
    assert [(ebene, k.anker) for ebene, k in d.alle_kapitel()] == [(1, "a"), (2, "b"), (3, "c"), (1, "d")]


def test_texts_of_a_tree_leave_out_what_nobody_sees():
    d = dokument(kapitel=(_kapitel(*lies_text("Ein [Link](https://a.example).")),))
    gesehen = list(texte(d))
    assert [t for t in ("Konzept", "Link", "t") if t not in gesehen] == []
    assert not {"k", "s", "a", "https://a.example", KOMMUNE.akzentfarbe} & set(gesehen)


def test_the_tree_knows_nothing_of_django():
    """Importing it must not load Django, so that a stored version can be read by any program."""
    programm = "import sys, konzept.dokument.baum; print({'django', 'weasyprint'} & sys.modules.keys())"
    ergebnis = subprocess.run(
        [sys.executable, "-c", programm], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert ergebnis.stdout.strip() == "set()"
