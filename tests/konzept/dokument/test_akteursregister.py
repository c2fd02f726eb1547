"""The index of actors: who is in it, in which order, and that the pages it names are those on which they stand."""

import re

import pytest

from konzept.dokument import akteursregister, baum
from konzept.dokument.akteursregister import Registerstelle, mit_seiten
from konzept.dokument.html import druck_html
from tests.konzept.dokument.lesart import blank

pytestmark = pytest.mark.django_db

NAMEN = ("Ärztekammer", "Zoo", "51", "AWO", "Übersetzerpool", "Bücherei", "Caritas", "VHS")


def beteiligt(*namen: str) -> tuple[baum.Beteiligter, ...]:
    """Those whose names end in "!" are in charge."""
    return tuple(baum.Beteiligter(kurz=name.rstrip("!"), federfuehrend=name.endswith("!")) for name in namen)


def massnahme(nummer: int, *namen: str, schritt: tuple[str, ...] = ()) -> baum.Massnahme:
    tun = baum.Schritt(anker=f"umsetzungsschritt-{nummer}", nummer=1, text="Tun", beteiligte=beteiligt(*schritt))
    return baum.Massnahme(
        anker=f"massnahme-{nummer}", rn=nummer, nummer=str(nummer), kennung=str(nummer), titel=f"Titel {nummer}",
        beteiligte=beteiligt(*namen), schritte=(tun,) if schritt else (),
    )  # fmt: skip


def dokument(*massnahmen: baum.Massnahme, weitere: tuple[baum.Teil, ...] = ()) -> baum.Dokument:
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=massnahmen),))
    kapitel = (
        baum.Kapitel(anker="abschnitt-1", titel="Vorn", teile=weitere),
        baum.Kapitel(anker="handlungsfeld-1", art="handlungsfeld", titel="Feld", teile=(tabelle,)),
    )
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
    return baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=kapitel)


def eintraege(*massnahmen, weitere=()) -> dict[str, akteursregister.Registereintrag]:
    register = akteursregister.akteursregister(dokument(*massnahmen, weitere=weitere))
    return {eintrag.kurz: eintrag for eintrag in register.eintraege}


def test_actors_stand_in_german_order_each_once_with_their_places_in_reading_order():
    gefunden = eintraege(massnahme(1, *NAMEN), massnahme(2, "vhs", "Zoo!", schritt=("Zoo", "awo!")))
    assert list(gefunden) == ["51", "Ärztekammer", "AWO", "Bücherei", "Caritas", "Übersetzerpool", "VHS", "Zoo"]
    assert gefunden["Zoo"].stellen == (
        Registerstelle("massnahme-1"),
        Registerstelle("massnahme-2", True),
        Registerstelle("umsetzungsschritt-2"),
    )
    assert gefunden["AWO"].ziele == "massnahme-1 umsetzungsschritt-2!"
    assert gefunden["VHS"].ziele == "massnahme-1 massnahme-2"


def test_offers_who_pays_for_them_bodies_and_the_process_count_where_they_name_an_actor():
    weitere = (
        baum.Prozessliste(
            schritte=(
                baum.Prozessschritt(anker="prozessschritt-1", rn=1, art="", titel="A", gruppen=("Zoo", "Eltern")),
            )
        ),
        baum.Gremienliste(
            gremien=(
                baum.Gremium(
                    anker="gremium-1", rn=1, name="Beirat", art="", mitglieder=(baum.Mitglied(name="Volkshochschule"),)
                ),
            )
        ),
        baum.Angebotsliste(
            angebote=(
                baum.Angebot(anker="angebot-1", rn=1, titel="Kurs", anbieter=("Volkshochschule", "N.N.")),
                baum.Angebot(
                    anker="angebot-2",
                    rn=2,
                    titel="Café",
                    foerderungen=tuple(baum.Foerderung(geber=wer) for wer in ("AWO", "Land NRW", "Volkshochschule")),
                ),
            )
        ),
        baum.Mitwirkende(
            eintraege=tuple(
                baum.Mitwirkender(kurz=kurz, name={"VHS": "Volkshochschule"}.get(kurz, "")) for kurz in NAMEN
            )
        ),
    )
    gefunden = eintraege(massnahme(1, *NAMEN), weitere=weitere)
    assert gefunden["VHS"].name == "Volkshochschule"
    assert gefunden["VHS"].ziele == "gremium-1 angebot-1 angebot-2 massnahme-1"
    assert gefunden["AWO"].ziele == "angebot-2 massnahme-1"
    assert gefunden["Zoo"].ziele == "prozessschritt-1 massnahme-1"
    assert len(gefunden) == len(NAMEN)


