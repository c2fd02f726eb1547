import datetime as dt

from django.apps import AppConfig


class BeratungConfig(AppConfig):
    name = "konzept.beratung"
    label = "beratung"
    verbose_name = "Beratung"

    def ready(self):
        from konzept.druckauftraege import aufnahme
        from konzept.hintergrund import termine
        from konzept.konten import daten, zugang
        from konzept.verlauf.aufzeichnung import aufgezeichnet
        from konzept.vorlagen import abwaegungen

        from .daten import ANHANG

        abwaegungen.melde_an("konzept.beratung.abwaegungsbuch.BUCH")
        daten.melde_an(ANHANG)
        aufnahme.melde_an("bogen", "konzept.beratung.bogen.Bogendruck")
        aufnahme.melde_an("abwaegung", "konzept.beratung.abwaegungstabelle.Abwaegungsdruck")
        termine.melde_an(
            termine.Plan(name="erinnere", fuehre_aus="konzept.beratung.tagespost.erinnere", um=dt.time(7))
        )
        aufgezeichnet.connect(_nach_einer_aenderung)
        zugang.geaendert.connect(_nach_einem_zugangswechsel)


def _nach_einem_zugangswechsel(**was):
    from .beteiligte import nach_zugangswechsel

    nach_zugangswechsel(**was)


def _nach_einer_aenderung(aenderung, **_):
    from .beteiligte import nach_dem_papierkorb
    from .uebernahme import vermerke_eingearbeitet

    nach_dem_papierkorb(aenderung)
    if aenderung.art in {aenderung.Art.GEAENDERT, aenderung.Art.WIEDERHERGESTELLT}:
        vermerke_eingearbeitet(aenderung)
