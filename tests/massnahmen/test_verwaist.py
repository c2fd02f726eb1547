"""Rows whose relation leads nowhere neither stop nor hide anything else. The database and the forms refuse such rows,
so that here they live in memory only."""


import pytest

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept import trigger
from konzept.models import Abschnitt, Konzept
from konzept.vorgaenge.ort import PasstNicht, stelle_unter
from massnahmen.gliederung import Nummern
from massnahmen.models import Massnahme
from massnahmen.verwaist import Verwaist
from tests.fabrik import mache_abschnitt, mache_konzept

NACH_ZIEL = Konzept.Tabellenabschnitte.ZIEL


def mache_nummern(*, tabellenabschnitte=NACH_ZIEL, **weiter) -> Nummern:
    """Two fields; in the first Leitziel 11 with Handlungsziel 111, in the second Leitziel 21 with Handlungsziel 211."""
    felder = [Handlungsfeld(pk=pk, titel=f"Feld {pk}") for pk in (1, 2)]
    leitziele = [Leitziel(pk=11, handlungsfeld_id=1, titel="L 11"), Leitziel(pk=21, handlungsfeld_id=2, titel="L 21")]
    handlungsziele = [
        Handlungsziel(pk=111, handlungsfeld_id=1, leitziel_id=11, titel="H 111"),
        Handlungsziel(pk=211, handlungsfeld_id=2, leitziel_id=21, titel="H 211"),
        *weiter.pop("handlungsziele", ()),
    ]
    konzept = Konzept(tabellenabschnitte=tabellenabschnitte)
    return Nummern(konzept, [], felder, leitziele, handlungsziele, **weiter)


def tabelle(nummern: Nummern, feld: int) -> list[tuple[str, list[int]]]:
    hier = next(f for f in nummern.felder if f.pk == feld)
    return [(titel, [m.pk for m in massnahmen]) for titel, massnahmen in nummern.tabellenabschnitte(hier)]


@pytest.mark.parametrize("nennt", [{"handlungsziel_id": 211}, {"leitziel_id": 21}, {"leitziel_id": 99}])
def test_a_measure_whose_goal_is_in_another_field_stands_directly_in_its_own(nennt):
    fremd = Massnahme(pk=1, handlungsfeld_id=1, titel="Fremd", **nennt)
    eigen = Massnahme(pk=2, handlungsfeld_id=1, titel="Eigen", handlungsziel_id=111)
    nummern = mache_nummern(massnahmen=[fremd, eigen])
    assert tabelle(nummern, 1) == [("Handlungsziel 1.1", [2]), ("Zum Handlungsfeld insgesamt", [1])]
    assert nummern.ziel(fremd) is None
    assert nummern.ziel(eigen) == ("handlungsziel", 111)
    assert nummern.verwaist == {("massnahme", 1): Verwaist.ZIEL}
    assert [nummern[eigen], nummern[fremd]] == ["1", "2"]


def test_a_handlungsziel_whose_leitziel_is_in_another_field_is_one_without():
    fremd = Handlungsziel(pk=112, handlungsfeld_id=1, leitziel_id=21, titel="H 112")
    nummern = mache_nummern(handlungsziele=[fremd])
    assert [z.titel for z in nummern.ziele(nummern.felder[0])] == ["L 11", "H 111", "H 112"]
    assert [z.titel for z in nummern.ziele(nummern.felder[1])] == ["L 21", "H 211"]
    assert nummern[fremd] == "1"
    assert nummern.verwaist == {("handlungsziel", 112): Verwaist.ZIEL}


def test_what_is_struck_in_another_field_does_not_strike_what_only_names_it():
    fremd = Massnahme(pk=1, handlungsfeld_id=1, titel="Fremd", leitziel_id=31)
    weg = Leitziel(pk=31, handlungsfeld_id=2, titel="weg", fortschreibung="entfallen")
    felder = [Handlungsfeld(pk=pk, titel=f"Feld {pk}") for pk in (1, 2)]
    nummern = Nummern(Konzept(), [], felder, [weg], [], [fremd])
    assert nummern.massnahmen == [fremd]


