"""What `docs/summen.md` tells a treasurer is what the program does: each example is counted."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from massnahmen import geld
from massnahmen.kosten import Grund, Rahmen, rechne, stellenjahre
from massnahmen.zeitraum import lies

TEXT = (settings.BASE_DIR / "docs" / "summen.md").read_text()
GRUENDE = {"nicht beziffert": Grund.UNBEZIFFERT, "andere Währung": Grund.WAEHRUNG}
"""The words of the table for what does not count."""


def tabellen() -> Iterator[list[dict[str, str]]]:
    """Each table as its rows, by the heads of their cells."""
    for block in re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE):
        kopf, _, *zeilen = ([zelle.strip() for zelle in z.strip("|\n").split("|")] for z in block.splitlines())
        yield [dict(zip(kopf, zeile, strict=True)) for zeile in zeilen]


def zeilen(*kopf: str) -> list[dict[str, str]]:
    return [zeile for tabelle in tabellen() for zeile in tabelle if {*kopf} <= zeile.keys()]


def jahre_in(zelle: str) -> tuple[int | None, int | None]:
    jahre = [int(jahr) for jahr in re.findall(r"\d{4}", zelle)]
    return (jahre[0], jahre[1] if len(jahre) > 1 else None) if jahre else (None, None)


def genannte_jahre(satz: str) -> set[int | None]:
    """ "2027 bis 2032", "2028, 2029", "ohne Jahr"."""
    jahre = {int(jahr) for jahr in re.findall(r"(?<![\d.])20\d\d(?![\d.])", satz)}
    for von, bis in re.findall(r"(20\d\d) bis (20\d\d)", satz):
        jahre |= set(range(int(von), int(bis) + 1))
    return jahre | ({None} if "ohne Jahr" in satz else set())


BEISPIELE = zeilen("Betrag", "Zeitraum der Maßnahme", "zählt")


@pytest.mark.parametrize("zeile", BEISPIELE, ids=lambda zeile: " ".join(zeile.values())[:70])
def test_every_example_counts_as_it_says(zeile):
    zeitraum = lies(zeile["Zeitraum der Maßnahme"].strip("–"))
    rechnung = rechne(geld.lies(zeile["Betrag"]), *jahre_in(zeile.get("Jahr", "")), Rahmen(zeitraum, 2027, 2032))
    satz = zeile["zählt"].replace("**", "")
    if "nicht berechenbar" in satz or "nicht gezählt" in satz:
        assert rechnung.grund
        return
    if "gedruckt als" in satz:
        assert f"„({rechnung.zeit})“" in satz
    if "außerhalb" in satz:
        assert "außerhalb" in rechnung.hinweis
    satz = satz.partition("; gedruckt")[0].partition(":")[0].partition(", mit")[0]
    danach = sum(betrag for jahr, betrag in rechnung.anteile if jahr and jahr > 2032)
    assert bool(danach) == ("nach 2032" in satz)
    if danach:
        assert f"{geld.euro(danach)} nach 2032".replace("\u00a0", " ") in satz
        satz = satz.partition(" und ")[0]
    innen = {jahr: betrag for jahr, betrag in rechnung.anteile if not (jahr and jahr > 2032)}
    assert genannte_jahre(satz) == innen.keys()
    betraege = {geld.lies(betrag).betrag for betrag in re.findall(r"[\d.]+ €", satz)}
    assert betraege == set(innen.values())


LESARTEN = zeilen("getippt", "gelesen als")


@pytest.mark.parametrize("zeile", LESARTEN, ids=lambda zeile: zeile["getippt"])
def test_every_spelling_is_read_as_it_says(zeile):
    getippt, gelesen = re.findall(r"`([^`]+)`", zeile["getippt"]), zeile["gelesen als"]
    if "mehrdeutig" in gelesen:
        for text in getippt:
            with pytest.raises(geld.GeldFehler) as fehler:
                geld.lies(text)
            assert fehler.value.lesarten
        return
    rechnungen = [rechne(geld.lies(text), 2027, None, Rahmen()) for text in getippt]
    if grund := next((grund for worte, grund in GRUENDE.items() if worte in gelesen), None):
        assert {rechnung.grund for rechnung in rechnungen} == {grund}
    elif "Einsparung" in gelesen:
        assert all(rechnung.summe < 0 for rechnung in rechnungen)
    else:
        betraege = [geld.lies(betrag).betrag for betrag in re.findall(r"[\d.]+ €", gelesen)]
        erwartet = betraege if "·" in gelesen else betraege[-1:] * len(getippt)
        assert [rechnung.summe for rechnung in rechnungen] == erwartet


def test_the_two_views_of_a_budget_add_up_as_it_says():
    *positionen, summe = zeilen("Position", "Haushalt", "Ergebnishaushalt", "Finanzhaushalt")
    for sicht in ("Ergebnishaushalt", "Finanzhaushalt"):
        betraege = [geld.lies(zeile["Position"]).betrag for zeile in positionen if zeile[sicht] != "–"]
        assert sum(betraege) == geld.lies(summe[sicht].strip("*")).betrag
        assert all((zeile["Haushalt"] in (sicht, "keine Angabe")) == (zeile[sicht] != "–") for zeile in positionen)


def test_the_posts_stand_in_the_years_that_it_says():
    *positionen, _ = zeilen("Position", "VZÄ", "höchster Stand")
    assert len(positionen) == 3
    for zeile in positionen:
        angabe = zeile["Position"].partition(" (")[0].partition(", ")[0]
        wert = geld.lies("" if angabe == "ohne Betrag" else angabe)
        jahre = stellenjahre(wert, *jahre_in(zeile["Position"]), Rahmen(None, 2027, 2029))
        assert {jahr for jahr in ("2027", "2028", "2029") if zeile[jahr] != "0"} == set(map(str, jahre))
        assert zeile["VZÄ"] == zeile["höchster Stand"]


def test_there_are_examples_of_everything():
    assert len(BEISPIELE) >= 18
    assert len(LESARTEN) >= 10
