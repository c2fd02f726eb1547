"""A print of its own becomes an annex of another."""

from konzept.dokument.beilagen import Beilage, als_anlage

HTML = """<html><head><title>T</title></head><body data-titel="T">
<h1 class="dok-titel" id="eins">T</h1><p><a href="#eins">hin</a> <a href="#woanders">weg</a> id="kein"</p>
</body></html>"""


def anlage(**weitere) -> str:
    felder = {"anker": "anlage-2", "kurz": "Anlage 2", "titel": "Anlage 2 zu <1>", "lesezeichen": "Anlage 2 – T"}
    return als_anlage(Beilage(html=HTML, **felder | weitere))


def test_it_begins_with_its_heading():
    html = anlage()
    kopf, rumpf = html.split("<body")
    assert kopf.endswith('<link rel="stylesheet" href="static:css/anlage-druck.css">\n</head>')
    assert rumpf.startswith(
        ' data-titel="T">\n<h1 class="druck-anlage" id="anlage-2" data-kurz="Anlage 2" '
        'data-lesezeichen="Anlage 2 – T">Anlage 2 zu &lt;1&gt;</h1>\n'
    )
    assert "druck-vermerk" not in html
    assert '<p class="druck-vermerk">A &amp; B</p>' in anlage(vermerk="A & B")


def test_its_targets_are_its_own():
    html = anlage()
    assert '<h1 class="dok-titel" id="anlage-2-eins">' in html
    assert '<a href="#anlage-2-eins">hin</a>' in html
    assert '<a href="#woanders">weg</a>' in html


def test_another_script_in_the_heading_has_its_font():
    assert "font-face" not in anlage()
    assert "font-face" in anlage(titel="Anlage 2 ሰላም").partition("</head>")[0]
