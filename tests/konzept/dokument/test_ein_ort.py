"""Each content stands in one place of the document, and what points to it finds it there."""

import re
from collections import Counter

import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.html import druck_html, kapitel_html
from konzept.dokument.zusammenstellung import STEHEN, stelle_zusammen
from konzept.models import Abschnitt, Konzept
from massnahmen.gliederung import anker
from massnahmen.models import Massnahme
from tests.fabrik import mache_abschnitt, mache_fuelle, mache_konzept

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    """A concept with two rows of every kind."""
    konzept = mache_konzept()
    mache_fuelle(konzept, 2)
    return konzept


def dokument(konzept) -> baum.Dokument:
    return stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))


def kapitel_von(abschnitt) -> baum.Kapitel:
    alle = dokument(abschnitt.konzept).alle_kapitel()
    return next(k for _, k in alle if k.anker == anker(abschnitt))


def pruefe_verweise(html: str) -> None:
    """Every Anker stands once, and every link inside the document leads to one."""
    mehrfach = [name for name, anzahl in Counter(re.findall(r' id="([^"]*)"', html)).items() if anzahl > 1]
    assert not mehrfach
    ziele = re.findall(r'href="#([^"]*)"', html)
    assert ziele
    assert not {ziel for ziel in ziele if f' id="{ziel}"' not in html}
    assert 'href=""' not in html


@pytest.mark.parametrize("inhalt", STEHEN)
def test_a_second_section_with_the_same_content_says_where_it_stands(konzept, inhalt):
    zweiter = mache_abschnitt(konzept, "Noch einmal", inhalt=inhalt, text="Vorab.", reihenfolge=99)
    erster = konzept.abschnitte.exclude(pk=zweiter.pk).get(inhalt=inhalt)
    kapitel = kapitel_von(zweiter)
    vorab, satz = kapitel.teile
    nummer = next(k.nummer for _, k in dokument(konzept).alle_kapitel() if k.anker == anker(erster))
    assert "".join(lauf.text for lauf in satz.laeufe) == f"{STEHEN[inhalt]} in Abschnitt {nummer} „{erster.titel}“."
    assert [lauf.ziel for lauf in satz.laeufe] == ["", f"#{anker(erster)}", ""]
    assert satz.rn == vorab.rn + 1
    pruefe_verweise(druck_html(dokument(konzept)))


def test_it_is_the_first_as_one_reads_that_shows_it(konzept):
    angebote = konzept.abschnitte.get(inhalt="angebote")
    oben = konzept.abschnitte.exclude(inhalt="angebote").first()
    davor = mache_abschnitt(konzept, "Davor", inhalt="angebote", oberabschnitt=oben, nummer="Teil „B“", reihenfolge=99)
    assert any(isinstance(teil, baum.Angebotsliste) for teil in kapitel_von(davor).teile)
    (satz,) = kapitel_von(angebote).teile
    assert satz.laeufe[1].text == "Teil „B“ „Davor“"


def test_a_second_list_of_leitlinien_has_its_own_alone(konzept):
    zweite = mache_abschnitt(konzept, "Zweite", inhalt="leitlinien", reihenfolge=99)
    erste = konzept.abschnitte.exclude(pk=zweite.pk).get(inhalt="leitlinien")
    ohne_liste = konzept.abschnitte.get(inhalt="angebote")
    for titel, abschnitt in (("A", zweite), ("B", erste), ("C", ohne_liste), ("D", zweite)):
        konzept.leitlinien.create(titel=titel, abschnitt=abschnitt, reihenfolge=9)
    listen = [next(t for t in kapitel_von(a).teile if isinstance(t, baum.Leitlinien)) for a in (erste, zweite)]
    assert [[(ll.nummer, ll.titel) for ll in liste.eintraege] for liste in listen] == [
        [("1", "Leitlinie 1"), ("2", "Leitlinie 2"), ("3", "B"), ("4", "C")],
        [("1", "A"), ("2", "D")],
    ]
    pruefe_verweise(druck_html(dokument(konzept)))


def test_a_measure_says_in_which_list_a_leitlinie_stands_that_another_list_counts_too(konzept):
    zweite = mache_abschnitt(konzept, "Zweite", inhalt="leitlinien", reihenfolge=99)
    zwei = konzept.leitlinien.create(titel="A", abschnitt=zweite, reihenfolge=99)
    massnahme = Massnahme.objects.get(titel="Sprachcafé")
    massnahme.leitlinien.add(zwei)
    gebaut = next(m for m in dokument(konzept).massnahmen() if m.titel == "Sprachcafé")
    erste, dort = konzept.abschnitte.exclude(pk=zweite.pk).get(inhalt="leitlinien"), kapitel_von(zweite).nummer
    hier = kapitel_von(erste).nummer
    assert [v.nummer for v in gebaut.leitlinien] == [f"1 in Abschnitt {hier}", "2", f"1 in Abschnitt {dort}"]
    konzept.abschnitte.filter(pk=zweite.pk).update(zaehlung="ohne")
    gebaut = next(m for m in dokument(konzept).massnahmen() if m.titel == "Sprachcafé")
    assert gebaut.leitlinien[-1].nummer == "1 in Abschnitt „Zweite“"


def test_fields_without_chapters_are_named_without_number_and_link(konzept):
    konzept.abschnitte.filter(inhalt="handlungsfelder").update(inhalt="")
    doku = dokument(konzept)
    html = druck_html(doku)
    assert "Handlungsfeld: Feld 1" in html
    assert "Handlungsfelder: Feld 1, Feld 2" in html
    pruefe_verweise(html)
    seite = "".join(kapitel_html(k, verweise=lambda ziel: f"/lesen/{ziel}/") for k in doku.kapitel)
    assert "Handlungsfeld: Feld 1" in seite
    assert "handlungsfeld-" not in seite


def test_measures_name_no_leitlinien_that_do_not_print(konzept):
    konzept.abschnitte.filter(inhalt="leitlinien").update(inhalt="")
    assert Massnahme.leitlinien.through.objects.exists()
    assert not any(m.leitlinien for m in dokument(konzept).massnahmen())
    pruefe_verweise(druck_html(dokument(konzept)))


def test_a_link_in_a_text_leads_to_the_page_of_what_it_names(konzept):
    ziel = Abschnitt.objects.get(inhalt="angebote")
    siehe = mache_abschnitt(konzept, "Siehe", text=f"Siehe [dort](#{anker(ziel)}) und [hier](#_ftn1).")
    seite = kapitel_html(kapitel_von(siehe), verweise=lambda ziel: f"/lesen/{ziel}/?a=1&b=2")
    assert f'<a href="/lesen/{anker(ziel)}/?a=1&amp;b=2">dort</a>' in seite
    assert f'<a href="#{anker(ziel)}">dort</a>' in kapitel_html(kapitel_von(siehe))


def test_a_tree_from_before_that_names_what_it_does_not_have_prints_the_words_alone(konzept):
    doku = dokument(konzept)
    ohne = structs.replace(doku, kapitel=tuple(k for k in doku.kapitel if not k.kapitel))
    html = druck_html(ohne)
    assert re.search(r'<tr class="dok-abschnittzeile"><th [^>]*>3\.1\sFeld\s1</th>', html)
    pruefe_verweise(html)


def test_every_link_inside_the_examples_leads_somewhere(beispiele):
    for doku in beispiele.values():
        pruefe_verweise(druck_html(doku))
