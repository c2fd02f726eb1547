"""The print leads where it says, reads as it is built, and is the same every time."""

import datetime as dt
import hashlib
import os
import re
import shutil
import subprocess
import sys

import msgspec
import pikepdf
import pytest
import weasyprint
import weasyprint.pdf.tags
from django.conf import settings

from konzept import __version__
from konzept.dokument import baum, druckbild, fehlzeichen, pdf, ressourcen, zerlegung
from konzept.dokument.akteursregister import akteursregister
from konzept.dokument.html import druck_html
from konzept.satz import setzen
from tests import lage
from tests.konzept.dokument.conftest import Gedaechtnis
from tests.konzept.dokument.lesart import blank

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]


def test_metadata(beispiele, gedruckt, lesen):
    for name, dokument in beispiele.items():
        datei = lesen(gedruckt[name]).pdf
        assert str(datei.Root.Lang) == "de"
        assert datei.Root.ViewerPreferences.DisplayDocTitle
        assert str(datei.docinfo.Title).startswith(dokument.titel)
        assert str(datei.docinfo.Author) == (dokument.herausgeber or dokument.kommune.name)
        assert ("/CreationDate" in datei.docinfo) == (dokument.stand is not None)
        with datei.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["pdfaid:part"] == "3"
            assert xmp["pdfaid:conformance"] == "A"
            assert str(datei.docinfo.Creator) == xmp["xmp:CreatorTool"] == f"Konzeptwerk {__version__}"


def test_another_version_binds_the_pieces_of_the_one_before(beispiele, lesen, monkeypatch):
    dokument, gehalten = beispiele["meerbusch/integrationskonzept-2016"], Gedaechtnis()
    vorher = pdf.drucke(dokument, speicher=gehalten)
    gesetzt = gehalten.gesetzt
    assert pdf.drucke(dokument, speicher=gehalten) == vorher
    monkeypatch.setattr("konzept.satz.erzeuger.ERZEUGER", "Konzeptwerk 99 <&>")
    datei = lesen(pdf.drucke(dokument, speicher=gehalten)).pdf
    assert gehalten.gesetzt == gesetzt
    with datei.open_metadata() as xmp:
        assert str(datei.docinfo.Creator) == xmp["xmp:CreatorTool"] == "Konzeptwerk 99 <&>"


def test_page_numbers_stand_at_the_foot_but_not_on_the_cover(gedruckt, lesen):
    for inhalt in gedruckt.values():
        erste, *weitere = lesen(inhalt).seiten("-layout")
        assert "Seite" not in erste
        for nummer, seite in enumerate(weitere, start=2):
            assert f"Seite {nummer} von {len(weitere) + 1}" in seite


def test_no_page_is_empty_and_their_number_is_sane(gedruckt, lesen):
    for name, inhalt in gedruckt.items():
        seiten = lesen(inhalt).seiten("-layout")
        assert 3 <= len(seiten) <= 80, name
        assert min(len(blank(seite)) for seite in seiten) > 50, name


def test_no_type_is_smaller_than_eight_and_a_half_points(gedruckt):
    """But in the running heads and the years of an axis. Signs come from other fonts, with boxes of their own."""
    for name, inhalt in gedruckt.items():
        klein = {wort for wort, _ in lage.zu_klein(inhalt) if wort.isalnum() and not re.fullmatch(r"20\d\d", wort)}
        assert not klein, name
        assert not lage.zu_klein(inhalt, ab=8), name


def test_table_of_contents_names_the_pages_of_its_targets(beispiele, gedruckt, lesen):
    for name, dokument in beispiele.items():
        buch = lesen(gedruckt[name])
        seiten, ziele = buch.seiten("-layout"), buch.ziele()
        verzeichnis = "\n".join(seiten[1 : min(ziele[k.anker] for k in dokument.kapitel) - 1])
        stellen = re.findall(r"[. ]{3,}(\d+)$", verzeichnis, re.MULTILINE)

        def anker(eintraege):
            for eintrag in eintraege:
                yield eintrag.kapitel.anker
                yield from anker(eintrag.darunter)

        erwartet = [ziele[a] for a in anker(druckbild.inhaltsverzeichnis(dokument))]
        if akteursregister(dokument).eintraege:
            erwartet.append(ziele["akteursverzeichnis"])
        assert [int(s) for s in stellen] == erwartet, name


