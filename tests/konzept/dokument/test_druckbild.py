"""Colours that can be read and page breaks that leave no page nearly empty."""

import pytest

from konzept.dokument import baum, druckbild


@pytest.mark.parametrize("farbe", ["#1f4a86", "#ffff00", "#ffffff", "#000000", "#e3000f", "#7fff00"])
def test_accent_is_readable_as_text(farbe):
    def leuchtdichte(hexfarbe):
        return druckbild._leuchtdichte([int(hexfarbe[i : i + 2], 16) / 255 for i in (1, 3, 5)])

    farben = druckbild.farben(farbe)
    for grund in ("#ffffff", farben.hell):
        kontrast = (leuchtdichte(grund) + 0.05) / (leuchtdichte(farben.text) + 0.05)
        assert kontrast >= 4.4
    assert farben.akzent == farbe


def absaetze(saetze: int) -> tuple[baum.Absatz, ...]:
    return tuple(baum.Absatz(laeufe=(baum.Lauf(text="Ein Satz mit Inhalt. " * 20),)) for _ in range(saetze // 20))


def tabelle(massnahmen: int) -> tuple[baum.Massnahmentabelle, ...]:
    zeilen = tuple(
        baum.Massnahme(anker=f"massnahme-{i}", rn=i, nummer=str(i), kennung=str(i), titel="Titel", text=absaetze(40))
        for i in range(massnahmen)
    )
    return (baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=zeilen),)),)


def feld(n: int, teile=(), massnahmen: int = 0) -> baum.Kapitel:
    unter = (baum.Kapitel(anker=f"tabelle-{n}", art="teil", titel="Maßnahmen", teile=tabelle(massnahmen)),)
    return baum.Kapitel(
        anker=f"feld-{n}", art="handlungsfeld", titel=f"Feld {n}", teile=teile, kapitel=unter if massnahmen else ()
    )


def kapitel(n: int, *unter: baum.Kapitel, teile=()) -> baum.Kapitel:
    return baum.Kapitel(anker=f"kapitel-{n}", titel=f"Kapitel {n}", teile=teile, kapitel=unter)


def anfaenge(*oben: baum.Kapitel) -> druckbild.Anfaenge:
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
    return druckbild.anfaenge(baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=oben))


GROSS, KLEIN = 8, 2
"""Measures that fill more than a page, and that do not."""


def test_the_first_chapter_long_ones_and_fields_with_a_large_table_begin_a_page():
    oben = anfaenge(
        kapitel(1, teile=absaetze(20)),
        kapitel(2, teile=absaetze(60)),
        kapitel(3, teile=absaetze(700)),
        kapitel(4, feld(1, massnahmen=GROSS), feld(2, massnahmen=KLEIN), feld(3, massnahmen=GROSS)),
        kapitel(5, teile=absaetze(60)),
    )
    assert oben.neue_seiten == {"kapitel-1", "kapitel-3", "kapitel-4", "feld-3"}
    assert oben.mit_platz == {"kapitel-2", "feld-2", "kapitel-5"}


def test_the_heading_of_a_section_goes_with_the_field_that_it_opens_with_unless_text_stands_between():
    assert anfaenge(kapitel(1, kapitel(2, feld(1, massnahmen=GROSS)))).neue_seiten == {"kapitel-1"}
    mit_text = kapitel(1, kapitel(2, feld(1, massnahmen=GROSS)), teile=absaetze(20))
    assert anfaenge(mit_text).neue_seiten == {"kapitel-1", "kapitel-2"}


def test_short_fields_follow_on_and_a_few_lines_stay_together():
    oben = anfaenge(kapitel(1, *(feld(n, (baum.Hinweis(text="Noch nicht ausgearbeitet."),)) for n in range(9))))
    assert oben.neue_seiten == {"kapitel-1"}
    assert oben.mit_platz == set()
    assert oben.zusammen == {f"feld-{n}" for n in range(9)}