def test_who_stands_for_nobody_is_not_in_it():
    assert list(eintraege(massnahme(1, *NAMEN, "N.N.", "alle Ämter"))) == list(eintraege(massnahme(1, *NAMEN)))
    liste = baum.Mitwirkende(eintraege=tuple(baum.Mitwirkender(kurz=kurz) for kurz in NAMEN))
    assert "Irgendwer" not in eintraege(massnahme(1, *NAMEN, "Irgendwer"), weitere=(liste,))


def test_there_is_none_for_a_few_and_none_where_no_measure_names_anybody():
    assert eintraege(massnahme(1, *NAMEN[1:])) == {}
    angebote = tuple(baum.Angebot(anker=f"angebot-{i}", rn=i, titel="A", anbieter=(n,)) for i, n in enumerate(NAMEN))
    assert eintraege(massnahme(1), weitere=(baum.Angebotsliste(angebote=angebote),)) == {}
    for namen, steht in ((NAMEN, True), (NAMEN[1:], False)):
        html = druck_html(dokument(massnahme(1, *namen)))
        assert ("akteursverzeichnis" in html) == steht
        assert ('<a href="#akteursverzeichnis">' in html) == steht


def test_a_page_is_named_once_and_bold_where_it_is_in_charge():
    html = '<td><span class="druck-seiten" data-ziele="a b! c d! e fehlt"></span></td>'
    gefuellt = mit_seiten(html, {"a": 5, "b": 5, "c": 12, "d": 3, "e": 12})
    assert gefuellt == (
        '<td><a href="#d" aria-label="Seite 3, Federführung"><strong>3</strong></a>, '
        '<a href="#b" aria-label="Seite 5, Federführung"><strong>5</strong></a>, '
        '<a href="#c" aria-label="Seite 12">12</a></td>'
    )
    assert not akteursregister.hat_seiten(gefuellt)


def test_its_places_are_anchors_of_the_print(beispiele):
    """Whatever `data-ziele` names has an id, or its page would be missing without a word."""
    mit = 0
    for eines in beispiele.values():
        html = druck_html(eines)
        namen = set(re.findall(r' id="([^"]+)"', html))
        for ziele in re.findall(r'data-ziele="([^"]+)"', html):
            mit += 1
            assert {ziel.rstrip("!") for ziel in ziele.split()} <= namen
    assert mit > 60


@pytest.fixture(params=["groesstes", "zweitgroesstes"])
def buch(request, beispiele, gedruckt, lesen):
    """(tree, PDF) of an example that is bound from pieces, and of one in one piece."""
    name = request.getfixturevalue(request.param)
    return beispiele[name], lesen(gedruckt[name])


def test_each_actor_is_heard_with_the_pages_on_which_it_stands(buch):
    eines, gelesen = buch
    ziele, seiten = gelesen.ziele(), [blank(seite) for seite in gelesen.seiten()]
    zeilen = [gelesen.worte(zeile) for zeile in gelesen.elemente("/TR")]
    eintraege = akteursregister.akteursregister(eines).eintraege
    assert len(eintraege) > 20
    for eintrag in eintraege:
        auf: dict[int, bool] = {}
        for anker, fuehrt in eintrag.stellen:
            seite = ziele[anker]
            auf[seite] = auf.get(seite, False) or fuehrt
            assert seite < ziele["akteursverzeichnis"]
            assert any(blank(wort) in seiten[seite - 1] for wort in filter(None, (eintrag.kurz, eintrag.name)))
        gehoert = ", ".join(f"Seite {seite}{', Federführung' * auf[seite]}" for seite in sorted(auf))
        assert " ".join(filter(None, (eintrag.kurz, eintrag.name, gehoert))) in zeilen


def test_it_is_found_from_the_contents_and_among_the_bookmarks(buch):
    _, gelesen = buch
    hier = gelesen.ziele()["akteursverzeichnis"]
    assert (1, "Akteursverzeichnis", hier) == gelesen.lesezeichen()[-1]
    assert any(f"Akteursverzeichnis, Seite {hier}" in gelesen.worte(punkt) for punkt in gelesen.elemente("/TOCI"))
