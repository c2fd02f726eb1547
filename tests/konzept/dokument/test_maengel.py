"""One bad row never takes the whole: the document is put together around it, the log names it, and so do the pages of
those who can put it right. The database refuses most such rows, so that here builders fail or rows change in memory."""

from collections.abc import Iterator
from itertools import chain
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from konzept.austausch.einlesen import lade
from konzept.dokument import baum, formate, maengel
from konzept.dokument.bau import LUECKE
from konzept.dokument.html import kapitel_html
from konzept.dokument.maengel import FEHLT, FEHLT_ZUM_TEIL, FREMDER_AKTEUR, OHNE_BEZUG, UNBEKANNTE_ANGABE
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import Konzeptbau, stelle_mit_maengeln_zusammen
from konzept.models import Konzept
from massnahmen.gliederung import anker
from massnahmen.verwaist import Verwaist
from tests.scheitern import EINZELN, UEBERSCHRIFTEN, elemente, scheitert

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def konzept(bleibend, request) -> Iterator[Konzept]:
    with bleibend():
        lade(request.config.rootpath / "fixtures/musterstadt.yaml")
        yield Konzept.objects.mit_kommune().get(slug="integrationskonzept-2027-2032")


@pytest.fixture(scope="module")
def zeilen(konzept, django_db_blocker) -> Zeilen:
    """To be read only."""
    with django_db_blocker.unblock():
        return Zeilen(konzept)


# What the document holds


def ankernamen(knoten) -> list[str]:
    """The Anker of a part of the tree, in reading order, without those to which it only points."""
    return [k.anker for k in _knoten(knoten) if hasattr(k, "anker") and not _zeigt(k)]


def _knoten(wert) -> Iterator[Struct]:
    if isinstance(wert, Struct):
        yield wert
        for name in wert.__struct_fields__:
            yield from _knoten(getattr(wert, name))
    elif isinstance(wert, tuple):
        for teil in wert:
            yield from _knoten(teil)


def _zeigt(knoten) -> bool:
    return isinstance(knoten, baum.Verweis | baum.Kostenzeile)


def verloren(dokument: baum.Dokument, zeile, methode: str) -> set[str]:
    """The Anker that go with an element."""
    (hier,) = (k for k in _knoten(dokument) if getattr(k, "anker", "") == anker(zeile) and not _zeigt(k))
    if methode == "_liste_von":
        return {a for teil in hier.teile for a in ankernamen(teil)}
    if methode == "_massnahmen":
        return {a for teil in hier.kapitel if teil.anker.endswith("-massnahmen") for a in ankernamen(teil.teile)}
    return set() if zeile._meta.model_name in UEBERSCHRIFTEN else set(ankernamen(hier))


@given(daten=st.data())
def test_whatever_fails_everything_else_stands_where_it_stood_and_the_log_names_it(daten, zeilen):
    vorher, keine = stelle_mit_maengeln_zusammen(zeilen)
    assert not keine
    zeile, methode = daten.draw(st.sampled_from(elemente(zeilen)))
    maengel._gesagt.clear()
    with scheitert(zeile, methode) as log:
        nachher, (mangel,) = stelle_mit_maengeln_zusammen(zeilen)
    weg = verloren(vorher, zeile, methode)
    assert ankernamen(nachher) == [a for a in ankernamen(vorher) if a not in weg]
    assert {k.anker for k in _knoten(nachher) if _zeigt(k) and k.anker} <= set(ankernamen(nachher))
    assert mangel.anker == anker(zeile)
    assert mangel.satz == (FEHLT_ZUM_TEIL if zeile._meta.model_name in UEBERSCHRIFTEN else FEHLT)
    (aufruf,) = log.call_args_list
    assert aufruf.args[0] % aufruf.args[1:] == (
        f"{anker(zeile)} in musterstadt/integrationskonzept-2027-2032 cannot be shown"
    )


@given(daten=st.data())
def test_several_at_once_are_all_named(daten, zeilen):
    massnahmen = daten.draw(st.sets(st.sampled_from([m.pk for m in zeilen.nummern.massnahmen]), min_size=1))
    echt = Konzeptbau._massnahme

    def baue(selbst, m):
        return 1 / 0 if m.pk in massnahmen else echt(selbst, m)

    with patch.object(Konzeptbau, "_massnahme", baue), patch.object(maengel.log, "exception"):
        dokument, gefunden = stelle_mit_maengeln_zusammen(zeilen)
    assert {m.anker for m in gefunden} == {f"massnahme-{pk}" for pk in massnahmen}
    assert {m.anker for m in dokument.massnahmen()} == {
        anker(m) for m in zeilen.nummern.massnahmen if m.pk not in massnahmen
    }
    assert formate.lies(baum.als_json(dokument)) == dokument


def test_the_randnummern_have_no_gap(konzept, zeilen):
    with scheitert(zeilen.nummern.massnahmen[3], "_massnahme"):
        dokument, _ = stelle_mit_maengeln_zusammen(zeilen)
    gezaehlt = [k.rn for k in _knoten(dokument) if getattr(k, "rn", None)]
    assert sorted(gezaehlt) == list(range(1, len(gezaehlt) + 1))


