"""Trees of every format are read strictly, and what is frozen does not follow the code."""

import json
import re
import subprocess
import sys
from decimal import Decimal

import msgspec
import pytest
from django.conf import settings

from konzept.dokument import baum, formate
from konzept.dokument.formate import von_1
from konzept.dokument.kostenuebersicht import kostenuebersicht
from tests import goldene
from tests.vollbaum import alle_arten, vollbaum


def voll(format: int = baum.FORMAT) -> dict:
    return json.loads(goldene.lies(goldene.ordner(format) / f"{goldene.VOLL}.json.gz"))


def lies(baum: dict) -> baum.Dokument:
    return formate.lies(json.dumps(baum).encode())


def knoten(wert):
    """All objects in a plain tree."""
    if isinstance(wert, dict):
        yield wert
    for teil in wert.values() if isinstance(wert, dict) else wert if isinstance(wert, list) else ():
        yield from knoten(teil)


# Strict


@pytest.mark.parametrize("format", range(1, baum.FORMAT + 1))
@pytest.mark.parametrize("feld", ["kurz", "laeufe", "positionen", "massnahmen", "slug", "kopf", "text"])
def test_a_field_that_the_format_does_not_have_is_refused_by_name(format, feld):
    """Wherever it stands: the first node that has the field `feld` gets another one, "ueberzaehlig"."""
    daten = voll(format)
    next(k for k in knoten(daten) if feld in k)["ueberzaehlig"] = ""
    with pytest.raises(msgspec.ValidationError, match="unknown field `ueberzaehlig`"):
        lies(daten)


def test_a_key_beside_a_word_is_no_field_of_format_1():
    """Strictly read, an old tree says nothing about what came later; the lift alone does."""
    daten = voll(1)
    daten["kommune"]["stand_schluessel"] = ""
    with pytest.raises(msgspec.ValidationError, match="stand_schluessel"):
        lies(daten)


@pytest.mark.parametrize("format", [0, -1, baum.FORMAT + 1, 10**30, "2", None, True, 2.5])
def test_a_format_that_is_not_known_is_refused(format):
    with pytest.raises(msgspec.ValidationError):
        lies(voll() | {"format": format})


@pytest.mark.parametrize("format", range(1, baum.FORMAT + 1))
@pytest.mark.parametrize(
    ("feld", "wert"), [("kapitel", 5), ("kapitel", [[]]), ("teile", [{"type": []}]), ("stand", ["entfallen"])]
)
def test_what_has_another_shape_is_refused(format, feld, wert):
    daten = voll(format)
    next(k for k in knoten(daten["kapitel"]) if feld in k)[feld] = wert
    with pytest.raises(msgspec.ValidationError):
        lies(daten)


# Whole


def test_every_field_is_written_whatever_it_holds():
    leer = baum.Massnahme(anker="massnahme-1", rn=1, nummer="1", kennung="1", titel="t")
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=(leer,)),))
    kommune = baum.Kommune(slug="s", name="S", kurzname="S", art="stadt")
    kapitel = baum.Kapitel(anker="abschnitt-1", titel="t", teile=(tabelle,))
    geschrieben = json.loads(baum.als_json(baum.Dokument(kommune=kommune, slug="k", titel="t", kapitel=(kapitel,))))
    felder = {frozenset(k) - {"type"} for k in knoten(geschrieben)}
    arten = (baum.Dokument, baum.Kommune, baum.Kapitel, baum.Massnahmentabelle, baum.Tabellenabschnitt,
             baum.Massnahme, baum.Kosten)  # fmt: skip
    assert felder == {frozenset(typ.__struct_fields__) for typ in arten}
    assert geschrieben["format"] == baum.FORMAT


@pytest.mark.parametrize("format", range(1, baum.FORMAT + 1))
def test_reading_says_the_format_of_today(format):
    assert lies(voll(format)).format == baum.FORMAT


# Format 1


def test_what_format_1_left_out_is_filled_in_as_it_was():
    """The table of the lift against the structure that format 1 had, as it was written down then."""
    namen = {typ.__name__: typ.__struct_config__.tag or typ.__name__ for typ in alle_arten().values()}
    vorgaben, teile = {}, {}
    for zeile in (goldene.ordner(1) / "aufbau.txt").read_text().splitlines():
        if not zeile.startswith(" "):
            name, _, kennung = zeile.partition(" ")
            art = kennung.strip("[]") or name
            vorgaben[art], teile[art] = {}, {}
            continue
        feld, typ, _, wert = re.fullmatch(r" +(\w+): (.*?)( = (.*))?", zeile).groups()
        if wert is not None and feld != "format":
            vorgaben[art][feld] = eval(wert, {"Kosten": dict, "Decimal": str})
        if innen := [namen[wort] for wort in re.findall(r"[A-Z]\w+", typ) if wort in namen]:
            teile[art][feld] = innen[0] if len(innen) == 1 else von_1.NACH_TYP
    assert {art: von_1.ARTEN[art].vorgaben for art in vorgaben} == vorgaben
    assert {art: von_1.ARTEN[art].teile for art in teile} == teile
    assert von_1.ARTEN.keys() == vorgaben.keys()


