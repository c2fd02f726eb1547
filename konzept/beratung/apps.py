from django.apps import AppConfig


class BeratungConfig(AppConfig):
    name = "konzept.beratung"
    label = "beratung"
    verbose_name = "Beratung"

    def ready(self):
        from konzept.konten.daten import melde_an
        from konzept.verlauf.regeln import aufgezeichnet

        from .daten import ANHANG

        melde_an(ANHANG)
        aufgezeichnet.connect(_nach_einer_aenderung)


def _nach_einer_aenderung(aenderung, **_):
    from .uebernahme import vermerke_eingearbeitet

    if aenderung.art in {aenderung.Art.GEAENDERT, aenderung.Art.WIEDERHERGESTELLT}:
        vermerke_eingearbeitet(aenderung)