def test_headings_stand_where_their_targets_point(beispiele, gedruckt, lesen):
    for name, dokument in beispiele.items():
        buch = lesen(gedruckt[name])
        seiten, ziele = [blank(seite) for seite in buch.seiten()], buch.ziele()
        for _, kapitel in dokument.alle_kapitel():
            assert blank(kapitel.ueberschrift) in seiten[ziele[kapitel.anker] - 1]


def test_links_lead_somewhere_and_say_where(gedruckt, lesen):
    for inhalt in gedruckt.values():
        buch = lesen(inhalt)
        ziele, anzahl = buch.ziele(), 0
        for _, link in buch.links():
            anzahl += 1
            assert str(link.Contents).strip()
            assert not re.fullmatch(r"[a-z]+-\d+(-\w+)?", str(link.Contents))
            if "/Dest" in link:
                assert str(link.Dest) in ziele
            else:
                assert re.match(r"https?://|mailto:", str(link.A.URI))
        assert anzahl


def test_bookmarks_follow_the_outline(beispiele, gedruckt, lesen):
    for name, dokument in beispiele.items():
        zeichen = lesen(gedruckt[name]).lesezeichen()
        titel = [re.sub(r"\s+", " ", text) for _, text, _ in zeichen]
        kapitel = [re.sub(r"\s+", " ", fehlzeichen.ersetze(k.ueberschrift)) for _, k in dokument.alle_kapitel()]
        stelle = iter(["Inhaltsverzeichnis", *kapitel])
        gesucht = next(stelle)
        for text in titel:
            if text == gesucht:
                gesucht = next(stelle, None)
        assert gesucht is None, f"{name}: no bookmark for {gesucht}"
        seiten = [seite for _, _, seite in zeichen]
        assert seiten == sorted(seiten)


def test_each_table_is_one_element_and_names_its_headers(beispiele, gedruckt, lesen):
    for name, dokument in beispiele.items():
        html = druck_html(dokument)
        buch = lesen(gedruckt[name])
        assert sum(1 for _ in buch.elemente("/Table")) == html.count("<table"), name
        assert sum(1 for _ in buch.elemente("/THead")) == html.count("<thead"), name
        assert sum(1 for _ in buch.elemente("/TR")) == html.count("<tr"), name
        koepfe = list(buch.elemente("/TH"))
        kennungen = [bytes(kopf.ID) for kopf in koepfe]
        assert len(set(kennungen)) == len(kennungen)
        assert {str(kopf.A.Scope) for kopf in koepfe} <= {"/Column", "/Row"}
        for zelle in buch.elemente("/TD"):
            assert list(zelle.A.Headers)
            assert {bytes(k) for k in zelle.A.Headers} <= set(kennungen)


def test_measure_table_over_pages_is_one_table(lesen):
    massnahmen = tuple(massnahme(n, text="Ein Satz über die Umsetzung. " * 12) for n in range(1, 25))
    buch = lesen(pdf.drucke(dokument(baum.Massnahmentabelle(
        abschnitte=(baum.Tabellenabschnitt(titel="Laufend", massnahmen=massnahmen),)))))  # fmt: skip
    assert len(buch.pdf.pages) > 4
    assert len(list(buch.elemente("/Table"))) == 1
    assert sum("Umsetzung durch" in seite for seite in buch.seiten()) >= 3
    zeilen = list(buch.elemente("/TR"))
    assert len(zeilen) == 1 + 1 + 2 * len(massnahmen)
    assert [len(z.K) for z in zeilen[2:]] == [5, 1] * len(massnahmen)
    erste = next(buch.elemente("/TD"))
    assert len(list(erste.A.Headers)) == 4


def test_row_taller_than_a_page_stays_one_row(lesen):
    lang = massnahme(1, text="\n".join(["Ein langer Absatz, der kein Ende nimmt und weiter erzählt. " * 9] * 12))
    teil = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=(lang, massnahme(2))),))
    buch = lesen(pdf.drucke(dokument(teil)))
    assert len(list(buch.elemente("/TR"))) == 1 + 2 + 1
    assert blank("Maßnahme Nummer 2") in blank("".join(buch.seiten()))


def test_running_heads_and_repeated_table_heads_are_artifacts(gedruckt, lesen):
    for inhalt in gedruckt.values():
        buch = lesen(inhalt)
        for seite in list(buch.pdf.pages)[1:]:
            offen, kopf = [], []
            for operanden, operator in pikepdf.parse_content_stream(seite):
                if str(operator) in {"BDC", "BMC"}:
                    offen.append(str(operanden[0]))
                elif str(operator) == "EMC":
                    offen.pop()
                elif str(operator) in {"TJ", "Tj"}:
                    kopf.append("/Artifact" in offen)
            assert any(kopf)
            assert not all(kopf)


