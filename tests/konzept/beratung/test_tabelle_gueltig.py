"""The Abwägungstabelle on paper is valid PDF/UA-1 and PDF/A-3a, and says what it should, over several pages."""

import io

import pikepdf
import pytest
from django.utils.timezone import localdate

from konzept.beratung.abwaegungstabelle import als_html, als_pdf, zeilen
from konzept.beratung.models import Abwaegungsergebnis, Anmerkung
from tests import lage
from tests.fabrik import mache_anmerkung, mache_stellungnahme
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.vera import VARIANTEN


def drucke(rathaus) -> bytes:
    return als_pdf(als_html(rathaus.runde, zeilen(Anmerkung.objects.all()), localdate()), localdate())


def test_results_and_names_are_whole_words_in_type_of_a_readable_size(rathaus):
    rollen = ("Gleichstellungsbeauftragte Anna Wiedenbrück", "Vorsitzender des Integrationsrates Mehmet Öztürk")
    for rn, ergebnis in enumerate(Abwaegungsergebnis.values, start=1):
        felder = {"papier_von": rollen[rn % 2], "zitat": "Menschen", "vorschlag": "Neu."}
        a = mache_anmerkung(rathaus.runde, rathaus.mitglied, rn, **felder)
        mache_stellungnahme(a, ergebnis, begruendung="Darum.", frei=True)
    pdf = drucke(rathaus)
    assert lage.zu_klein(pdf) == set()
    gedruckt = [w.text for w in lage.worte(pdf)]
    for wort in {w for text in (*Abwaegungsergebnis.labels, *rollen) for w in text.split()}:
        assert wort in gedruckt, wort


def test_a_row_says_by_ear_where_it_belongs_and_the_next_page_which_one_goes_on(rathaus):
    mache_anmerkung(rathaus.runde, rathaus.mitglied, None)
    lang = mache_anmerkung(rathaus.runde, rathaus.mitglied, 3)
    mache_stellungnahme(lang, frei=True, begruendung="Darum geht es nicht. " * 500)
    gelesen = Lesen(drucke(rathaus))
    gehoert = [str(e.ActualText) for e in gelesen.elemente("/Span") if "/ActualText" in e]
    assert gehoert[0] == "zum Ganzen"
    assert "Randnummer 3" in gehoert
    assert gehoert.count("keine Angabe") == 2  # no change
    assert "Randnummer 3" in vorlesen.alles(gelesen.pdf)
    erste, *weitere = (" ".join(seite.split()) for seite in gelesen.seiten())
    assert weitere
    assert "(Fortsetzung)" not in erste
    assert all("Rn. 3 (Fortsetzung)" in seite for seite in weitere)


def test_only_a_row_that_fills_most_of_a_page_goes_over_its_end(rathaus):
    for i in range(12):
        text = f"Anfang{i} {'mit Worten dazwischen ' * 14}Ende{i}"
        a = mache_anmerkung(rathaus.runde, rathaus.mitglied, 1, text=text)
        mache_stellungnahme(a, frei=True, begruendung=f"Grund{i} {'und Worte dazu ' * 15}Schluss{i}")
    lang = mache_anmerkung(rathaus.runde, rathaus.mitglied, 2, text=f"Vorn {'und lange Worte ' * 120} Hinten")
    mache_stellungnahme(lang, frei=True)
    seite = {w.text.strip("."): w.seite for w in lage.worte(drucke(rathaus))}
    assert seite["Anfang11"] > seite["Anfang0"]
    for i in range(12):
        assert len({seite[f"{wort}{i}"] for wort in ("Anfang", "Ende", "Grund", "Schluss")}) == 1, i
    assert (seite["Vorn"], seite["Hinten"]) == (seite["Anfang11"], seite["Anfang11"] + 1)


@pytest.mark.java
def test_the_table_is_valid(rathaus, vera, tmp_path):
    for i in range(30):
        text = f"Anregung {i}: mehr Kurse ✓ 😀 \x07 für Владимир, ሰላም und محمد."
        a = mache_anmerkung(rathaus.runde, rathaus.mitglied, 1 + i % 5, text=text, zitat="Menschen", vorschlag="Neu.")
        mache_stellungnahme(a, "nicht", begruendung="Darum nicht. " * 20, aenderung="Keine", frei=True)
    datei = tmp_path / "tabelle.pdf"
    heute = localdate()
    html = als_html(rathaus.runde, zeilen(Anmerkung.objects.all()), heute)
    assert '"Schrift Ethi"' in html.partition("</head>")[0]
    datei.write_bytes(als_pdf(html, heute))
    urteil = vera(datei)
    assert {variante: urteil[datei, variante] for variante in VARIANTEN} == {variante: [] for variante in VARIANTEN}
    with pikepdf.open(io.BytesIO(datei.read_bytes())) as pdf:
        assert len(pdf.pages) > 3
        assert float(pdf.pages[0].mediabox[2]) > float(pdf.pages[0].mediabox[3])  # across
        assert str(pdf.docinfo["/Title"]) == "Abwägungstabelle: Integrationskonzept"
