"""What all texts of a style have in common is asked for once, and every glyph stands where it stood."""

import pytest
import weasyprint.layout.inline
import weasyprint.text.line_break

from konzept.satz import setzen

ZEILEN = weasyprint.text.line_break
REGELN = """
p { hyphens: auto; width: 60mm } .m { font-variant-numeric: tabular-nums; font-variant-caps: small-caps }
.u { text-decoration: underline } .s { letter-spacing: 1mm; word-spacing: 2mm } .r { direction: rtl }
.k { font-kerning: none; font-feature-settings: "liga" 0 } .t { white-space: pre; tab-size: 3 }
.o { font-language-override: "SRB" } .e { width: 10ex; line-height: 2lh } .g { font-size: 2em; line-height: 1 }
.n { line-height: normal }
"""
TEXT = "Zwei 12 Donaudampfschifffahrtsgesellschaften, Öl\tund\xa0Affe  Ende <b>fett</b> <i>schräg</i> "


def setze() -> bytes:
    absaetze = "".join(f'<p class="{klasse}" id="a{klasse}">{TEXT * 2}' for klasse in ["", *"musrktoegn"])
    fremde = f'<p lang="en">{TEXT}<p lang="">{TEXT}<p lang="ar" dir="rtl">نص 12 {TEXT}<p lang="en" class="m u">{TEXT}'
    html = f'<html lang="de"><title>T</title><style>{REGELN}</style><body>{absaetze}{fremde}</body></html>'
    return setzen.setze(html, pytest.fail)


@pytest.fixture(scope="module")
def gesetzt():
    return setze()


def test_a_print_is_the_same_to_the_byte_without_what_is_kept_of_a_text(gesetzt, monkeypatch):
    monkeypatch.setattr(ZEILEN.Layout, "setup", ZEILEN.Layout.setup.__wrapped__)
    assert setze() == gesetzt


def test_a_print_is_the_same_to_the_byte_without_what_is_kept_of_a_line(gesetzt, monkeypatch):
    monkeypatch.setattr(weasyprint.layout.inline, "strut", ZEILEN.strut)
    assert setze() == gesetzt


def test_a_style_has_one_context_and_a_copy_has_its_own():
    regeln = "<style>b { font-variant-numeric: tabular-nums }</style>"
    html = weasyprint.HTML(string=f'<html lang="de">{regeln}<b>x</b>')
    stile = weasyprint.css.get_all_computed_styles(html, page_rules=[], layers=[])
    stil = stile(next(html.etree_element.iter("b")))
    erstes, zweites = ZEILEN.Layout(stil), ZEILEN.Layout(stil)
    assert stil._schriftzug.merkmale is not None
    assert erstes.layout != zweites.layout
    anderer = stil.copy()
    anderer["font_size"] *= 2
    for layout in (erstes, zweites, groesser := ZEILEN.Layout(anderer)):
        layout.set_text("Wort")
    breiten = [ZEILEN.line_size(layout.get_first_line()[0], layout.style)[0] for layout in (erstes, zweites, groesser)]
    assert breiten[0] == breiten[1]
    assert breiten[2] == pytest.approx(2 * breiten[0], rel=0.05)


def test_texts_are_set_up_where_weasyprint_measures_them():
    assert ZEILEN.Layout.setup.__wrapped__.__module__ == ZEILEN.__name__
    assert weasyprint.layout.inline.strut.__wrapped__ is ZEILEN.strut
