"""The Abwägungstabelle on paper is valid PDF/UA-1 and PDF/A-3a, and says what it should, over several pages."""

import io

import pikepdf
import pytest
from django.utils.timezone import localdate

from konzept.beratung.models import Anmerkung
from konzept.beratung.tabelle import als_html, als_pdf, zeilen
from tests.fabrik import mache_anmerkung, mache_stellungnahme
from tests.konzept.vera import VARIANTEN

pytestmark = pytest.mark.java


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