# Same tree, same bytes; in one piece or in several


ANDERSWO = """
import hashlib, sys, django
from django.conf import settings
django.setup()
from konzept.dokument import formate, pdf
settings.MEDIA_ROOT = sys.argv[1]
print(hashlib.sha256(pdf.drucke(formate.lies(sys.stdin.buffer.read()))).hexdigest())
"""


def test_same_tree_same_bytes_in_every_process(beispiele, zweitgroesstes, gedruckt):
    """Unlike the process of the test, this one sorts by a seed that is given."""
    anderswo = subprocess.run(
        [sys.executable, "-c", ANDERSWO, str(settings.MEDIA_ROOT)],
        input=baum.als_json(beispiele[zweitgroesstes]),
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "77"},
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    assert anderswo.stdout.decode().split() == [hashlib.sha256(gedruckt[zweitgroesstes]).hexdigest()]


def test_every_example_is_printed_in_pieces_and_the_same_out_of_kept_ones(beispiele, gedruckt, gedaechtnis):
    """So all that the tests find in these prints holds for kept ones."""
    alle = gedaechtnis.gesetzt
    assert alle > 4 * len(beispiele), "front matter, body, running heads and sample numbers"
    for name, dokument in beispiele.items():
        assert pdf.drucke(dokument, speicher=gedaechtnis) == gedruckt[name], name
    assert gedaechtnis.gesetzt == alle


def test_large_document_is_printed_in_pieces(beispiele, groesstes):
    html = druck_html(beispiele[groesstes])
    stuecke = zerlegung.zerlege(html, []).stuecke
    assert 2 < len(stuecke) <= html.count(zerlegung.UMBRUCH)


def test_a_damaged_piece_is_typeset_anew_and_kept_in_its_place(caplog):
    gehalten = Gedaechtnis()
    heil = pdf.drucke(dokument(), speicher=gehalten)
    ganze = dict(gehalten)
    erstes, zweites, *_ = gehalten
    gehalten.update({erstes: gehalten[erstes][:500], zweites: gehalten[erstes]})
    assert pdf.drucke(dokument(), speicher=gehalten) == heil
    assert gehalten == ganze
    assert caplog.text.count("is damaged") == 2


@pytest.mark.parametrize(
    ("titel", "name"), [(("Ankommen",), "1 Ankommen"), (("Ankommen", "Bildung", "Anhang"), "1 Ankommen bis 3 Anhang")]
)
def test_a_piece_is_called_by_what_stands_in_it(titel, name):
    koepfe = [f'<section><h1 data-kopf="{i}\u2002{t}">x</h1></section>' for i, t in enumerate(titel, 1)]
    z = zerlegung.zerlege(f"<head></head><body>x{zerlegung.UMBRUCH}{''.join(koepfe)}", [])
    assert zerlegung.stueck(z, z.stuecke[0][0], ressourcen.inhalt).name == name


def test_what_names_pages_is_a_piece_of_its_own():
    """All others can be typeset, and are kept, before it is known where they stand."""
    register = '<section><span class="druck-seiten" data-ziele="m-1"></span></section>'
    html = zerlegung.UMBRUCH.join(["<head></head><body>x", "<section>a</section>", register, "<section>b</section>"])
    assert [inhalt for inhalt, _ in zerlegung.zerlege(html, []).stuecke] == [
        "<section>a</section>", register, "<section>b</section>"
    ]  # fmt: skip


def test_each_mark_on_the_pages_leads_to_its_element(gedruckt, zweitgroesstes, in_stuecken, lesen):
    for buch in (lesen(gedruckt[zweitgroesstes]), lesen(in_stuecken)):
        baeume = list(buch.pdf.Root.StructTreeRoot.ParentTree.Nums)
        verzeichnis = {int(k): w for k, w in zip(baeume[::2], baeume[1::2], strict=True)}
        for seite in buch.pdf.pages:
            marken = verzeichnis[int(seite.obj.StructParents)]
            for operanden, operator in pikepdf.parse_content_stream(seite):
                if str(operator) == "BDC" and "/MCID" in operanden[1]:
                    element = marken[int(operanden[1].MCID)]
                    assert element.Pg.objgen == seite.obj.objgen
                    assert int(operanden[1].MCID) in [k for k in element.K if isinstance(k, int)]
            for vermerk in seite.obj.get("/Annots", []):
                assert verzeichnis[int(vermerk.StructParent)].S == "/Link"


