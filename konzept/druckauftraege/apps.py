from django.apps import AppConfig


class DruckauftraegeConfig(AppConfig):
    name = "konzept.druckauftraege"
    label = "druckauftraege"
    verbose_name = "Druckaufträge"

    def ready(self):
        from konzept.hintergrund.arten import Art
        from konzept.hintergrund.arten import melde_an as melde_art_an
        from konzept.konten import aufraeumen, daten

        from . import aufnahme
        from .aufraeumen import loesche_alte, loesche_stuecke
        from .auftraege import ART, VERSUCHE
        from .daten import ANHANG

        daten.melde_an(ANHANG)
        aufraeumen.melde_an("alte Druckaufträge", loesche_alte)
        aufraeumen.melde_an("alte Satzstücke", loesche_stuecke)
        aufnahme.melde_an("konzept", "konzept.druckauftraege.arbeitsstand.Arbeitsstand")
        melde_art_an(
            Art(
                name=ART,
                modell="druckauftraege.Druckauftrag",
                fuehre_aus="konzept.druckauftraege.ausfuehren.fuehre_aus",
                plaetze=2,
                dauer=15 * 60,
                speicher=2_500_000_000,
                versuche=VERSUCHE,
                bereite_vor="konzept.druckauftraege.aufnahme.bereite_vor",
            )
        )
