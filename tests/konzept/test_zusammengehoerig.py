"""Wherever two references of a row lead to the same kind of row, it is said whether they have to lead to the same one.

A new foreign key that makes such a pair fails here until it is held by the database (a Mauer, or a Verbund of columns),
or stands among the exceptions with its reason.

It is enough to look at the first references of each row: from there on, every way to a Kommune, a concept, a field …
leads to the same one, since the rows on it are held together by pairs of their own.
"""

from functools import cache
from itertools import combinations
from typing import NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from konzept.mauern import Mauer, felder_auf, regeln
from konzept.models import Kommune
from konzept.models.verbund import verbunde

LAENGE = 6
"""So many references a way has at most."""

JENSEITS = {settings.AUTH_USER_MODEL}
"""Accounts belong to no Kommune: that two references lead to accounts says nothing."""


class Paar(NamedTuple):
    """Two references of a model that both lead to rows of the kind `ziel`."""

    modell: type[models.Model]
    einer: str
    anderer: str
    ziel: type[models.Model]

    def __str__(self):
        return f"{self.modell.__name__}: {self.einer} {self.anderer} → {self.ziel.__name__}"

    def gleicht(self, beide: frozenset) -> bool:
        return beide == {self.einer, self.anderer}


AUSNAHMEN: dict[str, str] = {
    "hangs at one goal or at the other, never at both (massnahme_haengt_an_einem_ziel)": """
        Massnahme: leitziel handlungsziel""",
    "belongs to the measure or to one of its steps (zustaendigkeit_massnahme_oder_schritt)": """
        Zustaendigkeit: massnahme schritt""",
    "belongs to exactly one of them (indikator_art_und_bezug)": """
        Indikator: leitziel handlungsziel
        Indikator: leitziel massnahme
        Indikator: handlungsziel massnahme""",
    "agree by way of the field, which is never empty then (indikator_wirkt_in_einem_feld)": """
        Indikator: konzept leitziel
        Indikator: konzept handlungsziel
        Indikator: konzept massnahme""",
    "the Vorlage has the draft before it as its annex, the decision stands at what was frozen afterwards": """
        Beschluss: fassung station → Fassung""",
    "a Synopse has the state from which it goes, an earlier concept's too, and the one up to which it goes": """
        WeitereAnlage: vorlage alt → Fassung
        WeitereAnlage: vorlage alt → Konzept
        WeitereAnlage: vorlage neu → Fassung
        WeitereAnlage: alt neu → Fassung
        WeitereAnlage: alt neu → Konzept""",
    "what was said about an earlier draft lies beside the one that is laid before the council": """
        WeitereAnlage: vorlage runde → Fassung""",
    "is a Synopse or an Abwägungstabelle (anlage_art_und_bezug)": """
        WeitereAnlage: alt runde
        WeitereAnlage: neu runde""",
}
"""Reason → pairs of references that need not agree; without a goal in whatever they lead to."""

VORGAENGER = "vorgaenger"
"""What carries an element of an earlier concept on shares nothing with it but the Kommune."""


@cache
def _eigene() -> list[type[models.Model]]:
    """The models of the project, and the rows behind their many-to-many lists."""
    wurzel = settings.BASE_DIR
    return [
        modell
        for modell in apps.get_models(include_auto_created=True)
        if (wurzel / modell._meta.app_config.module.__name__.replace(".", "/")).is_dir()
    ]


@cache
def _bezuege(modell) -> list[models.ForeignKey]:
    felder = (feld for feld in modell._meta.concrete_fields if feld.is_relation)
    return [f for f in felder if f.related_model in _eigene() and f.related_model._meta.label not in JENSEITS]


@cache
def _erreicht(feld: models.ForeignKey) -> set[type[models.Model]]:
    """To what kinds of rows a reference leads, in at most LAENGE steps. A reference of a model to itself leads to what
    the row itself leads to, so that it counts as a first step only."""
    gefunden, rand = {feld.related_model}, {feld.related_model}
    for _ in range(LAENGE - 1):
        bezuege = (feld for modell in rand for feld in _bezuege(modell) if feld.related_model is not modell)
        rand = {feld.related_model for feld in bezuege} - gefunden
        gefunden |= rand
    return gefunden


def paare() -> list[Paar]:
    """Every two references of a row that lead to the same kind of row."""
    return [
        Paar(modell, einer.name, anderer.name, ziel)
        for modell in _eigene()
        for einer, anderer in combinations(_bezuege(modell), 2)
        for ziel in sorted(_erreicht(einer) & _erreicht(anderer), key=lambda m: m.__name__)
    ]


# What holds them together


def _gehalten() -> set[tuple]:
    """(model, both references, the kind of row at which they agree), as the database holds it."""
    mauern = (regel for regel in regeln() if isinstance(regel, Mauer))
    haelt = {(m.modell, frozenset(weg.split("__")[0] for weg in m.wege), m.ende) for m in mauern}
    for modell in _eigene():
        for verbund in verbunde(modell):
            ziel = modell._meta.get_field(verbund.gemeinsam).related_model
            haelt.add((modell, frozenset({verbund.gemeinsam, verbund.verweis}), ziel))
    return haelt


