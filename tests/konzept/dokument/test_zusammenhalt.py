"""Numbers stay on the line of the word to which they belong, wherever the words come from."""

import re

import pytest

from konzept.dokument import baum
from konzept.dokument.html import druckfertig, teil_html
from konzept.dokument.zusammenhalt import zusammengehalten


def zeige(text: str) -> str:
    """The words as they print: "~" is a no-break space, [ ] hold a span of years."""
    html = zusammengehalten(f"<p>{text}</p>").removeprefix("<p>").removesuffix("</p>")
    return re.sub(r'<span class="dok-fest">(.*?)</span>', r"[\1]", html).replace("\u00a0", "~")


@pytest.mark.parametrize(
    "gezeigt",
    [
        "2.~Halbjahr 2027",
        "1.~Quartal",
        "am 8.~Februar 2027",
        "zum 3.~Okt. 2027",
        "([2027–2030])",
        "gilt [2027–2032]",
        "[2027 – 2030]",
        "Seiten~[12–15]",
        "32~Ja, 4~Nein, 1~Enthaltung",
        "§~5 und §§~7",
        "Art.~3 Abs.~2 GG",
        "0,5~VZÄ",
        "10.000~€",
        "1,5~Mio.~€",
        "36,1~%",
        "Handlungsziel~1.2",
        "Leitziel~2",
        "Maßnahme~4.2-1",
        "Abschnitt~5.2 „Angebote“",
        "Teil~A und Teil~II",
        "Rn.~12, Seite~3.",
        "bis 14.30~Uhr",
        "31~Maßnahmen, 1~Person",
        "1~Position, 4~Beträge",
        "Verein für Toleranz e.~V., i.~d.~R.",
        "z.~B. Ämter, u.~a. das Amt",
    ],
)
def test_these_hold_together(gezeigt):
    getippt = re.sub(r"[\[\]]", "", gezeigt.replace("~", " "))
    assert zeige(getippt) == gezeigt
    assert re.sub(r"<[^>]*>", "", zusammengehalten(f"<p>{getippt}</p>")).replace("\u00a0", " ") == getippt


@pytest.mark.parametrize(
    "text",
    [
        "Im Jahr 2027 beginnt es.",
        "seit 2018 fortlaufend",
        "Teil der Stadt",
        "1.680 Betriebe",
        "Nr. 14814/0-2026",  # too long for a narrow column
        "01.01.2027–31.12.2028",
        "10.000–20.000",
        "Wir sind 5 Jahreszeiten weiter",
        "Unterseite 3",
        "Ende 2. Anfang",
        "Haus A. Dort auch",
        "Das Haus. B. folgt",
    ],
)
def test_these_part_where_they_may(text):
    assert zeige(text) == text


def test_tags_and_what_stands_in_them_stay_as_they_are():
    html = '<p title="Seite 3, 2027–2030" id="x"><a href="https://a.example/§ 5">§ 5</a>, 2027–2030</p>'
    assert zusammengehalten(html) == html.replace(">§ 5<", ">§\u00a05<").replace(
        ", 2027–2030<", ', <span class="dok-fest">2027–2030</span><'
    )


def test_every_print_goes_through_it_but_for_its_head():
    html = druckfertig("<html><head><title>Teil 1, 2. Quartal</title></head><body><p>2. Quartal</p></body></html>")
    assert "<title>Teil 1, 2. Quartal</title>" in html
    assert "<p>2.\u00a0Quartal</p>" in html


GETRENNT = re.compile(
    r"\d\.\n(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Halbjahr|Quartal)"
    r"|§\n\d|\d\n(?:€|VZÄ|%|Enthaltung)|(?:Leitziel|Handlungsziel|Abschnitt|Teil)\n[\dA-Z]\b|\d{4}\s*–\s*\n\s*\d{4}"
)


@pytest.mark.django_db
def test_in_no_example_they_part_at_the_end_of_a_line(gedruckt, lesen):
    gefunden = {}
    for name, inhalt in gedruckt.items():
        for i, seite in enumerate(lesen(inhalt).seiten(), start=1):
            if stellen := GETRENNT.findall(seite):
                gefunden[name, i] = stellen
    assert gefunden == {}


def test_the_tables_of_a_print_glue_no_more_than_that():
    angebot = baum.Angebot(anker="angebot-1", rn=1, titel="A", anbieter=("seit 2018 mit der AWO, 0,5 VZÄ",))
    termin = "2. Quartal 2028 bis 2030"
    schritt = baum.Prozessschritt(anker="prozessschritt-1", rn=2, art="", titel="P", termine=(termin,))
    teile = (baum.Angebotsliste(angebote=(angebot,)), baum.Prozessliste(schritte=(schritt,)))
    html = "".join(map(teil_html, teile))
    assert "seit 2018 mit der AWO, 0,5\u00a0VZÄ" in zusammengehalten(html)
    assert "2.\u00a0Quartal 2028 bis 2030" in zusammengehalten(html)
    assert "\u00a0" not in html
