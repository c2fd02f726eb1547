"""Parts on paper and by ear: a chapter, and sheets of measures over more than a page."""

import re
from itertools import groupby, pairwise

import lxml.html
import pytest
from django.conf import settings
from msgspec import structs

from konzept.satz import bindung
from konzept.satz.stueck import OhneSpeicher
from konzept.teildrucke import kapitel
from konzept.teildrucke.steckbrief import eingeordnete
from konzept.teildrucke.steckbriefe import alle_in, nimm_blaetter_auf
from konzept.teildrucke.teildruck import NichtDruckbar, Quelle
from tests import lage
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.dokument.lesart import blank
from tests.konzept.teildrucke.baeume import (
    BUERO,
    KARG,
    LANG,
    PERSONAL,
    SACHKOSTEN,
    TAG,
    absaetze,
    akteure,
    kosten,
    massnahme,
    quelle,
)
from tests.konzept.vera import VARIANTEN

ALLE = (BUERO, KARG, LANG, massnahme(9, titel="Eine vierte \U0001f98a", text=absaetze("Mit ✓ und 中文.")))

RECHTER_RAND = 190.1 / 25.4 * 72
"""Points from the left."""


def drucke(teil) -> Lesen:
    return Lesen(teil.drucke(lambda *_: None, OhneSpeicher()))


@pytest.fixture(scope="session")
def blaetter() -> Lesen:
    """Four sheets, one of them long, with a list of contents."""
    return drucke(alle_in(quelle(*ALLE), "abschnitt-4"))


@pytest.fixture(scope="session")
def zwei() -> Lesen:
    """Two sheets that were chosen by a filter, the second with costs in many words and three in charge."""
    viele_worte = structs.replace(PERSONAL, angabe="36.500 € im Rahmen der Mittel, die der Rat jedes Jahr beschließt")
    m = massnahme(10, kosten=kosten(SACHKOSTEN, viele_worte), beteiligte=akteure("FMI", "33", "Caritas", fuehrt=3))
    return drucke(nimm_blaetter_auf(quelle(BUERO, m), [6, 10], ("Suche: Büro",)))


@pytest.fixture(scope="session")
def feld() -> Lesen:
    """A Handlungsfeld."""
    return drucke(kapitel.nimm_auf(quelle(BUERO), "handlungsfeld-1"))


def html_von(teil) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(teil.html())


# A chapter


def test_a_field_says_whose_it_is_of_which_state_and_when(feld):
    seite = feld.seiten("-layout")[0]
    for worte in ("Stadt Musterstadt", "Integrationskonzept", "4.1 Ankommen und Sprache", "Seite 1 von"):
        assert worte in re.sub(r"[ \u2002]+", " ", seite)
    assert seite.count("Arbeitsstand vom 15.12.2026") == 2, "in its head and at the foot"
    assert str(feld.pdf.docinfo.Title) == "4.1 Ankommen und Sprache, Integrationskonzept"
    assert "Inhaltsverzeichnis" not in seite
    assert [feld.worte(h) for h in feld.elemente("/H1")] == ["4.1 Ankommen und Sprache"]
    assert [titel for tiefe, titel, _ in feld.lesezeichen() if tiefe == 1] == ["4.1 Ankommen und Sprache"]


def test_it_says_what_the_whole_says():
    ganz = html_von(kapitel.nimm_auf(quelle(*ALLE), "handlungsfeld-1"))
    (teil,) = ganz.xpath("//section[@id='handlungsfeld-1']")
    assert [blank(h.text_content()) for h in teil.xpath(".//h2")] == ["aZiele", "bMaßnahmen"]
    assert teil.xpath(".//tbody[@id='massnahme-8']")


def test_links_lead_to_what_is_in_it_and_are_words_elsewhere(feld):
    html = html_von(kapitel.nimm_auf(quelle(BUERO), "handlungsfeld-1"))
    assert [a.get("href") for a in html.xpath("//p[contains(., 'Siehe')]/a")] == ["#massnahme-6"]
    assert "den Anhang" in html.xpath("//p[contains(., 'Siehe')]")[0].text_content()
    assert {str(link.Dest) for _, link in feld.links() if "/Dest" in link} <= feld.ziele().keys()


def test_of_no_other_section_and_of_none_below_a_field_there_is_a_part():
    for anker in ("handlungsfeld-2", "massnahme-6", "handlungsfeld-1-ziele"):
        with pytest.raises(kapitel.Http404):
            kapitel.nimm_auf(quelle(BUERO), anker)