@pytest.mark.parametrize("methode", sorted({*EINZELN.values(), *chain(*UEBERSCHRIFTEN.values())}))
def test_a_document_in_which_nothing_of_a_kind_can_be_shown_says_so_and_is_one(methode, zeilen):
    with patch.object(Konzeptbau, methode, side_effect=KeyError), patch.object(maengel.log, "exception") as log:
        dokument, gefunden = stelle_mit_maengeln_zusammen(zeilen)
    assert len(gefunden) == log.call_count > 1
    assert formate.lies(baum.als_json(dokument)) == dokument
    html = "".join(map(kapitel_html, dokument.kapitel))
    if methode not in {"_zieltext", "_indikator", "_handlungsziel"}:  # of these no list consists
        assert LUECKE.text in html


def test_a_text_on_which_the_reader_chokes_takes_only_its_element(konzept, caplog):
    zeilen = Zeilen(konzept)
    zeilen.nummern.massnahmen[0].text = None
    dokument, (mangel,) = stelle_mit_maengeln_zusammen(zeilen)
    assert mangel.satz == FEHLT
    assert mangel.art == "Maßnahme"
    assert f"{mangel.anker} in musterstadt/" in caplog.text
    assert "Traceback" in caplog.text
    assert len(list(dokument.massnahmen())) == len(zeilen.nummern.massnahmen) - 1


# What is passed over


def nur(konzept, aendere) -> tuple[Zeilen, baum.Dokument, maengel.Mangel]:
    """The one thing that is named once `aendere(zeilen)` has broken something."""
    zeilen = Zeilen(konzept)
    aendere(zeilen)
    dokument, (mangel,) = stelle_mit_maengeln_zusammen(zeilen)
    return zeilen, dokument, mangel


def gebaut(dokument, zeile) -> baum.Massnahme:
    return next(m for m in dokument.massnahmen() if m.anker == anker(zeile))


def test_an_akteur_of_another_kommune_is_not_named(konzept, caplog):
    def aendere(zeilen):
        zeilen.massnahme = next(m for m in zeilen.nummern.massnahmen if zeilen.beteiligte["massnahme", m.pk])
        fremd, _ = zeilen.beteiligte["massnahme", zeilen.massnahme.pk][0]
        for schluessel in list(zeilen.beteiligte):
            if schluessel != ("massnahme", zeilen.massnahme.pk):
                zeilen.beteiligte[schluessel] = [b for b in zeilen.beteiligte[schluessel] if b[0] != fremd]
        zeilen.kurz = zeilen.akteure.pop(fremd).kurz

    zeilen, dokument, mangel = nur(konzept, aendere)
    assert (mangel.anker, mangel.satz) == (anker(zeilen.massnahme), FREMDER_AKTEUR)
    assert zeilen.kurz not in {b.kurz for b in gebaut(dokument, zeilen.massnahme).beteiligte}
    assert f"{mangel.anker} in musterstadt/" in caplog.text


@pytest.mark.parametrize(("feld", "gezeigt"), [("umsetzungsstand", "stand"), ("prioritaet", "prioritaet")])
def test_a_choice_that_does_not_exist_is_left_out_and_the_rest_stays(feld, gezeigt, konzept):
    zeilen, dokument, mangel = nur(konzept, lambda z: setattr(z.nummern.massnahmen[0], feld, "quatsch"))
    m = gebaut(dokument, zeilen.nummern.massnahmen[0])
    assert mangel.satz == UNBEKANNTE_ANGABE
    assert getattr(m, gezeigt) == ""
    assert m.titel == zeilen.nummern.massnahmen[0].titel


@pytest.mark.parametrize("feld", ["finanzierung", "haushalt", "art"])
def test_an_amount_with_a_choice_that_does_not_exist_is_summed(feld, konzept):
    zeilen = Zeilen(konzept)
    gruppe = next(g for g in zeilen.kostenpositionen.values() if g and g[0].angabe.verstanden)
    gruppe[0] = gruppe[0]._replace(**{feld: "quatsch"})
    dokument, gefunden = stelle_mit_maengeln_zusammen(zeilen)
    assert any(isinstance(k, baum.Kostenuebersicht) for k in _knoten(dokument))
    assert {m.satz for m in gefunden} <= {UNBEKANNTE_ANGABE}


def test_an_indicator_of_nothing_in_this_concept_is_named(konzept):
    def aendere(zeilen):
        zeilen.verlegt = zeilen.indikatoren["kontext", 0].pop()
        zeilen.indikatoren["massnahme", 0].append(zeilen.verlegt)

    zeilen, _, mangel = nur(konzept, aendere)
    assert (mangel.anker, mangel.satz) == (anker(zeilen.verlegt), OHNE_BEZUG)


def test_a_goal_in_another_field_and_a_ring_are_named(konzept):
    zeilen = Zeilen(konzept)
    n = zeilen.nummern
    m = next(m for m in n.massnahmen if m.handlungsziel_id)
    m.handlungsziel_id = next(z.pk for z in n.handlungsziele if z.handlungsfeld_id != m.handlungsfeld_id)
    eins, zwei = [a for a in n.abschnitte if a.oberabschnitt_id is None][:2]
    eins.oberabschnitt_id, zwei.oberabschnitt_id = zwei.pk, eins.pk
    zeilen.nummern = type(n)(konzept, n.abschnitte, n.felder, n.leitziele, n.handlungsziele, n.massnahmen)
    dokument, gefunden = stelle_mit_maengeln_zusammen(zeilen)
    assert {(g.anker, g.satz) for g in gefunden} == {
        (anker(eins), Verwaist.RING),
        (anker(zwei), Verwaist.RING),
        (anker(m), Verwaist.ZIEL),
    }
    assert [k.anker for k in dokument.kapitel][-2:] == [anker(eins), anker(zwei)]
    assert gebaut(dokument, m).ziel is None