def test_the_same_tree_in_both_formats_is_the_same():
    assert lies(voll(1)) == lies(voll(2))


def test_lists_of_format_2_count_in_numbers():
    listen = [k for k in knoten(json.loads(baum.als_json(lies(voll(2))))) if "punkte" in k]
    assert {liste["zaehlung"] for liste in listen} == {""}
    daten = voll(2)
    next(k for k in knoten(daten) if "punkte" in k)["zaehlung"] = "a"
    with pytest.raises(msgspec.ValidationError, match="unknown field `zaehlung`"):
        lies(daten)


@pytest.mark.parametrize("format", range(1, 5))
def test_tables_of_format_4_have_no_title_and_are_aligned_to_nothing(format):
    tabellen = [k for k in knoten(json.loads(baum.als_json(lies(voll(format))))) if k.get("type") == "texttabelle"]
    assert tabellen
    assert all((t["titel"], t["ausrichtung"]) == ([], []) for t in tabellen)


@pytest.mark.parametrize("feld", ["titel", "ausrichtung"])
def test_in_format_4_such_a_field_is_refused(feld):
    daten = voll(4)
    next(k for k in knoten(daten) if k.get("type") == "texttabelle")[feld] = []
    with pytest.raises(msgspec.ValidationError, match=f"unknown field `{feld}`"):
        lies(daten)


@pytest.mark.parametrize(
    ("wort", "schluessel"),
    [
        ("Idee", "idee"),
        ("geplant", "geplant"),
        ("laufend", "laufend"),
        ("umgesetzt", "umgesetzt"),
        ("zurückgestellt", "zurueckgestellt"),
        ("entfallen", "entfallen"),
        ("", ""),
    ],
)
def test_the_words_of_format_1_get_their_keys(wort, schluessel):
    daten = voll(1)
    for massnahme in (k for k in knoten(daten) if "stand" in k and "kennung" in k):
        massnahme["stand"] = wort
    assert {(m.stand, m.stand_schluessel) for m in lies(daten).massnahmen()} == {(wort, schluessel)}


@pytest.mark.parametrize(
    ("wort", "schluessel"),
    [("Eigenmittel", "eigenmittel"), ("Fördermittel", "foerdermittel"), ("Drittmittel", "drittmittel"), ("", "")],
)
def test_so_do_the_sources_of_money(wort, schluessel):
    daten = voll(1)
    for position in (k for k in knoten(daten) if "finanzierung" in k):
        position["finanzierung"] = wort
    positionen = [p for m in lies(daten).massnahmen() for p in m.kosten.positionen]
    assert {(p.finanzierung, p.finanzierung_schluessel) for p in positionen} == {(wort, schluessel)}


def test_reading_needs_no_django():
    programm = "import sys, konzept.dokument.formate; print({'django', 'weasyprint'} & sys.modules.keys())"
    ergebnis = subprocess.run(
        [sys.executable, "-c", programm], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert ergebnis.stdout.strip() == "set()"


# Sums by key


def massnahme(stand, schluessel, *positionen) -> baum.Massnahme:
    kosten = baum.Kosten(positionen=positionen)
    return baum.Massnahme(anker="m", rn=1, nummer="1", kennung="1", titel="t", stand=stand, stand_schluessel=schluessel,
                          kosten=kosten)  # fmt: skip


def position(betrag, wort, schluessel) -> baum.Kostenposition:
    betrag = Decimal(betrag)
    anteile = (baum.Kostenanteil(jahr=2027, betrag=betrag),)
    return baum.Kostenposition(angabe=f"{betrag} €", betrag=betrag, anteile=anteile, finanzierung=wort,
                               finanzierung_schluessel=schluessel)  # fmt: skip


def test_sums_go_by_the_keys_and_keep_the_words_of_the_tree():
    """As if both had been called otherwise when the tree was frozen, and a source of money had been given up since."""
    massnahmen = (
        massnahme("fallengelassen", "entfallen", position(1, "Aus eigener Kasse", "eigenmittel")),
        massnahme("entfallen", "laufend", position(20, "Aus eigener Kasse", "eigenmittel")),
        massnahme("", "", position(300, "Stiftungen", "stiftung"), position(4000, "", "")),
    )
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=massnahmen),))
    kapitel = baum.Kapitel(anker="a", art="handlungsfeld", titel="t", teile=(tabelle,))
    kommune = baum.Kommune(slug="s", name="S", kurzname="S", art="stadt")
    (kosten,) = kostenuebersicht(baum.Dokument(kommune=kommune, slug="k", titel="t", kapitel=(kapitel,))).sichten
    assert [(zeile.titel, zeile.summe) for zeile in kosten.mittel] == [
        ("Aus eigener Kasse", 20), ("Stiftungen", 300), ("Ohne Angabe zur Finanzierung", 4000),
    ]  # fmt: skip
    assert kosten.summe.summe == 4320


def test_keys_are_no_words_of_the_document():
    assert not set(baum.SCHLUESSEL) - {f for typ in alle_arten().values() for f in typ.__struct_fields__}
    dokument = vollbaum()
    assert "foerdermittel" not in set(baum.texte(dokument))
    assert "Fördermittel" in set(baum.texte(dokument))