# Sheets


def test_each_sheet_begins_a_page_and_stands_in_the_contents(blaetter):
    seiten = [blank(seite) for seite in blaetter.seiten()]
    anfaenge = [next(i for i, s in enumerate(seiten[1:], 2) if blank(m.titel) in s[:400]) for m in ALLE[:3]]
    assert anfaenge[:2] == [2, 3]
    assert anfaenge[2] == 4
    assert len(seiten) >= 7, "the long one takes several"
    verzeichnis = blaetter.seiten("-layout")[0]
    assert "Steckbriefe zu 4 Maßnahmen" in verzeichnis
    for m, seite in zip(ALLE[:2], anfaenge, strict=False):
        assert re.search(rf"{re.escape(m.titel)}[ .]+{seite}\n", verzeichnis)
    ziele = blaetter.ziele()
    assert [ziele[m.anker] for m in ALLE[:3]] == anfaenge
    assert [(tiefe, titel) for tiefe, titel, _ in blaetter.lesezeichen()][:3] == [
        (1, "Steckbriefe zu 4\u00a0Maßnahmen"),
        (1, "4.1-6 Willkommensbüro im Rathaus einrichten"),
        (1, "4.1-7 Nichts als ein Titel"),
    ]


def test_what_goes_on_says_so_and_where_it_belongs(blaetter):
    seiten = blaetter.seiten("-layout")
    ziele = blaetter.ziele()
    for nummer in range(ziele["massnahme-8"] + 1, ziele["massnahme-9"]):
        kopf = re.sub(r"[ \u2002]+", " ", "\n".join(seiten[nummer - 1].split("\n")[:6]))
        assert "Teil C.IV-12.b-118 Migrantenselbstorganisation" in kopf
        assert "(Fortsetzung)" in kopf
        assert "4.1 Ankommen" in kopf
    assert not any("(Fortsetzung)" in seiten[ziele[m.anker] - 1] for m in ALLE)
    assert all("Arbeitsstand vom 15.12.2026" in seite for seite in seiten)


def test_by_ear_each_label_is_a_heading_and_no_table_stands_in_another(blaetter):
    buero = next(e for e in blaetter.elemente("/Sect") if vorlesen.zaehle(e, "/H1"))
    assert blaetter.worte(buero.K[0]) == "Maßnahme 4.1-6: Willkommensbüro im Rathaus einrichten"
    reihen = [[str(k.S) for k in e.K] for e in buero.K if e.S == "/Sect"]
    assert len(reihen) == 11
    assert {reihe[0] for reihe in reihen} == {"/H2"}
    for tabelle in blaetter.elemente("/Table"):
        assert vorlesen.zaehle(tabelle, "/Table") == 1
    gelesen = blank(blaetter.worte(buero))
    for worte in ("4.1AnkommenundSprache,Leitziel2,Handlungsziel2.1", "Schritt1:Raumkonzept", "Leitlinie7:Verwaltung"):
        assert worte in gelesen


def test_each_cell_of_the_band_names_its_head(blaetter):
    tabelle = next(iter(blaetter.elemente("/Table")))
    kopf, koerper = tabelle.K
    namen = {str(th.ID): blaetter.worte(th) for th in kopf.K[0].K}
    zellen = [(namen[str(td.A.Headers[0])], blaetter.worte(td)) for td in koerper.K[0].K]
    assert [(blank(name), blank(wert)) for name, wert in zellen] == [
        ("Standam15.12.2026", "geplant"),
        ("Zeitraum", "2.Halbjahr2027bisEnde2032"),
        ("Federführung", "FMIFachstelleMigrationundIntegration"),
        ("Kosten2027–2032", "164.000€,0,5VZÄ"),
    ]


def test_signs_without_a_font_are_replaced(blaetter):
    text = "".join(blaetter.seiten())
    assert "\U0001f98a" not in text
    assert "Eine vierte" in text


def test_three_sheets_have_no_contents_unless_one_is_missing():
    drei = nimm_blaetter_auf(quelle(*ALLE), [6, 7, 8])
    assert not html_von(drei).xpath("//ul[@class='druck-inhalt']")
    einer_fehlt = html_von(nimm_blaetter_auf(quelle(*ALLE), [6, 99]))
    assert "Eine gewählte Maßnahme steht nicht (mehr) im Konzept und fehlt darum hier." in einer_fehlt.text_content()
    zwei = html_von(nimm_blaetter_auf(quelle(*ALLE), [6, 98, 99])).text_content()
    assert "2 gewählte Maßnahmen stehen nicht (mehr) im Konzept" in zwei