def test_attachments_are_inside(lesen):
    anlage = pdf.Dateianhang(name="massnahmen.csv", inhalt="Nr.;Titel\n1;Café\n".encode(), beschreibung="Maßnahmen")
    buch = lesen(pdf.drucke(dokument(), anlagen=(anlage,)))
    assert buch.pdf.attachments["massnahmen.csv"].get_file().read_bytes() == anlage.inhalt
    assert str(buch.pdf.Root.AF[0].AFRelationship) == "/Data"
    assert pdf.drucke(dokument(), anlagen=(anlage,)) == buch.inhalt


# Cover and shell


def test_cover_without_wappen_and_with_one_that_is_gone(lesen):
    ort = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt", wappen="wappen/fehlt.png")
    for kommune in (ort, msgspec.structs.replace(ort, wappen="")):
        buch = lesen(pdf.drucke(msgspec.structs.replace(dokument(), kommune=kommune)))
        assert "Stadt O" in buch.seiten()[0]
        assert not list(buch.elemente("/Figure"))


def test_wappen_has_its_description(beispiele, gedruckt, lesen):
    (name,) = [n for n in beispiele if n.startswith("musterstadt/") and "2027" in n]
    buch = lesen(gedruckt[name])
    (bild,) = buch.elemente("/Figure")
    assert str(bild.Alt) == beispiele[name].kommune.wappen_beschreibung


def test_long_titles_leave_room_in_the_running_head(lesen):
    lang = "Interkulturelle Öffnung, Gesundheit und Schutz vor jeder Form von Diskriminierung in der ganzen Stadt"
    d = msgspec.structs.replace(dokument(), titel=lang, kapitel=(kapitel("4.10", titel=lang),))
    kopf = lesen(pdf.drucke(d)).seiten("-layout")[-1].strip().splitlines()[0]
    assert kopf.count("…") == 2
    assert "4.10" in kopf


# What is relied on in WeasyPrint


def test_weasyprint_is_the_version_whose_tags_are_mended():
    assert weasyprint.__version__.startswith("70."), "Check pdf_tags against the new version, then change this test"
    assert weasyprint.pdf.tags._build_box_tree.__wrapped__.__module__ == "weasyprint.pdf.tags"
    namen = weasyprint.pdf.tags._build_box_tree.__wrapped__.__code__.co_varnames[:7]
    assert namen == ("box", "parent", "pdf", "page_number", "nums", "annotations", "tags")


def test_page_references_stay_right():
    blatt = setzen.pydyf.PDF()
    for _ in range(3):
        blatt.add_page(setzen.pydyf.Dictionary({"Type": "/Page"}))
        assert len(blatt.page_references) == len(blatt.pages["Kids"]) // 3
    assert blatt.page_references[-1] == blatt.objects[-1].reference


# Trees by hand


def kapitel(nummer, **werte) -> baum.Kapitel:
    return baum.Kapitel(
        **{"anker": f"abschnitt-{nummer}", "nummer": str(nummer), "titel": f"Kapitel {nummer}", **werte}
    )


def dokument(*teile) -> baum.Dokument:
    return baum.Dokument(
        kommune=baum.Kommune(slug="stadt", name="Stadt Klein", kurzname="Klein", art="stadt"),
        slug="konzept",
        titel="Kleines Konzept",
        stand=dt.date(2026, 11, 3),
        kapitel=(kapitel(1, teile=teile or (baum.Hinweis(text="Noch kein Text."),)),),
    )


def massnahme(nummer, text="") -> baum.Massnahme:
    return baum.Massnahme(
        anker=f"massnahme-{nummer}",
        rn=nummer,
        nummer=str(nummer),
        kennung=f"1-{nummer}",
        titel=f"Maßnahme Nummer {nummer}",
        text=tuple(baum.Absatz(laeufe=(baum.Lauf(text=absatz),)) for absatz in text.split("\n") if absatz),
        zeitraum="2. Halbjahr 2027 bis Ende 2028",
        kosten=baum.Kosten(positionen=(baum.Kostenposition(angabe="4.500 € jährlich"),)),
        beteiligte=(baum.Beteiligter(kurz="Ehrenamtsbörse", federfuehrend=True), baum.Beteiligter(kurz="32")),
    )
