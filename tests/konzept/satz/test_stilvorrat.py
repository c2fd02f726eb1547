"""A style sheet that was parsed for one document serves the next, which is printed as if it had read it itself."""

import pytest
import weasyprint.css
from weasyprint.urls import select_source

from konzept.dokument import ressourcen
from konzept.satz import setzen
from konzept.satz.beschleunigung.stilvorrat import mit_vorrat
from tests.konzept.dokument.conftest import Lesen

SCHRIFT = "static:kern/fonts/fira-sans/FiraSans-Regular.woff2"
BLATT = f"""
@font-face {{ font-family: "Eigene"; src: url("{SCHRIFT}") }}
@page {{ size: 120mm 120mm; margin: 20mm; @top-left {{ content: "Oben" }} @bottom-left {{ content: "Unten" }} }}
@page :first {{ @top-left {{ content: "Erste" }} }}
@counter-style zeichen {{ system: cyclic; symbols: "+" "-"; suffix: " " }}
@counter-style gleich {{ system: extends lower-alpha; suffix: "= " }}
@media print {{ p {{ color: #00a }} }}
@media screen {{ p {{ display: none }} }}
p {{ font-family: "Eigene"; margin: 0 }}
.a, b {{ color: #a00 }}
ul {{ list-style-type: zeichen }}
ol {{ list-style-type: gleich }}
h1 {{ break-before: page }}
"""
DANACH = """
@page { @bottom-left { content: "Danach" } }
@counter-style zeichen { system: cyclic; symbols: "*"; suffix: " " }
.a { color: #0a0; letter-spacing: 1mm }
"""
RUMPF = "<h1>T</h1><p>Ein <b>Wort</b> <i class=a>noch</i></p><ul><li><p>x</p></ul><ol><li><p>y</p></ol>"


class Kommune:
    """What a print opens; `blaetter` by their address."""

    def __init__(self, **blaetter):
        self.blaetter = blaetter
        self.geholt = []

    def __call__(self, adresse):
        self.geholt.append(adresse)
        if (name := adresse.removeprefix("static:")) in self.blaetter:
            return "text/css", self.blaetter[name].encode()
        return ressourcen.inhalt(adresse)


def setze(hole, *regeln: str, blaetter=("blatt",)) -> bytes:
    kopf = "".join(f'<link rel="stylesheet" href="static:{name}">' for name in blaetter)
    kopf += "".join(f"<style>{regel}</style>" for regel in regeln)
    return setzen.setze(f'<html lang="de"><title>T</title>{kopf}<body>{RUMPF}{RUMPF}</body></html>', hole)


@pytest.fixture
def gelesen(monkeypatch):
    """An empty store; each sheet that is parsed, as WeasyPrint counts its selectors."""
    echt, gelesen = weasyprint.css.CSS.__wrapped__, []

    class Gezaehlt(echt):
        def __init__(self, *angaben, **namen):
            super().__init__(*angaben, **namen)
            gelesen.append(self.matcher.order)

    monkeypatch.setattr(weasyprint.css, "CSS", mit_vorrat(Gezaehlt, select_source, platz=3))
    return gelesen


def ohne_vorrat(monkeypatch, *angaben, **namen) -> bytes:
    with monkeypatch.context() as stelle:
        stelle.setattr(weasyprint.css, "CSS", weasyprint.css.CSS.__wrapped__)
        return setze(*angaben, **namen)


def test_a_kept_sheet_prints_the_same_to_the_byte(gelesen, monkeypatch):
    """Whatever comes before and after it: rules of pages, counters and fonts of the same names."""
    kommune = Kommune(blatt=BLATT, anderes=DANACH)
    folgen = [((), ("blatt",)), ((DANACH,), ("blatt",)), ((), ("anderes", "blatt")), ((), ("blatt", "anderes"))]
    erwartet = [ohne_vorrat(monkeypatch, kommune, *regeln, blaetter=namen) for regeln, namen in folgen]
    assert len(set(erwartet)) == 3  # a sheet says the same as text, and another thing before the other than behind it
    gelesen.clear()
    for _ in range(2):
        assert [setze(kommune, *regeln, blaetter=namen) for regeln, namen in folgen] == erwartet
    assert len(gelesen) == 3  # the second sheet twice: its words as text, and as bytes
    text = Lesen(erwartet[0]).seiten()
    assert {"Erste", "Unten", "+", "a="} <= set(map(str.strip, text[0].splitlines()))
    assert "Oben" in text[1]


def test_another_sheet_at_the_same_address_is_another(gelesen, monkeypatch):
    anders = Kommune(blatt=BLATT.replace("Unten", "Tiefer"))
    setze(Kommune(blatt=BLATT))
    assert setze(anders) == ohne_vorrat(monkeypatch, anders)


@pytest.mark.parametrize(
    "regel",
    [
        '@import "static:anderes";',
        "@layer eins, zwei; @layer zwei { p { color: #a00 } } @layer eins { p { color: #0a0 } }",
        "@media print { @layer { p { color: #0aa } } }",
    ],
)
def test_what_depends_on_more_than_its_words_is_read_anew(gelesen, monkeypatch, regel):
    for farbe in ("#123456", "#654321"):
        kommune = Kommune(blatt=regel + BLATT, anderes=f"i {{ color: {farbe} }}")
        erwartet = ohne_vorrat(monkeypatch, kommune, regel)
        gelesen.clear()
        assert setze(kommune, regel) == erwartet
        assert gelesen


def test_fonts_are_opened_by_each_document(gelesen):
    """They belong to it, and another may give another file under the same address."""
    for _ in range(2):
        kommune = Kommune(blatt=BLATT)
        setze(kommune)
        assert SCHRIFT in kommune.geholt


def test_no_more_is_kept_than_there_is_room_for(gelesen):
    kommune = Kommune(blatt=BLATT)
    for i in (1, 2, 3, 1):
        setze(kommune, f".x{i} {{ color: red }}")
    assert len(gelesen) == 5  # the one all have in common stayed; the first of the others went


def test_sheets_are_parsed_before_processes_fork(gelesen):
    kommune = Kommune(blatt=BLATT)
    setzen.lies_stilblaetter(f'<link rel="stylesheet" href="static:blatt"><style>{DANACH}</style>', kommune)
    assert len(gelesen) == 2
    assert SCHRIFT not in kommune.geholt
    setze(kommune, DANACH)
    assert len(gelesen) == 2


def test_a_missing_sheet_stops_the_print():
    for _ in range(2):
        with pytest.raises(setzen.DruckFehler, match="fehlt"):
            setze(ressourcen.inhalt, blaetter=["css/gibt-es-nicht.css"])
        with pytest.raises(setzen.DruckFehler, match="fehlt"):
            setzen.lies_stilblaetter('<link rel="stylesheet" href="static:css/gibt-es-nicht.css">', ressourcen.inhalt)