def test_it_is_said_by_what_they_were_chosen():
    teil = nimm_blaetter_auf(quelle(*ALLE), [6, 7, 8, 9], ("Stand: geplant", "Suche: Büro"))
    assert "Auswahl Stand: geplant; Suche: Büro" in html_von(teil).text_content()


def test_without_contents_the_first_says_whose_they_are_of_which_state_and_by_what_they_were_chosen(zwei):
    """Read aloud, as the running heads are not; and in the margin, so that a sheet has no less room."""
    gelesen = " ".join(zwei.worte(e) for e in zwei.elemente("/P"))
    herkunft = (
        "Stadt Musterstadt · Integrationskonzept · Arbeitsstand vom 15.12.2026 · Steckbriefe zu 2 Maßnahmen "
        "Auswahl: Suche: Büro"
    )
    assert blank(gelesen).startswith(blank(herkunft))
    assert gelesen.count("Arbeitsstand") == 1
    html = html_von(nimm_blaetter_auf(quelle(*ALLE), [6]))
    (eine,) = html.xpath("//p[@class='sb-herkunft']")
    assert blank(eine.text_content()) == blank("Stadt Musterstadt·Integrationskonzept·Arbeitsstand vom 15.12.2026")
    assert not html_von(nimm_blaetter_auf(quelle(*ALLE), [6, 7, 8, 9])).xpath("//p[@class='sb-herkunft']")


def test_a_line_of_it_takes_no_room_from_the_sheet():
    eines, zweites = drucke(nimm_blaetter_auf(quelle(*ALLE), [7])), drucke(nimm_blaetter_auf(quelle(*ALLE), [9, 7]))
    assert abs(lage.wort(eines.inhalt, "Nichts").oben - lage.wort(zweites.inhalt, "vierte").oben) < 1


@pytest.mark.django_db
def test_the_fullest_sheets_of_the_example_fit_a_page_each(beispiele):
    ganz = beispiele["musterstadt/integrationskonzept-2027-2032"]
    alle = {e.massnahme.kennung: e.massnahme.anker for e in eingeordnete(ganz)}
    gewaehlt = [int(alle[kennung].removeprefix("massnahme-")) for kennung in ("4.1-1", "4.1-4")]
    blaetter = nimm_blaetter_auf(Quelle(ganz, TAG, "Arbeitsstand vom 15.12.2026", {}), gewaehlt, ("Suche: Büro",))
    assert bindung.seitenzahl(drucke(blaetter).inhalt) == 2


def test_a_single_sheet_is_called_by_its_measure():
    teil = nimm_blaetter_auf(quelle(*ALLE), [6])
    assert teil.titel == "Steckbrief 4.1-6 Willkommensbüro im Rathaus einrichten"
    assert [e.kurz for e in teil.mitwirkende] == ["FMI", "33", "JMD", "Caritas", "10"], "and of nobody else"


def test_none_and_too_many_are_refused_with_a_sentence(monkeypatch):
    with pytest.raises(NichtDruckbar, match="steht keine im Konzept"):
        nimm_blaetter_auf(quelle(*ALLE), [99])
    with pytest.raises(NichtDruckbar, match="steht keine im Konzept"):
        alle_in(quelle(*ALLE), "abschnitt-9")
    monkeypatch.setattr("konzept.grenzen.STECKBRIEFE", 3)
    with pytest.raises(NichtDruckbar, match="mehr als 3 Maßnahmen"):
        alle_in(quelle(*ALLE), "abschnitt-4")


def test_the_same_gives_the_same_bytes_whatever_else_the_concept_says():
    teil = nimm_blaetter_auf(quelle(BUERO, KARG), [6])
    anders = nimm_blaetter_auf(quelle(BUERO, structs.replace(KARG, titel="Anders")), [6])
    assert teil.als_bytes() == anders.als_bytes()
    assert bindung.seitenzahl(teil.drucke(lambda *_: None, OhneSpeicher())) == 1


