"""The largest example as a tree, and small trees to change."""

import pytest
from django.conf import settings
from django.db import transaction

from konzept.austausch.einlesen import lade
from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept


@pytest.fixture(scope="session")
def beispiel(django_db_setup, django_db_blocker) -> baum.Dokument:
    """Musterstadt, complete in every field."""
    with django_db_blocker.unblock(), transaction.atomic():
        lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml")
        dokument = stelle_zusammen(Konzept.objects.mit_kommune().neuestes_zuerst().first())
        transaction.set_rollback(True)
    return dokument


@pytest.fixture
def mache():
    return Mache()


class Mache:
    """Builders of small trees."""

    def text(self, *absaetze: str) -> baum.Text:
        return tuple(baum.Absatz(laeufe=(baum.Lauf(text=absatz),)) for absatz in absaetze)

    def massnahme(self, pk: int, titel: str, nummer: str = "", **felder) -> baum.Massnahme:
        nummer = nummer or str(pk)
        return baum.Massnahme(
            **{"anker": f"massnahme-{pk}", "rn": pk, "nummer": nummer, "kennung": f"4.1-{nummer}", "titel": titel}
            | felder
        )

    def kapitel(self, pk: int, titel: str, *teile: baum.Teil, **felder) -> baum.Kapitel:
        return baum.Kapitel(**{"anker": f"abschnitt-{pk}", "nummer": str(pk), "titel": titel, "teile": teile} | felder)

    def tabelle(self, *massnahmen: baum.Massnahme, titel: str = "") -> baum.Massnahmentabelle:
        return baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel=titel, massnahmen=massnahmen),))

    def feld(self, *massnahmen: baum.Massnahme, pk: int = 5, **felder) -> baum.Kapitel:
        teil = baum.Kapitel(
            anker=f"handlungsfeld-{pk}-massnahmen",
            art="teil",
            nummer="a",
            titel="Ideen und Maßnahmen",
            teile=(self.tabelle(*massnahmen),),
        )
        return baum.Kapitel(
            **{"anker": f"handlungsfeld-{pk}", "art": "handlungsfeld", "nummer": "4.1", "titel": "Sprache"} | felder,
            kapitel=(teil,),
        )

    def dokument(self, *kapitel: baum.Kapitel, **felder) -> baum.Dokument:
        kommune = baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt")
        return baum.Dokument(**{"kommune": kommune, "slug": "k", "titel": "Konzept"} | felder, kapitel=kapitel)
