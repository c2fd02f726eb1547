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


def test_fields_begin_a_page_but_leave_none_nearly_empty():
    lang = (baum.Absatz(laeufe=(baum.Lauf(text="Ein Satz mit Inhalt. " * 120),)),)
    kurz = (baum.Hinweis(text="Noch nicht ausgearbeitet."),)

    def feld(n, teile):
        return baum.Kapitel(anker=f"handlungsfeld-{n}", art="handlungsfeld", titel=f"Feld {n}", teile=teile)

    def seiten(*felder, teile=()):
        oben = baum.Kapitel(anker="abschnitt-1", titel="Handlungsfelder", teile=teile, kapitel=felder)
        kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
        return druckbild.neue_seiten(baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=(oben,)))

    assert seiten(feld(2, lang), feld(3, lang)) == {"abschnitt-1", "handlungsfeld-3"}
    assert seiten(feld(2, lang), feld(3, lang), teile=lang) == {"abschnitt-1", "handlungsfeld-2", "handlungsfeld-3"}
    assert seiten(feld(2, kurz), feld(3, kurz), feld(4, kurz)) == {"abschnitt-1"}
    halb = (baum.Absatz(laeufe=(baum.Lauf(text="Ein Satz mit Inhalt. " * 70),)),)
    assert seiten(feld(2, kurz), feld(3, lang), teile=halb) == {"abschnitt-1", "handlungsfeld-3"}
    assert seiten(feld(2, lang), teile=halb) == {"abschnitt-1", "handlungsfeld-2"}