@pytest.mark.parametrize("tabellenabschnitte", Konzept.Tabellenabschnitte.values)
def test_a_measure_of_a_struck_goal_is_listed_where_struck_ones_are(tabellenabschnitte):
    weg = Handlungsziel(pk=113, handlungsfeld_id=1, titel="weg", fortschreibung="erledigt")
    m = Massnahme(pk=1, handlungsfeld_id=1, titel="mit ihm", handlungsziel_id=113)
    nummern = mache_nummern(
        handlungsziele=[weg], massnahmen=[m], mit_gestrichenen=True, tabellenabschnitte=tabellenabschnitte
    )
    assert [pks for _, pks in tabelle(nummern, 1)] == [[1]]
    assert not nummern.verwaist


def test_an_unknown_umsetzungsstand_counts_as_none():
    nummern = mache_nummern(
        massnahmen=[Massnahme(pk=1, handlungsfeld_id=1, umsetzungsstand="unbekannt")],
        tabellenabschnitte=Konzept.Tabellenabschnitte.STAND,
    )
    assert tabelle(nummern, 1) == [("Ohne Angabe zum Umsetzungsstand", [1])]


# Abschnitte


def mache_gliederung(*oben: int | None) -> Nummern:
    """Abschnitte 1, 2, 3, … below the ones with these numbers."""
    abschnitte = [Abschnitt(pk=pk, titel=f"A {pk}", oberabschnitt_id=o) for pk, o in enumerate(oben, start=1)]
    return Nummern(Konzept(), abschnitte)


def folge(nummern: Nummern, oben=None) -> list:
    """The outline: (pk, number, what stands below), recursively."""
    return [(a.pk, nummern[a], folge(nummern, a.pk)) for a in nummern.unter[oben]]


def test_a_ring_stands_at_the_end_of_the_outline_with_all_that_hangs_on_it():
    nummern = mache_gliederung(3, None, 1, 3, 2)
    assert folge(nummern) == [(2, "1", [(5, "1.1", [])]), (1, "2", []), (3, "3", [(4, "3.1", [])])]
    assert nummern.verwaist == {("abschnitt", 1): Verwaist.RING, ("abschnitt", 3): Verwaist.RING}


def test_an_abschnitt_below_itself_or_below_none_that_is_there_stands_at_the_end():
    nummern = mache_gliederung(1, None, 77, 3)
    assert folge(nummern) == [(2, "1", []), (1, "2", []), (3, "3", [(4, "3.1", [])])]
    assert nummern.verwaist == {("abschnitt", 1): Verwaist.RING, ("abschnitt", 3): Verwaist.OBEN}


@pytest.mark.parametrize("laenge", [1, 2, 3, 60])
def test_every_abschnitt_of_any_ring_is_shown_once(laenge):
    nummern = mache_gliederung(*((pk % laenge) + 1 for pk in range(1, laenge + 1)), None)
    assert sorted(pk for pk, _, _ in folge(nummern)) == list(range(1, laenge + 2))


@pytest.mark.timeout(20)
@pytest.mark.django_db
def test_moving_beside_a_ring_ends_and_opens_it():
    """Nobody can make one; one from before could be there while the rules are down."""
    konzept = mache_konzept()
    eins, zwei, drei = (mache_abschnitt(konzept, f"A {i}") for i in range(3))
    trigger.reisse_ein()
    Abschnitt.objects.filter(pk=eins.pk).update(oberabschnitt=zwei)
    Abschnitt.objects.filter(pk=zwei.pk).update(oberabschnitt=eins)
    eins.refresh_from_db()
    for zeile, oben in ((drei, eins), (zwei, eins)):
        with pytest.raises(PasstNicht):
            stelle_unter(zeile, oben)
    stelle_unter(eins, konzept)
    assert eins.oberabschnitt is None
