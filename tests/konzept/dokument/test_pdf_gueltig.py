"""Each print is valid PDF/UA-1 and PDF/A-3a, as the engine of veraPDF sees it; and that engine can say no."""

import io

import pytest
from PIL import Image

from konzept.dokument import baum, pdf
from konzept.satz import setzen
from tests.konzept.dokument.saetze import in_allen_sprachen
from tests.konzept.vera import VARIANTEN

pytestmark = [pytest.mark.java, pytest.mark.django_db]

GUT = '<html lang="de"><head><title>Titel</title></head><body><h1>A</h1>%s</body></html>'
KAPUTT = {
    "ohne-sprache": (GUT.replace(' lang="de"', "") % "<p>Text</p>", {"ua1"}),
    "ohne-titel": (GUT.replace("<title>Titel</title>", "") % "<p>Text</p>", {"ua1"}),
    "bild-ohne-beschreibung": (GUT % '<img src="media:bild.png" style="image-rendering: crisp-edges">', {"ua1"}),
    "ebene-uebersprungen": (GUT % "<h3>C</h3>", {"ua1"}),
    "bild-weichgezeichnet": (GUT % '<img src="media:bild.png" alt="Bild">', {"3a"}),
    "zeichen-ohne-schrift": (GUT % "<p>\U000f0000</p>", {"ua1", "3a"}),
}


def _bild() -> bytes:
    ziel = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(ziel, "PNG")
    return ziel.getvalue()


@pytest.fixture(scope="session")
def urteile(vera, beispiele, gedruckt, in_stuecken, tmp_path_factory):
    """The verdicts on all files: {name: {flavour: [failed rules]}}."""
    ordner = tmp_path_factory.mktemp("gueltig")
    inhalte = {name.replace("/", "_"): inhalt for name, inhalt in gedruckt.items()}
    inhalte["in-stuecken"] = in_stuecken
    anlage = pdf.Dateianhang(name="liste.csv", inhalt=b"Nr.;Titel\n", beschreibung="Liste")
    entwurf = next(dokument for name, dokument in beispiele.items() if name.startswith("monheim"))
    ausfertigung = pdf.Ausfertigung("Entwurf 3 vom 03.11.2016", randnummern=True, bogen=True, wort="Entwurf")
    inhalte["entwurf-mit-randnummern"] = pdf.drucke(entwurf, ausfertigung=ausfertigung)
    inhalte["mit-anlage-und-fremden-zeichen"] = pdf.drucke(
        fremde_zeichen(), anlagen=(anlage,), ausfertigung=pdf.Ausfertigung(beschluss="Rat \U0001f98a am 03.11.2016")
    )
    inhalte["in-allen-sprachen"] = pdf.drucke(in_allen_sprachen(), ausfertigung=ausfertigung)
    inhalte |= {name: setzen.setze(html, lambda adresse: ("image/png", _bild())) for name, (html, _) in KAPUTT.items()}
    dateien = {name: ordner / f"{name}.pdf" for name in inhalte}
    for name, datei in dateien.items():
        datei.write_bytes(inhalte[name])
    ergebnis = vera(*dateien.values())
    return {name: {v: ergebnis[datei, v] for v in VARIANTEN} for name, datei in dateien.items()}


def fremde_zeichen() -> baum.Dokument:
    text = "Çakal-Rasch, Šabić, Владимир, محمد, Nguyễn; "
    text += "✓ ☐ → ≠ 😀 🦊 \uf0b7 \U000f0000 \ufeff\u200b\u00ad\u202f\u2011 \x07 שלום\u200f."
    arten = [(fett, kursiv) for fett in (False, True) for kursiv in (False, True)]
    laeufe = tuple(baum.Lauf(text=text, fett=fett, kursiv=kursiv) for fett, kursiv in arten)
    laeufe += tuple(baum.Lauf(text="Ziel", fett=f, kursiv=k, ziel="https://ort.example/") for f, k in arten)
    return baum.Dokument(
        kommune=baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt"),
        slug="k",
        titel="Konzept ✓",
        kapitel=(baum.Kapitel(anker="abschnitt-1", titel="محمد und 中文", teile=(baum.Absatz(laeufe=laeufe),)),),
    )


def test_every_print_is_valid(urteile):
    gueltige = {name: urteil for name, urteil in urteile.items() if name not in KAPUTT}
    assert len(gueltige) >= 8
    assert {(name, v): fehler for name, urteil in gueltige.items() for v, fehler in urteil.items() if fehler} == {}


@pytest.mark.parametrize("name", KAPUTT)
def test_validator_finds_what_is_broken(name, urteile):
    assert {variante for variante, fehler in urteile[name].items() if fehler} == KAPUTT[name][1]