def test_no_text_is_too_small(blaetter, feld):
    """8.5 pt, and 8 pt in the running heads."""
    for pfad in ("static/css/teildruck.css", "static/css/steckbrief.css"):
        groessen = re.findall(r"font-size: ([\d.]+)pt", (settings.BASE_DIR / pfad).read_text(encoding="utf-8"))
        assert all(float(g) >= 8.5 for g in groessen)


@pytest.mark.java
@pytest.mark.django_db
def test_all_are_valid(blaetter, zwei, feld, vera, tmp_path):
    dateien = [tmp_path / "blaetter.pdf", tmp_path / "zwei.pdf", tmp_path / "feld.pdf"]
    for datei, druck in zip(dateien, (blaetter, zwei, feld), strict=True):
        datei.write_bytes(druck.inhalt)
    ergebnis = vera(*dateien)
    assert {(d.name, v): ergebnis[d, v] for d in dateien for v in VARIANTEN if ergebnis[d, v]} == {}


def auf(druck: Lesen, seite: int) -> list[lage.Wort]:
    return [w for w in lage.worte(druck.inhalt) if w.seite == seite]


def test_the_contents_have_a_column_of_numbers(blaetter):
    hier = {w.text: w for w in auf(blaetter, 1)}
    titel = [hier[wort] for wort in ("Willkommensbüro", "Nichts", "Eine")]
    assert len({round(w.links) for w in titel}) == 1
    assert hier["4.1-6"].rechts < titel[0].links
    assert hier["4.1-6"].unten == titel[0].unten


def test_the_day_stands_beside_its_label_in_the_band(zwei):
    label, tag = (next(w for w in auf(zwei, 1) if w.text == wort) for wort in ("Stand", "15.12.2026"))
    assert label.unten == tag.unten


def test_amounts_end_below_each_other_and_below_their_head(zwei):
    """Whatever is said of them ("jährlich"), and whether they are a figure or in words."""
    for seite in (1, 2):
        hier = auf(zwei, seite)
        kopf = next(w for w in hier if w.text == "Betrag")
        unter = [w for w in hier if w.unten > kopf.unten and w.text == "€" and w.rechts > kopf.links]
        assert len(unter) == (4 if seite == 1 else 3)
        assert all(abs(w.rechts - kopf.rechts) < 0.5 for w in unter), unter
    worte_im_betrag = [w for w in auf(zwei, 2) if w.text in ("Rahmen", "beschließt")]
    jahr = next(w for w in auf(zwei, 2) if w.text == "2029–2032")
    assert all(w.links > jahr.rechts for w in worte_im_betrag)
    assert jahr.links == next(w for w in auf(zwei, 2) if w.text == "Jahr").links


def test_each_in_charge_begins_a_line_from_which_the_others_hang(zwei):
    hier = auf(zwei, 2)
    beginn = [next(w for w in hier if w.text == wort) for wort in ("FMI", "33", "Caritasverband")]
    assert len({round(w.links) for w in beginn}) == 1
    weiter = [next(w for w in hier if w.text == wort) for wort in ("Integration", "Musterstadt")]
    assert all(w.links > beginn[0].links + 5 for w in weiter)


def test_a_sum_stands_with_the_last_of_what_it_adds_up():
    posten = structs.replace(SACHKOSTEN, produkt="")
    anzahlen = (28, 29, 30)
    tabellen = [massnahme(100 + n, kosten=kosten(*[posten] * n)) for n in anzahlen]
    gedruckt = drucke(nimm_blaetter_auf(quelle(*tabellen), [100 + n for n in anzahlen]))
    worte = lage.worte(gedruckt.inhalt)
    mit_summe = [w.seite for w in worte if w.text == "Zusammen"]
    assert mit_summe[0] == 1, "the first has room for all"
    assert mit_summe[1] == 3, "and the second not"
    assert all(any(w.text == "Sachkosten," and w.seite == seite for w in worte) for seite in mit_summe)


@pytest.mark.parametrize("name", ["blaetter", "feld", "zwei"])
def test_no_word_leaves_the_page_or_touches_another(name, request):
    """As in the print of the whole, whose templates these are."""
    worte = lage.worte(request.getfixturevalue(name).inhalt)
    assert len(worte) > 100
    assert max(w.rechts for w in worte) <= RECHTER_RAND

    def zeile(wort):
        return wort.seite, round(wort.unten)

    for _, gleiche in groupby(sorted(worte, key=lambda w: (zeile(w), w.links)), zeile):
        for links, rechts in pairwise(gleiche):
            assert links.rechts <= rechts.links + 0.3, (links, rechts)
