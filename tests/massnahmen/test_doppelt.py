"""Two elements that print with one number: both are named, and what repeats by design is not."""

import pytest

from konzept.dokument.zeilen import Zeilen
from massnahmen.doppelt import doppelte, mit_derselben_nummer
from massnahmen.gliederung import lade_gliederung
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    return mache_konzept()


def doppelt(konzept) -> dict[str, list[str]]:
    """The titles of those that bear the number of the element with this title."""
    zeilen = Zeilen(konzept)
    n = zeilen.nummern
    titel = {f"{z._meta.model_name}-{z.pk}": z.titel for z in (*n.abschnitte, *n.felder, *n.leitziele)}
    titel |= {f"{z._meta.model_name}-{z.pk}": z.titel for z in (*n.handlungsziele, *n.massnahmen)}
    return {titel[name]: [z.titel for z in andere] for name, andere in doppelte(n).items()}


def test_measures_of_one_field_with_one_typed_number_name_each_other(konzept):
    feld = mache_feld(konzept, "Sprache", nummer="1.1")
    for titel in ("A", "B", "C"):
        mache_massnahme(feld, titel=titel, nummer="7a")
    mache_massnahme(feld, titel="D")
    assert doppelt(konzept) == {"A": ["B", "C"], "B": ["A", "C"], "C": ["A", "B"]}


def test_a_typed_number_meets_no_counted_one_beside_it_but_that_of_another_field(konzept):
    feld, ohne = mache_feld(konzept, "Sprache", nummer="1.1"), mache_feld(konzept, "Wohnen", zaehlung="ohne")
    mache_massnahme(feld, titel="gezählt")
    mache_massnahme(feld, titel="getippt", nummer="1")
    assert doppelt(konzept) == {}
    mache_massnahme(ohne, titel="dort", nummer="1.1-2")
    assert doppelt(konzept) == {"gezählt": ["dort"], "dort": ["gezählt"]}


def test_the_whole_name_counts_across_fields(konzept):
    eins, ohne = mache_feld(konzept, "Sprache", nummer="1.1"), mache_feld(konzept, "Wohnen", zaehlung="ohne")
    mache_massnahme(eins, titel="A", nummer="7a")
    mache_massnahme(ohne, titel="B", nummer="1.1-7a")
    assert doppelt(konzept) == {"A": ["B"], "B": ["A"]}


def test_a_typed_number_is_known_in_all_fields_without_one(konzept):
    felder = [mache_feld(konzept, titel, zaehlung="ohne") for titel in ("Sprache", "Wohnen", "Arbeit")]
    mache_massnahme(felder[0], titel="A", nummer="7")
    mache_massnahme(felder[1], titel="B")
    assert doppelt(konzept) == {}
    hier = mache_massnahme(felder[2], titel="C", nummer="7")
    assert doppelt(konzept) == {"A": ["C"], "C": ["A"]}
    nummern, _ = lade_gliederung(konzept, felder[2])
    assert [m.titel for m in mit_derselben_nummer(hier, nummern)] == ["A"]


def test_it_is_the_fields_that_are_named_where_they_bear_one_number(konzept):
    for titel in ("Sprache", "Wohnen"):
        mache_massnahme(mache_feld(konzept, titel, nummer="4"), titel=f"M {titel}")
    assert doppelt(konzept) == {"Sprache": ["Wohnen"], "Wohnen": ["Sprache"]}


def test_what_is_struck_bears_no_number(konzept):
    feld = mache_feld(konzept, "Sprache")
    alt = mache_massnahme(feld, titel="A", nummer="7a")
    mache_massnahme(feld, titel="B", nummer="7a", fortschreibung="entfallen", vorgaenger=alt)
    assert doppelt(konzept) == {}


def test_goals_are_compared_with_those_of_their_kind_in_the_field(konzept):
    feld, anderes = mache_feld(konzept, "Sprache"), mache_feld(konzept, "Wohnen")
    leitziele = [mache_leitziel(feld, titel=titel, nummer="1") for titel in ("L1", "L2")]
    mache_leitziel(anderes, titel="L3", nummer="1")
    for leitziel in leitziele:
        mache_handlungsziel(feld, leitziel=leitziel, titel=f"zu {leitziel.titel}")
    mache_handlungsziel(feld, titel="lose", nummer="1")
    assert doppelt(konzept) == {"L1": ["L2"], "L2": ["L1"]}


def test_chapters_and_fields_stand_in_one_outline(konzept):
    oben = mache_abschnitt(konzept, titel="Felder", inhalt="handlungsfelder")
    mache_feld(konzept, "Sprache")
    mache_abschnitt(konzept, titel="Nachsatz", nummer="1.1", oberabschnitt=oben)
    assert doppelt(konzept) == {"Sprache": ["Nachsatz"], "Nachsatz": ["Sprache"]}


def test_parts_begin_anew_by_design(konzept):
    for titel in ("Teil eins", "Teil zwei"):
        teil = mache_abschnitt(konzept, titel=titel, zaehlung="teil")
        mache_abschnitt(konzept, titel=f"darin {titel}", nummer="1", oberabschnitt=teil)
        mache_abschnitt(konzept, titel=f"Absatz {titel}", nummer="a", oberabschnitt=teil)
    assert doppelt(konzept) == {}


def test_the_form_of_a_measure_names_the_others(client, konzept):
    mache_abschnitt(konzept, inhalt="handlungsfelder")
    eins, ohne = mache_feld(konzept, "Sprache", nummer="1.1"), mache_feld(konzept, "Wohnen", zaehlung="ohne")
    hier = mache_massnahme(eins, titel="A", nummer="7a")
    dort = mache_massnahme(ohne, titel="B", nummer="1.1-7a")
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    for eine, andere in ((hier, dort), (dort, hier)):
        seite = seite_von(client.get(adresse(konzept, "massnahmen", str(eine.pk), "bearbeiten")))
        (hinweis,) = seite.xpath("//p[@id='gleiche-nummer']")
        assert text(hinweis) == f"Die Nummer 1.1-7a trägt auch Maßnahme „{andere.titel}“."
        assert hinweis.find("a").get("href") == adresse(konzept, "massnahmen", str(andere.pk), "bearbeiten")
    Massnahme.objects.filter(pk=dort.pk).update(nummer="8")
    seite = seite_von(client.get(adresse(konzept, "massnahmen", str(hier.pk), "bearbeiten")))
    assert not seite.xpath("//p[@id='gleiche-nummer']")


@pytest.mark.parametrize(("nummer", "abfragen"), [("7a", 1), ("", 0)])
def test_the_form_asks_once_at_most(nummer, abfragen, konzept, django_assert_num_queries):
    feld = mache_feld(konzept, "Sprache")
    massnahme = Massnahme.objects.fuer_formular().get(pk=mache_massnahme(feld, nummer=nummer).pk)
    for nr in range(3):
        mache_massnahme(mache_feld(konzept, f"Feld {nr}"), nummer="7a")
    nummern, _ = lade_gliederung(massnahme.konzept, massnahme.handlungsfeld)
    with django_assert_num_queries(abfragen):
        mit_derselben_nummer(massnahme, nummern)
