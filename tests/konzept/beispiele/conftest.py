"""The example files, a small one to make mistakes in, and what the database holds of them."""

import pytest
from django.apps import apps
from django.conf import settings

from konzept.austausch.einlesen import lade
from konzept.models import Konzept

ORDNER = settings.BASE_DIR / "fixtures"
DATEIEN = sorted(ORDNER.glob("*.yaml"))
ECHTE = {"emmerich-am-rhein", "kreis-mettmann", "meerbusch", "monheim-am-rhein", "rheine"}


def geladen(slug: str) -> Konzept:
    (konzept,) = lade(ORDNER / f"{slug}.yaml").neu
    return konzept


def alles() -> dict:
    """Every row of the product, so that two moments can be compared."""
    return {
        modell._meta.label: list(modell._base_manager.order_by("pk").values())
        for app in ("konzept", "konten", "handlungsfelder", "massnahmen")
        for modell in apps.get_app_config(app).get_models(include_auto_created=True)
    }


KLEIN = """\
kommune:
  slug: kleinstadt
  name: Stadt Kleinstadt
  kurzname: Kleinstadt
  art: stadt
  akteure:
    - {kurz: 51, art: amt}
    - {kurz: Verein}
  gremien:
    - {name: AG Sprache, art: arbeitsgruppe}
konzepte:
  - slug: konzept
    titel: Konzept
    leitlinien:
      - {titel: Miteinander}
    prozess:
      - {titel: Auftakt, termine: [2026-03-01]}
    handlungsfelder:
      - titel: Sprache
        massnahmen:
          - titel: Sprachcafé
            stand: laufend
            federfuehrung: [51]
            mitwirkung: [Verein]
            leitlinien: [Miteinander]
"""


@pytest.fixture
def datei(tmp_path):
    """Writes the small file, with each `old=new` replaced, and returns its path."""

    def schreibe(*ersetzungen: tuple[str, str]):
        text = KLEIN
        for alt, neu in ersetzungen:
            assert alt in text
            text = text.replace(alt, neu)
        pfad = tmp_path / "kleinstadt.yaml"
        pfad.write_text(text, encoding="utf-8")
        return pfad

    return schreibe
