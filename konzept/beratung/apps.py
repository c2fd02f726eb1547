from django.apps import AppConfig


class BeratungConfig(AppConfig):
    name = "konzept.beratung"
    label = "beratung"
    verbose_name = "Beratung"

    def ready(self):
        from konzept.druckauftraege import laeufe
        from konzept.konten import aufraeumen, daten
        from konzept.verlauf.regeln import aufgezeichnet

        from .daten import ANHANG
        from .tagespost import loesche_alte

        daten.melde_an(ANHANG)
        aufraeumen.melde_an("Vermerke über verschickte Tagespost", loesche_alte)
        laeufe.melde_an("abwaegung", "konzept.beratung.tabelle.stelle_her")
        aufgezeichnet.connect(_nach_einer_aenderung)


def _nach_einer_aenderung(aenderung, **_):
    from .beteiligte import nach_dem_papierkorb
    from .uebernahme import vermerke_eingearbeitet

    nach_dem_papierkorb(aenderung)
    if aenderung.art in {aenderung.Art.GEAENDERT, aenderung.Art.WIEDERHERGESTELLT}:
        vermerke_eingearbeitet(aenderung)