def _liste(text: str):
    """The lines "Modell: einer anderer → Ziel", the Ziel None where none is named."""
    nach_namen = {modell.__name__: modell for modell in _eigene()}
    for zeile in filter(None, map(str.strip, text.splitlines())):
        vorn, _, ziel = zeile.partition(" → ")
        modell, _, felder = vorn.partition(": ")
        yield nach_namen[modell], frozenset(felder.split()), nach_namen.get(ziel)


def _ausgenommen(paar: Paar) -> bool:
    if VORGAENGER in (paar.einer, paar.anderer) and paar.ziel is not Kommune:
        return True
    zeilen = (zeile for text in AUSNAHMEN.values() for zeile in _liste(text))
    return any(
        modell is paar.modell and paar.gleicht(beide) and ziel in (None, paar.ziel) for modell, beide, ziel in zeilen
    )


def _uneins() -> list[Paar]:
    """The pairs of which nothing says whether they agree."""
    haelt = _gehalten()
    return [paar for paar in paare() if not _ausgenommen(paar) and not _folgt(paar, haelt)]


def _folgt(paar: Paar, haelt: set[tuple]) -> bool:
    """Whether a pair is held together: itself, at a row before (one field has one concept), or by way of a third
    reference that is never empty."""
    einer, anderer = (paar.modell._meta.get_field(name) for name in (paar.einer, paar.anderer))
    if _haelt(einer, anderer, paar.ziel, haelt):
        return True
    dritte = (f for f in _bezuege(paar.modell) if not f.null and f not in (einer, anderer))
    return any(_haelt(einer, f, paar.ziel, haelt) and _haelt(f, anderer, paar.ziel, haelt) for f in dritte)


def _haelt(einer, anderer, ziel, haelt: set[tuple]) -> bool:
    beide = frozenset({einer.name, anderer.name})
    return any(
        modell is einer.model and namen == beide and (davor is ziel or ziel in _hinter(davor))
        for modell, namen, davor in haelt
    )


def _hinter(modell) -> set[type[models.Model]]:
    """What one row of this kind leads to: where two references lead to it, they lead to the same one of these too."""
    return set().union(*(_erreicht(feld) for feld in _bezuege(modell)))


# The tests


def test_of_every_two_references_it_is_said_whether_they_agree():
    assert not [str(paar) for paar in _uneins()]


@pytest.mark.parametrize("liste", AUSNAHMEN.values())
def test_no_line_outlives_its_pair(liste):
    alle = paare()
    for modell, beide, ziel in _liste(liste):
        treffer = [p for p in alle if p.modell is modell and p.gleicht(beide) and ziel in (None, p.ziel)]
        assert treffer, (modell.__name__, sorted(beide))


def test_an_exception_by_a_condition_names_one_that_is_there():
    namen = {bedingung.name for modell in _eigene() for bedingung in modell._meta.constraints}
    genannt = {grund.partition("(")[2].strip(")") for grund in AUSNAHMEN if "(" in grund}
    assert genannt <= namen


def test_the_pairs_are_found():
    """Among them those that lead over lists, over several rows, and to another row of the same kind."""
    gefunden = {str(paar) for paar in paare()}
    assert {
        "Massnahme_zielgruppen: massnahme zielgruppe → Kommune",
        "Zustaendigkeit: schritt akteur → Kommune",
        "Runde_gremien: runde gremium → Kommune",
        "Massnahme: vorgaenger handlungsfeld → Kommune",
        "Punktergebnis: station punkt → Vorlage",
        "Mitgliedschaft: kommune akteur → Kommune",
    } <= gefunden


@pytest.mark.parametrize("satz", [regel.satz for regel in regeln() if isinstance(regel, Mauer)])
def test_without_any_single_wall_a_pair_is_found_open(satz, monkeypatch):
    """No wall is there for nothing, and the search above would find each of them missing."""
    uebrig = [regel for regel in regeln() if regel.satz != satz]
    monkeypatch.setattr("tests.konzept.test_zusammengehoerig.regeln", lambda: uebrig)
    assert _uneins()


@pytest.mark.parametrize("name", [verbund.name for modell in _eigene() for verbund in verbunde(modell)])
def test_without_any_single_verbund_a_pair_is_found_open(name, monkeypatch):
    """But for those with a wall beside them, which holds where a column is empty."""
    uebrig = {modell: [v for v in verbunde(modell) if v.name != name] for modell in _eigene()}
    monkeypatch.setattr("tests.konzept.test_zusammengehoerig.verbunde", uebrig.get)
    assert _uneins()


def test_on_a_way_over_a_wall_nothing_but_the_first_reference_may_be_missing():
    """A row on the way without its next reference would be beside every wall."""
    for regel in regeln():
        for weg in regel.wege:
            assert not any(feld.null for feld in felder_auf(regel.modell, weg)[1:]), regel.satz
